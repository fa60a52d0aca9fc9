/*
 * A check: C that knows how to look. Each is one const row in a file of its own under src/check/,
 * named in checks.def; the row is the whole truth about it. And the findings that checks report.
 */
#ifndef NL_RULE_CHECK_H
#define NL_RULE_CHECK_H

#include "rule/param.h"
#include "rule/scope.h"
#include "rule/template.h"

typedef struct nl_check nl_check;
typedef struct nl_load nl_load; /* ruleset.h: a rule file being read; takes errors */

typedef enum nl_part {
    NL_PART_FIELDS = 1,
    NL_PART_BODY = 2,
    NL_PART_FINDINGS = 4 /* what is found is told; not so where articles are only compared */
} nl_part;

typedef struct nl_rule nl_rule;
typedef void nl_check_field(nl_scope *s, const nl_rule *rule, const nl_target *target);
typedef void nl_check_article(nl_scope *s, const nl_rule *rule);

/* A check with options, an id and a level: what a rule file makes of it. What is looked at for each
 * article stands first. */
struct nl_rule {
    nl_check_field *field;     /* of a rule about fields: the check's; else NULL */
    nl_check_article *article; /* of any other: the check's */
    const void *options;       /* the check's struct */
    const nl_expr *when;       /* NULL: always */
    const size_t *nodes; /* of its fields in the tree of paths; NULL: it is not about fields */
    size_t path_count;   /* 0: no fields were named */
    unsigned needs;      /* what of an article must be known, or it is mute: nl_part */
    unsigned kinds;      /* of values that it looks at: 1 << nl_kind */
    nl_level level;
    const nl_check *check;
    nl_str id;                         /* "news/required" */
    const size_t *paths;               /* numbers of the fields that it is about */
    const nl_template *message;        /* NULL: the check's own */
    nl_str help, url, summary;         /* help: the rule's own, or the check's */
    const struct nl_setting *settings; /* where each option was set (ruleset.h) */
    size_t setting_count;
};

typedef enum nl_check_kind {
    NL_CHECK_FIELD,   /* about fields: `fields` must be named, or it stands in the tree */
    NL_CHECK_ARTICLE, /* about the whole article; may be narrowed to fields if `field` is set */
    NL_CHECK_BODY     /* about the body; runs also where the front matter is bad, but not where the
                         body's beginning is unknown (unless `always`) */
} nl_check_kind;

struct nl_check {
    const char *name;    /* "required" */
    const char *summary; /* "A field that must be there": no full stop */
    const char *help;    /* why, and what to do; Markdown, for an editor of articles */
    nl_level level;      /* default */
    nl_check_kind kind;
    bool always;    /* article(): runs also where the front matter is missing or bad (front-matter,
                       mojibake, characters), and of a check of the body where its start is unknown */
    nl_about about; /* of its findings; a finding may say otherwise */
    bool absent;    /* field() is called for absent and null fields too */
    bool compares;  /* it adds facts: what these come to shows when all articles were read. Of an
                       article  that is only indexed it does nothing else */
    bool unsafe_only, fixes; /* fixes: may offer one; unsafe_only: never a safe one */
    const char *principal;   /* option that the short form sets; NULL: `true` switches it on */
    const nl_param *params;  /* NULL: no options */
    size_t options_size;
    const char *const *names; /* what a message may name besides the common ones; NULL: none */
    const char *good, *bad;   /* for docs: a rule file's lines and front matter or body, see
                                 check/README in CONTRIBUTING */

    /* Looks over the options once they are read, compiles what it needs into them; reports with
     * nl_load_error(). May be NULL. */
    bool (*prepare)(nl_load *load, void *options);

    /* The kinds of values that are right whatever they hold, 1 << nl_kind: field() is not called
     * for them. NULL: there are none. */
    unsigned (*right)(const void *options);

    nl_check_field *field;
    nl_check_article *article;
};

/* ---- Findings ------------------------------------------------------------------------------- */

enum { NL_FINDING_VALUES = 12 };

/* A diagnostic in the making. Lives on the stack of the check; reported by nl_finding_report(). */
typedef struct nl_finding {
    nl_scope *scope;
    const nl_rule *rule;
    nl_span span;
    nl_str field;
    nl_about about;
    nl_template_value values[NL_FINDING_VALUES];
    size_t value_count;
    nl_related *related;
    size_t related_count;
    size_t related_cap, edit_cap;
    nl_fix *fix;
} nl_finding;

nl_finding nl_finding_at(nl_scope *s, const nl_rule *rule, nl_span span);

/* About a field: sets {field}, and {value} from its text ('' for an empty string); the span is the
 * value's (absent: see nl_target_span). */
nl_finding nl_finding_on(nl_scope *s, const nl_rule *rule, const nl_target *target);

/* Sets a name of the message. Article text: made visible and cut at NL_VALUE_SHOWN. */
void nl_finding_set(nl_finding *f, const char *name, nl_str value);

/* The same for text of our own making: printf, not cut, not escaped. */
void nl_finding_say(nl_finding *f, const char *name, const char *format, ...) NL_PRINTF(3, 4);

/* A related place in the same article. */
void nl_finding_relate(nl_finding *f, nl_span span, const char *format, ...) NL_PRINTF(3, 4);

/* Offers a fix; edits are added with nl_finding_edit(), in order of place. The description is
 * printf'd; article text in it must be made visible by nl_scope_shown(). */
void nl_finding_fix(nl_finding *f, bool unsafe, const char *format, ...) NL_PRINTF(3, 4);
void nl_finding_edit(nl_finding *f, nl_span span, nl_str text);

/* Are there as many findings as are kept of an article? More are dropped, so a loop may end. */
static inline bool nl_scope_is_full(const nl_scope *s) {
    return nl_diags_full(s->diags);
}

/* Adds the diagnostic. `otherwise` is the message when the rule has none of its own: a template
 * with the same names. */
void nl_finding_report(nl_finding *f, const char *otherwise);

/* Where a target stands: the value; an absent or null one: its key, else that of the nearest value
 * above it that has one (its parent map's), else the opening `---`. */
nl_span nl_target_span(nl_scope *s, const nl_target *t);

/* Reports `newslint/regex-limit` at the span, once for a rule and article (the article's first
 * place); at NL_ERROR, which the engine may change. */
void nl_report_limit(nl_scope *s, const nl_rule *rule, nl_span span);

#endif
