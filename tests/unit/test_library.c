/* The library as an embedder meets it: what newslint.h promises of texts, files and NULL. */
#include "unit.h"

#include "newslint.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char rules_text[] =
    "newslint: 1\n"
    "name: t\n"
    "rules:\n"
    "  never: {check: text, in: [title], forbid: bad, files: [in/**]}\n";

static newslint_engine *engine_of(size_t max_size) {
    newslint_rules rules = {
        .text = rules_text, .size = sizeof rules_text - 1, .limits.size = max_size};
    newslint_engine *engine;
    newslint_result *problems;
    assert_int_equal(newslint_engine_new(&engine, &rules, &problems), NEWSLINT_OK);
    assert_null(problems);
    return engine;
}

/* The rule of the only diagnostic that a file has, or "". */
static const char *rule_of_file(newslint_engine *engine, const char *path, const char *rule_path) {
    static char rule[100];
    newslint_worker *worker = newslint_worker_new();
    newslint_result *result = newslint_lint_file(engine, worker, path, rule_path);
    newslint_worker_free(worker);
    assert_string_equal(newslint_result_path(result).data, path);
    assert_true(newslint_result_count(result) <= 1);
    bool none = newslint_result_count(result) == 0;
    snprintf(rule, sizeof rule, "%s", none ? "" : newslint_result_get(result, 0)->rule.data);
    newslint_result_free(result);
    return rule;
}

static void checks_files(void **state) {
    (void)state;
    static const char text[] = "---\ntitle: bad\n---\n";
    char path[] = "/tmp/newslint-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, sizeof text - 1), sizeof text - 1);
    assert_int_equal(close(fd), 0);

    newslint_engine *engine = engine_of(0);
    assert_string_equal(rule_of_file(engine, path, "in/a.md"), "t/never");
    assert_string_equal(rule_of_file(engine, path, "out/a.md"), "");
    assert_string_equal(rule_of_file(engine, path, NULL), "");
    assert_string_equal(rule_of_file(engine, "/nowhere/a.md", "in/a.md"), "newslint/unreadable");
    assert_string_equal(rule_of_file(engine, "/tmp", "in/a.md"), "newslint/unreadable");
    newslint_engine_free(engine);

    engine = engine_of(sizeof text - 1);
    assert_string_equal(rule_of_file(engine, path, "in/a.md"), "t/never");
    newslint_engine_free(engine);
    engine = engine_of(sizeof text - 2);
    assert_string_equal(rule_of_file(engine, path, "in/a.md"), "newslint/too-large");
    newslint_engine_free(engine);

    assert_int_equal(truncate(path, 0), 0);
    engine = engine_of(0);
    assert_string_equal(rule_of_file(engine, path, "in/a.md"), "");
    newslint_engine_free(engine);
    assert_int_equal(unlink(path), 0);
}

/* The sanitizers see a byte that is read behind the end, and one that is read after it was freed.
 */
static void keeps_to_the_text_and_keeps_nothing_of_it(void **state) {
    (void)state;
    static const char text[] = "---\ntitle: bad";
    char *exact = malloc(sizeof text - 1);
    assert_non_null(exact);
    memcpy(exact, text, sizeof text - 1);
    newslint_engine *engine = engine_of(0);
    newslint_worker *worker = newslint_worker_new();
    newslint_result *result = newslint_lint(
        engine, worker,
        &(newslint_article){.path = "in/a.md", .data = exact, .size = sizeof text - 1});
    free(exact);
    newslint_worker_free(worker);
    newslint_engine_free(engine);
    assert_int_equal(newslint_result_count(result), 1);
    const newslint_diagnostic *d = newslint_result_get(result, 0);
    assert_string_equal(d->rule.data, "front-matter/syntax");
    assert_int_equal(strlen(d->message.data), d->message.size);
    assert_string_equal(newslint_result_text(result).data, text);
    newslint_result_free(result);
}

static void frees_nothing(void **state) {
    (void)state;
    newslint_engine_free(NULL);
    newslint_worker_free(NULL);
    newslint_result_free(NULL);
    newslint_corpus_free(NULL);
    newslint_free(NULL);
}

static void tells_of_bad_rules(void **state) {
    (void)state;
    const char *sets[] = {"news", "nosuch", "/nowhere/rules.yaml"};
    newslint_rules rules = {.sets = sets, .set_count = 3};
    newslint_engine *engine;
    newslint_result *problems;
    assert_int_equal(newslint_engine_new(&engine, &rules, &problems), NEWSLINT_BAD_RULES);
    assert_null(engine);
    assert_int_equal(newslint_result_count(problems), 2);
    newslint_result_free(problems);
}

static void completes_limits(void **state) {
    (void)state;
    newslint_rules rules = {.text = rules_text,
                            .size = sizeof rules_text - 1,
                            .limits = {.lines = 7, .depth = SIZE_MAX, .regex = 1}};
    newslint_engine *engine;
    newslint_result *problems;
    assert_int_equal(newslint_engine_new(&engine, &rules, &problems), NEWSLINT_OK);
    newslint_limits limits = newslint_engine_limits(engine);
    assert_int_equal(limits.lines, 7);
    assert_int_equal(limits.depth, 10000);
    assert_int_equal(limits.regex, 4096);
    assert_int_equal(limits.size, 64 << 20);
    newslint_worker *worker = newslint_worker_new();
    newslint_article article = {.path = "a.md", .data = "\n\n\n\n\n\n\n\n", .size = 8};
    newslint_result *result = newslint_lint(engine, worker, &article);
    assert_string_equal(newslint_result_get(result, 0)->rule.data, "newslint/too-large");
    newslint_result_free(result);
    newslint_worker_free(worker);
    newslint_engine_free(engine);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checks_files),
        cmocka_unit_test(keeps_to_the_text_and_keeps_nothing_of_it),
        cmocka_unit_test(frees_nothing),
        cmocka_unit_test(tells_of_bad_rules),
        cmocka_unit_test(completes_limits),
    };
    return cmocka_run_group_tests_name("library", tests, NULL, NULL);
}
