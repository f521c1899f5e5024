/* Element by element; NaN passes in both directions, so that a divergence is seen. The derivatives at kinks and the
 * constants are PyTorch 2.13's. */
#include "exponential.h"
#include "kernels.h"

/* 1 / sqrt(2) and 1 / sqrt(2 pi): the normal distribution's cumulative function and density. */
#define CK_INVERSE_ROOT_2 0.70710678118654752f
#define CK_INVERSE_ROOT_2_PI 0.39894228040143268f
/* Where ReLU6 saturates. */
#define CK_CEILING 6.0f

CK_CLONES void ck_relu6_forward(size_t n, const float *x, float *y) {
  for (size_t i = 0; i < n; i++) {
    const float lower = x[i] < 0 ? 0 : x[i];
    y[i] = lower > CK_CEILING ? CK_CEILING : lower;
  }
}

CK_CLONES void ck_relu6_backward(size_t n, const float *y, const float *dy, float *dx) {
  for (size_t i = 0; i < n; i++) {
    const float gradient = dy[i];
    const int flat = (y[i] <= 0) | (y[i] >= CK_CEILING);
    dx[i] = flat ? 0 : gradient;
  }
}

CK_CLONES void ck_leaky_relu_forward(size_t n, float slope, const float *x, float *y) {
  for (size_t i = 0; i < n; i++) {
    const float value = x[i];
    y[i] = value < 0 ? slope * value : value;
  }
}

CK_CLONES void ck_leaky_relu_backward(size_t n, float slope, const float *x, const float *dy, float *dx) {
  for (size_t i = 0; i < n; i++) {
    const float gradient = dy[i], value = x[i];
    dx[i] = value > 0 ? gradient : slope * gradient;
  }
}

CK_CLONES void ck_gelu_forward(size_t n, const float *x, float *y) {
  for (size_t i = 0; i < n; i++) y[i] = 0.5f * x[i] * (1 + ck_erf(x[i] * CK_INVERSE_ROOT_2));
}

/* d/dx x*Phi(x) = Phi(x) + x*phi(x). */
CK_CLONES void ck_gelu_backward(size_t n, const float *x, const float *dy, float *dx) {
  for (size_t i = 0; i < n; i++) {
    const float cumulative = 0.5f * (1 + ck_erf(x[i] * CK_INVERSE_ROOT_2));
    const float density = CK_INVERSE_ROOT_2_PI * ck_exp(-0.5f * x[i] * x[i]);
    dx[i] = dy[i] * (cumulative + x[i] * density);
  }
}

CK_CLONES void ck_silu_forward(size_t n, const float *x, float *y) {
  for (size_t i = 0; i < n; i++) y[i] = x[i] * ck_sigmoid(x[i]);
}

/* d/dx x*s(x) = s * (1 + x * (1 - s)). */
CK_CLONES void ck_silu_backward(size_t n, const float *x, const float *dy, float *dx) {
  for (size_t i = 0; i < n; i++) {
    const float s = ck_sigmoid(x[i]);
    dx[i] = dy[i] * (s * (1 + x[i] * (1 - s)));
  }
}

CK_CLONES void ck_sigmoid_forward(size_t n, const float *x, float *y) {
  for (size_t i = 0; i < n; i++) y[i] = ck_sigmoid(x[i]);
}

CK_CLONES void ck_sigmoid_backward(size_t n, const float *y, const float *dy, float *dx) {
  for (size_t i = 0; i < n; i++) dx[i] = dy[i] * (y[i] * (1 - y[i]));
}

CK_CLONES void ck_tanh_forward(size_t n, const float *x, float *y) {
  for (size_t i = 0; i < n; i++) y[i] = ck_tanh(x[i]);
}

CK_CLONES void ck_tanh_backward(size_t n, const float *y, const float *dy, float *dx) {
  for (size_t i = 0; i < n; i++) dx[i] = dy[i] * (1 - y[i] * y[i]);
}
