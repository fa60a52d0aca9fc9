/*
 * Work in batches on several threads, the caller's among them, with an ordered end: batches are
 * pulled one after the other, worked on at once, and delivered one after the other in the order in
 * which they were pulled. Only so many are under way that memory does not grow with their number.
 */
#ifndef NL_RUN_POOL_H
#define NL_RUN_POOL_H

#include <stdbool.h>
#include <stddef.h>

typedef struct nl_pool_job {
    size_t batch_size; /* bytes of a batch, zeroed once and then used again and again */
    bool (*pull)(void *context, void *batch); /* one thread at a time; false: there is no more */
    void *(*worker_new)(void *context);       /* on the thread of the worker */
    void (*work)(void *context, void *worker, void *batch);
    void (*worker_free)(void *context, void *worker);
    /* One thread at a time, whichever has finished what the next in order had to wait for. False:
     * stop, nothing more is wanted. */
    bool (*deliver)(void *context, void *batch);
    void (*batch_free)(void *context, void *batch); /* at the end, for each */
    void *context;
} nl_pool_job;

/* `threads` counts the caller's; where there is but one batch, it is all there is. While batches
 * have to wait for a disk, there are up to `readers` threads. Threads that cannot be started are
 * done without. False if deliver() stopped it. */
bool nl_pool_run(const nl_pool_job *job, unsigned threads, unsigned readers);

/* The processors that this process may use. */
unsigned nl_pool_processors(void);

#endif
