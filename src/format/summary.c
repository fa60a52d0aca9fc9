/* The last words of a run, for people. */
#include "format/format.h"

void nl_summary_add(nl_summary *s, const nl_report_file *file) {
    s->files++;
    s->files_with_findings += file->count > 0;
    for (size_t i = 0; i < file->count; i++) {
        const newslint_diagnostic *d = file->shown[i];
        s->errors += d->level == NEWSLINT_ERROR;
        s->warnings += d->level == NEWSLINT_WARNING;
        s->infos += d->level == NEWSLINT_INFO;
        s->fixable += d->safety == NEWSLINT_SAFE;
        s->fixable_unsafe += d->safety == NEWSLINT_UNSAFE;
    }
}

/* "3 errors": with the separator before it when something was said already. */
static void count(nl_buf *out, size_t n, const char *what, size_t *left) {
    if (n == 0)
        return;
    nl_buf_printf(out, "%zu %s%s", n, what, n == 1 ? "" : "s");
    if (--*left)
        nl_buf_puts(out, *left == 1 ? " and " : ", ");
}

static void found(const nl_summary *s, bool color, nl_buf *out) {
    const char *on = !color        ? ""
                     : s->errors   ? "\033[1;31m"
                     : s->warnings ? "\033[1;33m"
                                   : "\033[1m";
    size_t left = (s->errors > 0) + (s->warnings > 0) + (s->infos > 0);
    if (left == 0) {
        if (s->files == 0) {
            nl_buf_puts(out, "No file was checked");
            return;
        }
        nl_buf_printf(out, "%sNothing found%s", color ? "\033[1;32m" : "", color ? "\033[0m" : "");
        nl_buf_printf(out, " in %zu file%s", s->files, s->files == 1 ? "" : "s");
        return;
    }
    nl_buf_printf(out, "%sFound ", on);
    count(out, s->errors, "error", &left);
    count(out, s->warnings, "warning", &left);
    count(out, s->infos, "note", &left);
    nl_buf_puts(out, color ? "\033[0m" : "");
    if (s->in_rules)
        nl_buf_puts(out, s->files_with_findings ? " in the rules and" : " in the rules");
    if (s->files_with_findings || !s->in_rules)
        nl_buf_printf(out, " in %zu of %zu file%s", s->files_with_findings, s->files,
                      s->files == 1 ? "" : "s");
}

static void fixes(const nl_summary *s, nl_buf *out) {
    if (s->fixed)
        nl_buf_printf(out, " Fixed %zu.", s->fixed);
    if (s->fixable)
        nl_buf_printf(out, " %zu fixable with --fix", s->fixable);
    if (s->fixable && s->fixable_unsafe)
        nl_buf_printf(out, " (%zu more with --unsafe-fixes)", s->fixable_unsafe);
    else if (s->fixable_unsafe)
        nl_buf_printf(out, " %zu fixable with --fix --unsafe-fixes", s->fixable_unsafe);
    if (s->fixable || s->fixable_unsafe)
        nl_buf_putc(out, '.');
}

void nl_summary_write(const nl_summary *s, bool color, nl_buf *out) {
    found(s, color, out);
    if (s->elapsed > 0)
        nl_buf_printf(out, " (%.2fs)", s->elapsed);
    nl_buf_putc(out, '.');
    fixes(s, out);
    if (s->baselined)
        nl_buf_printf(out, " %zu held back by the baseline.", s->baselined);
    if (s->baseline_gone)
        nl_buf_printf(out, " %zu of the baseline no longer occur%s: --update-baseline drops %s.",
                      s->baseline_gone, s->baseline_gone == 1 ? "s" : "",
                      s->baseline_gone == 1 ? "it" : "them");
    if (s->incomplete)
        nl_buf_puts(out, " The run was incomplete.");
    nl_buf_putc(out, '\n');
}
