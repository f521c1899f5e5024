/* libjpeg without its long jumps: every function returns, and says what went wrong.
 *
 * A decoder is used by one thread at a time: js_open, js_read_header, js_start, js_read_rows, js_close. After a failure
 * only js_message and js_close may follow. Damage of the picture data, which libjpeg would paint over with a warning,
 * is a failure here; oddities that change no pixel are not. */
#ifndef SUGGEST_JPEG_SHIM_H
#define SUGGEST_JPEG_SHIM_H

#include <stddef.h>
#include <stdint.h>

typedef struct js_decoder js_decoder;

enum js_colors { JS_GREY, JS_RGB, JS_YCBCR, JS_CMYK, JS_OTHER };

typedef struct js_header {
  int width, height, components;
  enum js_colors colors;
  int is_progressive;
} js_header;

/* A decoder of bytes that stay where they are; libjpeg's own memory stays below memory_limit, scans of a progressive
 * file up to scan_limit are read. NULL without memory. */
js_decoder *js_open(const uint8_t *bytes, size_t count, long memory_limit, int scan_limit);
/* 0, or -1 with a message. */
int js_read_header(js_decoder *decoder, js_header *header);
/* Begins decoding at 1/denominator (1, 2, 4, 8) of the size, columns from *x on, *width of them; both are widened to
 * libjpeg's blocks. Fancy upsampling interpolates colours as most decoders do; without it they are repeated, faster. */
int js_start(js_decoder *decoder, int denominator, int is_fancy, int *x, int *width);
/* Decodes height rows from y on, into rgb [height][width of js_start][3]; comes once, after js_start. */
int js_read_rows(js_decoder *decoder, int y, int height, uint8_t *rgb);
const char *js_message(const js_decoder *decoder);
void js_close(js_decoder *decoder);

/* Packs rgb [height][width][3] with a quality of 1 to 100, 4:2:0. Sets *bytes, to be given to js_free, and *count;
 * -1 without memory or with a size that JPEG does not have. */
int js_encode(const uint8_t *rgb, int width, int height, int quality, uint8_t **bytes, size_t *count);
void js_free(uint8_t *bytes);

#endif
