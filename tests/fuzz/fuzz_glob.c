/*
 * Any bytes up to the first NUL as a glob, the rest as a path: it is refused with the end of a
 * sentence, or matching ends and says the same twice; what matches is covered; of two choices that
 * are the pattern itself the outcome is the pattern's; and the path with all its characters escaped
 * matches itself.
 */
#include "fuzz.h"

#include "base/buf.h"
#include "base/glob.h"

static bool matches(nl_str pattern, bool braces, nl_str path, nl_arena *arena, bool *good) {
    const char *error = NULL;
    nl_glob *g = nl_glob_new(pattern, braces, arena, &error);
    *good = g != NULL;
    require(g || error);
    if (!g)
        return false;
    bool file = nl_glob_match(g, path, false), folder = nl_glob_match(g, path, true);
    require(file == nl_glob_match(g, path, false));
    require(folder || !file);
    require(!file || nl_glob_covers(g, path));
    return file;
}

/* A comma that is none outside braces, and braces that are closed in another order, say otherwise
 * within. */
static bool is_same_in_braces(nl_str pattern) {
    for (size_t i = 0; i < pattern.n; i++)
        if (pattern.p[i] == ',' || pattern.p[i] == '{' || pattern.p[i] == '}')
            return false;
    return true;
}

static void check_choice(nl_str pattern, nl_str path, nl_arena *arena) {
    bool good, both_good;
    if (!is_same_in_braces(pattern))
        return;
    nl_buf both = {0};
    bool one = matches(pattern, true, path, arena, &good);
    nl_buf_putc(&both, '{');
    nl_buf_str_add(&both, pattern);
    nl_buf_putc(&both, ',');
    nl_buf_str_add(&both, pattern);
    nl_buf_putc(&both, '}');
    bool two = matches(nl_buf_str(&both), true, path, arena, &both_good);
    if (good && both_good)
        require(one == two);
    nl_buf_free(&both);
}

static void check_escaped(nl_str path, nl_arena *arena) {
    bool good;
    nl_buf pattern = {0};
    nl_buf_putc(&pattern, '/');
    for (size_t i = 0; i < path.n; i++) {
        if (path.p[i] != '/')
            nl_buf_putc(&pattern, '\\');
        nl_buf_putc(&pattern, path.p[i]);
    }
    bool matched = matches(nl_buf_str(&pattern), true, path, arena, &good);
    require(matched || !good);
    require(good || pattern.n > 4096);
    nl_buf_free(&pattern);
}

/* As a walk gives them: no component is empty. */
static bool is_path(nl_str path) {
    return path.n > 0 && path.p[0] != '/' && !nl_str_ends(path, NL_S("/")) &&
           nl_str_search(path, NL_S("//")) == path.n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    nl_arena arena = {0};
    nl_str all = nl_str_n((const char *)data, size);
    size_t nul = nl_str_find(all, '\0');
    nl_str pattern = nl_str_sub(all, 0, nul), path = nl_str_sub(all, nul + 1, size);
    bool good;
    if (!is_path(path))
        return 0;
    matches(pattern, false, path, &arena, &good);
    check_choice(pattern, path, &arena);
    check_escaped(path, &arena);
    nl_arena_free(&arena);
    return 0;
}
