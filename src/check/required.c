/* required: a field that is absent, null or empty. */
#include "base/unicode.h"
#include "base/utf8.h"
#include "check/checks.h"

typedef struct options {
    bool allow_empty;
} options;

static const nl_param params[] = {
    {.name = "allow-empty",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, allow_empty),
     .fallback = "false",
     .help = "Take an empty string, list or map for an answer."},
    {0},
};

/* A no-break space alone is as empty on the page as a blank. */
static bool is_blank(nl_str text) {
    uint32_t cp;
    if (text.n && text.p[0] > ' ' && text.p[0] < 0x7F)
        return false;
    for (size_t i = 0; i < text.n;) {
        i += nl_utf8_read(text.p + i, text.n - i, &cp);
        if (!nl_cp_is_space(cp))
            return false;
    }
    return true;
}

static bool is_empty(const nl_value *v) {
    if (v->kind == NL_STRING)
        return is_blank(v->text);
    return (v->kind == NL_LIST || v->kind == NL_MAP) && v->count == 0;
}

static unsigned right(const void *options_) {
    (void)options_;
    return 1u << NL_BOOL | 1u << NL_INT | 1u << NL_FLOAT;
}

static void field(nl_scope *s, const nl_rule *rule, const nl_target *target) {
    const options *o = rule->options;
    const nl_value *v = target->value;
    if (v && v->kind != NL_NULL && (o->allow_empty || !is_empty(v)))
        return;
    if (!v && !target->parent)
        return; /* the map it would be in is absent: that is another rule's to say */
    nl_finding f = nl_finding_on(s, rule, target);
    if (!v)
        nl_finding_report(&f, "required field `{field}` is missing");
    else
        nl_finding_report(&f, v->kind == NL_NULL ? "required field `{field}` has no value"
                                                 : "required field `{field}` is empty");
}

const nl_check nl_check_required = {
    .name = "required",
    .summary = "A field that must be there is absent, null or empty",
    .help =
        "The site cannot be built, or shows a gap, without this field. Add it to the front matter.",
    .level = NL_ERROR,
    .kind = NL_CHECK_FIELD,
    .absent = true,
    .params = params,
    .options_size = sizeof(options),
    .good = "title: Rain ahead",
    .bad = "title:",
    .right = right,
    .field = field,
};
