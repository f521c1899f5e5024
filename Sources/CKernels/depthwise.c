/* One filter for each channel. Vectors run over the channels; a product of matrices would have one column. */
#include "clones.h"
#include "kernels.h"
#include <string.h>

/* The kernel's rows (or columns) that lie inside the picture for one output row, and the picture's row of the first. */
typedef struct taps {
  size_t first, end, source;
} taps;

CK_INLINE taps taps_at(size_t output, size_t stride, size_t kernel, size_t padding, size_t size) {
  const size_t start = output * stride; /* in padded rows */
  const size_t first = start < padding ? padding - start : 0;
  const size_t source = start < padding ? 0 : start - padding;
  const size_t left = source < size ? size - source : 0;
  const size_t wanted = first < kernel ? kernel - first : 0;
  return (taps){first, first + (wanted < left ? wanted : left), source};
}

CK_CLONES void ck_depthwise_forward(size_t pictures, const ck_window *w, const float *restrict x,
                                    const float *restrict weight, const float *bias, float *restrict y) {
  const size_t c = w->channels;
  for (size_t picture = 0; picture < pictures; picture++, x += w->height * w->width * c)
    for (size_t oy = 0; oy < w->output_height; oy++) {
      const taps rows = taps_at(oy, w->stride, w->kernel_height, w->padding_top, w->height);
      for (size_t ox = 0; ox < w->output_width; ox++, y += c) {
        const taps columns = taps_at(ox, w->stride, w->kernel_width, w->padding_left, w->width);
        for (size_t k = 0; k < c; k++) y[k] = bias ? bias[k] : 0;
        for (size_t ky = rows.first; ky < rows.end; ky++)
          for (size_t kx = columns.first; kx < columns.end; kx++) {
            const size_t row = rows.source + ky - rows.first, column = columns.source + kx - columns.first;
            const float *source = x + (row * w->width + column) * c;
            const float *filter = weight + (ky * w->kernel_width + kx) * c;
            for (size_t k = 0; k < c; k++) y[k] += source[k] * filter[k];
          }
      }
    }
}

CK_CLONES void ck_depthwise_input_gradient(size_t pictures, const ck_window *w, const float *restrict dy,
                                           const float *restrict weight, float *restrict dx) {
  const size_t c = w->channels, picture_size = w->height * w->width * c;
  memset(dx, 0, pictures * picture_size * sizeof(float));
  for (size_t picture = 0; picture < pictures; picture++, dx += picture_size)
    for (size_t oy = 0; oy < w->output_height; oy++) {
      const taps rows = taps_at(oy, w->stride, w->kernel_height, w->padding_top, w->height);
      for (size_t ox = 0; ox < w->output_width; ox++, dy += c) {
        const taps columns = taps_at(ox, w->stride, w->kernel_width, w->padding_left, w->width);
        for (size_t ky = rows.first; ky < rows.end; ky++)
          for (size_t kx = columns.first; kx < columns.end; kx++) {
            const size_t row = rows.source + ky - rows.first, column = columns.source + kx - columns.first;
            float *target = dx + (row * w->width + column) * c;
            const float *filter = weight + (ky * w->kernel_width + kx) * c;
            for (size_t k = 0; k < c; k++) target[k] += dy[k] * filter[k];
          }
      }
    }
}

/* Channels are independent; a block of them keeps the sums of one tap in registers. */
#define CK_CHANNEL_BLOCK 32

/* One tap's products along one output row are summed in single precision, the rows in double. */
CK_CLONES void ck_depthwise_weight_gradient(size_t pictures, const ck_window *w, const float *restrict x,
                                            const float *restrict dy, float *restrict weight_gradient) {
  const size_t c = w->channels, picture_size = w->height * w->width * c;
  const size_t result_size = w->output_height * w->output_width * c;
  for (size_t block = 0; block < c; block += CK_CHANNEL_BLOCK) {
    const size_t width = c - block < CK_CHANNEL_BLOCK ? c - block : CK_CHANNEL_BLOCK;
    for (size_t ky = 0; ky < w->kernel_height; ky++)
      for (size_t kx = 0; kx < w->kernel_width; kx++) {
        double totals[CK_CHANNEL_BLOCK] = {0};
        for (size_t picture = 0; picture < pictures; picture++)
          for (size_t oy = 0; oy < w->output_height; oy++) {
            const taps rows = taps_at(oy, w->stride, w->kernel_height, w->padding_top, w->height);
            if (ky < rows.first || ky >= rows.end) continue;
            const float *source = x + picture * picture_size + (rows.source + ky - rows.first) * w->width * c + block;
            const float *gradient = dy + picture * result_size + oy * w->output_width * c + block;
            float sums[CK_CHANNEL_BLOCK] = {0};
            for (size_t ox = 0; ox < w->output_width; ox++) {
              const taps columns = taps_at(ox, w->stride, w->kernel_width, w->padding_left, w->width);
              if (kx < columns.first || kx >= columns.end) continue;
              const float *pixel = source + (columns.source + kx - columns.first) * c;
              for (size_t k = 0; k < width; k++) sums[k] += pixel[k] * gradient[ox * c + k];
            }
            for (size_t k = 0; k < width; k++) totals[k] += sums[k];
          }
        float *target = weight_gradient + (ky * w->kernel_width + kx) * c + block;
        for (size_t k = 0; k < width; k++) target[k] = (float)totals[k];
      }
  }
}
