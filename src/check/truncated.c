/* truncated: a text that ends in an ellipsis, or, when asked, in mid-sentence. */
#include "base/unicode.h"
#include "base/utf8.h"
#include "check/checks.h"
#include "rule/ruleset.h"

typedef struct options {
    bool ellipsis, mid_sentence;
} options;

static const nl_param params[] = {
    {.name = "ellipsis",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, ellipsis),
     .fallback = "true",
     .help = "Report a text that ends in `…`, `...`, `[…]` or the like."},
    {.name = "mid-sentence",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, mid_sentence),
     .fallback = "false",
     .help = "Report a text whose end is no end of a sentence."},
    {0},
};

static bool prepare(nl_load *load, void *options_) {
    const options *o = options_;
    if (o->ellipsis || o->mid_sentence)
        return true;
    nl_load_error(load, NULL,
                  "check `truncated` finds nothing with `ellipsis` and `mid-sentence` both off");
    return false;
}

/* The text without white space at its end. */
static nl_str trimmed(nl_str t) {
    while (t.n) {
        uint32_t cp;
        size_t n = nl_utf8_read_back(t.p, t.n, &cp);
        if (cp == NL_CP_INVALID || !nl_cp_is_space(cp))
            break;
        t.n -= n;
    }
    return t;
}

/* Length of the longest ellipsis at the end, or 0. */
static size_t ellipsis_at_end(nl_str t) {
    static const nl_str forms[] = {
        NL_STR("[\xE2\x80\xA6]"),
        NL_STR("(\xE2\x80\xA6)"),
        NL_STR("\xE2\x80\xA6"),
        NL_STR("[...]"),
        NL_STR("(...)"),
        NL_STR(". . ."),
        NL_STR("&hellip;"),
        NL_STR("&#8230;"),
        NL_STR("[&hellip;]"),
        NL_STR("[&#8230;]"),
        NL_STR("..."),
    };
    size_t best = 0;
    if (!t.n || nl_is_alnum((unsigned char)t.p[t.n - 1]))
        return 0; /* none ends so */
    if (t.p[t.n - 1] == '.' && t.n > 1 && t.p[t.n - 2] != '.' && t.p[t.n - 2] != ' ')
        return 0; /* but a sentence does */
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (nl_str_ends(t, forms[i]) && forms[i].n > best)
            best = forms[i].n;
    if (best == 3 && t.n > best && t.p[t.n - 1] == '.' && t.p[t.n - best - 1] == '.')
        return best + 1; /* "....": the full stop is the sentence's, but the text goes on */
    return best;
}

/* Closes what the sentence stands in: quotes and brackets. */
static bool is_closer(uint32_t cp) {
    static const uint32_t closers[] = {'"',    '\'',   ')',    ']',    '*',   '_',
                                       0x2019, 0x201D, 0x201C, 0xBB,   0xAB,  0x203A,
                                       0x300D, 0x300F, 0x3011, 0xFF09, 0x2018};
    for (size_t i = 0; i < sizeof closers / sizeof *closers; i++)
        if (cp == closers[i])
            return true;
    return false;
}

/* Ends a sentence: UAX #29's Sentence_Terminal, as far as newspapers use it; and an emoji may. */
static bool is_terminal(uint32_t cp) {
    static const uint32_t terminals[] = {'.',    '!',    '?',    0x2026, 0x203C, 0x203D,
                                         0x2047, 0x2048, 0x2049, 0x3002, 0xFF0E, 0xFF01,
                                         0xFF1F, 0xFF61, 0x061F, 0x06D4, 0x0964, 0x0965,
                                         0x0589, 0x1362, 0x037E, 0x104A, 0x104B, 0x17D4};
    for (size_t i = 0; i < sizeof terminals / sizeof *terminals; i++)
        if (cp == terminals[i])
            return true;
    return false;
}

/* Where the last word begins if the text ends in mid-sentence, else its length. */
static size_t open_end(nl_str t) {
    nl_str rest = t;
    uint32_t cp = 0;
    while (rest.n) {
        size_t n = nl_utf8_read_back(rest.p, rest.n, &cp);
        if (cp == NL_CP_INVALID || !is_closer(cp))
            break;
        rest.n -= n;
    }
    if (!rest.n || is_terminal(cp) ||
        !(cp == ',' || cp == ';' || cp == ':' || cp == '-' || nl_cp_is_letter(cp) ||
          nl_cp_is_mark(cp) || nl_cp_is_number(cp) || nl_cp_is_space(cp) || cp == 0x2013 ||
          cp == 0x2014))
        return t.n;
    while (rest.n) {
        size_t n = nl_utf8_read_back(rest.p, rest.n, &cp);
        if (cp != NL_CP_INVALID && nl_cp_is_space(cp))
            break;
        rest.n -= n;
    }
    return rest.n;
}

static void field(nl_scope *s, const nl_rule *rule, const nl_target *target) {
    const options *o = rule->options;
    const nl_value *v = target->value;
    if (v->kind != NL_STRING)
        return;
    nl_str t = trimmed(v->text);
    size_t dots = ellipsis_at_end(t);
    bool cut = dots && o->ellipsis;
    size_t from = cut ? t.n - dots : o->mid_sentence && !dots ? open_end(t) : t.n;
    if (from == t.n)
        return;
    nl_finding f = nl_finding_on(s, rule, target);
    if (!v->alias)
        nl_value_locate(&s->article->source, v, from, t.n, &f.span);
    nl_finding_set(&f, "found", nl_str_sub(t, from, t.n));
    nl_finding_report(&f, cut ? "`{field}` ends in `{found}`: the text was cut off"
                              : "`{field}` ends in mid-sentence, behind `{found}`");
}

static const char *const names[] = {"found", NULL};

const nl_check nl_check_truncated = {
    .name = "truncated",
    .summary = "A text that was cut off",
    .help = "The text was cut off on its way, as feeds do, and readers and search engines see half "
            "a sentence. Write the end of it, or end it sooner.",
    .level = NL_WARNING,
    .kind = NL_CHECK_FIELD,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "description: Rain is expected in the north.",
    .bad = "description: Rain is expected in…",
    .prepare = prepare,
    .field = field,
};
