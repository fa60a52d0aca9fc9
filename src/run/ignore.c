/* Reading and asking ignore files. Plain names and `*.ext` are compared without the glob matcher.
 */
#include "run/ignore.h"
#include "base/file.h"
#include "base/glob.h"
#include "base/mem.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef enum pattern_kind {
    NAME,   /* equal to the last component */
    ENDING, /* `*` and a plain end of the last component */
    GLOB
} pattern_kind;

typedef struct pattern {
    pattern_kind kind;
    bool negated, folders_only;
    nl_str text;
    nl_glob *glob;
} pattern;

struct nl_ignore {
    const nl_ignore *parent;
    size_t depth;
    pattern *patterns;
    size_t count, cap;
    nl_arena arena;
};

enum { IGNORE_FILE_MAX = 16 * 1024 * 1024 };

static bool is_plain(nl_str s) {
    for (size_t i = 0; i < s.n; i++)
        if (strchr("*?[\\/", s.p[i])) /* strchr finds NUL too, which no name holds */
            return false;
    return true;
}

/* Git trims trailing blanks (spaces alone) unless a backslash stands before them. */
static nl_str trim_blanks(nl_str line) {
    size_t end = 0;
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] == '\\' && i + 1 < line.n)
            i++;
        else if (line.p[i] == ' ')
            continue;
        end = i + 1;
    }
    return nl_str_sub(line, 0, end);
}

static void add_line(nl_ignore *level, nl_str line) {
    line = trim_blanks(line);
    if (line.n == 0 || line.p[0] == '#')
        return;
    pattern p = {.kind = GLOB};
    if (line.p[0] == '!') {
        p.negated = true;
        line = nl_str_sub(line, 1, line.n);
    }
    nl_str bare = line;
    if (bare.n && bare.p[bare.n - 1] == '/') {
        p.folders_only = true;
        bare.n--;
    }
    if (bare.n == 0)
        return;
    p.text = nl_str_n(nl_arena_copy(&level->arena, bare.p, bare.n), bare.n);
    if (is_plain(bare)) {
        p.kind = NAME;
    } else if (bare.p[0] == '*' && is_plain(nl_str_sub(bare, 1, bare.n))) {
        p.kind = ENDING;
        p.text = nl_str_sub(p.text, 1, p.text.n);
    } else {
        const char *error;
        p.glob = nl_glob_new(p.text, false, &level->arena, &error);
        if (!p.glob) /* git: a bad pattern matches nothing */
            return;
    }
    level->patterns =
        nl_grow(level->patterns, &level->cap, level->count + 1, sizeof *level->patterns);
    level->patterns[level->count++] = p;
}

static bool is_absent(int code) {
    return code == ENOENT || code == ENOTDIR;
}

static void add_file(nl_ignore *level, const char *path, nl_error *error) {
    struct stat st;
    if (lstat(path, &st) != 0) {
        if (!is_absent(errno))
            nl_error_path(error, errno, "read", path);
        return;
    }
    if (!S_ISREG(st.st_mode)) /* git follows no link here */
        return;
    nl_buf text = {0};
    nl_error wrong;
    if (nl_file_read(path, IGNORE_FILE_MAX, &text, NULL, &wrong) != NL_READ_OK) {
        if (!is_absent(wrong.code))
            *error = wrong;
    } else {
        nl_str rest = nl_buf_str(&text);
        if (nl_str_starts(rest, nl_str_c("\xEF\xBB\xBF")))
            rest = nl_str_sub(rest, 3, rest.n);
        while (rest.n) {
            size_t end = nl_str_find(rest, '\n');
            nl_str line = nl_str_sub(rest, 0, end);
            if (end < rest.n && line.n && line.p[line.n - 1] == '\r')
                line.n--;
            add_line(level, line);
            rest = nl_str_sub(rest, end + 1, rest.n);
        }
    }
    nl_buf_free(&text);
}

/* The first line of a small file behind a prefix; false if there is none. */
static bool read_pointer(const char *path, const char *prefix, nl_buf *out, nl_error *error) {
    nl_buf text = {0};
    nl_error wrong;
    bool found = false;
    if (nl_file_read(path, 8192, &text, NULL, &wrong) != NL_READ_OK) {
        if (!is_absent(wrong.code))
            *error = wrong;
    } else {
        nl_str s = nl_str_trim(nl_buf_str(&text));
        found = nl_str_starts(s, nl_str_c(prefix));
        if (found)
            nl_buf_str_add(out, nl_str_trim(nl_str_sub(s, strlen(prefix), s.n)));
    }
    nl_buf_free(&text);
    return found;
}

/* `.git` is a folder, or in a linked worktree a file that names one, which names the common one
 * (gitrepository-layout(5)). */
static void add_info_exclude(nl_ignore *level, const char *folder, nl_error *error) {
    nl_buf git = {0}, path = {0}, name = {0};
    struct stat st;
    nl_buf_printf(&git, "%s.git", folder);
    if (stat(nl_buf_c(&git), &st) == 0 && S_ISREG(st.st_mode) &&
        read_pointer(nl_buf_c(&git), "gitdir:", &name, error)) {
        nl_buf_clear(&git);
        nl_path_join(nl_str_c(folder), nl_buf_str(&name), &git);
        nl_buf_clear(&name);
        nl_buf_printf(&path, "%s/commondir", nl_buf_c(&git));
        if (read_pointer(nl_buf_c(&path), "", &name, error)) {
            nl_buf_clear(&path);
            nl_path_join(nl_buf_str(&git), nl_buf_str(&name), &path);
            nl_buf_clear(&git);
            nl_buf_str_add(&git, nl_buf_str(&path));
        }
    }
    nl_buf_puts(&git, "/info/exclude");
    add_file(level, nl_buf_c(&git), error);
    nl_buf_free(&git);
    nl_buf_free(&path);
    nl_buf_free(&name);
}

static void add_named(nl_ignore *level, const char *folder, const char *name, nl_error *error) {
    nl_buf path = {0};
    nl_buf_puts(&path, folder);
    nl_buf_puts(&path, name);
    add_file(level, nl_buf_c(&path), error);
    nl_buf_free(&path);
}

const nl_ignore *nl_ignore_push(const nl_ignore *parent, const char *folder, size_t depth,
                                unsigned which, nl_error *error) {
    *error = (nl_error){0};
    if (!which)
        return parent;
    nl_ignore *level = nl_calloc(1, sizeof *level);
    level->parent = which & NL_IGNORE_ROOT ? NULL : parent;
    level->depth = depth;
    if (which & NL_IGNORE_ROOT)
        add_info_exclude(level, folder, error);
    if (which & NL_IGNORE_GIT)
        add_named(level, folder, ".gitignore", error);
    if (which & NL_IGNORE_OWN)
        add_named(level, folder, ".newslintignore", error);
    if (level->count == 0 && !(which & NL_IGNORE_ROOT)) {
        nl_ignore_pop(level, NULL);
        return parent;
    }
    return level;
}

void nl_ignore_pop(const nl_ignore *level, const nl_ignore *parent) {
    if (!level || level == parent)
        return;
    nl_ignore *own = (nl_ignore *)level;
    nl_arena_free(&own->arena);
    free(own->patterns);
    free(own);
}

static bool pattern_matches(const pattern *p, nl_str path, nl_str name, bool is_folder) {
    if (p->folders_only && !is_folder)
        return false;
    switch (p->kind) {
    case NAME:
        return nl_str_eq(p->text, name);
    case ENDING:
        return nl_str_ends(name, p->text);
    case GLOB:
        return nl_glob_match(p->glob, path, is_folder);
    }
    return false;
}

bool nl_ignore_match(const nl_ignore *level, nl_str path, bool is_folder) {
    nl_str name = nl_path_name(path);
    for (; level; level = level->parent) {
        nl_str below = nl_str_sub(path, level->depth, path.n);
        for (size_t i = level->count; i-- > 0;)
            if (pattern_matches(&level->patterns[i], below, name, is_folder))
                return !level->patterns[i].negated;
    }
    return false;
}
