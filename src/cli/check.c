/* `newslint check`: articles in, reports or a diff out. */
#include "base/mem.h"
#include "base/unicode.h"
#include "cli/diffview.h"
#include "cli/inputs.h"
#include "cli/output.h"
#include "cli/reports.h"
#include "cli/timing.h"
#include "text/edit.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct check {
    nl_options *o;
    nl_inputs inputs;
    nl_guard *guard;
    nl_discover *discover;
    nl_reports reports;
    nl_run_options run;
    nl_walk_options rest; /* of a site */
    nl_run_summary summary;
    nl_buf text;    /* standard input */
    nl_buf name;    /* that it goes by, as paths are shown */
    bool is_text;   /* it is checked in place of files */
    bool passed_on; /* the fixed text went to standard output */
    bool any_diff, output_failed;
    int output_errno;
    nl_timing timing;
    nl_progress progress;
} check;

/* ---- What is delivered ---------------------------------------------------------------------- */

static bool output_broke(check *c) {
    c->output_failed = true;
    c->output_errno = errno;
    return false;
}

static void show_diff(nl_str path, nl_str old_text, nl_str new_text, nl_buf *out) {
    nl_unified_diff(path, old_text, new_text, out);
}

static void show_text(nl_str path, nl_str old_text, nl_str new_text, nl_buf *out) {
    (void)path;
    (void)old_text;
    nl_buf_str_add(out, new_text);
}

static bool pass_diff(check *c, const nl_run_item *item) {
    nl_progress_erase(&c->progress);
    if (item->trouble && item->failed)
        nl_reports_complain(item->trouble);
    c->any_diff = c->any_diff || item->shown.n;
    c->reports.summary.fixed += item->fixed;
    c->reports.summary.files_with_findings += item->shown.n > 0;
    nl_buf view = {0};
    if (isatty(STDOUT_FILENO))
        nl_diff_view(nl_buf_str(&item->shown), nl_output_colored(STDOUT_FILENO, c->o->color),
                     &view);
    bool good = nl_output_all(STDOUT_FILENO, nl_buf_str(view.n ? &view : &item->shown));
    nl_buf_free(&view);
    return good || output_broke(c);
}

static bool pass_item(void *context, const nl_run_item *item) {
    check *c = context;
    if (c->o->diff)
        return pass_diff(c, item);
    if (c->is_text && c->o->fix && item->kind == NL_RUN_ARTICLE) {
        c->passed_on = true;
        if (!nl_output_all(STDOUT_FILENO, nl_buf_str(&item->shown)))
            return output_broke(c);
    }
    nl_reports_add(&c->reports, item);
    return nl_reports_flush(&c->reports) || output_broke(c);
}

static void show_progress(void *context, size_t articles) {
    check *c = context;
    nl_progress_show(&c->progress, articles);
}

/* A signal ends the run, in its own thread, while others stand still wherever they are. */
static void say_farewell(void *context, size_t fixed) {
    check *c = context;
    char line[160];
    int n = 0;
    nl_progress_erase(&c->progress);
    if (c->o->fix && !c->is_text)
        n = snprintf(line, sizeof line,
                     "newslint: stopped by a signal: %zu article%s fixed, the others are as they "
                     "were\n",
                     fixed, fixed == 1 ? " is" : "s are");
    nl_file_write_fd(STDERR_FILENO, line, (size_t)n, NULL);
}

static void end_without_memory(void *context, size_t size) {
    static const char line[] = "newslint: out of memory\n";
    (void)size;
    nl_guard_quit(context, nl_str_n(line, sizeof line - 1), NL_STATUS_FAILED);
}

static bool pass_path(void *context, const char *path, const char *why) {
    check *c = context;
    if (why) {
        nl_inputs_complain_of(path, why);
        c->inputs.failed = true;
        return true;
    }
    nl_buf line = {0};
    if (c->o->nul)
        nl_buf_puts(&line, path);
    else
        nl_visible(nl_str_c(path), &line);
    nl_buf_putc(&line, c->o->nul ? '\0' : '\n');
    bool good = c->o->nul ? nl_output_all(STDOUT_FILENO, nl_buf_str(&line))
                          : nl_output_lines(STDOUT_FILENO, nl_buf_str(&line));
    nl_buf_free(&line);
    return good || output_broke(c);
}

/* ---- Preparing ------------------------------------------------------------------------------ */

static bool is_stdin(const nl_options *o) {
    for (size_t i = 0; i < o->paths.count; i++)
        if (strcmp(o->paths.items[i], "-") == 0)
            return true;
    return o->stdin_filename && o->paths.count == 0 && !o->files_from;
}

static bool read_stdin(check *c) {
    nl_options *o = c->o;
    if (!o->stdin_filename)
        return nl_fail("`-` needs --stdin-filename PATH, which says what rules apply and what the "
                       "report calls it"),
               false;
    if (o->paths.count > 1 || o->files_from)
        return nl_fail("`-` cannot be checked together with other paths"), false;
    size_t max = o->limits.size ? o->limits.size : nl_limits_default.size;
    nl_error error;
    nl_read read = nl_file_read_fd(STDIN_FILENO, max, &c->text, &error);
    if (read == NL_READ_TOO_LARGE)
        return nl_fail("%s; --max-size sets the limit", error.text), false;
    if (read != NL_READ_OK)
        return nl_fail("%s", error.text), false;
    nl_path_clean(o->stdin_filename, &c->name);
    c->is_text = true;
    return true;
}

static bool usage(const nl_options *o) {
    if (o->unsafe_fixes && !o->fix && !o->diff)
        return nl_fail("`--unsafe-fixes` goes with --fix or --diff"), false;
    if (o->config && o->sets.count)
        return nl_fail("`--config` and `--rules` cannot both be given"), false;
    if (o->stdin_filename && !is_stdin(o))
        return nl_fail("`--stdin-filename` goes with `-` as the path"), false;
    if (o->nul && !o->files_from && !o->list_files)
        return nl_fail("`-0` goes with --files-from or --list-files"), false;
    if (o->update_baseline && !o->baseline)
        return nl_fail("`--update-baseline` goes with --baseline FILE"), false;
    if (o->diff && o->update_baseline)
        return nl_fail("`--diff` reports no findings that --update-baseline could write"), false;
    if (o->diff && o->report_count)
        return nl_fail("`--diff` prints a diff alone: it takes no --format and no -o"), false;
    return true;
}

static bool prepare(check *c) {
    nl_options *o = c->o;
    int64_t now;
    if (!usage(o) || !nl_inputs_now(o, &now))
        return false;
    if (is_stdin(o) ? !read_stdin(c) : !nl_inputs_open(&c->inputs, o))
        return false;
    c->guard = nl_guard_new();
    nl_mem_at_end((nl_mem_end){end_without_memory, c->guard});
    int fd = c->is_text && o->fix && !o->diff ? STDERR_FILENO : STDOUT_FILENO;
    if (!nl_reports_open(&c->reports, o, c->guard, fd))
        return false;
    c->reports.progress = &c->progress;
    nl_error error;
    nl_guard_farewell(c->guard, say_farewell, c);
    nl_discover_options rules = {.config = o->config,
                                 .sets = o->sets.items,
                                 .set_count = o->sets.count,
                                 .now = now,
                                 .limits = o->limits,
                                 .reference = o->parsers == NL_PARSERS_REFERENCE};
    c->discover = nl_discover_new(&rules, &error);
    if (!c->discover)
        return nl_fail("%s", error.text), false;
    if (o->baseline) {
        c->reports.baseline =
            nl_baseline_open(o->baseline, o->update_baseline, c->discover, &error);
        if (!c->reports.baseline)
            return nl_fail("%s", error.text), false;
    }
    /* A site is the same whatever part of it is looked at: --include does not narrow it. */
    c->rest = (nl_walk_options){
        .exclude = o->exclude.items, .exclude_count = o->exclude.count, .no_ignore = o->no_ignore};
    bool machine = false, texts = o->baseline;
    for (size_t i = 0; i < c->reports.count; i++) {
        machine = machine || c->reports.reports[i].format->machine;
        texts = texts || c->reports.reports[i].format->texts;
    }
    bool showing = o->diff || (o->fix && c->is_text);
    c->run = (nl_run_options){.walk = c->inputs.walk,
                              .rest = o->no_index ? NULL : &c->rest,
                              .narrowed = o->include.count > 0,
                              .discover = c->discover,
                              .guard = c->guard,
                              .fixes = showing  ? NL_RUN_SHOW
                                       : o->fix ? NL_RUN_WRITE
                                                : NL_RUN_CHECK,
                              .unsafe = o->unsafe_fixes,
                              .jobs = o->jobs == SIZE_MAX ? 0 : (unsigned)o->jobs,
                              .texts = texts,
                              .timing = o->timing ? &c->timing : NULL,
                              .clean_too = machine || o->baseline,
                              .show = o->diff ? show_diff : show_text,
                              .item = pass_item,
                              .progress = show_progress,
                              .context = c};
    if (c->is_text)
        c->run.text = (nl_run_text){nl_buf_c(&c->name), nl_str_n(nl_buf_c(&c->text), c->text.n)};
    nl_progress_begin(&c->progress, !o->quiet);
    return true;
}

/* ---- Ending --------------------------------------------------------------------------------- */

static void note_fallback(const check *c) {
    static const char note[] = "newslint: note: no newslint.yaml was found: the built-in set "
                               "`news` is used\n";
    if (c->summary.fallback && !c->o->quiet)
        nl_file_write_fd(STDERR_FILENO, note, sizeof note - 1, NULL);
}

static void write_timing(const check *c) {
    nl_buf out = {0};
    nl_timing_write(&c->timing, &out);
    nl_file_write_fd(STDERR_FILENO, out.p, out.n, NULL);
    nl_buf_free(&out);
}

static void summarize_diff(check *c) {
    size_t fixes = c->reports.summary.fixed, files = c->reports.summary.files_with_findings;
    nl_buf line = {0};
    if (files)
        nl_buf_printf(&line, "%zu fix%s would change %zu of %zu file%s.\n", fixes,
                      fixes == 1 ? "" : "es", files, c->summary.articles,
                      c->summary.articles == 1 ? "" : "s");
    else
        nl_buf_printf(&line, "Nothing to fix in %zu file%s.\n", c->summary.articles,
                      c->summary.articles == 1 ? "" : "s");
    nl_file_write_fd(STDERR_FILENO, line.p, line.n, NULL);
    nl_buf_free(&line);
}

static int end_diff(check *c) {
    nl_progress_erase(&c->progress);
    note_fallback(c);
    if (!c->o->quiet)
        summarize_diff(c);
    return c->reports.summary.incomplete ? NL_STATUS_FAILED
           : c->any_diff                 ? NL_STATUS_FOUND
                                         : NL_STATUS_OK;
}

static void end_baseline(check *c) {
    nl_baseline *baseline = c->reports.baseline;
    nl_error error;
    if (!baseline)
        return;
    if (!c->o->update_baseline) {
        c->reports.summary.baseline_gone = nl_baseline_gone(baseline, !c->is_text);
    } else if (!nl_baseline_write(baseline, c->guard, &error)) {
        c->reports.summary.incomplete = true;
        nl_fail("%s", error.text);
    }
}

static int end_reports(check *c) {
    nl_summary *s = &c->reports.summary;
    end_baseline(c);
    s->files = c->summary.articles;
    s->elapsed = isatty(STDERR_FILENO) ? nl_progress_seconds(&c->progress) : 0;
    /* An editor that pipes a text through must get it back whatever was wrong. */
    if (c->is_text && c->o->fix && !c->passed_on && !nl_output_all(STDOUT_FILENO, c->run.text.text))
        return nl_output_failed();
    if (!nl_reports_end(&c->reports))
        return nl_output_failed();
    note_fallback(c);
    nl_reports_epilogue(&c->reports);
    return nl_reports_status(&c->reports);
}

static int run_list(check *c) {
    if (c->is_text)
        pass_path(c, nl_buf_c(&c->name), NULL);
    else
        nl_run_list(&c->run, pass_path);
    if (c->output_failed) {
        errno = c->output_errno;
        return nl_output_failed();
    }
    bool nothing = c->inputs.walk && nl_inputs_complain(&c->inputs, c->o);
    return c->inputs.failed || nothing ? NL_STATUS_FAILED : NL_STATUS_OK;
}

static int run(check *c) {
    nl_run(&c->run, &c->summary);
    if (c->output_failed) {
        errno = c->output_errno;
        return nl_output_failed();
    }
    bool nothing = c->inputs.walk && nl_inputs_complain(&c->inputs, c->o);
    c->reports.summary.incomplete =
        c->reports.summary.incomplete || c->summary.failed || c->inputs.failed || nothing;
    int status = c->o->diff ? end_diff(c) : end_reports(c);
    if (c->o->timing)
        write_timing(c);
    return status;
}

static int check_run(nl_options *o) {
    check c = {.o = o};
    int status = NL_STATUS_FAILED;
    uint64_t then = nl_timing_now();
    bool ready = prepare(&c);
    nl_timing_lap(&c.timing, NL_S("start"), then);
    if (ready)
        status = o->list_files ? run_list(&c) : run(&c);
    nl_discover_free(c.discover);
    nl_baseline_free(c.reports.baseline);
    nl_reports_free(&c.reports);
    nl_mem_at_end((nl_mem_end){0});
    nl_guard_free(c.guard);
    if (c.inputs.walk)
        nl_inputs_close(&c.inputs);
    nl_buf_free(&c.text);
    nl_timing_free(&c.timing);
    nl_buf_free(&c.name);
    return status;
}

const nl_command nl_command_check = {
    .name = "check",
    .usage = "[OPTIONS] [PATH...]",
    .summary = "check files and folders (the default command; default PATH: .)",
    .about =
        "Status: 0 nothing at or above --fail-on; 1 something was; 2 the run failed in whole or\n"
        "part: bad usage, a bad rule file, a file that could not be read or written.",
    .bit = NL_FOR_CHECK,
    .run = check_run};
