/* Results: diagnostics with their places told in every unit, independent of the article's memory.
 */
#include "base/mem.h"
#include "base/unicode.h"
#include "engine/engine.h"

#include <stdlib.h>
#include <string.h>

enum { TROUBLE = 1024 }; /* bytes of what is said of a path, about */

static nl_arena *room(newslint_result *r) {
    return nl_crated_arena(&r->place);
}

newslint_result *nl_result_new(newslint_worker *worker, const char *path, size_t more) {
    size_t n = strlen(path);
    newslint_result *r = worker ? nl_crates_new(&worker->results, sizeof *r, n + 1 + more)
                                : nl_crated_alone(sizeof *r, n + 1 + more);
    r->sharing = worker && worker->sharing;
    r->path = (newslint_string){nl_arena_copy(room(r), path, n), n};
    return r;
}

void nl_result_end(newslint_result *r) {
    nl_crated_end(&r->place);
}

static newslint_string keep(newslint_result *r, nl_str s) {
    if (!s.p)
        return (newslint_string){NULL, 0};
    return (newslint_string){nl_arena_copy(room(r), s.p, s.n), s.n};
}

/* What is a rule's. */
static newslint_string keep_or_share(newslint_result *r, nl_str s) {
    return r->sharing ? (newslint_string){s.p, s.n} : keep(r, s);
}

static newslint_position position(nl_position p) {
    return (newslint_position){p.offset, p.line, p.column, p.utf16, p.byte, p.display};
}

static newslint_range range_of(nl_source *source, nl_span span) {
    nl_position start, end;
    nl_source_locate_span(source, span, &start, &end);
    return (newslint_range){position(start), position(end)};
}

static void keep_related(newslint_result *r, const nl_diag *d, newslint_diagnostic *out) {
    newslint_related *related = NL_NEW_ARRAY(room(r), newslint_related, d->related_count);
    for (size_t i = 0; i < d->related_count; i++) {
        related[i].path = d->related[i].path.p ? keep(r, d->related[i].path) : out->path;
        related[i].range =
            (newslint_range){position(d->related[i].start), position(d->related[i].end)};
        related[i].message = keep(r, d->related[i].message);
    }
    out->related = related;
    out->related_count = d->related_count;
}

static void keep_fix(newslint_result *r, const nl_fix *fix, newslint_diagnostic *out) {
    newslint_edit *edits = NL_NEW_ARRAY(room(r), newslint_edit, fix->count);
    for (size_t i = 0; i < fix->count; i++) {
        nl_str text = fix->edits[i].text;
        edits[i] = (newslint_edit){fix->edits[i].span.start, fix->edits[i].span.end,
                                   keep(r, text.p ? text : NL_S(""))};
    }
    out->safety = fix->unsafe ? NEWSLINT_UNSAFE : NEWSLINT_SAFE;
    out->description = keep(r, fix->description);
    out->edits = edits;
    out->edit_count = fix->count;
}

static void keep_diag(newslint_result *r, newslint_string where, nl_source *source,
                      const nl_diag *d, newslint_diagnostic *out) {
    *out = (newslint_diagnostic){.path = where,
                                 .rule = keep_or_share(r, d->rule),
                                 .level = (newslint_level)d->level,
                                 .message = keep(r, d->message),
                                 .range = range_of(source, d->span),
                                 .field = keep(r, d->field),
                                 .help = keep_or_share(r, d->help),
                                 .url = keep_or_share(r, d->url)};
    if (d->related_count)
        keep_related(r, d, out);
    if (d->fix)
        keep_fix(r, d->fix, out);
}

static newslint_diagnostic *append(newslint_result *r, size_t count) {
    newslint_diagnostic *items = NL_NEW_ARRAY(room(r), newslint_diagnostic, r->count + count);
    if (r->count)
        memcpy(items, r->items, r->count * sizeof *items);
    newslint_diagnostic *first = items + r->count;
    r->items = items;
    r->count += count;
    return first;
}

void nl_result_add(newslint_result *r, nl_str path, nl_source *source, const nl_diags *diags) {
    if (diags->count == 0)
        return;
    newslint_diagnostic *out = append(r, diags->count);
    bool own = nl_str_eq(path, nl_str_n(r->path.data, r->path.size));
    newslint_string where = own ? r->path : keep(r, path);
    for (size_t i = 0; i < diags->count; i++)
        keep_diag(r, where, source, &diags->items[i], &out[i]);
}

void nl_result_wait(newslint_result *r, nl_source *source, const nl_diags *pending) {
    if (pending->count == 0)
        return;
    r->pending = NL_NEW_ARRAY(room(r), newslint_diagnostic, pending->count);
    r->pending_count = pending->count;
    for (size_t i = 0; i < pending->count; i++)
        keep_diag(r, r->path, source, &pending->items[i], &r->pending[i]);
}

void nl_result_tell(newslint_result *r, nl_source *source, const nl_facts *facts) {
    r->there_count = facts->there_count;
    if (facts->there_count) {
        r->there = NL_NEW_ARRAY(room(r), nl_hash, facts->there_count);
        memcpy(r->there, facts->there, facts->there_count * sizeof *facts->there);
    }
    if (facts->count == 0)
        return;
    r->told = NL_NEW_ARRAY(room(r), nl_told, facts->count);
    r->told_count = facts->count;
    for (size_t i = 0; i < facts->count; i++) {
        const nl_fact *f = &facts->items[i];
        r->told[i] = (nl_told){.rule = keep_or_share(r, f->rule),
                               .field = keep(r, f->field),
                               .help = keep_or_share(r, f->help),
                               .url = keep_or_share(r, f->url),
                               .shown = keep(r, f->shown),
                               .message = keep(r, f->message),
                               .suppressed = f->suppressed,
                               .pending = f->suppressed ? f->pending : SIZE_MAX,
                               .level = (newslint_level)f->level,
                               .key = {f->key[0], f->key[1]},
                               .range = range_of(source, f->span),
                               .wants = f->wants,
                               .anchor = f->anchor,
                               .no_anchor = keep(r, f->no_anchor)};
    }
}

void nl_result_keep_text(newslint_result *r, nl_source *source) {
    r->text = keep(r, source->bytes.p ? source->bytes : NL_S(""));
    r->line_count = nl_source_line_count(source);
    r->lines = nl_arena_alloc(room(r), r->line_count * sizeof *r->lines);
    memcpy(r->lines, source->lines, r->line_count * sizeof *r->lines);
    size_t size;
    const nl_source_mark *marks = nl_source_make_marks(source, &size);
    if (marks) {
        r->marks = nl_arena_alloc(room(r), size);
        memcpy(r->marks, marks, size);
    }
}

newslint_result *newslint_result_of_trouble(const char *path, const char *rule,
                                            const char *message) {
    return nl_result_of_trouble(path, rule, NL_ERROR, message);
}

static void say_trouble(newslint_result *r, const char *rule, nl_level level, const char *message) {
    newslint_diagnostic *d = append(r, 1);
    nl_buf b = {0};
    nl_visible(nl_str_c(message), &b);
    newslint_position start = {0, 1, 1, 1, 1, 1};
    *d = (newslint_diagnostic){.path = r->path,
                               .rule = keep(r, nl_str_c(rule)),
                               .level = (newslint_level)level,
                               .message = keep(r, nl_buf_str(&b)),
                               .range = {start, start}};
    nl_buf_free(&b);
}

newslint_result *nl_result_of_trouble(const char *path, const char *rule, nl_level level,
                                      const char *message) {
    newslint_result *r = nl_result_new(NULL, path, TROUBLE);
    if (level != NL_OFF)
        say_trouble(r, rule, level, message);
    nl_result_end(r);
    return r;
}

size_t newslint_result_count(const newslint_result *result) {
    return result->count;
}

const newslint_diagnostic *newslint_result_get(const newslint_result *result, size_t i) {
    return &result->items[i];
}

bool newslint_result_tells(const newslint_result *result) {
    return result->told_count > 0 || result->there_count > 0;
}

size_t newslint_result_memory(const newslint_result *result) {
    return nl_crated_size(&result->place) + nl_arena_size(&result->added);
}

newslint_string newslint_result_path(const newslint_result *result) {
    return result->path;
}

newslint_string newslint_result_text(const newslint_result *result) {
    return result->text;
}

newslint_position newslint_result_locate(const newslint_result *result, size_t offset) {
    nl_source source = {.bytes = {result->text.data, result->text.size},
                        .lines = result->lines,
                        .line_count = result->line_count,
                        .marks = result->marks};
    if (!result->lines)
        return (newslint_position){0, 1, 1, 1, 1, 1};
    return position(nl_source_locate(&source, offset < source.bytes.n ? offset : source.bytes.n));
}

newslint_string newslint_result_line(const newslint_result *result, size_t line) {
    if (line < 1 || line > result->line_count)
        return (newslint_string){NULL, 0};
    const char *p = result->text.data;
    size_t start = result->lines[line - 1];
    size_t end = line < result->line_count ? result->lines[line] : result->text.size;
    while (line < result->line_count && end > start && (p[end - 1] == '\n' || p[end - 1] == '\r'))
        end--;
    return (newslint_string){p + start, end - start};
}

void newslint_result_free(newslint_result *result) {
    if (!result)
        return;
    nl_arena_free(&result->added);
    nl_crated_free(&result->place);
}
