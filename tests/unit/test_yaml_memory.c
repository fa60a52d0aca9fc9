/* libyaml's memory, asked for as libyaml asks. What a thread finds out it keeps, so that each test
 * has its own. */
#include "unit.h"

#include "doc/yaml_memory.h"
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void *run(void *test) {
    (*(void (**)(void))test)();
    return NULL;
}

static void in_thread(void (*test)(void)) {
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, run, &test), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
}

/* Is there a block of the arena for the next text? */
static bool has_block(void) {
    nl_arena a = {0};
    nl_yaml_memory_begin(&a);
    bool block = nl_arena_size(&a) > 0;
    nl_yaml_free(nl_yaml_realloc(nl_yaml_alloc(16), 32));
    nl_yaml_memory_end();
    nl_arena_free(&a);
    return block;
}

static void once_all_arrived(void) {
    assert_false(has_block());
    assert_true(has_block());
    assert_true(has_block());
}

static void never_if_nothing_arrives(void) {
    nl_yaml_memory_begin(NULL);
    nl_yaml_memory_end();
    assert_false(has_block());
    assert_false(has_block());
}

static void never_if_allocating_alone_arrives(void) {
    nl_yaml_memory_begin(NULL);
    void *p = nl_yaml_alloc(16);
    nl_yaml_memory_end();
    free(p);
    assert_false(has_block());
    assert_false(has_block());
}

static void never_if_freeing_alone_arrives(void) {
    nl_yaml_memory_begin(NULL);
    nl_yaml_free(malloc(16));
    nl_yaml_memory_end();
    assert_false(has_block());
    assert_false(has_block());
}

static void not_before_growing_arrived(void) {
    for (int i = 0; i < 3; i++) {
        nl_yaml_memory_begin(NULL);
        nl_yaml_free(nl_yaml_alloc(16));
        nl_yaml_memory_end();
    }
    assert_false(has_block());
    assert_true(has_block());
}

static void gives_a_block_when_all_calls_arrive(void **state) {
    (void)state;
    in_thread(once_all_arrived);
    in_thread(never_if_nothing_arrives);
    in_thread(never_if_allocating_alone_arrives);
    in_thread(never_if_freeing_alone_arrives);
    in_thread(not_before_growing_arrived);
}

typedef struct slot {
    unsigned char *p;
    size_t n;
    unsigned char fill;
} slot;

static void check(const slot *s) {
    for (size_t i = 0; i < s->n; i++)
        assert_int_equal(s->p[i], s->fill);
}

static void renew(slot *s, size_t n) {
    nl_yaml_free(s->p);
    *s = (slot){.p = nl_yaml_alloc(n), .n = n};
}

static void grow(slot *s) {
    size_t n = s->n * 2 + 1;
    s->p = nl_yaml_realloc(s->p, n);
    check(s);
    s->n = n;
}

/* What each pointer holds stays, whatever else is asked for, in the block and beyond it. */
static void read_texts(nl_arena *a) {
    unsigned seed = 1;
    for (int text = 0; text < 30; text++) {
        slot slots[60] = {0};
        nl_arena_reset(a);
        nl_yaml_memory_begin(a);
        size_t most = nl_arena_size(a);
        for (int step = 0; step < 600; step++) {
            seed = seed * 1103515245u + 12345u;
            slot *s = &slots[(seed >> 16) % 60];
            check(s);
            if (seed >> 24 & 1 && s->n < 65536)
                grow(s);
            else
                renew(s, (size_t)1 << (seed >> 25) % 17);
            assert_int_equal((uintptr_t)s->p % alignof(max_align_t), 0);
            s->fill = (unsigned char)step;
            memset(s->p, s->fill, s->n);
        }
        for (size_t i = 0; i < 60; i++) {
            check(&slots[i]);
            nl_yaml_free(slots[i].p);
        }
        nl_yaml_memory_end();
        assert_int_equal(nl_arena_size(a), most);
    }
}

static void keep_contents(void) {
    nl_arena a = {0};
    assert_false(has_block());
    read_texts(&a);
    nl_arena_free(&a);
}

static void keeps_contents(void **state) {
    (void)state;
    in_thread(keep_contents);
}

static void go_on_with_malloc(void) {
    nl_arena a = {0};
    assert_false(has_block());
    nl_yaml_memory_begin(&a);
    size_t most = nl_arena_size(&a);
    void *pointers[1000];
    for (size_t i = 0; i < 1000; i++) /* a leak of what malloc gave if that did not get it back */
        pointers[i] = nl_yaml_realloc(nl_yaml_alloc(700), i % 2 ? 1400 : 1);
    for (size_t i = 0; i < 1000; i++)
        nl_yaml_free(pointers[i]);
    nl_yaml_free(NULL);
    nl_yaml_free(nl_yaml_realloc(NULL, 1 << 20));
    assert_int_equal(nl_arena_size(&a), most);
    void *empty = nl_yaml_alloc(0);
    assert_non_null(empty);
    nl_yaml_free(empty);
    nl_yaml_memory_end();
    nl_arena_free(&a);
}

static void goes_on_with_malloc_when_the_block_is_full(void **state) {
    (void)state;
    in_thread(go_on_with_malloc);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_a_block_when_all_calls_arrive),
        cmocka_unit_test(keeps_contents),
        cmocka_unit_test(goes_on_with_malloc_when_the_block_is_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
