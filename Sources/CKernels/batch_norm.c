/* S. Ioffe, C. Szegedy, "Batch Normalization", ICML 2015; conventions of PyTorch 2.13's batch_norm. */
#include "columns.h"
#include "kernels.h"
#include <math.h>

CK_INLINE void sums_block(const int vectors, const size_t lanes, size_t rows, size_t channels, const float *x,
                          const float *origin, double *sums, double *squares) {
  ck_doubles total[CK_COLUMN_VECTORS], square_total[CK_COLUMN_VECTORS];
  ck_floats base[CK_COLUMN_VECTORS];
  CK_FOR_VECTORS {
    total[v] = square_total[v] = (ck_doubles){0};
    CK_LOAD(base[v], origin + v * CK_LANES, lanes);
  }
  for (size_t first = 0; first < rows; first += CK_SUMMED_ROWS) {
    const size_t end = rows - first < CK_SUMMED_ROWS ? rows : first + CK_SUMMED_ROWS;
    ck_floats sum[CK_COLUMN_VECTORS], square[CK_COLUMN_VECTORS];
    CK_FOR_VECTORS sum[v] = square[v] = (ck_floats){0};
    for (size_t r = first; r < end; r++) CK_FOR_VECTORS {
        ck_floats value;
        CK_LOAD(value, x + r * channels + v * CK_LANES, lanes);
        value -= base[v];
        sum[v] += value;
        square[v] += value * value;
      }
    CK_FOR_VECTORS {
      total[v] += CK_WIDEN(sum[v]);
      square_total[v] += CK_WIDEN(square[v]);
    }
  }
  CK_FOR_VECTORS for (size_t lane = 0; lane < lanes; lane++) {
    sums[v * CK_LANES + lane] = total[v][lane];
    squares[v * CK_LANES + lane] = square_total[v][lane];
  }
}

CK_CLONES void ck_batch_norm_sums(size_t rows, size_t channels, const float *x, const float *origin, double *sums) {
#define PART(vectors, lanes, c) \
  sums_block(vectors, lanes, rows, channels, x + (c), origin + (c), sums + (c), sums + channels + (c))
  CK_FOR_COLUMNS(channels, PART);
#undef PART
}

void ck_batch_norm_statistics(size_t rows, size_t channels, const float *origin, size_t parts, const double *sums,
                              const ck_batch_norm *norm) {
  const double unbiased = rows > 1 ? (double)rows / (double)(rows - 1) : 1;
  for (size_t c = 0; c < channels; c++) {
    double sum = 0, square = 0;
    for (size_t part = 0; part < parts; part++) {
      sum += sums[2 * part * channels + c];
      square += sums[(2 * part + 1) * channels + c];
    }
    const double offset = sum / (double)rows;
    const double spread = square / (double)rows - offset * offset;
    const double variance = spread < 0 ? 0 : spread; /* a NaN stays one */
    const double average = origin[c] + offset, inverse = 1 / sqrt(variance + norm->epsilon);
    norm->mean[c] = (float)average;
    norm->inverse_deviation[c] = (float)inverse;
    norm->running_mean[c] = (float)((1 - norm->momentum) * norm->running_mean[c] + norm->momentum * average);
    norm->running_variance[c] =
        (float)((1 - norm->momentum) * norm->running_variance[c] + norm->momentum * variance * unbiased);
    norm->scale[c] = (float)(inverse * norm->weight[c]);
    norm->shift[c] = (float)(norm->bias[c] - average * inverse * norm->weight[c]);
  }
}

void ck_batch_norm_running_statistics(size_t channels, const ck_batch_norm *norm) {
  for (size_t c = 0; c < channels; c++) {
    const double factor = norm->weight[c] / sqrt(norm->running_variance[c] + norm->epsilon);
    norm->scale[c] = (float)factor;
    norm->shift[c] = (float)(norm->bias[c] - norm->running_mean[c] * factor);
  }
}

CK_INLINE void apply_block(const int vectors, const size_t lanes, const int adds, const int rectifies, size_t rows,
                           size_t channels, const float *x, const float *scales, const float *shifts,
                           const float *addend, float *y) {
  ck_floats scale[CK_COLUMN_VECTORS], shift[CK_COLUMN_VECTORS];
  CK_FOR_VECTORS {
    CK_LOAD(scale[v], scales + v * CK_LANES, lanes);
    CK_LOAD(shift[v], shifts + v * CK_LANES, lanes);
  }
  for (size_t r = 0; r < rows; r++) CK_FOR_VECTORS {
      const size_t i = r * channels + v * CK_LANES;
      ck_floats value;
      CK_LOAD(value, x + i, lanes);
      value = value * scale[v] + shift[v];
      if (adds) {
        ck_floats other;
        CK_LOAD(other, addend + i, lanes);
        value += other;
      }
      if (rectifies) value = CK_RECTIFY(value);
      CK_STORE(y + i, value, lanes);
    }
}

CK_CLONES void ck_batch_norm_apply(size_t rows, size_t channels, const float *x, const ck_batch_norm *norm,
                                   const float *addend, int rectifies, float *y) {
#define PART(vectors, lanes, c)                                                                                     \
  do {                                                                                                              \
    const float *x_ = x + (c), *scale_ = norm->scale + (c), *shift_ = norm->shift + (c);                            \
    if (addend && rectifies)                                                                                        \
      apply_block(vectors, lanes, 1, 1, rows, channels, x_, scale_, shift_, addend + (c), y + (c));                 \
    else if (addend)                                                                                                \
      apply_block(vectors, lanes, 1, 0, rows, channels, x_, scale_, shift_, addend + (c), y + (c));                 \
    else if (rectifies)                                                                                             \
      apply_block(vectors, lanes, 0, 1, rows, channels, x_, scale_, shift_, addend, y + (c));                       \
    else                                                                                                            \
      apply_block(vectors, lanes, 0, 0, rows, channels, x_, scale_, shift_, addend, y + (c));                       \
  } while (0)
  CK_FOR_COLUMNS(channels, PART);
#undef PART
}

/* The rectified value is computed again as apply_block did: that is cheaper than to read the output. */
CK_INLINE void gradient_sums_block(const int vectors, const size_t lanes, const int rectifies, size_t rows,
                                   size_t channels, const float *x, const float *dy, const float *scales,
                                   const float *shifts, const float *means, double *sums, double *products) {
  ck_doubles total[CK_COLUMN_VECTORS], product_total[CK_COLUMN_VECTORS];
  ck_floats scale[CK_COLUMN_VECTORS], shift[CK_COLUMN_VECTORS], mean[CK_COLUMN_VECTORS];
  CK_FOR_VECTORS {
    total[v] = product_total[v] = (ck_doubles){0};
    CK_LOAD(scale[v], scales + v * CK_LANES, lanes);
    CK_LOAD(shift[v], shifts + v * CK_LANES, lanes);
    CK_LOAD(mean[v], means + v * CK_LANES, lanes);
  }
  for (size_t first = 0; first < rows; first += CK_SUMMED_ROWS) {
    const size_t end = rows - first < CK_SUMMED_ROWS ? rows : first + CK_SUMMED_ROWS;
    ck_floats sum[CK_COLUMN_VECTORS], product[CK_COLUMN_VECTORS];
    CK_FOR_VECTORS sum[v] = product[v] = (ck_floats){0};
    for (size_t r = first; r < end; r++) CK_FOR_VECTORS {
        const size_t i = r * channels + v * CK_LANES;
        ck_floats value, gradient;
        CK_LOAD(value, x + i, lanes);
        CK_LOAD(gradient, dy + i, lanes);
        if (rectifies) gradient = CK_WHERE_POSITIVE(value * scale[v] + shift[v], gradient);
        sum[v] += gradient;
        product[v] += gradient * (value - mean[v]);
      }
    CK_FOR_VECTORS {
      total[v] += CK_WIDEN(sum[v]);
      product_total[v] += CK_WIDEN(product[v]);
    }
  }
  CK_FOR_VECTORS for (size_t lane = 0; lane < lanes; lane++) {
    sums[v * CK_LANES + lane] = total[v][lane];
    products[v * CK_LANES + lane] = product_total[v][lane];
  }
}

CK_CLONES void ck_batch_norm_gradient_sums(size_t rows, size_t channels, const float *x, const float *dy,
                                           const ck_batch_norm *norm, int rectifies, double *sums) {
#define PART(vectors, lanes, c)                                                                                      \
  do {                                                                                                               \
    const float *scale_ = norm->scale + (c), *shift_ = norm->shift + (c), *mean_ = norm->mean + (c);                 \
    double *sums_ = sums + (c), *products_ = sums + channels + (c);                                                  \
    if (rectifies)                                                                                                   \
      gradient_sums_block(vectors, lanes, 1, rows, channels, x + (c), dy + (c), scale_, shift_, mean_, sums_, products_); \
    else                                                                                                             \
      gradient_sums_block(vectors, lanes, 0, rows, channels, x + (c), dy + (c), scale_, shift_, mean_, sums_, products_); \
  } while (0)
  CK_FOR_COLUMNS(channels, PART);
#undef PART
}

/* With xn = (x - mean) / deviation: dweight = sum dy*xn, dbias = sum dy. */
void ck_batch_norm_parameter_gradients(size_t rows, size_t channels, size_t parts, const double *sums,
                                       const ck_batch_norm *norm, float *weight_gradient, float *bias_gradient,
                                       float *mean_gradient, float *slope) {
  for (size_t c = 0; c < channels; c++) {
    double sum = 0, product = 0;
    for (size_t part = 0; part < parts; part++) {
      sum += sums[2 * part * channels + c];
      product += sums[(2 * part + 1) * channels + c];
    }
    const double inverse = norm->inverse_deviation[c];
    weight_gradient[c] = (float)(product * inverse);
    bias_gradient[c] = (float)sum;
    mean_gradient[c] = (float)(sum / (double)rows);
    slope[c] = (float)(product * inverse * inverse / (double)rows);
  }
}

CK_INLINE void input_gradient_block(const int vectors, const size_t lanes, const int rectifies, size_t rows,
                                    size_t channels, const float *x, const float *dy, const float *scales,
                                    const float *shifts, const float *means, const float *mean_gradients,
                                    const float *slopes, float *dx) {
  ck_floats scale[CK_COLUMN_VECTORS], shift[CK_COLUMN_VECTORS], mean[CK_COLUMN_VECTORS], mean_gradient[CK_COLUMN_VECTORS],
      slope[CK_COLUMN_VECTORS];
  CK_FOR_VECTORS {
    CK_LOAD(scale[v], scales + v * CK_LANES, lanes);
    CK_LOAD(shift[v], shifts + v * CK_LANES, lanes);
    CK_LOAD(mean[v], means + v * CK_LANES, lanes);
    CK_LOAD(mean_gradient[v], mean_gradients + v * CK_LANES, lanes);
    CK_LOAD(slope[v], slopes + v * CK_LANES, lanes);
  }
  for (size_t r = 0; r < rows; r++) CK_FOR_VECTORS {
      const size_t i = r * channels + v * CK_LANES;
      ck_floats value, gradient;
      CK_LOAD(value, x + i, lanes);
      CK_LOAD(gradient, dy + i, lanes);
      if (rectifies) gradient = CK_WHERE_POSITIVE(value * scale[v] + shift[v], gradient);
      gradient = scale[v] * (gradient - mean_gradient[v] - (value - mean[v]) * slope[v]);
      CK_STORE(dx + i, gradient, lanes);
    }
}

/* dx = weight / deviation * (dy - dbias / rows - xn * dweight / rows). */
CK_CLONES void ck_batch_norm_input_gradient(size_t rows, size_t channels, const float *x, const float *dy,
                                            const ck_batch_norm *norm, int rectifies, const float *mean_gradient,
                                            const float *slope, float *dx) {
#define PART(vectors, lanes, c)                                                                                   \
  do {                                                                                                            \
    const float *scale_ = norm->scale + (c), *shift_ = norm->shift + (c), *mean_ = norm->mean + (c);              \
    if (rectifies)                                                                                                \
      input_gradient_block(vectors, lanes, 1, rows, channels, x + (c), dy + (c), scale_, shift_, mean_,           \
                           mean_gradient + (c), slope + (c), dx + (c));                                           \
    else                                                                                                          \
      input_gradient_block(vectors, lanes, 0, rows, channels, x + (c), dy + (c), scale_, shift_, mean_,           \
                           mean_gradient + (c), slope + (c), dx + (c));                                           \
  } while (0)
  CK_FOR_COLUMNS(channels, PART);
#undef PART
}
