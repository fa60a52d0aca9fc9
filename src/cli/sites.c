/* See sites.h. */
#include "cli/sites.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "cli/inputs.h"
#include "cli/reports.h"
#include <stdlib.h>
#include <string.h>

static bool open_with(nl_rules_view *v, const nl_discover_options *options, const char *path) {
    nl_str whole = nl_str_c(path ? path : ""), name = nl_path_name(whole);
    nl_buf clean = {0}, rule_path = {0};
    nl_error error;
    v->discover = nl_discover_new(options, &error);
    if (!v->discover)
        return nl_fail("%s", error.text), false;
    if (path)
        nl_path_clean(path, &clean);
    nl_str shown = nl_buf_str(&clean);
    const nl_place *place =
        nl_discover_place(v->discover, nl_str_sub(shown, 0, shown.n - nl_path_name(shown).n));
    nl_buf_puts(&rule_path, place->prefix);
    nl_buf_str_add(&rule_path, name);
    nl_buf_putc(&rule_path, '\0');
    nl_buf_free(&clean);
    v->rule_path = rule_path.p;
    v->site = place->site;
    if (v->site->problems)
        nl_reports_complain(v->site->problems);
    if (!v->site->engine)
        return false;
    v->rules = v->site->engine->rules;
    return true;
}

bool nl_rules_view_open(nl_rules_view *v, const nl_options *o, const char *path) {
    *v = (nl_rules_view){0};
    nl_discover_options options = {.config = o->config,
                                   .sets = o->sets.items,
                                   .set_count = o->sets.count,
                                   .limits = o->limits};
    return nl_inputs_now(o, &options.now) && open_with(v, &options, path);
}

bool nl_rules_view_open_sets(nl_rules_view *v, const nl_options *o, const char *const *sets,
                             size_t count) {
    *v = (nl_rules_view){0};
    nl_discover_options options = {.sets = sets, .set_count = count, .limits = o->limits};
    return nl_inputs_now(o, &options.now) && open_with(v, &options, NULL);
}

void nl_rules_view_close(nl_rules_view *v) {
    nl_discover_free(v->discover);
    free((char *)v->rule_path);
}

const char *nl_rule_fixes(const nl_check *check) {
    return !check->fixes ? "none" : check->unsafe_only ? "unsafe" : "safe";
}

void nl_put_indented(nl_str text, const char *indent, nl_buf *out) {
    text = nl_str_trim(text);
    while (text.n) {
        size_t end = nl_str_find(text, '\n');
        nl_str line = nl_str_sub(text, 0, end);
        if (line.n)
            nl_buf_puts(out, indent);
        nl_visible(line, out);
        nl_buf_putc(out, '\n');
        text = nl_str_sub(text, end + 1, text.n);
    }
}

enum { WIDTH = 80 };

static size_t cells_of(nl_str text) {
    size_t cells = 0, width;
    for (size_t i = 0; i < text.n; cells += width)
        i += nl_grapheme_read(text.p + i, text.n - i, &width);
    return cells;
}

static void put_wrapped_line(nl_str line, size_t indent, nl_buf *out) {
    size_t at = 0;
    while (line.n) {
        size_t end = nl_str_find(line, ' ');
        nl_str word = nl_str_sub(line, 0, end);
        size_t cells = cells_of(word);
        if (at && at + 1 + cells > WIDTH) {
            nl_buf_putc(out, '\n');
            at = 0;
        }
        if (at)
            nl_buf_putc(out, ' ');
        else
            nl_buf_printf(out, "%*s", (int)indent, "");
        at += (at ? 1 : indent) + cells;
        nl_visible(word, out);
        line = nl_str_trim(nl_str_sub(line, end, line.n));
    }
    nl_buf_putc(out, '\n');
}

void nl_put_wrapped(nl_str text, size_t indent, nl_buf *out) {
    text = nl_str_trim(text);
    while (text.n) {
        size_t end = nl_str_find(text, '\n');
        put_wrapped_line(nl_str_trim(nl_str_sub(text, 0, end)), indent, out);
        text = nl_str_sub(text, end + 1, text.n);
    }
}
