/*
 * newslint's own JSON, described by docs/newslint-report.schema.json: one document with all
 * diagnostics and the summary, one diagnostic a line. Columns are in code points.
 */
#include "format/write.h"

static void put_position(nl_json *j, const char *key, const newslint_position *p) {
    nl_json_object_at(j, key);
    nl_json_key_size(j, "offset", p->offset);
    nl_json_key_size(j, "line", p->line);
    nl_json_key_size(j, "column", p->column);
    nl_json_end_object(j);
}

static void put_related(nl_json *j, const newslint_diagnostic *d) {
    if (d->related_count == 0)
        return;
    nl_json_array_at(j, "related");
    for (size_t i = 0; i < d->related_count; i++) {
        const newslint_related *related = &d->related[i];
        nl_json_begin_object(j);
        nl_json_key(j, nl_str_c("path"));
        nl_json_string(j, nl_view(related->path));
        put_position(j, "start", &related->range.start);
        put_position(j, "end", &related->range.end);
        nl_json_pair(j, "message", nl_view(related->message));
        nl_json_end_object(j);
    }
    nl_json_end_array(j);
}

/* A fix that writes bytes that are not UTF-8 has no form in JSON and is left out. */
static void put_fix(nl_json *j, const newslint_diagnostic *d) {
    if (!nl_fix_is_text(d))
        return;
    nl_json_object_at(j, "fix");
    nl_json_key(j, nl_str_c("safety"));
    nl_json_string(j, d->safety == NEWSLINT_SAFE ? NL_S("safe") : NL_S("unsafe"));
    nl_json_pair(j, "description", nl_view(d->description));
    nl_json_array_at(j, "edits");
    for (size_t i = 0; i < d->edit_count; i++) {
        nl_json_begin_object(j);
        nl_json_key_size(j, "start", d->edits[i].start);
        nl_json_key_size(j, "end", d->edits[i].end);
        nl_json_key(j, nl_str_c("text"));
        nl_json_string(j, nl_view(d->edits[i].text));
        nl_json_end_object(j);
    }
    nl_json_end_array(j);
    nl_json_end_object(j);
}

void nl_put_json_diagnostic(nl_json *j, const newslint_diagnostic *d) {
    static const char *const levels[] = {"off", "info", "warning", "error"};
    nl_json_begin_object(j);
    nl_json_key(j, nl_str_c("path"));
    nl_json_string(j, nl_view(d->path));
    nl_json_pair(j, "rule", nl_view(d->rule));
    nl_json_pair(j, "level", nl_str_c(levels[d->level]));
    nl_json_key(j, nl_str_c("message"));
    nl_json_string(j, nl_view(d->message));
    nl_json_pair(j, "field", nl_view(d->field));
    put_position(j, "start", &d->range.start);
    put_position(j, "end", &d->range.end);
    nl_json_pair(j, "help", nl_view(d->help));
    nl_json_pair(j, "url", nl_view(d->url));
    put_related(j, d);
    put_fix(j, d);
    nl_json_end_object(j);
}

static void begin(nl_report *r) {
    nl_buf_puts(&r->out, "{\"version\":1,\"diagnostics\":[");
}

static void file(nl_report *r, const nl_report_file *f) {
    for (size_t i = 0; i < f->count; i++) {
        nl_buf_puts(&r->out, r->count++ ? ",\n" : "\n");
        nl_put_json_diagnostic(&(nl_json){.out = &r->out}, f->shown[i]);
    }
}

static void end(nl_report *r, const nl_summary *summary) {
    nl_json j = {.out = &r->out, .depth = 1}; /* in the report's object */
    nl_buf_puts(&r->out, r->count ? "\n]," : "],");
    nl_json_object_at(&j, "summary");
    nl_json_key_size(&j, "files", summary->files);
    nl_json_key_size(&j, "errors", summary->errors);
    nl_json_key_size(&j, "warnings", summary->warnings);
    nl_json_key_size(&j, "infos", summary->infos);
    nl_json_key_size(&j, "fixable", summary->fixable);
    nl_json_key_size(&j, "fixed", summary->fixed);
    nl_json_end_object(&j);
    nl_buf_puts(&r->out, "}\n");
}

const nl_format nl_format_json = {
    .name = "json",
    .summary = "one JSON document with all diagnostics and the summary",
    .machine = true,
    .begin = begin,
    .file = file,
    .end = end,
};
