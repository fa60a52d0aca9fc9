/* For those who read options: where they stand, and errors about them. */
#include "rule/compile.h"

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

const nl_option *nl_load_option(const nl_load *load, const char *name) {
    for (size_t i = 0; i < load->option_count; i++)
        if (nl_str_is(load->options[i].name, name))
            return &load->options[i];
    return NULL;
}

void nl_load_error(nl_load *load, const char *name, const char *format, ...) {
    const nl_option *option = name ? nl_load_option(load, name) : NULL;
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

size_t nl_load_path_below(nl_load *load, nl_str key) {
    if (!load->path || load->path->many)
        return SIZE_MAX;
    nl_step step = {.kind = NL_STEP_KEY, .key = key};
    nl_path path = nl_path_below(load->path, step, load->arena);
    return nl_path_table_add(&load->set->paths, &path);
}

nl_arena *nl_load_arena(nl_load *load) {
    return load->arena;
}

nl_pattern_pool *nl_load_patterns(nl_load *load) {
    return &load->set->patterns;
}
