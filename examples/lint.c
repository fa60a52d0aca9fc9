/*
 * Checks a text with the installed library, and prints it repaired. Valid C and C++.
 *
 *     cc lint.c -o lint $(pkg-config --cflags --libs newslint)
 */
#include <newslint.h>
#include <stdio.h>
#include <string.h>

static const char rules_text[] = "newslint: 1\n"
                                 "name: example\n"
                                 "extends: [encoding]\n"
                                 "fields: {title: {required: true, length: {max: 60}}}\n";

static const char article_text[] = "---\ntitle: Caf\xC3\x83\xC2\xA9 Aurora reopens\nlang: en\n---\n\nText.\n";

static void print(const newslint_result *result) {
    for (size_t i = 0; i < newslint_result_count(result); i++) {
        const newslint_diagnostic *d = newslint_result_get(result, i);
        printf("%.*s:%zu:%zu: %.*s [%.*s]\n", (int)d->path.size, d->path.data, d->range.start.line,
               d->range.start.column, (int)d->message.size, d->message.data, (int)d->rule.size,
               d->rule.data);
    }
}

int main(void) {
    newslint_rules rules;
    memset(&rules, 0, sizeof rules);
    rules.text = rules_text;
    rules.size = sizeof rules_text - 1;
    rules.path = "newslint.yaml";

    newslint_engine *engine;
    newslint_result *problems;
    newslint_status status = newslint_engine_new(&engine, &rules, &problems);
    if (problems)
        print(problems);
    newslint_result_free(problems);
    if (status != NEWSLINT_OK)
        return 2;

    newslint_article article;
    memset(&article, 0, sizeof article);
    article.path = "article.md";
    article.data = article_text;
    article.size = sizeof article_text - 1;

    newslint_worker *worker = newslint_worker_new();
    newslint_result *result = newslint_lint(engine, worker, &article);
    print(result);
    newslint_result_free(result);

    char *fixed;
    size_t size, count;
    result = newslint_fix(engine, worker, &article, false, &fixed, &size, &count);
    printf("%zu fixed, %zu left\n", count, newslint_result_count(result));
    if (fixed)
        fwrite(fixed, 1, size, stdout);
    newslint_free(fixed);
    newslint_result_free(result);
    newslint_worker_free(worker);
    newslint_engine_free(engine);
    return 0;
}
