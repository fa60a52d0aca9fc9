/*
 * heading-unique: the same heading text twice, among siblings or in the whole article
 * (markdownlint's MD024). Siblings are the headings of one level below the same parent.
 */
#include "base/hash.h"
#include "check/heading.h"

typedef struct options {
    bool siblings, ignore_case;
} options;

static const nl_param params[] = {
    {.name = "siblings",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, siblings),
     .fallback = "true",
     .help = "Compare the headings of one level below the same parent only; `false`: all headings "
             "of the article."},
    {.name = "ignore-case",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, ignore_case),
     .fallback = "false",
     .help = "Take `Overview` and `overview` for the same text."},
    {0},
};

/* An open-addressed table of the headings seen, keyed by parent and text. */
typedef struct seen {
    nl_str key;
    size_t parent;
    const nl_heading *heading;
} seen;

static seen *find(seen *table, size_t mask, nl_str key, size_t parent) {
    size_t at = (size_t)(nl_hash_short(key) ^ parent * 0x9E3779B97F4A7C15u) & mask;
    while (table[at].heading && !(table[at].parent == parent && nl_str_eq(table[at].key, key)))
        at = (at + 1) & mask;
    return &table[at];
}

static void report(nl_scope *s, const nl_rule *rule, const nl_heading *h, const nl_heading *first) {
    nl_finding f = nl_finding_at_heading(s, rule, h);
    nl_finding_say(&f, "line", "%zu", first->line);
    nl_finding_relate(&f, first->text, "the first one");
    nl_finding_report(&f, "heading `{text}` stands in line {line} already");
}

static void article(nl_scope *s, const nl_rule *rule) {
    const options *o = rule->options;
    const nl_markdown *body = nl_article_body(s->article);
    size_t size = 16;
    while (size < body->heading_count * 2)
        size *= 2;
    seen *table = NL_NEW_ARRAY(s->arena, seen, size);
    size_t parents[7] = {0}; /* the heading, from 1, that is open at each level */
    for (size_t i = 0; i < body->heading_count; i++) {
        const nl_heading *h = &body->headings[i];
        size_t parent = 0;
        for (int level = h->level - 1; o->siblings && level > 0 && !parent; level--)
            parent = parents[level];
        nl_str key = nl_heading_key(s, h, o->ignore_case);
        size_t of = o->siblings ? parent * 8 + (size_t)h->level : 0;
        seen *slot = find(table, size - 1, key, of);
        if (slot->heading && key.n)
            report(s, rule, h, slot->heading);
        else
            *slot = (seen){key, of, h};
        parents[h->level] = i + 1;
        for (int level = h->level + 1; level < 7; level++)
            parents[level] = 0;
    }
}

static const char *const names[] = {"text", "line", NULL};

const nl_check nl_check_heading_unique = {
    .name = "heading-unique",
    .summary = "The same heading twice",
    .help = "Two headings with one text cannot be told apart in the table of contents, and links "
            "to them go to the "
            "first. Make each say what its part is about.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "## Before\n\n### Cost\n\n## After\n\n### Cost\n",
    .bad = "## Cost\n\ntext\n\n## Cost\n",
    .article = article,
};
