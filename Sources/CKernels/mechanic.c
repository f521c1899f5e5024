/* Mechanic: a base optimizer's step, whose direction is added up and then scaled as a whole. */
#include "kernels.h"
#include "step_sums.h"

typedef struct mechanic_sums {
  ck_doubles gradient, parameter, gradient_product, parameter_product;
} mechanic_sums;

/* The base optimizer has come from `old` to `stepped`; the offset gets its move, and the sums are those of before. */
CK_INLINE void add_move(mechanic_sums *sums, const ck_floats *gradient, const ck_floats *old,
                        const ck_floats *stepped, const ck_floats *origin, float scale, ck_floats *offset) {
  *offset = (*old - *origin) / scale;
  const ck_doubles g = CK_WIDEN(*gradient), p = CK_WIDEN(*stepped), d = CK_WIDEN(*offset);
  sums->gradient += g * g;
  sums->parameter += p * p;
  sums->gradient_product += d * g;
  sums->parameter_product += d * p;
  *offset += *stepped - *old;
}

CK_INLINE void report_measure(const mechanic_sums *lanes, double *sums) {
  sums[0] += ck_add_lanes(&lanes->gradient);
  sums[1] += ck_add_lanes(&lanes->parameter);
  sums[2] += ck_add_lanes(&lanes->gradient_product);
  sums[3] += ck_add_lanes(&lanes->parameter_product);
}

CK_CLONES void ck_mechanic_sgd_measure(size_t n, const ck_sgd_settings *s, float scale, const float *restrict g,
                                       const float *restrict p, const float *restrict origin,
                                       float *restrict velocity, float *restrict offset, double *sums) {
  mechanic_sums lanes = {0};
  for (size_t i = 0; i < n; i += CK_LANES) {
    const size_t count = ck_lane_count(n - i);
    ck_floats gradient, old, first, speed;
    CK_LOAD(gradient, g + i, count);
    CK_LOAD(old, p + i, count);
    CK_LOAD(first, origin + i, count);
    CK_LOAD(speed, velocity + i, count);
    speed = s->momentum * speed + (gradient + s->weight_decay * old);
    const ck_floats stepped = old - s->learning_rate * speed;
    ck_floats moved;
    add_move(&lanes, &gradient, &old, &stepped, &first, scale, &moved);
    CK_STORE(velocity + i, speed, count);
    CK_STORE(offset + i, moved, count);
  }
  report_measure(&lanes, sums);
}

CK_CLONES void ck_mechanic_adam_measure(size_t n, const ck_adam_settings *s, float scale,
                                        const float *restrict g, const float *restrict p,
                                        const float *restrict origin, float *restrict first_moment,
                                        float *restrict second_moment, float *restrict offset, double *sums) {
  mechanic_sums lanes = {0};
  for (size_t i = 0; i < n; i += CK_LANES) {
    const size_t count = ck_lane_count(n - i);
    ck_floats gradient, old, first, m, v;
    CK_LOAD(gradient, g + i, count);
    CK_LOAD(old, p + i, count);
    CK_LOAD(first, origin + i, count);
    CK_LOAD(m, first_moment + i, count);
    CK_LOAD(v, second_moment + i, count);
    m = m + s->one_minus_beta1 * (gradient - m);
    v = s->beta2 * v + s->one_minus_beta2 * (gradient * gradient);
    CK_STORE(first_moment + i, m, count);
    CK_STORE(second_moment + i, v, count);
    take_square_roots(&v);
    const ck_floats stepped = s->keep * old - s->moment_size * m / (v / s->correction + s->epsilon);
    ck_floats moved;
    add_move(&lanes, &gradient, &old, &stepped, &first, scale, &moved);
    CK_STORE(offset + i, moved, count);
  }
  report_measure(&lanes, sums);
}

CK_CLONES void ck_mechanic_move(size_t n, float scale, const float *restrict g, const float *restrict start,
                                float *restrict p, const float *restrict origin, const float *restrict offset,
                                ck_step_sums *sums) {
  lane_sums lanes = {0};
  for (size_t i = 0; i < n; i += CK_LANES) {
    const size_t count = ck_lane_count(n - i);
    ck_floats gradient, begin, old, first, moved;
    CK_LOAD(gradient, g + i, count);
    CK_LOAD(begin, start + i, count);
    CK_LOAD(old, p + i, count);
    CK_LOAD(first, origin + i, count);
    CK_LOAD(moved, offset + i, count);
    const ck_floats new = first + scale * moved;
    CK_STORE(p + i, new, count);
    observe(&lanes, &gradient, &old, &new, &begin);
  }
  report(&lanes, sums);
}
