/* Each argument is a root with a stack of listed folders; roots are merged by path. */
#include "run/walk.h"
#include "base/glob.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "run/above.h"
#include "run/ignore.h"
#include "run/listing.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A listed folder. */
typedef struct frame {
    size_t path; /* length of the folder's path as shown, with the slash */
    nl_listing listing;
    size_t at;
    const nl_ignore *ignore, *above;
} frame;

typedef struct root {
    nl_walk_root public;
    nl_str key;   /* by which roots are ordered; what it yields is never before it */
    nl_buf path;  /* the path at hand */
    size_t start; /* length of the argument's part of it */
    size_t skip;  /* this much of path is replaced by `prefix` for ignore files */
    nl_above above;
    nl_buf full; /* the path at hand as ignore files see it */
    frame *frames;
    size_t depth, cap;
    nl_buf trouble;
    bool begun, has;
} root;

typedef struct include {
    nl_glob *glob;
    bool names_type;
} include;

struct nl_walk {
    nl_walk_options options;
    nl_arena arena;
    include *includes;
    nl_glob **excludes;
    root **roots;
    size_t root_count, root_cap;
    nl_walk_root *public;
    size_t first, active; /* roots[first, active) are being walked or done */
    nl_buf last;
    bool any, sorted;
};

/* ---- Filters -------------------------------------------------------------------------------- */

static bool is_article(nl_str name) {
    static const nl_str endings[] = {NL_STR(".md"), NL_STR(".markdown"), NL_STR(".mdx")};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (nl_str_ends(name, endings[i]))
            return true;
    return false;
}

/* The path at hand below the argument. */
static nl_str below(const root *r) {
    nl_str path = nl_buf_str(&r->path);
    return nl_str_sub(path, r->public.folder ? r->start : 0, path.n);
}

static bool excluded(const nl_walk *w, const root *r, nl_str path, bool folder) {
    for (size_t i = 0; i < w->options.exclude_count; i++)
        if (nl_glob_match(w->excludes[i], path, folder) ||
            nl_glob_match(w->excludes[i], below(r), folder))
            return true;
    return false;
}

/* Does --include let the file through; if it is not given, does its name? */
static bool included(const nl_walk *w, root *r, nl_str path, nl_str name) {
    bool article = is_article(name), matched = false;
    for (size_t i = 0; i < w->options.include_count; i++) {
        const include *in = &w->includes[i];
        if (!nl_glob_match(in->glob, path, false) && !nl_glob_match(in->glob, below(r), false))
            continue;
        matched = true;
        if (article || in->names_type)
            return true;
    }
    if (!article)
        r->public.left.other++;
    else if (w->options.include_count && !matched)
        r->public.left.not_included++;
    else
        return true;
    return false;
}

static nl_str full_path(root *r, nl_str path) {
    nl_buf_clear(&r->full);
    nl_buf_str_add(&r->full, nl_buf_str(&r->above.prefix));
    nl_buf_str_add(&r->full, nl_str_sub(path, r->skip, path.n));
    return nl_buf_str(&r->full);
}

/* ---- Folders -------------------------------------------------------------------------------- */

/* The folder cannot be walked. */
static bool refuse(root *r, const char *what, const char *why) {
    nl_buf_clear(&r->trouble);
    nl_buf_puts(&r->trouble, what);
    nl_buf_puts(&r->trouble, why);
    r->public.left.unreadable++;
    return false;
}

/* Lists the folder of r->path (its path ends in a slash or is empty) and pushes it. */
static bool push(nl_walk *w, root *r) {
    const char *path = r->path.n ? nl_buf_c(&r->path) : "";
    frame f = {.path = r->path.n};
    if (!nl_listing_read(&f.listing, *path ? path : "./", &r->public.left))
        return refuse(r, "cannot read the folder: ", strerror(errno));
    bool top = r->depth == 0;
    nl_error error = {0};
    f.above = top ? r->above.level : r->frames[r->depth - 1].ignore;
    f.ignore = f.above;
    if (!w->options.no_ignore && !top) /* the argument's own level is in `above` */
        f.ignore = nl_ignore_push(f.above, path, full_path(r, nl_buf_str(&r->path)).n,
                                  f.listing.ignores, &error);
    if (error.code) {
        nl_ignore_pop(f.ignore, f.above);
        nl_listing_free(&f.listing);
        return refuse(r, "", error.text);
    }
    r->frames = nl_grow(r->frames, &r->cap, r->depth + 1, sizeof *r->frames);
    r->frames[r->depth++] = f;
    return true;
}

static void pop(root *r) {
    frame *f = &r->frames[--r->depth];
    nl_ignore_pop(f->ignore, f->above);
    nl_listing_free(&f->listing);
}

/* Is the entry whose path is at hand to be taken? */
static bool wanted(const nl_walk *w, root *r, const frame *f, nl_str name, bool folder) {
    nl_walk_left *left = &r->public.left;
    nl_str path = nl_buf_str(&r->path);
    if (folder)
        path.n--; /* the slash */
    if (!folder && !included(w, r, path, name))
        return false;
    if (f->ignore && nl_ignore_match(f->ignore, full_path(r, path), folder)) {
        left->ignored++;
        return false;
    }
    if (w->options.exclude_count && excluded(w, r, path, folder)) {
        left->excluded++;
        return false;
    }
    return true;
}

/* Goes to the next article or trouble below a folder. */
static bool step(nl_walk *w, root *r) {
    r->trouble.n = 0;
    while (r->depth) {
        frame *f = &r->frames[r->depth - 1];
        r->path.n = f->path;
        if (f->at == f->listing.count) {
            pop(r);
            continue;
        }
        nl_listing_entry e = f->listing.entries[f->at++];
        nl_str name = nl_str_c(f->listing.names.p + e.name);
        nl_buf_str_add(&r->path, name);
        if (!wanted(w, r, f, name, e.folder))
            continue;
        if (!e.folder || !push(w, r))
            return true;
    }
    return false;
}

/* ---- Arguments ------------------------------------------------------------------------------ */

/* Would a walk come to the named file? Otherwise counts what is in the way. */
static bool reachable(const nl_walk *w, root *r) {
    nl_walk_left *left = &r->public.left;
    nl_str path = nl_buf_str(&r->path);
    nl_above above = {0};
    nl_str name = nl_path_name(path);
    nl_above_find(&above, nl_str_sub(path, 0, path.n - name.n), w->options.no_ignore);
    nl_buf_str_add(&above.prefix, name);
    nl_str full = nl_buf_str(&above.prefix);
    if (above.ignored || nl_ignore_match(above.level, full, false))
        left->ignored++;
    for (nl_str rest = full; rest.n;) {
        size_t end = nl_str_find(rest, '/');
        nl_str part = nl_str_sub(rest, 0, end);
        left->hidden += nl_listing_is_hidden(part);
        left->modules += end < rest.n && nl_listing_is_modules(part);
        rest = nl_str_sub(rest, end + 1, rest.n);
    }
    for (size_t i = 0; i < w->options.exclude_count; i++)
        left->excluded += nl_glob_covers(w->excludes[i], path);
    nl_above_free(&above);
    return !left->ignored && !left->hidden && !left->modules && !left->excluded;
}

/* Makes the first path of a root; false if it yields none. */
static bool begin(nl_walk *w, root *r) {
    r->begun = true;
    if (!r->public.folder)
        return !w->options.force_exclude || reachable(w, r);
    nl_above_find(&r->above, nl_buf_str(&r->path), w->options.no_ignore);
    r->skip = r->path.n;
    if (r->above.ignored) {
        r->public.left.ignored++;
        return false;
    }
    if (!push(w, r))
        return true;
    if (r->above.error.code) {
        pop(r);
        return !refuse(r, "", r->above.error.text);
    }
    return step(w, r);
}

static bool advance(nl_walk *w, root *r) {
    r->has = r->begun ? r->public.folder && step(w, r) : begin(w, r);
    return r->has;
}

bool nl_walk_add(nl_walk *w, const char *path, nl_error *error) {
    struct stat st = {0};
    if (stat(path, &st) != 0) {
        if (errno != EACCES) {
            nl_error_path(error, errno, "check", path);
            return false;
        }
        st.st_mode = S_IFREG; /* reading it will say what is wrong */
    }
    if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)) {
        nl_buf shown = {0};
        nl_visible(nl_str_c(path), &shown);
        nl_error_set(error, EINVAL, "cannot check `%s`: it is neither a file nor a folder",
                     nl_buf_c(&shown));
        nl_buf_free(&shown);
        return false;
    }
    root *r = nl_calloc(1, sizeof *r);
    nl_path_clean(path, &r->path);
    if (S_ISDIR(st.st_mode)) {
        while (r->path.n > 1 && r->path.p[r->path.n - 1] == '/')
            r->path.n--;
        if (nl_str_is(nl_buf_str(&r->path), "."))
            r->path.n = 0;
        else if (r->path.n && r->path.p[r->path.n - 1] != '/')
            nl_buf_putc(&r->path, '/');
        r->public.folder = true;
    }
    r->start = r->path.n;
    nl_str key = nl_buf_str(&r->path);
    r->key = nl_str_n(nl_arena_copy(&w->arena, key.n ? key.p : "", key.n), key.n);
    r->public.shown = path;
    w->roots = nl_grow(w->roots, &w->root_cap, w->root_count + 1, sizeof(root *));
    w->roots[w->root_count++] = r;
    return true;
}

static int compare_roots(const void *a, const void *b) {
    return nl_str_cmp((*(root *const *)a)->key, (*(root *const *)b)->key);
}

static bool names_type(nl_str glob) {
    nl_str name = nl_path_name(glob);
    bool wild = false;
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] == '.')
            return true;
        wild = wild || strchr("*?[{", name.p[i]);
    }
    return !wild && name.n;
}

static nl_glob *glob_of(nl_walk *w, const char *option, const char *text, nl_error *error) {
    const char *why = NULL;
    nl_glob *glob = nl_glob_new(nl_str_c(text), true, &w->arena, &why);
    if (!glob)
        nl_error_set(error, EINVAL, "bad glob for %s: `%s`: %s", option, text, why);
    return glob;
}

nl_walk *nl_walk_new(const nl_walk_options *options, nl_error *error) {
    nl_walk *w = nl_calloc(1, sizeof *w);
    w->options = *options;
    w->includes = NL_NEW_ARRAY(&w->arena, include, options->include_count);
    w->excludes = NL_NEW_ARRAY(&w->arena, nl_glob *, options->exclude_count);
    bool good = true;
    for (size_t i = 0; good && i < options->include_count; i++) {
        w->includes[i].names_type = names_type(nl_str_c(options->include[i]));
        w->includes[i].glob = glob_of(w, "--include", options->include[i], error);
        good = w->includes[i].glob;
    }
    for (size_t i = 0; good && i < options->exclude_count; i++)
        good = (w->excludes[i] = glob_of(w, "--exclude", options->exclude[i], error));
    if (good)
        return w;
    nl_walk_free(w);
    return NULL;
}

/* ---- Merging -------------------------------------------------------------------------------- */

/* The root whose path at hand is least; begins those whose turn may have come. */
static root *least(nl_walk *w) {
    root *best = NULL;
    while (w->first < w->active && !w->roots[w->first]->has)
        w->first++;
    for (size_t i = w->first; i < w->root_count; i++) {
        root *r = w->roots[i];
        if (i >= w->active) {
            if (best && nl_str_cmp(r->key, nl_buf_str(&best->path)) > 0)
                break;
            w->active = i + 1;
            advance(w, r);
        }
        if (r->has && (!best || nl_str_cmp(nl_buf_str(&r->path), nl_buf_str(&best->path)) < 0))
            best = r;
    }
    return best;
}

bool nl_walk_next(nl_walk *w, nl_walk_item *item) {
    if (!w->sorted && w->root_count)
        qsort(w->roots, w->root_count, sizeof(root *), compare_roots);
    w->sorted = true;
    if (w->any) /* all that stand at the path given last go on */
        for (size_t i = w->first; i < w->active; i++) {
            root *r = w->roots[i];
            if (r->has && nl_str_eq(nl_buf_str(&r->path), nl_buf_str(&w->last)))
                advance(w, r);
        }
    root *r = least(w);
    if (!r)
        return false;
    nl_buf_clear(&w->last);
    nl_buf_str_add(&w->last, nl_buf_str(&r->path));
    w->any = true;
    *item = (nl_walk_item){.path = nl_buf_c(&w->last),
                           .root = &r->public,
                           .trouble = r->trouble.n ? nl_buf_c(&r->trouble) : NULL};
    for (size_t i = w->first; i < w->active; i++) {
        root *other = w->roots[i];
        bool same = other->has && nl_str_eq(nl_buf_str(&other->path), nl_buf_str(&w->last));
        item->named = item->named || (same && !other->public.folder && !w->options.force_exclude);
        other->public.found += same && other != r;
    }
    return true;
}

nl_walk_root *nl_walk_roots(nl_walk *w, size_t *count) {
    *count = w->root_count;
    w->public = NL_NEW_ARRAY(&w->arena, nl_walk_root, w->root_count);
    for (size_t i = 0; i < w->root_count; i++)
        w->public[i] = w->roots[i]->public;
    return w->public;
}

void nl_walk_free(nl_walk *w) {
    if (!w)
        return;
    for (size_t i = 0; i < w->root_count; i++) {
        root *r = w->roots[i];
        while (r->depth)
            pop(r);
        free(r->frames);
        nl_buf_free(&r->path);
        nl_buf_free(&r->full);
        nl_buf_free(&r->trouble);
        nl_above_free(&r->above);
        free(r);
    }
    free(w->roots);
    nl_buf_free(&w->last);
    nl_arena_free(&w->arena);
    free(w);
}
