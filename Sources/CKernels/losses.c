#include "kernels.h"
#include <math.h>

double ck_cross_entropy(size_t rows, size_t classes, const float *logits, const int32_t *labels, float *gradient) {
  double total = 0;
  for (size_t r = 0; r < rows; r++) {
    const float *row = logits + r * classes;
    float largest = row[0];
    for (size_t c = 1; c < classes; c++) largest = row[c] > largest ? row[c] : largest;
    double sum = 0;
    for (size_t c = 0; c < classes; c++) sum += expf(row[c] - largest);
    total += log(sum) - ((double)row[labels[r]] - largest);
    if (!gradient) continue;
    const double scale = 1 / (sum * (double)rows);
    float *row_gradient = gradient + r * classes;
    for (size_t c = 0; c < classes; c++) row_gradient[c] = (float)(expf(row[c] - largest) * scale);
    row_gradient[labels[r]] -= 1 / (float)rows;
  }
  return total / (double)rows;
}

double ck_mean_squared_error(size_t n, const float *x, const float *target, float *gradient) {
  double total = 0;
  for (size_t i = 0; i < n; i++) {
    const double difference = (double)x[i] - target[i];
    total += difference * difference;
    if (gradient) gradient[i] = (float)(2 * difference / (double)n);
  }
  return total / (double)n;
}

size_t ck_count_errors(size_t rows, size_t classes, const float *logits, const int32_t *labels) {
  size_t errors = 0;
  for (size_t r = 0; r < rows; r++) {
    const float *row = logits + r * classes;
    size_t best = 0;
    int ordered = row[0] == row[0];
    for (size_t c = 1; c < classes; c++) {
      if (row[c] > row[best]) best = c;
      ordered &= row[c] == row[c];
    }
    errors += !ordered || best != (size_t)labels[r];
  }
  return errors;
}
