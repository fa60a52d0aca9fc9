/*
 * A ring of slots. Pulling has a lock of its own, so that a long listing of a folder does not hold
 * up those who finish a batch.
 */
#include "run/pool.h"
#include "base/mem.h"
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

typedef struct pool {
    const nl_pool_job *job;
    pthread_mutex_t pulling, lock;
    pthread_cond_t room, ready;
    char *batches;
    bool *done;
    size_t slots;
    size_t pulled, delivered; /* numbers of batches */
    bool finished, stopped;
} pool;

static void *batch_of(const pool *p, size_t number) {
    return p->batches + number % p->slots * p->job->batch_size;
}

/* Waits for a free slot and fills it. False at the end. */
static bool pull(pool *p, size_t *number) {
    pthread_mutex_lock(&p->pulling);
    pthread_mutex_lock(&p->lock);
    while (!p->stopped && !p->finished && p->pulled - p->delivered == p->slots)
        pthread_cond_wait(&p->room, &p->lock);
    bool more = !p->stopped && !p->finished;
    *number = p->pulled;
    pthread_mutex_unlock(&p->lock);
    more = more && p->job->pull(p->job->context, batch_of(p, *number));
    pthread_mutex_lock(&p->lock);
    if (more) {
        p->done[*number % p->slots] = false;
        p->pulled++;
    } else {
        p->finished = true;
        pthread_cond_signal(&p->ready);
    }
    pthread_mutex_unlock(&p->lock);
    pthread_mutex_unlock(&p->pulling);
    return more;
}

static void *run_worker(void *context) {
    pool *p = context;
    const nl_pool_job *job = p->job;
    void *worker = job->worker_new(job->context);
    for (size_t number; pull(p, &number);) {
        job->work(job->context, worker, batch_of(p, number));
        pthread_mutex_lock(&p->lock);
        p->done[number % p->slots] = true;
        if (number == p->delivered)
            pthread_cond_signal(&p->ready);
        pthread_mutex_unlock(&p->lock);
    }
    job->worker_free(job->context, worker);
    return NULL;
}

static void deliver_all(pool *p) {
    pthread_mutex_lock(&p->lock);
    while (!p->stopped) {
        size_t number = p->delivered;
        bool there = number < p->pulled && p->done[number % p->slots];
        if (!there && p->finished && number == p->pulled)
            break;
        if (!there) {
            pthread_cond_wait(&p->ready, &p->lock);
            continue;
        }
        pthread_mutex_unlock(&p->lock);
        bool go_on = p->job->deliver(p->job->context, batch_of(p, number));
        pthread_mutex_lock(&p->lock);
        p->delivered++;
        p->stopped = !go_on;
        pthread_cond_broadcast(&p->room);
    }
    pthread_mutex_unlock(&p->lock);
}

static bool run_alone(pool *p) {
    const nl_pool_job *job = p->job;
    void *worker = job->worker_new(job->context), *batch = batch_of(p, 0);
    bool go_on = true;
    while (go_on && job->pull(job->context, batch)) {
        job->work(job->context, worker, batch);
        go_on = job->deliver(job->context, batch);
    }
    job->worker_free(job->context, worker);
    return go_on;
}

static bool run_threads(pool *p, unsigned threads) {
    pthread_mutex_init(&p->pulling, NULL);
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->room, NULL);
    pthread_cond_init(&p->ready, NULL);
    pthread_t *ids = nl_calloc(threads, sizeof *ids);
    unsigned started = 0;
    while (started < threads && pthread_create(&ids[started], NULL, run_worker, p) == 0)
        started++;
    bool good = true;
    if (started)
        deliver_all(p);
    for (unsigned i = 0; i < started; i++)
        pthread_join(ids[i], NULL);
    good = started ? !p->stopped : run_alone(p);
    free(ids);
    pthread_cond_destroy(&p->ready);
    pthread_cond_destroy(&p->room);
    pthread_mutex_destroy(&p->lock);
    pthread_mutex_destroy(&p->pulling);
    return good;
}

bool nl_pool_run(const nl_pool_job *job, unsigned threads) {
    pool p = {.job = job, .slots = threads > 1 ? (size_t)threads * 4 : 1};
    p.batches = nl_calloc(p.slots, job->batch_size);
    p.done = nl_calloc(p.slots, sizeof *p.done);
    bool good = threads > 1 ? run_threads(&p, threads) : run_alone(&p);
    for (size_t i = 0; i < p.slots; i++)
        job->batch_free(job->context, p.batches + i * job->batch_size);
    free(p.batches);
    free(p.done);
    return good;
}

unsigned nl_pool_processors(void) {
    cpu_set_t set;
    CPU_ZERO(&set);
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count > 0 ? (unsigned)count : 1;
}
