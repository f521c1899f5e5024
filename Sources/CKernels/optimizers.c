/* Fused passes over flat buffers; the rules and the order of their roundings are PyTorch 2.13's (torch/optim,
 * single-tensor form). What the pass has in registers it also sums up for the step's report. */
#include "kernels.h"
#include "lanes.h"
#include <math.h>

typedef struct lane_sums {
  ck_doubles gradient, parameter, update, product, distance;
} lane_sums;

/* Vectors travel by address: by value they would change the calling convention between the clones. */
CK_INLINE void observe(lane_sums *sums, const ck_floats *g, const ck_floats *old, const ck_floats *new,
                       const ck_floats *start) {
  const ck_doubles gradient = CK_WIDEN(*g), before = CK_WIDEN(*old), after = CK_WIDEN(*new);
  const ck_doubles update = after - before, distance = after - CK_WIDEN(*start);
  sums->gradient += gradient * gradient;
  sums->parameter += before * before;
  sums->update += update * update;
  sums->product += gradient * update;
  sums->distance += distance * distance;
}

CK_INLINE void report(const lane_sums *lanes, ck_step_sums *sums) {
  sums->gradient_squares += ck_add_lanes(&lanes->gradient);
  sums->parameter_squares += ck_add_lanes(&lanes->parameter);
  sums->update_squares += ck_add_lanes(&lanes->update);
  sums->gradient_dot_update += ck_add_lanes(&lanes->product);
  sums->distance_squares += ck_add_lanes(&lanes->distance);
}

CK_CLONES void ck_sgd_step(size_t n, const ck_sgd_settings *s, const float *restrict g,
                           const float *restrict start, float *restrict p, float *restrict velocity,
                           ck_step_sums *sums) {
  lane_sums lanes = {0};
  for (size_t i = 0; i < n; i += CK_LANES) {
    const size_t count = ck_lane_count(n - i);
    ck_floats gradient, origin, old, speed;
    CK_LOAD(gradient, g + i, count);
    CK_LOAD(origin, start + i, count);
    CK_LOAD(old, p + i, count);
    CK_LOAD(speed, velocity + i, count);
    const ck_floats decayed = gradient + s->weight_decay * old;
    speed = s->momentum * speed + decayed;
    const ck_floats direction = s->nesterov ? decayed + s->momentum * speed : speed;
    const ck_floats new = old - s->learning_rate * direction;
    CK_STORE(velocity + i, speed, count);
    CK_STORE(p + i, new, count);
    observe(&lanes, &gradient, &old, &new, &origin);
  }
  report(&lanes, sums);
}

CK_INLINE void take_square_roots(ck_floats *x) {
  for (int lane = 0; lane < CK_LANES; lane++) (*x)[lane] = sqrtf((*x)[lane]);
}

CK_CLONES void ck_adam_step(size_t n, const ck_adam_settings *s, const float *restrict g,
                            const float *restrict start, float *restrict p, float *restrict first_moment,
                            float *restrict second_moment, ck_step_sums *sums) {
  lane_sums lanes = {0};
  for (size_t i = 0; i < n; i += CK_LANES) {
    const size_t count = ck_lane_count(n - i);
    ck_floats gradient, origin, old, m, v;
    CK_LOAD(gradient, g + i, count);
    CK_LOAD(origin, start + i, count);
    CK_LOAD(old, p + i, count);
    CK_LOAD(m, first_moment + i, count);
    CK_LOAD(v, second_moment + i, count);
    const ck_floats decayed = gradient + s->weight_decay * old;
    m = m + s->one_minus_beta1 * (decayed - m);
    v = s->beta2 * v + s->one_minus_beta2 * (decayed * decayed);
    ck_floats deviation = v;
    take_square_roots(&deviation);
    const ck_floats denominator = deviation / s->correction + s->epsilon;
    const ck_floats new = old - s->step_size * (m / denominator);
    CK_STORE(first_moment + i, m, count);
    CK_STORE(second_moment + i, v, count);
    CK_STORE(p + i, new, count);
    observe(&lanes, &gradient, &old, &new, &origin);
  }
  report(&lanes, sums);
}
