#include "columns.h"
#include "kernels.h"

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

/* Columns are summed independently, from the first row to the last. */
CK_INLINE void sum_block(const int vectors, const size_t lanes, size_t rows, size_t columns, const float *x,
                         float *sums) {
  ck_doubles total[CK_COLUMN_VECTORS];
  CK_FOR_VECTORS total[v] = (ck_doubles){0};
  for (size_t first = 0; first < rows; first += CK_SUMMED_ROWS) {
    const size_t end = rows - first < CK_SUMMED_ROWS ? rows : first + CK_SUMMED_ROWS;
    ck_floats sum[CK_COLUMN_VECTORS];
    CK_FOR_VECTORS sum[v] = (ck_floats){0};
    for (size_t r = first; r < end; r++) CK_FOR_VECTORS {
        ck_floats value;
        CK_LOAD(value, x + r * columns + v * CK_LANES, lanes);
        sum[v] += value;
      }
    CK_FOR_VECTORS total[v] += CK_WIDEN(sum[v]);
  }
  CK_FOR_VECTORS for (size_t lane = 0; lane < lanes; lane++) sums[v * CK_LANES + lane] = (float)total[v][lane];
}

CK_CLONES void ck_sum_rows(size_t rows, size_t columns, const float *restrict x, float *restrict sums) {
#define PART(vectors, lanes, c) sum_block(vectors, lanes, rows, columns, x + (c), sums + (c))
  CK_FOR_COLUMNS(columns, PART);
#undef PART
}
