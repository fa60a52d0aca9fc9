/*
 * An article of any bytes under the set `news` and a rule file with every check: places lie in the
 * text, and linting says the same twice, whatever was linted before; so does the comparison with
 * another article.
 */
#include "laws.h"

static newslint_engine *engine;
static newslint_worker *worker, *other;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    engine = laws_engine(laws_rules);
    worker = newslint_worker_new();
    other = newslint_worker_new();
    return 0;
}

static void check_corpus(nl_str text, newslint_result *result, const newslint_result *twin) {
    newslint_corpus *corpus = newslint_corpus_new();
    newslint_corpus_add(corpus, result);
    newslint_corpus_add(corpus, twin);
    newslint_corpus_seal(corpus, true);
    newslint_corpus_check(corpus, result);
    laws_check_result(result, text);
    newslint_corpus_free(corpus);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    nl_str text = nl_str_n((const char *)data, size);
    newslint_article article = laws_article(text);
    newslint_result *result = newslint_lint(engine, worker, &article);
    laws_check_result(result, text);
    newslint_result *twin = newslint_lint(engine, other, &article);
    laws_check_same(result, twin);
    check_corpus(text, result, twin);
    newslint_result_free(result);
    newslint_result_free(twin);
    return 0;
}
