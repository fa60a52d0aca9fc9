/*
 * markdownlint's control comments: `<!-- markdownlint-disable MD001 -->`, `enable`, their `-file`,
 * `-line` and `-next-line` forms, `capture`, `restore`, and `configure-file` with JSON. They act in
 * that library's order: first configure-file, then the whole file, then line by line
 * (lib/markdownlint.mjs, getEnabledRulesPerLineNumber).
 */
#include "check/md.h"

#include "doc/yaml.h"
#include <string.h>

enum { NAMES = 6, ALL = (1 << NL_MD_RULES) - 1 };

/* Ids, aliases and tags. */
static const char *const rule_names[NL_MD_RULES][NAMES] = {
    {"MD001", "heading-increment", "headings"},
    {"MD003", "heading-style", "headings"},
    {"MD018", "no-missing-space-atx", "headings", "atx", "spaces"},
    {"MD019", "no-multiple-space-atx", "headings", "atx", "spaces"},
    {"MD020", "no-missing-space-closed-atx", "headings", "atx_closed", "spaces"},
    {"MD021", "no-multiple-space-closed-atx", "headings", "atx_closed", "spaces"},
    {"MD022", "blanks-around-headings", "headings", "blank_lines"},
    {"MD023", "heading-start-left", "headings", "spaces"},
    {"MD024", "no-duplicate-heading", "headings"},
    {"MD025", "single-title", "single-h1", "headings"},
    {"MD026", "no-trailing-punctuation", "headings"},
    {"MD036", "no-emphasis-as-heading", "headings", "emphasis"},
    {"MD041", "first-line-heading", "first-line-h1", "headings"},
    {"MD043", "required-headings", "headings"},
    {"MD051", "link-fragments", "links"},
};

typedef enum action {
    DISABLE_FILE,
    ENABLE_FILE,
    DISABLE_NEXT_LINE,
    DISABLE_LINE,
    CONFIGURE_FILE,
    CAPTURE,
    RESTORE,
    DISABLE,
    ENABLE,
    NONE
} action;

/* A longer word before its beginning. */
static const char *const action_names[] = {"disable-file", "enable-file",    "disable-next-line",
                                           "disable-line", "configure-file", "capture",
                                           "restore",      "disable",        "enable"};

typedef struct comment {
    action action;
    size_t line; /* from 0, of the body */
    nl_str parameter;
} comment;

typedef struct comments {
    comment *items;
    size_t count, cap;
    nl_arena *arena;
} comments;

static unsigned rules_named(nl_str name) {
    unsigned set = 0;
    for (size_t i = 0; i < NL_MD_RULES; i++)
        for (size_t j = 0; j < NAMES && rule_names[i][j]; j++)
            if (nl_str_eq_nocase(name, nl_str_c(rule_names[i][j])))
                set |= 1u << i;
    return set;
}

/* The rules that a comment names: none named are all. */
static unsigned rules_of(nl_str parameter) {
    nl_str rest = nl_md_trim(parameter);
    unsigned set = rest.n ? 0 : ALL;
    while (rest.n) {
        size_t end = 0;
        while (end < rest.n && !strchr(" \t\f\v\r\n", rest.p[end]))
            end++;
        set |= rules_named(nl_str_sub(rest, 0, end));
        rest = nl_md_trim(nl_str_sub(rest, end, rest.n));
    }
    return set;
}

/* `<!--\s*markdownlint-(action)(?:\s|-->)` at p: the action, and where its word ends. */
static action read_action(nl_str s, size_t *behind) {
    size_t at = 4;
    while (at < s.n && strchr(" \t\f\v\r\n", s.p[at]))
        at++;
    nl_str word = NL_S("markdownlint-");
    if (!nl_str_eq_nocase(nl_str_sub(s, at, at + word.n), word))
        return NONE;
    at += word.n;
    for (int a = 0; a < NONE; a++) {
        nl_str name = nl_str_c(action_names[a]);
        size_t end = at + name.n;
        if (!nl_str_eq_nocase(nl_str_sub(s, at, end), name) || end >= s.n)
            continue;
        if (!strchr(" \t\f\v\r\n", s.p[end]) &&
            !nl_str_starts(nl_str_sub(s, end, s.n), NL_S("-->")))
            continue;
        *behind = end;
        return (action)a;
    }
    return NONE;
}

static void add(comments *c, comment item) {
    if (c->count == c->cap) {
        c->cap = c->cap ? c->cap * 2 : 8;
        comment *wider = nl_arena_alloc(c->arena, c->cap * sizeof *wider);
        if (c->count)
            memcpy(wider, c->items, c->count * sizeof *wider);
        c->items = wider;
    }
    c->items[c->count++] = item;
}

/* All comments that stand in one line; a configure-file comment may stand in several. */
static void collect(nl_str body, comments *out) {
    size_t line = 0, seen = 0, at = 0;
    while (at < body.n) {
        at += nl_str_search(nl_str_sub(body, at, body.n), NL_S("<!--"));
        if (at >= body.n)
            return;
        for (; seen < at; seen++)
            line += body.p[seen] == '\n' ||
                    (body.p[seen] == '\r' && !(seen + 1 < body.n && body.p[seen + 1] == '\n'));
        nl_str rest = nl_str_sub(body, at, body.n);
        size_t word = 0;
        action a = read_action(rest, &word);
        at += 4;
        if (a == NONE)
            continue;
        nl_str tail = nl_str_sub(rest, word, rest.n);
        size_t length = 0;
        while (length < tail.n &&
               (a == CONFIGURE_FILE || (tail.p[length] != '\n' && tail.p[length] != '\r')) &&
               !nl_str_starts(nl_str_sub(tail, length, length + 3), NL_S("-->")))
            length++;
        if (nl_str_starts(nl_str_sub(tail, length, tail.n), NL_S("-->")))
            add(out, (comment){a, line, nl_str_sub(tail, 0, length)});
        else if (a == CONFIGURE_FILE)
            return;
    }
}

/* ---- Acting on them */

/* A key of the configuration and its value: the rules that it names are on or off, with options. */
static void configure(nl_md *md, const nl_entry *e, unsigned *enabled) {
    unsigned set = rules_named(e->key->text);
    const nl_value *v = e->value, *own = v->kind == NL_MAP ? v : NULL;
    const nl_entry *asked = own ? nl_value_find(own, NL_S("enabled")) : NULL;
    if (asked)
        v = asked->value;
    bool off = v->kind == NL_NULL || (v->kind == NL_BOOL && !v->boolean) ||
               (v->kind == NL_INT && v->integer == 0) || (v->kind == NL_STRING && !v->text.n);
    *enabled = off ? *enabled & ~set : *enabled | set;
    nl_value *none = NL_NEW(md->scope->arena, nl_value);
    none->kind = NL_MAP;
    for (size_t i = 0; i < NL_MD_RULES; i++)
        if (set >> i & 1)
            md->options[i] = own ? own : none;
}

static void configure_file(nl_md *md, nl_str json, unsigned *enabled) {
    nl_arena *arena = md->scope->arena;
    nl_source source = nl_source_of(NL_S(""), json, arena);
    source.limits = md->scope->article->source.limits;
    nl_yaml tree = nl_json_parse(&source, nl_span_of(0, json.n), arena);
    if (tree.failed || !tree.root || tree.root->kind != NL_MAP)
        return;
    for (size_t i = 0; i < tree.root->count; i++) {
        const nl_entry *e = &tree.root->entries[i];
        if (nl_str_eq_nocase(e->key->text, NL_S("default")))
            *enabled = e->value->kind == NL_BOOL && !e->value->boolean ? 0 : ALL;
    }
    for (size_t i = 0; i < tree.root->count; i++)
        configure(md, &tree.root->entries[i], enabled);
}

static unsigned apply(const comment *c, unsigned state) {
    bool on = c->action == ENABLE || c->action == ENABLE_FILE;
    return on ? state | rules_of(c->parameter) : state & ~rules_of(c->parameter);
}

void nl_md_control_read(nl_md *md) {
    nl_str body = nl_str_sub(md->scope->article->source.bytes, md->start, SIZE_MAX);
    comments all = {.arena = md->scope->arena};
    collect(body, &all);
    if (!all.count)
        return;
    unsigned state = ALL;
    for (size_t i = 0; i < all.count; i++)
        if (all.items[i].action == CONFIGURE_FILE)
            configure_file(md, all.items[i].parameter, &state);
    unsigned captured = state;
    for (size_t i = 0; i < all.count; i++)
        if (all.items[i].action == DISABLE_FILE || all.items[i].action == ENABLE_FILE)
            state = apply(&all.items[i], state);
    size_t lines = md->last_line - md->first_line + 1, next = 0;
    unsigned *enabled = NL_NEW_ARRAY(md->scope->arena, unsigned, lines + 1);
    for (size_t line = 0; line < lines; line++) {
        for (; next < all.count && all.items[next].line == line; next++) {
            const comment *c = &all.items[next];
            if (c->action == CAPTURE)
                captured = state;
            else if (c->action == RESTORE)
                state = captured;
            else if (c->action == ENABLE || c->action == DISABLE)
                state = apply(c, state);
        }
        enabled[line] = state;
    }
    for (size_t i = 0; i < all.count; i++) {
        const comment *c = &all.items[i];
        size_t line = c->line + (c->action == DISABLE_NEXT_LINE);
        if (c->action == DISABLE_LINE || c->action == DISABLE_NEXT_LINE)
            enabled[line] = apply(c, enabled[line]);
    }
    md->enabled = enabled;
}
