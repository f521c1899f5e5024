#include <stdlib.h>
#include <string.h>

#include "failure.h"
#include "jpeg_shim.h"

struct js_decoder {
  struct jpeg_decompress_struct info;
  js_failure failure;
  struct jpeg_progress_mgr progress;
  int scan_limit;
  /* One row of libjpeg's colours, where those are not RGB. */
  uint8_t *row;
};

/* Sets a message of our own. */
static int refuse(js_decoder *decoder, const char *text) {
  snprintf(decoder->failure.message, sizeof decoder->failure.message, "%s", text);
  return -1;
}

/* Called by libjpeg again and again while it reads the scans of a progressive file. */
static void watch_scans(j_common_ptr common) {
  j_decompress_ptr info = (j_decompress_ptr)common;
  js_decoder *decoder = (js_decoder *)info->client_data;
  if (info->input_scan_number > decoder->scan_limit) {
    refuse(decoder, "it has more scans than any camera writes");
    longjmp(decoder->failure.entry, 1);
  }
}

js_decoder *js_open(const uint8_t *bytes, size_t count, long memory_limit, int scan_limit) {
  js_decoder *decoder = calloc(1, sizeof *decoder);
  if (!decoder) return NULL;
  decoder->info.err = js_prepare(&decoder->failure);
  decoder->scan_limit = scan_limit;
  if (setjmp(decoder->failure.entry)) {
    free(decoder);
    return NULL;
  }
  jpeg_create_decompress(&decoder->info);
  decoder->info.client_data = decoder;
  decoder->info.mem->max_memory_to_use = memory_limit;
  decoder->progress.progress_monitor = watch_scans;
  decoder->info.progress = &decoder->progress;
  jpeg_mem_src(&decoder->info, bytes, count);
  return decoder;
}

static enum js_colors colors_of(J_COLOR_SPACE space) {
  switch (space) {
    case JCS_GRAYSCALE: return JS_GREY;
    case JCS_RGB: return JS_RGB;
    case JCS_YCbCr: return JS_YCBCR;
    case JCS_CMYK:
    case JCS_YCCK: return JS_CMYK;
    default: return JS_OTHER;
  }
}

int js_read_header(js_decoder *decoder, js_header *header) {
  j_decompress_ptr info = &decoder->info;
  if (setjmp(decoder->failure.entry)) return -1;
  jpeg_read_header(info, TRUE);
  *header = (js_header){(int)info->image_width, (int)info->image_height, info->num_components,
                        colors_of(info->jpeg_color_space), jpeg_has_multiple_scans(info)};
  return 0;
}

int js_start(js_decoder *decoder, int denominator, int is_fancy, int *x, int *width) {
  j_decompress_ptr info = &decoder->info;
  if (setjmp(decoder->failure.entry)) return -1;
  switch (colors_of(info->jpeg_color_space)) {
    case JS_GREY: info->out_color_space = JCS_GRAYSCALE; break;
    case JS_RGB:
    case JS_YCBCR: info->out_color_space = JCS_RGB; break;
    case JS_CMYK: info->out_color_space = JCS_CMYK; break;
    case JS_OTHER: return refuse(decoder, "its colours are none that a photograph has");
  }
  info->scale_num = 1;
  info->scale_denom = (unsigned)denominator;
  info->do_fancy_upsampling = is_fancy;
  jpeg_start_decompress(info);
  if (*x < 0 || *width < 1 || *x > (int)info->output_width - *width)
    return refuse(decoder, "columns outside the picture were asked for");
  if (*width < (int)info->output_width) {
    JDIMENSION first = (JDIMENSION)*x, columns = (JDIMENSION)*width;
    jpeg_crop_scanline(info, &first, &columns);
    *x = (int)first;
  }
  *width = (int)info->output_width;
  if (info->out_color_space != JCS_RGB) {
    decoder->row = malloc((size_t)info->output_width * (size_t)info->output_components);
    if (!decoder->row) return refuse(decoder, "there is not enough memory");
  }
  return 0;
}

/* c * k / 255, rounded. */
static uint8_t product(int c, int k) { return (uint8_t)((c * k + 127) / 255); }

static void convert_row(const js_decoder *decoder, uint8_t *rgb) {
  const uint8_t *row = decoder->row;
  const size_t columns = decoder->info.output_width;
  if (decoder->info.out_color_space == JCS_GRAYSCALE) {
    for (size_t i = 0; i < columns; i++) memset(rgb + 3 * i, row[i], 3);
    return;
  }
  /* Adobe writes how much light remains, the standard how much ink there is. */
  const int flip = decoder->info.saw_Adobe_marker ? 0 : 255;
  for (size_t i = 0; i < columns; i++)
    for (size_t c = 0; c < 3; c++) rgb[3 * i + c] = product(row[4 * i + c] ^ flip, row[4 * i + 3] ^ flip);
}

int js_read_rows(js_decoder *decoder, int y, int height, uint8_t *rgb) {
  j_decompress_ptr info = &decoder->info;
  if (setjmp(decoder->failure.entry)) return -1;
  if (y < 0 || height < 1 || y > (int)info->output_height - height)
    return refuse(decoder, "rows outside the picture were asked for");
  if (y > 0) jpeg_skip_scanlines(info, (JDIMENSION)y);
  const size_t stride = 3 * (size_t)info->output_width;
  for (int line = 0; line < height; line++) {
    JSAMPROW target = decoder->row ? decoder->row : rgb;
    if (jpeg_read_scanlines(info, &target, 1) != 1) return refuse(decoder, "a row is missing");
    if (decoder->row) convert_row(decoder, rgb);
    rgb += stride;
  }
  return 0;
}

const char *js_message(const js_decoder *decoder) { return decoder->failure.message; }

void js_close(js_decoder *decoder) {
  jpeg_destroy_decompress(&decoder->info);
  free(decoder->row);
  free(decoder);
}
