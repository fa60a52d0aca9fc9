/* What the checks of headings share. */
#include "check/heading.h"

#include "base/bytes.h"
#include "base/unicode.h"
#include "base/utf8.h"

nl_title nl_heading_title(nl_scope *s, nl_str field) {
    const nl_front *front = &s->article->front;
    const nl_value *root = nl_scope_root(s);
    const nl_entry *e = root && field.n ? nl_value_find(root, field) : NULL;
    if (field.n && (front->tree.failed || front->format == NL_FRONT_TOML))
        return NL_TITLE_UNKNOWN;
    if (!e || e->value->kind == NL_NULL || e->value->kind == NL_LIST || e->value->kind == NL_MAP)
        return NL_TITLE_NONE;
    return nl_str_trim(e->value->text).n ? NL_TITLE_GIVEN : NL_TITLE_NONE;
}

nl_finding nl_finding_at_heading(nl_scope *s, const nl_rule *rule, const nl_heading *h) {
    nl_span span = h->text.end > h->text.start ? h->text : h->block;
    nl_finding f = nl_finding_at(s, rule, span);
    nl_finding_set(&f, "text", h->content);
    return f;
}

/* An entity may stand for what is not ASCII, as nothing else in ASCII does. */
static bool is_ascii(const nl_source *source) {
    return !(source->seen.kinds & (NL_BYTES_HIGH | NL_BYTES_AMPERSAND));
}

nl_str nl_heading_key(nl_scope *s, const nl_heading *h, bool ignore_case) {
    nl_str text = nl_str_trim(h->content);
    if (!ignore_case && is_ascii(&s->article->source))
        return text;
    return ignore_case ? nl_fold(text, s->arena) : nl_nfc(text, s->arena);
}

size_t nl_heading_ends_in(nl_str text, nl_str set) {
    size_t end = text.n;
    if (end && (unsigned char)text.p[end - 1] < 0x80 && nl_str_find(set, text.p[end - 1]) == set.n)
        return end; /* as it mostly is */
    while (end > 0) {
        uint32_t cp, other = 0;
        size_t n = nl_utf8_read_back(text.p, end, &cp), at = 0;
        while (at < set.n && other != cp)
            at += nl_utf8_read(set.p + at, set.n - at, &other);
        if (cp == NL_CP_INVALID || other != cp)
            break;
        end -= n;
    }
    return end;
}
