/*
 * Pulling finds out what is to be checked and by what rules; working reads, checks and fixes;
 * delivering keeps the order. Batches are small at first, so that a few files are shared out too.
 */
#include "base/mem.h"
#include "base/unicode.h"
#include "run/replace.h"
#include "run/task.h"
#include "run/temporary.h"
#include <stdlib.h>
#include <string.h>

enum { FIRST_BATCH = 4, SMALL_BATCHES = 16 };
enum { READERS_EACH = 4, READERS_LEAST = 8 }; /* a processor; in all */
enum { LAST_PATH = 400, LAST = 4096 };        /* bytes of a path, and of the last sentence */

/* ---- Timing --------------------------------------------------------------------------------- */

uint64_t nl_task_clock(const nl_run_state *r) {
    return r->options->timing ? nl_timing_now() : 0;
}

void nl_task_time(nl_run_state *r, const char *what, uint64_t since, uint64_t count) {
    if (!r->options->timing)
        return;
    uint64_t spent = nl_timing_now() - since;
    pthread_mutex_lock(&r->telling);
    nl_timing_add(r->options->timing, nl_str_c(what), spent, count);
    pthread_mutex_unlock(&r->telling);
}

static void add_worker_times(nl_run_state *r, const nl_run_worker *w) {
    pthread_mutex_lock(&r->telling);
    nl_timing_add(r->options->timing, NL_S("read"), w->reading, w->reads);
    for (size_t i = 0; i < newslint_worker_timing_count(w->lint); i++) {
        newslint_timing t = newslint_worker_timing(w->lint, i);
        nl_timing_add(r->options->timing, nl_str_n(t.what.data, t.what.size), t.nanoseconds,
                      t.count);
    }
    pthread_mutex_unlock(&r->telling);
}

/* ---- Pulling -------------------------------------------------------------------------------- */

const nl_place *nl_task_place(nl_run_state *r, nl_str path) {
    nl_str folder = nl_str_sub(path, 0, path.n - nl_path_name(path).n);
    if (!r->place || !nl_str_eq(folder, nl_buf_str(&r->folder))) {
        nl_buf_clear(&r->folder);
        nl_buf_str_add(&r->folder, folder);
        r->place = nl_discover_place(r->options->discover, folder);
        if (r->options->fixes == NL_RUN_WRITE && !r->rest)
            nl_temporary_clean(nl_buf_c(&r->folder));
    }
    return r->place;
}

nl_task *nl_task_add(nl_batch *b, nl_run_kind kind) {
    nl_task *t = &b->tasks[b->count++];
    *t = (nl_task){.item = {.kind = kind}, .fd = -1};
    return t;
}

/* The first article of a site with bad rules brings the problems; the rest of them is silent. */
static void add_problems(nl_batch *b, nl_site *site) {
    if (site->told || !site->problems)
        return;
    site->told = true;
    nl_task *t = nl_task_add(b, NL_RUN_RULES);
    t->item.trouble = site->problems;
    t->item.site = site;
    t->item.failed = !site->engine;
}

static void add_article(nl_run_state *r, nl_batch *b, const nl_place *place, nl_str path,
                        const char *rule_path) {
    add_problems(b, place->site);
    r->summary->articles++;
    r->summary->fallback = r->summary->fallback || place->site->fallback;
    b->articles++;
    if (!place->site->engine)
        return;
    nl_rest_know(r, place->site, rule_path);
    nl_task *t = nl_task_add(b, NL_RUN_ARTICLE);
    t->path = nl_arena_copy(&b->arena, path.p, path.n);
    t->rule_path = rule_path;
    t->item.site = place->site;
}

void nl_task_add_folder(nl_batch *b, const nl_walk_item *found) {
    nl_task *t = nl_task_add(b, NL_RUN_FOLDER);
    t->item.trouble =
        newslint_result_of_trouble(found->path, "newslint/unreadable", found->trouble);
    t->item.failed = true;
}

/* Where the path stands for the rules; NULL if they do not want it. */
const char *nl_task_wanted(const nl_place *place, nl_str path, bool named, nl_arena *arena) {
    nl_str prefix = nl_str_c(place->prefix), name = nl_path_name(path);
    char *rule_path = nl_arena_alloc(arena, prefix.n + name.n + 1);
    memcpy(rule_path, prefix.p, prefix.n);
    memcpy(rule_path + prefix.n, name.p, name.n);
    rule_path[prefix.n + name.n] = '\0';
    if (!named && place->site->engine && !newslint_engine_wants(place->site->engine, rule_path))
        return NULL;
    return rule_path;
}

static bool pull_text(nl_run_state *r, nl_batch *b) {
    if (r->text_taken)
        return false;
    r->text_taken = true;
    nl_str path = nl_str_c(r->options->text.path);
    const nl_place *place = nl_task_place(r, path);
    add_article(r, b, place, path, nl_task_wanted(place, path, true, &b->arena));
    return true;
}

static bool pull_files(nl_run_state *r, nl_batch *b) {
    size_t most = r->pulled++ < SMALL_BATCHES ? FIRST_BATCH : NL_BATCH - 1; /* problems take one */
    nl_walk_item found;
    while (b->count < most && b->articles < NL_BATCH && nl_walk_next(r->options->walk, &found)) {
        if (found.trouble) {
            nl_task_add_folder(b, &found);
            continue;
        }
        nl_str path = nl_str_c(found.path);
        const nl_place *place = nl_task_place(r, path);
        const char *rule_path = nl_task_wanted(place, path, found.named, &b->arena);
        if (rule_path) {
            found.root->found++;
            add_article(r, b, place, path, rule_path);
        } else {
            found.root->left.unwanted++;
        }
    }
    return b->count || b->articles;
}

static bool pull(void *context, void *into) {
    nl_run_state *r = context;
    nl_batch *b = into;
    uint64_t then = nl_task_clock(r);
    nl_arena_reset(&b->arena);
    b->count = b->articles = 0;
    bool more = r->options->text.path ? pull_text(r, b) : pull_files(r, b);
    nl_task_time(r, "list", then, b->articles);
    return more;
}

/* ---- Working -------------------------------------------------------------------------------- */

/* Says at which article there was no more memory. What is written here has room in `last`; of a
 * long path its end is shown. */
static void end_without_memory(void *context, size_t size) {
    nl_run_worker *w = context;
    nl_buf_clear(&w->last);
    nl_buf_puts(&w->last, "newslint: ");
    if (w->path) {
        nl_str path = nl_str_c(w->path);
        nl_buf_puts(&w->last, path.n > LAST_PATH ? "cannot check `…" : "cannot check `");
        nl_visible(nl_str_sub(path, path.n > LAST_PATH ? path.n - LAST_PATH : 0, path.n), &w->last);
        nl_buf_puts(&w->last, "`: ");
    }
    nl_buf_printf(&w->last, "out of memory (%zu bytes wanted)\n", size);
    nl_guard_quit(w->guard, nl_buf_str(&w->last), 2);
}

static void *worker_new(void *context) {
    const nl_run_state *r = context;
    nl_run_worker *w = nl_calloc(1, sizeof *w);
    w->lint = newslint_worker_new();
    w->folder.fd = -1;
    newslint_worker_spare(w->lint, r->options->texts);
    if (r->options->timing)
        newslint_worker_time(w->lint);
    w->guard = r->options->guard;
    nl_buf_reserve(&w->last, LAST);
    w->before = nl_mem_at_end((nl_mem_end){end_without_memory, w});
    return w;
}

static void worker_free(void *context, void *object) {
    nl_run_state *r = context;
    nl_run_worker *w = object;
    if (r->options->timing)
        add_worker_times(r, w);
    nl_held_told(r, w);
    nl_mem_at_end(w->before);
    newslint_worker_free(w->lint);
    nl_folder_leave(&w->folder);
    nl_buf_free(&w->text);
    nl_buf_free(&w->last);
    free(w);
}

/* Fixes and writes or shows. An article that could not be written is reported as it is on disk. */
static void fix(const nl_run_state *r, nl_run_worker *w, nl_task *t,
                const newslint_article *article) {
    const newslint_engine *engine = t->item.site->engine;
    nl_str old = nl_str_n(article->data, article->size);
    char *fixed = NULL;
    size_t size = 0, count = 0;
    t->item.result =
        newslint_fix(engine, w->lint, article, r->options->unsafe, &fixed, &size, &count);
    nl_str text = fixed ? nl_str_n(fixed, size) : old;
    if (r->options->fixes == NL_RUN_SHOW) {
        r->options->show(nl_str_c(t->path), old, text, &t->item.shown);
        t->item.fixed = count;
    } else if (!nl_str_eq(text, old)) {
        nl_error error;
        nl_replaced done =
            nl_replace_article(r->options->guard, t->path, &w->id, old, text, &error);
        t->item.fixed = done == NL_NOT_REPLACED ? 0 : count;
        if (done == NL_NOT_REPLACED) {
            newslint_result_free(t->item.result);
            t->item.result = newslint_lint(engine, w->lint, article);
        }
        if (done != NL_REPLACED)
            nl_task_say(t, "newslint/not-fixed", error.text);
    }
    newslint_free(fixed);
}

static void check(const nl_run_state *r, nl_run_worker *w, nl_task *t) {
    nl_str given = r->options->text.text;
    newslint_article article = {
        .path = t->path, .rule_path = t->rule_path, .data = given.p, .size = given.n};
    if (!r->options->text.path)
        article = nl_task_article(w, t);
    w->path = t->path;
    if (r->options->fixes == NL_RUN_CHECK)
        t->item.result = newslint_lint(t->item.site->engine, w->lint, &article);
    else
        fix(r, w, t, &article);
}

/* A diff shows no findings, so none has to wait. */
static bool comparing(const nl_run_state *r) {
    return r->options->fixes != NL_RUN_SHOW || r->options->text.path;
}

/* Keeps what the article has for others. If nothing was found, and nothing will be but by another
 * look at the file, the result is freed here, where its memory is at hand. */
static void settle(const nl_run_state *r, nl_run_worker *w, nl_task *t) {
    nl_run_item *item = &t->item;
    bool compared = comparing(r) && item->site->corpus;
    t->tells = compared && item->result && nl_held_tell(w, item->site, item->result);
    t->clean = !r->options->clean_too && !item->trouble && item->shown.n == 0 && item->fixed == 0 &&
               newslint_result_count(item->result) == 0 && !(compared && r->options->text.path);
    if (!t->clean)
        return;
    newslint_result_free(item->result);
    item->result = NULL;
}

static void work(void *context, void *object, void *into) {
    const nl_run_state *r = context;
    nl_run_worker *w = object;
    nl_batch *b = into;
    nl_ahead ahead = {0};
    for (size_t i = 0; i < b->count; i++) {
        nl_task *t = &b->tasks[i];
        if (i == ahead.read)
            nl_task_read_ahead(r, w, b, &ahead);
        if (t->item.kind != NL_RUN_ARTICLE)
            continue;
        if (!t->unread)
            check(r, w, t);
        settle(r, w, t);
    }
    w->path = NULL;
}

/* ---- Delivering ----------------------------------------------------------------------------- */

void nl_task_release(nl_run_item *item) {
    if (item->kind != NL_RUN_RULES) /* those are the site's */
        newslint_result_free(item->trouble);
    newslint_result_free(item->result);
    nl_buf_free(&item->shown);
}

static bool deliver(void *context, void *from) {
    nl_run_state *r = context;
    nl_batch *b = from;
    uint64_t then = nl_task_clock(r);
    bool go_on = true;
    for (size_t i = 0; i < b->count; i++) {
        nl_task *t = &b->tasks[i];
        nl_run_item *item = &t->item;
        r->summary->failed = r->summary->failed || item->failed;
        r->holding = r->holding || (comparing(r) && item->site && item->site->corpus);
        if (t->clean && !t->tells)
            continue;
        if (r->holding) {
            nl_held_add(r, t);
            continue;
        }
        go_on = go_on && r->options->item(r->options->context, item);
        nl_task_release(item);
    }
    b->count = 0;
    r->seen += b->articles;
    nl_task_time(r, "report", then, b->articles);
    if (r->options->progress)
        r->options->progress(r->options->context, r->seen);
    return go_on;
}

/* What was worked on but not wanted any more. */
static void batch_free(void *context, void *object) {
    (void)context;
    nl_batch *b = object;
    for (size_t i = 0; i < b->count; i++)
        nl_task_release(&b->tasks[i].item);
    nl_arena_free(&b->arena);
}

nl_pool_job nl_task_job(nl_run_state *r) {
    return (nl_pool_job){.batch_size = sizeof(nl_batch),
                         .worker_new = worker_new,
                         .worker_free = worker_free,
                         .batch_free = batch_free,
                         .context = r};
}

bool nl_task_run(nl_run_state *r, const nl_pool_job *job) {
    unsigned processors = nl_pool_processors(), readers = processors * READERS_EACH;
    if (readers < READERS_LEAST)
        readers = READERS_LEAST;
    unsigned jobs = r->options->text.path ? 1 : r->options->jobs;
    r->ahead = nl_task_ahead(jobs ? jobs : readers);
    return jobs ? nl_pool_run(job, jobs, jobs) : nl_pool_run(job, processors, readers);
}

bool nl_run(const nl_run_options *options, nl_run_summary *summary) {
    *summary = (nl_run_summary){0};
    nl_run_state r = {.options = options,
                      .summary = summary,
                      .arena = {.large = true},
                      .telling = PTHREAD_MUTEX_INITIALIZER};
    nl_pool_job job = nl_task_job(&r);
    job.pull = pull;
    job.work = work;
    job.deliver = deliver;
    bool done = nl_task_run(&r, &job);
    if (done && r.holding) {
        uint64_t then = nl_task_clock(&r);
        nl_rest_compare(&r);
        nl_task_time(&r, "compare", then, 1);
        done = nl_held_deliver(&r);
    }
    nl_held_free(&r);
    free(r.known);
    nl_buf_free(&r.folder);
    return done;
}

bool nl_run_list(const nl_run_options *options, nl_run_path path) {
    nl_run_state r = {.options = options};
    nl_arena arena = {0};
    nl_walk_item found;
    bool go_on = true;
    while (go_on && nl_walk_next(options->walk, &found)) {
        nl_str shown = nl_str_c(found.path);
        if (found.trouble) {
            go_on = path(options->context, found.path, found.trouble);
            continue;
        }
        nl_arena_reset(&arena);
        if (nl_task_wanted(nl_task_place(&r, shown), shown, found.named, &arena)) {
            found.root->found++;
            go_on = path(options->context, found.path, NULL);
        } else {
            found.root->left.unwanted++;
        }
    }
    nl_arena_free(&arena);
    nl_buf_free(&r.folder);
    return go_on;
}
