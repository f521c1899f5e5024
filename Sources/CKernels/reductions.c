#include "kernels.h"
#include "lanes.h"

CK_CLONES double ck_dot(size_t n, const float *x, const float *y) {
  ck_doubles sums = {0};
  for (size_t i = 0; i < n; i += CK_LANES) {
    const size_t count = ck_lane_count(n - i);
    ck_floats a, b;
    CK_LOAD(a, x + i, count);
    CK_LOAD(b, y + i, count);
    sums += CK_WIDEN(a) * CK_WIDEN(b);
  }
  return ck_add_lanes(&sums);
}

CK_CLONES double ck_sum_of_squares(size_t n, const float *x) {
  ck_doubles sums = {0};
  for (size_t i = 0; i < n; i += CK_LANES) {
    const size_t count = ck_lane_count(n - i);
    ck_floats a;
    CK_LOAD(a, x + i, count);
    sums += CK_WIDEN(a) * CK_WIDEN(a);
  }
  return ck_add_lanes(&sums);
}

/* Columns are summed independently, each from the first row to the last; a block of them stays in registers. */
#define CK_COLUMN_BLOCK 32

CK_CLONES void ck_sum_rows(size_t rows, size_t columns, const float *restrict x, float *restrict sums) {
  for (size_t first = 0; first < columns; first += CK_COLUMN_BLOCK) {
    const size_t width = columns - first < CK_COLUMN_BLOCK ? columns - first : CK_COLUMN_BLOCK;
    double totals[CK_COLUMN_BLOCK] = {0};
    for (size_t r = 0; r < rows; r++)
      for (size_t c = 0; c < width; c++) totals[c] += x[r * columns + first + c];
    for (size_t c = 0; c < width; c++) sums[first + c] = (float)totals[c];
  }
}
