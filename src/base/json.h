/*
 * Writes JSON (RFC 8259) into a buffer as it goes. The writer is newslint's own because a library
 * such as jansson builds a tree first, cannot write integers beyond 64 bits, and does not escape
 * the characters that must not reach a terminal or log. What comes out is valid JSON whatever the
 * bytes that go in, on one line, the same in every locale.
 */
#ifndef NL_BASE_JSON_H
#define NL_BASE_JSON_H

#include "base/buf.h"
#include <stdint.h>

/* `nl_json j = {.out = &buf};` is ready. The caller may empty the buffer between two calls, to
 * stream. Commas and colons come of themselves. */
typedef struct nl_json {
    nl_buf *out;
    size_t depth; /* of open objects and arrays */
    bool comma;   /* what comes next is not the first of its kind */
} nl_json;

void nl_json_begin_object(nl_json *j);
void nl_json_end_object(nl_json *j);
void nl_json_begin_array(nl_json *j);
void nl_json_end_array(nl_json *j);

/* In an object, before each value. The caller sees to it that keys differ. */
void nl_json_key(nl_json *j, nl_str key);

/*
 * C0, DEL and C1, U+2028 and U+2029, bidi and other invisible format characters (nl_cp_is_hidden)
 * are written as \uXXXX, above the BMP as a surrogate pair; a byte that is not UTF-8 becomes the
 * four characters \xNN, so that nothing is lost.
 */
void nl_json_string(nl_json *j, nl_str s);

void nl_json_integer(nl_json *j, int64_t n);
void nl_json_size(nl_json *j, size_t n);

/* The shortest digits that read back as the same number; null for what JSON cannot write. */
void nl_json_double(nl_json *j, double d);

/* A number as it was written, of any size ("12345678901234567890"); a string if it is not one by
 * the grammar of JSON (hexadecimal, leading zeros, infinities). */
void nl_json_number(nl_json *j, nl_str digits);

/* A whole value that is JSON already, as it is. */
void nl_json_raw(nl_json *j, const char *json);

void nl_json_bool(nl_json *j, bool b);
void nl_json_null(nl_json *j);

/* Key and value, for what is written most. */
void nl_json_key_string(nl_json *j, const char *key, nl_str s);
void nl_json_key_size(nl_json *j, const char *key, size_t n);

/* The same JSON with a line for each member, two spaces deeper for each level, and a line end. */
void nl_json_indent(nl_str s, nl_buf *out);

/* Behind a whole value at depth 0: the line end between values of JSON Lines. */
void nl_json_end_line(nl_json *j);

#endif
