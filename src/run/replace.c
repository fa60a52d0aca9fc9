/*
 * The last look and the renaming are not one step for the kernel. So where it can (renameat2(2)),
 * old and new are exchanged first, and what came out is compared with what was read: a save in
 * between is seen and put back. A lease (fcntl(2), F_SETLEASE) tells of those who write into the
 * file itself: it is refused when one has it open, and broken when one opens it.
 */
#include "run/replace.h"
#include "base/unicode.h"
#include "run/temporary.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

enum { ROUNDS = 100, PIECE = 16 * 1024 };

/* One replacement under way. What goes wrong is noted, and said when nothing is half done. */
typedef struct work {
    const char *path;      /* as shown */
    char *real;            /* of the target */
    char *name;            /* its last component */
    int folder, old;       /* the article as it was read */
    const nl_file_id *id;  /* of it */
    nl_str before;         /* its text */
    bool leased, in_place; /* the new text is there */
    bool kept;             /* the temporary file holds what somebody saved */
    const char *wrong;     /* what went wrong; NULL: the file has changed */
    int code;              /* errno of it */
    nl_temporary temporary;
} work;

static bool trouble(work *w, const char *what) {
    w->code = errno;
    w->wrong = what;
    return false;
}

static bool changed(work *w) {
    w->code = EBUSY;
    w->wrong = NULL;
    return false;
}

static void say(const work *w, nl_error *error) {
    nl_buf shown = {0}, kept = {0};
    nl_path_show(w->path, &shown);
    if (w->kept) {
        nl_buf_putc(&kept, ' ');
        nl_path_show(w->temporary.name + 1, &kept);
    }
    if (!w->wrong)
        nl_error_set(error, w->code, "%s was left alone: it has changed since it was read",
                     nl_buf_c(&shown));
    else
        nl_error_set(error, w->code, "cannot write %s: %s%s: %s", nl_buf_c(&shown), w->wrong,
                     nl_buf_c(&kept), strerror(w->code));
    nl_buf_free(&shown);
    nl_buf_free(&kept);
}

/* ---- What the file was ---------------------------------------------------------------------- */

/* Those that users set, and access control lists; the kernel's own are not ours to copy. */
static bool keep_attribute(int from, int to, const char *name) {
    char value[8192];
    if (strncmp(name, "user.", 5) != 0 && strcmp(name, "system.posix_acl_access") != 0)
        return true;
    ssize_t n = fgetxattr(from, name, value, sizeof value);
    if (n < 0)
        return errno == ENODATA;
    return fsetxattr(to, name, value, (size_t)n, 0) == 0;
}

static bool keep_attributes(work *w) {
    char names[8192];
    ssize_t all = flistxattr(w->old, names, sizeof names);
    bool good = all >= 0 || errno == ENOTSUP || errno == ENOSYS;
    for (ssize_t at = 0; good && at < all; at += (ssize_t)strlen(names + at) + 1)
        good = keep_attribute(w->old, w->temporary.fd, names + at);
    return good || trouble(w, "cannot keep its extended attributes");
}

static bool keep_owner_and_mode(work *w, const struct stat *was) {
    struct stat is;
    if (fstat(w->temporary.fd, &is) != 0)
        return trouble(w, "cannot look at the temporary file");
    if ((is.st_uid != was->st_uid || is.st_gid != was->st_gid) &&
        fchown(w->temporary.fd, was->st_uid, was->st_gid) != 0)
        return trouble(w, "cannot keep its owner");
    if (fchmod(w->temporary.fd, was->st_mode & 07777) != 0)
        return trouble(w, "cannot keep its mode");
    return true;
}

/* The change time is not asked: renaming sets it. */
static bool is_id(const struct stat *st, const nl_file_id *id) {
    return st->st_dev == id->device && st->st_ino == id->inode && st->st_size == id->size &&
           st->st_mtim.tv_sec == id->modified.tv_sec && st->st_mtim.tv_nsec == id->modified.tv_nsec;
}

/* Does the file hold these very bytes? Without asking for memory. errno is 0 if it does not. */
static bool holds(int fd, nl_str text) {
    char piece[PIECE];
    for (size_t at = 0;;) {
        ssize_t n = pread(fd, piece, sizeof piece, (off_t)at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        errno = 0;
        if (n == 0)
            return at == text.n;
        if ((size_t)n > text.n - at || memcmp(piece, text.p + at, (size_t)n) != 0)
            return false;
        at += (size_t)n;
    }
}

/* Is the file of that name the one that was read, as it was, and has nobody opened it to write?
 * errno is 0 or ENOENT if not. The name is looked at last, right before the caller renames. */
static bool is_unchanged(const work *w, const char *name) {
    struct stat st;
    if (!holds(w->old, w->before))
        return false;
    int lease = w->leased ? fcntl(w->old, F_GETLEASE) : F_RDLCK;
    if (lease < 0 || fstatat(w->folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return false;
    errno = 0;
    return lease == F_RDLCK && is_id(&st, w->id);
}

static bool no_longer(work *w) {
    return errno == 0 || errno == ENOENT ? changed(w) : trouble(w, "cannot look at it again");
}

/* Has somebody else put the very same text there: another run, or this one by another name of the
 * file? Then all is as it should be. */
static bool is_done(const work *w, nl_str text) {
    int fd = openat(w->folder, w->name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    bool same = fd >= 0 && holds(fd, text);
    if (fd >= 0)
        close(fd);
    return same;
}

/* ---- Putting it in place -------------------------------------------------------------------- */

/* When it is exchanged it gets the temporary file's name, and must not be taken for a leftover. Not
 * every file system has locks and leases, and leases are not given on files of others. */
static bool take_lock_and_lease(work *w) {
    if (flock(w->old, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return trouble(w, "another program has it locked");
    w->leased = fcntl(w->old, F_SETLEASE, F_RDLCK) == 0;
    if (!w->leased && errno == EAGAIN)
        return trouble(w, "another program has it open for writing");
    return true;
}

static bool exchange(const work *w) {
    int result;
    do
        result = renameat2(w->folder, w->temporary.name, w->folder, w->name, RENAME_EXCHANGE);
    while (result != 0 && errno == EINTR);
    return result == 0;
}

static bool id_of(const work *w, nl_file_id *id) {
    struct stat st;
    if (fstatat(w->folder, w->temporary.name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return false;
    *id = nl_file_id_of(&st);
    return true;
}

static bool same_id(const nl_file_id *a, const nl_file_id *b) {
    nl_file_id c = *b;
    c.changed = a->changed; /* which renaming sets */
    return nl_file_id_eq(a, &c);
}

/* Gives what somebody saved a name that no run takes for a leftover. */
static bool keep_saved(work *w) {
    int code = errno;
    const char *name = w->temporary.name;
    w->kept = renameat(w->folder, name, w->folder, name + 1) == 0;
    errno = code;
    return trouble(w, w->kept ? "what was saved meanwhile could not be put back and is in"
                              : "what was saved meanwhile could not be put back");
}

/* What came out of the exchange is not what was read: somebody has saved. It goes back in; should
 * then come out what was not put there last, somebody has saved once more, and that goes back. */
static bool put_back(work *w, nl_file_id mine) {
    for (int i = 0; i < ROUNDS; i++) {
        nl_file_id saved, out;
        if (!id_of(w, &saved) || !exchange(w))
            return keep_saved(w);
        w->in_place = false;
        if (!id_of(w, &out))
            return keep_saved(w);
        if (same_id(&out, &mine))
            return true;
        mine = saved;
    }
    errno = EBUSY;
    return keep_saved(w);
}

/* Where files cannot be exchanged: what is saved between the look and the renaming is lost. */
static bool rename_over(work *w) {
    if (!is_unchanged(w, w->name))
        return no_longer(w);
    int result;
    do
        result = renameat(w->folder, w->temporary.name, w->folder, w->name);
    while (result != 0 && errno == EINTR);
    w->in_place = result == 0;
    return w->in_place || trouble(w, "cannot put the new text in its place");
}

/* Inside the guard. */
static bool put_in_place(work *w) {
    nl_file_id mine;
    if (!is_unchanged(w, w->name))
        return no_longer(w);
    if (!id_of(w, &mine))
        return trouble(w, "cannot look at the temporary file");
    if (!exchange(w)) {
        if (errno == ENOENT)
            return changed(w);
        if (errno == EINVAL || errno == ENOSYS || errno == ENOTSUP)
            return rename_over(w);
        return trouble(w, "cannot put the new text in its place");
    }
    w->in_place = true;
    if (is_unchanged(w, w->temporary.name))
        return true;
    int code = errno;
    if (put_back(w, mine)) {
        errno = code;
        no_longer(w);
    }
    return false;
}

/* The temporary file is gone afterwards, in whatever way. */
static bool finish(work *w, nl_guard *guard, bool good, bool (*place)(work *w)) {
    nl_guard_enter(guard);
    good = good && place(w);
    if (w->in_place && w->id)
        nl_guard_count(guard);
    if (w->kept)
        nl_guard_drop(guard, &w->temporary.known);
    else if (!nl_temporary_remove(&w->temporary) && good)
        good = trouble(w, "the new text is in place, but the temporary file cannot be removed");
    nl_guard_leave(guard);
    return good;
}

static bool sync_folder(work *w) {
    int result;
    do
        result = fsync(w->folder);
    while (result != 0 && errno == EINTR);
    if (result == 0 || errno == EINVAL || errno == ENOTSUP)
        return true;
    return trouble(w, "the new text is in place, but cannot be made to last");
}

/* ---- Steps ---------------------------------------------------------------------------------- */

static bool fill(work *w, nl_str text) {
    nl_error error;
    if (nl_file_write_fd(w->temporary.fd, text.p, text.n, &error))
        return true;
    errno = error.code;
    return trouble(w, "cannot write the temporary file");
}

static bool flush(work *w) {
    return nl_temporary_finish(&w->temporary) || trouble(w, "cannot make the temporary file last");
}

static bool make_temporary(work *w, nl_guard *guard) {
    return nl_temporary_make(&w->temporary, guard, w->folder, w->name) ||
           trouble(w, "cannot make a temporary file in its folder");
}

static bool open_folder(work *w) {
    char *slash = strrchr(w->real, '/');
    w->name = slash + 1;
    char first = slash[1];
    slash[1] = '\0'; /* "/dir/", for a moment */
    w->folder = open(w->real, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    slash[1] = first;
    return w->folder >= 0 || trouble(w, "cannot open its folder");
}

/* Is it still what was read, and may it be written? */
static bool open_article(work *w, struct stat *was) {
    w->old = openat(w->folder, w->name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (w->old < 0)
        return trouble(w, "cannot open it");
    if (fstat(w->old, was) != 0)
        return trouble(w, "cannot look at it");
    if (!is_id(was, w->id))
        return changed(w);
    return faccessat(w->folder, w->name, W_OK, AT_EACCESS) == 0 ||
           trouble(w, "it may not be written");
}

static nl_replaced end(work *w, bool good, nl_error *error) {
    nl_temporary_close(&w->temporary);
    if (w->old >= 0)
        close(w->old);
    if (w->folder >= 0)
        close(w->folder);
    free(w->real);
    if (good)
        return NL_REPLACED;
    say(w, error);
    return w->in_place ? NL_REPLACED_BADLY : NL_NOT_REPLACED;
}

nl_replaced nl_replace_article(nl_guard *guard, const char *path, const nl_file_id *id, nl_str old,
                               nl_str text, nl_error *error) {
    work w = {.path = path, .folder = -1, .old = -1, .id = id, .before = old};
    struct stat was;
    w.temporary.fd = -1;
    w.real = realpath(path, NULL);
    if (!w.real)
        return end(&w, trouble(&w, "cannot find it"), error);
    bool good = open_folder(&w) && open_article(&w, &was) && make_temporary(&w, guard);
    if (good) {
        good = fill(&w, text) && keep_owner_and_mode(&w, &was) && keep_attributes(&w) &&
               flush(&w) && take_lock_and_lease(&w);
        good = finish(&w, guard, good, put_in_place);
    }
    good = good ? sync_folder(&w) : !w.in_place && !w.kept && w.folder >= 0 && is_done(&w, text);
    return end(&w, good, error);
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
    w->temporary.fd = open(w->path, O_WRONLY | O_CLOEXEC);
    if (w->temporary.fd < 0)
        return trouble(w, "cannot open it");
    return fill(w, text);
}

static mode_t mode_of_new(void) {
    mode_t mask = umask(022);
    umask(mask);
    return 0666 & ~mask;
}

/* Inside the guard. */
static bool put_report(work *w) {
    w->in_place = renameat(w->folder, w->temporary.name, w->folder, w->name) == 0;
    return w->in_place || trouble(w, "cannot put it in its place");
}

nl_replaced nl_replace_report(nl_guard *guard, const char *path, nl_str text, nl_error *error) {
    work w = {.path = path, .folder = -1, .old = -1};
    struct stat was;
    w.temporary.fd = -1;
    bool there = stat(path, &was) == 0;
    if (!there && errno != ENOENT)
        return end(&w, trouble(&w, "cannot look at it"), error);
    if (there && S_ISDIR(was.st_mode)) {
        errno = EISDIR;
        return end(&w, trouble(&w, "it is a folder"), error);
    }
    if (there && !S_ISREG(was.st_mode))
        return end(&w, write_through(&w, text), error);
    w.real = real_of_new(path);
    if (!w.real)
        return end(&w, trouble(&w, "its folder is not there"), error);
    bool good = open_folder(&w) && make_temporary(&w, guard);
    if (good) {
        good = fill(&w, text);
        if (there)
            good = good && keep_owner_and_mode(&w, &was);
        else
            good = good && (fchmod(w.temporary.fd, mode_of_new()) == 0 ||
                            trouble(&w, "cannot set its mode"));
        good = good && flush(&w);
        good = finish(&w, guard, good, put_report) && sync_folder(&w);
    }
    return end(&w, good, error);
}
