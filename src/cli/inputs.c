/* See inputs.h. */
#include "cli/inputs.h"
#include "base/time.h"
#include "base/unicode.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LIST_MAX = 1 << 30 };

static void add_path(nl_inputs *in, const char *path) {
    nl_error error;
    if (!nl_walk_add(in->walk, path, &error)) {
        nl_fail("%s", error.text);
        in->failed = true;
    }
}

/* A FIFO will do, as shells make of `<(…)`. */
static bool read_list(nl_inputs *in, const nl_options *o) {
    nl_error error = {0};
    bool here = strcmp(o->files_from, "-") == 0;
    int fd = here ? STDIN_FILENO : open(o->files_from, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && nl_file_read_fd(fd, LIST_MAX, &in->list, &error) == NL_READ_OK;
    if (!good && !here)
        nl_error_path(&error, fd < 0 ? errno : error.code, "read", o->files_from);
    if (fd >= 0 && !here)
        close(fd);
    if (!good)
        nl_fail("%s", error.text);
    return good;
}

static void add_list(nl_inputs *in, const nl_options *o) {
    char end = o->nul ? '\0' : '\n';
    nl_buf_putc(&in->list, end);
    for (size_t at = 0; at < in->list.n;) {
        char *path = in->list.p + at;
        size_t n = nl_str_find(nl_str_sub(nl_buf_str(&in->list), at, in->list.n), end);
        path[n] = '\0';
        at += n + 1;
        if (!o->nul && n && path[n - 1] == '\r')
            path[n - 1] = '\0';
        if (*path)
            add_path(in, path);
    }
}

bool nl_inputs_open(nl_inputs *in, const nl_options *o) {
    *in = (nl_inputs){0};
    nl_walk_options options = {.include = o->include.items,
                               .include_count = o->include.count,
                               .exclude = o->exclude.items,
                               .exclude_count = o->exclude.count,
                               .no_ignore = o->no_ignore,
                               .force_exclude = o->force_exclude};
    nl_error error;
    in->walk = nl_walk_new(&options, &error);
    if (!in->walk) {
        nl_fail("%s", error.text);
        return false;
    }
    if (o->files_from && !read_list(in, o)) {
        nl_inputs_close(in);
        return false;
    }
    for (size_t i = 0; i < o->paths.count; i++)
        add_path(in, o->paths.items[i]);
    if (o->files_from)
        add_list(in, o);
    in->none = o->paths.count == 0 && !o->files_from;
    if (in->none)
        add_path(in, ".");
    return true;
}

bool nl_inputs_complain(nl_inputs *in, const nl_options *o) {
    size_t count;
    const nl_walk_root *roots = nl_walk_roots(in->walk, &count);
    bool failed = false;
    for (size_t i = 0; i < count; i++) {
        if (roots[i].found || (!roots[i].folder && o->force_exclude))
            continue;
        nl_buf why = {0};
        nl_walk_explain(&roots[i], &why);
        nl_fail("%s", nl_buf_c(&why));
        nl_buf_free(&why);
        failed = true;
    }
    return failed;
}

void nl_inputs_complain_of(const char *path, const char *trouble) {
    nl_buf line = {0};
    nl_visible(nl_str_c(path), &line);
    nl_buf_puts(&line, ": ");
    nl_visible(nl_str_c(trouble), &line);
    nl_fail("%s", nl_buf_c(&line));
    nl_buf_free(&line);
}

void nl_inputs_close(nl_inputs *in) {
    nl_walk_free(in->walk);
    nl_buf_free(&in->list);
    in->walk = NULL;
}

/* reproducible-builds.org/specs/source-date-epoch: seconds in decimal. */
static bool read_epoch(const char *text, int64_t *now) {
    int64_t n = 0;
    for (const char *p = text; *p; p++) {
        if (!nl_is_digit((unsigned char)*p) || n > INT64_MAX / 100)
            return false;
        n = n * 10 + (*p - '0');
    }
    *now = n;
    return *text != '\0';
}

bool nl_inputs_now(const nl_options *o, int64_t *now) {
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    if (o->now) {
        nl_time t = nl_time_read(nl_str_c(o->now));
        if (t.fault >= NL_TIME_SPELLING || t.form == NL_TIME_LOCAL) {
            nl_buf shown = {0};
            nl_visible(nl_str_c(o->now), &shown);
            nl_fail("`--now` wants a time such as 2025-11-14T02:13:55Z, not `%s`",
                    nl_buf_c(&shown));
            nl_buf_free(&shown);
            return false;
        }
        *now = t.instant.seconds;
        return true;
    }
    if (epoch && *epoch) {
        if (read_epoch(epoch, now))
            return true;
        nl_fail("SOURCE_DATE_EPOCH is no number of seconds");
        return false;
    }
    *now = (int64_t)time(NULL);
    return true;
}
