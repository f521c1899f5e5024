/* J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer Normalization", 2016 (arXiv 1607.06450); conventions of PyTorch 2.13's
 * layer_norm: the biased variance of a row's features. */
#include "kernels.h"
#include "lanes.h"
#include <math.h>

CK_CLONES void ck_layer_norm_forward(size_t rows, size_t features, const float *restrict x, const float *weight,
                                     const float *bias, double epsilon, float *mean, float *inverse_deviation,
                                     float *restrict y) {
  for (size_t r = 0; r < rows; r++, x += features, y += features) {
    /* Both moments in one pass, about the first feature, so that a large common offset cancels before squaring. */
    const double origin = x[0];
    ck_doubles sums = {0}, squares = {0};
    for (size_t i = 0; i < features; i += CK_LANES) {
      const size_t count = ck_lane_count(features - i);
      ck_floats values;
      CK_LOAD(values, x + i, count);
      ck_doubles difference = CK_WIDEN(values) - origin;
      for (size_t lane = count; lane < CK_LANES; lane++) difference[lane] = 0;
      sums += difference;
      squares += difference * difference;
    }
    const double offset = ck_add_lanes(&sums) / (double)features;
    const double spread = ck_add_lanes(&squares) / (double)features - offset * offset;
    const double variance = spread < 0 ? 0 : spread; /* a NaN stays one */
    const float average = (float)(origin + offset), inverse = (float)(1 / sqrt(variance + epsilon));
    mean[r] = average;
    inverse_deviation[r] = inverse;
    for (size_t c = 0; c < features; c++) y[c] = (x[c] - average) * inverse * weight[c] + bias[c];
  }
}

/* With xn = (x - mean) / deviation and g = dy*weight: dx = (g - mean of g - xn * mean of g*xn) / deviation. */
CK_CLONES void ck_layer_norm_input_gradient(size_t rows, size_t features, const float *restrict x,
                                            const float *restrict dy, const float *restrict weight,
                                            const float *mean, const float *inverse_deviation,
                                            float *restrict dx) {
  for (size_t r = 0; r < rows; r++, x += features, dy += features, dx += features) {
    ck_doubles sums = {0}, products = {0};
    for (size_t i = 0; i < features; i += CK_LANES) {
      const size_t count = ck_lane_count(features - i);
      ck_floats values, gradient, scale;
      CK_LOAD(values, x + i, count);
      CK_LOAD(gradient, dy + i, count);
      CK_LOAD(scale, weight + i, count);
      const ck_doubles inner = CK_WIDEN(gradient) * CK_WIDEN(scale); /* 0 beyond the last feature */
      sums += inner;
      products += inner * (CK_WIDEN(values) - (double)mean[r]);
    }
    const double inverse = inverse_deviation[r];
    const float average = (float)(ck_add_lanes(&sums) / (double)features);
    const float slope = (float)(ck_add_lanes(&products) * inverse * inverse / (double)features);
    for (size_t c = 0; c < features; c++)
      dx[c] = (float)inverse * (dy[c] * weight[c] - average - (x[c] - mean[r]) * slope);
  }
}

/* Features are summed independently, each from the first row to the last; a block of them stays in registers. */
#define CK_FEATURE_BLOCK 32

CK_CLONES void ck_layer_norm_parameter_gradients(size_t rows, size_t features, const float *restrict x,
                                                 const float *restrict dy, const float *mean,
                                                 const float *inverse_deviation, float *restrict weight_gradient,
                                                 float *restrict bias_gradient) {
  for (size_t first = 0; first < features; first += CK_FEATURE_BLOCK) {
    const size_t width = features - first < CK_FEATURE_BLOCK ? features - first : CK_FEATURE_BLOCK;
    double products[CK_FEATURE_BLOCK] = {0}, sums[CK_FEATURE_BLOCK] = {0};
    for (size_t r = 0; r < rows; r++)
      for (size_t c = 0; c < width; c++) {
        const size_t i = r * features + first + c;
        products[c] += (double)dy[i] * ((x[i] - mean[r]) * inverse_deviation[r]);
        sums[c] += dy[i];
      }
    for (size_t c = 0; c < width; c++) {
      weight_gradient[first + c] = (float)products[c];
      bias_gradient[first + c] = (float)sums[c];
    }
  }
}
