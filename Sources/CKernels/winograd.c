/* Winograd's minimal filtering F(4x4, 3x3) in steps: transforms of pictures, filters and results to 36 planes, whose
 * products a caller makes between them (panels.c). */
#include "kernels.h"
#include "lanes.h"
#include "panels.h"

/* The points 0, +-3/4, +-3/2 and infinity round half as coarsely as the textbook's 0, +-1, +-2. */
#define A 0.75f
#define B 1.5f
#define A2 (A * A)
#define B2 (B * B)
#define A3 (A * A * A)
#define B3 (B * B * B)
#define NA (1 / (2 * A2 * (A2 - B2)))
#define NB (1 / (2 * B2 * (B2 - A2)))
#define SIDE 6
#define STEP 4

/* The transforms of one side: pictures 6 -> 6, results 6 -> 4 and their adjoint, filters 3 -> 6 and theirs. */
CK_INLINE void input_side(const ck_floats *d, ck_floats *o) {
  const ck_floats even_a = d[4] - B2 * d[2], odd_a = A * (d[3] - B2 * d[1]);
  const ck_floats even_b = d[4] - A2 * d[2], odd_b = B * (d[3] - A2 * d[1]);
  o[0] = A2 * B2 * d[0] - (A2 + B2) * d[2] + d[4];
  o[1] = even_a + odd_a;
  o[2] = even_a - odd_a;
  o[3] = even_b + odd_b;
  o[4] = even_b - odd_b;
  o[5] = A2 * B2 * d[1] - (A2 + B2) * d[3] + d[5];
}

CK_INLINE void result_side(const ck_floats *m, ck_floats *y) {
  const ck_floats sum_a = m[1] + m[2], difference_a = m[1] - m[2];
  const ck_floats sum_b = m[3] + m[4], difference_b = m[3] - m[4];
  y[0] = m[0] + sum_a + sum_b;
  y[1] = A * difference_a + B * difference_b;
  y[2] = A2 * sum_a + B2 * sum_b;
  y[3] = A3 * difference_a + B3 * difference_b + m[5];
}

CK_INLINE void result_gradient_side(const ck_floats *y, ck_floats *m) {
  const ck_floats even_a = y[0] + A2 * y[2], odd_a = A * y[1] + A3 * y[3];
  const ck_floats even_b = y[0] + B2 * y[2], odd_b = B * y[1] + B3 * y[3];
  m[0] = y[0];
  m[1] = even_a + odd_a;
  m[2] = even_a - odd_a;
  m[3] = even_b + odd_b;
  m[4] = even_b - odd_b;
  m[5] = y[3];
}

CK_INLINE void filter_side(const ck_floats *g, ck_floats *u) {
  const ck_floats even_a = NA * (g[0] + A2 * g[2]), odd_a = NA * A * g[1];
  const ck_floats even_b = NB * (g[0] + B2 * g[2]), odd_b = NB * B * g[1];
  u[0] = g[0] * (1 / (A2 * B2));
  u[1] = even_a + odd_a;
  u[2] = even_a - odd_a;
  u[3] = even_b + odd_b;
  u[4] = even_b - odd_b;
  u[5] = g[2];
}

CK_INLINE void filter_gradient_side(const ck_floats *u, ck_floats *g) {
  const ck_floats sum_a = u[1] + u[2], difference_a = u[1] - u[2];
  const ck_floats sum_b = u[3] + u[4], difference_b = u[3] - u[4];
  g[0] = u[0] * (1 / (A2 * B2)) + NA * sum_a + NB * sum_b;
  g[1] = NA * A * difference_a + NB * B * difference_b;
  g[2] = NA * A2 * sum_a + NB * B2 * sum_b + u[5];
}

/* Both sides of `in` [from][from] to `out` [to][to]: first down the columns, then along the rows. */
#define BOTH_SIDES(side, from, to, in, out)                                     \
  do {                                                                          \
    ck_floats middle_[to][from];                                                \
    for (int j_ = 0; j_ < (from); j_++) {                                       \
      ck_floats column_[from], changed_[to];                                    \
      for (int i_ = 0; i_ < (from); i_++) column_[i_] = (in)[i_][j_];           \
      side(column_, changed_);                                                  \
      for (int i_ = 0; i_ < (to); i_++) middle_[i_][j_] = changed_[i_];         \
    }                                                                           \
    for (int i_ = 0; i_ < (to); i_++) side(middle_[i_], (out)[i_]);             \
  } while (0)

#define LOAD(pointer) (*(const ck_floats *)(pointer))
#define UNROLLED _Pragma("clang loop unroll(full)")
#define STORE(pointer, lanes) (*(ck_floats *)(pointer) = (lanes))

/* Where a tile lies: the first pixel of its results. */
typedef struct tile {
  size_t picture, row, column;
} tile;

CK_INLINE tile tile_at(const ck_winograd *w, size_t index) {
  const size_t in_picture = index % (w->tile_rows * w->tile_columns);
  return (tile){index / (w->tile_rows * w->tile_columns), in_picture / w->tile_columns * STEP,
                in_picture % w->tile_columns * STEP};
}

/* Bt d B of so many channels of a tile; `row` and `pixel` are the distances between its pixels. */
CK_INLINE void transform_picture(const float *d, size_t row, size_t pixel, size_t channels, float *planes,
                                 ck_planes layout) {
  for (size_t c = 0; c < channels; c += CK_LANES) {
    ck_floats in[SIDE][SIDE], out[SIDE][SIDE];
    UNROLLED for (size_t i = 0; i < SIDE; i++)
      UNROLLED for (size_t j = 0; j < SIDE; j++) in[i][j] = LOAD(d + i * row + j * pixel + c);
    BOTH_SIDES(input_side, SIDE, SIDE, in, out);
    float *target = planes + c / CK_PANEL * layout.panel + c % CK_PANEL;
    UNROLLED for (size_t i = 0; i < SIDE; i++)
      UNROLLED for (size_t j = 0; j < SIDE; j++) STORE(target + (i * SIDE + j) * layout.plane, out[i][j]);
  }
}

/* The pixels of a tile at the edge are copied between zeros, so many channels at a time. */
#define EDGE_CHANNELS 64

CK_INLINE void copy_edge(const ck_winograd *w, tile at, size_t channels, const float *picture, size_t count,
                         float *edge) {
  for (size_t i = 0; i < SIDE; i++)
    for (size_t j = 0; j < SIDE; j++) {
      const size_t row = at.row + i - 1, column = at.column + j - 1; /* wrap above and left of the picture */
      float *target = edge + (i * SIDE + j) * EDGE_CHANNELS;
      if (row < w->height && column < w->width) {
        const float *source = picture + (row * w->width + column) * channels;
        for (size_t c = 0; c < count; c += CK_LANES) STORE(target + c, LOAD(source + c));
      } else {
        for (size_t c = 0; c < count; c += CK_LANES) STORE(target + c, (ck_floats){0});
      }
    }
}

CK_CLONES CK_NO_LIBRARY_COPIES void ck_winograd_pictures(const ck_winograd *w, size_t channels,
                                                         const float *restrict x, size_t first, size_t tiles,
                                                         float *restrict planes, ck_planes layout) {
  for (size_t t = 0; t < tiles; t++) {
    const tile at = tile_at(w, first + t);
    const float *picture = x + at.picture * w->height * w->width * channels;
    float *target = planes + t * layout.tile;
    if (at.row > 0 && at.column > 0 && at.row + STEP < w->height && at.column + STEP < w->width) {
      const float *corner = picture + ((at.row - 1) * w->width + at.column - 1) * channels;
      transform_picture(corner, w->width * channels, channels, channels, target, layout);
      continue;
    }
    for (size_t c = 0; c < channels; c += EDGE_CHANNELS) {
      float edge[SIDE * SIDE * EDGE_CHANNELS];
      const size_t count = channels - c < EDGE_CHANNELS ? channels - c : EDGE_CHANNELS;
      copy_edge(w, at, channels, picture + c, count, edge);
      transform_picture(edge, SIDE * EDGE_CHANNELS, EDGE_CHANNELS, count, target + c / CK_PANEL * layout.panel,
                        layout);
    }
  }
}

/* At m A of so many channels of a tile, of which rows x columns (constants, if all) lie inside the picture. */
CK_INLINE void transform_results(const size_t rows, const size_t columns, const float *planes, ck_planes layout,
                                 size_t channels, const float *bias, int accumulating, size_t row, size_t pixel,
                                 float *y) {
  for (size_t c = 0; c < channels; c += CK_LANES) {
    const float *source = planes + c / CK_PANEL * layout.panel + c % CK_PANEL;
    ck_floats m[SIDE][SIDE], o[STEP][STEP];
    UNROLLED for (size_t i = 0; i < SIDE; i++)
      UNROLLED for (size_t j = 0; j < SIDE; j++) m[i][j] = LOAD(source + (i * SIDE + j) * layout.plane);
    BOTH_SIDES(result_side, SIDE, STEP, m, o);
    const ck_floats shift = bias ? LOAD(bias + c) : (ck_floats){0};
    for (size_t i = 0; i < rows; i++)
      for (size_t j = 0; j < columns; j++) {
        float *target = y + i * row + j * pixel + c;
        STORE(target, accumulating ? LOAD(target) + o[i][j] : o[i][j] + shift);
      }
  }
}

CK_CLONES void ck_winograd_results(const ck_winograd *w, size_t channels, const float *restrict planes, ck_planes layout,
                                   size_t first, size_t tiles, size_t first_channel, size_t channel_count,
                                   const float *bias, int accumulating, float *restrict y) {
  const size_t row = w->width * channels;
  if (bias) bias += first_channel;
  for (size_t t = 0; t < tiles; t++) {
    const tile at = tile_at(w, first + t);
    const size_t rows = w->height - at.row, columns = w->width - at.column;
    float *corner = y + ((at.picture * w->height + at.row) * w->width + at.column) * channels + first_channel;
    const float *source = planes + t * layout.tile;
    if (rows >= STEP && columns >= STEP)
      transform_results(STEP, STEP, source, layout, channel_count, bias, accumulating, row, channels, corner);
    else
      transform_results(rows < STEP ? rows : STEP, columns < STEP ? columns : STEP, source, layout, channel_count, bias,
                        accumulating, row, channels, corner);
  }
}

/* A dy At of all channels of a tile, of which rows x columns (constants, if all) lie inside the picture. */
CK_INLINE void transform_gradients(const size_t rows, const size_t columns, const float *dy, size_t row, size_t channels,
                                   float *planes, ck_planes layout) {
  for (size_t c = 0; c < channels; c += CK_LANES) {
    ck_floats y[STEP][STEP], m[SIDE][SIDE];
    UNROLLED for (size_t i = 0; i < STEP; i++)
      UNROLLED for (size_t j = 0; j < STEP; j++)
        y[i][j] = i < rows && j < columns ? LOAD(dy + i * row + j * channels + c) : (ck_floats){0};
    BOTH_SIDES(result_gradient_side, STEP, SIDE, y, m);
    float *target = planes + c / CK_PANEL * layout.panel + c % CK_PANEL;
    UNROLLED for (size_t i = 0; i < SIDE; i++)
      UNROLLED for (size_t j = 0; j < SIDE; j++) STORE(target + (i * SIDE + j) * layout.plane, m[i][j]);
  }
}

CK_CLONES void ck_winograd_result_gradients(const ck_winograd *w, size_t channels, const float *restrict dy,
                                            size_t first, size_t tiles, float *restrict planes, ck_planes layout) {
  const size_t row = w->width * channels;
  for (size_t t = 0; t < tiles; t++) {
    const tile at = tile_at(w, first + t);
    const float *corner = dy + ((at.picture * w->height + at.row) * w->width + at.column) * channels;
    const size_t rows = w->height - at.row, columns = w->width - at.column;
    float *target = planes + t * layout.tile;
    if (rows >= STEP && columns >= STEP)
      transform_gradients(STEP, STEP, corner, row, channels, target, layout);
    else
      transform_gradients(rows, columns, corner, row, channels, target, layout);
  }
}

CK_CLONES void ck_winograd_filters(size_t inputs, size_t outputs, const float *restrict weight, size_t panel,
                                   float *restrict planes, size_t plane) {
  const size_t tap = inputs * outputs;
  for (size_t input = 0; input < inputs; input++)
    for (size_t c = 0; c < CK_PANEL; c += CK_LANES) {
      const float *source = weight + input * outputs + panel * CK_PANEL + c;
      ck_floats g[3][3], u[SIDE][SIDE];
      for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++) g[i][j] = LOAD(source + (i * 3 + j) * tap);
      BOTH_SIDES(filter_side, 3, SIDE, g, u);
      float *target = planes + input * CK_PANEL + c;
      for (size_t i = 0; i < SIDE; i++)
        for (size_t j = 0; j < SIDE; j++) STORE(target + (i * SIDE + j) * plane, u[i][j]);
    }
}

/* Eight rows of eight to eight columns. */
CK_INLINE void transpose(ck_floats *r) {
  ck_floats s[CK_LANES], t[CK_LANES];
  for (int i = 0; i < 4; i++) {
    s[2 * i] = __builtin_shufflevector(r[2 * i], r[2 * i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    s[2 * i + 1] = __builtin_shufflevector(r[2 * i], r[2 * i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  for (int i = 0; i < 8; i += 4)
    for (int j = 0; j < 2; j++) {
      t[i + j] = __builtin_shufflevector(s[i + j], s[i + j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      t[i + j + 2] = __builtin_shufflevector(s[i + j], s[i + j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  for (int i = 0; i < 4; i++) {
    r[i] = __builtin_shufflevector(t[i], t[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    r[i + 4] = __builtin_shufflevector(t[i], t[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
}

CK_CLONES void ck_winograd_turned_filters(size_t inputs, size_t outputs, const float *restrict weight, size_t panel,
                                          float *restrict planes, size_t plane) {
  const size_t tap = inputs * outputs;
  for (size_t output = 0; output < outputs; output += CK_LANES)
    for (size_t c = 0; c < CK_PANEL; c += CK_LANES) {
      ck_floats block[3][3][CK_LANES];
      for (size_t k = 0; k < 9; k++) {
        const float *source = weight + (8 - k) * tap + (panel * CK_PANEL + c) * outputs + output;
        ck_floats rows[CK_LANES];
        for (size_t r = 0; r < CK_LANES; r++) rows[r] = LOAD(source + r * outputs);
        transpose(rows);
        for (size_t r = 0; r < CK_LANES; r++) block[k / 3][k % 3][r] = rows[r];
      }
      for (size_t r = 0; r < CK_LANES; r++) {
        ck_floats g[3][3], u[SIDE][SIDE];
        for (size_t i = 0; i < 3; i++)
          for (size_t j = 0; j < 3; j++) g[i][j] = block[i][j][r];
        BOTH_SIDES(filter_side, 3, SIDE, g, u);
        float *target = planes + (output + r) * CK_PANEL + c;
        for (size_t i = 0; i < SIDE; i++)
          for (size_t j = 0; j < SIDE; j++) STORE(target + (i * SIDE + j) * plane, u[i][j]);
      }
    }
}

CK_CLONES void ck_winograd_filter_gradients(size_t inputs, size_t outputs, const float *restrict planes, size_t plane,
                                            size_t panel, int accumulating, float *restrict weight_gradient) {
  const size_t tap = inputs * outputs;
  for (size_t input = 0; input < CK_PANEL; input++)
    for (size_t c = 0; c < outputs; c += CK_LANES) {
      const float *source = planes + input * outputs + c;
      ck_floats u[SIDE][SIDE], g[3][3];
      for (size_t i = 0; i < SIDE; i++)
        for (size_t j = 0; j < SIDE; j++) u[i][j] = LOAD(source + (i * SIDE + j) * plane);
      BOTH_SIDES(filter_gradient_side, SIDE, 3, u, g);
      float *target = weight_gradient + (panel * CK_PANEL + input) * outputs + c;
      for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++) {
          float *value = target + (i * 3 + j) * tap;
          STORE(value, accumulating ? LOAD(value) + g[i][j] : g[i][j]);
        }
    }
}
