/*
 * Reviewdog Diagnostic Format (reviewdog, proto/rdf/reviewdog.proto): columns are UTF-8 bytes, ends
 * are exclusive, a fix is one suggestion. Suggestions of one diagnostic are alternatives, so edits
 * that belong together become one that spans them.
 */
#include "base/utf8.h"
#include "format/write.h"

enum { SPAN_MAX = 16 * 1024 }; /* of a suggestion, in bytes */

static void put_position(nl_json *j, const char *key, const newslint_position *p) {
    nl_json_object_at(j, key);
    nl_json_key_size(j, "line", p->line);
    nl_json_key_size(j, "column", p->byte);
    nl_json_end_object(j);
}

static void put_range(nl_json *j, const newslint_range *range) {
    nl_json_object_at(j, "range");
    put_position(j, "start", &range->start);
    put_position(j, "end", &range->end);
    nl_json_end_object(j);
}

static void put_location(nl_json *j, newslint_string path, const newslint_range *range) {
    nl_json_object_at(j, "location");
    nl_json_key(j, nl_str_c("path"));
    nl_json_string(j, nl_view(path));
    put_range(j, range);
    nl_json_end_object(j);
}

/* The edits as one replacement of all from the first to the last. */
static bool merge_edits(nl_str text, const newslint_diagnostic *d, nl_buf *out) {
    size_t at = d->edits[0].start, end = d->edits[d->edit_count - 1].end;
    if (!text.p || at > end || end > text.n || end - at > SPAN_MAX)
        return false;
    for (size_t i = 0; i < d->edit_count; i++) {
        nl_buf_str_add(out, nl_str_sub(text, at, d->edits[i].start));
        nl_buf_add(out, d->edits[i].text.data, d->edits[i].text.size);
        at = d->edits[i].end;
    }
    return nl_utf8_valid_to(out->p, out->n) == out->n;
}

static void put_suggestion(nl_json *j, const nl_report_file *f, const newslint_diagnostic *d) {
    nl_buf text = {0};
    if (nl_fix_is_text(d) && merge_edits(nl_view(newslint_result_text(f->result)), d, &text)) {
        newslint_range range = {newslint_result_locate(f->result, d->edits[0].start),
                                newslint_result_locate(f->result, d->edits[d->edit_count - 1].end)};
        nl_json_array_at(j, "suggestions");
        nl_json_begin_object(j);
        put_range(j, &range);
        nl_json_key(j, nl_str_c("text"));
        nl_json_string(j, nl_buf_str(&text));
        nl_json_end_object(j);
        nl_json_end_array(j);
    }
    nl_buf_free(&text);
}

static void put_related(nl_json *j, const newslint_diagnostic *d) {
    if (d->related_count == 0)
        return;
    nl_json_array_at(j, "relatedLocations");
    for (size_t i = 0; i < d->related_count; i++) {
        nl_json_begin_object(j);
        nl_json_pair(j, "message", nl_view(d->related[i].message));
        put_location(j, d->related[i].path, &d->related[i].range);
        nl_json_end_object(j);
    }
    nl_json_end_array(j);
}

static void put_diagnostic(nl_json *j, const nl_report_file *f, const newslint_diagnostic *d) {
    static const char *const severities[] = {"INFO", "INFO", "WARNING", "ERROR"};
    nl_json_begin_object(j);
    nl_json_key(j, nl_str_c("message"));
    nl_json_string(j, nl_view(d->message));
    put_location(j, d->path, &d->range);
    nl_json_pair(j, "severity", nl_str_c(severities[d->level]));
    nl_json_object_at(j, "code");
    nl_json_pair(j, "value", nl_view(d->rule));
    nl_json_pair(j, "url", nl_view(d->url));
    nl_json_end_object(j);
    put_suggestion(j, f, d);
    put_related(j, d);
    nl_json_end_object(j);
}

static void begin(nl_report *r) {
    nl_buf_puts(&r->out, "{\"source\":{\"name\":\"newslint\"},\"diagnostics\":[");
}

static void file(nl_report *r, const nl_report_file *f) {
    for (size_t i = 0; i < f->count; i++) {
        nl_buf_puts(&r->out, r->count++ ? ",\n" : "\n");
        put_diagnostic(&(nl_json){.out = &r->out}, f, f->shown[i]);
    }
}

static void end(nl_report *r, const nl_summary *summary) {
    (void)summary;
    nl_buf_puts(&r->out, r->count ? "\n]}\n" : "]}\n");
}

const nl_format nl_format_rdjson = {
    .name = "rdjson",
    .summary = "Reviewdog Diagnostic Format",
    .texts = true,
    .machine = true,
    .begin = begin,
    .file = file,
    .end = end,
};
