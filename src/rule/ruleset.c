/* Loading rule files and what they extend. */
#include "base/mem.h"
#include "base/unicode.h"
#include "doc/packed.h"
#include "doc/yaml.h"
#include "rule/builtin.h"
#include "rule/load.h"

#include <stdlib.h>
#include <string.h>

/* front-matter/syntax is in force also where the set front-matter is not. */
static const char always[] = "newslint: 1\n"
                             "name: front-matter\n"
                             "rules:\n"
                             "  syntax:\n"
                             "    check: front-matter\n"
                             "    kinds: [syntax]\n"
                             "    examples:\n"
                             "      good: ['a: b']\n"
                             "      bad: ['a: b: c']\n";

void nl_rule_file_error(nl_ruleset *r, const nl_rule_file *file, nl_span span, const char *format,
                        ...) {
    nl_buf b = {0}, visible = {0};
    va_list ap;
    va_start(ap, format);
    nl_buf_vprintf(&b, format, ap);
    va_end(ap);
    nl_visible(nl_buf_str(&b), &visible);
    nl_rule_file *own = r->files[0];
    for (size_t i = 0; i < r->file_count; i++)
        if (r->files[i] == file)
            own = r->files[i];
    nl_diag *d = nl_diags_add(&own->diags, NL_S("newslint/rule-file"), NL_ERROR, span);
    d->message = (nl_str){nl_arena_copy(&r->arena, visible.p, visible.n), visible.n};
    nl_buf_free(&b);
    nl_buf_free(&visible);
    r->bad = true;
}

/* ---- Files ---------------------------------------------------------------------------------- */

static nl_rule_file *file_new(nl_ruleset *r, nl_str path, const char *bytes, size_t size,
                              bool builtin) {
    nl_rule_file *file = NL_NEW(&r->arena, nl_rule_file);
    file->path = (nl_str){nl_arena_copy(&r->arena, path.p, path.n), path.n};
    file->builtin = builtin;
    file->arena = &r->arena;
    file->diags.arena = &r->arena;
    file->source = nl_source_of(file->path, (nl_str){bytes, size}, &r->arena);
    file->source.limits = builtin ? &nl_limits_default : r->options.limits;
    r->files = nl_grow(r->files, &r->file_cap, r->file_count + 1, sizeof *r->files);
    r->files[r->file_count++] = file;
    return file;
}

/* "newslint.yaml" is called newslint, "rules/house.yaml" house. */
static nl_str name_by_path(nl_str path) {
    nl_str name = nl_path_name(path);
    if (name.n && name.p[0] == '.')
        name = nl_str_sub(name, 1, name.n);
    static const char *const endings[] = {".yaml", ".yml"};
    for (size_t i = 0; i < 2; i++)
        if (nl_str_ends(name, nl_str_c(endings[i])))
            return nl_str_sub(name, 0, name.n - strlen(endings[i]));
    return name;
}

bool nl_rule_name_is_good(nl_str name) {
    for (size_t i = 0; i < name.n; i++)
        if (!nl_is_alnum((unsigned char)name.p[i]) && name.p[i] != '-' && name.p[i] != '_' &&
            name.p[i] != '.')
            return false;
    return name.n > 0;
}

static const nl_builtin_set *builtin_find(nl_str name) {
    for (const nl_builtin_set *s = nl_builtin_sets; s->name; s++)
        if (nl_str_is(name, s->name))
            return s;
    return NULL;
}

static const char *builtin_near(nl_ruleset *r, nl_str name) {
    nl_str names[32];
    size_t n = 0;
    for (const nl_builtin_set *s = nl_builtin_sets; s->name && n < 32; s++)
        names[n++] = nl_str_c(s->name);
    return nl_suggest(name, names, n, &r->arena);
}

/* Where a mistake in `extends` is: the file that asked, and the place in it. */
typedef struct asked {
    const struct asked *above;
    nl_rule_file *file;
    nl_span span;
} asked;

static void load_set(nl_ruleset *r, nl_str name, const asked *by, size_t depth);

static const nl_value *top(const nl_value *root, const char *key) {
    const nl_entry *e = nl_value_find(root, nl_str_c(key));
    return e ? e->value : NULL;
}

static void check_version(nl_ruleset *r, nl_rule_file *file, const nl_value *root) {
    const nl_value *version = top(root, "newslint");
    if (!version)
        nl_rule_file_error(r, file, nl_span_of(0, 0),
                           "a rule file begins with `newslint: 1`, the version of its language");
    else if (version->kind != NL_INT || version->integer != 1)
        nl_rule_file_error(
            r, file, version->span,
            "this newslint knows version 1 of the rule language: write `newslint: 1`");
}

static void check_name(nl_ruleset *r, nl_rule_file *file, const nl_value *root) {
    const nl_value *name = top(root, "name");
    file->name = name && name->kind == NL_STRING ? name->text : name_by_path(file->path);
    if (name && (name->kind != NL_STRING || !nl_rule_name_is_good(name->text)))
        nl_rule_file_error(r, file, name->span, "`name` wants letters, digits, `-`, `_` and `.`");
    if (!nl_rule_name_is_good(file->name)) /* the ids of its rules must have one slash */
        file->name = NL_S("site");
}

static void load_extends(nl_ruleset *r, nl_rule_file *file, const nl_value *root, const asked *by,
                         size_t depth) {
    const nl_value *v = top(root, "extends");
    if (!v || v->kind == NL_NULL)
        return;
    size_t n = v->kind == NL_LIST ? v->count : 1;
    for (size_t i = 0; i < n; i++) {
        const nl_value *item = v->kind == NL_LIST ? v->items[i] : v;
        asked here = {by, file, item->span};
        if (item->kind != NL_STRING)
            nl_rule_file_error(r, file, item->span,
                               "`extends` wants names of built-in sets or paths of rule files");
        else
            load_set(r, item->text, &here, depth + 1);
    }
}

static void take_yaml_problems(nl_ruleset *r, nl_rule_file *file, const nl_yaml *tree) {
    for (size_t i = 0; i < tree->count; i++)
        nl_rule_file_error(r, file, tree->problems[i].span, "%.*s",
                           NL_ARG(tree->problems[i].message));
}

static void load_tree(nl_ruleset *r, nl_rule_file *file, const nl_value *root, const asked *by,
                      size_t depth) {
    check_version(r, file, root);
    check_name(r, file, root);
    load_extends(r, file, root, by, depth);
    nl_ruleset_apply(r, file, root);
}

static void load_file(nl_ruleset *r, nl_rule_file *file, const asked *by, size_t depth) {
    size_t bom = nl_source_bom(file->source.bytes);
    nl_yaml tree = nl_yaml_parse(&file->source, nl_span_of(bom, file->source.bytes.n),
                                 NL_LIMIT_rule_depth, &r->arena);
    take_yaml_problems(r, file, &tree);
    file->name = name_by_path(file->path);
    if (tree.root && tree.root->kind == NL_MAP) {
        load_tree(r, file, tree.root, by, depth);
        return;
    }
    r->incomplete = true;
    if (!tree.failed)
        nl_rule_file_error(r, file, nl_span_of(0, 0),
                           "a rule file is a map that begins with `newslint: 1`");
}

static bool in_progress(const asked *by, nl_str path) {
    for (; by; by = by->above)
        if (nl_str_eq(by->file->path, path))
            return true;
    return false;
}

static void cannot(nl_ruleset *r, const asked *by, nl_str name, const char *why) {
    r->incomplete = true;
    if (by)
        nl_rule_file_error(r, by->file, by->span, "%s", why);
    else
        nl_rule_file_error(r, file_new(r, name, "", 0, false), nl_span_of(0, 0), "%s", why);
}

static void cannot_by(nl_ruleset *r, const asked *by, nl_str name, nl_limit_id limit,
                      const char *what) {
    nl_buf why = {0};
    nl_limit_say(limit, r->options.limits, what, &why);
    cannot(r, by, name, nl_buf_c(&why));
    nl_buf_free(&why);
}

static bool is_there(nl_str name) {
    nl_buf path = {0};
    nl_buf_str_add(&path, name);
    bool missing = nl_file_is_missing(nl_buf_c(&path));
    nl_buf_free(&path);
    return !missing;
}

/* Is the name that of a file? Otherwise it is one of a built-in set. On the command line a file
 * needs no slash and no ending. */
static bool is_path(nl_str name, const asked *by) {
    return nl_str_find(name, '/') < name.n || nl_str_ends(name, NL_S(".yaml")) ||
           nl_str_ends(name, NL_S(".yml")) || (!by && !builtin_find(name) && is_there(name));
}

static void load_builtin(nl_ruleset *r, nl_str name, const asked *by, size_t depth) {
    const nl_builtin_set *set = builtin_find(name);
    nl_buf b = {0};
    if (!set) {
        nl_buf_printf(&b,
                      "there is no built-in set `%.*s`%s (a rule file is named with its path, such "
                      "as `./%.*s.yaml`)",
                      NL_ARG(name), builtin_near(r, name), NL_ARG(name));
        cannot(r, by, name, nl_buf_c(&b));
    } else {
        nl_buf_printf(&b, "%s (built in)", set->name);
        if (in_progress(by, nl_buf_str(&b)))
            cannot(r, by, name, "`extends` goes round in a circle");
        else
            load_tree(r, file_new(r, nl_buf_str(&b), set->text.p, set->text.n, true),
                      nl_packed_read(set->tree, set->text, &r->arena), by, depth);
    }
    nl_buf_free(&b);
}

static void cannot_read(nl_ruleset *r, const asked *by, nl_str name, nl_read read,
                        const nl_error *error) {
    nl_buf why = {0};
    nl_buf_puts(&why, error->text);
    if (read == NL_READ_TOO_LARGE)
        nl_limit_hint(NL_LIMIT_rule_file, &why);
    cannot(r, by, name, nl_buf_c(&why));
    nl_buf_free(&why);
}

static void load_path(nl_ruleset *r, nl_str name, const asked *by, size_t depth) {
    nl_buf joined = {0}, path = {0}, bytes = {0};
    nl_error error;
    nl_read read;
    nl_path_join(by ? nl_path_dir(by->file->path) : NL_S(""), name, &joined);
    nl_path_clean(nl_buf_c(&joined), &path);
    if (in_progress(by, nl_buf_str(&path)))
        cannot(r, by, name, "`extends` goes round in a circle");
    else if ((read = nl_file_read(nl_buf_c(&path), r->options.limits->rule_file, &bytes, NULL,
                                  &error)) != NL_READ_OK)
        cannot_read(r, by, name, read, &error);
    else
        load_file(r,
                  file_new(r, nl_buf_str(&path), nl_arena_copy(&r->arena, bytes.p, bytes.n),
                           bytes.n, false),
                  by, depth);
    nl_buf_free(&joined);
    nl_buf_free(&path);
    nl_buf_free(&bytes);
}

static void load_set(nl_ruleset *r, nl_str name, const asked *by, size_t depth) {
    /* the first file is newslint's own; each time that one is extended counts */
    if (depth > r->options.limits->extends)
        cannot_by(r, by, name, NL_LIMIT_extends, "`extends` is more than %zu deep");
    else if (r->file_count > r->options.limits->rule_files)
        cannot_by(r, by, name, NL_LIMIT_rule_files, "`extends` comes to more than %zu rule files");
    else if (is_path(name, by))
        load_path(r, name, by, depth);
    else
        load_builtin(r, name, by, depth);
}

/* ---- The set -------------------------------------------------------------------------------- */

static nl_ruleset *ruleset_new(const nl_rule_options *options) {
    nl_ruleset *r = nl_calloc(1, sizeof *r);
    r->options = *options;
    if (!options->limits)
        r->options.limits = &nl_limits_default;
    r->patterns.most = r->options.limits->regex;
    r->include = r->exclude = NL_NO_GLOBS;
    r->root = NL_NEW(&r->arena, nl_field_node);
    nl_variants_init(&r->variants);
    return r;
}

/* Compiles everything once, overrides and what is off included, so that every mistake is told now,
 * and every regex and field is known before there are threads. */
static nl_rule_list find_mistakes(nl_ruleset *r) {
    nl_rule_list list;
    nl_ruleset_compile(r, NULL, true, &r->arena, &list);
    for (size_t i = 0; i < list.count; i++)
        r->compares =
            r->compares || (list.items[i].check->compares && list.items[i].level != NL_OFF);
    return list;
}

static bool has_globs(const nl_layers *layers) {
    for (size_t i = 0; i < layers->count; i++)
        if (layers->items[i]->glob_set != NL_NO_GLOBS)
            return true;
    return false;
}

/* What is off may be on for some path. */
static void list_ids(nl_ruleset *r) {
    r->ids = NL_NEW_ARRAY(&r->arena, nl_str, r->def_count + 1);
    for (size_t i = 0; i < r->def_count; i++) {
        const nl_rule_def *def = r->defs[i];
        if (!def->check)
            continue;
        r->ids[r->id_count++] = def->id;
        if (def->check->compares)
            r->compares = r->compares || has_globs(&def->layers);
    }
    const nl_rule_list *plain = &r->variants.plain->list;
    for (size_t i = 0; i < plain->count; i++)
        r->compares = r->compares || plain->items[i].check->compares;
}

bool nl_ruleset_load(nl_ruleset **out, const char *const *sets, size_t set_count, nl_str text,
                     const char *path, const nl_rule_options *options) {
    nl_ruleset *r = *out = ruleset_new(options);
    nl_rule_file *first =
        file_new(r, NL_S("front-matter (built in)"), always, sizeof always - 1, true);
    nl_ruleset_add_own(r, first);
    load_file(r, first, NULL, 0);
    for (size_t i = 0; i < set_count; i++)
        load_set(r, nl_str_c(sets[i]), NULL, 0);
    if (set_count == 0)
        load_file(r,
                  file_new(r, nl_str_c(path ? path : "rules.yaml"),
                           nl_arena_copy(&r->arena, text.p, text.n), text.n, false),
                  NULL, 0);
    nl_variants_load(r, find_mistakes(r));
    for (size_t i = 0; i < r->file_count; i++)
        nl_diags_sort(&r->files[i]->diags);
    if (r->bad)
        return false;
    list_ids(r);
    return true;
}

void nl_ruleset_free(nl_ruleset *r) {
    if (!r)
        return;
    nl_variants_free(&r->variants);
    free(r->files);
    nl_path_table_free(&r->paths);
    nl_pattern_pool_free(&r->patterns);
    nl_arena_free(&r->arena);
    free(r);
}

const nl_rule_file *const *nl_ruleset_files(const nl_ruleset *r, size_t *count) {
    *count = r->file_count;
    return (const nl_rule_file *const *)r->files;
}

const nl_path_table *nl_ruleset_paths(const nl_ruleset *r) {
    return &r->paths;
}

const nl_str *nl_ruleset_ids(const nl_ruleset *r, size_t *count) {
    *count = r->id_count;
    return r->ids;
}

bool nl_ruleset_compares(const nl_ruleset *r) {
    return r->compares;
}

const nl_example *nl_ruleset_examples(const nl_ruleset *r, size_t *count) {
    *count = r->example_count;
    return r->examples;
}
