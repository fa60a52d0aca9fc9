/*
 * Reading articles. Small ones are opened, read and closed some at once, one call after the other
 * for all of them, and only then checked: what the processor has just run, of the system as of the
 * checks, it runs faster once more. What may be written is read just before it is checked.
 */
#include "run/task.h"
#include <sys/resource.h>
#include <unistd.h>

enum { AHEAD = 16, AHEAD_BYTES = 128 * 1024 }; /* articles that are read before they are checked */

size_t nl_task_ahead(unsigned workers) {
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        return AHEAD;
    rlim_t each = files.rlim_cur / 2 / workers;
    return each >= AHEAD ? AHEAD : each ? (size_t)each : 1;
}

void nl_task_say(nl_task *t, const char *rule, const char *message) {
    newslint_article article = {.path = t->path, .rule_path = t->rule_path};
    t->item.trouble = newslint_trouble(t->item.site->engine, &article, rule, message);
    t->item.failed = true;
}

static bool may_write(const nl_run_state *r) {
    return r->options->fixes == NL_RUN_WRITE;
}

/* Appends to the worker's text. */
static bool read_article(const nl_run_state *r, nl_run_worker *w, nl_task *t) {
    size_t max = newslint_engine_limits(t->item.site->engine).size;
    nl_error error;
    w->path = t->path;
    t->start = w->text.n;
    nl_read read = may_write(r)
                       ? nl_file_read(t->path, max, &w->text, &w->id, &error)
                       : nl_file_read_listed(&w->folder, t->fd, t->path, max, &w->text, &error);
    t->size = w->text.n - t->start;
    t->unread = read != NL_READ_OK;
    w->reads++;
    switch (read) {
    case NL_READ_OK:
        return true;
    case NL_READ_TOO_LARGE: /* a finding, as any other: the run did what it promised */
        t->item.trouble = newslint_lint(
            t->item.site->engine, w->lint,
            &(newslint_article){.path = t->path, .rule_path = t->rule_path, .size = max + 1});
        return false;
    case NL_READ_FAILED:
    case NL_READ_SPECIAL:
        nl_task_say(t, "newslint/unreadable", error.text);
    }
    return false;
}

bool nl_task_read(const nl_run_state *r, nl_run_worker *w, nl_task *t) {
    uint64_t then = nl_task_clock(r);
    nl_buf_clear(&w->text);
    bool good = read_article(r, w, t);
    w->reading += nl_task_clock(r) - then;
    return good;
}

newslint_article nl_task_article(const nl_run_worker *w, const nl_task *t) {
    return (newslint_article){.path = t->path,
                              .rule_path = t->rule_path,
                              .data = w->text.n ? w->text.p + t->start : "",
                              .size = t->size};
}

static bool is_file(const nl_run_state *r, const nl_task *t) {
    return t->item.kind == NL_RUN_ARTICLE && !r->options->text.path;
}

/* What cannot be opened now is tried again when it is read. */
static void open_ahead(const nl_run_state *r, nl_run_worker *w, nl_batch *b, nl_ahead *ahead) {
    for (; ahead->opened < b->count && ahead->opened < ahead->read + r->ahead; ahead->opened++) {
        nl_task *t = &b->tasks[ahead->opened];
        if (is_file(r, t))
            t->fd = nl_file_open_listed(&w->folder, t->path);
    }
}

static void close_read(nl_batch *b, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (b->tasks[i].fd >= 0)
            close(b->tasks[i].fd);
}

void nl_task_read_ahead(const nl_run_state *r, nl_run_worker *w, nl_batch *b, nl_ahead *ahead) {
    uint64_t then = nl_task_clock(r);
    size_t from = ahead->read, most = may_write(r) ? 1 : r->ahead;
    nl_buf_clear(&w->text);
    if (!may_write(r))
        open_ahead(r, w, b, ahead);
    for (; ahead->read < b->count && ahead->read - from < most && w->text.n < AHEAD_BYTES;
         ahead->read++)
        if (is_file(r, &b->tasks[ahead->read]))
            read_article(r, w, &b->tasks[ahead->read]);
    close_read(b, from, ahead->read);
    w->reading += nl_task_clock(r) - then;
}
