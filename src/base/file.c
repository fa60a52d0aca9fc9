/*
 * Files and descriptors by system calls: open, two reads and close are all that a small file
 * costs that is known to be an ordinary one; else there is fstat, and one read of what that tells.
 */
#include "base/file.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    READ_STEP = 64 * 1024,
    PATH_SHOWN = 384, /* bytes of a path in an error, so that the cause stays in sight */
};

void nl_error_set(nl_error *e, int code, const char *format, ...) {
    if (!e)
        return;
    va_list ap;
    va_start(ap, format);
    int n = vsnprintf(e->text, sizeof e->text, format, ap);
    va_end(ap);
    e->code = code;
    if (n < (int)sizeof e->text)
        return;
    size_t end = sizeof e->text - 1;
    for (size_t back = 1; back <= 3; back++) /* the character that was cut in two */
        if (nl_utf8_valid_to(e->text + end - back, back) == 0 &&
            ((unsigned char)e->text[end - back] & 0xC0) == 0xC0)
            e->text[end - back] = 0;
}

void nl_path_show(const char *path, nl_buf *out) {
    nl_buf visible = {0};
    nl_visible(nl_str_c(path), &visible);
    nl_str s = nl_buf_str(&visible);
    nl_buf_putc(out, '`');
    if (s.n > PATH_SHOWN) {
        size_t at = s.n - PATH_SHOWN;
        while (nl_utf8_goes_on(s, at))
            at++;
        nl_buf_puts(out, "…");
        s = nl_str_sub(s, at, s.n);
    }
    nl_buf_str_add(out, s);
    nl_buf_putc(out, '`');
    nl_buf_free(&visible);
}

void nl_error_path(nl_error *e, int code, const char *verb, const char *path) {
    nl_buf shown = {0};
    nl_path_show(path, &shown);
    nl_error_set(e, code, "cannot %s %s: %s", verb, nl_buf_c(&shown), strerror(code));
    nl_buf_free(&shown);
}

static void error_is(nl_error *e, int code, const char *path, const char *what) {
    nl_buf shown = {0};
    nl_path_show(path, &shown);
    nl_error_set(e, code, "%s is %s", nl_buf_c(&shown), what);
    nl_buf_free(&shown);
}

nl_file_id nl_file_id_of(const struct stat *st) {
    return (nl_file_id){.device = st->st_dev,
                        .inode = st->st_ino,
                        .size = st->st_size,
                        .modified = st->st_mtim,
                        .changed = st->st_ctim};
}

static bool same_time(struct timespec a, struct timespec b) {
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

bool nl_file_id_eq(const nl_file_id *a, const nl_file_id *b) {
    return a->device == b->device && a->inode == b->inode && a->size == b->size &&
           same_time(a->modified, b->modified) && same_time(a->changed, b->changed);
}

static const char *special_name(mode_t mode) {
    if (S_ISDIR(mode))
        return "a folder, not a file";
    if (S_ISFIFO(mode))
        return "a FIFO, not a file";
    if (S_ISSOCK(mode))
        return "a socket, not a file";
    return "a device, not a file";
}

/* One read of at most n bytes that comes back with some, the end (0) or an errno (-1). */
static ssize_t read_some(int fd, char *p, size_t n) {
    for (;;) {
        ssize_t got = read(fd, p, n);
        if (got >= 0 || (errno != EINTR && errno != EAGAIN))
            return got;
        if (errno == EAGAIN)
            poll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1, -1);
    }
}

/* Appends up to the end. What was read so far begins at `start`; `size` is what the file is said to
 * hold, 0 where that is unknown. */
static nl_read read_all(int fd, size_t size, size_t max, nl_buf *out, size_t start) {
    for (;;) {
        size_t done = out->n - start;
        if (done > max) {
            out->n = start;
            return NL_READ_TOO_LARGE;
        }
        size_t want = done < size ? size - done + 1 : READ_STEP;
        if (want > max - done)
            want = max - done + 1; /* one more than allowed, to see whether there is more */
        nl_buf_reserve(out, want);
        ssize_t got = read_some(fd, out->p + out->n, want);
        if (got < 0) {
            out->n = start;
            return NL_READ_FAILED;
        }
        out->n += (size_t)got;
        if (got == 0 || (done + (size_t)got == size && (size_t)got < want))
            return NL_READ_OK;
    }
}

/* Goes on behind what was read so far, which begins at `start`. */
static nl_read read_open(int fd, const char *path, size_t max, nl_buf *out, size_t start,
                         nl_file_id *id, nl_error *error) {
    struct stat st;
    if (fstat(fd, &st) != 0) {
        out->n = start;
        nl_error_path(error, errno, "read", path);
        return NL_READ_FAILED;
    }
    if (!S_ISREG(st.st_mode)) {
        out->n = start;
        error_is(error, S_ISDIR(st.st_mode) ? EISDIR : EINVAL, path, special_name(st.st_mode));
        return NL_READ_SPECIAL;
    }
    if (id)
        *id = nl_file_id_of(&st);
    uintmax_t size = st.st_size > 0 ? (uintmax_t)st.st_size : 0;
    nl_read result = NL_READ_TOO_LARGE;
    if (size > max)
        out->n = start;
    else
        result = read_all(fd, (size_t)size, max, out, start);
    if (result == NL_READ_FAILED)
        nl_error_path(error, errno, "read", path);
    if (result == NL_READ_TOO_LARGE) {
        char what[64];
        snprintf(what, sizeof what, "larger than %zu bytes", max);
        error_is(error, EFBIG, path, what);
    }
    return result;
}

/* Reads a small file up to the read that says that it is over: what is not ordinary has no such
 * end, or nothing before it. False where it needs a closer look. */
static bool read_small(int fd, nl_buf *out) {
    size_t left = READ_STEP;
    ssize_t got = 1;
    nl_buf_reserve(out, READ_STEP);
    for (; left > 0 && (got = read(fd, out->p + out->n, left)) > 0; left -= (size_t)got)
        out->n += (size_t)got;
    return got == 0 && left < READ_STEP;
}

bool nl_file_is_missing(const char *path) {
    struct stat st;
    return stat(path, &st) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

/* Offset behind the last slash. */
static size_t name_start(nl_str path) {
    const char *slash = path.n ? memrchr(path.p, '/', path.n) : NULL;
    return slash ? (size_t)(slash - path.p) + 1 : 0;
}

/* Enters the path's folder. Its descriptor, or -1 where the whole path is to be opened: at its
 * first file, for there may be no other, where there is no folder in the path, and where it cannot
 * be opened. */
static int enter_folder(nl_folder *f, const char *path) {
    nl_str folder = nl_str_n(path, name_start(nl_str_c(path)));
    if (!nl_str_eq(folder, nl_buf_str(&f->path))) {
        nl_folder_leave(f);
        nl_buf_str_add(&f->path, folder);
    } else if (f->fd < 0 && folder.n) {
        f->fd = open(nl_buf_c(&f->path), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK);
    }
    return f->fd;
}

void nl_folder_leave(nl_folder *f) {
    if (f->fd >= 0)
        close(f->fd);
    f->fd = -1;
    nl_buf_free(&f->path);
}

/* A descriptor, or -1 and what is wrong. */
static int open_file(nl_folder *near, const char *path, nl_read *result, nl_error *error) {
    static const int flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY;
    int fd, folder = near ? enter_folder(near, path) : -1;
    do {
        fd = folder < 0 ? open(path, flags) : openat(folder, path + near->path.n, flags);
    } while (fd < 0 && errno == EINTR);
    if (fd >= 0)
        return fd;
    int code = errno;
    *result = code == ENXIO ? NL_READ_SPECIAL : NL_READ_FAILED;
    if (code == ENXIO) /* what open() says of a socket */
        error_is(error, code, path, "a socket or device, not a file");
    else
        nl_error_path(error, code, "read", path);
    return -1;
}

nl_read nl_file_read(const char *path, size_t max, nl_buf *out, nl_file_id *id, nl_error *error) {
    nl_read result;
    int fd = open_file(NULL, path, &result, error);
    if (fd < 0)
        return result;
    result = read_open(fd, path, max, out, out->n, id, error);
    close(fd);
    return result;
}

static nl_read read_listed(int fd, const char *path, size_t max, nl_buf *out, nl_error *error) {
    size_t start = out->n;
    if (read_small(fd, out) && out->n - start <= max)
        return NL_READ_OK;
    return read_open(fd, path, max, out, start, NULL, error);
}

nl_read nl_file_read_listed(nl_folder *near, int fd, const char *path, size_t max, nl_buf *out,
                            nl_error *error) {
    nl_read result;
    if (fd >= 0)
        return read_listed(fd, path, max, out, error);
    fd = open_file(near, path, &result, error);
    if (fd < 0)
        return result;
    result = read_listed(fd, path, max, out, error);
    close(fd);
    return result;
}

int nl_file_open_listed(nl_folder *near, const char *path) {
    nl_read result;
    return open_file(near, path, &result, NULL);
}

static const char *fd_name(int fd, char number[static 32]) {
    static const char *const names[] = {"standard input", "standard output", "standard error"};
    if (fd >= 0 && fd < 3)
        return names[fd];
    snprintf(number, 32, "descriptor %d", fd);
    return number;
}

nl_read nl_file_read_fd(int fd, size_t max, nl_buf *out, nl_error *error) {
    char number[32];
    nl_read result = read_all(fd, 0, max, out, out->n);
    if (result == NL_READ_FAILED)
        nl_error_set(error, errno, "cannot read %s: %s", fd_name(fd, number), strerror(errno));
    if (result == NL_READ_TOO_LARGE)
        nl_error_set(error, EFBIG, "%s is larger than %zu bytes", fd_name(fd, number), max);
    return result;
}

bool nl_file_write_fd(int fd, const char *p, size_t n, nl_error *error) {
    while (n > 0) {
        ssize_t put = write(fd, p, n);
        if (put >= 0) {
            p += put;
            n -= (size_t)put;
        } else if (errno == EAGAIN) {
            poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, -1);
        } else if (errno != EINTR) {
            char number[32];
            nl_error_set(error, errno, "cannot write %s: %s", fd_name(fd, number), strerror(errno));
            return false;
        }
    }
    return true;
}

void nl_path_clean(const char *path, nl_buf *out) {
    nl_str rest = nl_str_c(path);
    size_t start = out->n;
    if (rest.n && rest.p[0] == '/')
        nl_buf_putc(out, '/');
    size_t root = out->n;
    while (rest.n > 0) {
        size_t end = nl_str_find(rest, '/');
        nl_str part = nl_str_sub(rest, 0, end);
        rest = nl_str_sub(rest, end + 1, rest.n);
        if (part.n == 0 || nl_str_is(part, "."))
            continue;
        if (out->n > root)
            nl_buf_putc(out, '/');
        nl_buf_str_add(out, part);
    }
    if (out->n == start && path[0])
        nl_buf_putc(out, '.');
}

nl_str nl_path_dir(nl_str path) {
    size_t at = name_start(path);
    return nl_str_sub(path, 0, at > 1 ? at - 1 : at);
}

nl_str nl_path_name(nl_str path) {
    return nl_str_sub(path, name_start(path), path.n);
}

void nl_path_join(nl_str base, nl_str name, nl_buf *out) {
    if (base.n > 0 && !nl_str_starts(name, NL_S("/"))) {
        nl_buf_str_add(out, base);
        if (base.p[base.n - 1] != '/')
            nl_buf_putc(out, '/');
    }
    nl_buf_str_add(out, name);
}
