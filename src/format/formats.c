/* The table of formats, made of formats.def. */
#include "format/format.h"

const nl_format *const nl_formats[] = {
#define NL_FORMAT(name) &nl_format_##name,
#include "format/formats.def"
#undef NL_FORMAT
    NULL,
};

const nl_format *nl_format_find(nl_str name) {
    for (const nl_format *const *f = nl_formats; *f; f++)
        if (nl_str_is(name, (*f)->name))
            return *f;
    return NULL;
}
