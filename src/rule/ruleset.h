/*
 * Rule files: loading, `extends`, merging, strict validation, and the rules that come of them.
 *
 * A rule file is read into a tree of nodes that know file and place; files are merged in the order
 * of `extends`; the merged tree is compiled against the rows of the checks. All mistakes are
 * collected as diagnostics on the rule files; with one or more of them there is no rule set.
 */
#ifndef NL_RULE_RULESET_H
#define NL_RULE_RULESET_H

#include "base/file.h"
#include "base/glob.h"
#include "rule/check.h"
#include "rule/pattern.h"

typedef struct nl_ruleset nl_ruleset;

/* One rule file. */
typedef struct nl_rule_file {
    nl_str path; /* as shown; a built-in set: "rules/news.yaml" within the program, shown as `news
                    (built in)` */
    nl_str name; /* prefix of its rules */
    bool builtin;
    nl_source source;
    nl_diags diags; /* what is wrong with it */
    size_t order;   /* of merging: a later one wins */
    nl_arena *arena;
} nl_rule_file;

/* Where an option of a rule in force was set. */
typedef struct nl_setting {
    const char *option;    /* "level", "values", … */
    const nl_value *value; /* or NULL, and `text` in its stead */
    nl_str text;
    const nl_rule_file *file;
    size_t offset; /* of the option in the file */
} nl_setting;

/* Appends the value in one line: as it is written, or what it says where that takes several lines;
 * blanks and line ends as one. */
void nl_setting_show(const nl_setting *setting, nl_buf *out);

/* The line of the file in which the option stands. */
size_t nl_setting_line(const nl_setting *setting);

typedef struct nl_example {
    nl_str rule; /* id */
    bool good;
    bool body;      /* the check is about the body: so are the texts */
    bool *whole;    /* of each text: it is a whole article, bytes as they are */
    nl_texts texts; /* one article, or several that are compared: whole ones, those that begin with
                       `---` or `+++`, bodies, else front matter without its dashes */
    const nl_rule_file *file;
    nl_span span;
} nl_example;

typedef struct nl_rule_options {
    const nl_check *const *checks; /* the rows, NULL-terminated */
    int64_t now;
    const nl_limits *limits; /* live as long as the rule set; NULL: the defaults */
} nl_rule_options;

/*
 * Loads sets (built-in names or paths, later ones win), or one text called `path` if set_count is
 * 0. Always makes *out, which the caller frees; false when a file could not be read or holds a
 * mistake: then the diagnostics of nl_ruleset_files() say where and why, and nothing else may be
 * asked of it.
 */
bool nl_ruleset_load(nl_ruleset **out, const char *const *sets, size_t set_count, nl_str text,
                     const char *path, const nl_rule_options *options);
void nl_ruleset_free(nl_ruleset *r);

const nl_rule_file *const *nl_ruleset_files(const nl_ruleset *r, size_t *count);

/* The rules for one path (from the rule file's folder): `files` and `overrides` looked at. Rules
 * that are off are left out. Ordered by id. Paths with the same answers to all globs share a list,
 * which is made on first use and lives as long as the rule set; where the globs tell very many
 * kinds of paths apart, a list is made in the arena each time. Safe for several threads. */
typedef struct nl_rule_list {
    nl_rule *items;
    size_t count;
    nl_str mistake; /* what overrides make together that none does alone: its rule is left out */
} nl_rule_list;

const nl_rule_list *nl_ruleset_rules(nl_ruleset *r, nl_str path, nl_arena *arena);

/* The same without a path: the rules wherever they speak, as they are without overrides. */
const nl_rule_list *nl_ruleset_anywhere(const nl_ruleset *r);

/* `include` and `exclude` of the rule file. */
bool nl_ruleset_wants(const nl_ruleset *r, nl_str path);

const nl_path_table *nl_ruleset_paths(const nl_ruleset *r);

/* What newslint says of itself, whatever the rule files hold; they may set its level. */
typedef struct nl_own_rule {
    const char *id; /* "newslint/regex-limit"; NULL ends the list */
    nl_level level;
    const char *summary, *help;
} nl_own_rule;

extern const nl_own_rule nl_own_rules[];

const nl_own_rule *nl_own_rule_find(nl_str id); /* NULL: it is none of them */

/* The level that the rule files give one of newslint's own rules for a path ("": any). */
nl_level nl_ruleset_own_level(const nl_ruleset *r, const nl_own_rule *own, nl_str path);

/* Each id that the rule files define, in force for some path or off; not newslint's own. */
const nl_str *nl_ruleset_ids(const nl_ruleset *r, size_t *count);

/* Is there a rule, for whatever path, that compares articles? */
bool nl_ruleset_compares(const nl_ruleset *r);

const nl_example *nl_ruleset_examples(const nl_ruleset *r, size_t *count);

/* ---- For prepare() of checks --------------------------------------------------------------- */

/* Reports a mistake at the option (NULL: the rule as a whole). */
void nl_load_error(nl_load *load, const char *name, const char *format, ...) NL_PRINTF(3, 4);

/* The same at a value inside an NL_PARAM_TREE option. */
void nl_load_error_at(nl_load *load, const nl_value *value, const char *format, ...)
    NL_PRINTF(3, 4);

nl_arena *nl_load_arena(nl_load *load);
nl_pattern_pool *nl_load_patterns(nl_load *load);

/* Compiles a regex that stands at `value`, reporting its mistakes there. */
const nl_pattern *nl_load_pattern(nl_load *load, const nl_value *value, bool ignore_case);

/* Adds a field path to the table; reports at the option; SIZE_MAX on mistake. */
size_t nl_load_path(nl_load *load, const char *option, nl_str text);

/* Adds the path of a key of the map in the tree of fields where the rule stands; SIZE_MAX if it
 * stands nowhere there, or at more than one map of an article. */
size_t nl_load_path_below(nl_load *load, nl_str key);

#endif
