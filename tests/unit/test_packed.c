/* The built-in rule sets as they are packed against what YAML makes of their texts. */
#include "unit.h"

#include "doc/packed.h"
#include "doc/scalar.h"
#include "doc/yaml.h"
#include "rule/builtin.h"

static void same_span(nl_span a, nl_span b) {
    assert_int_equal(a.start, b.start);
    assert_int_equal(a.end, b.end);
}

static void same_scalar(const nl_value *a, const nl_value *b) {
    assert_true(nl_str_eq(a->text, b->text));
    assert_int_equal(a->integer, b->integer);
    assert_int_equal(a->big, b->big);
    assert_memory_equal(&a->number, &b->number, sizeof a->number);
    assert_int_equal(a->boolean, b->boolean);
    assert_int_equal(!a->map, !b->map);
    if (a->map && b->map)
        same_span(a->map->raw, b->map->raw);
}

/* Counts the nodes. An alias has the children of what it stands for. */
static size_t same(const nl_value *a, const nl_value *b, const nl_source *source) {
    size_t nodes = 1;
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->style, b->style);
    assert_int_equal(a->alias, b->alias);
    assert_int_equal(a->tagged, b->tagged);
    assert_int_equal(a->flow, b->flow);
    assert_int_equal(a->json, b->json);
    assert_int_equal(a->damaged, b->damaged);
    same_span(a->span, b->span);
    same_span(a->key_span, b->key_span);
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->depth, b->depth);
    assert_int_equal(a->weight, b->weight);
    if (a->kind != NL_LIST && a->kind != NL_MAP) {
        nl_span at_a, at_b;
        same_scalar(a, b);
        assert_int_equal(nl_value_locate(source, a, 0, a->text.n, &at_a),
                         nl_value_locate(source, b, 0, b->text.n, &at_b));
        same_span(at_a, at_b);
    }
    for (size_t i = 0; i < a->count && a->kind == NL_LIST; i++)
        nodes += same(a->items[i], b->items[i], source);
    for (size_t i = 0; i < a->count && a->kind == NL_MAP; i++) {
        assert_int_equal(a->entries[i].merged, b->entries[i].merged);
        nodes += same(a->entries[i].key, b->entries[i].key, source);
        nodes += same(a->entries[i].value, b->entries[i].value, source);
    }
    return nodes;
}

static void unpacks_what_yaml_reads(void **state) {
    (void)state;
    size_t sets = 0, nodes = 0;
    for (const nl_builtin_set *set = nl_builtin_sets; set->name; set++, sets++) {
        nl_arena arena = {0};
        nl_source source = nl_source_of(nl_str_c(set->name), set->text, &arena);
        nl_yaml tree =
            nl_yaml_parse(&source, nl_span_of(0, set->text.n), NL_LIMIT_rule_depth, &arena);
        assert_int_equal(tree.count, 0);
        nodes += same(nl_packed_read(set->tree, set->text, &arena), tree.root, &source);
        nl_arena_free(&arena);
    }
    assert_true(sets >= 5);
    assert_true(nodes > 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(unpacks_what_yaml_reads)};
    return cmocka_run_group_tests_name("packed", tests, NULL, NULL);
}
