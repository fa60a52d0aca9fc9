/* See listing.h. */
#include "run/listing.h"
#include "base/mem.h"
#include "run/ignore.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool nl_listing_is_hidden(nl_str name) {
    return name.n && name.p[0] == '.';
}

bool nl_listing_is_modules(nl_str name) {
    return nl_str_is(name, "node_modules");
}

static int compare_entries(const void *a, const void *b, void *names) {
    const char *base = names;
    return strcmp(base + ((const nl_listing_entry *)a)->name,
                  base + ((const nl_listing_entry *)b)->name);
}

static void keep(nl_listing *l, nl_str name, bool folder) {
    l->entries = nl_grow(l->entries, &l->cap, l->count + 1, sizeof *l->entries);
    l->entries[l->count++] = (nl_listing_entry){.name = l->names.n, .folder = folder};
    nl_buf_str_add(&l->names, name);
    if (folder)
        nl_buf_putc(&l->names, '/');
    nl_buf_putc(&l->names, '\0');
}

static bool never_articles(nl_str name) {
    return nl_str_is(name, ".git") || nl_str_is(name, ".gitignore") ||
           nl_str_is(name, ".newslintignore") || nl_str_is(name, ".newslint.yaml");
}

typedef enum entry_kind { A_FILE, A_FOLDER, A_LINK, SPECIAL } entry_kind;

static entry_kind kind_of(int folder, const struct dirent *d) {
    switch (d->d_type) {
    case DT_REG:
        return A_FILE;
    case DT_DIR:
        return A_FOLDER;
    case DT_LNK:
        return A_LINK;
    case DT_UNKNOWN: {
        struct stat st;
        if (fstatat(folder, d->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
            return A_FILE; /* reading it will say what is wrong */
        return S_ISREG(st.st_mode)   ? A_FILE
               : S_ISDIR(st.st_mode) ? A_FOLDER
               : S_ISLNK(st.st_mode) ? A_LINK
                                     : SPECIAL;
    }
    default:
        return SPECIAL;
    }
}

/* Takes one directory entry or counts why not. Ignore files are asked later, once all are read. */
static void consider(nl_listing *l, int folder, const struct dirent *d, nl_walk_left *left) {
    nl_str name = nl_str_c(d->d_name);
    if (nl_str_is(name, ".") || nl_str_is(name, "..") || never_articles(name))
        return;
    entry_kind kind = kind_of(folder, d);
    if (kind == A_LINK) {
        struct stat st;
        if (fstatat(folder, d->d_name, &st, 0) != 0 || S_ISREG(st.st_mode)) {
            kind = A_FILE; /* a dangling one too: reading it will say so */
        } else {
            left->links += S_ISDIR(st.st_mode);
            left->special += !S_ISDIR(st.st_mode);
            return;
        }
    }
    if (kind == SPECIAL)
        left->special++;
    else if (nl_listing_is_hidden(name))
        left->hidden++;
    else if (kind == A_FOLDER && nl_listing_is_modules(name))
        left->modules++;
    else
        keep(l, name, kind == A_FOLDER);
}

static unsigned ignore_bit(const char *name) {
    return !strcmp(name, ".gitignore")        ? NL_IGNORE_GIT
           : !strcmp(name, ".newslintignore") ? NL_IGNORE_OWN
           : !strcmp(name, ".git")            ? NL_IGNORE_ROOT
                                              : 0;
}

/* False and errno if it cannot be read to its end. */
static bool read_entries(nl_listing *l, DIR *dir, nl_walk_left *left) {
    struct dirent *d;
    while (errno = 0, d = readdir(dir)) {
        if (d->d_name[0] == '.')
            l->ignores |= ignore_bit(d->d_name);
        consider(l, dirfd(dir), d, left);
    }
    return errno == 0;
}

bool nl_listing_read(nl_listing *l, const char *path, nl_walk_left *left) {
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    bool good = dir && read_entries(l, dir, left);
    int code = errno;
    if (dir)
        closedir(dir);
    else if (fd >= 0)
        close(fd);
    if (!good)
        nl_listing_free(l);
    else if (l->count)
        qsort_r(l->entries, l->count, sizeof *l->entries, compare_entries, l->names.p);
    errno = code;
    return good;
}

void nl_listing_free(nl_listing *l) {
    nl_buf_free(&l->names);
    free(l->entries);
    *l = (nl_listing){0};
}
