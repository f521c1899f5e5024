#include "clones.h"
#include "kernels.h"

typedef float lanes4 __attribute__((vector_size(16), aligned(4)));

CK_CLONES void ck_weigh_rows(size_t n, size_t taps, const float *weights, const uint8_t *restrict rows, size_t stride,
                             float *restrict y) {
  for (size_t i = 0; i < n; i++) y[i] = weights[0] * (float)rows[i];
  for (size_t tap = 1; tap < taps; tap++) {
    const uint8_t *restrict row = rows + tap * stride;
    const float weight = weights[tap];
    for (size_t i = 0; i < n; i++) y[i] += weight * (float)row[i];
  }
}

CK_CLONES void ck_weigh_pixels(size_t pixels, size_t taps, const int32_t *first, const float *weights,
                               const float *restrict x, float *restrict y) {
  for (size_t p = 0; p < pixels; p++) {
    const float *source = x + 3 * (size_t)first[p];
    lanes4 sum = {0, 0, 0, 0};
    for (size_t tap = 0; tap < taps; tap++)
      sum += weights[p * taps + tap] * *(const lanes4 *)(source + 3 * tap);
    *(lanes4 *)(y + 3 * p) = sum;
  }
}

CK_CLONES void ck_round_to_bytes(size_t n, const float *restrict x, uint8_t *restrict y) {
  for (size_t i = 0; i < n; i++) {
    const float rounded = x[i] + 0.5f;
    y[i] = (uint8_t)(int32_t)(rounded < 0 ? 0 : rounded > 255 ? 255 : rounded);
  }
}

CK_CLONES void ck_scale_pixels(size_t pixels, const float scale[3], const float offset[3], const float *restrict x,
                               float *restrict y) {
  for (size_t p = 0; p < pixels; p++)
    for (size_t c = 0; c < 3; c++) y[3 * p + c] = x[3 * p + c] * scale[c] + offset[c];
}
