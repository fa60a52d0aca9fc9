/*
 * Any bytes up to the first NUL as an ignore file, the rest as the path of a file: reading and
 * judging end and say the same twice, and the last line that matches decides: with `*` behind them
 * all the path is left out, with `!*` it is not.
 */
#include "scratch.h"

#include "base/buf.h"
#include "run/ignore.h"

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    scratch_make();
    return 0;
}

static bool leaves_out(const char *name, nl_str lines, const char *last, nl_str path,
                       bool is_folder) {
    nl_buf text = {0};
    char folder[80];
    nl_buf_str_add(&text, lines);
    nl_buf_puts(&text, last);
    scratch_write(name, nl_buf_str(&text));
    nl_buf_free(&text);
    snprintf(folder, sizeof folder, "%s/", scratch_folder);
    nl_error error;
    const nl_ignore *level = nl_ignore_push(NULL, folder, 0, NL_IGNORE_GIT | NL_IGNORE_OWN, &error);
    require(!error.code);
    bool out = nl_ignore_match(level, path, is_folder);
    require(out == nl_ignore_match(level, path, is_folder));
    nl_ignore_pop(level, NULL);
    unlink(scratch_path(name));
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    nl_str all = nl_str_n((const char *)data, size);
    size_t nul = nl_str_find(all, '\0');
    nl_str lines = nl_str_sub(all, 0, nul), path = nl_str_sub(all, nul + 1, size);
    bool is_folder = nl_str_ends(path, NL_S("/"));
    path.n -= is_folder;
    if (!path.n || memchr(path.p, '\0', path.n))
        return 0;
    bool out = leaves_out(".gitignore", lines, "", path, is_folder);
    require(out == leaves_out(".newslintignore", lines, "", path, is_folder));
    require(leaves_out(".gitignore", lines, "\n*\n", path, is_folder));
    require(!leaves_out(".gitignore", lines, "\n!*\n", path, is_folder));
    return 0;
}
