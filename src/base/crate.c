/* An arena, and how many of the things in it are left. */
#include "base/crate.h"

enum { LEAST = 64 * 1024 - 128 }; /* bytes: with what lies around them some whole pages */

/* `left` lacks what was made as long as the crate is open, so that it never is 1 before the last
 * thing of a closed crate is freed. It counts modulo a power of two. */
struct nl_crate {
    nl_arena arena;      /* in which the crate itself lies */
    nl_arena_mark empty; /* where it stands without things */
    size_t made;         /* things; known to the thread that makes them */
    size_t taken_back;   /* of these, whose place was used again */
    atomic_size_t left;
};

static nl_crate *crate_new(size_t size) {
    nl_arena arena = {.first = size, .large = true};
    nl_crate *crate = NL_NEW(&arena, nl_crate);
    crate->arena = arena;
    crate->empty = nl_arena_here(&arena);
    return crate;
}

static void crate_free(nl_crate *crate) {
    nl_arena arena = crate->arena;
    nl_arena_free(&arena);
}

static void crate_close(nl_crate *crate) {
    size_t made = crate->made;
    if (atomic_fetch_add_explicit(&crate->left, made, memory_order_acq_rel) + made == 0)
        crate_free(crate);
}

static size_t used(const nl_arena *a) {
    return nl_arena_size(a) - (size_t)(a->end - a->at);
}

static nl_crated *put(nl_crate *crate, size_t size) {
    size_t before = used(&crate->arena);
    nl_crated *thing = nl_arena_zalloc(&crate->arena, size);
    thing->crate = crate;
    thing->size = before;
    crate->made++;
    return thing;
}

/* Takes back what things left at the crate's end. Whoever freed them has done with their memory
 * before that could be seen. */
static void take_back(nl_crates *c) {
    nl_crate *crate = c->open;
    if (atomic_load_explicit(&crate->left, memory_order_acquire) + crate->made == 0) {
        nl_arena_back(&crate->arena, crate->empty);
        crate->made = crate->taken_back = 0;
        atomic_store_explicit(&crate->left, 0, memory_order_relaxed);
    } else if (c->newest && atomic_load_explicit(&c->newest->gone, memory_order_acquire)) {
        nl_arena_back(&crate->arena, c->before);
        crate->taken_back++;
    }
    c->newest = NULL;
}

/* Are seven of eight things in the crate, but for those whose place was used again, there still? */
static bool is_kept(const nl_crate *crate) {
    size_t there = atomic_load_explicit(&crate->left, memory_order_relaxed) + crate->made;
    return there * 8 >= (crate->made - crate->taken_back) * 7;
}

/* The full one waits for the next one to be full: by then it shows whether things are kept. */
static void put_away(nl_crates *c) {
    if (c->full) {
        c->kept = is_kept(c->full) ? c->kept + nl_arena_size(&c->full->arena) : 0;
        crate_close(c->full);
    }
    c->full = c->open;
    c->open = NULL;
}

static nl_crate *next_crate(const nl_crates *c, size_t wanted) {
    size_t size = c->kept / 2 < NL_ARENA_LARGE ? c->kept / 2 : NL_ARENA_LARGE;
    if (size < LEAST)
        size = LEAST;
    return crate_new(size > wanted ? size : wanted);
}

void *nl_crates_new(nl_crates *c, size_t size, size_t more) {
    size_t wanted = sizeof(nl_crate) + size + more;
    if (c->open)
        take_back(c);
    if (c->open && (size_t)(c->open->arena.end - c->open->arena.at) < size + more)
        put_away(c);
    if (!c->open)
        c->open = next_crate(c, wanted);
    c->before = nl_arena_here(&c->open->arena);
    c->newest = put(c->open, size);
    return c->newest;
}

void *nl_crated_alone(size_t size, size_t more) {
    nl_crates one = {.open = crate_new(sizeof(nl_crate) + size + more)};
    void *thing = put(one.open, size);
    nl_crates_free(&one);
    return thing;
}

nl_arena *nl_crated_arena(nl_crated *thing) {
    return &thing->crate->arena;
}

void nl_crated_end(nl_crated *thing) {
    thing->size = used(&thing->crate->arena) - thing->size;
}

void nl_crated_free(nl_crated *thing) {
    nl_crate *crate = thing->crate;
    atomic_store_explicit(&thing->gone, true, memory_order_release); /* not ours from now on */
    if (atomic_fetch_sub_explicit(&crate->left, 1, memory_order_acq_rel) == 1)
        crate_free(crate);
}

void nl_crates_free(nl_crates *c) {
    if (c->open)
        crate_close(c->open);
    if (c->full)
        crate_close(c->full);
    *c = (nl_crates){0};
}
