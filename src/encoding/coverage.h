/*
 * Chains that explain a text whole: every character beyond ASCII is part of a sequence. In clean
 * text with four or more such characters that does not occur, so that it is proof where the model
 * knows the language or the script too little.
 */
#ifndef NL_ENCODING_COVERAGE_H
#define NL_ENCODING_COVERAGE_H

#include "encoding/search.h"

/* The deepest such chains; returns how many sequences the first of them reads, 0 when there is
 * none. */
size_t nl_coverage(const nl_unit *u, size_t n, nl_prior *out);

#endif
