/*
 * The rest of a site: its articles that are not to be checked, read for what they tell those that
 * are. A site is what the folder of its rule file holds, by the same filters as any folder; without
 * a rule file nobody knows where it ends, and what was named is all there is.
 */
#include "base/mem.h"
#include "run/task.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static nl_hash fingerprint(const nl_site *site, const char *rule_path) {
    nl_buf path = {0};
    nl_buf_puts(&path, site->folder);
    nl_buf_putc(&path, '/');
    nl_buf_puts(&path, rule_path);
    nl_hash hash = nl_hash_of(nl_buf_str(&path));
    nl_buf_free(&path);
    return hash;
}

/* Is the site's folder one of the arguments, and nothing of it left out but by the site's own
 * filters? */
static bool is_covered(const nl_run_state *r, const nl_site *site) {
    if (!r->options->walk || r->options->narrowed)
        return false;
    size_t count;
    bool covered = false;
    const nl_walk_root *roots = nl_walk_roots(r->options->walk, &count);
    for (size_t i = 0; i < count && !covered; i++) {
        char *real = roots[i].folder ? realpath(roots[i].shown, NULL) : NULL;
        covered = real && strcmp(real, site->folder) == 0;
        free(real);
    }
    return covered;
}

/* Has the site a rest that could be walked? */
static bool has_rest(const nl_run_state *r, const nl_site *site) {
    return site->corpus && site->file && r->options->rest && !site->covered;
}

void nl_rest_know(nl_run_state *r, nl_site *site, const char *rule_path) {
    if (!site->corpus)
        return;
    if (!site->met)
        site->covered = is_covered(r, site);
    site->met = true;
    if (!has_rest(r, site))
        return;
    r->known = nl_grow(r->known, &r->known_cap, r->known_count + 1, sizeof *r->known);
    r->known[r->known_count++] = fingerprint(site, rule_path);
}

static int by_hash(const void *a, const void *b) {
    return nl_hash_cmp(*(const nl_hash *)a, *(const nl_hash *)b);
}

static bool is_known(const nl_run_state *r, const nl_site *site, const char *rule_path) {
    nl_hash hash = fingerprint(site, rule_path);
    return r->known_count && bsearch(&hash, r->known, r->known_count, sizeof hash, by_hash);
}

static const char *shown_in(const nl_place *place, nl_str name, nl_arena *arena) {
    nl_buf path = {0};
    nl_buf_puts(&path, place->shown);
    nl_buf_str_add(&path, name);
    const char *copy = nl_arena_copy(arena, path.p, path.n);
    nl_buf_free(&path);
    return copy;
}

static bool pull(void *context, void *into) {
    nl_run_state *r = context;
    nl_batch *b = into;
    nl_arena_reset(&b->arena);
    b->count = 0;
    nl_walk_item found;
    while (b->count < NL_BATCH && nl_walk_next(r->rest, &found)) {
        if (found.trouble) {
            nl_task_add_folder(b, &found);
            continue;
        }
        nl_str path = nl_str_c(found.path);
        const nl_place *place = nl_task_place(r, path);
        if (place->site != r->site)
            continue;
        const char *rule_path = nl_task_wanted(place, path, false, &b->arena);
        if (!rule_path || is_known(r, r->site, rule_path))
            continue;
        nl_task *t = nl_task_add(b, NL_RUN_ARTICLE);
        t->path = shown_in(place, nl_path_name(path), &b->arena);
        t->rule_path = rule_path;
        t->item.site = r->site;
    }
    return b->count;
}

static void work(void *context, void *object, void *into) {
    const nl_run_state *r = context;
    nl_run_worker *w = object;
    nl_batch *b = into;
    for (size_t i = 0; i < b->count; i++) {
        nl_task *t = &b->tasks[i];
        if (t->item.kind != NL_RUN_ARTICLE || !nl_task_read(r, w, t))
            continue;
        newslint_article article = nl_task_article(w, t);
        newslint_result *result = newslint_index(r->site->engine, w->lint, &article);
        nl_held_tell(w, r->site, result);
        newslint_result_free(result);
    }
    w->path = NULL;
}

static bool is_gone(const nl_task *t) {
    struct stat st;
    return t->path && stat(t->path, &st) != 0 && errno == ENOENT;
}

/* What cannot be read may be what an article is like: the comparison is not whole then, which is
 * said at the end. What is gone, or a link to nothing, is like none. */
static bool deliver(void *context, void *from) {
    nl_batch *b = from;
    for (size_t i = 0; i < b->count; i++)
        if (b->tasks[i].item.failed && !is_gone(&b->tasks[i]))
            nl_held_add(context, &b->tasks[i]);
        else
            nl_task_release(&b->tasks[i].item);
    b->count = 0;
    return true;
}

/* False if the site's folder cannot be walked. */
static bool read_rest(nl_run_state *r, nl_site *site) {
    nl_error error;
    r->site = site;
    r->rest = nl_walk_new(r->options->rest, &error);
    bool good = r->rest && nl_walk_add(r->rest, *site->shown ? site->shown : ".", &error);
    if (good) {
        nl_pool_job job = nl_task_job(r);
        job.pull = pull;
        job.work = work;
        job.deliver = deliver;
        nl_task_run(r, &job);
    }
    nl_walk_free(r->rest);
    return good;
}

void nl_rest_compare(nl_run_state *r) {
    if (r->known_count)
        qsort(r->known, r->known_count, sizeof *r->known, by_hash);
    /* Walking may find more sites; they come before the first. */
    for (nl_site *site = nl_discover_sites(r->options->discover); site; site = site->next) {
        if (!site->corpus)
            continue;
        bool whole = site->covered;
        if (site->compared && has_rest(r, site))
            whole = read_rest(r, site);
        newslint_corpus_seal(site->corpus, whole);
    }
}
