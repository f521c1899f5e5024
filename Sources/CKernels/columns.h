/* Walks down the columns of a row-major matrix, some vectors of columns at a time. */
#ifndef SUGGEST_COLUMNS_H
#define SUGGEST_COLUMNS_H

#include "lanes.h"

/* Columns are independent: so many vectors of them pass the rows at a time, while their sums stay in registers. */
#define CK_COLUMN_VECTORS 4
/* Single-precision sums of so many rows are added up in double precision. */
#define CK_SUMMED_ROWS 16

/* Calls part(vectors, lanes of each, first column) for all columns; the first two are constants but for the last lanes. */
#define CK_FOR_COLUMNS(columns, part)                                                                            \
  do {                                                                                                \
    size_t column_ = 0;                                                                              \
    for (; column_ + CK_COLUMN_VECTORS * CK_LANES <= columns; column_ += CK_COLUMN_VECTORS * CK_LANES)     \
      part(CK_COLUMN_VECTORS, CK_LANES, column_);                                                        \
    for (; column_ + CK_LANES <= columns; column_ += CK_LANES) part(1, CK_LANES, column_);        \
    if (column_ < columns) part(1, columns - column_, column_);                                  \
  } while (0)

#define CK_UNROLLED _Pragma("clang loop unroll(full)")
#define CK_FOR_VECTORS CK_UNROLLED for (int v = 0; v < vectors; v++)

#endif
