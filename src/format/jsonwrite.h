/*
 * Writing JSON (RFC 8259) piece by piece into a buffer. Commas are put where they belong; that
 * brackets and keys match is the caller's. What is written is ASCII-safe for terminals and logs:
 * controls, bidi and other invisible characters are \u escapes, bytes that are not UTF-8 the four
 * characters \xNN.
 */
#ifndef NL_FORMAT_JSONWRITE_H
#define NL_FORMAT_JSONWRITE_H

#include "base/buf.h"
#include "base/str.h"

typedef struct nl_json {
    nl_buf *out;
    bool more; /* something stands before in the same brackets */
} nl_json;

void nl_json_open(nl_json *j, char bracket);
void nl_json_close(nl_json *j, char bracket);
void nl_json_key(nl_json *j, const char *key);
void nl_json_str(nl_json *j, nl_str s);
void nl_json_num(nl_json *j, size_t n);
void nl_json_bool(nl_json *j, bool b);

/* A key with its value. The string is left out, key and all, when it is empty. */
void nl_json_pair(nl_json *j, const char *key, nl_str s);
void nl_json_pair_num(nl_json *j, const char *key, size_t n);

/* A key, then an opening bracket. */
void nl_json_open_at(nl_json *j, const char *key, char bracket);

#endif
