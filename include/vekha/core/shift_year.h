#ifndef VEKHA_CORE_SHIFT_YEAR_H
#define VEKHA_CORE_SHIFT_YEAR_H

#include <stdbool.h>

#include "vekha/core/date.h"

/**
 * Appends text with the years that lie in the period, or one before or behind it, shifted by n_years: «29.03.2022», «2022-2023
 * учебный год», «2022/23», «19.10.22», 2022-03-29; all else as it stands. True if there was one. Any bytes.
 */
bool year_shift(Str text, Span period, int n_years, StrBuf *out);

#endif
