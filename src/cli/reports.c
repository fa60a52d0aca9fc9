/* See reports.h. */
#include "cli/reports.h"
#include "base/mem.h"
#include "cli/output.h"
#include "run/above.h"
#include "run/replace.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { GATHERED_MAX = 64 * 1024 };

static const nl_format *default_format(int fd) {
    return nl_format_find(nl_str_c(isatty(fd) ? "pretty" : "text"));
}

static bool to_descriptor(const nl_report_wish *wish) {
    return !wish->file || strcmp(wish->file, "-") == 0;
}

static bool is_one_file(const char *a, const char *b) {
    nl_buf x = {0}, y = {0};
    nl_path_clean(a, &x);
    nl_path_clean(b, &y);
    bool same = nl_str_eq(nl_buf_str(&x), nl_buf_str(&y));
    nl_buf_free(&x);
    nl_buf_free(&y);
    return same;
}

/* Two reports in one place would spoil each other. */
static bool clash(const nl_options *o) {
    for (size_t i = 0; i < o->report_count; i++)
        for (size_t j = 0; j < i; j++) {
            const nl_report_wish *a = &o->reports[i], *b = &o->reports[j];
            if (to_descriptor(a) != to_descriptor(b))
                continue;
            if (to_descriptor(a))
                return nl_fail("two reports go to standard output: give one of them a file with "
                               "-o"),
                       true;
            if (is_one_file(a->file, b->file))
                return nl_fail("two reports go to one file: `-o %s`", a->file), true;
        }
    return false;
}

static void begin(nl_reports *r, const nl_report_wish *wish) {
    bool here = to_descriptor(wish);
    const nl_format *format = wish->format ? wish->format
                              : here       ? default_format(r->fd)
                                           : nl_format_find(nl_str_c("text"));
    nl_report_settings settings = {.color = (here ? nl_output_colored(r->fd, r->options->color)
                                                  : r->options->color == NL_COLOR_ALWAYS) &&
                                            !format->machine,
                                   .in_job = here && nl_output_in_job(),
                                   .columns = (nl_columns)r->options->columns,
                                   .width = here ? nl_output_width(r->fd) : 0,
                                   .root = r->in_repository ? nl_buf_c(&r->root) : NULL,
                                   .prefix = nl_buf_c(&r->prefix)};
    r->lines = r->lines || !format->machine;
    r->files[r->count] = here ? NULL : wish->file;
    nl_report_init(&r->reports[r->count++], format, &settings);
}

bool nl_reports_open(nl_reports *r, const nl_options *o, nl_guard *guard, int fd) {
    *r = (nl_reports){.options = o, .guard = guard, .fd = fd, .watched = isatty(fd)};
    if (clash(o))
        return false;
    r->in_repository = nl_above_repository(&r->root, &r->prefix);
    nl_report_wish plain = {0};
    for (size_t i = 0; i < o->report_count; i++)
        begin(r, &o->reports[i]);
    if (!o->report_count)
        begin(r, &plain);
    return true;
}

/* ---- Items ---------------------------------------------------------------------------------- */

static bool is_shown(const nl_reports *r, const newslint_diagnostic *d) {
    static const newslint_level least[] = {NEWSLINT_ERROR, NEWSLINT_WARNING, NEWSLINT_INFO};
    return d->level >= least[r->options->min_level];
}

static void tally(nl_reports *r, newslint_string rule) {
    nl_str id = nl_str_n(rule.data, rule.size);
    size_t number = nl_map_find(&r->by_rule, id);
    if (number == SIZE_MAX) {
        number = r->tally_count++;
        id.p = nl_arena_copy(&r->arena, id.p, id.n);
        r->tallies = nl_grow(r->tallies, &r->tally_cap, r->tally_count, sizeof *r->tallies);
        r->tallies[number] = (nl_tally){id, 0};
        nl_map_add(&r->by_rule, id, number);
    }
    r->tallies[number].count++;
}

/* The baseline is asked of what is hidden too, so that it is the same whatever is shown. */
static size_t gather(nl_reports *r, const newslint_result *result, nl_baseline *baseline,
                     size_t count) {
    for (size_t i = 0; result && i < newslint_result_count(result); i++) {
        const newslint_diagnostic *d = newslint_result_get(result, i);
        bool held = baseline && nl_baseline_holds(baseline, result, d);
        if (!is_shown(r, d))
            continue;
        r->summary.baselined += held;
        if (held)
            continue;
        r->shown = nl_grow(r->shown, &r->shown_cap, count + 1, sizeof *r->shown);
        r->shown[count++] = d;
        if (r->options->statistics)
            tally(r, d->rule);
    }
    return count;
}

/* The last one told is the likeliest to come again. */
static void tell_rules(nl_reports *r, const nl_site *site) {
    if (!site || !site->engine)
        return;
    for (size_t i = r->told_count; i-- > 0;)
        if (r->told[i] == site)
            return;
    r->told = nl_grow(r->told, &r->told_cap, r->told_count + 1, sizeof *r->told);
    r->told[r->told_count++] = site;
    for (size_t i = 0; i < r->count; i++)
        nl_report_rules(&r->reports[i], site->engine);
}

void nl_reports_add(nl_reports *r, const nl_run_item *item) {
    tell_rules(r, item->site);
    bool article = item->kind == NL_RUN_ARTICLE;
    nl_baseline *baseline = article && item->result ? r->baseline : NULL;
    if (baseline)
        nl_baseline_visit(baseline, item->result);
    size_t count = gather(r, item->trouble, NULL, 0);
    count = gather(r, item->result, baseline, count);
    nl_report_file file = {
        .result = item->result ? item->result : item->trouble, .shown = r->shown, .count = count};
    size_t with_findings = r->summary.files_with_findings;
    nl_summary_add(&r->summary, &file);
    if (!article) {
        r->summary.files_with_findings = with_findings;
        r->summary.in_rules += item->kind == NL_RUN_RULES ? count : 0;
    }
    r->summary.fixed += item->fixed;
    r->summary.incomplete = r->summary.incomplete || item->failed;
    if (!article && !count)
        return;
    for (size_t i = 0; i < r->count; i++)
        nl_report_add(&r->reports[i], &file);
}

static bool has_file(const nl_reports *r) {
    for (size_t i = 0; i < r->count; i++)
        if (r->files[i])
            return true;
    return false;
}

/* Once the reader is gone, what gathers for it is dropped. */
static void write_out(nl_reports *r, bool all) {
    for (size_t i = 0; i < r->count; i++) {
        nl_buf *out = &r->reports[i].out;
        if (r->files[i] || out->n == 0 || (!all && out->n < GATHERED_MAX && !r->watched))
            continue;
        nl_progress_erase(r->progress);
        if (!r->broken && !nl_output_all(r->fd, nl_buf_str(out)))
            r->broken = errno;
        nl_buf_clear(out);
    }
}

bool nl_reports_flush(nl_reports *r) {
    write_out(r, false);
    errno = r->broken;
    return !r->broken || has_file(r);
}

bool nl_reports_end(nl_reports *r) {
    nl_error error;
    for (size_t i = 0; i < r->count; i++)
        nl_report_end(&r->reports[i], &r->summary);
    nl_progress_erase(r->progress);
    for (size_t i = 0; i < r->count; i++)
        if (r->files[i] && nl_replace_report(r->guard, r->files[i], nl_buf_str(&r->reports[i].out),
                                             &error) != NL_REPLACED) {
            r->summary.incomplete = true;
            nl_fail("%s", error.text);
        }
    write_out(r, true);
    errno = r->broken;
    return !r->broken;
}

/* ---- Afterwards ----------------------------------------------------------------------------- */

static int compare_tallies(const void *a, const void *b) {
    const nl_tally *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return nl_str_cmp(x->rule, y->rule);
}

static void write_statistics(nl_reports *r, nl_buf *out) {
    if (r->tally_count)
        qsort(r->tallies, r->tally_count, sizeof *r->tallies, compare_tallies);
    for (size_t i = 0; i < r->tally_count; i++)
        nl_buf_printf(out, "%7zu  %.*s\n", r->tallies[i].count, NL_ARG(r->tallies[i].rule));
}

void nl_reports_epilogue(nl_reports *r) {
    nl_buf out = {0};
    if (r->options->statistics)
        write_statistics(r, &out);
    if (r->lines && !r->options->quiet)
        nl_summary_write(&r->summary, nl_output_colored(STDERR_FILENO, r->options->color), &out);
    nl_file_write_fd(STDERR_FILENO, out.p, out.n, NULL);
    nl_buf_free(&out);
}

int nl_reports_status(const nl_reports *r) {
    const nl_summary *s = &r->summary;
    size_t found[] = {s->errors, s->errors + s->warnings, s->errors + s->warnings + s->infos, 0};
    if (s->incomplete)
        return NL_STATUS_FAILED;
    bool warnings = r->options->max_warnings != SIZE_MAX && s->warnings > r->options->max_warnings;
    return found[r->options->fail_on] || warnings ? NL_STATUS_FOUND : NL_STATUS_OK;
}

void nl_reports_free(nl_reports *r) {
    for (size_t i = 0; i < r->count; i++)
        nl_report_free(&r->reports[i]);
    free(r->tallies);
    free(r->shown);
    free(r->told);
    nl_map_free(&r->by_rule);
    nl_buf_free(&r->root);
    nl_buf_free(&r->prefix);
    nl_arena_free(&r->arena);
}

void nl_reports_complain(const newslint_result *result) {
    nl_report report;
    nl_report_settings settings = {.in_job = nl_output_in_job()};
    size_t count = newslint_result_count(result);
    const newslint_diagnostic **shown = nl_calloc(count + 1, sizeof *shown);
    for (size_t i = 0; i < count; i++)
        shown[i] = newslint_result_get(result, i);
    nl_report_init(&report, nl_format_find(nl_str_c("text")), &settings);
    nl_report_file file = {.result = result, .shown = shown, .count = count};
    nl_report_add(&report, &file);
    nl_file_write_fd(STDERR_FILENO, report.out.p, report.out.n, NULL);
    nl_report_free(&report);
    free(shown);
}
