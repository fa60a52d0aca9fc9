/*
 * What waits until all articles were seen: results with findings, up to a bound in memory, and of
 * the rest the paths alone. When it is known which of these the comparison concerns, they are
 * looked at again, by all threads, and everything is delivered in its order.
 */
#include "base/mem.h"
#include "run/task.h"
#include <stdlib.h>
#include <string.h>

enum { HELD_MOST = 40 * 1024 * 1024 };

/* A result that another look at the file would bring again. */
static bool can_come_again(const nl_run_state *r, const nl_run_item *item) {
    if (item->kind != NL_RUN_ARTICLE || !item->result || item->trouble || item->shown.n ||
        r->options->text.path)
        return false;
    for (size_t i = 0; i < newslint_result_count(item->result); i++) {
        newslint_string rule = newslint_result_get(item->result, i)->rule;
        if (nl_str_is(nl_str_n(rule.data, rule.size), "newslint/not-fixed"))
            return false;
    }
    return true;
}

/* Is there nothing to say but the result? */
static bool is_plain(const nl_run_item *item) {
    return item->kind == NL_RUN_ARTICLE && !item->trouble && !item->shown.n && !item->fixed &&
           !item->failed;
}

/* The worker's own corpus for the site, so that no two of them wait for each other. */
static newslint_corpus *telling_of(nl_run_worker *w, nl_site *site) {
    size_t at = w->telling_count;
    while (at > 0 && w->tellings[at - 1].site != site)
        at--;
    if (at == 0) {
        w->tellings =
            nl_grow(w->tellings, &w->telling_cap, w->telling_count + 1, sizeof *w->tellings);
        w->tellings[w->telling_count] = (nl_telling){site, newslint_corpus_new()};
        at = ++w->telling_count;
    }
    nl_telling last = w->tellings[at - 1];
    w->tellings[at - 1] = w->tellings[w->telling_count - 1];
    w->tellings[w->telling_count - 1] = last;
    return last.corpus;
}

bool nl_held_tell(nl_run_worker *w, nl_site *site, const newslint_result *result) {
    if (!newslint_result_tells(result))
        return false;
    newslint_corpus_add(telling_of(w, site), result);
    return true;
}

void nl_held_told(nl_run_state *r, nl_run_worker *w) {
    pthread_mutex_lock(&r->telling);
    for (size_t i = 0; i < w->telling_count; i++)
        newslint_corpus_merge(w->tellings[i].site->corpus, w->tellings[i].corpus);
    pthread_mutex_unlock(&r->telling);
    free(w->tellings);
}

void nl_held_add(nl_run_state *r, nl_task *t) {
    nl_run_item *item = &t->item;
    if (t->tells && strncmp(t->rule_path, "../", 3) != 0)
        item->site->compared = true;
    bool again = !t->clean && can_come_again(r, item);
    bool clean = t->clean || (again && !item->fixed && newslint_result_count(item->result) == 0);
    bool gone = clean || (again && r->held_bytes > HELD_MOST);
    if (gone) {
        newslint_result_free(item->result);
        item->result = NULL;
    } else if (item->result) {
        r->held_bytes += newslint_result_memory(item->result) + sizeof(nl_held);
    }
    const char *path = gone ? nl_arena_copy(&r->arena, t->path, strlen(t->path)) : NULL;
    r->held = nl_grow(r->held, &r->held_cap, r->held_count + 1, sizeof *r->held);
    nl_held *h = &r->held[r->held_count++];
    *h = (nl_held){.site = item->site};
    if (!is_plain(item)) {
        h->as = NL_HELD_ITEM;
        h->item = nl_arena_alloc(&r->arena, sizeof *h->item);
        *h->item = (nl_held_item){*item, path};
    } else if (gone) {
        h->as = clean ? NL_HELD_CLEAN : NL_HELD_AGAIN;
        h->path = path;
    } else {
        h->as = NL_HELD_RESULT;
        h->result = item->result;
    }
}

/* To be looked at again. */
static void take_path(nl_run_state *r, nl_batch *b, nl_site *site, const char *path, bool wanted) {
    nl_task *t = nl_task_add(b, NL_RUN_ARTICLE);
    t->item.site = site;
    t->path = path;
    t->rule_path =
        nl_task_wanted(nl_task_place(r, nl_str_c(path)), nl_str_c(path), true, &b->arena);
    t->empty = !wanted;
}

static void take_item(nl_run_state *r, nl_batch *b, const nl_held *h) {
    if (h->item->path)
        take_path(r, b, h->site, h->item->path, true);
    else
        nl_task_add(b, h->item->item.kind);
    b->tasks[b->count - 1].item = h->item->item;
}

/* Makes a task of what waited, if there is something to do about it. */
static void take_result(nl_batch *b, const nl_held *h) {
    nl_task *t = nl_task_add(b, NL_RUN_ARTICLE);
    t->item.result = h->result;
    t->item.site = h->site;
}

static void take(nl_run_state *r, nl_batch *b, const nl_held *h) {
    const newslint_corpus *corpus = h->site ? h->site->corpus : NULL;
    bool wanted;
    switch (h->as) {
    case NL_HELD_CLEAN:
        wanted = corpus && newslint_corpus_concerns(corpus, h->path);
        if (wanted || r->options->clean_too)
            take_path(r, b, h->site, h->path, wanted);
        break;
    case NL_HELD_AGAIN:
        take_path(r, b, h->site, h->path, true);
        break;
    case NL_HELD_RESULT:
        take_result(b, h);
        break;
    case NL_HELD_ITEM:
        take_item(r, b, h);
    }
}

static bool pull(void *context, void *into) {
    nl_run_state *r = context;
    nl_batch *b = into;
    nl_arena_reset(&b->arena);
    b->count = 0;
    while (b->count < NL_BATCH && r->held_at < r->held_count)
        take(r, b, &r->held[r->held_at++]);
    return b->count;
}

static void look_again(const nl_run_state *r, nl_run_worker *w, nl_task *t) {
    const newslint_engine *engine = t->item.site->engine;
    newslint_article nothing = {.path = t->path, .rule_path = t->rule_path, .data = "", .size = 0};
    if (t->empty) {
        t->item.result = newslint_index(engine, w->lint, &nothing);
    } else if (nl_task_read(r, w, t)) {
        newslint_article article = nl_task_article(w, t);
        t->item.result = newslint_lint(engine, w->lint, &article);
    }
}

static void work(void *context, void *object, void *into) {
    const nl_run_state *r = context;
    nl_run_worker *w = object;
    nl_batch *b = into;
    for (size_t i = 0; i < b->count; i++) {
        nl_task *t = &b->tasks[i];
        if (t->path)
            look_again(r, w, t);
        if (t->item.result && t->item.site->corpus)
            newslint_corpus_check(t->item.site->corpus, t->item.result);
    }
    w->path = NULL;
}

static bool deliver(void *context, void *from) {
    nl_run_state *r = context;
    nl_batch *b = from;
    uint64_t then = nl_task_clock(r);
    size_t count = b->count;
    bool go_on = true;
    for (size_t i = 0; i < b->count; i++) {
        nl_run_item *item = &b->tasks[i].item;
        r->summary->failed = r->summary->failed || item->failed;
        bool shown = item->trouble || item->shown.n || item->fixed || r->options->clean_too ||
                     (item->result && newslint_result_count(item->result));
        if (go_on && shown)
            go_on = r->options->item(r->options->context, item);
        nl_task_release(item);
    }
    b->count = 0;
    nl_task_time(r, "report", then, count);
    return go_on;
}

bool nl_held_deliver(nl_run_state *r) {
    nl_pool_job job = nl_task_job(r);
    job.pull = pull;
    job.work = work;
    job.deliver = deliver;
    return nl_task_run(r, &job);
}

void nl_held_free(nl_run_state *r) {
    for (; r->held_at < r->held_count; r->held_at++) { /* of a run that was ended */
        const nl_held *h = &r->held[r->held_at];
        if (h->as == NL_HELD_RESULT)
            newslint_result_free(h->result);
        else if (h->as == NL_HELD_ITEM)
            nl_task_release(&h->item->item);
    }
    free(r->held);
    nl_arena_free(&r->arena);
}
