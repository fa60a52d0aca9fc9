/* md024: markdownlint's no-duplicate-heading. */
#include "base/hash.h"
#include "check/md.h"

typedef struct options {
    bool siblings_only;
} options;

static const nl_param params[] = {
    {.name = "siblings_only",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, siblings_only),
     .fallback = "false",
     .help = "Compare headings with the same parent only."},
    {0},
};

typedef struct seen {
    nl_str text;
    size_t section; /* 0: none here */
} seen;

static seen *find(seen *table, size_t mask, nl_str text, size_t section) {
    size_t at = (size_t)(nl_hash_of(text).low ^ section * 0x9E3779B97F4A7C15u) & mask;
    while (table[at].section && !(table[at].section == section && nl_str_eq(table[at].text, text)))
        at = (at + 1) & mask;
    return &table[at];
}

/* Sections are numbered; going down to a level opens new ones, going up closes what is deeper. */
static size_t section_of(size_t sections[7], int *last, int level, size_t *count) {
    while (*last < level)
        sections[++*last] = ++*count;
    while (*last > level)
        sections[(*last)--] = ++*count;
    return sections[level];
}

static void article(nl_scope *s, const nl_rule *rule) {
    nl_md *md = nl_md_of(s);
    const options *o = nl_md_options(md, rule, NL_MD024);
    size_t size = 16, sections[7] = {0, 1}, count = 1, section = 1;
    int last = 1;
    while (size < md->body->heading_count * 2)
        size *= 2;
    seen *table = NL_NEW_ARRAY(s->arena, seen, size);
    for (size_t i = 0; i < md->body->heading_count; i++) {
        const nl_heading *h = &md->body->headings[i];
        nl_str text = nl_md_heading_text(md, h);
        if (o->siblings_only)
            section = section_of(sections, &last, h->level, &count);
        seen *slot = find(table, size - 1, text, section);
        if (slot->section) {
            nl_finding f = nl_md_at_heading(md, rule, h);
            nl_md_report(md, NL_MD024, &f, "multiple headings with the same content: `{text}`");
        }
        *slot = (seen){text, section};
    }
}

static const char *const names[] = {"text", NULL};

const nl_check nl_check_md024 = {
    .name = "md024",
    .summary = "Multiple headings with the same content",
    .help = "markdownlint's MD024, no-duplicate-heading.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .always = true,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "# A\n\n## B\n",
    .bad = "# A\n\n## A\n",
    .article = article,
};
