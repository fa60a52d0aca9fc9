/* Texts about mojibake, and programs that repair it, hold garbled and clean side by side. */
#ifndef NL_ENCODING_TABLE_H
#define NL_ENCODING_TABLE_H

#include "encoding/mojibake.h"
#include <stdbool.h>

/* Does the damage stand alone, with what it was beside it, as in `("Ã©", "é")` or `â€™ → ’`? */
bool nl_damage_is_entry(const char *p, size_t n, const nl_damage *d);

#endif
