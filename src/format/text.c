/*
 * `path:line:col: level: message [set/rule]`, one line each: what GCC prints, so that the stock
 * matchers of vim, Emacs, VS Code and reviewdog read it. Standard output holds nothing else.
 */
#include "base/unicode.h"
#include "format/write.h"

void nl_put_text_line(nl_report *r, const newslint_diagnostic *d, nl_buf *out) {
    nl_buf_clear(&r->scratch);
    nl_visible(nl_view(d->path), &r->scratch);
    nl_buf_putc(&r->scratch, ':');
    nl_buf_put_size(&r->scratch, d->range.start.line);
    nl_buf_putc(&r->scratch, ':');
    nl_buf_put_size(&r->scratch, nl_report_column(r, &d->range.start));
    nl_buf_puts(&r->scratch, ": ");
    nl_buf_puts(&r->scratch, nl_level_word(d->level));
    nl_buf_puts(&r->scratch, ": ");
    nl_visible(nl_view(d->message), &r->scratch);
    nl_buf_puts(&r->scratch, " [");
    nl_visible(nl_view(d->rule), &r->scratch);
    nl_buf_puts(&r->scratch, "]\n");
    nl_put_log(nl_buf_str(&r->scratch), r->settings.in_job, out);
}

static void begin(nl_report *r) {
    (void)r;
}

static void file(nl_report *r, const nl_report_file *f) {
    for (size_t i = 0; i < f->count; i++)
        nl_put_text_line(r, f->shown[i], &r->out);
}

static void end(nl_report *r, const nl_summary *summary) {
    (void)r;
    (void)summary;
}

const nl_format nl_format_text = {
    .name = "text",
    .summary = "path:line:col: level: message [rule], one line each, as compilers print it",
    .begin = begin,
    .file = file,
    .end = end,
};
