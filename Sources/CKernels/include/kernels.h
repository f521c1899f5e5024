/* Kernels that Swift cannot vectorise, and questions to the dynamic linker.
 *
 * Conventions: rows-major; pictures are NHWC; n, rows, channels count elements; pointers do not overlap unless
 * a comment allows it and need no alignment. No function keeps a pointer, allocates, or has state. Every
 * reduction runs in an order fixed by the sizes alone: products of matrices and convolutions in single precision, all
 * others in double precision or in double precision over short single-precision sums. */
#ifndef SUGGEST_KERNELS_H
#define SUGGEST_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/* Sums over the elements of a vector. */
double ck_sum_of_squares(size_t n, const float *x);
double ck_dot(size_t n, const float *x, const float *y);

/* ReLU; a NaN passes, so that a divergence is seen. y may be x, dx may be dy. */
void ck_relu_forward(size_t n, const float *x, float *y);
void ck_relu_backward(size_t n, const float *y, const float *dy, float *dx);

/* Activations of n elements; a NaN passes. y may be x, dx may be dy. Those that bend or saturate without a trace in y
 * take x in the backward pass, the others y. gelu is the exact one, by the error function. */
void ck_relu6_forward(size_t n, const float *x, float *y);
void ck_relu6_backward(size_t n, const float *y, const float *dy, float *dx);
void ck_leaky_relu_forward(size_t n, float slope, const float *x, float *y);
void ck_leaky_relu_backward(size_t n, float slope, const float *x, const float *dy, float *dx);
void ck_gelu_forward(size_t n, const float *x, float *y);
void ck_gelu_backward(size_t n, const float *x, const float *dy, float *dx);
void ck_silu_forward(size_t n, const float *x, float *y);
void ck_silu_backward(size_t n, const float *x, const float *dy, float *dx);
void ck_sigmoid_forward(size_t n, const float *x, float *y);
void ck_sigmoid_backward(size_t n, const float *y, const float *dy, float *dx);
void ck_tanh_forward(size_t n, const float *x, float *y);
void ck_tanh_backward(size_t n, const float *y, const float *dy, float *dx);

/* y = x * factor and y += x, element by element; in the product y may be x. */
void ck_multiply(size_t n, const float *x, const float *factor, float *y);
void ck_add(size_t n, const float *x, float *y);
/* x *= factor. */
void ck_scale(size_t n, float factor, float *x);

/* Bias: y[r][c] = bias[c], and its adjoint sums[c] = sum over r of x[r][c]. */
void ck_broadcast_row(size_t rows, size_t columns, const float *bias, float *y);
void ck_sum_rows(size_t rows, size_t columns, const float *x, float *sums);

/* Batch norm over the rows of x [rows][channels]; everything here has one value for each channel. y = x * scale +
 * shift; a training pass also sets mean and inverse_deviation, for the backward pass. */
typedef struct ck_batch_norm {
  const float *weight, *bias;
  float *running_mean, *running_variance, *mean, *inverse_deviation, *scale, *shift;
  double epsilon, momentum;
} ck_batch_norm;

/* sums [2][channels] of x - origin [channels] and of its squares, over some rows. */
void ck_batch_norm_sums(size_t rows, size_t channels, const float *x, const float *origin, double *sums);
/* The statistics of all rows from the sums [parts][2][channels]; moves the running ones. */
void ck_batch_norm_statistics(size_t rows, size_t channels, const float *origin, size_t parts, const double *sums,
                              const ck_batch_norm *norm);
/* Scale and shift from the running statistics. */
void ck_batch_norm_running_statistics(size_t channels, const ck_batch_norm *norm);
/* y = x * scale + shift + addend (or NULL), rectified or not. */
void ck_batch_norm_apply(size_t rows, size_t channels, const float *x, const ck_batch_norm *norm, const float *addend,
                         int rectifies, float *y);
/* The backward pass, without an addend: sums [2][channels] of the gradient before the rectifier and of its product
 * with x - mean; the gradients of weight and bias with what the input's needs of them; and the input's. */
void ck_batch_norm_gradient_sums(size_t rows, size_t channels, const float *x, const float *dy,
                                 const ck_batch_norm *norm, int rectifies, double *sums);
void ck_batch_norm_parameter_gradients(size_t rows, size_t channels, size_t parts, const double *sums,
                                       const ck_batch_norm *norm, float *weight_gradient, float *bias_gradient,
                                       float *mean_gradient, float *slope);
void ck_batch_norm_input_gradient(size_t rows, size_t channels, const float *x, const float *dy,
                                  const ck_batch_norm *norm, int rectifies, const float *mean_gradient,
                                  const float *slope, float *dx);

/* Layer norm of every row [features]; weight, bias and their gradients are [features], mean and inverse_deviation,
 * kept for the backward pass, [rows]. */
void ck_layer_norm_forward(size_t rows, size_t features, const float *x, const float *weight, const float *bias,
                           double epsilon, float *mean, float *inverse_deviation, float *y);
void ck_layer_norm_input_gradient(size_t rows, size_t features, const float *x, const float *dy,
                                  const float *weight, const float *mean, const float *inverse_deviation,
                                  float *dx);
void ck_layer_norm_parameter_gradients(size_t rows, size_t features, const float *x, const float *dy,
                                       const float *mean, const float *inverse_deviation, float *weight_gradient,
                                       float *bias_gradient);

/* A window sliding over one picture [height][width][channels] with zero or (pooling) no padding. Padding at the far
 * sides follows from the output's size. */
typedef struct ck_window {
  size_t height, width, channels;
  size_t kernel_height, kernel_width, stride, padding_top, padding_left;
  size_t output_height, output_width;
} ck_window;

/* Direct convolution: sums over `taps` runs of `run` neighbouring floats of a padded picture, in panels of 16 results of
 * which `lanes` are stored. All distances are in floats: between the runs of one sum, and between neighbouring results
 * along and across the rows, in the source and in the result. */
typedef struct ck_direct {
  size_t taps, run, tap_distance;
  size_t source_pixel, source_row, result_pixel, result_row;
  size_t lanes;
} ck_direct;

/* `channels` of every pixel of a picture, whose pixels lie `pixel` floats apart, in the middle of zeros. */
void ck_pad_picture(size_t height, size_t width, size_t channels, size_t pixel, const float *picture, size_t top,
                    size_t left, size_t padded_height, size_t padded_width, float *padded);
/* panel [rows][16] with panel[r][l] = source[r * row + l * lane], 0 for l >= lanes. */
void ck_pack_panel(size_t rows, size_t lanes, const float *source, size_t row, size_t lane, float *panel);
/* result = source * panel [taps * run][16] + bias (lanes, or NULL), or result += that product, at rows x columns places. */
void ck_direct_results(const ck_direct *d, size_t rows, size_t columns, const float *source, const float *panel,
                       const float *bias, int accumulating, float *result);
/* gradient [taps * run] rows of `lanes`, gradient_row floats apart: the sums (added where accumulating) over
 * rows x columns places of source times panel [rows * columns][16]. */
void ck_direct_weight_gradient(const ck_direct *d, size_t rows, size_t columns, const float *source,
                               const float *panel, size_t gradient_row, int accumulating, float *gradient);

/* c [rows][16 * panels] = a [rows][k] * b, where b lies in panels [panels][k][16]; rows of a and c lie a_row and c_row
 * floats apart. */
void ck_multiply_panels(size_t rows, size_t k, size_t panels, const float *a, size_t a_row, const float *b, float *c,
                        size_t c_row);
/* c [16 * a_panels][16 * b_panels] = or += the transpose of a times b, which lie in panels [a_panels][k][16] and
 * [b_panels][k][16]. */
void ck_multiply_transposed_panels(size_t k, size_t a_panels, size_t b_panels, const float *a, const float *b, float *c,
                                   int accumulating);

/* Winograd's F(4x4, 3x3): a picture [height][width][channels] is cut into tiles of 4x4 results, row by row; tiles count
 * on over the pictures of a batch. Of every tile and channel 36 numbers lie in as many planes, a plane's floats from
 * its like; in a plane those of tile t and channel c lie at t * tile + c / 16 * panel + c % 16. Channels are multiples
 * of 16, filters [3][3][inputs][outputs]. With B, G, A the matrices of the points 0, +-3/4, +-3/2, infinity:
 * y = At (sum over inputs of (G w Gt) . (Bt x B)) A. */
typedef struct ck_winograd {
  size_t height, width, tile_rows, tile_columns;
} ck_winograd;

typedef struct ck_planes {
  size_t plane, tile, panel;
} ck_planes;

/* Bt x B of `tiles` tiles from the `first` on; and A dy At. */
void ck_winograd_pictures(const ck_winograd *w, size_t channels, const float *x, size_t first, size_t tiles,
                          float *planes, ck_planes layout);
void ck_winograd_result_gradients(const ck_winograd *w, size_t channels, const float *dy, size_t first, size_t tiles,
                                  float *planes, ck_planes layout);
/* y = At m A (plus bias, or NULL) or y += At m A of some tiles and of channel_count of y's channels; the planes hold
 * these channels only. */
void ck_winograd_results(const ck_winograd *w, size_t channels, const float *planes, ck_planes layout, size_t first,
                         size_t tiles, size_t first_channel, size_t channel_count, const float *bias,
                         int accumulating, float *y);
/* G w Gt of the 16 outputs of one panel: [36][inputs][16], planes `plane` floats apart. Turned: of the filters of the
 * input's gradient, rotated by 180 degrees, with inputs and outputs exchanged: of the 16 inputs of a panel
 * [36][outputs][16]. */
void ck_winograd_filters(size_t inputs, size_t outputs, const float *weight, size_t panel, float *planes,
                         size_t plane);
void ck_winograd_turned_filters(size_t inputs, size_t outputs, const float *weight, size_t panel, float *planes,
                                size_t plane);
/* Gt du G of the 16 inputs of one panel: planes [36][16][outputs] to (or added to) their part of the gradient. */
void ck_winograd_filter_gradients(size_t inputs, size_t outputs, const float *planes, size_t plane, size_t panel,
                                  int accumulating, float *weight_gradient);

/* Depthwise convolution, one filter for each channel: x is [pictures][height][width][channels], y likewise with the
 * output's size, weight [kernel row][kernel column][channels], bias [channels] or NULL. All results are overwritten. */
void ck_depthwise_forward(size_t pictures, const ck_window *window, const float *x, const float *weight,
                          const float *bias, float *y);
void ck_depthwise_input_gradient(size_t pictures, const ck_window *window, const float *dy, const float *weight,
                                 float *dx);
void ck_depthwise_weight_gradient(size_t pictures, const ck_window *window, const float *x, const float *dy,
                                  float *weight_gradient);

/* Max pooling of `pictures` pictures, rectified before or after (which is the same) or not; the first of equal values
 * wins, a NaN wins over all. dx is overwritten. */
void ck_max_pool_forward(size_t pictures, const ck_window *window, int rectifies, const float *x, float *y);
void ck_max_pool_backward(size_t pictures, const ck_window *window, int rectifies, const float *x, const float *y,
                          const float *dy, float *dx);

/* Mean over the pixels of each picture: [pictures][pixels][channels] -> [pictures][channels]. */
void ck_average_pool_forward(size_t pictures, size_t pixels, size_t channels, const float *x, float *y);
void ck_average_pool_backward(size_t pictures, size_t pixels, size_t channels, const float *dy, float *dx);

/* Mean over each window, padding counted as zeros; dx is overwritten. */
void ck_window_average_forward(size_t pictures, const ck_window *window, const float *x, float *y);
void ck_window_average_backward(size_t pictures, const ck_window *window, const float *dy, float *dx);

/* Maximum (NaN wins, the first of equal values gets the gradient), then mean over the pixels of each picture:
 * [pictures][pixels][channels] -> [pictures][2 * channels]. dx is overwritten. */
void ck_concat_pool_forward(size_t pictures, size_t pixels, size_t channels, const float *x, float *y);
void ck_concat_pool_backward(size_t pictures, size_t pixels, size_t channels, const float *x, const float *y,
                             const float *dy, float *dx);

/* Losses, means over the rows (cross-entropy) or over all elements (the others), with their gradients, which may be
 * NULL. 0 <= labels[r] < classes. `smoothing` of the target is spread evenly over the classes. In the binary
 * cross-entropy x are logits and 0 <= target <= 1. */
double ck_cross_entropy(size_t rows, size_t classes, double smoothing, const float *logits, const int32_t *labels,
                        float *gradient);
double ck_binary_cross_entropy(size_t n, const float *x, const float *target, float *gradient);
double ck_mean_squared_error(size_t n, const float *x, const float *target, float *gradient);
/* How many rows have their largest logit (the first of equal ones) elsewhere than at the label, or a NaN. */
size_t ck_count_errors(size_t rows, size_t classes, const float *logits, const int32_t *labels);

/* How many logits lie on the wrong side of 0 for targets below or above 1/2, or are NaN. */
size_t ck_count_binary_errors(size_t n, const float *x, const float *target);

/* What an optimizer pass sums up on its way, with update = new - old parameter. */
typedef struct ck_step_sums {
  double gradient_squares, parameter_squares, update_squares, gradient_dot_update, distance_squares;
} ck_step_sums;

typedef struct ck_sgd_settings {
  float learning_rate, momentum, weight_decay;
  int nesterov;
} ck_sgd_settings;

/* One step over n parameters p with gradients g; start is where the distance is measured from. Adds to sums. */
void ck_sgd_step(size_t n, const ck_sgd_settings *settings, const float *g, const float *start, float *p,
                 float *velocity, ck_step_sums *sums);

/* The family of Adam. The decayed gradient d = g + weight_decay*p enters both moments, and
 * p = keep*p - (moment_size*m + gradient_size*d) / (sqrt(v)/correction + epsilon), without the division where not
 * adaptive. Bias corrections and learning rate are in the sizes. */
typedef struct ck_adam_settings {
  float one_minus_beta1, beta2, one_minus_beta2, weight_decay;
  float moment_size, gradient_size, keep, correction, epsilon;
  int adaptive;
} ck_adam_settings;

void ck_adam_step(size_t n, const ck_adam_settings *settings, const float *g, const float *start, float *p,
                  float *first_moment, float *second_moment, ck_step_sums *sums);
/* The first half of a step with a trust ratio (LAMB): moves the moments with g alone, and returns the sums of squares of
 * keep*p and of moment_size*m / (sqrt(v)/correction + epsilon). */
void ck_adam_moments(size_t n, const ck_adam_settings *settings, const float *g, const float *p,
                     float *first_moment, float *second_moment, double *parameter_squares,
                     double *direction_squares);

typedef struct ck_rmsprop_settings {
  float learning_rate, decay, one_minus_decay, epsilon, momentum, weight_decay;
} ck_rmsprop_settings;

void ck_rmsprop_step(size_t n, const ck_rmsprop_settings *settings, const float *g, const float *start, float *p,
                     float *square_average, float *velocity, ck_step_sums *sums);
void ck_adagrad_step(size_t n, float learning_rate, float epsilon, float weight_decay, const float *g,
                     const float *start, float *p, float *square_sum, ck_step_sums *sums);

typedef struct ck_lion_settings {
  float learning_rate, beta1, one_minus_beta1, beta2, one_minus_beta2, weight_decay;
} ck_lion_settings;

void ck_lion_step(size_t n, const ck_lion_settings *settings, const float *g, const float *start, float *p,
                  float *moment, ck_step_sums *sums);

/* Distance over gradients: adds the squares of g + weight_decay*p, and of p - origin, to sums [2]. */
void ck_dog_measure(size_t n, float weight_decay, const float *g, const float *p, const float *origin,
                    double *sums);
/* p -= learning_rate * (g + weight_decay*p). */
void ck_descend(size_t n, float learning_rate, float weight_decay, const float *g, const float *start, float *p,
                ck_step_sums *sums);

/* The measuring pass of Adam with an estimated rate. With d = g + weight_decay*p it adds to sums [2] the products of d
 * with origin - p, or where origin is NULL with w / (sqrt(v) + epsilon), of before; moves m = beta1*m + first_share*d,
 * v = beta2*v + second_share*d^2 and w = beta3*w + weighted_share*d; and adds |w|. */
typedef struct ck_estimate_settings {
  float weight_decay, beta1, first_share, beta2, second_share, beta3, weighted_share, epsilon;
} ck_estimate_settings;

void ck_estimate_measure(size_t n, const ck_estimate_settings *settings, const float *g, const float *p,
                         const float *origin, float *first_moment, float *second_moment, float *weighted,
                         double *sums);

/* Its moving pass: p = p - decay*p - rate*m / (sqrt(v) + epsilon). */
typedef struct ck_adaptive_settings {
  float decay, rate, epsilon;
} ck_adaptive_settings;

void ck_adaptive_move(size_t n, const ck_adaptive_settings *settings, const float *g, const float *start,
                      float *p, const float *first_moment, const float *second_moment, ck_step_sums *sums);

/* Dual averaging: with d = g + weight_decay*p adds d*w to sums [2], moves w += rate*d, and adds w^2; */
void ck_dual_measure(size_t n, float weight_decay, float rate, const float *g, const float *p, float *weighted,
                     double *sums);
/* p = keep*p + share*(origin - scale*w). */
void ck_dual_move(size_t n, float keep, float share, float scale, const float *g, const float *start, float *p,
                  const float *origin, const float *weighted, ck_step_sums *sums);

/* Mechanic: with the offset o = (p - origin) / scale and the p' that the base optimizer would come to, adds the squares
 * of g and of p', and the products o*g and o*p', to sums [4], and keeps o + p' - p as the offset. */
void ck_mechanic_sgd_measure(size_t n, const ck_sgd_settings *base, float scale, const float *g, const float *p,
                             const float *origin, float *velocity, float *offset, double *sums);
void ck_mechanic_adam_measure(size_t n, const ck_adam_settings *base, float scale, const float *g, const float *p,
                              const float *origin, float *first_moment, float *second_moment, float *offset,
                              double *sums);
/* p = origin + scale*offset. */
void ck_mechanic_move(size_t n, float scale, const float *g, const float *start, float *p, const float *origin,
                      const float *offset, ck_step_sums *sums);

/* Schedule-free steps: z -= learning_rate * d; x = keep*x + share*z; p = beta1*x + (1 - beta1)*z. d is g +
 * weight_decay*p, of adamw g / (sqrt(v / correction) + epsilon) + weight_decay*p. */
typedef struct ck_schedule_free_settings {
  float learning_rate, weight_decay, keep, share, beta1, one_minus_beta1;
  float beta2, one_minus_beta2, correction, epsilon;
} ck_schedule_free_settings;

void ck_schedule_free_sgd_step(size_t n, const ck_schedule_free_settings *settings, const float *g,
                               const float *start, float *p, float *average, float *base, ck_step_sums *sums);
void ck_schedule_free_adamw_step(size_t n, const ck_schedule_free_settings *settings, const float *g,
                                 const float *start, float *p, float *average, float *base, float *second_moment,
                                 ck_step_sums *sums);

/* Adds what a step that leaves these parameters as they are contributes to the sums. */
void ck_observe_unchanged(size_t n, const float *start, const float *p, ck_step_sums *sums);

/* Rows of attention: of scores [times][times] the softmax of scale * score over the columns up to the row's, in place,
 * 0 beyond; and from its results p and their gradient, in place, the gradient of the scores. */
void ck_causal_softmax(size_t times, float scale, float *scores);
void ck_causal_softmax_backward(size_t times, float scale, const float *p, float *gradient);

/* One time step of a gated recurrent unit over `rows` samples that lie `stride` floats of state (3 * stride of gates)
 * apart. gates [reset, update, new][hidden] holds the input's part and receives the gates; recurrent [rows][3 * hidden]
 * is the state's part; candidate keeps the state's part of the new gate; before is NULL at the first step. */
void ck_gru_cell(size_t rows, size_t hidden, size_t stride, const float *recurrent, const float *before, float *gates,
                 float *candidate, float *state);
/* carry [rows][hidden] holds the gradient of this step's state from later steps, and receives the part of the state
 * before that comes past the gates; gate and recurrent gradients lie as the gates do. */
void ck_gru_cell_backward(size_t rows, size_t hidden, size_t stride, const float *gates, const float *candidate,
                          const float *before, const float *output_gradient, float *carry, float *gate_gradient,
                          float *recurrent_gradient);

/* The file of the shared object that answers for `symbol`, "" where none does. The text is the linker's. */
const char *ck_library_answering(const char *symbol);

/* The instruction set of the kernels that the loader chose for this processor: x86-64, x86-64-v3, x86-64-v4, aarch64, or
 * unknown. */
const char *ck_instruction_set(void);

/* Resizing of pictures with three channels, rows first. y[n] = the sum of taps rows of bytes, stride apart, by their
 * weights; then each of the pixels is the sum of taps neighbours from its first one on, weights [pixels][taps]: x and
 * y have room for one more float behind their last pixel. */
void ck_weigh_rows(size_t n, size_t taps, const float *weights, const uint8_t *rows, size_t stride, float *y);
void ck_weigh_pixels(size_t pixels, size_t taps, const int32_t *first, const float *weights, const float *x, float *y);
/* The nearest bytes, and x * scale + offset by channel. */
void ck_round_to_bytes(size_t n, const float *x, uint8_t *y);
void ck_scale_pixels(size_t pixels, const float scale[3], const float offset[3], const float *x, float *y);

#endif
