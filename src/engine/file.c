/* Checking a file: reading it, and saying so where that fails. */
#include "base/file.h"

#include "engine/engine.h"

newslint_result *newslint_lint_file(const newslint_engine *engine, newslint_worker *worker,
                                    const char *path, const char *rule_path) {
    newslint_article article = {.path = path, .rule_path = rule_path, .data = ""};
    nl_buf text = {0};
    nl_error error;
    newslint_result *result;
    switch (nl_file_read(path, engine->limits.size, &text, NULL, &error)) {
    case NL_READ_OK:
        article.size = text.n;
        if (text.n)
            article.data = text.p;
        result = newslint_lint(engine, worker, &article);
        break;
    case NL_READ_TOO_LARGE:
        article.size = SIZE_MAX;
        result = nl_refuse(engine, &article);
        break;
    default:
        result = newslint_trouble(engine, &article, "newslint/unreadable", error.text);
    }
    nl_buf_free(&text);
    return result;
}
