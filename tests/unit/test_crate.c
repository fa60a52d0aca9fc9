/* Things in crates: freed in any order, by any thread, before and after who made them. */
#include "unit.h"

#include "base/crate.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 2000, LARGE = 200 * 1000 };

typedef struct thing {
    nl_crated place;
    char *text;
    size_t size;
} thing;

static void fill(thing *t, size_t size) {
    t->text = nl_arena_alloc(nl_crated_arena(&t->place), size);
    t->size = size;
    memset(t->text, (int)(size % 100), size);
    nl_crated_end(&t->place);
}

static thing *make(nl_crates *crates, size_t size) {
    thing *t = nl_crates_new(crates, sizeof *t, size + 16); /* places are whole alignments */
    assert_null(t->text);
    fill(t, size);
    assert_in_range(nl_crated_size(&t->place), sizeof *t + size, sizeof *t + size + 32);
    return t;
}

static bool is_whole(const thing *t) {
    for (size_t i = 0; i < t->size; i++)
        if (t->text[i] != (char)(t->size % 100))
            return false;
    return true;
}

static void uses_again_what_is_free_at_the_end(void **state) {
    (void)state;
    nl_crates crates = {0};
    thing *first = make(&crates, 50);
    nl_crated_free(&first->place);
    thing *kept = make(&crates, 60);
    assert_ptr_equal(kept, first);
    thing *second = make(&crates, 70);
    nl_crated_free(&second->place);
    assert_ptr_equal(make(&crates, 80), second);
    nl_crated_free(&kept->place); /* not the newest: it stays as it is */
    thing *last = make(&crates, 90);
    assert_true(last > second && is_whole(second));
    nl_crated_free(&second->place);
    nl_crated_free(&last->place);
    thing *again = make(&crates, 10); /* nothing was left */
    assert_ptr_equal(again, first);
    nl_crated_free(&again->place);
    nl_crates_free(&crates);
}

/* What is larger than expected, or than a crate, too. The address sanitizer knows whether all was
 * freed, and nothing too early. */
static void outlives_who_made_it(void **state) {
    (void)state;
    nl_crates crates = {0};
    thing *things[MANY];
    for (size_t i = 0; i < MANY; i++)
        things[i] = make(&crates, i % 500 == 7 ? LARGE : i);
    thing *alone = nl_crated_alone(sizeof *alone, 0);
    fill(alone, LARGE);
    nl_crates_free(&crates);
    for (size_t i = 0; i < MANY; i++) { /* each once, for 7 and 2000 share no factor */
        thing *t = things[i * 7 % MANY];
        assert_true(is_whole(t));
        nl_crated_free(&t->place);
    }
    assert_true(is_whole(alone));
    nl_crated_free(&alone->place);
    nl_crates_free(&crates); /* none */
}

/* Crates grow for who keeps what is made, and for nobody else. */
static void grows_with_what_is_kept(void **state) {
    (void)state;
    enum { MUCH = 20 * MANY, SIZE = 500, LAG = 50 };
    nl_crates crates = {0};
    thing **things = malloc(MUCH * sizeof(thing *));
    for (size_t i = 0; i < MUCH; i++) {
        things[i] = make(&crates, SIZE);
        if (i >= LAG)
            nl_crated_free(&things[i - LAG]->place);
    }
    assert_int_equal(crates.kept, 0);
    for (size_t i = MUCH - LAG; i < MUCH; i++)
        nl_crated_free(&things[i]->place);
    for (size_t i = 0; i < MUCH; i++) {
        thing *gone = make(&crates, 2 * SIZE); /* at once: it is as if there had been none */
        nl_crated_free(&gone->place);
        things[i] = make(&crates, SIZE);
    }
    assert_in_range(crates.kept, MUCH / 2 * SIZE, MUCH * (SIZE + 100));
    for (size_t i = 0; i < MUCH; i++) {
        assert_true(is_whole(things[i]));
        nl_crated_free(&things[i]->place);
    }
    nl_crates_free(&crates);
    free(things);
}

static void *free_all(void *context) {
    thing **things = context;
    size_t whole = 0;
    for (size_t i = 0; i < MANY; i++) {
        whole += is_whole(things[i]);
        nl_crated_free(&things[i]->place);
    }
    return whole == MANY ? context : NULL;
}

/* One thread frees what another one made, while that makes more, in the same crate at first. */
static void is_freed_by_other_threads(void **state) {
    (void)state;
    nl_crates crates = {0};
    static thing *things[2][MANY];
    pthread_t thread;
    void *good;
    for (size_t round = 0; round < 6; round++) {
        thing **mine = things[round % 2];
        for (size_t i = 0; i < MANY; i++) {
            mine[i] = make(&crates, i % 200);
            if (i % 3 == 0) {
                nl_crated_free(&mine[i]->place);
                mine[i] = make(&crates, i % 300);
            }
        }
        if (round > 0) {
            assert_int_equal(pthread_join(thread, &good), 0);
            assert_non_null(good);
        }
        assert_int_equal(pthread_create(&thread, NULL, free_all, mine), 0);
    }
    nl_crates_free(&crates);
    assert_int_equal(pthread_join(thread, &good), 0);
    assert_non_null(good);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(uses_again_what_is_free_at_the_end),
        cmocka_unit_test(outlives_who_made_it),
        cmocka_unit_test(grows_with_what_is_kept),
        cmocka_unit_test(is_freed_by_other_threads),
    };
    return cmocka_run_group_tests_name("crate", tests, NULL, NULL);
}
