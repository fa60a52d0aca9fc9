/* The pool: order, batches met once, one thread at a time where that is promised, and an early end.
 */
#include "unit.h"

#include "run/pool.h"
#include <stdatomic.h>
#include <unistd.h>

enum { ENDLESS = -1, HANGS = 120 /* seconds; it takes a tenth of one */ };

typedef struct batch {
    int number;
    int worked; /* how often */
} batch;

typedef struct job {
    int count;            /* batches that there are */
    int stop;             /* after that many were delivered; ENDLESS: not at all */
    int pulled;           /* one thread at a time */
    int delivered, wrong; /* one thread at a time; what came out of order, or not worked on once */
    atomic_int pulling, delivering, workers, started, strangers, together, freed;
} job;

static void enter(job *j, atomic_int *inside) {
    if (atomic_fetch_add(inside, 1) != 0)
        atomic_fetch_add(&j->together, 1);
}

static void leave(atomic_int *inside) {
    atomic_fetch_sub(inside, 1);
}

/* Some work, more in some batches than in others. */
static void spend(int number) {
    for (volatile int i = 0; i < number % 7 * 300; i++)
        ;
}

static bool pull(void *context, void *into) {
    job *j = context;
    enter(j, &j->pulling);
    bool more = j->pulled < j->count;
    if (more)
        *(batch *)into = (batch){.number = j->pulled++};
    leave(&j->pulling);
    return more;
}

static void *worker_new(void *context) {
    job *j = context;
    atomic_fetch_add(&j->workers, 1);
    atomic_fetch_add(&j->started, 1);
    return j;
}

static void worker_free(void *context, void *worker) {
    job *j = context;
    atomic_fetch_sub(&j->workers, 1);
    atomic_fetch_add(&j->strangers, worker != context);
}

static void work(void *context, void *worker, void *of) {
    job *j = context;
    atomic_fetch_add(&j->strangers, worker != context);
    batch *b = of;
    spend(b->number);
    b->worked++;
}

static bool deliver(void *context, void *from) {
    job *j = context;
    const batch *b = from;
    enter(j, &j->delivering);
    j->wrong += b->number != j->delivered || b->worked != 1;
    bool go_on = ++j->delivered != j->stop;
    leave(&j->delivering);
    return go_on;
}

static void batch_free(void *context, void *of) {
    (void)of;
    job *j = context;
    atomic_fetch_add(&j->freed, 1);
}

static bool run(job *j, unsigned threads) {
    const nl_pool_job wanted = {.batch_size = sizeof(batch),
                                .pull = pull,
                                .worker_new = worker_new,
                                .work = work,
                                .worker_free = worker_free,
                                .deliver = deliver,
                                .batch_free = batch_free,
                                .context = j};
    bool done = nl_pool_run(&wanted, threads, threads);
    assert_int_equal(j->wrong, 0);
    assert_int_equal(j->together, 0);
    assert_int_equal(j->strangers, 0);
    assert_int_equal(j->workers, 0);
    assert_true(j->freed > 0);
    return done;
}

static void delivers_all_in_order(void **state) {
    (void)state;
    for (unsigned threads = 1; threads <= 8; threads++)
        for (int count = 0; count <= 600; count = count * 3 + 1) {
            job j = {.count = count, .stop = ENDLESS};
            assert_true(run(&j, threads));
            assert_int_equal(j.delivered, count);
            assert_true(j.started >= 1 && j.started <= (int)threads);
        }
}

static void ends_where_nothing_more_is_wanted(void **state) {
    (void)state;
    for (unsigned threads = 1; threads <= 8; threads++)
        for (int stop = 1; stop <= 60; stop++) {
            job j = {.count = 500, .stop = stop};
            assert_false(run(&j, threads));
            assert_int_equal(j.delivered, stop);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(delivers_all_in_order),
        cmocka_unit_test(ends_where_nothing_more_is_wanted),
    };
    alarm(HANGS); /* a pool that waits for itself is ended here */
    return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}
