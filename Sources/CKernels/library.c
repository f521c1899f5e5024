/* dladdr is invisible to Swift. */
#define _GNU_SOURCE
#include "kernels.h"
#include <dlfcn.h>

const char *ck_library_answering(const char *symbol) {
  Dl_info information;
  void *address = dlsym(RTLD_DEFAULT, symbol);
  return address && dladdr(address, &information) && information.dli_fname ? information.dli_fname : "";
}
