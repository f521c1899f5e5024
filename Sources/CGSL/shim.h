/* OpenBLAS's cblas.h first: gsl_cblas.h defines the same enumerations differently, and two definitions of one
 * type in two modules do not compile together. */
#include <cblas.h>
#define __GSL_CBLAS_H__
#include <gsl/gsl_bspline.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_filter.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_movstat.h>
#include <gsl/gsl_multimin.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_statistics_double.h>
#include <gsl/gsl_version.h>

/* A variable of C is not safe to read from Swift's point of view; this one never changes. */
static inline const gsl_multimin_fdfminimizer_type *bfgs_minimizer_type(void) {
  return gsl_multimin_fdfminimizer_vector_bfgs2;
}
