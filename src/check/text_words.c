/*
 * text: words that are written twice, words in the wrong case, and things that want another beside
 * them. Short words of titles are those of the Chicago Manual of Style (18th edition, 8.160), as
 * far as a list can say it.
 */
#include "base/unicode.h"
#include "base/utf8.h"
#include "check/text.h"
#include "rule/ruleset.h"
#include "rule/say.h"

const char *const nl_text_cases[] = {"sentence", "title", "lower", "upper", NULL};

static const char *const case_names[] = {"sentence case", "title case", "lower case", "upper case"};

static const char *const short_words[] = {"a",   "an", "and", "as",  "at",  "but", "by",  "en",
                                          "for", "if", "in",  "nor", "of",  "on",  "or",  "per",
                                          "so",  "to", "the", "up",  "via", "vs",  "yet", NULL};

/* ---- Options --------------------------------------------------------------------------------- */

static const nl_pattern *own_pattern(nl_load *load, nl_str text, bool ignore_case) {
    nl_pattern_error e;
    return nl_pattern_get(nl_load_patterns(load), text, ignore_case, &e);
}

static bool read_need(nl_load *load, const nl_text_options *o, const nl_value *v,
                      nl_text_need *out) {
    const nl_entry *when = v->kind == NL_MAP ? nl_value_find(v, NL_S("when")) : NULL;
    const nl_entry *then = v->kind == NL_MAP ? nl_value_find(v, NL_S("then")) : NULL;
    if (!when || !then || v->count != 2 || when->value->kind == NL_LIST ||
        when->value->kind == NL_MAP || then->value->kind == NL_LIST ||
        then->value->kind == NL_MAP) {
        nl_load_error_at(load, v, "expected a map with two regexes, `when` and `then`");
        return false;
    }
    out->when = nl_load_pattern(load, when->value, o->ignore_case);
    out->then = nl_load_pattern(load, then->value, o->ignore_case);
    return out->when && out->then;
}

bool nl_text_words_prepare(nl_load *load, nl_text_options *o) {
    const nl_value *v = o->needs_given;
    bool good = true;
    if (o->repeated)
        o->twice = own_pattern(load, NL_S("(?<!\\w)(\\p{L}[\\p{L}\\p{M}]*+)\\s+\\1(?!\\w)"), true);
    o->word = own_pattern(load, NL_S("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}'\\x{2019}-]*"), false);
    if (!v)
        return true;
    o->need_count = v->kind == NL_LIST ? v->count : 1;
    o->needs = NL_NEW_ARRAY(nl_load_arena(load), nl_text_need, o->need_count);
    for (size_t i = 0; i < o->need_count && good; i++)
        good = read_need(load, o, v->kind == NL_LIST ? v->items[i] : v, &o->needs[i]);
    return good;
}

/* `Kyiv` excepts `Kyiv's` too. */
static bool is_excepted(const nl_text_options *o, nl_str word) {
    for (size_t i = 0; i < o->except.count; i++) {
        nl_str e = o->except.items[i], rest = nl_str_sub(word, e.n, word.n);
        if (nl_str_starts(word, e) &&
            (!rest.n || nl_str_is(rest, "'s") || nl_str_is(rest, "\xE2\x80\x99s")))
            return true;
    }
    return false;
}

static void offer(nl_text_looking *l, nl_finding *f, const nl_prose *p, size_t from, size_t to,
                  nl_str text) {
    nl_edit edit;
    if (!nl_prose_edit(l->scope, p, from, to, text, &edit))
        return;
    nl_str shown = nl_scope_shown(l->scope, text);
    nl_finding_fix(f, true, text.n ? "write `%.*s`" : "leave the second one out", NL_ARG(shown));
    nl_finding_edit(f, edit.span, edit.text);
}

/* ---- Twice ------------------------------------------------------------------------------------
 */

static void report_twice(nl_text_looking *l, const nl_prose *p, const nl_groups *g) {
    nl_str word = nl_str_sub(p->text, g->start[1], g->end[1]);
    if (is_excepted(l->rule->options, word))
        return;
    nl_finding f = nl_text_finding(l->scope, l->rule, p, g->start[0], g->end[0]);
    nl_finding_set(&f, "found", word);
    offer(l, &f, p, g->end[1], g->end[0], NL_S(""));
    nl_finding_report(&f, "`{found}` is written twice");
}

/* ---- Case -------------------------------------------------------------------------------------
 */

/* A capital or a digit behind the first character: a name or an abbreviation. */
static bool is_odd(nl_str word) {
    uint32_t cp;
    for (size_t i = nl_utf8_read(word.p, word.n, &cp), n; i < word.n; i += n) {
        n = nl_utf8_read(word.p + i, word.n - i, &cp);
        if (nl_cp_is_upper(cp) || nl_cp_is_number(cp))
            return true;
    }
    return false;
}

static bool is_short(nl_str word) {
    for (size_t i = 0; short_words[i]; i++)
        if (nl_str_eq_nocase(word, nl_str_c(short_words[i])))
            return true;
    return false;
}

/* Does a sentence begin here, perhaps? Behind punctuation one may, but for a comma. */
static bool is_start(const nl_prose *p, size_t at) {
    uint32_t cp = ' ';
    while (at > 0 && (unsigned char)p->text.p[at - 1] <= ' ')
        at--;
    if (at > 0)
        nl_utf8_read_back(p->text.p, at, &cp);
    return at == 0 || (cp != ',' && (nl_cp_is_punct(cp) || (cp < 0x80 && nl_is_punct((int)cp))));
}

/* `I`, `I'm`. */
static bool is_letter(nl_str word) {
    uint32_t cp;
    size_t n = nl_utf8_read(word.p, word.n, &cp);
    nl_str rest = nl_str_sub(word, n, word.n);
    return !rest.n || rest.p[0] == '\'' || nl_str_starts(rest, NL_S("\xE2\x80\x99"));
}

static nl_str with_first(nl_scope *s, nl_str word, bool upper) {
    uint32_t cp;
    size_t n = nl_utf8_read(word.p, word.n, &cp);
    nl_str head = nl_str_sub(word, 0, n), tail = nl_str_sub(word, n, word.n);
    head = upper ? nl_upper_str(head, s->arena) : nl_lower_str(head, s->arena);
    return nl_say(s, "%.*s%.*s", NL_ARG(head), NL_ARG(tail));
}

/* The word as it should be, number `index` (from 1) of `count`. */
static nl_str wanted(nl_text_looking *l, const nl_prose *p, size_t at, nl_str word) {
    const nl_text_options *o = l->rule->options;
    nl_scope *s = l->scope;
    bool edge = l->seen == 1 || l->seen == l->which;
    if (o->letter_case == NL_TEXT_LOWER)
        return nl_lower_str(word, s->arena);
    if (o->letter_case == NL_TEXT_UPPER)
        return nl_upper_str(word, s->arena);
    if (is_odd(word))
        return word;
    if (o->letter_case == NL_TEXT_TITLE) {
        bool low = !edge && is_short(word);
        return low && is_start(p, at) ? word : with_first(s, word, !low);
    }
    if (l->seen == 1)
        return with_first(s, word, true);
    return is_letter(word) || is_start(p, at) ? word : with_first(s, word, false);
}

static void count_word(nl_text_looking *l, const nl_prose *p, const nl_groups *g) {
    (void)p;
    (void)g;
    l->which++;
}

static void judge_word(nl_text_looking *l, const nl_prose *p, const nl_groups *g) {
    const nl_text_options *o = l->rule->options;
    nl_str word = nl_str_sub(p->text, g->start[0], g->end[0]);
    l->seen++;
    nl_str right = wanted(l, p, g->start[0], word);
    if (nl_str_eq(right, word) || is_excepted(o, word))
        return;
    nl_finding f = nl_text_finding(l->scope, l->rule, p, g->start[0], g->end[0]);
    nl_finding_set(&f, "suggestion", right);
    nl_finding_say(&f, "expected", "%s", case_names[o->letter_case]);
    offer(l, &f, p, g->start[0], g->end[0], right);
    nl_finding_report(&f, "`{found}` should be `{suggestion}`, expected {expected}");
}

static void look_at_case(nl_text_looking *l, const nl_prose *p) {
    const nl_text_options *o = l->rule->options;
    l->which = l->seen = 0;
    nl_text_each_match(l, o->word, p, count_word);
    nl_text_each_match(l, o->word, p, judge_word);
}

/* ---- What wants another -----------------------------------------------------------------------
 */

static nl_str key_of(const nl_prose *p, const nl_groups *g, size_t *from, size_t *to) {
    size_t i = g->count > 1 && g->start[1] != SIZE_MAX ? 1 : 0;
    *from = g->start[i];
    *to = g->end[i];
    return nl_str_sub(p->text, *from, *to);
}

static void note_then(nl_text_looking *l, const nl_prose *p, const nl_groups *g) {
    size_t from, to;
    bool grouped = g->count > 1;
    l->seen += !grouped;
    if (grouped)
        nl_map_set(&l->defined, key_of(p, g, &from, &to), l);
}

/* Each text once. */
static void report_need(nl_text_looking *l, const nl_prose *p, const nl_groups *g) {
    const nl_text_options *o = l->rule->options;
    size_t from, to;
    nl_str key = key_of(p, g, &from, &to);
    bool any = g->count < 2 && l->defined.count > 0;
    if (l->seen || (l->spelling == 0 && any) || nl_map_get(&l->defined, key))
        return;
    l->spelling++; /* from here on the map holds what was reported, too */
    nl_map_set(&l->defined, key, l);
    nl_finding f = nl_text_finding(l->scope, l->rule, p, from, to);
    nl_finding_set(&f, "pattern", nl_pattern_text(o->needs[l->which].then));
    nl_finding_report(&f, "`{found}` is used, but what `{pattern}` describes is nowhere");
}

static void look_at_needs(nl_text_looking *l, const nl_text_places *all) {
    const nl_text_options *o = l->rule->options;
    for (l->which = 0; l->which < o->need_count; l->which++) {
        l->defined = (nl_map){0};
        l->seen = l->spelling = 0;
        for (size_t i = 0; i < all->count; i++)
            nl_text_each_match(l, o->needs[l->which].then, &all->items[i], note_then);
        for (size_t i = 0; i < all->count; i++)
            nl_text_each_match(l, o->needs[l->which].when, &all->items[i], report_need);
        nl_map_free(&l->defined);
    }
}

void nl_text_words_look(nl_text_looking *l, const nl_text_places *all) {
    const nl_text_options *o = l->rule->options;
    for (size_t i = 0; i < all->count; i++) {
        const nl_prose *p = &all->items[i];
        if (o->repeated)
            nl_text_each_match(l, o->twice, p, report_twice);
        if (o->letter_case >= 0 && (p->target || p->heading))
            look_at_case(l, p);
    }
    look_at_needs(l, all);
}
