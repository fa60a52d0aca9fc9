/* What reports write again and again, on top of base/json.h. */
#ifndef NL_FORMAT_JSONWRITE_H
#define NL_FORMAT_JSONWRITE_H

#include "base/json.h"

/* A key with its string; both are left out when the string is empty. */
void nl_json_pair(nl_json *j, const char *key, nl_str s);

/* A key, then the beginning of an object or array. */
void nl_json_object_at(nl_json *j, const char *key);
void nl_json_array_at(nl_json *j, const char *key);

#endif
