/*
 * JUnit XML by Jenkins's schema (junit-10.xsd): a suite per article, in it a failed case per
 * diagnostic of any level, or a passing one for a clean article. Cases are named by rule and
 * place, because readers drop the second of two cases of one name.
 */
#include "format/write.h"

static bool is_alike(const newslint_diagnostic *a, const newslint_diagnostic *b) {
    return a->range.start.line == b->range.start.line &&
           a->range.start.column == b->range.start.column &&
           nl_str_eq(nl_view(a->rule), nl_view(b->rule));
}

/* `nth`: of those with the same rule and place, from 1. */
static void put_case(nl_report *r, const newslint_diagnostic *d, size_t nth) {
    nl_buf_puts(&r->out, "    <testcase classname=\"");
    nl_put_xml(nl_view(d->path), &r->out);
    nl_buf_puts(&r->out, "\" name=\"");
    nl_put_xml(nl_view(d->rule), &r->out);
    nl_buf_printf(&r->out, " (%zu:%zu)", d->range.start.line, d->range.start.column);
    if (nth > 1)
        nl_buf_printf(&r->out, " #%zu", nth);
    nl_buf_puts(&r->out, "\" time=\"0\">\n      <failure type=\"");
    nl_put_xml(nl_view(d->rule), &r->out);
    nl_buf_puts(&r->out, "\" message=\"");
    nl_put_xml(nl_view(d->message), &r->out);
    nl_buf_puts(&r->out, "\">");
    nl_put_xml(nl_view(d->path), &r->out);
    nl_buf_printf(&r->out, ":%zu:%zu: %s: ", d->range.start.line, d->range.start.column,
                  nl_level_word(d->level));
    nl_put_xml(nl_view(d->message), &r->out);
    nl_buf_puts(&r->out, "</failure>\n    </testcase>\n");
}

static void begin(nl_report *r) {
    nl_buf_puts(&r->out,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"newslint\">\n");
}

static void file(nl_report *r, const nl_report_file *f) {
    nl_buf_puts(&r->out, "  <testsuite name=\"");
    nl_put_xml(nl_view(newslint_result_path(f->result)), &r->out);
    nl_buf_printf(&r->out,
                  "\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"0\" time=\"0\">\n",
                  f->count ? f->count : 1, f->count);
    for (size_t i = 0, nth = 1; i < f->count; i++) {
        nth = i > 0 && is_alike(f->shown[i], f->shown[i - 1]) ? nth + 1 : 1;
        put_case(r, f->shown[i], nth);
    }
    if (f->count == 0) {
        nl_buf_puts(&r->out, "    <testcase classname=\"");
        nl_put_xml(nl_view(newslint_result_path(f->result)), &r->out);
        nl_buf_puts(&r->out, "\" name=\"newslint\" time=\"0\"/>\n");
    }
    nl_buf_puts(&r->out, "  </testsuite>\n");
}

static void end(nl_report *r, const nl_summary *summary) {
    (void)summary;
    nl_buf_puts(&r->out, "</testsuites>\n");
}

const nl_format nl_format_junit = {
    .name = "junit",
    .summary = "JUnit XML, a suite per article",
    .machine = true,
    .begin = begin,
    .file = file,
    .end = end,
};
