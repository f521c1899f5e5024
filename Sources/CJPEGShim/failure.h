/* How libjpeg's errors come back: a jump to where the shim was entered. */
#ifndef SUGGEST_JPEG_FAILURE_H
#define SUGGEST_JPEG_FAILURE_H

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

typedef struct js_failure {
  struct jpeg_error_mgr manager; /* first, so that libjpeg's pointer is ours */
  jmp_buf entry;
  char message[JMSG_LENGTH_MAX];
} js_failure;

/* Sets up an error manager that jumps to entry, and returns it. */
struct jpeg_error_mgr *js_prepare(js_failure *failure);

#endif
