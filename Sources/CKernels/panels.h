/* Products of small matrices in panels of 16 columns: a tile of 6 rows and 16 columns of sums stays in registers. */
#ifndef SUGGEST_PANELS_H
#define SUGGEST_PANELS_H

#include "clones.h"
#include <stddef.h>

#define CK_PANEL 16
#define CK_TILE_ROWS 6
typedef float ck_panel __attribute__((vector_size(4 * CK_PANEL), aligned(4)));

/* How many of the rows left to take at once: full tiles, and the last two as even as can be. */
CK_INLINE size_t ck_tile_rows(size_t left) {
  return left >= 2 * CK_TILE_ROWS || left == CK_TILE_ROWS ? CK_TILE_ROWS : left > CK_TILE_ROWS ? (left + 1) / 2 : left;
}

/* c[r][0..<16] = sum over i of a[r * a_row + i * a_step] * b[i][0..<16], or += that. With `rows` a constant the sums
 * stay in registers; unrolling the loop over i would spill them. */
CK_INLINE void ck_panel_tile(const int rows, size_t k, const float *a, size_t a_row, size_t a_step, const float *b,
                             float *c, size_t c_row, int accumulating) {
  ck_panel sums[CK_TILE_ROWS];
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) sums[r] = (ck_panel){0};
#pragma clang loop unroll(disable)
  for (size_t i = 0; i < k; i++) {
    const ck_panel row = *(const ck_panel *)(b + i * CK_PANEL);
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) sums[r] += a[(size_t)r * a_row + i * a_step] * row;
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
    ck_panel *target = (ck_panel *)(c + (size_t)r * c_row);
    *target = accumulating ? *target + sums[r] : sums[r];
  }
}

#endif
