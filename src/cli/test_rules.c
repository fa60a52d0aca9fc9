/* `newslint test-rules`: runs the examples that rules carry. A good one must not be reported by
 * its rule, a bad one must be. Speaks TAP
 * (https://testanything.org/tap-version-13-specification.html). */
#include "base/unicode.h"
#include "cli/output.h"
#include "cli/sites.h"
#include "rule/builtin.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct testing {
    const nl_options *o;
    nl_buf out;
    size_t count, failed;
} testing;

/* An example is front matter, a body, or a whole article. */
static void put_article(const nl_example *e, size_t i, nl_buf *out) {
    nl_str text = e->texts.items[i];
    bool whole = e->whole[i] || nl_str_starts(text, nl_str_c("---\n")) ||
                 nl_str_starts(text, nl_str_c("+++\n"));
    if (whole || e->body) {
        nl_buf_str_add(out, text);
    } else {
        nl_buf_puts(out, "---\n");
        nl_buf_str_add(out, text);
        nl_buf_puts(out, nl_str_ends(text, nl_str_c("\n")) ? "---\n" : "\n---\n");
    }
}

static bool names_rule(const newslint_result *result, nl_str rule) {
    for (size_t i = 0; i < newslint_result_count(result); i++) {
        newslint_string id = newslint_result_get(result, i)->rule;
        if (nl_str_eq(nl_str_n(id.data, id.size), rule))
            return true;
    }
    return false;
}

/* Is one of the example's articles reported by its rule, when they are seen together? */
static bool is_reported(const newslint_engine *engine, const nl_example *e) {
    newslint_worker *worker = newslint_worker_new();
    newslint_corpus *corpus = newslint_corpus_new();
    newslint_result **results = calloc(e->texts.count + 1, sizeof(newslint_result *));
    bool found = false;
    for (size_t i = 0; results && i < e->texts.count; i++) {
        nl_buf article = {0}, path = {0};
        put_article(e, i, &article);
        nl_buf_printf(&path, "example-%zu.md", i + 1);
        results[i] = newslint_lint(engine, worker,
                                   &(newslint_article){.path = nl_buf_c(&path),
                                                       .data = nl_buf_c(&article),
                                                       .size = article.n});
        newslint_corpus_add(corpus, results[i]);
        nl_buf_free(&article);
        nl_buf_free(&path);
    }
    newslint_corpus_seal(corpus, true);
    for (size_t i = 0; results && i < e->texts.count; i++) {
        newslint_corpus_check(corpus, results[i]);
        found = found || names_rule(results[i], e->rule);
        newslint_result_free(results[i]);
    }
    free(results);
    newslint_corpus_free(corpus);
    newslint_worker_free(worker);
    return found;
}

static void say(testing *t, bool good, const char *what, nl_str rule, const nl_rule_file *file,
                size_t line, const char *end) {
    t->count++;
    t->failed += !good;
    if (good && t->o->quiet)
        return;
    nl_buf_printf(&t->out, "%sok %zu - ", good ? "" : "not ", t->count);
    nl_visible(rule, &t->out);
    nl_buf_printf(&t->out, ": %s", what);
    if (file) {
        nl_buf_puts(&t->out, " (");
        nl_visible(file->path, &t->out);
        nl_buf_printf(&t->out, ":%zu)", line);
    }
    nl_buf_printf(&t->out, "%s\n", end);
}

static bool is_on(const newslint_engine *engine, nl_str rule) {
    for (size_t i = 0; i < newslint_engine_rule_count(engine); i++) {
        newslint_string id = newslint_engine_rule(engine, i).id;
        if (nl_str_eq(nl_str_n(id.data, id.size), rule))
            return true;
    }
    return false;
}

/* The rule speaks of its examples wherever its `files` let it speak of articles. */
static void test_example(testing *t, const newslint_engine *engine, const nl_example *e) {
    newslint_engine anywhere = *engine;
    anywhere.anywhere = true;
    nl_source source = e->file->source;
    size_t line = nl_source_line_at(&source, e->span.start);
    bool on = is_on(engine, e->rule), reported = on ? is_reported(&anywhere, e) : !e->good;
    const char *what = e->good ? (reported ? "good example is reported" : "good example")
                               : (reported ? "bad example" : "bad example is not reported");
    say(t, reported != e->good, what, e->rule, e->file, line, on ? "" : " # SKIP the rule is off");
}

/* A rule of a built-in set has both kinds of examples. Rules of other sets are tested with those.
 */
static void test_completeness(testing *t, const char *set, const newslint_engine *engine,
                              const nl_example *examples, size_t count) {
    for (size_t i = 0; i < newslint_engine_rule_count(engine); i++) {
        newslint_string id = newslint_engine_rule(engine, i).id;
        nl_str rule = nl_str_n(id.data, id.size);
        bool has[2] = {false, false};
        if (!nl_str_is(nl_str_sub(rule, 0, nl_str_find(rule, '/')), set))
            continue;
        for (size_t e = 0; e < count; e++)
            if (nl_str_eq(examples[e].rule, rule))
                has[examples[e].good] = true;
        if (!has[true])
            say(t, false, "has no good example", rule, NULL, 0, "");
        if (!has[false])
            say(t, false, "has no bad example", rule, NULL, 0, "");
    }
}

/* `set` is the name of a built-in set, or NULL for a rule file: of that, its own examples alone. */
static void test_view(testing *t, const nl_rules_view *v, const char *set) {
    size_t count;
    const nl_example *examples = nl_ruleset_examples(v->rules, &count);
    for (size_t i = 0; i < count; i++)
        if (set ? nl_str_is(examples[i].file->name, set) : !examples[i].file->builtin)
            test_example(t, v->site->engine, &examples[i]);
    if (set)
        test_completeness(t, set, v->site->engine, examples, count);
}

static bool is_builtin(const char *name) {
    for (size_t i = 0; nl_builtin_sets[i].name; i++)
        if (strcmp(nl_builtin_sets[i].name, name) == 0)
            return true;
    return false;
}

static bool test_set(testing *t, const char *set) {
    nl_rules_view v;
    bool good = nl_rules_view_open_sets(&v, t->o, &set, 1);
    if (good)
        test_view(t, &v, is_builtin(set) ? set : NULL);
    nl_rules_view_close(&v);
    return good;
}

/* Without arguments: the rule file of the current folder, or all built-in sets. */
static bool test_default(testing *t) {
    nl_rules_view v;
    bool good = nl_rules_view_open(&v, t->o, NULL), fallback = good && v.site->fallback;
    if (good && !fallback)
        test_view(t, &v, NULL);
    nl_rules_view_close(&v);
    for (size_t i = 0; fallback && nl_builtin_sets[i].name; i++)
        good = test_set(t, nl_builtin_sets[i].name) && good;
    return good;
}

static int test_run(nl_options *o) {
    testing t = {.o = o};
    bool good = o->paths.count ? true : test_default(&t);
    for (size_t i = 0; i < o->paths.count; i++)
        good = test_set(&t, o->paths.items[i]) && good;
    nl_buf_printf(&t.out, "1..%zu\n", t.count);
    bool written = nl_output_lines(STDOUT_FILENO, nl_buf_str(&t.out));
    if (!written)
        return nl_output_failed();
    if (good && t.count == 0 && !o->quiet)
        nl_fail("note: these rules carry no examples");
    nl_buf_free(&t.out);
    return !good ? NL_STATUS_FAILED : t.failed ? NL_STATUS_FOUND : NL_STATUS_OK;
}

const nl_command nl_command_test_rules = {
    .name = "test-rules",
    .usage = "[OPTIONS] [SET_OR_FILE...]",
    .summary = "run the good and bad examples that rules carry",
    .about = "Without arguments: those of the rule file of the current folder, or else of all\n"
             "built-in sets. Status 1 when an example fails.",
    .bit = NL_FOR_TEST,
    .run = test_run};
