#include "failure.h"

#include <jerror.h>

static void fail(j_common_ptr info) {
  js_failure *failure = (js_failure *)info->err;
  info->err->format_message(info, failure->message);
  longjmp(failure->entry, 1);
}

/* Warnings after which every pixel is still what the camera wrote. */
static int is_harmless(int code) {
  switch (code) {
    case JWRN_EXTRANEOUS_DATA: /* bytes between segments, as many cameras leave */
    case JWRN_ADOBE_XFORM:
    case JWRN_JFIF_MAJOR:
    case JWRN_BOGUS_ICC:
      return 1;
    default:
      return 0;
  }
}

static void note(j_common_ptr info, int level) {
  if (level < 0 && !is_harmless(info->err->msg_code)) fail(info);
}

static void be_silent(j_common_ptr info) { (void)info; }

struct jpeg_error_mgr *js_prepare(js_failure *failure) {
  jpeg_std_error(&failure->manager);
  failure->manager.error_exit = fail;
  failure->manager.emit_message = note;
  failure->manager.output_message = be_silent;
  failure->message[0] = 0;
  return &failure->manager;
}
