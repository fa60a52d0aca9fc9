/* Finds the repository by the real path, as git does. */
#include "run/above.h"
#include "base/file.h"
#include "base/mem.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The path that `real` begins with, with a slash behind; from the current folder where it lies
 * below, for what is above that may be closed. */
static void put_folder(const char *here, const char *real, size_t end, nl_buf *out) {
    size_t n = strlen(here);
    bool inside = n > 1 && end >= n && strncmp(real, here, n) == 0 && (end == n || real[n] == '/');
    if (inside && end == n)
        return;
    nl_buf_add(out, real + (inside ? n + 1 : 0), end - (inside ? n + 1 : 0));
    nl_buf_putc(out, '/');
}

/* 0 if the folder holds it, else errno. */
static int look_for(const char *here, const char *real, size_t end, const char *name) {
    nl_buf path = {0};
    struct stat st;
    put_folder(here, real, end, &path);
    nl_buf_puts(&path, name);
    int code = lstat(nl_buf_c(&path), &st) == 0 ? 0 : errno;
    nl_buf_free(&path);
    return code;
}

/* Where that cannot be known it is taken to be there, and reading it says why; but a folder that is
 * closed to us is no repository of ours. */
static bool may_hold(const char *here, const char *real, size_t end, const char *name) {
    int code = look_for(here, real, end, name);
    if (code == EACCES)
        return strcmp(name, ".git") != 0;
    return code != ENOENT && code != ENOTDIR;
}

/* Length of the path of the repository's root in `real` (no slash behind); SIZE_MAX: none. `sure`:
 * only what is known to be one. */
static size_t repository_of(const char *here, const char *real, bool sure) {
    for (size_t n = strlen(real);; n--) {
        if ((real[n] == '\0' || real[n] == '/') &&
            (sure ? look_for(here, real, n, ".git") == 0 : may_hold(here, real, n, ".git")))
            return n;
        if (n == 0)
            return SIZE_MAX;
    }
}

bool nl_above_repository(nl_buf *root, nl_buf *prefix) {
    char *here = realpath(".", NULL);
    size_t n = here ? repository_of(here, here, true) : SIZE_MAX;
    if (n != SIZE_MAX) {
        nl_buf_add(root, here, n);
        nl_buf_puts(prefix, here[n] == '/' ? here + n + 1 : "");
    }
    free(here);
    return n != SIZE_MAX;
}

/* Length of the root's path in `real` (no slash behind). */
static size_t root_of(const char *here, const char *real) {
    size_t root = repository_of(here, real, false);
    if (root != SIZE_MAX)
        return root;
    size_t all = strlen(real), n = strlen(here);
    bool inside = n > 1 && strncmp(real, here, n) == 0 && (!real[n] || real[n] == '/');
    return inside ? n : all;
}

static void add_level(nl_above *a, const char *real, size_t end) {
    nl_buf folder = {0};
    unsigned which = 0;
    nl_error error;
    which |= may_hold(a->here, real, end, ".gitignore") ? NL_IGNORE_GIT : 0;
    which |= may_hold(a->here, real, end, ".newslintignore") ? NL_IGNORE_OWN : 0;
    which |= may_hold(a->here, real, end, ".git") ? NL_IGNORE_ROOT : 0;
    put_folder(a->here, real, end, &folder);
    const nl_ignore *level =
        nl_ignore_push(a->level, nl_buf_c(&folder), a->prefix.n, which, &error);
    if (error.code)
        a->error = error;
    if (level != a->level) {
        a->levels = nl_grow(a->levels, &a->cap, a->count + 1, sizeof *a->levels);
        a->levels[a->count++] = level;
        a->level = level;
    }
    nl_buf_free(&folder);
}

static char *find(nl_above *a, const char *path) {
    char *real = realpath(path, NULL);
    if (!real)
        nl_error_path(&a->error, errno, "find", path);
    return real;
}

void nl_above_find(nl_above *a, nl_str folder, bool no_ignore) {
    nl_buf path = {0};
    nl_buf_str_add(&path, folder.n ? folder : nl_str_c("."));
    char *real = find(a, nl_buf_c(&path));
    a->here = find(a, ".");
    nl_buf_free(&path);
    if (!real || !a->here) {
        free(real);
        return;
    }
    if (strcmp(real, "/") == 0)
        real[0] = '\0'; /* so that every path is that of a folder without the slash behind */
    size_t at = root_of(a->here, real), end = strlen(real);
    while (true) {
        if (!no_ignore && !a->ignored)
            add_level(a, real, at);
        if (at >= end)
            break;
        size_t next = at + 1;
        while (next < end && real[next] != '/')
            next++;
        nl_buf_add(&a->prefix, real + at + 1, next - at - 1);
        if (a->level && nl_ignore_match(a->level, nl_buf_str(&a->prefix), true))
            a->ignored = true;
        nl_buf_putc(&a->prefix, '/');
        at = next;
    }
    free(real);
}

void nl_above_free(nl_above *a) {
    for (size_t i = 0; i < a->count; i++)
        nl_ignore_pop(a->levels[i], NULL);
    free(a->levels);
    free(a->here);
    nl_buf_free(&a->prefix);
    *a = (nl_above){0};
}
