/*
 * Is what a reading leaves as it is no text either? Then the line was damaged in another way (8-bit
 * text read as 8-bit text, Chinese as Latin-1, case changed afterwards), and its few sequences are
 * accidents. Clean lines cost 4 to 9 bits a character, such ones 9 to 30.
 */
#ifndef NL_ENCODING_GIBBERISH_H
#define NL_ENCODING_GIBBERISH_H

#include "encoding/search.h"

bool nl_gibberish(const nl_unit *u, size_t n, const nl_reading *reading);

#endif
