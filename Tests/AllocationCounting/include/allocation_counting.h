/* Counts the calling thread's heap allocations: this library's malloc stands before the C library's. */
#ifndef SUGGEST_ALLOCATION_COUNTING_H
#define SUGGEST_ALLOCATION_COUNTING_H

#include <stddef.h>

/* How many allocations this thread has made since it began. */
size_t ac_allocations(void);

#endif
