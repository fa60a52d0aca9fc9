/* See progress.h. */
#include "cli/progress.h"
#include "base/buf.h"
#include "base/file.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const double BEFORE = 0.5, BETWEEN = 0.1; /* seconds: before the first, between two */

static double seconds_since(struct timespec then) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then.tv_sec) + (double)(now.tv_nsec - then.tv_nsec) / 1e9;
}

/* Jobs may have a terminal, but nobody looks at it while they run; every CI service sets CI. */
static bool is_watched(void) {
    const char *term = getenv("TERM"), *ci = getenv("CI");
    bool in_job = ci && *ci && strcmp(ci, "false") != 0;
    return isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0 && !in_job;
}

void nl_progress_begin(nl_progress *p, bool wanted) {
    p->wanted = wanted && is_watched();
    clock_gettime(CLOCK_MONOTONIC, &p->began);
}

void nl_progress_show(nl_progress *p, size_t articles) {
    if (!p->wanted || seconds_since(p->began) < BEFORE || seconds_since(p->told) < BETWEEN)
        return;
    clock_gettime(CLOCK_MONOTONIC, &p->told);
    nl_buf line = {0};
    nl_buf_printf(&line, "\r%zu articles checked\033[K", articles);
    nl_file_write_fd(STDERR_FILENO, line.p, line.n, NULL);
    nl_buf_free(&line);
    p->shown = true;
}

void nl_progress_erase(nl_progress *p) {
    if (p->shown)
        nl_file_write_fd(STDERR_FILENO, "\r\033[K", 4, NULL);
    p->shown = false;
}

double nl_progress_seconds(const nl_progress *p) {
    return seconds_since(p->began);
}
