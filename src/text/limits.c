/* The rows of the limits. */
#include "text/limits.h"

#include <stddef.h>
#include <string.h>

const nl_limit nl_limit_rows[NL_LIMIT_COUNT] = {
#define NL_LIMIT(member, name, option, unit, fallback, least, most, what, over)                    \
    [NL_LIMIT_##member] = {name, option, unit, offsetof(nl_limits, member), fallback, least,       \
                           most, what,   over},
#include "text/limits.def"
#undef NL_LIMIT
};

const nl_limits nl_limits_default = {
#define NL_LIMIT(member, name, option, unit, fallback, least, most, what, over)                    \
    .member = (fallback),
#include "text/limits.def"
#undef NL_LIMIT
};

void nl_limits_complete(nl_limits *limits) {
    for (size_t i = 0; i < NL_LIMIT_COUNT; i++) {
        const nl_limit *row = &nl_limit_rows[i];
        size_t *value = (size_t *)(void *)((char *)limits + row->offset);
        if (*value == 0)
            *value = row->fallback;
        else if (*value < row->least)
            *value = row->least;
        else if (*value > row->most)
            *value = row->most;
    }
}

size_t nl_limits_get(const nl_limits *limits, nl_limit_id id) {
    return *(const size_t *)(const void *)((const char *)limits + nl_limit_rows[id].offset);
}

void nl_limit_hint(nl_limit_id id, nl_buf *out) {
    const nl_limit *row = &nl_limit_rows[id];
    if (row->option)
        nl_buf_printf(out, "; --%s sets the limit", row->option);
    else
        nl_buf_printf(out, "; --limit %s=N sets the limit", row->name);
}

void nl_limit_say(nl_limit_id id, const nl_limits *limits, const char *what, nl_buf *out) {
    const char *number = strstr(what, "%zu");
    if (number) {
        nl_buf_add(out, what, (size_t)(number - what));
        nl_buf_printf(out, "%zu", nl_limits_get(limits, id));
        what = number + 3;
    }
    nl_buf_puts(out, what);
    nl_limit_hint(id, out);
}
