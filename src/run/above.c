/* Finds the repository by the real path, as git does. */
#include "run/above.h"
#include "base/file.h"
#include "base/mem.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool holds(const char *folder, size_t n, const char *name) {
    nl_buf path = {0};
    struct stat st;
    nl_buf_printf(&path, "%.*s/%s", (int)n, folder, name);
    bool there = lstat(nl_buf_c(&path), &st) == 0;
    nl_buf_free(&path);
    return there;
}

/* Length of the path of the repository's root in `real` (no slash behind); SIZE_MAX: none. */
static size_t repository_of(const char *real) {
    for (size_t n = strlen(real);; n--) {
        if ((real[n] == '\0' || real[n] == '/') && holds(real, n, ".git"))
            return n;
        if (n == 0)
            return SIZE_MAX;
    }
}

bool nl_above_repository(nl_buf *root, nl_buf *prefix) {
    char *here = realpath(".", NULL);
    size_t n = here ? repository_of(here) : SIZE_MAX;
    if (n != SIZE_MAX) {
        nl_buf_add(root, here, n);
        nl_buf_puts(prefix, here[n] == '/' ? here + n + 1 : "");
    }
    free(here);
    return n != SIZE_MAX;
}

/* Length of the root's path in `real` (no slash behind). */
static size_t root_of(const char *real) {
    size_t root = repository_of(real);
    if (root != SIZE_MAX)
        return root;
    char *here = realpath(".", NULL);
    size_t all = strlen(real), n = here ? strlen(here) : 0;
    bool inside = here && n > 1 && strncmp(real, here, n) == 0 && (!real[n] || real[n] == '/');
    free(here);
    return inside ? n : all;
}

static void add_level(nl_above *a, const char *real, size_t end) {
    nl_buf folder = {0};
    unsigned which = 0;
    which |= holds(real, end, ".gitignore") ? NL_IGNORE_GIT : 0;
    which |= holds(real, end, ".newslintignore") ? NL_IGNORE_OWN : 0;
    which |= holds(real, end, ".git") ? NL_IGNORE_ROOT : 0;
    nl_buf_printf(&folder, "%.*s/", (int)end, real);
    const nl_ignore *level = nl_ignore_push(a->level, nl_buf_c(&folder), a->prefix.n, which);
    if (level != a->level) {
        a->levels = nl_grow(a->levels, &a->cap, a->count + 1, sizeof *a->levels);
        a->levels[a->count++] = level;
        a->level = level;
    }
    nl_buf_free(&folder);
}

void nl_above_find(nl_above *a, nl_str folder, bool no_ignore) {
    nl_buf path = {0};
    nl_buf_str_add(&path, folder.n ? folder : nl_str_c("."));
    char *real = realpath(nl_buf_c(&path), NULL);
    nl_buf_free(&path);
    if (!real)
        return;
    if (strcmp(real, "/") == 0)
        real[0] = '\0'; /* so that every path is that of a folder without the slash behind */
    size_t at = root_of(real), end = strlen(real);
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
    nl_buf_free(&a->prefix);
    *a = (nl_above){0};
}
