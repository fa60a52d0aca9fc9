/* write(2) of up to PIPE_BUF bytes to a pipe is all or nothing (POSIX, write()). */
#include "cli/output.h"
#include "base/unicode.h"
#include "format/write.h"
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* The longest piece of whole lines that fits, or one line that does not. */
static size_t piece(nl_str text) {
    if (text.n <= PIPE_BUF)
        return text.n;
    const char *end = memrchr(text.p, '\n', PIPE_BUF);
    return end ? (size_t)(end - text.p) + 1 : nl_str_find(text, '\n') + 1;
}

bool nl_output_all(int fd, nl_str text) {
    struct stat st;
    bool pipe = fstat(fd, &st) == 0 && (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode));
    while (text.n) {
        size_t n = pipe ? piece(text) : text.n;
        n = n < text.n ? n : text.n;
        nl_error error;
        if (!nl_file_write_fd(fd, text.p, n, &error)) {
            errno = error.code;
            return false;
        }
        text = nl_str_sub(text, n, text.n);
    }
    return true;
}

static bool is_true(const char *name) {
    const char *value = getenv(name);
    return value && (strcmp(value, "true") == 0 || strcmp(value, "True") == 0);
}

bool nl_output_in_job(void) {
    return is_true("GITHUB_ACTIONS") || is_true("TF_BUILD");
}

bool nl_output_lines(int fd, nl_str text) {
    nl_buf out = {0};
    nl_put_log(text, nl_output_in_job(), &out);
    bool good = nl_output_all(fd, nl_buf_str(&out));
    int code = errno;
    nl_buf_free(&out);
    errno = code;
    return good;
}

int nl_output_failed(void) {
    if (errno != EPIPE)
        return nl_fail("cannot write to standard output: %s", strerror(errno));
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    (void)signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    (void)raise(SIGPIPE);
    return 128 + SIGPIPE;
}

static bool is_set(const char *name) {
    const char *value = getenv(name);
    return value && *value && strcmp(value, "0") != 0;
}

bool nl_output_colored(int fd, int color) {
    if (color != NL_COLOR_AUTO)
        return color == NL_COLOR_ALWAYS;
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    if (no && *no) /* no-color.org: whatever its value */
        return false;
    if (is_set("FORCE_COLOR") || is_set("CLICOLOR_FORCE"))
        return true;
    return isatty(fd) && !(term && strcmp(term, "dumb") == 0);
}

size_t nl_output_width(int fd) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col;
}

int nl_fail(const char *format, ...) {
    nl_buf text = {0}, line = {0};
    va_list ap;
    va_start(ap, format);
    nl_buf_vprintf(&text, format, ap);
    va_end(ap);
    nl_buf_puts(&line, "newslint: ");
    nl_visible(nl_buf_str(&text), &line);
    nl_buf_putc(&line, '\n');
    nl_output_lines(STDERR_FILENO, nl_buf_str(&line));
    nl_buf_free(&text);
    nl_buf_free(&line);
    return NL_STATUS_FAILED;
}
