/*
 * Workflow commands for GitHub Actions, errors first, for a step shows only ten annotations of each
 * level: errors are written at once, warnings and notices are held back to the end. In a job the
 * readable text comes too, since the place of a command does not show in the log. Escaping is that
 * of actions/toolkit, packages/core/src/command.ts.
 */
#include "base/unicode.h"
#include "format/write.h"

static void put_data(nl_str s, nl_buf *out) {
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '%' || c == '\r' || c == '\n')
            nl_buf_printf(out, "%%%02X", (unsigned)c);
        else
            nl_buf_putc(out, c);
    }
}

static void put_property(nl_str s, nl_buf *out) {
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == ':' || s.p[i] == ',')
            nl_buf_printf(out, "%%%02X", (unsigned)s.p[i]);
        else
            put_data((nl_str){s.p + i, 1}, out);
    }
}

/* A path as a property: its line ends stay what they are, other controls are made visible. */
static void put_file(nl_str path, nl_buf *out) {
    nl_buf visible = {0};
    for (size_t i = 0, end; i < path.n; i = end + 1) {
        for (end = i; end < path.n && path.p[end] != '\n' && path.p[end] != '\r';)
            end++;
        nl_visible((nl_str){path.p + i, end - i}, &visible);
        if (end < path.n)
            nl_buf_putc(&visible, path.p[end]);
    }
    put_property(nl_buf_str(&visible), out);
    nl_buf_free(&visible);
}

static void put_command(nl_report *r, const newslint_diagnostic *d, nl_buf *out) {
    const newslint_range *range = &d->range;
    nl_buf path = {0};
    nl_put_path(r, nl_view(d->path), &path);
    nl_buf_printf(out,
                  "::%s title=", d->level == NEWSLINT_INFO ? "notice" : nl_level_word(d->level));
    put_property(nl_view(d->rule), out);
    nl_buf_puts(out, ",file=");
    put_file(nl_buf_str(&path), out);
    nl_buf_printf(out, ",line=%zu,endLine=%zu", range->start.line, nl_range_last_line(range));
    if (range->start.line == range->end.line)
        nl_buf_printf(out, ",col=%zu,endColumn=%zu", range->start.column, range->end.column);
    nl_buf_clear(&r->scratch);
    nl_visible(nl_buf_str(&path), &r->scratch);
    nl_buf_printf(&r->scratch, ":%zu:%zu: ", range->start.line, range->start.column);
    nl_visible(nl_view(d->message), &r->scratch);
    nl_buf_puts(out, "::");
    put_data(nl_buf_str(&r->scratch), out);
    nl_buf_putc(out, '\n');
    nl_buf_free(&path);
}

static void begin(nl_report *r) {
    (void)r;
}

static void file(nl_report *r, const nl_report_file *f) {
    for (size_t i = 0; i < f->count; i++) {
        const newslint_diagnostic *d = f->shown[i];
        if (r->settings.in_job)
            nl_put_text_line(r, d, &r->out);
        put_command(r, d,
                    d->level == NEWSLINT_ERROR     ? &r->out
                    : d->level == NEWSLINT_WARNING ? &r->held[0]
                                                   : &r->held[1]);
    }
}

static void end(nl_report *r, const nl_summary *summary) {
    (void)summary;
    nl_buf_str_add(&r->out, nl_buf_str(&r->held[0]));
    nl_buf_str_add(&r->out, nl_buf_str(&r->held[1]));
}

const nl_format nl_format_github = {
    .name = "github",
    .summary = "workflow commands: annotations in GitHub Actions",
    .machine = true,
    .begin = begin,
    .file = file,
    .end = end,
};
