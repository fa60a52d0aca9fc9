/*
 * Inside a run, for run.c, read.c, rest.c and held.c alone: what is to be done with a path, batches
 * of it, and what a run knows. A run has up to three passes, each through the pool: what is to be
 * checked; the rest of the sites, for rules that compare articles; what had to wait for that.
 */
#ifndef NL_RUN_TASK_H
#define NL_RUN_TASK_H

#include "base/arena.h"
#include "base/hash.h"
#include "base/mem.h"
#include "run/pool.h"
#include "run/run.h"
#include <pthread.h>

enum { NL_BATCH = 64 };

typedef struct nl_task {
    nl_run_item item;
    const char *path, *rule_path; /* in the batch's arena; NULL: nothing to read */
    int fd;                       /* opened to be read, or -1 */
    size_t start, size;           /* once it was read: where its text stands in the worker's */
    bool unread;                  /* it could not be, which was said */
    bool clean;                   /* nothing was found, and the result is gone */
    bool tells;                   /* it had something for other articles, and told it */
    bool empty;                   /* not to be read: a result without findings will do */
} nl_task;

typedef struct nl_batch {
    nl_arena arena;
    nl_task tasks[NL_BATCH];
    size_t count, articles;
} nl_batch;

typedef enum nl_held_as {
    NL_HELD_CLEAN,  /* a path: nothing was found so far, and the result is gone */
    NL_HELD_AGAIN,  /* a path: what was found is gone, and is to be found again */
    NL_HELD_RESULT, /* a result, which is all that there is to say of an article */
    NL_HELD_ITEM    /* more than that */
} nl_held_as;

typedef struct nl_held_item {
    nl_run_item item;
    const char *path; /* not NULL: the result is gone, as above */
} nl_held_item;

/* What waits until all articles were seen; there is one for each of them. */
typedef struct nl_held {
    nl_site *site;
    union {
        const char *path;
        newslint_result *result;
        nl_held_item *item;
    };
    nl_held_as as;
} nl_held;

typedef struct nl_run_state {
    const nl_run_options *options;
    nl_run_summary *summary;
    size_t pulled; /* batches */
    size_t seen;   /* articles delivered */
    size_t ahead;  /* files that a worker may have open to be read */
    bool text_taken;
    const nl_place *place; /* of the last folder */
    nl_buf folder;

    /* What waits. */
    nl_arena arena; /* of paths and items */
    nl_held *held;
    size_t held_count, held_cap, held_at;
    size_t held_bytes; /* of results, about */
    bool holding;
    pthread_mutex_t telling; /* of the corpora and options->timing, while workers run and end */

    /* What was checked, of sites that the walk does not cover: fingerprints of real paths. */
    nl_hash *known;
    size_t known_count, known_cap;
    nl_walk *rest; /* of the site at hand */
    nl_site *site;
} nl_run_state;

/* What the articles of a site that a worker looked at tell the others. */
typedef struct nl_telling {
    nl_site *site;
    newslint_corpus *corpus; /* the worker's own */
} nl_telling;

typedef struct nl_run_worker {
    newslint_worker *lint;
    nl_telling *tellings; /* the last one is of the site at hand, if it has any */
    size_t telling_count, telling_cap;
    nl_folder folder;
    nl_buf text;             /* of articles that were read and are to be checked */
    nl_file_id id;           /* what the file was, for who writes it; of one article at a time */
    uint64_t reading, reads; /* nanoseconds, if they are wanted, and how often */
    nl_guard *guard;
    const char *path; /* of the article at hand, or NULL */
    nl_buf last;      /* room for the sentence on what it was, for when there is no more memory */
    nl_mem_end before;
} nl_run_worker;

/* A job for the pool with workers and batches; pull, work and deliver are to be set. */
nl_pool_job nl_task_job(nl_run_state *r);

/* Runs it on as many threads as the options say, or as there are processors; then there are more of
 * them while a disk is waited for. */
bool nl_task_run(nl_run_state *r, const nl_pool_job *job);

/* The time now, if it is wanted; and tells what began then. */
uint64_t nl_task_clock(const nl_run_state *r);
void nl_task_time(nl_run_state *r, const char *what, uint64_t since, uint64_t count);

nl_task *nl_task_add(nl_batch *b, nl_run_kind kind);

/* A folder that could not be read. */
void nl_task_add_folder(nl_batch *b, const nl_walk_item *found);

/* The place of a file's folder, remembered from one to the next. */
const nl_place *nl_task_place(nl_run_state *r, nl_str path);

/* Where the path stands for the rules; NULL if they do not want it. */
const char *nl_task_wanted(const nl_place *place, nl_str path, bool named, nl_arena *arena);

void nl_task_release(nl_run_item *item);

/* What is wrong with the task's file, as its trouble. */
void nl_task_say(nl_task *t, const char *rule, const char *message);

/* read.c: reads into the worker's text, in which it is alone; says what is wrong. */
bool nl_task_read(const nl_run_state *r, nl_run_worker *w, nl_task *t);
newslint_article nl_task_article(const nl_run_worker *w, const nl_task *t);

/* How far a worker has come with the files of its batch: numbers of the first task that was not
 * read yet, and not opened. */
typedef struct nl_ahead {
    size_t read, opened;
} nl_ahead;

/* read.c: reads the next article, and some behind it if all of them are small. */
void nl_task_read_ahead(const nl_run_state *r, nl_run_worker *w, nl_batch *b, nl_ahead *ahead);

/* read.c: files that each of so many workers may have open to be read. All of them together take
 * no more than half of what the process may open. */
size_t nl_task_ahead(unsigned workers);

/* rest.c: notes that an article is checked. Before the first pass ends. */
void nl_rest_know(nl_run_state *r, nl_site *site, const char *rule_path);

/* rest.c: reads what the sites hold beside what was checked, and seals their corpora. */
void nl_rest_compare(nl_run_state *r);

/* held.c: keeps what the result has for other articles of its site; false if that is nothing. */
bool nl_held_tell(nl_run_worker *w, nl_site *site, const newslint_result *result);

/* held.c: adds all that was kept to the corpora of the sites. */
void nl_held_told(nl_run_state *r, nl_run_worker *w);

/* held.c: takes over a delivered task. */
void nl_held_add(nl_run_state *r, nl_task *t);

/* held.c: completes and delivers all that waits, in order. False if item() ended it. */
bool nl_held_deliver(nl_run_state *r);
void nl_held_free(nl_run_state *r);

#endif
