#include "panels.h"
#include "kernels.h"

CK_CLONES void ck_multiply_panels(size_t rows, size_t k, size_t panels, const float *a, size_t a_row, const float *b,
                                  float *c, size_t c_row) {
  for (size_t panel = 0; panel < panels; panel++, b += k * CK_PANEL, c += CK_PANEL)
    for (size_t first = 0, count; first < rows; first += count) {
      count = ck_tile_rows(rows - first);
      const float *x = a + first * a_row;
      float *y = c + first * c_row;
      switch (count) {
        case 6: ck_panel_tile(6, k, x, a_row, 1, b, y, c_row, 0); break;
        case 5: ck_panel_tile(5, k, x, a_row, 1, b, y, c_row, 0); break;
        case 4: ck_panel_tile(4, k, x, a_row, 1, b, y, c_row, 0); break;
        case 3: ck_panel_tile(3, k, x, a_row, 1, b, y, c_row, 0); break;
        case 2: ck_panel_tile(2, k, x, a_row, 1, b, y, c_row, 0); break;
        default: ck_panel_tile(1, k, x, a_row, 1, b, y, c_row, 0);
      }
    }
}

CK_CLONES void ck_multiply_transposed_panels(size_t k, size_t a_panels, size_t b_panels, const float *a, const float *b,
                                             float *c, int accumulating) {
  const size_t c_row = b_panels * CK_PANEL;
  for (size_t panel = 0; panel < b_panels; panel++, b += k * CK_PANEL, c += CK_PANEL)
    for (size_t row = 0; row < a_panels; row++) {
      const float *x = a + row * k * CK_PANEL;
      float *y = c + row * CK_PANEL * c_row;
      ck_panel_tile(6, k, x, 1, CK_PANEL, b, y, c_row, accumulating);
      ck_panel_tile(5, k, x + 6, 1, CK_PANEL, b, y + 6 * c_row, c_row, accumulating);
      ck_panel_tile(5, k, x + 11, 1, CK_PANEL, b, y + 11 * c_row, c_row, accumulating);
    }
}
