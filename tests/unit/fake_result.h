/* Results made by hand, for tests of what sees results only through newslint.h: these definitions
 * stand in for the engine's. */
#ifndef NL_TESTS_FAKE_RESULT_H
#define NL_TESTS_FAKE_RESULT_H

#include "newslint.h"
#include "text/source.h"
#include <stdlib.h>
#include <string.h>

enum { FAKE_MAX = 8 };

struct newslint_result {
    newslint_string path;
    nl_str text;
    nl_source source;
    nl_arena arena;
    newslint_diagnostic items[FAKE_MAX];
    size_t count;
};

static newslint_string fake_string(const char *c) {
    return (newslint_string){c, c ? strlen(c) : 0};
}

static newslint_position fake_position(newslint_result *r, size_t offset) {
    nl_position p = nl_source_locate(&r->source, offset);
    return (newslint_position){p.offset, p.line, p.column, p.utf16, p.byte, p.display};
}

static newslint_range fake_range(newslint_result *r, size_t start, size_t end) {
    return (newslint_range){fake_position(r, start), fake_position(r, end)};
}

/* text.p NULL: a result without text, as for a file that could not be read. */
static void fake_init(newslint_result *r, newslint_string path, nl_str text) {
    *r = (newslint_result){.path = path, .text = text};
    r->source = nl_source_of((nl_str){path.data, path.size}, text, &r->arena);
}

static newslint_diagnostic *fake_add(newslint_result *r, newslint_level level, const char *rule,
                                     const char *message, size_t start, size_t end) {
    newslint_diagnostic *d = &r->items[r->count++];
    *d = (newslint_diagnostic){.path = r->path,
                               .rule = fake_string(rule),
                               .level = level,
                               .message = fake_string(message),
                               .range = fake_range(r, start, end)};
    return d;
}

static void fake_fix(newslint_diagnostic *d, newslint_safety safety, const char *description,
                     const newslint_edit *edits, size_t count) {
    d->safety = safety;
    d->description = fake_string(description);
    d->edits = edits;
    d->edit_count = count;
}

newslint_string newslint_result_path(const newslint_result *result) {
    return result->path;
}

newslint_string newslint_result_text(const newslint_result *result) {
    return (newslint_string){result->text.p, result->text.n};
}

newslint_string newslint_result_line(const newslint_result *result, size_t line) {
    newslint_result *r = (newslint_result *)result;
    if (!r->text.p || line < 1 || line > nl_source_line_count(&r->source))
        return (newslint_string){NULL, 0};
    nl_span span = nl_source_line(&r->source, line);
    return (newslint_string){r->text.p + span.start, span.end - span.start};
}

newslint_position newslint_result_locate(const newslint_result *result, size_t offset) {
    return fake_position((newslint_result *)result, offset);
}

const char *newslint_version(void) {
    return "1.2.3";
}

/* An engine is the list of its rules. */
struct newslint_engine {
    const newslint_rule *rules;
    size_t count;
};

size_t newslint_engine_rule_count(const newslint_engine *engine) {
    return engine->count;
}

newslint_rule newslint_engine_rule(const newslint_engine *engine, size_t i) {
    return engine->rules[i];
}

#endif
