/*
 * How likely a character is after another, in bits, over the living languages at once: bigrams of
 * characters that back off to classes (script and case). It judges whether a repaired text reads
 * better than the damaged one. Tables: model_tables.c, made by tools/make-model.py.
 */
#ifndef NL_ENCODING_MODEL_H
#define NL_ENCODING_MODEL_H

#include "encoding/classes.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

extern const uint8_t nl_model_class_block[];
extern const uint8_t nl_model_class[][64];
extern const uint8_t nl_model_class_cost[NL_CLASS_COUNT][NL_CLASS_COUNT];
extern const uint8_t nl_model_unseen_cost[];
extern const uint16_t nl_model_known_count;
extern const uint16_t nl_model_known[];
extern const uint8_t nl_model_char_cost[];
extern const uint8_t nl_model_backoff[];
extern const uint32_t nl_model_row[];
extern const uint16_t nl_model_second[];
extern const uint8_t nl_model_pair_cost[];

/* Languages in Latin script: costs of pairs of ASCII letters (1 to 26; 0: none) and of the letters
 * beyond ASCII, within the language. */
extern const uint8_t nl_language_count;
extern const uint8_t nl_language_pairs[][27 * 27];
extern const uint16_t nl_language_alphabet_count;
extern const uint16_t nl_language_alphabet[];
extern const uint8_t nl_language_letters[][128];

/* A character as the model sees it. */
typedef struct nl_symbol {
    uint32_t cp;
    int16_t known; /* index in the tables, or -1 */
    uint8_t cls;   /* nl_class */
} nl_symbol;

/* NL_CP_INVALID is of the class of C1 controls. */
nl_symbol nl_model_symbol(uint32_t cp);

nl_class nl_model_class_of(uint32_t cp);

/* -log2 P(c | prev), in eighths of a bit. */
int nl_model_cost(nl_symbol prev, nl_symbol c);

bool nl_class_is_letter(nl_class c);
bool nl_class_is_lower(nl_class c);
bool nl_class_is_upper(nl_class c);

#endif
