/* Schedule-free steps: z is what the base optimizer moves, x the average that is evaluated, p = y between the two. */
#include "kernels.h"
#include "step_sums.h"

/* Moves z against the direction and x towards z, and puts y between them. */
CK_INLINE void move_averages(const ck_schedule_free_settings *s, const ck_floats *direction, ck_floats *x,
                             ck_floats *z, ck_floats *y) {
  *z = *z - s->learning_rate * *direction;
  *x = s->keep * *x + s->share * *z;
  *y = s->beta1 * *x + s->one_minus_beta1 * *z;
}

CK_CLONES void ck_schedule_free_sgd_step(size_t n, const ck_schedule_free_settings *s, const float *restrict g,
                                         const float *restrict start, float *restrict p,
                                         float *restrict average, float *restrict base, ck_step_sums *sums) {
  lane_sums lanes = {0};
  for (size_t i = 0; i < n; i += CK_LANES) {
    const size_t count = ck_lane_count(n - i);
    ck_floats gradient, origin, old, x, z;
    CK_LOAD(gradient, g + i, count);
    CK_LOAD(origin, start + i, count);
    CK_LOAD(old, p + i, count);
    CK_LOAD(x, average + i, count);
    CK_LOAD(z, base + i, count);
    const ck_floats direction = gradient + s->weight_decay * old;
    ck_floats new;
    move_averages(s, &direction, &x, &z, &new);
    CK_STORE(average + i, x, count);
    CK_STORE(base + i, z, count);
    CK_STORE(p + i, new, count);
    observe(&lanes, &gradient, &old, &new, &origin);
  }
  report(&lanes, sums);
}

CK_CLONES void ck_schedule_free_adamw_step(size_t n, const ck_schedule_free_settings *s,
                                           const float *restrict g, const float *restrict start,
                                           float *restrict p, float *restrict average, float *restrict base,
                                           float *restrict second_moment, ck_step_sums *sums) {
  lane_sums lanes = {0};
  for (size_t i = 0; i < n; i += CK_LANES) {
    const size_t count = ck_lane_count(n - i);
    ck_floats gradient, origin, old, x, z, v;
    CK_LOAD(gradient, g + i, count);
    CK_LOAD(origin, start + i, count);
    CK_LOAD(old, p + i, count);
    CK_LOAD(x, average + i, count);
    CK_LOAD(z, base + i, count);
    CK_LOAD(v, second_moment + i, count);
    v = s->beta2 * v + s->one_minus_beta2 * (gradient * gradient);
    CK_STORE(second_moment + i, v, count);
    v = v / s->correction;
    take_square_roots(&v);
    const ck_floats direction = gradient / (v + s->epsilon) + s->weight_decay * old;
    ck_floats new;
    move_averages(s, &direction, &x, &z, &new);
    CK_STORE(average + i, x, count);
    CK_STORE(base + i, z, count);
    CK_STORE(p + i, new, count);
    observe(&lanes, &gradient, &old, &new, &origin);
  }
  report(&lanes, sums);
}
