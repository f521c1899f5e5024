#include "clones.h"
#include "kernels.h"
#include <math.h>
#include <string.h>

/* Channels are handled in blocks, so that the state of a window stays in registers. */
#define CK_CHANNEL_BLOCK 32

/* The part of the padded range [output * stride, + kernel) that lies inside 0..<size of the unpadded picture. */
typedef struct span {
  size_t first, end;
} span;

CK_INLINE span span_at(size_t output, size_t stride, size_t kernel, size_t padding, size_t size) {
  const size_t first = output * stride, end = first + kernel;
  const size_t limit = end < padding ? 0 : end - padding;
  return (span){first < padding ? 0 : first - padding, limit < size ? limit : size};
}

CK_CLONES void ck_max_pool_forward(size_t pictures, const ck_window *w, const float *restrict x, float *restrict y) {
  const size_t c = w->channels;
  for (size_t picture = 0; picture < pictures; picture++, x += w->height * w->width * c)
    for (size_t oy = 0; oy < w->output_height; oy++) {
      const span rows = span_at(oy, w->stride, w->kernel_height, w->padding_top, w->height);
      for (size_t ox = 0; ox < w->output_width; ox++, y += c) {
        const span columns = span_at(ox, w->stride, w->kernel_width, w->padding_left, w->width);
        for (size_t k = 0; k < c; k++) y[k] = -INFINITY;
        for (size_t iy = rows.first; iy < rows.end; iy++)
          for (size_t ix = columns.first; ix < columns.end; ix++) {
            const float *source = x + (iy * w->width + ix) * c;
            for (size_t k = 0; k < c; k++) {
              const float value = source[k], best = y[k];
              y[k] = ((value > best) | (value != value)) ? value : best;
            }
          }
      }
    }
}

/* The winner is found again instead of stored: the first element of the window that equals the maximum. */
CK_CLONES void ck_max_pool_backward(size_t pictures, const ck_window *w, const float *restrict x,
                                    const float *restrict y, const float *restrict dy, float *restrict dx) {
  const size_t c = w->channels, picture_size = w->height * w->width * c;
  memset(dx, 0, pictures * picture_size * sizeof(float));
  for (size_t picture = 0; picture < pictures; picture++, x += picture_size, dx += picture_size)
    for (size_t oy = 0; oy < w->output_height; oy++) {
      const span rows = span_at(oy, w->stride, w->kernel_height, w->padding_top, w->height);
      for (size_t ox = 0; ox < w->output_width; ox++, y += c, dy += c) {
        const span columns = span_at(ox, w->stride, w->kernel_width, w->padding_left, w->width);
        for (size_t block = 0; block < c; block += CK_CHANNEL_BLOCK) {
          const size_t width = c - block < CK_CHANNEL_BLOCK ? c - block : CK_CHANNEL_BLOCK;
          float open[CK_CHANNEL_BLOCK]; /* the gradient still to be given away */
          for (size_t k = 0; k < width; k++) open[k] = dy[block + k];
          for (size_t iy = rows.first; iy < rows.end; iy++)
            for (size_t ix = columns.first; ix < columns.end; ix++) {
              const size_t at = (iy * w->width + ix) * c + block;
              for (size_t k = 0; k < width; k++) {
                const float maximum = y[block + k], value = x[at + k], gradient = open[k];
                const int wins = (value == maximum) | ((value != value) & (maximum != maximum));
                dx[at + k] += wins ? gradient : 0;
                open[k] = wins ? 0 : gradient;
              }
            }
        }
      }
    }
}

CK_CLONES void ck_average_pool_forward(size_t pictures, size_t pixels, size_t channels, const float *restrict x,
                                       float *restrict y) {
  for (size_t picture = 0; picture < pictures; picture++, x += pixels * channels, y += channels)
    for (size_t block = 0; block < channels; block += CK_CHANNEL_BLOCK) {
      const size_t width = channels - block < CK_CHANNEL_BLOCK ? channels - block : CK_CHANNEL_BLOCK;
      double sums[CK_CHANNEL_BLOCK] = {0};
      for (size_t pixel = 0; pixel < pixels; pixel++)
        for (size_t k = 0; k < width; k++) sums[k] += x[pixel * channels + block + k];
      for (size_t k = 0; k < width; k++) y[block + k] = (float)(sums[k] / (double)pixels);
    }
}

CK_CLONES void ck_average_pool_backward(size_t pictures, size_t pixels, size_t channels,
                                        const float *restrict dy, float *restrict dx) {
  const float share = 1 / (float)pixels;
  for (size_t picture = 0; picture < pictures; picture++, dy += channels)
    for (size_t pixel = 0; pixel < pixels; pixel++, dx += channels)
      for (size_t k = 0; k < channels; k++) dx[k] = dy[k] * share;
}

CK_CLONES void ck_window_average_forward(size_t pictures, const ck_window *w, const float *restrict x,
                                         float *restrict y) {
  const size_t c = w->channels;
  const float share = 1 / (float)(w->kernel_height * w->kernel_width);
  for (size_t picture = 0; picture < pictures; picture++, x += w->height * w->width * c)
    for (size_t oy = 0; oy < w->output_height; oy++) {
      const span rows = span_at(oy, w->stride, w->kernel_height, w->padding_top, w->height);
      for (size_t ox = 0; ox < w->output_width; ox++, y += c) {
        const span columns = span_at(ox, w->stride, w->kernel_width, w->padding_left, w->width);
        for (size_t k = 0; k < c; k++) y[k] = 0;
        for (size_t iy = rows.first; iy < rows.end; iy++)
          for (size_t ix = columns.first; ix < columns.end; ix++) {
            const float *source = x + (iy * w->width + ix) * c;
            for (size_t k = 0; k < c; k++) y[k] += source[k];
          }
        for (size_t k = 0; k < c; k++) y[k] *= share;
      }
    }
}

CK_CLONES void ck_window_average_backward(size_t pictures, const ck_window *w, const float *restrict dy,
                                          float *restrict dx) {
  const size_t c = w->channels, picture_size = w->height * w->width * c;
  const float share = 1 / (float)(w->kernel_height * w->kernel_width);
  memset(dx, 0, pictures * picture_size * sizeof(float));
  for (size_t picture = 0; picture < pictures; picture++, dx += picture_size)
    for (size_t oy = 0; oy < w->output_height; oy++) {
      const span rows = span_at(oy, w->stride, w->kernel_height, w->padding_top, w->height);
      for (size_t ox = 0; ox < w->output_width; ox++, dy += c) {
        const span columns = span_at(ox, w->stride, w->kernel_width, w->padding_left, w->width);
        for (size_t iy = rows.first; iy < rows.end; iy++)
          for (size_t ix = columns.first; ix < columns.end; ix++) {
            float *target = dx + (iy * w->width + ix) * c;
            for (size_t k = 0; k < c; k++) target[k] += dy[k] * share;
          }
      }
    }
}

CK_CLONES void ck_concat_pool_forward(size_t pictures, size_t pixels, size_t channels, const float *restrict x,
                                      float *restrict y) {
  for (size_t picture = 0; picture < pictures; picture++, x += pixels * channels, y += 2 * channels)
    for (size_t block = 0; block < channels; block += CK_CHANNEL_BLOCK) {
      const size_t width = channels - block < CK_CHANNEL_BLOCK ? channels - block : CK_CHANNEL_BLOCK;
      double sums[CK_CHANNEL_BLOCK] = {0};
      float largest[CK_CHANNEL_BLOCK];
      for (size_t k = 0; k < width; k++) largest[k] = -INFINITY;
      for (size_t pixel = 0; pixel < pixels; pixel++)
        for (size_t k = 0; k < width; k++) {
          const float value = x[pixel * channels + block + k], best = largest[k];
          largest[k] = ((value > best) | (value != value)) ? value : best;
          sums[k] += value;
        }
      for (size_t k = 0; k < width; k++) {
        y[block + k] = largest[k];
        y[channels + block + k] = (float)(sums[k] / (double)pixels);
      }
    }
}

/* As in max pooling, the winner is found again instead of stored. */
CK_CLONES void ck_concat_pool_backward(size_t pictures, size_t pixels, size_t channels, const float *restrict x,
                                       const float *restrict y, const float *restrict dy, float *restrict dx) {
  const float share = 1 / (float)pixels;
  for (size_t picture = 0; picture < pictures; picture++) {
    for (size_t block = 0; block < channels; block += CK_CHANNEL_BLOCK) {
      const size_t width = channels - block < CK_CHANNEL_BLOCK ? channels - block : CK_CHANNEL_BLOCK;
      float open[CK_CHANNEL_BLOCK]; /* the maximum's gradient still to be given away */
      for (size_t k = 0; k < width; k++) open[k] = dy[block + k];
      for (size_t pixel = 0; pixel < pixels; pixel++)
        for (size_t k = 0; k < width; k++) {
          const size_t at = pixel * channels + block + k;
          const float maximum = y[block + k], value = x[at], gradient = open[k];
          const int wins = (value == maximum) | ((value != value) & (maximum != maximum));
          dx[at] = (wins ? gradient : 0) + dy[channels + block + k] * share;
          open[k] = wins ? 0 : gradient;
        }
    }
    x += pixels * channels;
    dx += pixels * channels;
    y += 2 * channels;
    dy += 2 * channels;
  }
}
