/* Words that messages share. */
#include "rule/say.h"

nl_str nl_say(nl_scope *s, const char *format, ...) {
    nl_buf b = {0};
    va_list ap;
    va_start(ap, format);
    nl_buf_vprintf(&b, format, ap);
    va_end(ap);
    nl_str copy = {nl_arena_copy(s->arena, b.n ? b.p : "", b.n), b.n};
    nl_buf_free(&b);
    return copy;
}

nl_str nl_say_list(nl_scope *s, const nl_str *items, size_t count) {
    size_t shown = count > NL_SAY_ITEMS_MAX ? NL_SAY_ITEMS_MAX : count;
    nl_buf b = {0};
    for (size_t i = 0; i < shown; i++) {
        if (i)
            nl_buf_puts(&b, i + 1 == count ? " or " : ", ");
        nl_buf_putc(&b, '`');
        nl_buf_str_add(&b, nl_scope_shown(s, items[i]));
        nl_buf_putc(&b, '`');
    }
    if (shown < count)
        nl_buf_printf(&b, " or %zu more", count - shown);
    nl_str copy = {nl_arena_copy(s->arena, b.n ? b.p : "", b.n), b.n};
    nl_buf_free(&b);
    return copy;
}

const char *nl_say_kind(nl_kind kind) {
    switch (kind) {
    case NL_NULL:
        return "null";
    case NL_BOOL:
        return "a boolean";
    case NL_INT:
        return "an integer";
    case NL_FLOAT:
        return "a number";
    case NL_STRING:
        return "a string";
    case NL_LIST:
        return "a list";
    case NL_MAP:
        return "a map";
    }
    return "a value";
}

nl_span nl_say_start(const nl_scope *s) {
    size_t bom = nl_source_bom(s->article->source.bytes);
    return nl_span_of(bom, bom);
}
