/* Eight lanes. In a reduction over a vector element i goes to lane i mod 8 and the lanes are added last, so that the
 * order of summation is the same on every instruction set. */
#ifndef SUGGEST_LANES_H
#define SUGGEST_LANES_H

#include "clones.h"
#include <stddef.h>
#include <string.h>

#define CK_LANES 8
typedef float ck_floats __attribute__((vector_size(4 * CK_LANES), aligned(4)));
typedef int ck_ints __attribute__((vector_size(4 * CK_LANES), aligned(4)));
typedef double ck_doubles __attribute__((vector_size(8 * CK_LANES)));

/* The first `count` (up to CK_LANES) elements, zeros after them. */
#define CK_LOAD(lanes, pointer, count)                                                                     \
  do {                                                                                                     \
    (lanes) = (ck_floats){0};                                                                              \
    if ((count) == CK_LANES)                                                                               \
      memcpy(&(lanes), (pointer), sizeof(ck_floats));                                                      \
    else                                                                                                   \
      memcpy(&(lanes), (pointer), (count) * sizeof(float));                                                \
  } while (0)

#define CK_STORE(pointer, lanes, count)                                                                    \
  do {                                                                                                     \
    if ((count) == CK_LANES)                                                                               \
      memcpy((pointer), &(lanes), sizeof(ck_floats));                                                      \
    else                                                                                                   \
      memcpy((pointer), &(lanes), (count) * sizeof(float));                                                \
  } while (0)

#define CK_WIDEN(lanes) __builtin_convertvector((lanes), ck_doubles)

/* `yes` where the mask is set, else `no`. */
#define CK_SELECT(mask, yes, no) ((ck_floats)(((mask) & (ck_ints)(yes)) | (~(mask) & (ck_ints)(no))))
/* max(lanes, 0), and `gradient` where that is not 0; a NaN counts as positive. */
#define CK_RECTIFY(lanes) ((ck_floats)((ck_ints)(lanes) & ~((lanes) < 0)))
#define CK_WHERE_POSITIVE(lanes, gradient) ((ck_floats)((ck_ints)(gradient) & ~((lanes) <= 0)))

CK_INLINE double ck_add_lanes(const ck_doubles *lanes) {
  double total = 0;
  for (int lane = 0; lane < CK_LANES; lane++) total += (*lanes)[lane];
  return total;
}

CK_INLINE size_t ck_lane_count(size_t remaining) { return remaining < CK_LANES ? remaining : CK_LANES; }

#endif
