/* Texts about mojibake, and programs that repair it, hold garbled and clean side by side. */
#ifndef NL_ENCODING_TABLE_H
#define NL_ENCODING_TABLE_H

#include "encoding/mojibake.h"
#include <stdbool.h>

/* Does the damage stand alone, with what it was beside it, as in `("Ã©", "é")` or `â€™ → ’`? */
bool nl_damage_is_entry(const char *p, size_t n, const nl_damage *d);

/* Is it one letter in quotes, as in `sequences such as “Ã©” or “Ã§”`? Nobody quotes a letter with
 * quotes that are whole but to speak of it. */
bool nl_damage_is_quoted(const char *p, size_t n, const nl_damage *d);

#endif
