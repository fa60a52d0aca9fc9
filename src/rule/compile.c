/*
 * From layers to rules: a rule's layers are folded in order of rank into options, the options are
 * read by the rows of its check, and what comes out is ready to run.
 */
#include "rule/compile.h"

#include "base/mem.h"
#include "base/unicode.h"
#include "rule/say.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- The common options --------------------------------------------------------------------- */

static bool common_text(nl_load *load, const char *name, nl_str *out) {
    const nl_option *option = nl_load_option(load, name);
    if (!option)
        return true;
    if (option->value->kind == NL_LIST || option->value->kind == NL_MAP) {
        nl_load_error(load, name, "`%s` wants a string, not %s", name,
                      nl_say_kind(option->value->kind));
        return false;
    }
    *out = nl_str_trim(option->value->text);
    return true;
}

static const char *suggest_level(nl_load *load, const nl_option *option) {
    const nl_str levels[] = {NL_S("error"), NL_S("warning"), NL_S("info"), NL_S("off")};
    return nl_suggest(option->value->text, levels, sizeof levels / sizeof *levels, load->arena);
}

static void common_level(nl_load *load, nl_rule *rule) {
    const nl_option *option = nl_load_option(load, "level");
    if (option && option->value->kind != NL_NULL &&
        !(option->value->kind == NL_STRING && nl_level_parse(option->value->text, &rule->level)))
        nl_load_error(load, "level", "`level` is one of error, warning, info and off, and not %s%s",
                      nl_load_found(load->arena, option->value), suggest_level(load, option));
}

static void common_message(nl_load *load, nl_rule *rule) {
    const nl_option *option = nl_load_option(load, "message");
    nl_str text = {NULL, 0};
    nl_template_error error;
    if (!option || !common_text(load, "message", &text))
        return;
    rule->message = nl_template_parse(option->value->text, rule->check->names, &load->set->paths,
                                      nl_load_knows, load, load->arena, &error);
    if (rule->message)
        return;
    const nl_rule_file *file = nl_load_file_of(load, option->value);
    nl_span span;
    nl_value_locate(&file->source, option->value, error.start, error.end, &span);
    nl_rule_file_error(load->set, file, span, "%s", error.message);
    load->failed = true;
}

static void common_when(nl_load *load, nl_rule *rule) {
    static const nl_param row = {.name = "when", .type = NL_PARAM_EXPR};
    const nl_option *option = nl_load_option(load, "when");
    if (option)
        nl_param_read(load, &row, option, &rule->when);
}

static void common_fields(nl_load *load, nl_rule *rule) {
    static const nl_param row = {.name = "fields", .type = NL_PARAM_PATHS};
    const nl_option *option = nl_load_option(load, "fields");
    nl_path_numbers numbers = {0};
    if (!option) {
        if (rule->check->kind == NL_CHECK_FIELD)
            nl_load_error(load, NULL, "rule `%.*s` wants `fields`: the fields that it is about",
                          NL_ARG(rule->id));
        return;
    }
    if (rule->check->kind == NL_CHECK_BODY)
        nl_load_error(load, "fields", "check `%s` is about the body and takes no `fields`",
                      rule->check->name);
    else if (option->value->kind == NL_LIST && option->value->count == 0)
        nl_load_error(load, "fields", "`fields` is an empty list: the rule would look at nothing");
    else if (nl_param_read(load, &row, option, &numbers)) {
        rule->paths = numbers.items;
        rule->path_count = numbers.count;
    }
}

/* Does the rule's `files` let it speak of this path? */
static bool wants_path(nl_compiler *c, const nl_load *load) {
    const nl_option *option = nl_load_option(load, "files");
    if (!option || c->all)
        return true;
    for (size_t i = 0; i < c->set->glob_set_count; i++)
        if (c->set->glob_sets[i].value == option->value)
            return c->key[i];
    return true;
}

void nl_setting_show(const nl_setting *setting, nl_buf *out) {
    const nl_value *v = setting->value;
    if (!v) {
        nl_buf_str_add(out, setting->text);
        return;
    }
    nl_str text = nl_str_sub(setting->file->source.bytes, v->span.start, v->span.end);
    if (!text.n || (v->kind == NL_STRING && nl_str_find(text, '\n') < text.n))
        text = v->text;
    nl_buf line = {0};
    text = nl_str_trim(text);
    for (size_t i = 0; i < text.n; i++) {
        bool space =
            text.p[i] == ' ' || text.p[i] == '\n' || text.p[i] == '\r' || text.p[i] == '\t';
        if (!space || (line.n && line.p[line.n - 1] != ' '))
            nl_buf_putc(&line, space ? ' ' : text.p[i]);
    }
    nl_visible(nl_buf_str(&line), out);
    nl_buf_free(&line);
}

size_t nl_setting_line(const nl_setting *setting) {
    nl_arena arena = {0};
    nl_source source = nl_source_of(setting->file->path, setting->file->source.bytes, &arena);
    size_t line = nl_source_line_at(&source, setting->offset);
    nl_arena_free(&arena);
    return line;
}

static void note_settings(nl_load *load, nl_rule *rule) {
    nl_setting *settings = NL_NEW_ARRAY(load->arena, nl_setting, load->option_count + 1);
    for (size_t i = 0; i < load->option_count; i++) {
        const nl_option *option = &load->options[i];
        if (!option->file)
            continue;
        settings[rule->setting_count++] = (nl_setting){
            .option = nl_arena_copy(load->arena, option->name.p, option->name.n),
            .value = option->value,
            .file = option->file,
            .offset = option->value->key_span.start,
        };
    }
    if (rule->setting_count == 0) /* `required: true` sets nothing but that it is there */
        settings[rule->setting_count++] = (nl_setting){
            .option = "check",
            .text = nl_str_c(rule->check->name),
            .file = load->place->file,
            .offset = load->place->span.start,
        };
    rule->settings = settings;
}

/* ---- Rules ---------------------------------------------------------------------------------- */

static void read_params(nl_load *load, nl_rule *rule) {
    const nl_check *check = rule->check;
    void *options = nl_arena_zalloc(load->arena, check->options_size ? check->options_size : 1);
    nl_params_default(load, check->params, options);
    for (size_t i = 0; i < load->option_count; i++) {
        const nl_param *row = nl_param_find(check->params, load->options[i].name);
        if (row)
            nl_param_read(load, row, &load->options[i], options);
    }
    for (const nl_param *row = check->params; row && row->name; row++)
        if (row->wanted && !load->muddled && !nl_load_option(load, row->name))
            nl_load_error(load, NULL, "rule `%.*s` wants `%s`: check `%s` cannot do without",
                          NL_ARG(rule->id), row->name, check->name);
    if (!load->failed && !load->muddled && check->prepare)
        check->prepare(load, options);
    rule->options = options;
}

static const size_t *nodes_of(nl_compiler *c, const nl_rule *rule) {
    size_t *nodes = NL_NEW_ARRAY(c->arena, size_t, rule->path_count);
    for (size_t i = 0; i < rule->path_count; i++)
        nodes[i] = c->set->paths.nodes[rule->paths[i]];
    return nodes;
}

static void add_rule(nl_compiler *c, nl_rule rule) {
    const nl_check *check = rule.check;
    if (rule.path_count && check->field) {
        rule.field = check->field;
        rule.nodes = nodes_of(c, &rule);
    } else {
        rule.article = check->article;
    }
    rule.kinds =
        ~((check->absent ? 0 : 1u << NL_NULL) | (check->right ? check->right(rule.options) : 0));
    if (rule.nodes || (check->kind != NL_CHECK_BODY && !check->always))
        rule.needs |= NL_PART_FIELDS;
    if (check->kind == NL_CHECK_BODY && !check->always)
        rule.needs |= NL_PART_BODY;
    if (!check->compares)
        rule.needs |= NL_PART_FINDINGS;
    c->rules = nl_grow(c->rules, &c->cap, c->count + 1, sizeof *c->rules);
    c->rules[c->count++] = rule;
}

static nl_rule rule_of(const nl_rule_def *def) {
    return (nl_rule){.id = def->id,
                     .check = def->check,
                     .level = def->check->level,
                     .help = nl_str_c(def->check->help),
                     .summary = nl_str_c(def->check->summary)};
}

/* The common options but the level and, as the tree has its own, the fields. */
static void read_common(nl_load *load, nl_rule *rule) {
    common_when(load, rule);
    common_message(load, rule);
    common_text(load, "help", &rule->help);
    common_text(load, "url", &rule->url);
    common_text(load, "summary", &rule->summary);
}

/* The options, folded, but for the level. */
static void read_rule(nl_load *load, const nl_path *path, nl_rule *rule) {
    read_params(load, rule);
    if (path) {
        size_t *number = nl_arena_alloc(load->arena, sizeof *number);
        *number = nl_path_table_add(&load->set->paths, path);
        rule->paths = number;
        rule->path_count = 1;
        if (nl_load_option(load, "fields"))
            nl_load_error(load, "fields", "a check in the tree is about the field where it stands");
    } else {
        common_fields(load, rule);
    }
    read_common(load, rule);
    note_settings(load, rule);
}

/* Reads every option where it stands, also those that a later file replaces: a mistake is told even
 * where it has no effect. */
static void check_layers(nl_compiler *c, const nl_rule_def *def, const nl_layers *layers) {
    const nl_check *check = def->check;
    void *scratch = nl_arena_zalloc(c->arena, check->options_size ? check->options_size : 1);
    for (size_t i = 0; i < layers->count; i++) {
        const nl_layer *layer = layers->items[i];
        nl_option *options = NL_NEW_ARRAY(c->arena, nl_option, layer->count + 1);
        nl_load load = {
            .set = c->set, .arena = c->arena, .place = layer, .layers = layers, .options = options};
        for (size_t j = 0; j < layer->count; j++)
            if (layer->options[j].value->kind != NL_NULL)
                options[load.option_count++] = layer->options[j];
        for (size_t j = 0; j < load.option_count; j++) {
            const nl_param *row = nl_param_find(check->params, options[j].name);
            if (row)
                nl_param_read(&load, row, &options[j], scratch);
        }
        nl_rule rule = rule_of(def);
        common_level(&load, &rule);
        if (nl_load_option(&load, "fields"))
            common_fields(&load, &rule);
        read_common(&load, &rule);
    }
}

static void compile_layers(nl_compiler *c, const nl_rule_def *def, const nl_layers *layers,
                           const nl_path *path) {
    nl_load load = {.set = c->set, .arena = c->arena, .path = path};
    if (!nl_compile_fold(&load, layers, path != NULL) || !load.place || !wants_path(c, &load))
        return;
    nl_rule rule = rule_of(def);
    common_level(&load, &rule);
    if (rule.level == NL_OFF && !c->all)
        return;
    read_rule(&load, path, &rule);
    if (!load.failed && !load.muddled)
        add_rule(c, rule);
}

static int by_glob_set(const void *a, const void *b) {
    const nl_layer *x = *(nl_layer *const *)a, *y = *(nl_layer *const *)b;
    return (x->glob_set > y->glob_set) - (x->glob_set < y->glob_set);
}

/* Each override by itself with what holds everywhere, for its mistakes: whether two of them meet at
 * a path is not known. */
static void compile_overrides(nl_compiler *c, const nl_rule_def *def, const nl_layers *layers,
                              const nl_path *path) {
    nl_layer **sorted = NL_NEW_ARRAY(c->arena, nl_layer *, layers->count);
    nl_layers some = {.items = NL_NEW_ARRAY(c->arena, nl_layer *, layers->count)};
    memcpy(sorted, layers->items, layers->count * sizeof *sorted);
    qsort(sorted, layers->count, sizeof *sorted, by_glob_set);
    size_t count = layers->count; /* of those with globs: what has none comes last */
    while (count > 0 && sorted[count - 1]->glob_set == NL_NO_GLOBS)
        count--;
    size_t everywhere = layers->count - count;
    for (size_t i = 0; i < count;) {
        memcpy(some.items, sorted + count, everywhere * sizeof *sorted);
        some.count = everywhere;
        for (size_t set = sorted[i]->glob_set; i < count && sorted[i]->glob_set == set; i++)
            some.items[some.count++] = sorted[i];
        qsort(some.items, some.count, sizeof *some.items, nl_compile_by_rank);
        compile_layers(c, def, &some, path);
    }
    if (count == 0)
        compile_layers(c, def, layers, path);
}

/* One rule from its layers. `path` is its place in the tree, or NULL. */
static void compile_rule(nl_compiler *c, const nl_rule_def *def, nl_layers *layers,
                         const nl_path *path) {
    nl_compile_gather(c, &def->layers, layers);
    nl_compile_wildcards(c, def->id, layers);
    if (layers->count == 0)
        return;
    qsort(layers->items, layers->count, sizeof *layers->items, nl_compile_by_rank);
    if (c->all && layers->count > 1) /* of one alone all is read below */
        check_layers(c, def, layers);
    if (c->all)
        compile_overrides(c, def, layers, path);
    else
        compile_layers(c, def, layers, path);
}

static const nl_rule_def *def_of(const nl_ruleset *r, nl_str set, const char *check) {
    for (size_t i = 0; i < r->def_count; i++) {
        nl_str id = r->defs[i]->id;
        size_t slash = nl_str_find(id, '/');
        if (nl_str_eq(nl_str_sub(id, 0, slash), set) &&
            nl_str_is(nl_str_sub(id, slash + 1, id.n), check))
            return r->defs[i];
    }
    return NULL;
}

/* `unknown-fields` at a map of the tree: a rule with the tree's keys as its option. */
static void compile_unknown(nl_compiler *c, const nl_field_node *node) {
    const nl_option *level = node->unknown ? node->unknown : c->set->unknown;
    const nl_rule_def *def = def_of(c->set, c->set->unknown_set, "unknown-field");
    if (!node->closed || !level || !def || !def->check)
        return;
    nl_value *names = NL_NEW(c->arena, nl_value);
    names->kind = NL_LIST;
    names->count = node->field_count;
    names->span = names->key_span = node->span;
    names->items = NL_NEW_ARRAY(c->arena, nl_value *, node->field_count + 1);
    for (size_t i = 0; i < node->field_count; i++) {
        names->items[i] = NL_NEW(c->arena, nl_value);
        names->items[i]->kind = NL_STRING;
        names->items[i]->text = node->fields[i]->name;
    }
    nl_option *options = NL_NEW_ARRAY(c->arena, nl_option, 2);
    options[0] = *level;
    options[1] = (nl_option){NL_S("known"), names, NULL};
    nl_layer *layer = NL_NEW(c->arena, nl_layer);
    *layer = (nl_layer){.rank = (uint64_t)level->file->order << 32 | 3,
                        .file = level->file,
                        .span = level->value->key_span,
                        .glob_set = NL_NO_GLOBS,
                        .options = options,
                        .count = 2};
    nl_layers layers = {0}, one = {.items = &layer, .count = 1};
    nl_compile_gather(c, &one, &layers);
    compile_rule(c, def, &layers, &node->path);
    free(layers.items);
}

static void compile_node(nl_compiler *c, const nl_field_node *node) {
    for (size_t i = 0; i < node->check_count; i++) {
        const nl_field_check *check = &node->checks[i];
        const nl_rule_def *def = def_of(c->set, check->set, check->check->name);
        assert(def); /* made together with the check (apply_tree.c) */
        nl_layers layers = {0};
        nl_compile_gather(c, &check->layers, &layers);
        compile_rule(c, def, &layers, &node->path);
        free(layers.items);
    }
    compile_unknown(c, node);
    for (size_t i = 0; i < node->field_count; i++)
        compile_node(c, node->fields[i]);
    if (node->each)
        compile_node(c, node->each);
    if (node->values)
        compile_node(c, node->values);
}

static int by_id(const void *a, const void *b) {
    const nl_rule *x = a, *y = b;
    int order = nl_str_cmp(x->id, y->id);
    if (order)
        return order;
    size_t p = x->path_count ? x->paths[0] : 0, q = y->path_count ? y->paths[0] : 0;
    return (p > q) - (p < q);
}

void nl_ruleset_compile(nl_ruleset *r, const unsigned char *key, bool all, nl_arena *arena,
                        nl_rule_list *out) {
    nl_compiler c = {.set = r, .key = key, .all = all, .arena = arena};
    compile_node(&c, r->root);
    for (size_t i = 0; i < r->def_count; i++) {
        const nl_rule_def *def = r->defs[i];
        nl_layers layers = {0};
        if (def->in_tree || def->own || !def->check)
            continue;
        compile_rule(&c, def, &layers, NULL);
        free(layers.items);
    }
    out->count = c.count;
    out->items = nl_arena_alloc(arena, (c.count ? c.count : 1) * sizeof *out->items);
    if (c.count)
        memcpy(out->items, c.rules, c.count * sizeof *out->items);
    qsort(out->items, out->count, sizeof *out->items, by_id);
    free(c.rules);
}
