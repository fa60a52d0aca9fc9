/*
 * Any bytes as a baseline: it is refused with a sentence, or it holds findings back and knows what
 * is gone. Written anew, with a few findings, it holds each of them back, and writing it once more
 * changes not a byte.
 */
#include "laws.h"
#include "scratch.h"

#include "cli/baseline.h"
#include <stdlib.h>

static const char text[] = "---\ntitle: 7\ntags: [a, a]\n---\n\n# \n\nA\xC2\xA0\xE2\x80\x8B.\n";
static const char rules[] = "newslint: 1\n"
                            "name: b\n"
                            "fields:\n"
                            "  title: {type: string}\n"
                            "  tags: {items: {unique: true, max: 1}}\n"
                            "rules:\n"
                            "  odd: {check: characters}\n"
                            "  empty: {check: heading-empty}\n";

static newslint_result *result;
static nl_discover *discover;

/* What is left at the end would be taken for lost: a result lies within a block of several. */
static void end(void) {
    newslint_result_free(result);
    nl_discover_free(discover);
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    scratch_make();
    newslint_engine *engine = laws_engine(rules);
    newslint_worker *worker = newslint_worker_new();
    newslint_article article = {
        .path = scratch_path("a.md"), .data = text, .size = sizeof text - 1};
    result = newslint_lint(engine, worker, &article);
    require(newslint_result_count(result) >= 4);
    nl_discover_options none = {0};
    nl_error error;
    discover = nl_discover_new(&none, &error);
    require(discover);
    scratch_write("a.md", nl_str_n(text, sizeof text - 1));
    newslint_worker_free(worker);
    newslint_engine_free(engine);
    require(atexit(end) == 0);
    return 0;
}

/* How many findings of the article are held back. */
static size_t visit(nl_baseline *b) {
    size_t held = 0;
    nl_baseline_visit(b, result);
    for (size_t i = 0; i < newslint_result_count(result); i++)
        held += nl_baseline_holds(b, result, newslint_result_get(result, i));
    return held;
}

static nl_baseline *open_baseline(bool update) {
    nl_error error = {0};
    nl_baseline *b = nl_baseline_open(scratch_path("baseline.txt"), update, discover, &error);
    require(b || error.text[0]);
    return b;
}

static void write_anew(void) {
    nl_error error;
    nl_baseline *b = open_baseline(true);
    require(b && visit(b) == newslint_result_count(result));
    nl_guard *guard = nl_guard_new();
    require(nl_baseline_write(b, guard, &error));
    nl_guard_free(guard);
    nl_baseline_free(b);
}

static nl_file_id read_written(nl_buf *out) {
    nl_file_id id;
    require(nl_file_read(scratch_path("baseline.txt"), 1 << 20, out, &id, NULL) == NL_READ_OK);
    return id;
}

static void check_written(void) {
    nl_buf once = {0}, twice = {0};
    write_anew();
    nl_baseline *b = open_baseline(false);
    require(b && visit(b) == newslint_result_count(result) && nl_baseline_gone(b, true) == 0);
    nl_baseline_free(b);
    nl_file_id before = read_written(&once);
    write_anew();
    nl_file_id after = read_written(&twice);
    require(nl_str_eq(nl_buf_str(&once), nl_buf_str(&twice)) && nl_file_id_eq(&before, &after));
    nl_buf_free(&once);
    nl_buf_free(&twice);
}

/* The bytes as they are, and behind the line that a baseline begins with. */
static void check(const char *head, nl_str bytes) {
    nl_buf all = {0};
    nl_buf_puts(&all, head);
    nl_buf_str_add(&all, bytes);
    scratch_write("baseline.txt", nl_buf_str(&all));
    nl_buf_free(&all);
    nl_baseline *b = open_baseline(false);
    if (!b)
        return;
    require(visit(b) <= newslint_result_count(result));
    require(nl_baseline_gone(b, false) <= nl_baseline_gone(b, true));
    nl_baseline_free(b);
    check_written();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    nl_str bytes = nl_str_n((const char *)data, size);
    check("", bytes);
    check("newslint baseline 1\n", bytes);
    return 0;
}
