/* S. Ioffe, C. Szegedy, "Batch Normalization", ICML 2015; conventions of PyTorch 2.13's batch_norm. */
#include "clones.h"
#include "kernels.h"
#include <math.h>

/* Channels are independent; a block of them keeps its sums near while the rows pass by once. */
#define CK_CHANNEL_BLOCK 32

CK_INLINE size_t block_width(size_t channels, size_t first) {
  return channels - first < CK_CHANNEL_BLOCK ? channels - first : CK_CHANNEL_BLOCK;
}

/* y = x * scale + shift per channel, with scale and shift from the statistics. */
CK_INLINE void normalise(size_t rows, size_t channels, size_t first, size_t width, const float *restrict x,
                         const float *restrict scale, const float *restrict shift, float *restrict y) {
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < width; c++) y[r * channels + first + c] = x[r * channels + first + c] * scale[c] + shift[c];
}

CK_CLONES void ck_batch_norm_train(size_t rows, size_t channels, const float *restrict x, const float *weight,
                                   const float *bias, double epsilon, double momentum, float *running_mean,
                                   float *running_variance, float *mean, float *inverse_deviation,
                                   float *restrict y) {
  const double unbiased = rows > 1 ? (double)rows / (double)(rows - 1) : 1;
  for (size_t first = 0; first < channels; first += CK_CHANNEL_BLOCK) {
    const size_t width = block_width(channels, first);
    double sums[CK_CHANNEL_BLOCK] = {0}, deviations[CK_CHANNEL_BLOCK] = {0}, origin[CK_CHANNEL_BLOCK];
    float scale[CK_CHANNEL_BLOCK], shift[CK_CHANNEL_BLOCK];
    /* Both moments in one pass, about the first row, so that a large common offset cancels before squaring. */
    for (size_t c = 0; c < width; c++) origin[c] = x[first + c];
    for (size_t r = 0; r < rows; r++)
      for (size_t c = 0; c < width; c++) {
        const double value = x[r * channels + first + c] - origin[c];
        sums[c] += value;
        deviations[c] += value * value;
      }
    for (size_t c = 0; c < width; c++) {
      const size_t channel = first + c;
      const double offset = sums[c] / (double)rows;
      const double spread = deviations[c] / (double)rows - offset * offset;
      const double variance = spread < 0 ? 0 : spread; /* a NaN stays one */
      const double average = origin[c] + offset;
      const double inverse = 1 / sqrt(variance + epsilon);
      mean[channel] = (float)average;
      inverse_deviation[channel] = (float)inverse;
      running_mean[channel] = (float)((1 - momentum) * running_mean[channel] + momentum * average);
      running_variance[channel] =
          (float)((1 - momentum) * running_variance[channel] + momentum * variance * unbiased);
      scale[c] = (float)(inverse * weight[channel]);
      shift[c] = (float)(bias[channel] - average * inverse * weight[channel]);
    }
    normalise(rows, channels, first, width, x, scale, shift, y);
  }
}

CK_CLONES void ck_batch_norm_evaluate(size_t rows, size_t channels, const float *restrict x, const float *weight,
                                      const float *bias, double epsilon, const float *running_mean,
                                      const float *running_variance, float *restrict y) {
  for (size_t first = 0; first < channels; first += CK_CHANNEL_BLOCK) {
    const size_t width = block_width(channels, first);
    float scale[CK_CHANNEL_BLOCK], shift[CK_CHANNEL_BLOCK];
    for (size_t c = 0; c < width; c++) {
      const size_t channel = first + c;
      const double factor = weight[channel] / sqrt(running_variance[channel] + epsilon);
      scale[c] = (float)factor;
      shift[c] = (float)(bias[channel] - running_mean[channel] * factor);
    }
    normalise(rows, channels, first, width, x, scale, shift, y);
  }
}

/* With xn = (x - mean) / deviation: dweight = sum dy*xn, dbias = sum dy,
 * dx = weight / deviation * (dy - dbias / rows - xn * dweight / rows). */
CK_CLONES void ck_batch_norm_backward(size_t rows, size_t channels, const float *restrict x, const float *dy,
                                      const float *weight, const float *mean, const float *inverse_deviation,
                                      float *weight_gradient, float *bias_gradient, float *dx) {
  for (size_t first = 0; first < channels; first += CK_CHANNEL_BLOCK) {
    const size_t width = block_width(channels, first);
    double products[CK_CHANNEL_BLOCK] = {0}, sums[CK_CHANNEL_BLOCK] = {0};
    for (size_t r = 0; r < rows; r++)
      for (size_t c = 0; c < width; c++) {
        const size_t i = r * channels + first + c;
        products[c] += (double)dy[i] * (x[i] - mean[first + c]);
        sums[c] += dy[i];
      }
    float scale[CK_CHANNEL_BLOCK], mean_gradient[CK_CHANNEL_BLOCK], slope[CK_CHANNEL_BLOCK];
    for (size_t c = 0; c < width; c++) {
      const size_t channel = first + c;
      const double inverse = inverse_deviation[channel];
      weight_gradient[channel] = (float)(products[c] * inverse);
      bias_gradient[channel] = (float)sums[c];
      scale[c] = (float)(weight[channel] * inverse);
      mean_gradient[c] = (float)(sums[c] / (double)rows);
      slope[c] = (float)(products[c] * inverse * inverse / (double)rows);
    }
    if (!dx) continue;
    for (size_t r = 0; r < rows; r++)
      for (size_t c = 0; c < width; c++) {
        const size_t i = r * channels + first + c;
        dx[i] = scale[c] * (dy[i] - mean_gradient[c] - (x[i] - mean[first + c]) * slope[c]);
      }
  }
}
