/* Fused passes over flat buffers; the rules and the order of their roundings are PyTorch 2.13's (torch/optim,
 * single-tensor form) where PyTorch has them. What the pass has in registers it also sums up for the step's report. */
#include "kernels.h"
#include "step_sums.h"

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
    const ck_floats numerator = s->moment_size * m + s->gradient_size * decayed;
    ck_floats new = s->keep * old;
    if (s->adaptive) {
      ck_floats deviation = v;
      take_square_roots(&deviation);
      new -= numerator / (deviation / s->correction + s->epsilon);
    } else {
      new -= numerator;
    }
    CK_STORE(first_moment + i, m, count);
    CK_STORE(second_moment + i, v, count);
    CK_STORE(p + i, new, count);
    observe(&lanes, &gradient, &old, &new, &origin);
  }
  report(&lanes, sums);
}

CK_CLONES void ck_adam_moments(size_t n, const ck_adam_settings *s, const float *restrict g,
                               const float *restrict p, float *restrict first_moment,
                               float *restrict second_moment, double *parameter_squares,
                               double *direction_squares) {
  ck_doubles parameters = {0}, directions = {0};
  for (size_t i = 0; i < n; i += CK_LANES) {
    const size_t count = ck_lane_count(n - i);
    ck_floats gradient, old, m, v;
    CK_LOAD(gradient, g + i, count);
    CK_LOAD(old, p + i, count);
    CK_LOAD(m, first_moment + i, count);
    CK_LOAD(v, second_moment + i, count);
    m = m + s->one_minus_beta1 * (gradient - m);
    v = s->beta2 * v + s->one_minus_beta2 * (gradient * gradient);
    CK_STORE(first_moment + i, m, count);
    CK_STORE(second_moment + i, v, count);
    take_square_roots(&v);
    const ck_floats direction = s->moment_size * m / (v / s->correction + s->epsilon), kept = s->keep * old;
    parameters += CK_WIDEN(kept) * CK_WIDEN(kept);
    directions += CK_WIDEN(direction) * CK_WIDEN(direction);
  }
  *parameter_squares = ck_add_lanes(&parameters);
  *direction_squares = ck_add_lanes(&directions);
}

CK_CLONES void ck_rmsprop_step(size_t n, const ck_rmsprop_settings *s, const float *restrict g,
                               const float *restrict start, float *restrict p, float *restrict square_average,
                               float *restrict velocity, ck_step_sums *sums) {
  lane_sums lanes = {0};
  for (size_t i = 0; i < n; i += CK_LANES) {
    const size_t count = ck_lane_count(n - i);
    ck_floats gradient, origin, old, average, speed;
    CK_LOAD(gradient, g + i, count);
    CK_LOAD(origin, start + i, count);
    CK_LOAD(old, p + i, count);
    CK_LOAD(average, square_average + i, count);
    CK_LOAD(speed, velocity + i, count);
    const ck_floats decayed = gradient + s->weight_decay * old;
    average = s->decay * average + s->one_minus_decay * (decayed * decayed);
    ck_floats deviation = average;
    take_square_roots(&deviation);
    speed = s->momentum * speed + decayed / (deviation + s->epsilon);
    const ck_floats new = old - s->learning_rate * speed;
    CK_STORE(square_average + i, average, count);
    CK_STORE(velocity + i, speed, count);
    CK_STORE(p + i, new, count);
    observe(&lanes, &gradient, &old, &new, &origin);
  }
  report(&lanes, sums);
}

CK_CLONES void ck_adagrad_step(size_t n, float learning_rate, float epsilon, float weight_decay,
                               const float *restrict g, const float *restrict start, float *restrict p,
                               float *restrict square_sum, ck_step_sums *sums) {
  lane_sums lanes = {0};
  for (size_t i = 0; i < n; i += CK_LANES) {
    const size_t count = ck_lane_count(n - i);
    ck_floats gradient, origin, old, total;
    CK_LOAD(gradient, g + i, count);
    CK_LOAD(origin, start + i, count);
    CK_LOAD(old, p + i, count);
    CK_LOAD(total, square_sum + i, count);
    const ck_floats decayed = gradient + weight_decay * old;
    total = total + decayed * decayed;
    ck_floats deviation = total;
    take_square_roots(&deviation);
    const ck_floats new = old - learning_rate * (decayed / (deviation + epsilon));
    CK_STORE(square_sum + i, total, count);
    CK_STORE(p + i, new, count);
    observe(&lanes, &gradient, &old, &new, &origin);
  }
  report(&lanes, sums);
}

/* -1, 0 or 1; a NaN stays one, so that a divergence is seen. */
CK_INLINE void take_signs(ck_floats *x) {
  for (int lane = 0; lane < CK_LANES; lane++) {
    const float value = (*x)[lane], sign = (float)((value > 0) - (value < 0));
    (*x)[lane] = value != value ? value : sign;
  }
}

CK_CLONES void ck_lion_step(size_t n, const ck_lion_settings *s, const float *restrict g,
                            const float *restrict start, float *restrict p, float *restrict moment,
                            ck_step_sums *sums) {
  lane_sums lanes = {0};
  for (size_t i = 0; i < n; i += CK_LANES) {
    const size_t count = ck_lane_count(n - i);
    ck_floats gradient, origin, old, m;
    CK_LOAD(gradient, g + i, count);
    CK_LOAD(origin, start + i, count);
    CK_LOAD(old, p + i, count);
    CK_LOAD(m, moment + i, count);
    ck_floats direction = s->beta1 * m + s->one_minus_beta1 * gradient;
    take_signs(&direction);
    const ck_floats new = old - s->learning_rate * (direction + s->weight_decay * old);
    m = s->beta2 * m + s->one_minus_beta2 * gradient;
    CK_STORE(moment + i, m, count);
    CK_STORE(p + i, new, count);
    observe(&lanes, &gradient, &old, &new, &origin);
  }
  report(&lanes, sums);
}

CK_CLONES void ck_observe_unchanged(size_t n, const float *start, const float *p, ck_step_sums *sums) {
  const ck_floats none = {0};
  lane_sums lanes = {0};
  for (size_t i = 0; i < n; i += CK_LANES) {
    const size_t count = ck_lane_count(n - i);
    ck_floats origin, old;
    CK_LOAD(origin, start + i, count);
    CK_LOAD(old, p + i, count);
    observe(&lanes, &none, &old, &old, &origin);
  }
  report(&lanes, sums);
}
