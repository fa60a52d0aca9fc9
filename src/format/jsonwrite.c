/* See jsonwrite.h. */
#include "format/jsonwrite.h"

void nl_json_pair(nl_json *j, const char *key, nl_str s) {
    if (s.n)
        nl_json_key_string(j, key, s);
}

void nl_json_object_at(nl_json *j, const char *key) {
    nl_json_key(j, nl_str_c(key));
    nl_json_begin_object(j);
}

void nl_json_array_at(nl_json *j, const char *key) {
    nl_json_key(j, nl_str_c(key));
    nl_json_begin_array(j);
}
