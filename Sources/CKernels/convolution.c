#include "clones.h"
#include "kernels.h"

/* For one output row and one kernel row the kernel columns inside the picture are one contiguous run of floats. */
typedef struct run {
  size_t before, inside, source; /* kernel columns left of the picture; inside it; first picture column */
} run;

CK_INLINE run run_at(const ck_window *w, size_t output_column) {
  const size_t left = output_column * w->stride, padding = w->padding_left; /* in padded columns */
  const size_t before = left < padding ? padding - left : 0;
  const size_t source = left < padding ? 0 : left - padding;
  const size_t beyond = source < w->width ? w->width - source : 0;
  const size_t wanted = before < w->kernel_width ? w->kernel_width - before : 0;
  return (run){before < w->kernel_width ? before : w->kernel_width, wanted < beyond ? wanted : beyond, source};
}

CK_CLONES void ck_image_to_columns(const ck_window *w, const float *restrict picture, float *restrict columns) {
  const size_t c = w->channels, row_length = w->kernel_width * c;
  for (size_t oy = 0; oy < w->output_height; oy++)
    for (size_t ox = 0; ox < w->output_width; ox++) {
      const run run = run_at(w, ox);
      for (size_t ky = 0; ky < w->kernel_height; ky++, columns += row_length) {
        const size_t y = oy * w->stride + ky; /* in padded rows */
        if (y < w->padding_top || y - w->padding_top >= w->height) {
          for (size_t i = 0; i < row_length; i++) columns[i] = 0;
          continue;
        }
        const float *source = picture + ((y - w->padding_top) * w->width + run.source) * w->pixel;
        const size_t start = run.before * c, end = (run.before + run.inside) * c;
        if (w->pixel == c && end - start == row_length) { /* the common case: the whole run lies inside */
          for (size_t i = 0; i < row_length; i++) columns[i] = source[i];
          continue;
        }
        for (size_t i = 0; i < start; i++) columns[i] = 0;
        for (size_t kx = 0; kx < run.inside; kx++)
          for (size_t i = 0; i < c; i++) columns[start + kx * c + i] = source[kx * w->pixel + i];
        for (size_t i = end; i < row_length; i++) columns[i] = 0;
      }
    }
}

CK_CLONES void ck_add_columns_to_image(const ck_window *w, const float *restrict columns, float *restrict picture) {
  const size_t c = w->channels, row_length = w->kernel_width * c;
  for (size_t oy = 0; oy < w->output_height; oy++)
    for (size_t ox = 0; ox < w->output_width; ox++) {
      const run run = run_at(w, ox);
      for (size_t ky = 0; ky < w->kernel_height; ky++, columns += row_length) {
        const size_t y = oy * w->stride + ky;
        if (y < w->padding_top || y - w->padding_top >= w->height) continue;
        float *target = picture + ((y - w->padding_top) * w->width + run.source) * w->pixel;
        const float *values = columns + run.before * c;
        if (w->pixel == c) { /* one contiguous run */
          for (size_t i = 0; i < run.inside * c; i++) target[i] += values[i];
          continue;
        }
        for (size_t kx = 0; kx < run.inside; kx++)
          for (size_t i = 0; i < c; i++) target[kx * w->pixel + i] += values[kx * c + i];
      }
    }
}
