/*
 * Any bytes as a rule file: it is refused with a sentence at a place within it, or it lints an
 * article that has a little of everything, twice with the same outcome.
 */
#include "laws.h"

static const char article_text[] =
    "---\n"
    "title: \"Caf\xC3\x83\xC2\xA9 \\u00e9 ahead\"\n"
    "description: >-\n"
    "  The company aims to\n"
    "  pivot\xE2\x80\xA6\n"
    "publishedAt: 2025-11-14 02:13:55+0000\n"
    "updatedAt: 2025-11-13T00:00:00Z\n"
    "source: &s {name: 'It''s', key: a, type: RSS, url: example.com/a}\n"
    "tags: [BTC, ETH, BTC, 7, null]\n"
    "coverImage: {raw: 'https://example.com/a b', full: *s}\n"
    "score: 0.5\n"
    "draft: false\n"
    "country: no\n"
    "---\n"
    "# One\n\n### Three\n\nText with a [link](#one) and `code`, teh end.\n\n### Three\n\n##\n";

static newslint_worker *worker;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    worker = newslint_worker_new();
    return 0;
}

static const nl_str article = {article_text, sizeof article_text - 1};

/* Problems may stand in a built-in set that the file extends, which is longer than the file. */
static bool is_ours(const newslint_result *problems, size_t i) {
    return strcmp(newslint_result_get(problems, i)->path.data, "rules.yaml") == 0;
}

static void check_problems(const newslint_result *problems, nl_str text) {
    for (size_t i = 0; i < newslint_result_count(problems); i++) {
        const newslint_diagnostic *d = newslint_result_get(problems, i);
        require(d->range.start.offset <= d->range.end.offset && d->message.size > 0);
        if (is_ours(problems, i))
            laws_check_range(&d->range, text);
    }
}

static void lint(const newslint_engine *engine) {
    newslint_article a = laws_article(article);
    newslint_result *one = newslint_lint(engine, worker, &a);
    newslint_result *two = newslint_lint(engine, worker, &a);
    laws_check_result(one, article);
    laws_check_same(one, two);
    char *fixed;
    size_t size, count;
    newslint_result *left = newslint_fix(engine, worker, &a, true, &fixed, &size, &count);
    laws_check_result(left, fixed ? nl_str_n(fixed, size) : article);
    newslint_free(fixed);
    newslint_corpus *corpus = newslint_corpus_new();
    newslint_corpus_add(corpus, one);
    newslint_corpus_add(corpus, two);
    newslint_corpus_seal(corpus, true);
    newslint_corpus_check(corpus, one);
    laws_check_result(one, article);
    newslint_corpus_free(corpus);
    newslint_result_free(one);
    newslint_result_free(two);
    newslint_result_free(left);
    for (size_t i = 0; i < newslint_engine_rule_count(engine); i++)
        require(newslint_engine_rule(engine, i).id.size > 0);
    newslint_engine_wants(engine, "content/a.en.md");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    newslint_engine *engine = NULL;
    newslint_result *problems = NULL;
    newslint_rules rules = {
        .text = (const char *)data, .size = size, .path = "rules.yaml", .now = LAWS_NOW};
    newslint_status status = newslint_engine_new(&engine, &rules, &problems);
    require((status == NEWSLINT_OK) == (engine != NULL));
    require(engine || (problems && newslint_result_count(problems) > 0));
    if (problems)
        check_problems(problems, nl_str_n(rules.text, rules.size));
    if (engine)
        lint(engine);
    newslint_result_free(problems);
    newslint_engine_free(engine);
    return 0;
}
