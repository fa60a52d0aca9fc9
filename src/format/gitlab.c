/*
 * GitLab Code Quality: a JSON array by docs.gitlab.com, "Code Quality report format". The rule
 * stands in the description too, since check_name is not displayed.
 */
#include "format/fingerprint.h"
#include "format/write.h"

static void put_issue(nl_report *r, const newslint_diagnostic *d, nl_hash fingerprint) {
    static const char *const severities[] = {"info", "info", "minor", "major"};
    nl_json j = {.out = &r->out};
    nl_buf text = {0};
    nl_json_begin_object(&j);
    nl_buf_str_add(&text, nl_view(d->rule));
    nl_buf_puts(&text, ": ");
    nl_buf_str_add(&text, nl_view(d->message));
    nl_json_pair(&j, "description", nl_buf_str(&text));
    nl_json_pair(&j, "check_name", nl_view(d->rule));
    nl_buf_clear(&text);
    nl_buf_printf(&text, "%016llx%016llx", (unsigned long long)fingerprint.high,
                  (unsigned long long)fingerprint.low);
    nl_json_pair(&j, "fingerprint", nl_buf_str(&text));
    nl_json_pair(&j, "severity", nl_str_c(severities[d->level]));
    nl_json_object_at(&j, "location");
    nl_buf_clear(&text);
    nl_put_path(r, nl_view(d->path), &text);
    nl_json_key(&j, nl_str_c("path"));
    nl_json_string(&j, nl_buf_str(&text));
    nl_json_object_at(&j, "lines");
    nl_json_key_size(&j, "begin", d->range.start.line);
    nl_json_key_size(&j, "end", nl_range_last_line(&d->range));
    nl_json_end_object(&j);
    nl_json_end_object(&j);
    nl_json_end_object(&j);
    nl_buf_free(&text);
}

static void begin(nl_report *r) {
    nl_buf_putc(&r->out, '[');
}

static void file(nl_report *r, const nl_report_file *f) {
    nl_hash *fingerprints = f->count ? nl_fingerprints(r, f, &r->temp) : NULL;
    for (size_t i = 0; i < f->count; i++) {
        nl_buf_puts(&r->out, r->count++ ? ",\n" : "\n");
        put_issue(r, f->shown[i], fingerprints[i]);
    }
    nl_arena_reset(&r->temp);
}

static void end(nl_report *r, const nl_summary *summary) {
    (void)summary;
    nl_buf_puts(&r->out, r->count ? "\n]\n" : "]\n");
}

const nl_format nl_format_gitlab = {
    .name = "gitlab",
    .summary = "Code Quality report of GitLab",
    .texts = true,
    .machine = true,
    .begin = begin,
    .file = file,
    .end = end,
};
