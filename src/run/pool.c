/*
 * A ring of slots. Pulling has a lock of its own, so that a long listing of a folder does not hold
 * up those who finish a batch, and is done ahead, so that nobody waits for a batch. Nobody is woken
 * to deliver: who finishes a batch delivers all that are ready, unless somebody is at it, who will
 * see this one too. Who had to wait for a disk calls for help: the disk can read for several at
 * once, and those who wait leave the processors to the others.
 */
#include "run/pool.h"
#include "base/mem.h"
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/resource.h>

enum { SLOTS_EACH = 4, AHEAD = 2 };

typedef struct pool {
    const nl_pool_job *job;
    pthread_mutex_t pulling, lock;
    pthread_cond_t room;
    char *batches;
    bool *done;
    size_t slots;
    size_t pulled, taken, delivered; /* numbers of batches */
    bool delivering;                 /* somebody is at it */
    bool finished, stopped;
    pthread_t *ids;
    unsigned started, most; /* threads beside the caller's */
} pool;

static void *batch_of(const pool *p, size_t number) {
    return p->batches + number % p->slots * p->job->batch_size;
}

/* Fills the next slot, once it is free. False at the end. One thread at a time: `pulling` is held.
 */
static bool pull(pool *p) {
    pthread_mutex_lock(&p->lock);
    while (!p->stopped && !p->finished && p->pulled - p->delivered == p->slots)
        pthread_cond_wait(&p->room, &p->lock);
    bool more = !p->stopped && !p->finished;
    void *batch = batch_of(p, p->pulled);
    pthread_mutex_unlock(&p->lock);
    more = more && p->job->pull(p->job->context, batch);
    pthread_mutex_lock(&p->lock);
    if (more) {
        p->done[p->pulled % p->slots] = false;
        p->pulled++;
    } else {
        p->finished = true;
    }
    pthread_mutex_unlock(&p->lock);
    return more;
}

/* Should there be more that wait to be taken, and is there room for one? */
static bool wants_more(pool *p) {
    pthread_mutex_lock(&p->lock);
    bool wants = !p->stopped && !p->finished && p->pulled - p->taken < p->started + AHEAD &&
                 p->pulled - p->delivered < p->slots;
    pthread_mutex_unlock(&p->lock);
    return wants;
}

/* Pulls for those who will come, unless somebody is at it. */
static void pull_ahead(pool *p) {
    if (pthread_mutex_trylock(&p->pulling) != 0)
        return;
    while (wants_more(p) && pull(p))
        ;
    pthread_mutex_unlock(&p->pulling);
}

/* Is there one that was pulled, and is it wanted still? The lock is held. */
static bool is_ready(const pool *p) {
    return !p->stopped && p->taken < p->pulled;
}

/* The next batch, if it was pulled already. */
static bool take_pulled(pool *p, size_t *number) {
    pthread_mutex_lock(&p->lock);
    bool ready = is_ready(p);
    if (ready)
        *number = p->taken++;
    pthread_mutex_unlock(&p->lock);
    return ready;
}

/* False if there is none any more; another thread may have been quicker to take it. */
static bool pull_one(pool *p) {
    pthread_mutex_lock(&p->pulling);
    pthread_mutex_lock(&p->lock);
    bool ready = is_ready(p);
    pthread_mutex_unlock(&p->lock);
    bool more = ready || pull(p);
    pthread_mutex_unlock(&p->pulling);
    return more;
}

/* The next batch to work on. It is there already, as a rule: who waits for another thread sleeps,
 * and Linux wakes who slept on the processor of who woke it, where the two may stay for long. */
static bool take(pool *p, size_t *number) {
    while (!take_pulled(p, number))
        if (!pull_one(p))
            return false;
    pull_ahead(p);
    return true;
}

/* Reads from a disk that this thread has waited for so far. */
static long disk_reads(void) {
#ifdef RUSAGE_THREAD
    struct rusage usage;
    return getrusage(RUSAGE_THREAD, &usage) == 0 ? usage.ru_inblock : 0;
#else
    return 0;
#endif
}

/* Delivers what is ready. The lock is held, but for the delivering itself. */
static void deliver_ready(pool *p) {
    p->delivering = true;
    while (!p->stopped && p->delivered < p->pulled && p->done[p->delivered % p->slots]) {
        void *batch = batch_of(p, p->delivered);
        pthread_mutex_unlock(&p->lock);
        bool go_on = p->job->deliver(p->job->context, batch);
        pthread_mutex_lock(&p->lock);
        p->delivered++;
        p->stopped = !go_on;
        pthread_cond_signal(&p->room); /* only who pulls waits for it */
    }
    p->delivering = false;
}

/* Moves a new thread to another processor than this one; from there it may go where it likes. Linux
 * starts it beside its maker, and looks after the two only some milliseconds later, which is much
 * of a short run. Where that cannot be told or done it runs all the same. */
static void move_away(pthread_t thread) {
    cpu_set_t all, others;
    int here = sched_getcpu();
    if (here < 0 || sched_getaffinity(0, sizeof all, &all) != 0)
        return;
    others = all;
    CPU_CLR((size_t)here, &others);
    if (CPU_COUNT(&others) == 0)
        return;
    pthread_setaffinity_np(thread, sizeof others, &others);
    pthread_setaffinity_np(thread, sizeof all, &all);
}

static void *run_worker(void *context);

/* One thread more, if there may be one. The lock is held, or nobody else is there yet. */
static bool start(pool *p) {
    if (p->started == p->most || p->finished || p->stopped ||
        pthread_create(&p->ids[p->started], NULL, run_worker, p) != 0)
        return false;
    move_away(p->ids[p->started++]);
    return true;
}

static void *run_worker(void *context) {
    pool *p = context;
    const nl_pool_job *job = p->job;
    void *worker = job->worker_new(job->context);
    long reads = disk_reads();
    for (size_t number; take(p, &number);) {
        job->work(job->context, worker, batch_of(p, number));
        long before = reads;
        reads = disk_reads();
        pthread_mutex_lock(&p->lock);
        p->done[number % p->slots] = true;
        if (reads > before)
            start(p);
        if (!p->delivering)
            deliver_ready(p);
        pthread_mutex_unlock(&p->lock);
    }
    job->worker_free(job->context, worker);
    return NULL;
}

/* Other threads, if there is something to share out. */
static void start_others(pool *p, unsigned threads) {
    pull_ahead(p);
    if (p->pulled < AHEAD)
        return;
    pthread_mutex_lock(&p->lock);
    while (p->started < threads && start(p))
        ;
    pthread_mutex_unlock(&p->lock);
}

bool nl_pool_run(const nl_pool_job *job, unsigned threads, unsigned readers) {
    bool alone = threads < 2;
    pool p = {.job = job,
              .most = alone ? 0 : (readers > threads ? readers : threads) - 1,
              .pulling = PTHREAD_MUTEX_INITIALIZER,
              .lock = PTHREAD_MUTEX_INITIALIZER,
              .room = PTHREAD_COND_INITIALIZER};
    p.slots = alone ? 1 : ((size_t)p.most + 1) * SLOTS_EACH;
    p.batches = nl_calloc(p.slots, job->batch_size);
    p.done = nl_calloc(p.slots, sizeof *p.done);
    p.ids = nl_calloc(p.most, sizeof *p.ids);
    if (!alone)
        start_others(&p, threads - 1);
    run_worker(&p);
    for (unsigned i = 0; i < p.started; i++)
        pthread_join(p.ids[i], NULL);
    for (size_t i = 0; i < p.slots && i <= p.pulled; i++) /* the last one was pulled in vain */
        job->batch_free(job->context, p.batches + i * job->batch_size);
    free(p.batches);
    free(p.done);
    free(p.ids);
    return !p.stopped;
}

unsigned nl_pool_processors(void) {
    cpu_set_t set;
    CPU_ZERO(&set);
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count > 0 ? (unsigned)count : 1;
}
