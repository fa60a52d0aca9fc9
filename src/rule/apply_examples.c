/* `examples` of a rule: good and bad articles that `newslint test-rules` runs. */
#include "base/utf8.h"
#include "rule/apply.h"

/* `{bytes: "caf\xE9"}`: each character is the byte of its number. */
static bool example_bytes(nl_apply *c, const nl_value *v, nl_str *out) {
    nl_buf b = {0};
    bool good = v->kind == NL_STRING;
    for (size_t i = 0; good && i < v->text.n;) {
        uint32_t cp;
        i += nl_utf8_read(v->text.p + i, v->text.n - i, &cp);
        good = cp <= 0xFF;
        nl_buf_putc(&b, (char)cp);
    }
    *out = (nl_str){nl_arena_copy(c->arena, b.p, b.n), b.n};
    nl_buf_free(&b);
    return good;
}

static bool example_text(nl_apply *c, const nl_value *v, nl_str *out, bool *whole) {
    const nl_value *article = v->kind == NL_MAP ? nl_apply_get(v, "article") : NULL;
    const nl_value *bytes = v->kind == NL_MAP ? nl_apply_get(v, "bytes") : NULL;
    *whole = article || bytes;
    if (bytes && v->count == 1 && example_bytes(c, bytes, out))
        return true;
    if (article && v->count == 1)
        v = article;
    *out = v->text;
    return v->kind != NL_LIST && v->kind != NL_MAP && v->kind != NL_NULL;
}

static bool example_texts(nl_apply *c, const nl_value *v, nl_example *out) {
    bool several = v->kind == NL_LIST;
    size_t n = out->texts.count = several ? v->count : 1;
    out->texts.items = NL_NEW_ARRAY(c->arena, nl_str, n ? n : 1);
    out->whole = NL_NEW_ARRAY(c->arena, bool, n ? n : 1);
    for (size_t i = 0; i < n; i++) {
        const nl_value *item = several ? v->items[i] : v;
        if (!example_text(c, item, &out->texts.items[i], &out->whole[i])) {
            NL_FAIL(c, item->span,
                    "an example wants a text, {article: text}, {bytes: \"\\xNN...\"}, or a list of "
                    "several that "
                    "are compared");
            return false;
        }
    }
    return true;
}

static void example_list(nl_apply *c, const nl_rule_def *def, const nl_value *v, bool good) {
    nl_ruleset *r = c->set;
    size_t n = v->kind == NL_LIST ? v->count : 1;
    for (size_t i = 0; i < n; i++) {
        const nl_value *item = v->kind == NL_LIST ? v->items[i] : v;
        nl_example example = {.rule = def->id,
                              .good = good,
                              .body = def->check && def->check->kind == NL_CHECK_BODY,
                              .file = c->file,
                              .span = item->span};
        if (!example_texts(c, item, &example))
            continue;
        r->examples = nl_apply_grow(r, r->examples, &r->example_cap, r->example_count + 1,
                                    sizeof *r->examples);
        r->examples[r->example_count++] = example;
    }
}

void nl_apply_examples(nl_apply *c, const nl_rule_def *def, const nl_value *v) {
    static const char *const keys[] = {"good", "bad", NULL};
    if (v->kind != NL_MAP) {
        NL_FAIL(c, v->span, "`examples` wants {good: [...], bad: [...]}");
        return;
    }
    for (size_t i = 0; i < v->count; i++) {
        nl_str key = v->entries[i].key->text;
        if (nl_str_is(key, "good") || nl_str_is(key, "bad"))
            example_list(c, def, v->entries[i].value, nl_str_is(key, "good"));
        else
            NL_FAIL(c, v->entries[i].key->span, "`examples` has no `%.*s`%s", NL_ARG(key),
                    nl_apply_suggest(c, key, keys));
    }
}
