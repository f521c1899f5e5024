#include "exponential.h"
#include "kernels.h"
#include <math.h>

CK_CLONES double ck_cross_entropy(size_t rows, size_t classes, double smoothing, const float *logits, const int32_t *labels,
                        float *gradient) {
  const double share = smoothing / (double)classes; /* of the target that every class gets */
  double total = 0;
  for (size_t r = 0; r < rows; r++) {
    const float *row = logits + r * classes;
    float largest = row[0];
    for (size_t c = 1; c < classes; c++) largest = row[c] > largest ? row[c] : largest;
    double sum = 0, offsets = 0; /* of the exponentials; of the logits below the largest */
    for (size_t c = 0; c < classes; c++) {
      sum += ck_exp(row[c] - largest);
      offsets += (double)row[c] - largest;
    }
    const double labelled = (1 - smoothing) * ((double)row[labels[r]] - largest);
    total += log(sum) - (smoothing > 0 ? labelled + share * offsets : labelled);
    if (!gradient) continue;
    const double scale = 1 / (sum * (double)rows);
    const float common = (float)(share / (double)rows);
    float *row_gradient = gradient + r * classes;
    for (size_t c = 0; c < classes; c++) row_gradient[c] = (float)(ck_exp(row[c] - largest) * scale) - common;
    row_gradient[labels[r]] -= (float)((1 - smoothing) / (double)rows);
  }
  return total / (double)rows;
}

/* max(x, 0) - x*target + log(1 + exp(-|x|)) never overflows. */
double ck_binary_cross_entropy(size_t n, const float *x, const float *target, float *gradient) {
  double total = 0;
  for (size_t i = 0; i < n; i++) {
    const double decay = exp(-fabs((double)x[i])), value = x[i];
    total += (value < 0 ? 0 : value) - value * target[i] + log1p(decay);
    if (gradient) {
      const double probability = (value < 0 ? decay : 1) / (1 + decay);
      gradient[i] = (float)((probability - target[i]) / (double)n);
    }
  }
  return total / (double)n;
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

size_t ck_count_binary_errors(size_t n, const float *x, const float *target) {
  size_t errors = 0;
  for (size_t i = 0; i < n; i++) errors += x[i] != x[i] || (x[i] > 0) != (target[i] > 0.5f);
  return errors;
}
