/*
 * Folders are looked up by their real path; a rule file is shown by the path of the argument it was
 * found from where it lies below the current folder, else by its real path.
 */
#include "run/discover.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/map.h"
#include "base/mem.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is known of folders, by path. */
typedef struct table {
    nl_map numbers;
    void **items;
    size_t count, cap;
} table;

struct nl_discover {
    nl_discover_options options;
    nl_arena arena;
    char *here;      /* real path of the current folder */
    table by_folder; /* real path to nl_site */
    table places;    /* folder as shown to nl_place */
    nl_site *sites, *fixed, *fallback;
};

static char *copy(nl_arena *arena, nl_str s) {
    return nl_arena_copy(arena, s.p ? s.p : "", s.n);
}

static void *table_get(const table *t, nl_str key) {
    size_t number = nl_map_find(&t->numbers, key);
    return number == SIZE_MAX ? NULL : t->items[number];
}

static void table_set(nl_discover *d, table *t, nl_str key, void *item) {
    t->items = nl_grow(t->items, &t->cap, t->count + 1, sizeof *t->items);
    t->items[t->count] = item;
    nl_map_add(&t->numbers, nl_str_n(copy(&d->arena, key), key.n), t->count++);
}

static void table_free(table *t) {
    nl_map_free(&t->numbers);
    free(t->items);
}

/* An article on standard input may be said to lie in a folder that is not there. */
char *nl_discover_real(const nl_discover *d, nl_arena *arena, nl_str shown) {
    char *path = copy(arena, shown);
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        path[--n] = '\0';
    if (n == 0 || strcmp(path, ".") == 0)
        return d->here;
    if (strcmp(path, "/") == 0)
        return path;
    char *real = realpath(path, NULL), *out;
    if (!real && errno == ENOMEM)
        nl_mem_fail(n);
    if (real) {
        out = copy(arena, nl_str_c(real));
    } else {
        nl_str whole = nl_str_n(path, n), name = nl_path_name(whole);
        char *above = nl_discover_real(d, arena, nl_str_sub(whole, 0, n - name.n));
        nl_buf joined = {0};
        nl_buf_printf(&joined, "%s/", strcmp(above, "/") ? above : "");
        nl_buf_str_add(&joined, name);
        out = copy(arena, nl_buf_str(&joined));
        nl_buf_free(&joined);
    }
    free(real);
    return out;
}

void nl_discover_between(const char *from, const char *to, nl_buf *out) {
    size_t common = 0, i = 0;
    from += strcmp(from, "/") == 0;
    to += strcmp(to, "/") == 0;
    for (;; i++) {
        bool from_end = !from[i] || from[i] == '/', to_end = !to[i] || to[i] == '/';
        if (from_end && to_end)
            common = i;
        if (!from[i] || !to[i] || from[i] != to[i])
            break;
    }
    for (const char *p = from + common; *p; p++)
        if (*p == '/')
            nl_buf_puts(out, "../");
    if (to[common]) {
        nl_buf_puts(out, to + common + (to[common] == '/'));
        nl_buf_putc(out, '/');
    }
}

static char *prefix_between(nl_arena *arena, const char *from, const char *to) {
    nl_buf out = {0};
    nl_discover_between(from, to, &out);
    char *prefix = copy(arena, nl_buf_str(&out));
    nl_buf_free(&out);
    return prefix;
}

static nl_site *add_site(nl_discover *d, const char *folder, const char *file) {
    nl_site *site = NL_NEW(&d->arena, nl_site);
    site->folder = copy(&d->arena, nl_str_c(folder));
    site->shown = prefix_between(&d->arena, d->here, site->folder);
    site->file = file ? copy(&d->arena, nl_str_c(file)) : NULL;
    site->next = d->sites;
    d->sites = site;
    return site;
}

static void fail(nl_site *site, const char *path, const char *message) {
    site->problems = newslint_result_of_trouble(path, "newslint/unreadable", message);
}

/* A file or folder, from the site's folder. */
static bool is_in_site(void *context, const char *path) {
    const nl_site *site = context;
    nl_buf full = {0};
    nl_buf_puts(&full, site->folder);
    nl_buf_putc(&full, '/');
    nl_buf_puts(&full, path);
    bool there = access(nl_buf_c(&full), F_OK) == 0;
    nl_buf_free(&full);
    return there;
}

static void load(nl_discover *d, nl_site *site, const char *const *sets, size_t count) {
    newslint_rules rules = {.sets = sets,
                            .set_count = count,
                            .now = d->options.now,
                            .limits = d->options.limits,
                            .reference = d->options.reference};
    newslint_status status = newslint_engine_new(&site->engine, &rules, &site->problems);
    if (status != NEWSLINT_OK && !site->problems)
        fail(site, sets[count - 1], "the rule file cannot be read");
    if (site->engine && newslint_engine_needs_corpus(site->engine)) {
        site->corpus = newslint_corpus_new();
        newslint_corpus_files(site->corpus, is_in_site, site);
    }
}

static nl_site *site_of_fallback(nl_discover *d) {
    static const char *const news[] = {"news"};
    if (!d->fallback) {
        d->fallback = add_site(d, d->here, NULL);
        d->fallback->fallback = true;
        load(d, d->fallback, news, 1);
    }
    return d->fallback;
}

/* It cannot even be known whether there is a rule file. */
static nl_site *unreadable(nl_discover *d, const char *folder, const char *file, int code) {
    nl_site *site = add_site(d, folder, file);
    nl_error error;
    nl_error_path(&error, code, "read", file);
    fail(site, file, error.text);
    return site;
}

/* 0 and *there, or why that cannot be known. */
static int find_file(const char *path, bool *there) {
    struct stat st;
    int code = stat(path, &st) == 0 ? 0 : errno;
    *there = code == 0 && !S_ISDIR(st.st_mode);
    return code == ENOENT || code == ENOTDIR ? 0 : code;
}

/* The path of a file in a folder as it is shown: relative where it lies below the current folder.
 */
static char *shown_in(nl_discover *d, const char *folder, const char *name) {
    nl_buf path = {0};
    size_t n = strlen(d->here);
    if (strcmp(folder, d->here) == 0)
        nl_buf_puts(&path, name);
    else if (n > 1 && strncmp(folder, d->here, n) == 0 && folder[n] == '/')
        nl_buf_printf(&path, "%s/%s", folder + n + 1, name);
    else
        nl_buf_printf(&path, "%s/%s", strcmp(folder, "/") ? folder : "", name);
    char *out = copy(&d->arena, nl_buf_str(&path));
    nl_buf_free(&path);
    return out;
}

/* The site of the rule file in this very folder, or NULL. */
static nl_site *site_in(nl_discover *d, const char *folder) {
    const char *names[] = {shown_in(d, folder, "newslint.yaml"),
                           shown_in(d, folder, ".newslint.yaml")};
    bool there[2] = {false, false};
    for (size_t i = 0; i < 2; i++) {
        int code = find_file(names[i], &there[i]);
        if (code)
            return unreadable(d, folder, names[i], code);
    }
    if (!there[0] && !there[1])
        return NULL;
    const char *file = there[0] ? names[0] : names[1];
    nl_site *site = add_site(d, folder, file);
    if (there[0] && there[1])
        fail(
            site, file,
            "there are both `newslint.yaml` and `.newslint.yaml` in this folder: keep one of them");
    else
        load(d, site, &file, 1);
    return site;
}

/* The nearest one, remembered for each folder on the way up. */
static nl_site *site_of(nl_discover *d, const char *folder) {
    nl_site *site = NULL;
    nl_str real = nl_str_c(folder);
    size_t n = real.n;
    while (!site) {
        nl_str at = n ? nl_str_sub(real, 0, n) : nl_str_c("/");
        site = table_get(&d->by_folder, at);
        if (!site)
            site = site_in(d, copy(&d->arena, at));
        if (n <= 1)
            break;
        if (!site)
            do
                n--;
            while (n && real.p[n] != '/');
    }
    if (!site)
        site = site_of_fallback(d);
    for (size_t end = real.n;;) {
        table_set(d, &d->by_folder, end ? nl_str_sub(real, 0, end) : nl_str_c("/"), site);
        if (end <= n || end == 0)
            break;
        do
            end--;
        while (end && real.p[end] != '/');
    }
    return site;
}

nl_discover *nl_discover_new(const nl_discover_options *options, nl_error *error) {
    char *here = realpath(".", NULL);
    if (!here) {
        nl_error_set(error, errno, "cannot find the current folder: %s", strerror(errno));
        return NULL;
    }
    nl_discover *d = nl_calloc(1, sizeof *d);
    d->options = *options;
    d->here = copy(&d->arena, nl_str_c(here));
    free(here);
    if (options->config) {
        nl_str config = nl_str_c(options->config);
        nl_str folder = nl_str_sub(config, 0, config.n - nl_path_name(config).n);
        d->fixed = add_site(d, nl_discover_real(d, &d->arena, folder), options->config);
        load(d, d->fixed, &options->config, 1);
    } else if (options->set_count) {
        d->fixed = add_site(d, d->here, NULL);
        load(d, d->fixed, options->sets, options->set_count);
    }
    return d;
}

const nl_place *nl_discover_place(nl_discover *d, nl_str folder) {
    nl_place *place = table_get(&d->places, folder);
    if (place)
        return place;
    const char *real = nl_discover_real(d, &d->arena, folder);
    place = NL_NEW(&d->arena, nl_place);
    place->site = d->fixed ? d->fixed : site_of(d, real);
    place->prefix = prefix_between(&d->arena, place->site->folder, real);
    place->shown = prefix_between(&d->arena, d->here, real);
    table_set(d, &d->places, folder, place);
    return place;
}

nl_site *nl_discover_sites(const nl_discover *d) {
    return d->sites;
}

void nl_discover_free(nl_discover *d) {
    if (!d)
        return;
    for (nl_site *s = d->sites; s; s = s->next) {
        newslint_corpus_free(s->corpus);
        newslint_engine_free(s->engine);
        newslint_result_free(s->problems);
    }
    table_free(&d->by_folder);
    table_free(&d->places);
    nl_arena_free(&d->arena);
    free(d);
}
