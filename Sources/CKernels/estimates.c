/* The two passes of methods that estimate their own rate: one that moves what they sum up over all parameters, and one
 * that moves the parameters once the estimate is known. Formulas and sources stand at the Swift functions. */
#include "kernels.h"
#include "step_sums.h"

CK_INLINE void take_sizes(ck_floats *x) {
  for (int lane = 0; lane < CK_LANES; lane++) (*x)[lane] = fabsf((*x)[lane]);
}

CK_CLONES void ck_dog_measure(size_t n, float weight_decay, const float *g, const float *p, const float *origin,
                              double *sums) {
  ck_doubles squares = {0}, distances = {0};
  for (size_t i = 0; i < n; i += CK_LANES) {
    const size_t count = ck_lane_count(n - i);
    ck_floats gradient, old, first;
    CK_LOAD(gradient, g + i, count);
    CK_LOAD(old, p + i, count);
    CK_LOAD(first, origin + i, count);
    const ck_floats decayed = gradient + weight_decay * old, distance = old - first;
    squares += CK_WIDEN(decayed) * CK_WIDEN(decayed);
    distances += CK_WIDEN(distance) * CK_WIDEN(distance);
  }
  sums[0] += ck_add_lanes(&squares);
  sums[1] += ck_add_lanes(&distances);
}

CK_CLONES void ck_descend(size_t n, float learning_rate, float weight_decay, const float *restrict g,
                          const float *restrict start, float *restrict p, ck_step_sums *sums) {
  lane_sums lanes = {0};
  for (size_t i = 0; i < n; i += CK_LANES) {
    const size_t count = ck_lane_count(n - i);
    ck_floats gradient, origin, old;
    CK_LOAD(gradient, g + i, count);
    CK_LOAD(origin, start + i, count);
    CK_LOAD(old, p + i, count);
    const ck_floats new = old - learning_rate * (gradient + weight_decay * old);
    CK_STORE(p + i, new, count);
    observe(&lanes, &gradient, &old, &new, &origin);
  }
  report(&lanes, sums);
}

CK_CLONES void ck_estimate_measure(size_t n, const ck_estimate_settings *s, const float *restrict g,
                                   const float *restrict p, const float *restrict origin,
                                   float *restrict first_moment, float *restrict second_moment,
                                   float *restrict weighted, double *sums) {
  ck_doubles products = {0}, sizes = {0};
  for (size_t i = 0; i < n; i += CK_LANES) {
    const size_t count = ck_lane_count(n - i);
    ck_floats gradient, old, m, v, total;
    CK_LOAD(gradient, g + i, count);
    CK_LOAD(old, p + i, count);
    CK_LOAD(m, first_moment + i, count);
    CK_LOAD(v, second_moment + i, count);
    CK_LOAD(total, weighted + i, count);
    gradient += s->weight_decay * old;
    if (origin) {
      ck_floats first;
      CK_LOAD(first, origin + i, count);
      const ck_floats distance = first - old;
      products += CK_WIDEN(gradient) * CK_WIDEN(distance);
    } else {
      ck_floats deviation = v;
      take_square_roots(&deviation);
      const ck_floats scaled = total / (deviation + s->epsilon);
      products += CK_WIDEN(gradient) * CK_WIDEN(scaled);
    }
    m = s->beta1 * m + s->first_share * gradient;
    v = s->beta2 * v + s->second_share * (gradient * gradient);
    total = s->beta3 * total + s->weighted_share * gradient;
    CK_STORE(first_moment + i, m, count);
    CK_STORE(second_moment + i, v, count);
    CK_STORE(weighted + i, total, count);
    take_sizes(&total);
    sizes += CK_WIDEN(total);
  }
  sums[0] += ck_add_lanes(&products);
  sums[1] += ck_add_lanes(&sizes);
}

CK_CLONES void ck_adaptive_move(size_t n, const ck_adaptive_settings *s, const float *restrict g,
                                const float *restrict start, float *restrict p,
                                const float *restrict first_moment, const float *restrict second_moment,
                                ck_step_sums *sums) {
  lane_sums lanes = {0};
  for (size_t i = 0; i < n; i += CK_LANES) {
    const size_t count = ck_lane_count(n - i);
    ck_floats gradient, origin, old, m, deviation;
    CK_LOAD(gradient, g + i, count);
    CK_LOAD(origin, start + i, count);
    CK_LOAD(old, p + i, count);
    CK_LOAD(m, first_moment + i, count);
    CK_LOAD(deviation, second_moment + i, count);
    take_square_roots(&deviation);
    /* Not (1 - decay) * old: the decay may be below the spacing of floats near 1. */
    const ck_floats kept = old - s->decay * old;
    const ck_floats new = kept - s->rate * m / (deviation + s->epsilon);
    CK_STORE(p + i, new, count);
    observe(&lanes, &gradient, &old, &new, &origin);
  }
  report(&lanes, sums);
}

CK_CLONES void ck_dual_measure(size_t n, float weight_decay, float rate, const float *restrict g,
                               const float *restrict p, float *restrict weighted, double *sums) {
  ck_doubles products = {0}, squares = {0};
  for (size_t i = 0; i < n; i += CK_LANES) {
    const size_t count = ck_lane_count(n - i);
    ck_floats gradient, old, total;
    CK_LOAD(gradient, g + i, count);
    CK_LOAD(old, p + i, count);
    CK_LOAD(total, weighted + i, count);
    gradient += weight_decay * old;
    products += CK_WIDEN(gradient) * CK_WIDEN(total);
    total += rate * gradient;
    CK_STORE(weighted + i, total, count);
    squares += CK_WIDEN(total) * CK_WIDEN(total);
  }
  sums[0] += ck_add_lanes(&products);
  sums[1] += ck_add_lanes(&squares);
}

CK_CLONES void ck_dual_move(size_t n, float keep, float share, float scale, const float *restrict g,
                            const float *restrict start, float *restrict p, const float *restrict origin,
                            const float *restrict weighted, ck_step_sums *sums) {
  lane_sums lanes = {0};
  for (size_t i = 0; i < n; i += CK_LANES) {
    const size_t count = ck_lane_count(n - i);
    ck_floats gradient, begin, old, first, total;
    CK_LOAD(gradient, g + i, count);
    CK_LOAD(begin, start + i, count);
    CK_LOAD(old, p + i, count);
    CK_LOAD(first, origin + i, count);
    CK_LOAD(total, weighted + i, count);
    const ck_floats target = first - scale * total, new = keep * old + share * target;
    CK_STORE(p + i, new, count);
    observe(&lanes, &gradient, &old, &new, &begin);
  }
  report(&lanes, sums);
}
