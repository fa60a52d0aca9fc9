/* Articles that are not looked at: what is said of them. */
#include "engine/engine.h"

newslint_result *newslint_trouble(const newslint_engine *engine, const newslint_article *article,
                                  const char *rule, const char *message) {
    const nl_own_rule *own = nl_own_rule_find(nl_str_c(rule));
    nl_str path = nl_str_c(article->rule_path ? article->rule_path : article->path);
    nl_level level = own ? nl_ruleset_own_level(engine->rules, own, path) : NL_ERROR;
    return nl_result_of_trouble(article->path, rule, level, message);
}

/* Where each line begins is known of an article while it is looked at, at eight bytes a line. */
static bool has_too_many_lines(const newslint_article *article, size_t most) {
    size_t lines = 0;
    const char *p = article->data;
    for (size_t i = 0; article->size > most && i < article->size; i++)
        lines += p[i] == '\n' || (p[i] == '\r' && (i + 1 == article->size || p[i + 1] != '\n'));
    return lines > most;
}

bool nl_is_refused(const newslint_engine *engine, const newslint_article *article) {
    return article->size > engine->limits.size || has_too_many_lines(article, engine->limits.lines);
}

newslint_result *nl_refuse(const newslint_engine *engine, const newslint_article *article) {
    if (!nl_is_refused(engine, article))
        return NULL;
    nl_buf b = {0};
    if (article->size > engine->limits.size)
        nl_limit_say(NL_LIMIT_size, &engine->limits,
                     "the file is larger than %zu bytes and was not checked", &b);
    else
        nl_limit_say(NL_LIMIT_lines, &engine->limits,
                     "the file has more than %zu lines and was not checked", &b);
    newslint_result *r = newslint_trouble(engine, article, "newslint/too-large", nl_buf_c(&b));
    nl_buf_free(&b);
    return r;
}
