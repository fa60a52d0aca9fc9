/* See temporary.h. */
#include "run/temporary.h"
#include "base/utf8.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARK ".newslint-"
enum { RANDOM = 6, TRIES = 100 };

/* NAME is cut at a character's border where it would be too long. */
static void choose_name(nl_temporary *t, const char *of) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    unsigned char random[RANDOM];
    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
        for (size_t i = 0; i < sizeof random; i++)
            random[i] = (unsigned char)((uintptr_t)t >> (i * 5)) ^ (unsigned char)getpid();
    size_t most = NAME_MAX - 1 - strlen(MARK) - RANDOM;
    nl_str name = nl_str_c(of);
    name = nl_str_sub(name, 0, nl_utf8_start(name, most));
    for (size_t i = 0; i < sizeof random; i++)
        random[i] = (unsigned char)letters[random[i] % (sizeof letters - 1)];
    snprintf(t->name, sizeof t->name, ".%.*s%s%.*s", NL_ARG(name), MARK, RANDOM,
             (const char *)random);
}

/* Is the locked file still the one of that name? Another run may have taken it for a leftover
 * before it was locked. */
static bool still_named(int folder, const char *name, int fd) {
    struct stat by_name, by_fd;
    return fstatat(folder, name, &by_name, AT_SYMLINK_NOFOLLOW) == 0 && fstat(fd, &by_fd) == 0 &&
           by_name.st_dev == by_fd.st_dev && by_name.st_ino == by_fd.st_ino;
}

/* Shared, so that it can pass from one descriptor to the next; who removes leftovers wants it
 * alone. Where the file system has no locks nobody removes anything. */
static bool lock(int fd) {
    int result;
    do
        result = flock(fd, LOCK_SH);
    while (result != 0 && errno == EINTR);
    return result == 0 || errno == ENOLCK || errno == ENOTSUP || errno == ENOSYS || errno == EINVAL;
}

void nl_temporary_close(nl_temporary *t) {
    if (t->fd >= 0)
        close(t->fd);
    t->fd = -1;
}

bool nl_temporary_remove(nl_temporary *t) {
    bool gone = unlinkat(t->folder, t->name, 0) == 0 || errno == ENOENT;
    nl_guard_drop(t->guard, &t->known);
    return gone;
}

static void discard(nl_temporary *t) {
    int code = errno;
    nl_guard_enter(t->guard);
    nl_temporary_remove(t);
    nl_guard_leave(t->guard);
    nl_temporary_close(t);
    errno = code;
}

/* False with errno 0 if another run took the file for a leftover before it was locked. */
static bool take_lock(nl_temporary *t) {
    if (!lock(t->fd))
        return false;
    errno = 0;
    if (still_named(t->folder, t->name, t->fd))
        return true;
    if (errno == ENOENT)
        errno = 0;
    return false;
}

bool nl_temporary_make(nl_temporary *t, nl_guard *guard, int folder, const char *name) {
    *t = (nl_temporary){.guard = guard, .folder = folder, .fd = -1};
    t->known = (nl_guard_file){.folder = folder, .name = t->name};
    for (int i = 0; i < TRIES; i++) {
        choose_name(t, name);
        nl_guard_enter(guard);
        t->fd = openat(folder, t->name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (t->fd >= 0)
            nl_guard_add(guard, &t->known);
        nl_guard_leave(guard);
        if (t->fd < 0 && errno != EEXIST && errno != EINTR)
            return false;
        if (t->fd < 0)
            continue;
        if (take_lock(t))
            return true;
        discard(t);
        if (errno)
            return false;
    }
    errno = EEXIST;
    return false;
}

bool nl_temporary_finish(nl_temporary *t) {
    int writing = t->fd, result;
    do
        result = fsync(writing);
    while (result != 0 && errno == EINTR);
    if (result != 0)
        return false;
    t->fd = openat(t->folder, t->name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (t->fd < 0 || !lock(t->fd)) {
        int code = errno;
        close(writing);
        errno = code;
        return false;
    }
    return close(writing) == 0 || errno == EINTR; /* Linux: it is closed all the same */
}

/* ---- Leftovers ------------------------------------------------------------------------------ */

static bool is_temporary(const char *name) {
    size_t n = strlen(name), tail = strlen(MARK) + RANDOM;
    if (name[0] != '.' || n <= tail + 1 || strncmp(name + n - tail, MARK, strlen(MARK)) != 0)
        return false;
    for (const char *p = name + n - RANDOM; *p; p++)
        if (!nl_is_alnum((unsigned char)*p))
            return false;
    return true;
}

static void clean_one(int folder, const char *name) {
    struct stat st;
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && flock(fd, LOCK_EX | LOCK_NB) == 0 &&
        still_named(folder, name, fd))
        unlinkat(folder, name, 0);
    close(fd);
}

void nl_temporary_clean(const char *folder) {
    DIR *dir = opendir(*folder ? folder : ".");
    if (!dir)
        return;
    for (struct dirent *d; (d = readdir(dir));)
        if (is_temporary(d->d_name))
            clean_one(dirfd(dir), d->d_name);
    closedir(dir);
}
