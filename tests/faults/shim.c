/*
 * Loaded before libc (LD_PRELOAD), stands between newslint and the machine. By the environment:
 *
 *   FAULT=CALL:N:ERRNO   the Nth call of CALL fails with ERRNO; `N+` the Nth and all after it;
 *                        ERRNO `short`: it does a part of what was asked; `empty`: the allocation
 *                        fails. CALL `memory` is every allocation, also of libc and other libraries
 *   FAULT_ALWAYS=CALL:ERRNO   besides, each call of CALL fails (for ways that are taken then)
 *   FAULT_EDIT=N:M:HOW:PATH:TEXT   before the Nth call of all, another process saves TEXT to PATH:
 *                        `replace` by renaming, `rewrite` into the file itself, `hold` opening it
 *                        there and writing before the Mth call
 *   FAULT_LOG=FD         one line goes there: `CALL ARGUMENT` of what failed; with FAULT_TRACE the
 *                        name of each call
 *
 * Each of the calls that the program or a library of its makes is here under all the names that
 * glibc has for it; tests/faults/faults.py asks nm whether none is missing.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
#define CALL(result, name, ...) EXPORT result name(__VA_ARGS__)

enum { SHORT = -1, NONE = 0 };

typedef struct plan {
    char call[32];
    long at;
    bool on;
    int error;
} plan;

static plan fault, always;
static atomic_long fault_count, all_count;
static int log_fd = -1;
static bool tracing, ready;
static struct {
    long at, write_at;
    char how[16], path[512], text[512];
    int to_editor;
    pid_t editor;
} edit;

/* ---- The environment ------------------------------------------------------------------------ */

static const char *take_field(const char *p, char end, char *out, size_t size) {
    size_t n = 0;
    for (; *p && *p != end; p++)
        if (n + 1 < size)
            out[n++] = *p;
    out[n] = '\0';
    return *p ? p + 1 : p;
}

static long number(const char *p) {
    long n = 0;
    for (; *p >= '0' && *p <= '9'; p++)
        n = n * 10 + (*p - '0');
    return n;
}

static int error_of(const char *p) {
    return !strcmp(p, "short") ? SHORT : !strcmp(p, "empty") ? ENOMEM : (int)number(p);
}

__attribute__((constructor)) static void begin(void) {
    char field[32];
    const char *p = getenv("FAULT");
    if (p) {
        p = take_field(p, ':', fault.call, sizeof fault.call);
        p = take_field(p, ':', field, sizeof field);
        fault.at = number(field);
        fault.on = field[0] && field[strlen(field) - 1] == '+';
        fault.error = error_of(p);
    }
    p = getenv("FAULT_ALWAYS");
    if (p)
        always.error = error_of(take_field(p, ':', always.call, sizeof always.call));
    p = getenv("FAULT_EDIT");
    if (p) {
        p = take_field(p, ':', field, sizeof field);
        edit.at = number(field);
        p = take_field(p, ':', field, sizeof field);
        edit.write_at = number(field);
        p = take_field(p, ':', edit.how, sizeof edit.how);
        p = take_field(p, ':', edit.path, sizeof edit.path);
        take_field(p, '\0', edit.text, sizeof edit.text);
    }
    p = getenv("FAULT_LOG");
    if (p)
        log_fd = (int)number(p);
    tracing = getenv("FAULT_TRACE");
    ready = true;
}

static void put_log(const char *call, const char *argument) {
    char line[600];
    int n = snprintf(line, sizeof line, "%s %s\n", call, argument ? argument : "");
    if (log_fd >= 0 && n > 0)
        syscall(SYS_write, log_fd, line, (size_t)n < sizeof line ? (size_t)n : sizeof line - 1);
}

/* ---- The editor ----------------------------------------------------------------------------- */

/* A process of its own that saves. Where the kernel makes it wait (a lease), so be it. */
static void save(int go) {
    char temporary[600], byte;
    size_t n = strlen(edit.text);
    if (!strcmp(edit.how, "replace")) {
        snprintf(temporary, sizeof temporary, "%s~", edit.path);
        int fd = (int)syscall(SYS_openat, AT_FDCWD, temporary, O_WRONLY | O_CREAT | O_TRUNC, 0644);
        syscall(SYS_write, fd, edit.text, n);
        syscall(SYS_close, fd);
        syscall(SYS_renameat2, AT_FDCWD, temporary, AT_FDCWD, edit.path, 0);
    } else {
        bool hold = !strcmp(edit.how, "hold");
        int flags = hold ? O_WRONLY : O_WRONLY | O_TRUNC;
        int fd = (int)syscall(SYS_openat, AT_FDCWD, edit.path, flags, 0);
        if (hold)
            syscall(SYS_read, go, &byte, 1); /* or the end of the pipe: newslint is gone */
        syscall(SYS_ftruncate, fd, 0);
        syscall(SYS_write, fd, edit.text, n);
        syscall(SYS_close, fd);
    }
    syscall(SYS_exit_group, 0);
}

/* Gives it 20 ms, for it may have to wait for newslint. */
static void give_time(void) {
    for (int i = 0; i < 20; i++) {
        int status;
        if (syscall(SYS_wait4, edit.editor, &status, WNOHANG, NULL) == edit.editor) {
            edit.editor = 0;
            return;
        }
        struct timespec ms = {0, 1000000};
        syscall(SYS_nanosleep, &ms, NULL);
    }
}

static void run_editor(long now) {
    int ends[2];
    if (now == edit.at) {
        if (syscall(SYS_pipe2, ends, O_CLOEXEC) != 0)
            abort();
        edit.editor = fork();
        if (edit.editor == 0) {
            for (int fd = STDERR_FILENO + 1; fd < 100;
                 fd++) /* a lease would be this process's too */
                if (fd != ends[0])
                    syscall(SYS_close, fd);
            save(ends[0]);
        }
        syscall(SYS_close, ends[0]);
        edit.to_editor = ends[1];
        give_time();
    }
    if (now == edit.write_at && edit.editor) {
        syscall(SYS_close, edit.to_editor);
        give_time();
    }
}

/* ---- Whose turn it is ----------------------------------------------------------------------- */

static int plan_strikes(const char *call, const char *argument) {
    if (always.call[0] && !strcmp(call, always.call))
        return always.error;
    if (!fault.call[0] || strcmp(call, fault.call) != 0)
        return NONE;
    long n = atomic_fetch_add(&fault_count, 1) + 1;
    if (n != fault.at && !(fault.on && n > fault.at))
        return NONE;
    put_log(call, argument);
    return fault.error;
}

/* The errno that the call is to fail with, NONE or SHORT. */
static int strike(const char *call, const char *argument) {
    if (!ready)
        return NONE;
    int before = errno;
    long now = atomic_fetch_add(&all_count, 1) + 1;
    if (tracing)
        put_log(call, argument);
    if (edit.at)
        run_editor(now);
    int error = plan_strikes(call, argument);
    errno = before;
    return error;
}

#define REAL(name)                                                                                 \
    static __typeof__(name) *real;                                                                 \
    if (!real)                                                                                     \
    real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

#define FAIL(call, argument, value)                                                                \
    do {                                                                                           \
        int error_ = strike(call, argument);                                                       \
        if (error_ > 0) {                                                                          \
            errno = error_;                                                                        \
            return value;                                                                          \
        }                                                                                          \
    } while (0)

static const char *name_of_fd(int fd) {
    static _Thread_local char path[512], name[32];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    long n = syscall(SYS_readlink, name, path, sizeof path - 1);
    path[n > 0 ? n : 0] = '\0';
    return path;
}

/* ---- Memory --------------------------------------------------------------------------------- */

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *p, size_t size);

static bool no_memory(void) {
    if (!ready || plan_strikes("memory", "") == NONE)
        return false;
    errno = ENOMEM;
    return true;
}

CALL(void *, malloc, size_t size) {
    return no_memory() ? NULL : __libc_malloc(size);
}

CALL(void *, calloc, size_t count, size_t size) {
    return no_memory() ? NULL : __libc_calloc(count, size);
}

CALL(void *, realloc, void *p, size_t size) {
    return no_memory() ? NULL : __libc_realloc(p, size);
}

/* Of the libraries, PCRE2's compiler to machine code alone. */
CALL(void *, mmap, void *at, size_t n, int protection, int flags, int fd, off_t offset) {
    if (no_memory())
        return MAP_FAILED;
    /* syscall() gives all results as numbers; NOLINTNEXTLINE(performance-no-int-to-ptr) */
    return (void *)syscall(SYS_mmap, at, n, protection, flags, fd, offset);
}

CALL(int, pthread_create, pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
     void *context) {
    REAL(pthread_create);
    int error = strike("pthread_create", "");
    return error > 0 ? error : real(thread, attributes, run, context);
}

/* ---- Opening -------------------------------------------------------------------------------- */

CALL(int, openat, int folder, const char *path, int flags, ...) {
    va_list ap;
    va_start(ap, flags);
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(ap, mode_t) : 0;
    va_end(ap);
    FAIL("open", path, -1);
    return (int)syscall(SYS_openat, folder, path, flags, mode);
}

CALL(int, open, const char *path, int flags, ...) {
    va_list ap;
    va_start(ap, flags);
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(ap, mode_t) : 0;
    va_end(ap);
    FAIL("open", path, -1);
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

/* _FORTIFY_SOURCE's names. */
CALL(int, __open_2, const char *path, int flags) {
    FAIL("open", path, -1);
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, 0);
}

CALL(int, __openat_2, int folder, const char *path, int flags) {
    FAIL("open", path, -1);
    return (int)syscall(SYS_openat, folder, path, flags, 0);
}

CALL(DIR *, opendir, const char *path) {
    REAL(opendir);
    FAIL("opendir", path, NULL);
    return real(path);
}

CALL(DIR *, fdopendir, int fd) {
    REAL(fdopendir);
    FAIL("opendir", name_of_fd(fd), NULL);
    return real(fd);
}

CALL(struct dirent *, readdir, DIR *dir) {
    REAL(readdir);
    FAIL("readdir", name_of_fd(dirfd(dir)), NULL);
    return real(dir);
}

CALL(int, close, int fd) {
    const char *name = name_of_fd(fd);
    int error = strike("close", name);
    int result = (int)syscall(SYS_close, fd); /* Linux closes it whatever it says */
    if (error > 0) {
        errno = error;
        return -1;
    }
    return result;
}

CALL(int, closedir, DIR *dir) {
    REAL(closedir);
    int error = strike("close", name_of_fd(dirfd(dir)));
    int result = real(dir);
    if (error > 0) {
        errno = error;
        return -1;
    }
    return result;
}

/* ---- Reading and writing -------------------------------------------------------------------- */

static ssize_t read_at(int fd, void *p, size_t n, off_t offset, bool positioned) {
    int error = strike("read", name_of_fd(fd));
    if (error > 0) {
        errno = error;
        return -1;
    }
    if (error == SHORT && n > 1)
        n = 1;
    return positioned ? syscall(SYS_pread64, fd, p, n, offset) : syscall(SYS_read, fd, p, n);
}

CALL(ssize_t, read, int fd, void *p, size_t n) {
    return read_at(fd, p, n, 0, false);
}

CALL(ssize_t, __read_chk, int fd, void *p, size_t n, size_t size) {
    return n > size ? abort(), -1 : read_at(fd, p, n, 0, false);
}

CALL(ssize_t, pread, int fd, void *p, size_t n, off_t offset) {
    return read_at(fd, p, n, offset, true);
}

CALL(ssize_t, __pread_chk, int fd, void *p, size_t n, off_t offset, size_t size) {
    return n > size ? abort(), -1 : read_at(fd, p, n, offset, true);
}

CALL(ssize_t, write, int fd, const void *p, size_t n) {
    int error = strike("write", name_of_fd(fd));
    if (error > 0) {
        errno = error;
        return -1;
    }
    if (error == SHORT && n > 1)
        n = n / 2;
    return syscall(SYS_write, fd, p, n);
}

CALL(int, fsync, int fd) {
    FAIL("fsync", name_of_fd(fd), -1);
    return (int)syscall(SYS_fsync, fd);
}

CALL(int, poll, struct pollfd *fds, nfds_t n, int timeout) {
    FAIL("poll", "", -1);
    return (int)syscall(SYS_poll, fds, n, timeout);
}

/* ---- Looking -------------------------------------------------------------------------------- */

CALL(int, stat, const char *path, struct stat *st) {
    REAL(stat);
    FAIL("stat", path, -1);
    return real(path, st);
}

CALL(int, lstat, const char *path, struct stat *st) {
    REAL(lstat);
    FAIL("stat", path, -1);
    return real(path, st);
}

CALL(int, fstatat, int folder, const char *path, struct stat *st, int flags) {
    REAL(fstatat);
    FAIL("stat", path, -1);
    return real(folder, path, st, flags);
}

CALL(int, fstat, int fd, struct stat *st) {
    REAL(fstat);
    FAIL("fstat", name_of_fd(fd), -1);
    return real(fd, st);
}

CALL(int, access, const char *path, int mode) {
    REAL(access);
    FAIL("access", path, -1);
    return real(path, mode);
}

CALL(int, faccessat, int folder, const char *path, int mode, int flags) {
    REAL(faccessat);
    FAIL("access", path, -1);
    return real(folder, path, mode, flags);
}

CALL(char *, realpath, const char *path, char *out) {
    REAL(realpath);
    FAIL("realpath", path, NULL);
    return real(path, out);
}

CALL(char *, __realpath_chk, const char *path, char *out, size_t size) {
    (void)size;
    REAL(realpath);
    FAIL("realpath", path, NULL);
    return real(path, out);
}

CALL(ssize_t, flistxattr, int fd, char *list, size_t n) {
    REAL(flistxattr);
    FAIL("xattr", name_of_fd(fd), -1);
    return real(fd, list, n);
}

CALL(ssize_t, fgetxattr, int fd, const char *name, void *value, size_t n) {
    REAL(fgetxattr);
    FAIL("xattr", name_of_fd(fd), -1);
    return real(fd, name, value, n);
}

CALL(int, fsetxattr, int fd, const char *name, const void *value, size_t n, int flags) {
    REAL(fsetxattr);
    FAIL("xattr", name_of_fd(fd), -1);
    return real(fd, name, value, n, flags);
}

/* ---- Changing ------------------------------------------------------------------------------- */

CALL(int, fchmod, int fd, mode_t mode) {
    REAL(fchmod);
    FAIL("fchmod", name_of_fd(fd), -1);
    return real(fd, mode);
}

CALL(int, fchown, int fd, uid_t user, gid_t group) {
    REAL(fchown);
    FAIL("fchown", name_of_fd(fd), -1);
    return real(fd, user, group);
}

CALL(int, renameat, int from, const char *a, int to, const char *b) {
    REAL(renameat);
    FAIL("rename", b, -1);
    return real(from, a, to, b);
}

CALL(int, renameat2, int from, const char *a, int to, const char *b, unsigned flags) {
    REAL(renameat2);
    FAIL("exchange", b, -1);
    return real(from, a, to, b, flags);
}

CALL(int, unlinkat, int folder, const char *path, int flags) {
    REAL(unlinkat);
    FAIL("unlink", path, -1);
    return real(folder, path, flags);
}

CALL(int, flock, int fd, int how) {
    REAL(flock);
    FAIL("flock", name_of_fd(fd), -1);
    return real(fd, how);
}

CALL(int, fcntl, int fd, int command, ...) {
    va_list ap;
    va_start(ap, command);
    void *argument = va_arg(ap, void *);
    va_end(ap);
    FAIL("fcntl", name_of_fd(fd), -1);
    return (int)syscall(SYS_fcntl, fd, command, argument);
}

/* ---- The rest ------------------------------------------------------------------------------- */

CALL(ssize_t, getrandom, void *p, size_t n, unsigned flags) {
    FAIL("getrandom", "", -1);
    return syscall(SYS_getrandom, p, n, flags);
}

CALL(int, sched_getaffinity, pid_t process, size_t n, cpu_set_t *set) {
    REAL(sched_getaffinity);
    FAIL("sched_getaffinity", "", -1);
    return real(process, n, set);
}

CALL(int, sched_getcpu, void) {
    REAL(sched_getcpu);
    FAIL("sched_getcpu", "", -1);
    return real();
}

CALL(int, pthread_setaffinity_np, pthread_t thread, size_t n, const cpu_set_t *set) {
    REAL(pthread_setaffinity_np);
    int error = strike("pthread_setaffinity_np", "");
    return error > 0 ? error : real(thread, n, set);
}

CALL(int, getrlimit, __rlimit_resource_t what, struct rlimit *limit) {
    REAL(getrlimit);
    FAIL("getrlimit", "", -1);
    return real(what, limit);
}

CALL(int, clock_gettime, clockid_t clock, struct timespec *time) {
    REAL(clock_gettime);
    FAIL("clock_gettime", "", -1);
    return real(clock, time);
}

CALL(int, isatty, int fd) {
    REAL(isatty);
    FAIL("isatty", "", 0);
    return real(fd);
}
