/* What sequences need beside products of matrices. */
#include "exponential.h"
#include "kernels.h"

CK_CLONES void ck_causal_softmax(size_t times, float scale, float *scores) {
  for (size_t t = 0; t < times; t++, scores += times) {
    float largest = scores[0];
    for (size_t s = 1; s <= t; s++) largest = scores[s] > largest ? scores[s] : largest;
    double sum = 0;
    for (size_t s = 0; s <= t; s++) scores[s] = ck_exp(scale * (scores[s] - largest));
    for (size_t s = 0; s <= t; s++) sum += scores[s];
    const float share = (float)(1 / sum);
    for (size_t s = 0; s <= t; s++) scores[s] *= share;
    for (size_t s = t + 1; s < times; s++) scores[s] = 0;
  }
}

/* With p = softmax(scale*s): ds = scale * p * (dp - sum of p*dp). */
CK_CLONES void ck_causal_softmax_backward(size_t times, float scale, const float *restrict p, float *restrict gradient) {
  for (size_t t = 0; t < times; t++, p += times, gradient += times) {
    double mean = 0;
    for (size_t s = 0; s <= t; s++) mean += (double)p[s] * gradient[s];
    for (size_t s = 0; s <= t; s++) gradient[s] = scale * p[s] * (gradient[s] - (float)mean);
    for (size_t s = t + 1; s < times; s++) gradient[s] = 0;
  }
}

CK_CLONES void ck_gru_cell(size_t rows, size_t hidden, size_t stride, const float *recurrent, const float *before, float *gates,
                 float *candidate, float *state) {
  for (size_t row = 0; row < rows; row++) {
    const float *h = recurrent + row * 3 * hidden;
    float *g = gates + row * 3 * stride, *kept = candidate + row * stride, *new = state + row * stride;
    for (size_t i = 0; i < hidden; i++) {
      const float r = ck_sigmoid(g[i] + h[i]), z = ck_sigmoid(g[hidden + i] + h[hidden + i]);
      const float n = ck_tanh(g[2 * hidden + i] + r * h[2 * hidden + i]);
      kept[i] = h[2 * hidden + i];
      g[i] = r;
      g[hidden + i] = z;
      g[2 * hidden + i] = n;
      new[i] = (1 - z) * n + z * (before ? before[row * stride + i] : 0);
    }
  }
}

CK_CLONES void ck_gru_cell_backward(size_t rows, size_t hidden, size_t stride, const float *gates,
                                    const float *candidate, const float *before, const float *output_gradient,
                                    float *carry, float *gate_gradient, float *recurrent_gradient) {
  for (size_t row = 0; row < rows; row++) {
    const float *g = gates + row * 3 * stride, *kept = candidate + row * stride;
    float *input = gate_gradient + row * 3 * stride, *recurrent = recurrent_gradient + row * 3 * stride;
    for (size_t i = 0; i < hidden; i++) {
      const float r = g[i], z = g[hidden + i], n = g[2 * hidden + i];
      const float old = before ? before[row * stride + i] : 0;
      const float dh = output_gradient[row * stride + i] + carry[row * hidden + i];
      const float dn = dh * (1 - z) * (1 - n * n), dz = dh * (old - n) * z * (1 - z);
      const float dr = dn * kept[i] * r * (1 - r);
      input[i] = recurrent[i] = dr;
      input[hidden + i] = recurrent[hidden + i] = dz;
      input[2 * hidden + i] = dn;
      recurrent[2 * hidden + i] = dn * r;
      carry[row * hidden + i] = dh * z;
    }
  }
}
