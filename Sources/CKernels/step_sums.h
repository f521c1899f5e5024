/* What a pass over parameters sums up on its way for the step's report. */
#ifndef SUGGEST_STEP_SUMS_H
#define SUGGEST_STEP_SUMS_H

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

CK_INLINE void take_square_roots(ck_floats *x) {
  for (int lane = 0; lane < CK_LANES; lane++) (*x)[lane] = sqrtf((*x)[lane]);
}

#endif
