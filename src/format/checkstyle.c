/* The XML of Checkstyle (version 4.3 of its report): a file with its errors, `source` the rule. */
#include "format/write.h"

static void put_error(nl_report *r, const newslint_diagnostic *d) {
    static const char *const severities[] = {"ignore", "info", "warning", "error"};
    nl_buf_printf(&r->out, "    <error line=\"%zu\" column=\"%zu\" severity=\"%s\" message=\"",
                  d->range.start.line, d->range.start.column, severities[d->level]);
    nl_put_xml(nl_view(d->message), &r->out);
    nl_buf_puts(&r->out, "\" source=\"");
    nl_put_xml(nl_view(d->rule), &r->out);
    nl_buf_puts(&r->out, "\"/>\n");
}

static void begin(nl_report *r) {
    nl_buf_puts(&r->out,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n");
}

static void file(nl_report *r, const nl_report_file *f) {
    if (f->count == 0)
        return;
    nl_buf_puts(&r->out, "  <file name=\"");
    nl_put_xml(nl_view(newslint_result_path(f->result)), &r->out);
    nl_buf_puts(&r->out, "\">\n");
    for (size_t i = 0; i < f->count; i++)
        put_error(r, f->shown[i]);
    nl_buf_puts(&r->out, "  </file>\n");
}

static void end(nl_report *r, const nl_summary *summary) {
    (void)summary;
    nl_buf_puts(&r->out, "</checkstyle>\n");
}

const nl_format nl_format_checkstyle = {
    .name = "checkstyle",
    .summary = "XML as Checkstyle writes it",
    .machine = true,
    .begin = begin,
    .file = file,
    .end = end,
};
