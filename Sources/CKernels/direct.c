#include "kernels.h"
#include "panels.h"
#include <string.h>

void ck_pad_picture(size_t height, size_t width, size_t channels, size_t pixel, const float *restrict picture,
                    size_t top, size_t left, size_t padded_height, size_t padded_width, float *restrict padded) {
  const size_t row = padded_width * channels, right = padded_width - left - width;
  memset(padded, 0, top * row * sizeof(float));
  memset(padded + (top + height) * row, 0, (padded_height - top - height) * row * sizeof(float));
  for (size_t y = 0; y < height; y++) {
    float *target = padded + (top + y) * row;
    memset(target, 0, left * channels * sizeof(float));
    target += left * channels;
    if (pixel == channels)
      memcpy(target, picture + y * width * channels, width * channels * sizeof(float));
    else
      for (size_t x = 0; x < width; x++)
        memcpy(target + x * channels, picture + (y * width + x) * pixel, channels * sizeof(float));
    memset(target + width * channels, 0, right * channels * sizeof(float));
  }
}

void ck_pack_panel(size_t rows, size_t lanes, const float *restrict source, size_t row, size_t lane,
                   float *restrict panel) {
  if (lanes == CK_PANEL && lane == 1) {
    for (size_t r = 0; r < rows; r++, source += row, panel += CK_PANEL) memcpy(panel, source, CK_PANEL * sizeof(float));
    return;
  }
  for (size_t r = 0; r < rows; r++, source += row, panel += CK_PANEL) {
    for (size_t l = 0; l < lanes; l++) panel[l] = source[l * lane];
    for (size_t l = lanes; l < CK_PANEL; l++) panel[l] = 0;
  }
}

/* The sums of `rows` (a constant) neighbouring results; the taps lie in `taps` runs of `run` floats. */
CK_INLINE void direct_tile(const int rows, const ck_direct *d, const float *source, const float *panel,
                           const float *bias, int accumulating, float *result) {
  ck_panel sums[CK_TILE_ROWS];
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) sums[r] = (ck_panel){0};
  for (size_t tap = 0; tap < d->taps; tap++) {
    const float *run = source + tap * d->tap_distance;
#pragma clang loop unroll(disable)
    for (size_t i = 0; i < d->run; i++, panel += CK_PANEL) {
      const ck_panel row = *(const ck_panel *)panel;
#pragma clang loop unroll(full)
      for (int r = 0; r < rows; r++) sums[r] += run[(size_t)r * d->source_pixel + i] * row;
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
    float *target = result + (size_t)r * d->result_pixel;
    const float *addend = accumulating ? target : bias;
    if (d->lanes == CK_PANEL) {
      *(ck_panel *)target = addend ? *(const ck_panel *)addend + sums[r] : sums[r];
      continue;
    }
    for (size_t lane = 0; lane < d->lanes; lane++) target[lane] = (addend ? addend[lane] : 0) + sums[r][lane];
  }
}

CK_CLONES void ck_direct_results(const ck_direct *d, size_t rows, size_t columns, const float *source,
                                 const float *panel, const float *bias, int accumulating, float *result) {
  for (size_t row = 0; row < rows; row++, source += d->source_row, result += d->result_row)
    for (size_t first = 0, count; first < columns; first += count) {
      count = ck_tile_rows(columns - first);
      const float *x = source + first * d->source_pixel;
      float *y = result + first * d->result_pixel;
      switch (count) {
        case 6: direct_tile(6, d, x, panel, bias, accumulating, y); break;
        case 5: direct_tile(5, d, x, panel, bias, accumulating, y); break;
        case 4: direct_tile(4, d, x, panel, bias, accumulating, y); break;
        case 3: direct_tile(3, d, x, panel, bias, accumulating, y); break;
        case 2: direct_tile(2, d, x, panel, bias, accumulating, y); break;
        default: direct_tile(1, d, x, panel, bias, accumulating, y);
      }
    }
}

/* The sums of `rows` (a constant) neighbouring floats of a run times the gradients in a panel. */
CK_INLINE void gradient_tile(const int rows, const ck_direct *d, size_t pixel_rows, size_t pixel_columns,
                             const float *source, const float *panel, float *gradient, size_t gradient_row,
                             int accumulating) {
  ck_panel sums[CK_TILE_ROWS];
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) sums[r] = (ck_panel){0};
  for (size_t y = 0; y < pixel_rows; y++) {
    const float *pixel = source + y * d->source_row;
#pragma clang loop unroll(disable)
    for (size_t x = 0; x < pixel_columns; x++, panel += CK_PANEL, pixel += d->source_pixel) {
      const ck_panel row = *(const ck_panel *)panel;
#pragma clang loop unroll(full)
      for (int r = 0; r < rows; r++) sums[r] += pixel[r] * row;
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
    float *target = gradient + (size_t)r * gradient_row;
    if (d->lanes == CK_PANEL) {
      *(ck_panel *)target = accumulating ? *(ck_panel *)target + sums[r] : sums[r];
      continue;
    }
    for (size_t lane = 0; lane < d->lanes; lane++)
      target[lane] = accumulating ? target[lane] + sums[r][lane] : sums[r][lane];
  }
}

CK_CLONES void ck_direct_weight_gradient(const ck_direct *d, size_t rows, size_t columns, const float *source,
                                         const float *panel, size_t gradient_row, int accumulating,
                                         float *gradient) {
  for (size_t tap = 0; tap < d->taps; tap++, source += d->tap_distance, gradient += d->run * gradient_row)
    for (size_t first = 0, count; first < d->run; first += count) {
      count = ck_tile_rows(d->run - first);
      const float *x = source + first;
      float *w = gradient + first * gradient_row;
      switch (count) {
        case 6: gradient_tile(6, d, rows, columns, x, panel, w, gradient_row, accumulating); break;
        case 5: gradient_tile(5, d, rows, columns, x, panel, w, gradient_row, accumulating); break;
        case 4: gradient_tile(4, d, rows, columns, x, panel, w, gradient_row, accumulating); break;
        case 3: gradient_tile(3, d, rows, columns, x, panel, w, gradient_row, accumulating); break;
        case 2: gradient_tile(2, d, rows, columns, x, panel, w, gradient_row, accumulating); break;
        default: gradient_tile(1, d, rows, columns, x, panel, w, gradient_row, accumulating);
      }
    }
}
