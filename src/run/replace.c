/*
 * The last look and the renaming are not one step for the kernel. So where it can
 * (renameat2(2)), old and new are exchanged first, and what came out is compared with what was
 * read: an editor's save in between is seen and put back.
 */
#include "run/replace.h"
#include "base/mem.h"
#include "base/unicode.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define MARK ".newslint-"
enum { RANDOM = 6, TRIES = 100 };

/* One replacement under way. */
typedef struct work {
    nl_guard *guard;
    const char *path; /* as shown */
    char *real;       /* of the target */
    char *name;       /* its last component */
    int folder, fd;
    char temporary[NAME_MAX + 1];
    nl_error *error;
} work;

static bool trouble(work *w, const char *what) {
    int code = errno;
    nl_buf shown = {0};
    nl_visible(nl_str_c(w->path), &shown);
    nl_error_set(w->error, code, "cannot write `%s`: %s: %s", nl_buf_c(&shown), what,
                 strerror(code));
    nl_buf_free(&shown);
    return false;
}

static bool changed(work *w) {
    nl_buf shown = {0};
    nl_visible(nl_str_c(w->path), &shown);
    nl_error_set(w->error, EBUSY, "`%s` was left alone: it has changed since it was read",
                 nl_buf_c(&shown));
    nl_buf_free(&shown);
    return false;
}

/* ---- The temporary file --------------------------------------------------------------------- */

/* `.NAME.newslint-XXXXXX`, NAME cut at a character's border where it would be too long. */
static void name_temporary(work *w) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    unsigned char random[RANDOM];
    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
        for (size_t i = 0; i < sizeof random; i++)
            random[i] = (unsigned char)((uintptr_t)w >> (i * 5)) ^ (unsigned char)getpid();
    size_t n = strlen(w->name), most = NAME_MAX - 1 - strlen(MARK) - RANDOM;
    if (n > most)
        for (n = most; n > 0 && ((unsigned char)w->name[n] & 0xC0) == 0x80;)
            n--;
    for (size_t i = 0; i < sizeof random; i++)
        random[i] = (unsigned char)letters[random[i] % (sizeof letters - 1)];
    snprintf(w->temporary, sizeof w->temporary, ".%.*s%s%.*s", (int)n, w->name, MARK, RANDOM,
             (const char *)random);
}

static bool same_file(const struct stat *a, const struct stat *b) {
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Is the locked file still the one of that name? Another run may have taken it for a leftover
 * before it was locked. */
static bool still_named(int folder, const char *name, int fd) {
    struct stat by_name, by_fd;
    return fstatat(folder, name, &by_name, AT_SYMLINK_NOFOLLOW) == 0 && fstat(fd, &by_fd) == 0 &&
           same_file(&by_name, &by_fd);
}

static void discard(work *w) {
    nl_guard_enter(w->guard);
    unlinkat(w->folder, w->temporary, 0);
    nl_guard_drop(w->guard, w->folder, w->temporary);
    nl_guard_leave(w->guard);
}

static bool make_temporary(work *w) {
    for (int i = 0; i < TRIES; i++) {
        name_temporary(w);
        nl_guard_enter(w->guard);
        w->fd = openat(w->folder, w->temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                       0600);
        int code = errno;
        if (w->fd >= 0)
            nl_guard_add(w->guard, w->folder, w->temporary);
        nl_guard_leave(w->guard);
        errno = code;
        if (w->fd < 0 && errno == EEXIST)
            continue;
        if (w->fd < 0)
            return trouble(w, "cannot make a temporary file in its folder");
        if (flock(w->fd, LOCK_EX) == 0 && still_named(w->folder, w->temporary, w->fd))
            return true;
        discard(w);
        close(w->fd);
        w->fd = -1;
    }
    errno = EEXIST;
    return trouble(w, "cannot make a temporary file in its folder");
}

/* ---- What the file was ---------------------------------------------------------------------- */

/* Those that users set, and access control lists; the kernel's own are not ours to copy. */
static void copy_attributes(int from, int to) {
    char names[8192], value[8192];
    ssize_t all = flistxattr(from, names, sizeof names);
    for (ssize_t at = 0; at < all; at += (ssize_t)strlen(names + at) + 1) {
        const char *name = names + at;
        if (strncmp(name, "user.", 5) != 0 && strcmp(name, "system.posix_acl_access") != 0)
            continue;
        ssize_t n = fgetxattr(from, name, value, sizeof value);
        if (n >= 0)
            fsetxattr(to, name, value, (size_t)n, 0);
    }
}

static bool keep_owner_and_mode(work *w, const struct stat *was) {
    struct stat is;
    if (fstat(w->fd, &is) != 0)
        return trouble(w, "cannot look at the temporary file");
    if ((is.st_uid != was->st_uid || is.st_gid != was->st_gid) &&
        fchown(w->fd, was->st_uid, was->st_gid) != 0)
        return trouble(w, "cannot keep its owner");
    if (fchmod(w->fd, was->st_mode & 07777) != 0)
        return trouble(w, "cannot keep its mode");
    return true;
}

static bool is_id(const struct stat *st, const nl_file_id *id) {
    return st->st_dev == id->device && st->st_ino == id->inode && st->st_size == id->size &&
           st->st_mtim.tv_sec == id->modified.tv_sec && st->st_mtim.tv_nsec == id->modified.tv_nsec;
}

/* Does the file of that name hold these very bytes, and is it the one that was read? The change
 * time is not asked: renaming sets it. */
static bool is_unchanged(int folder, const char *name, const nl_file_id *id, nl_str old) {
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat st;
    if (fd < 0)
        return false;
    bool same = fstat(fd, &st) == 0 && is_id(&st, id);
    nl_buf now = {0};
    nl_error error;
    same = same && nl_file_read_fd(fd, old.n + 1, &now, &error) == NL_READ_OK &&
           nl_str_eq(nl_buf_str(&now), old);
    nl_buf_free(&now);
    close(fd);
    return same;
}

/* Has somebody else put the very same text there: another run, or this one by another name of the
 * file? Then all is as it should be. */
static bool is_done(work *w, nl_str text) {
    nl_buf now = {0};
    nl_error error;
    int fd = openat(w->folder, w->name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    bool same = fd >= 0 && nl_file_read_fd(fd, text.n + 1, &now, &error) == NL_READ_OK &&
                nl_str_eq(nl_buf_str(&now), text);
    nl_buf_free(&now);
    if (fd >= 0)
        close(fd);
    return same;
}

/* ---- Putting it in place -------------------------------------------------------------------- */

static bool exchange(work *w) {
    return renameat2(w->folder, w->temporary, w->folder, w->name, RENAME_EXCHANGE) == 0;
}

/* Inside the guard. */
static bool put_in_place(work *w, const nl_file_id *id, nl_str old) {
    if (!is_unchanged(w->folder, w->name, id, old))
        return changed(w);
    if (!exchange(w)) {
        if (errno == ENOENT)
            return changed(w);
        if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP)
            return trouble(w, "cannot put the new text in its place");
        if (renameat(w->folder, w->temporary, w->folder, w->name) != 0)
            return trouble(w, "cannot put the new text in its place");
        return true;
    }
    if (!is_unchanged(w->folder, w->temporary, id, old)) {
        exchange(w);
        return changed(w);
    }
    unlinkat(w->folder, w->temporary, 0);
    return true;
}

static bool sync_folder(work *w) {
    if (fsync(w->folder) == 0 || errno == EINVAL || errno == ENOTSUP)
        return true;
    return trouble(w, "the new text is in place, but cannot be made to last");
}

static bool fill(work *w, nl_str text) {
    nl_error error;
    if (!nl_file_write_fd(w->fd, text.p, text.n, &error)) {
        errno = error.code;
        return trouble(w, "cannot write the temporary file");
    }
    return true;
}

static bool flush(work *w) {
    if (fsync(w->fd) != 0)
        return trouble(w, "cannot make the temporary file last");
    return true;
}

static bool open_folder(work *w) {
    char *slash = strrchr(w->real, '/');
    w->name = slash + 1;
    char first = slash[1];
    slash[1] = '\0'; /* "/dir/", for a moment */
    w->folder = open(w->real, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    slash[1] = first;
    return w->folder >= 0 ? true : trouble(w, "cannot open its folder");
}

static void close_all(work *w) {
    if (w->fd >= 0)
        close(w->fd);
    if (w->folder >= 0)
        close(w->folder);
    free(w->real);
}

static bool prepare_article(work *w, const nl_file_id *id, nl_str text) {
    int old = openat(w->folder, w->name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat was;
    if (old < 0)
        return trouble(w, "cannot open it");
    bool good = fstat(old, &was) == 0 || trouble(w, "cannot look at it");
    good = good && (is_id(&was, id) || changed(w));
    good = good && (faccessat(w->folder, w->name, W_OK, AT_EACCESS) == 0 ||
                    trouble(w, "it may not be written"));
    good = good && fill(w, text) && keep_owner_and_mode(w, &was);
    if (good)
        copy_attributes(old, w->fd);
    close(old);
    return good && flush(w);
}

bool nl_replace_article(nl_guard *guard, const char *path, const nl_file_id *id, nl_str old,
                        nl_str text, nl_error *error) {
    work w = {.guard = guard, .path = path, .folder = -1, .fd = -1, .error = error};
    w.real = realpath(path, NULL);
    if (!w.real)
        return trouble(&w, "it is gone");
    bool good = open_folder(&w) && make_temporary(&w);
    if (good) {
        good = prepare_article(&w, id, text);
        nl_guard_enter(guard);
        good = good && put_in_place(&w, id, old);
        if (!good)
            unlinkat(w.folder, w.temporary, 0);
        nl_guard_drop(guard, w.folder, w.temporary);
        nl_guard_leave(guard);
        good = good ? sync_folder(&w) : is_done(&w, text);
    }
    close_all(&w);
    return good;
}

/* ---- Reports -------------------------------------------------------------------------------- */

/* The real path of a file that need not exist; NULL with errno set if its folder does not. */
static char *real_of_new(const char *path) {
    char *real = realpath(path, NULL);
    if (real || errno != ENOENT)
        return real;
    nl_str whole = nl_str_c(path), name = nl_path_name(whole);
    if (name.n == 0)
        return NULL;
    nl_buf folder = {0}, out = {0};
    nl_buf_str_add(&folder, nl_str_sub(whole, 0, whole.n - name.n));
    char *real_folder = realpath(folder.n ? nl_buf_c(&folder) : ".", NULL);
    if (real_folder) {
        nl_buf_printf(&out, "%s/", strcmp(real_folder, "/") ? real_folder : "");
        nl_buf_str_add(&out, name);
        nl_buf_putc(&out, '\0');
    }
    free(real_folder);
    nl_buf_free(&folder);
    return out.p;
}

/* A FIFO, socket or device is written to as it is. */
static bool write_through(work *w, nl_str text) {
    w->fd = open(w->path, O_WRONLY | O_CLOEXEC);
    if (w->fd < 0)
        return trouble(w, "cannot open it");
    return fill(w, text);
}

static mode_t mode_of_new(void) {
    mode_t mask = umask(022);
    umask(mask);
    return 0666 & ~mask;
}

bool nl_replace_report(nl_guard *guard, const char *path, nl_str text, nl_error *error) {
    work w = {.guard = guard, .path = path, .folder = -1, .fd = -1, .error = error};
    struct stat was;
    bool there = stat(path, &was) == 0, good;
    if (there && !S_ISREG(was.st_mode) && !S_ISDIR(was.st_mode)) {
        good = write_through(&w, text);
        close_all(&w);
        return good;
    }
    if (there && S_ISDIR(was.st_mode)) {
        errno = EISDIR;
        return trouble(&w, "it is a folder");
    }
    w.real = real_of_new(path);
    if (!w.real)
        return trouble(&w, "its folder is not there");
    good = open_folder(&w) && make_temporary(&w);
    if (good) {
        good = fill(&w, text);
        if (there)
            good = good && keep_owner_and_mode(&w, &was);
        else
            good = good && (fchmod(w.fd, mode_of_new()) == 0 || trouble(&w, "cannot set its mode"));
        good = good && flush(&w);
        nl_guard_enter(guard);
        good = good && (renameat(w.folder, w.temporary, w.folder, w.name) == 0 ||
                        trouble(&w, "cannot put it in its place"));
        if (!good)
            unlinkat(w.folder, w.temporary, 0);
        nl_guard_drop(guard, w.folder, w.temporary);
        nl_guard_leave(guard);
        good = good && sync_folder(&w);
    }
    close_all(&w);
    return good;
}

/* ---- Leftovers ------------------------------------------------------------------------------ */

/* `.NAME.newslint-XXXXXX`? */
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

void nl_replace_clean(const char *folder) {
    DIR *dir = opendir(*folder ? folder : ".");
    if (!dir)
        return;
    for (struct dirent *d; (d = readdir(dir));)
        if (is_temporary(d->d_name))
            clean_one(dirfd(dir), d->d_name);
    closedir(dir);
}
