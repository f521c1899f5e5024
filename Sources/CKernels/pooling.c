#include "kernels.h"
#include "lanes.h"
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

/* Calls part(lanes, first channel) for all channels, with the constant CK_LANES but for the last ones. */
#define FOR_LANES(channels, part)                                                            \
  do {                                                                                       \
    size_t channel_ = 0;                                                                     \
    for (; channel_ + CK_LANES <= (channels); channel_ += CK_LANES) part(CK_LANES, channel_); \
    if (channel_ < (channels)) part((channels)-channel_, channel_);                          \
  } while (0)

/* The windows below begin at x and have rows x columns pixels inside the picture: constants for the commonest pooling. */
#define COMMON_SIDE 2

CK_INLINE void max_window(const size_t lanes, const ck_window *w, const size_t rows, const size_t columns, const float *x,
                          float lowest, float *y) {
  ck_floats best = (ck_floats){0} + lowest;
  for (size_t iy = 0; iy < rows; iy++)
    for (size_t ix = 0; ix < columns; ix++) {
      ck_floats value;
      CK_LOAD(value, x + (iy * w->width + ix) * w->channels, lanes);
      const ck_ints wins = (value > best) | (value != value);
      best = CK_SELECT(wins, value, best);
    }
  CK_STORE(y, best, lanes);
}

CK_CLONES void ck_max_pool_forward(size_t pictures, const ck_window *w, int rectifies, const float *restrict x,
                                   float *restrict y) {
  const float lowest = rectifies ? 0 : -INFINITY;
  for (size_t picture = 0; picture < pictures; picture++, x += w->height * w->width * w->channels)
    for (size_t oy = 0; oy < w->output_height; oy++) {
      const span rows = span_at(oy, w->stride, w->kernel_height, w->padding_top, w->height);
      for (size_t ox = 0; ox < w->output_width; ox++, y += w->channels) {
        const span columns = span_at(ox, w->stride, w->kernel_width, w->padding_left, w->width);
        const size_t height = rows.end - rows.first, width = columns.end - columns.first;
        const float *corner = x + (rows.first * w->width + columns.first) * w->channels;
#define COMMON(lanes, c) max_window(lanes, w, COMMON_SIDE, COMMON_SIDE, corner + (c), lowest, y + (c))
#define PART(lanes, c) max_window(lanes, w, height, width, corner + (c), lowest, y + (c))
        if (height == COMMON_SIDE && width == COMMON_SIDE)
          FOR_LANES(w->channels, COMMON);
        else
          FOR_LANES(w->channels, PART);
#undef COMMON
#undef PART
      }
    }
}

/* The winner is found again instead of stored: the first element of the window that equals the maximum. */
CK_INLINE void max_window_gradient(const size_t lanes, const int disjoint, const int rectifies, const ck_window *w,
                                   const size_t rows, const size_t columns, const float *x, const float *y,
                                   const float *dy, float *dx) {
  ck_floats maximum, open; /* the gradient still to be given away */
  CK_LOAD(maximum, y, lanes);
  CK_LOAD(open, dy, lanes);
  if (rectifies) open = CK_WHERE_POSITIVE(maximum, open);
  const ck_ints undefined = maximum != maximum;
  for (size_t iy = 0; iy < rows; iy++)
    for (size_t ix = 0; ix < columns; ix++) {
      const size_t at = (iy * w->width + ix) * w->channels;
      ck_floats value, gradient = {0};
      CK_LOAD(value, x + at, lanes);
      if (!disjoint) CK_LOAD(gradient, dx + at, lanes);
      const ck_ints wins = (value == maximum) | ((value != value) & undefined);
      gradient = disjoint ? CK_SELECT(wins, open, gradient) : gradient + CK_SELECT(wins, open, (ck_floats){0});
      open = CK_SELECT(wins, (ck_floats){0}, open);
      CK_STORE(dx + at, gradient, lanes);
    }
}

CK_INLINE void max_pool_gradient(const int disjoint, const int rectifies, size_t pictures, const ck_window *w,
                                 const float *restrict x, const float *restrict y, const float *restrict dy,
                                 float *restrict dx) {
  const size_t picture_size = w->height * w->width * w->channels;
  for (size_t picture = 0; picture < pictures; picture++, x += picture_size, dx += picture_size)
    for (size_t oy = 0; oy < w->output_height; oy++) {
      const span rows = span_at(oy, w->stride, w->kernel_height, w->padding_top, w->height);
      for (size_t ox = 0; ox < w->output_width; ox++, y += w->channels, dy += w->channels) {
        const span columns = span_at(ox, w->stride, w->kernel_width, w->padding_left, w->width);
        const size_t height = rows.end - rows.first, width = columns.end - columns.first;
        const size_t corner = (rows.first * w->width + columns.first) * w->channels;
#define COMMON(lanes, c)                                                                                              \
  max_window_gradient(lanes, disjoint, rectifies, w, COMMON_SIDE, COMMON_SIDE, x + corner + (c), y + (c), dy + (c), \
                      dx + corner + (c))
#define PART(lanes, c)                                                                                       \
  max_window_gradient(lanes, disjoint, rectifies, w, height, width, x + corner + (c), y + (c), dy + (c), \
                      dx + corner + (c))
        if (height == COMMON_SIDE && width == COMMON_SIDE)
          FOR_LANES(w->channels, COMMON);
        else
          FOR_LANES(w->channels, PART);
#undef COMMON
#undef PART
      }
    }
}

CK_CLONES void ck_max_pool_backward(size_t pictures, const ck_window *w, int rectifies, const float *restrict x,
                                    const float *restrict y, const float *restrict dy, float *restrict dx) {
  const int disjoint = w->stride >= w->kernel_height && w->stride >= w->kernel_width;
  const int covering = !w->padding_top && !w->padding_left && w->stride == w->kernel_height && w->stride == w->kernel_width &&
                       w->height == w->output_height * w->stride && w->width == w->output_width * w->stride;
  if (!covering) memset(dx, 0, pictures * w->height * w->width * w->channels * sizeof(float));
  if (disjoint && rectifies)
    max_pool_gradient(1, 1, pictures, w, x, y, dy, dx);
  else if (disjoint)
    max_pool_gradient(1, 0, pictures, w, x, y, dy, dx);
  else
    max_pool_gradient(0, rectifies, pictures, w, x, y, dy, dx);
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
