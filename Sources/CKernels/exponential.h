/* The exponential function and its kin from arithmetic alone: loops over them become vector code, and their last bits do
 * not depend on the C library. A NaN stays one. */
#ifndef SUGGEST_EXPONENTIAL_H
#define SUGGEST_EXPONENTIAL_H

#include "clones.h"
#include <stdint.h>
#include <string.h>

/* x = n * ln 2 + r with |r| <= ln 2 / 2; ln 2 in two parts, the first of so few bits that n times it is exact. */
typedef struct ck_reduced {
  uint32_t n; /* in two's complement */
  float r;
} ck_reduced;

CK_INLINE ck_reduced ck_reduce(float x) {
  const float shifter = 12582912.0f; /* 3 * 2^22: added and subtracted it rounds to an integer */
  const float shifted = x * 1.44269504f + shifter, n = shifted - shifter;
  uint32_t bits, origin;
  memcpy(&bits, &shifted, sizeof bits);
  memcpy(&origin, &shifter, sizeof origin);
  return (ck_reduced){bits - origin, (x - n * 0.693359375f) + n * 2.12194440e-4f};
}

CK_INLINE float ck_power_of_two(uint32_t n) {
  const uint32_t bits = (n + 127) << 23;
  float power;
  memcpy(&power, &bits, sizeof power);
  return power;
}

/* exp(r) - 1 by Taylor's series: what is left out is below 6e-9 * r. */
CK_INLINE float ck_series(float r) {
  float sum = 1.0f / 5040;
  sum = sum * r + 1.0f / 720;
  sum = sum * r + 1.0f / 120;
  sum = sum * r + 1.0f / 24;
  sum = sum * r + 1.0f / 6;
  sum = sum * r + 0.5f;
  return sum * r * r + r;
}

/* Relative error below 2e-7; 0 and infinity where single precision ends. */
CK_INLINE float ck_exp(float x) {
  const float upper = x > 89 ? 89 : x, bounded = upper < -104 ? -104 : upper;
  const ck_reduced reduced = ck_reduce(bounded);
  /* In two steps: the whole power may lie beyond single precision where the result does not. */
  const uint32_t half = (uint32_t)((int32_t)reduced.n >> 1);
  return (1 + ck_series(reduced.r)) * ck_power_of_two(half) * ck_power_of_two(reduced.n - half);
}

CK_INLINE float ck_sigmoid(float x) { return 1 / (1 + ck_exp(-x)); }

/* By exp(2|x|) - 1, which keeps its precision near 0; beyond 20 the quotient is 1. */
CK_INLINE float ck_tanh(float x) {
  const float size = x < 0 ? -x : x, twice = size > 20 ? 40 : 2 * size;
  const ck_reduced reduced = ck_reduce(twice);
  const float power = ck_power_of_two(reduced.n), less_one = power * ck_series(reduced.r) + (power - 1);
  const float ratio = less_one / (less_one + 2);
  return x < 0 ? -ratio : ratio;
}

/* The error function, off by at most 2e-7: Maclaurin's series below 1; beyond, M. Abramowitz, I. Stegun, "Handbook of
 * Mathematical Functions", 1964, formula 7.1.26. */
CK_INLINE float ck_erf(float x) {
  const float size = x < 0 ? -x : x, square = size * size;
  float series = 1.0f / (3628800 * 21.0f);
  series = series * -square + 1.0f / (362880 * 19.0f);
  series = series * -square + 1.0f / (40320 * 17.0f);
  series = series * -square + 1.0f / (5040 * 15.0f);
  series = series * -square + 1.0f / (720 * 13.0f);
  series = series * -square + 1.0f / (120 * 11.0f);
  series = series * -square + 1.0f / (24 * 9.0f);
  series = series * -square + 1.0f / (6 * 7.0f);
  series = series * -square + 1.0f / (2 * 5.0f);
  series = series * -square + 1.0f / 3.0f;
  series = series * -square + 1.0f;
  const float t = 1 / (1 + 0.3275911f * size);
  float tail = 1.061405429f;
  tail = tail * t - 1.453152027f;
  tail = tail * t + 1.421413741f;
  tail = tail * t - 0.284496736f;
  tail = tail * t + 0.254829592f;
  const float two_over_root_pi = 1.12837917f;
  const float value = size < 1 ? two_over_root_pi * size * series : 1 - tail * t * ck_exp(-square);
  return x < 0 ? -value : value;
}

#endif
