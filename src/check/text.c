/*
 * text: words that must not be used, that should be others, that must or must not occur so often,
 * or that are spelled in two ways; in fields or in the prose of the body. What is code, HTML or an
 * address is no prose. Words written twice, in the wrong case or without what they want beside them
 * are looked for by text_words.c.
 */
#include "check/text.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "rule/ruleset.h"
#include "rule/say.h"
#include <inttypes.h>

#define OCCURRENCE                                                                                 \
    "{\"type\": \"object\", \"required\": [\"pattern\"], \"anyOf\": [{\"required\": [\"min\"]},"   \
    " {\"required\": [\"max\"]}], \"additionalProperties\": false, \"properties\": {"              \
    "\"pattern\": {\"$ref\": \"#/$defs/regex\"}, \"min\": {\"$ref\": \"#/$defs/count\"},"          \
    " \"max\": {\"$ref\": \"#/$defs/count\"}}}"
#define OCCURRENCES_SCHEMA                                                                         \
    "{\"anyOf\": [" OCCURRENCE ", {\"type\": \"array\", \"items\": " OCCURRENCE "}]}"
#define CONSISTENT_SCHEMA                                                                          \
    "{\"type\": \"array\", \"items\": {\"type\": \"array\", \"minItems\": 2,"                      \
    " \"items\": {\"$ref\": \"#/$defs/scalar\"}}}"

#define REQUIRED                                                                                   \
    "{\"type\": \"object\", \"required\": [\"when\", \"then\"], \"additionalProperties\": "        \
    "false, \"properties\": {\"when\": {\"$ref\": \"#/$defs/regex\"}, \"then\": {\"$ref\": "       \
    "\"#/$defs/regex\"}}}"
#define REQUIRES_SCHEMA                                                                            \
    "{\"anyOf\": [" REQUIRED ", {\"type\": \"array\", \"items\": " REQUIRED "}]}"

static const nl_param params[] = {
    {.name = "in",
     .type = NL_PARAM_TEXTS,
     .offset = offsetof(nl_text_options, in),
     .fallback = "body",
     .help = "Where to look: field paths, `body` (its paragraphs and headings), `headings`. A rule "
             "with `fields` looks at those alone."},
    {.name = "forbid",
     .type = NL_PARAM_PATTERNS,
     .offset = offsetof(nl_text_options, forbid),
     .help = "Regular expressions of what must not be there."},
    {.name = "replace",
     .type = NL_PARAM_PAIRS,
     .offset = offsetof(nl_text_options, replace),
     .help = "Whole words, and what to write in their place, as an unsafe fix: `{utilise: use}`."},
    {.name = "occurrences",
     .type = NL_PARAM_TREE,
     .offset = offsetof(nl_text_options, occurrences),
     .help = "How often something may occur in all places together: `{pattern: REGEX, min: 1, max: "
             "3}`, or a list of such.",
     .schema = OCCURRENCES_SCHEMA},
    {.name = "consistent",
     .type = NL_PARAM_TREE,
     .offset = offsetof(nl_text_options, consistent),
     .help = "Spellings of which an article may use one only: `[[e-mail, email], [adviser, "
             "advisor]]`. The one that it uses first is taken to be meant.",
     .schema = CONSISTENT_SCHEMA},
    {.name = "repeated",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(nl_text_options, repeated),
     .fallback = "false",
     .help = "Report a word that is written twice in a row, as in `the the`, whatever its case."},
    {.name = "case",
     .type = NL_PARAM_CHOICE,
     .offset = offsetof(nl_text_options, letter_case),
     .choices = nl_text_cases,
     .help =
         "How a heading or field is capitalized: `sentence`: its first word only; `title`: all "
         "words but short ones such as `of` (English); `lower`; `upper`. Words with a capital "
         "or a digit within, as `iPhone`, and, in a `sentence`, such as `NATO`, are left alone."},
    {.name = "except",
     .type = NL_PARAM_TEXTS,
     .offset = offsetof(nl_text_options, except),
     .help =
         "Words that `repeated` and `case` leave alone, as they are written: names, above all."},
    {.name = "requires",
     .type = NL_PARAM_TREE,
     .offset = offsetof(nl_text_options, needs_given),
     .help =
         "What must be there too, anywhere in the places: `{when: REGEX, then: REGEX}`, or a list "
         "of "
         "such. Where both have a group, it must be the same text: an abbreviation that must be "
         "spelled out once.",
     .schema = REQUIRES_SCHEMA},
    {.name = "ignore-case",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(nl_text_options, ignore_case),
     .fallback = "false",
     .help = "Let upper and lower case be the same."},
    {0},
};

/* ---- Options -----------------------------------------------------------------------------------
 */

static bool is_word_character(uint32_t cp) {
    return cp == '_' || nl_cp_is_letter(cp) || nl_cp_is_mark(cp) || nl_cp_is_number(cp);
}

/* A pattern for a word as it is written, with nothing of a word before or behind it. */
static const nl_pattern *word_pattern(nl_load *load, const char *option, nl_str word,
                                      bool ignore_case) {
    nl_buf b = {0};
    uint32_t first = 0, last = 0;
    if (word.n) {
        nl_utf8_read(word.p, word.n, &first);
        nl_utf8_read_back(word.p, word.n, &last);
    }
    if (is_word_character(first))
        nl_buf_puts(&b, "(?<!\\w)");
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] == ' ') {
            nl_buf_puts(&b, "\\s"); /* a line may end there */
            continue;
        }
        if (nl_is_punct((unsigned char)word.p[i]))
            nl_buf_putc(&b, '\\');
        nl_buf_putc(&b, word.p[i]);
    }
    if (is_word_character(last))
        nl_buf_puts(&b, "(?!\\w)");
    nl_pattern_error e = {0};
    const nl_pattern *p =
        word.n ? nl_pattern_get(nl_load_patterns(load), nl_buf_str(&b), ignore_case, &e) : NULL;
    nl_buf_free(&b);
    if (!p)
        nl_load_error(load, option, "%s", word.n ? e.message : "a word is empty");
    return p;
}

static bool prepare_places(nl_load *load, nl_text_options *o) {
    o->paths = NL_NEW_ARRAY(nl_load_arena(load), size_t, o->in.count);
    for (size_t i = 0; i < o->in.count; i++) {
        if (nl_str_is(o->in.items[i], "body")) {
            o->body = true;
        } else if (nl_str_is(o->in.items[i], "headings")) {
            o->headings = true;
        } else {
            size_t path = nl_load_path(load, "in", o->in.items[i]);
            if (path == SIZE_MAX)
                return false;
            o->paths[o->path_count++] = path;
        }
    }
    return true;
}

static bool prepare_replaced(nl_load *load, nl_text_options *o) {
    o->replaced = NL_NEW_ARRAY(nl_load_arena(load), const nl_pattern *, o->replace.count);
    for (size_t i = 0; i < o->replace.count; i++) {
        o->replaced[i] = word_pattern(load, "replace", o->replace.keys[i], o->ignore_case);
        if (!o->replaced[i])
            return false;
    }
    return true;
}

static bool read_bound(nl_load *load, const nl_value *v, int64_t *out) {
    if (v->kind != NL_INT || v->big || v->integer < 0) {
        nl_load_error_at(load, v, "expected a whole number that is not negative");
        return false;
    }
    *out = v->integer;
    return true;
}

static bool read_occurrence(nl_load *load, const nl_text_options *o, const nl_value *v,
                            nl_text_occurrence *out) {
    *out = (nl_text_occurrence){.min = -1, .max = -1};
    if (v->kind != NL_MAP) {
        nl_load_error_at(load, v, "expected a map with `pattern`, `min` and `max`");
        return false;
    }
    for (size_t i = 0; i < v->count; i++) {
        const nl_value *key = v->entries[i].key, *value = v->entries[i].value;
        bool good = false;
        if (nl_str_is(key->text, "pattern") && value->kind != NL_LIST && value->kind != NL_MAP)
            good = (out->pattern = nl_load_pattern(load, value, o->ignore_case)) != NULL;
        else if (nl_str_is(key->text, "min"))
            good = read_bound(load, value, &out->min);
        else if (nl_str_is(key->text, "max"))
            good = read_bound(load, value, &out->max);
        else
            nl_load_error_at(load, key, "expected `pattern`, `min` or `max`");
        if (!good)
            return false;
    }
    bool whole = out->pattern && (out->min >= 0 || out->max >= 0);
    if (!whole)
        nl_load_error_at(load, v, "`occurrences` needs `pattern`, and `min` or `max`");
    return whole;
}

static bool prepare_counted(nl_load *load, nl_text_options *o) {
    const nl_value *v = o->occurrences;
    if (!v)
        return true;
    o->counted_count = v->kind == NL_LIST ? v->count : 1;
    o->counted = NL_NEW_ARRAY(nl_load_arena(load), nl_text_occurrence, o->counted_count);
    for (size_t i = 0; i < o->counted_count; i++)
        if (!read_occurrence(load, o, v->kind == NL_LIST ? v->items[i] : v, &o->counted[i]))
            return false;
    return true;
}

static bool read_spellings(nl_load *load, const nl_text_options *o, const nl_value *v,
                           nl_text_spellings *out) {
    if (v->kind != NL_LIST || v->count < 2) {
        nl_load_error_at(load, v, "expected a list of two or more spellings");
        return false;
    }
    out->patterns = NL_NEW_ARRAY(nl_load_arena(load), const nl_pattern *, v->count);
    out->count = v->count;
    for (size_t i = 0; i < v->count; i++) {
        out->patterns[i] = word_pattern(load, "consistent", v->items[i]->text, o->ignore_case);
        if (!out->patterns[i])
            return false;
    }
    return true;
}

static bool prepare_words(nl_load *load, nl_text_options *o) {
    const nl_value *v = o->consistent;
    if (!v)
        return true;
    if (v->kind != NL_LIST) {
        nl_load_error_at(load, v, "expected a list of lists of spellings");
        return false;
    }
    o->words = NL_NEW_ARRAY(nl_load_arena(load), nl_text_spellings, v->count);
    o->word_count = v->count;
    for (size_t i = 0; i < v->count; i++)
        if (!read_spellings(load, o, v->items[i], &o->words[i]))
            return false;
    return true;
}

static bool prepare(nl_load *load, void *options_) {
    nl_text_options *o = options_;
    if (!o->forbid.count && !o->replace.count && !o->occurrences && !o->consistent &&
        !o->repeated && o->letter_case < 0 && !o->needs_given) {
        nl_load_error(load, NULL,
                      "check `text` needs `forbid`, `replace`, `occurrences`, `consistent`, "
                      "`repeated`, `case` or `requires`");
        return false;
    }
    return prepare_places(load, o) && prepare_replaced(load, o) && prepare_counted(load, o) &&
           prepare_words(load, o) && nl_text_words_prepare(load, o);
}

/* ---- Looking -----------------------------------------------------------------------------------
 */

static void add_target(const nl_target *t, nl_text_places *out) {
    if (t->value && t->value->kind == NL_STRING)
        out->items[out->count++] = nl_prose_of_scalar(t);
}

static nl_text_places collect(nl_scope *s, const nl_text_options *o) {
    nl_markdown *body = o->body || o->headings ? nl_article_body(s->article) : NULL;
    if (body)
        nl_markdown_inlines(body);
    nl_text_places out = {.cap = body ? body->block_count : 0};
    for (size_t i = 0; i < o->path_count; i++)
        out.cap += nl_scope_targets(s, o->paths[i])->count;
    out.items = NL_NEW_ARRAY(s->arena, nl_prose, out.cap);
    for (size_t i = 0; i < o->path_count; i++) {
        const nl_targets *t = nl_scope_targets(s, o->paths[i]);
        for (size_t j = 0; j < t->count; j++)
            add_target(&t->items[j], &out);
    }
    for (size_t i = 0; body && i < body->block_count; i++) {
        const nl_block *b = &body->blocks[i];
        if (b->kind == NL_BLOCK_HEADING || (o->body && b->kind == NL_BLOCK_PARAGRAPH))
            out.items[out.count++] = nl_prose_of_block(s, body, b);
    }
    return out;
}

nl_finding nl_text_finding(nl_scope *s, const nl_rule *rule, const nl_prose *p, size_t from,
                           size_t to) {
    nl_finding f =
        p->target ? nl_finding_on(s, rule, p->target) : nl_finding_at(s, rule, nl_say_start(s));
    nl_prose_locate(s, p, from, to, &f.span);
    nl_str found = nl_str_sub(p->text, from, to);
    nl_finding_set(&f, "found", found);
    nl_finding_set(&f, "value", found);
    return f;
}

void nl_text_each_match(nl_text_looking *l, const nl_pattern *pattern, const nl_prose *p,
                        nl_text_on_match *then) {
    size_t from = 0;
    for (size_t i = 0; from <= p->text.n; i++) {
        nl_groups g;
        nl_match m = nl_pattern_find(pattern, l->scope->matcher, p->text, from, &g);
        if (m == NL_MATCH_LIMIT) {
            nl_span span = nl_say_start(l->scope);
            nl_prose_locate(l->scope, p, 0, p->text.n, &span);
            nl_report_limit(l->scope, l->rule, span);
        }
        if (m != NL_MATCH_YES)
            return;
        if (i == l->scope->article->source.limits->matches) {
            nl_scope_cut(l->scope, NL_LIMIT_matches);
            return;
        }
        then(l, p, &g);
        from = g.end[0];
        if (g.end[0] == g.start[0]) {
            uint32_t cp;
            from += from < p->text.n ? nl_utf8_read(p->text.p + from, p->text.n - from, &cp) : 1;
        }
    }
}

static void report_forbidden(nl_text_looking *l, const nl_prose *p, const nl_groups *g) {
    const nl_text_options *o = l->rule->options;
    nl_finding f = nl_text_finding(l->scope, l->rule, p, g->start[0], g->end[0]);
    nl_finding_set(&f, "pattern", nl_pattern_text(o->forbid.items[l->which]));
    nl_finding_report(&f, g->end[0] > g->start[0] ? "`{found}` must not be used"
                                                  : "what `{pattern}` describes must not be used");
}

/* A capital letter at the beginning stays one. */
static nl_str in_the_case_of(nl_scope *s, nl_str found, nl_str word) {
    uint32_t old = 0, new = 0;
    if (!found.n || !word.n)
        return word;
    nl_utf8_read(found.p, found.n, &old);
    size_t n = nl_utf8_read(word.p, word.n, &new);
    if (!nl_cp_is_upper(old) || !nl_cp_is_lower(new))
        return word;
    nl_str head = nl_upper_str(nl_str_sub(word, 0, n), s->arena);
    nl_str tail = nl_str_sub(word, n, word.n);
    return nl_say(s, "%.*s%.*s", NL_ARG(head), NL_ARG(tail));
}

static void report_replaced(nl_text_looking *l, const nl_prose *p, const nl_groups *g) {
    const nl_text_options *o = l->rule->options;
    nl_scope *s = l->scope;
    nl_str found = nl_str_sub(p->text, g->start[0], g->end[0]);
    nl_str word = in_the_case_of(s, found, o->replace.values[l->which]);
    if (nl_str_eq(found, word))
        return;
    nl_finding f = nl_text_finding(s, l->rule, p, g->start[0], g->end[0]);
    nl_finding_set(&f, "suggestion", word);
    nl_finding_set(&f, "expected", word);
    nl_edit edit;
    if (nl_prose_edit(s, p, g->start[0], g->end[0], word, &edit)) {
        nl_str from = nl_scope_shown(s, found), to = nl_scope_shown(s, word);
        if (word.n)
            nl_finding_fix(&f, true, "replace `%.*s` by `%.*s`", NL_ARG(from), NL_ARG(to));
        else
            nl_finding_fix(&f, true, "remove `%.*s`", NL_ARG(from));
        nl_finding_edit(&f, edit.span, edit.text);
    }
    nl_finding_report(&f, word.n ? "`{found}` should be `{suggestion}`"
                                 : "`{found}` should be left out");
}

static void report_one_too_many(nl_text_looking *l, const nl_prose *p, const nl_groups *g) {
    const nl_text_options *o = l->rule->options;
    const nl_text_occurrence *c = &o->counted[l->which];
    l->seen++;
    if (c->max < 0 || (int64_t)l->seen != c->max + 1)
        return;
    nl_finding f = nl_text_finding(l->scope, l->rule, p, g->start[0], g->end[0]);
    nl_finding_set(&f, "pattern", nl_pattern_text(c->pattern));
    nl_finding_say(&f, "count", "%zu", l->seen);
    nl_finding_say(&f, "expected", "at most %" PRId64, c->max);
    nl_finding_report(&f, "`{found}` is one too many for `{pattern}`, expected {expected}");
}

static void report_too_few(nl_text_looking *l, const nl_text_places *all) {
    const nl_text_options *o = l->rule->options;
    const nl_text_occurrence *c = &o->counted[l->which];
    if (c->min < 0 || (int64_t)l->seen >= c->min)
        return;
    bool in_field = all->count && all->items[0].target;
    nl_finding f = in_field ? nl_finding_on(l->scope, l->rule, all->items[0].target)
                            : nl_finding_at(l->scope, l->rule, nl_say_start(l->scope));
    nl_finding_set(&f, "pattern", nl_pattern_text(c->pattern));
    nl_finding_say(&f, "count", "%zu", l->seen);
    nl_finding_say(&f, "expected", "at least %" PRId64, c->min);
    nl_finding_report(&f, "`{pattern}` occurs {count} times, expected {expected}");
}

static void note_first(nl_text_looking *l, const nl_prose *p, const nl_groups *g) {
    if (l->seen++ || g->start[0] >= l->first_at)
        return;
    l->first_at = g->start[0];
    l->first_spelling = l->spelling;
    l->first = nl_say_start(l->scope);
    nl_prose_locate(l->scope, p, g->start[0], g->end[0], &l->first);
}

static void report_other(nl_text_looking *l, const nl_prose *p, const nl_groups *g) {
    nl_scope *s = l->scope;
    nl_finding f = nl_text_finding(s, l->rule, p, g->start[0], g->end[0]);
    nl_str first = nl_str_sub(s->article->source.bytes, l->first.start, l->first.end);
    nl_finding_set(&f, "suggestion", first);
    nl_finding_set(&f, "expected", first);
    nl_str shown = nl_scope_shown(s, first);
    nl_finding_relate(&f, l->first, "`%.*s` is here", NL_ARG(shown));
    nl_finding_report(&f, "`{found}` is spelled `{suggestion}` before");
}

/* The first text that has any of the spellings decides by its first one. */
static void look_at_spellings(nl_text_looking *l, const nl_text_places *all,
                              const nl_text_spellings *w) {
    l->first_at = SIZE_MAX;
    for (size_t i = 0; i < all->count && l->first_at == SIZE_MAX; i++)
        for (l->spelling = 0; l->spelling < w->count; l->spelling++) {
            l->seen = 0;
            nl_text_each_match(l, w->patterns[l->spelling], &all->items[i], note_first);
        }
    if (l->first_at == SIZE_MAX)
        return;
    for (size_t i = 0; i < all->count; i++)
        for (size_t j = 0; j < w->count; j++)
            if (j != l->first_spelling)
                nl_text_each_match(l, w->patterns[j], &all->items[i], report_other);
}

static void look(nl_scope *s, const nl_rule *rule, const nl_text_places *all) {
    const nl_text_options *o = rule->options;
    nl_text_looking l = {.scope = s, .rule = rule};
    for (size_t i = 0; i < all->count; i++) {
        for (l.which = 0; l.which < o->forbid.count; l.which++)
            nl_text_each_match(&l, o->forbid.items[l.which], &all->items[i], report_forbidden);
        for (l.which = 0; l.which < o->replace.count; l.which++)
            nl_text_each_match(&l, o->replaced[l.which], &all->items[i], report_replaced);
    }
    for (l.which = 0; l.which < o->counted_count; l.which++) {
        l.seen = 0;
        for (size_t i = 0; i < all->count; i++)
            nl_text_each_match(&l, o->counted[l.which].pattern, &all->items[i],
                               report_one_too_many);
        report_too_few(&l, all);
    }
    for (size_t i = 0; i < o->word_count; i++)
        look_at_spellings(&l, all, &o->words[i]);
    nl_text_words_look(&l, all);
}

static void article(nl_scope *s, const nl_rule *rule) {
    nl_text_places all = collect(s, rule->options);
    look(s, rule, &all);
}

/* A rule that stands at fields looks at each by itself, and nowhere else. */
static void field(nl_scope *s, const nl_rule *rule, const nl_target *target) {
    nl_prose one;
    nl_text_places all = {.items = &one};
    add_target(target, &all);
    look(s, rule, &all);
}

static const char *const names[] = {"found", "pattern", "count", NULL};

const nl_check nl_check_text = {
    .name = "text",
    .summary = "Words that should not be there, or should be others",
    .help = "House style: words to avoid, words to use in their place, and one spelling for one "
            "thing. Code, HTML and addresses are not looked at.",
    .level = NL_WARNING,
    .kind = NL_CHECK_ARTICLE,
    .always = true,
    .fixes = true,
    .unsafe_only = true,
    .principal = "forbid",
    .params = params,
    .options_size = sizeof(nl_text_options),
    .names = names,
    .good = "---\ntitle: Rain ahead\n---\nRain is expected in the north.\n",
    .bad = "---\ntitle: Rain ahead\n---\nShocking rain is expected in the north.\n",
    .prepare = prepare,
    .article = article,
    .field = field,
};
