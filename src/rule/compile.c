/*
 * From layers to rules: a rule's layers are folded in order of rank into options, the options are
 * read by the rows of its check, and what comes out is ready to run.
 */
#include "rule/load.h"

#include "base/mem.h"
#include "base/unicode.h"
#include "rule/say.h"
#include <stdlib.h>
#include <string.h>

typedef struct compiler {
    nl_ruleset *set;
    const unsigned char *key; /* which glob sets match */
    bool all;                 /* for the mistakes' sake: also what is off or elsewhere */
    nl_arena *arena;
    nl_rule *rules;
    size_t count, cap;
} compiler;

/* ---- Folding -------------------------------------------------------------------------------- */

static int by_rank(const void *a, const void *b) {
    uint64_t x = (*(nl_layer *const *)a)->rank, y = (*(nl_layer *const *)b)->rank;
    return (x > y) - (x < y);
}

static void gather(compiler *c, const nl_layers *from, nl_layers *into) {
    for (size_t i = 0; i < from->count; i++) {
        nl_layer *layer = from->items[i];
        if (layer->glob_set != NL_NO_GLOBS && !c->all && !c->key[layer->glob_set])
            continue;
        into->items = nl_grow(into->items, &into->cap, into->count + 1, sizeof *into->items);
        into->items[into->count++] = layer;
    }
}

static void gather_wildcards(compiler *c, nl_str id, nl_layers *into) {
    nl_str set = nl_str_sub(id, 0, nl_str_find(id, '/'));
    for (size_t i = 0; i < c->set->wildcard_count; i++) {
        const nl_wildcard *w = &c->set->wildcards[i];
        if (w->set.n && !nl_str_eq(w->set, set))
            continue;
        nl_layer *one = w->layer;
        nl_layers single = {.items = &one, .count = 1};
        gather(c, &single, into);
    }
}

/* Two maps as one, the later one's keys winning; `null` removes. */
static const nl_value *merge(const nl_value *below, const nl_value *above, nl_arena *arena) {
    if (below->kind != NL_MAP || above->kind != NL_MAP)
        return above;
    nl_value *v = NL_NEW(arena, nl_value);
    *v = *above;
    v->entries = NL_NEW_ARRAY(arena, nl_entry, below->count + above->count);
    v->count = 0;
    for (size_t i = 0; i < below->count; i++)
        if (!nl_value_find(above, below->entries[i].key->text))
            v->entries[v->count++] = below->entries[i];
    for (size_t i = 0; i < above->count; i++)
        if (above->entries[i].value->kind != NL_NULL)
            v->entries[v->count++] = above->entries[i];
    return v;
}

static void fold_option(nl_load *load, nl_option *options, const nl_option *option) {
    size_t i = 0;
    while (i < load->option_count && !nl_str_eq(options[i].name, option->name))
        i++;
    if (option->value->kind == NL_NULL) {
        if (i < load->option_count)
            memmove(options + i, options + i + 1, (--load->option_count - i) * sizeof *options);
        return;
    }
    if (i == load->option_count) {
        options[load->option_count++] = *option;
        return;
    }
    options[i].value = merge(options[i].value, option->value, load->arena);
    options[i].file = option->file;
}

static bool defines(const nl_layer *layer) {
    for (size_t i = 0; i < layer->count; i++)
        if (nl_str_is(layer->options[i].name, "check") || nl_str_is(layer->options[i].name, "that"))
            return true;
    return false;
}

/* Folds the layers; false when the rule was removed. */
static bool fold(nl_load *load, const nl_layers *layers, bool tree) {
    size_t most = 0;
    bool alive = tree;
    for (size_t i = 0; i < layers->count; i++)
        most += layers->items[i]->count;
    nl_option *options = NL_NEW_ARRAY(load->arena, nl_option, most + 1);
    load->options = options;
    load->option_count = 0;
    load->layers = layers;
    load->muddled = false;
    for (size_t i = 0; i < layers->count; i++) {
        const nl_layer *layer = layers->items[i];
        if (layer->removed) {
            load->option_count = 0;
            alive = false;
            continue;
        }
        alive = alive || defines(layer) ||
                (tree && layer->glob_set == NL_NO_GLOBS && (layer->rank & 0xFFFFFFFF) == 3);
        load->place = layer;
        load->muddled = load->muddled || layer->muddled;
        for (size_t j = 0; j < layer->count; j++)
            fold_option(load, options, &layer->options[j]);
    }
    return alive;
}

/* ---- Errors --------------------------------------------------------------------------------- */

static bool holds(const nl_value *v, const nl_value *wanted, int depth) {
    if (v == wanted)
        return true;
    if (depth == 0)
        return false;
    for (size_t i = 0; i < v->count; i++) {
        if (v->kind == NL_LIST && holds(v->items[i], wanted, depth - 1))
            return true;
        if (v->kind == NL_MAP &&
            (v->entries[i].key == wanted || holds(v->entries[i].value, wanted, depth - 1)))
            return true;
    }
    return false;
}

enum { OPTION_DEPTH = 12 };

const nl_rule_file *nl_load_file_of(const nl_load *load, const nl_value *value) {
    for (size_t i = 0; load->layers && i < load->layers->count; i++) {
        const nl_layer *layer = load->layers->items[i];
        for (size_t j = 0; j < layer->count; j++)
            if (holds(layer->options[j].value, value, OPTION_DEPTH))
                return layer->file;
    }
    return load->place->file;
}

NL_PRINTF(4, 0)
static void vfail(nl_load *load, const nl_rule_file *file, nl_span span, const char *format,
                  va_list ap) {
    nl_buf b = {0};
    nl_buf_vprintf(&b, format, ap);
    nl_rule_file_error(load->set, file, span, "%s", nl_buf_c(&b));
    nl_buf_free(&b);
    load->failed = true;
}

static const nl_option *option_find(const nl_load *load, const char *name) {
    for (size_t i = 0; i < load->option_count; i++)
        if (nl_str_is(load->options[i].name, name))
            return &load->options[i];
    return NULL;
}

void nl_load_error(nl_load *load, const char *name, const char *format, ...) {
    const nl_option *option = name ? option_find(load, name) : NULL;
    va_list ap;
    va_start(ap, format);
    if (option)
        vfail(load, nl_load_file_of(load, option->value), option->value->span, format, ap);
    else
        vfail(load, load->place->file, load->place->span, format, ap);
    va_end(ap);
}

void nl_load_error_at(nl_load *load, const nl_value *value, const char *format, ...) {
    va_list ap;
    va_start(ap, format);
    vfail(load, nl_load_file_of(load, value), value->span, format, ap);
    va_end(ap);
}

nl_arena *nl_load_arena(nl_load *load) {
    return load->arena;
}

nl_pattern_pool *nl_load_patterns(nl_load *load) {
    return &load->set->patterns;
}

/* ---- What the tree knows of a field -----------------------------------------------------------
 */

static nl_type type_named(nl_str name) {
    static const struct {
        const char *name;
        nl_type type;
    } names[] = {{"string", NL_TYPE_STRING}, {"integer", NL_TYPE_NUMBER},
                 {"number", NL_TYPE_NUMBER}, {"boolean", NL_TYPE_BOOL},
                 {"list", NL_TYPE_LIST},     {"map", NL_TYPE_MAP},
                 {"timestamp", NL_TYPE_TIME}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (nl_str_is(name, names[i].name))
            return names[i].type;
    return NL_TYPE_ANY;
}

static nl_type type_by_check(const nl_field_check *check) {
    static const struct {
        const char *name;
        nl_type type;
    } checks[] = {{"timestamp", NL_TYPE_TIME},
                  {"range", NL_TYPE_NUMBER},
                  {"items", NL_TYPE_LIST},
                  {"url", NL_TYPE_STRING},
                  {"length", NL_TYPE_STRING}};
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        if (strcmp(check->check->name, checks[i].name) == 0)
            return checks[i].type;
    if (strcmp(check->check->name, "type") != 0 || check->layers.count == 0)
        return NL_TYPE_ANY;
    const nl_layer *last = check->layers.items[check->layers.count - 1];
    for (size_t i = 0; i < last->count; i++)
        if (nl_str_is(last->options[i].name, check->check->principal) &&
            last->options[i].value->kind == NL_STRING)
            return type_named(last->options[i].value->text);
    return NL_TYPE_ANY;
}

static nl_type node_type(const nl_field_node *node) {
    nl_type type = NL_TYPE_ANY;
    for (size_t i = 0; i < node->check_count; i++) {
        nl_type said = type_by_check(&node->checks[i]);
        if (said != NL_TYPE_ANY && (type == NL_TYPE_ANY || said == NL_TYPE_TIME))
            type = said; /* a time is more than the string that it is written as */
    }
    if (type != NL_TYPE_ANY)
        return type;
    return node->each ? NL_TYPE_LIST : node->closed || node->values ? NL_TYPE_MAP : NL_TYPE_ANY;
}

static bool is_closed(const nl_ruleset *r, const nl_field_node *node) {
    const nl_option *unknown = node->unknown ? node->unknown : r->unknown;
    return node->closed && unknown && !nl_str_is(unknown->value->text, "off");
}

static const nl_field_node *child_of(const nl_field_node *node, nl_str name) {
    for (size_t i = 0; i < node->field_count; i++)
        if (nl_str_eq(node->fields[i]->name, name))
            return node->fields[i];
    return NULL;
}

static nl_str nearest_child(const nl_field_node *node, nl_str name, nl_arena *arena) {
    nl_str *names = NL_NEW_ARRAY(arena, nl_str, node->field_count + 1);
    for (size_t i = 0; i < node->field_count; i++)
        names[i] = node->fields[i]->name;
    const nl_str *near = nl_str_nearest(name, names, node->field_count);
    return near ? *near : (nl_str){NULL, 0};
}

/* The node of a path; NULL where the tree says nothing. *known is false where it excludes it. */
static const nl_field_node *node_of(nl_load *load, const nl_path *path, bool *known,
                                    nl_str *nearest) {
    const nl_field_node *node = load->set->root;
    *known = true;
    *nearest = (nl_str){NULL, 0};
    for (size_t i = 0; i < path->count && node; i++) {
        const nl_step *step = &path->steps[i];
        if (step->kind == NL_STEP_ITEMS) {
            node = node->each;
        } else if (step->kind == NL_STEP_VALUES) {
            node = node->values;
        } else {
            const nl_field_node *child = child_of(node, step->key);
            if (!child && !node->values && is_closed(load->set, node)) {
                *known = false;
                *nearest = nearest_child(node, step->key, load->arena);
            }
            node = child ? child : node->values;
        }
    }
    return node;
}

static nl_type type_of(void *context, const nl_path *path, bool *known, nl_str *nearest) {
    nl_load *load = context;
    const nl_field_node *node = node_of(load, path, known, nearest);
    *known = *known || load->set->incomplete;
    return node ? node_type(node) : NL_TYPE_ANY;
}

nl_expr_env nl_load_expr_env(nl_load *load) {
    return (nl_expr_env){.paths = &load->set->paths,
                         .patterns = &load->set->patterns,
                         .arena = load->arena,
                         .type_of = type_of,
                         .context = load};
}

/* Messages may name a field of the tree, or one that some rule names. */
static bool template_knows(void *context, const nl_path *path) {
    nl_load *load = context;
    bool known;
    nl_str nearest;
    if (path->count && node_of(load, path, &known, &nearest))
        return true;
    for (size_t i = 0; i < load->set->paths.count; i++)
        if (nl_str_eq(load->set->paths.items[i].text, path->text))
            return true;
    return false;
}

/* ---- The common options -----------------------------------------------------------------------
 */

static bool common_text(nl_load *load, const char *name, nl_str *out) {
    const nl_option *option = option_find(load, name);
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
    const nl_option *option = option_find(load, "level");
    if (option && option->value->kind != NL_NULL &&
        !(option->value->kind == NL_STRING && nl_level_parse(option->value->text, &rule->level)))
        nl_load_error(load, "level", "`level` is one of error, warning, info and off, and not %s%s",
                      nl_load_found(load->arena, option->value), suggest_level(load, option));
}

static void common_message(nl_load *load, nl_rule *rule) {
    const nl_option *option = option_find(load, "message");
    nl_str text = {NULL, 0};
    nl_template_error error;
    if (!option || !common_text(load, "message", &text))
        return;
    rule->message = nl_template_parse(option->value->text, rule->check->names, &load->set->paths,
                                      template_knows, load, load->arena, &error);
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
    const nl_option *option = option_find(load, "when");
    if (option)
        nl_param_read(load, &row, option, &rule->when);
}

static void common_fields(nl_load *load, nl_rule *rule) {
    static const nl_param row = {.name = "fields", .type = NL_PARAM_PATHS};
    const nl_option *option = option_find(load, "fields");
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
static bool wants_path(compiler *c, const nl_load *load) {
    const nl_option *option = option_find(load, "files");
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
        if (row->wanted && !load->muddled && !option_find(load, row->name))
            nl_load_error(load, NULL, "rule `%.*s` wants `%s`: check `%s` cannot do without",
                          NL_ARG(rule->id), row->name, check->name);
    if (!load->failed && !load->muddled && check->prepare)
        check->prepare(load, options);
    rule->options = options;
}

static void add_rule(compiler *c, const nl_rule *rule) {
    c->rules = nl_grow(c->rules, &c->cap, c->count + 1, sizeof *c->rules);
    c->rules[c->count++] = *rule;
}

/* Reads every option where it stands, also those that a later file replaces: a mistake is told even
 * where it has no effect. */
static void check_layers(compiler *c, const nl_rule_def *def, const nl_layers *layers) {
    const nl_check *check = def->check;
    void *scratch = nl_arena_zalloc(c->arena, check->options_size ? check->options_size : 1);
    for (size_t i = 0; i < layers->count; i++) {
        const nl_layer *layer = layers->items[i];
        nl_load load = {.set = c->set,
                        .arena = c->arena,
                        .place = layer,
                        .layers = layers,
                        .options = layer->options,
                        .option_count = layer->count};
        for (size_t j = 0; j < layer->count; j++) {
            const nl_param *row = nl_param_find(check->params, layer->options[j].name);
            if (row && layer->options[j].value->kind != NL_NULL)
                nl_param_read(&load, row, &layer->options[j], scratch);
        }
        nl_rule rule = {.check = check};
        common_level(&load, &rule);
    }
}

/* One rule from its layers. `path` is its place in the tree, or NULL. */
static void compile_rule(compiler *c, const nl_rule_def *def, nl_layers *layers,
                         const nl_path *path) {
    nl_load load = {.set = c->set, .arena = c->arena};
    gather(c, &def->layers, layers);
    gather_wildcards(c, def->id, layers);
    if (layers->count == 0)
        return;
    qsort(layers->items, layers->count, sizeof *layers->items, by_rank);
    if (c->all)
        check_layers(c, def, layers);
    if (!fold(&load, layers, path != NULL) || !load.place || !wants_path(c, &load))
        return;
    nl_rule rule = {.id = def->id,
                    .check = def->check,
                    .level = def->check->level,
                    .help = nl_str_c(def->check->help),
                    .summary = nl_str_c(def->check->summary)};
    common_level(&load, &rule);
    if (rule.level == NL_OFF && !c->all)
        return;
    read_params(&load, &rule);
    if (path) {
        size_t *number = nl_arena_alloc(c->arena, sizeof *number);
        *number = nl_path_table_add(&c->set->paths, path);
        rule.paths = number;
        rule.path_count = 1;
        if (option_find(&load, "fields"))
            nl_load_error(&load, "fields",
                          "a check in the tree is about the field where it stands");
    } else {
        common_fields(&load, &rule);
    }
    common_when(&load, &rule);
    common_message(&load, &rule);
    common_text(&load, "help", &rule.help);
    common_text(&load, "url", &rule.url);
    common_text(&load, "summary", &rule.summary);
    note_settings(&load, &rule);
    if (!load.failed && !load.muddled)
        add_rule(c, &rule);
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
static void compile_unknown(compiler *c, const nl_field_node *node) {
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
    gather(c, &one, &layers);
    compile_rule(c, def, &layers, &node->path);
    free(layers.items);
}

static void compile_node(compiler *c, const nl_field_node *node) {
    for (size_t i = 0; i < node->check_count; i++) {
        const nl_field_check *check = &node->checks[i];
        const nl_rule_def *def = def_of(c->set, check->set, check->check->name);
        nl_layers layers = {0};
        gather(c, &check->layers, &layers);
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
    compiler c = {.set = r, .key = key, .all = all, .arena = arena};
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
