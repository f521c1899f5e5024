#include <stdlib.h>

#include "failure.h"
#include "jpeg_shim.h"

int js_encode(const uint8_t *rgb, int width, int height, int quality, uint8_t **bytes, size_t *count) {
  struct jpeg_compress_struct info;
  js_failure failure;
  unsigned long size = 0;
  if (width < 1 || height < 1 || width > JPEG_MAX_DIMENSION || height > JPEG_MAX_DIMENSION) return -1;
  *bytes = NULL;
  info.err = js_prepare(&failure);
  if (setjmp(failure.entry)) {
    /* Only memory can be lacking here. libjpeg has replaced its buffer by larger ones, so the first may be freed. */
    jpeg_destroy_compress(&info);
    return -1;
  }
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, bytes, &size);
  info.image_width = (JDIMENSION)width;
  info.image_height = (JDIMENSION)height;
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    JSAMPROW row = (JSAMPROW)(rgb + 3 * (size_t)width * info.next_scanline);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  *count = size;
  return 0;
}

void js_free(uint8_t *bytes) { free(bytes); }
