#include "clones.h"
#include "kernels.h"

CK_CLONES void ck_relu_forward(size_t n, const float *x, float *y) {
  for (size_t i = 0; i < n; i++) y[i] = x[i] < 0 ? 0 : x[i];
}

CK_CLONES void ck_relu_backward(size_t n, const float *y, const float *dy, float *dx) {
  for (size_t i = 0; i < n; i++) {
    const float gradient = dy[i]; /* loaded unconditionally, or the loop would not vectorise */
    dx[i] = y[i] <= 0 ? 0 : gradient;
  }
}

CK_CLONES void ck_broadcast_row(size_t rows, size_t columns, const float *restrict bias, float *restrict y) {
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < columns; c++) y[r * columns + c] = bias[c];
}

CK_CLONES void ck_multiply(size_t n, const float *x, const float *factor, float *y) {
  for (size_t i = 0; i < n; i++) y[i] = x[i] * factor[i];
}

CK_CLONES void ck_add(size_t n, const float *restrict x, float *restrict y) {
  for (size_t i = 0; i < n; i++) y[i] += x[i];
}

CK_CLONES void ck_scale(size_t n, float factor, float *x) {
  for (size_t i = 0; i < n; i++) x[i] *= factor;
}
