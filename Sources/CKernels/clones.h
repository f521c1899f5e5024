/* CK_CLONES compiles a kernel for x86-64-v3 (AVX2, FMA) and for any x86-64; the loader picks at start-up. */
#ifndef SUGGEST_CLONES_H
#define SUGGEST_CLONES_H

#if defined(__x86_64__)
#define CK_CLONES __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define CK_CLONES
#endif

/* In kernels that copy a few floats at a time a call of memcpy or memset would cost more than the copy. */
#define CK_NO_LIBRARY_COPIES __attribute__((no_builtin("memcpy", "memset", "memmove")))

/* Helpers must disappear into the clone that calls them, or they would run as plain x86-64 code. */
#define CK_INLINE static inline __attribute__((always_inline))

#endif
