/* Which of the clones that CK_CLONES names the loader has chosen. */
#include "clones.h"
#include "kernels.h"
#include <string.h>

#if defined(__x86_64__)

#define TEXT_OF(...) #__VA_ARGS__
#define EXPANDED_TEXT_OF(macro) TEXT_OF(macro)

/* The levels that CK_CLONES names are those it is compiled for, so its own text says them: no list to keep in step. */
static int has_clone_for(const char *level) { return strstr(EXPANDED_TEXT_OF(CK_CLONES), level) != 0; }

const char *ck_instruction_set(void) {
  __builtin_cpu_init();
  if (has_clone_for("x86-64-v4") && __builtin_cpu_supports("x86-64-v4")) return "x86-64-v4";
  if (has_clone_for("x86-64-v3") && __builtin_cpu_supports("x86-64-v3")) return "x86-64-v3";
  return "x86-64";
}

#elif defined(__aarch64__)
const char *ck_instruction_set(void) { return "aarch64"; }
#else
const char *ck_instruction_set(void) { return "unknown"; }
#endif
