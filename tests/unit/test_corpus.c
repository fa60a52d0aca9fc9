/* Rules that compare articles, against all pairs of what these tell: groups of all sizes, values
 * that one article has twice, two rules about one value, articles that were checked without being
 * added, and corpora filled in any order by several threads. */
#include "unit.h"

#include "newslint.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARTICLES = 90, STRANGERS = 3, VALUES = 3, RELATED = 5, CORPORA = 3 };

static const char rules_text[] = "newslint: 1\n"
                                 "name: t\n"
                                 "rules:\n"
                                 "  a: {check: unique, fields: ['ids[]']}\n"
                                 "  b: {check: unique, fields: ['ids[]'], message: '{count}'}\n";

typedef struct article {
    char path[16], text[64];
    unsigned values[VALUES];
    newslint_result *result;
} article;

static article articles[ARTICLES];

static unsigned next_random(unsigned *state) {
    *state = *state * 1103515245u + 12345u;
    return *state >> 16;
}

/* Values that few articles have and values that many have. */
static void make_articles(unsigned seed) {
    for (size_t i = 0; i < ARTICLES; i++) {
        article *a = &articles[i];
        snprintf(a->path, sizeof a->path, "a%02zu.md", i);
        for (size_t v = 0; v < VALUES; v++)
            a->values[v] = next_random(&seed) % (1 + next_random(&seed) % 60);
        snprintf(a->text, sizeof a->text, "---\nids:\n- %u\n- %u\n- %u\n---\n", a->values[0],
                 a->values[1], a->values[2]);
    }
}

static newslint_engine *engine_new(void) {
    newslint_rules rules = {.text = rules_text, .size = sizeof rules_text - 1};
    newslint_engine *engine;
    newslint_result *problems;
    assert_int_equal(newslint_engine_new(&engine, &rules, &problems), NEWSLINT_OK);
    newslint_result_free(problems);
    return engine;
}

/* All but the strangers, in one of three orders. */
static newslint_corpus *fill(size_t order) {
    static const size_t steps[] = {1, ARTICLES - 1, 37};
    newslint_corpus *corpora[CORPORA];
    for (size_t i = 0; i < CORPORA; i++)
        corpora[i] = newslint_corpus_new();
    for (size_t i = 0; i < ARTICLES; i++) {
        size_t at = i * steps[order] % ARTICLES;
        if (at < ARTICLES - STRANGERS)
            newslint_corpus_add(corpora[i / 4 % CORPORA], articles[at].result);
    }
    for (size_t i = 1; i < CORPORA; i++)
        newslint_corpus_merge(corpora[0], corpora[i]);
    newslint_corpus_seal(corpora[0], true);
    return corpora[0];
}

/* What is to be said of a value: that of the first others, and how many they are. */
static void expect(const newslint_diagnostic *d, size_t self, size_t value) {
    size_t count = 0;
    char number[16];
    for (size_t i = 0; i < ARTICLES - STRANGERS; i++)
        for (size_t v = 0; v < VALUES; v++) {
            if (articles[i].values[v] != articles[self].values[value] || (i == self && v == value))
                continue;
            if (count < RELATED) {
                assert_string_equal(d->related[count].path.data, articles[i].path);
                assert_int_equal(d->related[count].range.start.line, 3 + v);
            }
            count++;
        }
    assert_int_equal(d->related_count, count < RELATED ? count : RELATED);
    snprintf(number, sizeof number, "%zu", count);
    if (strcmp(d->rule.data, "t/b") == 0)
        assert_string_equal(d->message.data, number);
    else
        assert_non_null(strstr(d->message.data, d->related[0].path.data));
}

static bool has_others(size_t self, size_t value) {
    for (size_t i = 0; i < ARTICLES - STRANGERS; i++)
        for (size_t v = 0; v < VALUES; v++)
            if (articles[i].values[v] == articles[self].values[value] && (i != self || v != value))
                return true;
    return false;
}

static void check(const newslint_corpus *corpus, size_t i) {
    size_t next = 0;
    newslint_result *r = articles[i].result;
    newslint_corpus_check(corpus, r);
    for (size_t v = 0; v < VALUES; v++)
        for (size_t rule = 0; rule < 2 && has_others(i, v); rule++) {
            assert_true(next < newslint_result_count(r));
            const newslint_diagnostic *d = newslint_result_get(r, next++);
            assert_int_equal(d->range.start.line, 3 + v);
            assert_string_equal(d->rule.data, rule ? "t/b" : "t/a");
            expect(d, i, v);
            if (i < ARTICLES - STRANGERS)
                assert_true(newslint_corpus_concerns(corpus, articles[i].path));
        }
    assert_int_equal(next, newslint_result_count(r));
}

/* With `spare`, results share what the engine and the corpus hold. */
static void compare_all(const newslint_engine *engine, size_t order, bool spare) {
    newslint_worker *worker = newslint_worker_new();
    if (spare)
        newslint_worker_spare(worker, false);
    for (size_t i = 0; i < ARTICLES; i++) {
        article *a = &articles[i];
        a->result = newslint_lint(
            engine, worker,
            &(newslint_article){.path = a->path, .data = a->text, .size = strlen(a->text)});
    }
    newslint_corpus *corpus = fill(order);
    for (size_t i = 0; i < ARTICLES; i++)
        check(corpus, i);
    for (size_t i = 0; i < ARTICLES; i++) {
        if (!spare && i == 0) /* a result outlives what made it */
            newslint_corpus_free(corpus);
        if (!spare)
            for (size_t d = 0; d < newslint_result_count(articles[i].result); d++)
                assert_int_equal(
                    newslint_result_get(articles[i].result, d)->related[0].path.data[0], 'a');
        newslint_result_free(articles[i].result);
    }
    if (spare)
        newslint_corpus_free(corpus);
    newslint_worker_free(worker);
}

static void tells_of_the_others(void **state) {
    (void)state;
    newslint_engine *engine = engine_new();
    for (unsigned seed = 1; seed <= 20; seed++) {
        make_articles(seed);
        for (size_t order = 0; order < 3; order++)
            for (int spare = 0; spare < 2; spare++)
                compare_all(engine, order, spare);
    }
    newslint_engine_free(engine);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_of_the_others),
    };
    return cmocka_run_group_tests_name("corpus", tests, NULL, NULL);
}
