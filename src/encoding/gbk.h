/* What marks of U+2000..202F with a letter behind them look like in GBK: gbk_tables.c. */
#ifndef NL_ENCODING_GBK_H
#define NL_ENCODING_GBK_H

#include <stdint.h>

extern const uint16_t nl_gbk_marks[8];
extern const uint16_t nl_gbk_pairs[8][52]; /* A to Z, a to z */

#endif
