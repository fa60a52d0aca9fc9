/* Field paths: reading, spelling, numbering, following, naming. */
#include "unit.h"

#include "rule/path.h"
#include <string.h>

enum { MOST = 100000 };

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void reads_and_spells(void **state) {
    (void)state;
    static const struct {
        const char *text, *spelled;
        size_t count;
        bool many;
    } cases[] = {
        {"", "", 0, false},
        {"title", "title", 1, false},
        {"source.name", "source.name", 2, false},
        {"tags[]", "tags[]", 2, true},
        {"tags[].name", "tags[].name", 3, true},
        {"a[][].b", "a[][].b", 4, true},
        {"coverImage.*", "coverImage.*", 2, true},
        {"*", "*", 1, true},
        {"*.x", "*.x", 2, true},
        {"\"a.b\".c", "\"a.b\".c", 2, false},
        {"'a.b'.c", "\"a.b\".c", 2, false},
        {"\"title\"", "title", 1, false},
        {"\"a\\\"b\\\\c\"", "\"a\\\"b\\\\c\"", 1, false},
        {"x.\"\"", "x.\"\"", 2, false},
        {"x.\"*\"", "x.\"*\"", 2, false},
        {"\"a b\"[]", "\"a b\"[]", 2, true},
        {"og:title", "og:title", 1, false},
        {"заголовок.é", "заголовок.é", 2, false},
        {"2024.x-y_z", "2024.x-y_z", 2, false},
    };
    nl_arena arena = {0};
    for (size_t i = 0; i < COUNT(cases); i++) {
        nl_path path, again;
        const char *error;
        size_t at;
        assert_true(nl_path_parse(nl_str_c(cases[i].text), &arena, &path, &error, &at));
        assert_int_equal(path.count, cases[i].count);
        assert_int_equal(path.many, cases[i].many);
        assert_true(nl_str_is(path.text, cases[i].spelled));
        assert_true(nl_path_parse(path.text, &arena, &again, &error, &at));
        assert_true(nl_str_eq(again.text, path.text));
    }
    nl_arena_free(&arena);
}

static void says_what_is_wrong(void **state) {
    (void)state;
    static const struct {
        const char *text, *part;
        size_t at;
    } cases[] = {
        {".a", "before the dot", 0},
        {"a.", "at the end", 2},
        {"a..b", "before the dot", 2},
        {"[]", "begins with a key", 0},
        {"a.[]", "begins with a key", 2},
        {"tags[0]", "`[]`", 4},
        {"tags[", "`[]` is wanted", 4},
        {"tags[x]", "`[]` is wanted", 4},
        {"a b", "no blanks", 1},
        {" a", "a key is wanted here", 0},
        {"a*", "`.*`", 1},
        {"\"a", "not closed", 0},
        {"x.'a\\'", "not closed", 2},
        {"\"a\"b", "a dot or", 3},
        {"a]", "a dot or", 1},
        {"tags[]x", "a dot or", 6},
        {"a\x01", "a dot or", 1},
        {"a[]*", "`.*`", 3},
    };
    nl_arena arena = {0};
    for (size_t i = 0; i < COUNT(cases); i++) {
        nl_path path;
        const char *error = NULL;
        size_t at = 999;
        assert_false(nl_path_parse(nl_str_c(cases[i].text), &arena, &path, &error, &at));
        if (!strstr(error, cases[i].part))
            fail_msg("`%s`: %s", cases[i].text, error);
        assert_int_equal(at, cases[i].at);
    }
    nl_arena_free(&arena);
}

static void bounds_the_number_of_parts(void **state) {
    (void)state;
    nl_arena arena = {0};
    nl_buf b = {0};
    nl_path path;
    const char *error;
    size_t at;
    nl_buf_putc(&b, 'a');
    for (size_t i = 1; i < NL_STEPS_MAX; i++)
        nl_buf_puts(&b, ".a");
    assert_true(nl_path_parse(nl_buf_str(&b), &arena, &path, &error, &at));
    nl_buf_puts(&b, ".a");
    assert_false(nl_path_parse(nl_buf_str(&b), &arena, &path, &error, &at));
    nl_buf_free(&b);
    nl_arena_free(&arena);
}

static void numbers_each_path_once(void **state) {
    (void)state;
    nl_arena arena = {0};
    nl_path_table table = {0};
    const char *error;
    size_t at;
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < 1000; i++) {
            nl_buf b = {0};
            nl_buf_printf(&b, "k%zu.name", i);
            nl_path path;
            assert_true(nl_path_parse(nl_str_n(nl_arena_copy(&arena, b.p, b.n), b.n), &arena, &path,
                                      &error, &at));
            assert_int_equal(nl_path_table_add(&table, &path), i);
            nl_buf_free(&b);
        }
    }
    assert_int_equal(table.count, 1000);
    nl_step steps[] = {{.kind = NL_STEP_KEY, .key = NL_S("a.b")}, {.kind = NL_STEP_ITEMS}};
    nl_path item = {.steps = steps, .count = 2, .many = true};
    item.text = nl_path_spell(steps, 2, &arena);
    assert_true(nl_str_is(item.text, "\"a.b\"[]"));
    assert_int_equal(nl_path_table_add(&table, &item), 1000);
    nl_path_table_free(&table);
    nl_arena_free(&arena);
}

/* ---- A small tree: {s: x, n: null, m: {k: 1, l: 2}, list: [{k: 1}, {}, str, {k: 3}]} */

typedef struct tree {
    nl_arena arena;
    nl_value *root;
} tree;

static nl_value *scalar(tree *t, nl_kind kind, const char *text) {
    nl_value *v = NL_NEW(&t->arena, nl_value);
    v->kind = kind;
    v->text = nl_str_c(text);
    return v;
}

static nl_value *map(tree *t) {
    nl_value *v = scalar(t, NL_MAP, NULL);
    v->entries = NL_NEW_ARRAY(&t->arena, nl_entry, 8);
    return v;
}

static void put(tree *t, nl_value *to, const char *key, nl_value *value) {
    to->entries[to->count++] = (nl_entry){scalar(t, NL_STRING, key), value, false};
}

static tree make_tree(void) {
    tree t = {0};
    nl_value *m = map(&t), *list = scalar(&t, NL_LIST, NULL), *k1 = map(&t), *k3 = map(&t);
    put(&t, m, "k", scalar(&t, NL_INT, "1"));
    put(&t, m, "l.x", scalar(&t, NL_INT, "2"));
    put(&t, k1, "k", scalar(&t, NL_INT, "1"));
    put(&t, k3, "k", scalar(&t, NL_INT, "3"));
    list->items = NL_NEW_ARRAY(&t.arena, nl_value *, 4);
    list->items[0] = k1;
    list->items[1] = map(&t);
    list->items[2] = scalar(&t, NL_STRING, "str");
    list->items[3] = k3;
    list->count = 4;
    t.root = map(&t);
    put(&t, t.root, "s", scalar(&t, NL_STRING, "x"));
    put(&t, t.root, "n", scalar(&t, NL_NULL, ""));
    put(&t, t.root, "m", m);
    put(&t, t.root, "list", list);
    return t;
}

/* Follows the path, with others in the table that share parts of it. */
static const nl_targets *follow(tree *t, nl_path_table *table, const char *text) {
    static const char *const others[] = {"m", "m.k", "list[].k.j", "nope[].x", "list[].*"};
    size_t number = 0;
    for (size_t i = 0; i <= sizeof others / sizeof *others; i++) {
        nl_path path;
        const char *error;
        size_t at;
        const char *one = i < sizeof others / sizeof *others ? others[i] : text;
        assert_true(nl_path_parse(nl_str_c(one), &t->arena, &path, &error, &at));
        number = nl_path_table_add(table, &path);
    }
    const nl_targets **known = NL_NEW_ARRAY(&t->arena, const nl_targets *, table->tree_count);
    const nl_targets *targets =
        nl_path_follow(table, table->nodes[number], t->root, known, MOST, &t->arena);
    for (size_t i = 0; i < table->count; i++)
        nl_path_follow(table, table->nodes[i], t->root, known, MOST, &t->arena);
    assert_ptr_equal(nl_path_follow(table, table->nodes[number], t->root, known, MOST, &t->arena),
                     targets);
    return targets;
}

/* The targets as "name=text name=- …": `-` is absent, `!` behind it: no parent map either. */
static void shows(tree *t, const char *text, const char *expected) {
    nl_path_table table = {0};
    const nl_targets *targets = follow(t, &table, text);
    nl_buf b = {0};
    for (size_t i = 0; i < targets->count; i++) {
        const nl_target *target = &targets->items[i];
        if (i)
            nl_buf_putc(&b, ' ');
        size_t name = b.n;
        nl_target_name(target, &b);
        nl_str named = nl_target_named(target, &t->arena);
        assert_true(nl_str_eq(named, nl_str_sub(nl_buf_str(&b), name, b.n)));
        nl_buf_putc(&b, '=');
        if (target->value)
            nl_buf_str_add(&b, target->value->text);
        else
            nl_buf_puts(&b, target->parent ? "-" : "-!");
    }
    assert_string_equal(nl_buf_c(&b), expected);
    nl_buf_free(&b);
    nl_path_table_free(&table);
}

static void follows_paths(void **state) {
    (void)state;
    tree t = make_tree();
    shows(&t, "", "=");
    shows(&t, "s", "s=x");
    shows(&t, "nope", "nope=-");
    shows(&t, "m.k", "m.k=1");
    shows(&t, "m.zz", "m.zz=-");
    shows(&t, "nope.k", "nope.k=-!");
    shows(&t, "s.k", "s.k=-!");
    shows(&t, "n.k", "n.k=-!");
    shows(&t, "m.*", "m.k=1 m.\"l.x\"=2");
    shows(&t, "m.\"l.x\"", "m.\"l.x\"=2");
    shows(&t, "list[].k", "list[0].k=1 list[1].k=- list[3].k=3");
    shows(&t, "s[]", "");
    shows(&t, "nope[].k", "");
    shows(&t, "s.*", "");
    shows(&t, "list[].*", "list[0].k=1 list[3].k=3");
    t.root = NULL;
    shows(&t, "s", "s=-!");
    nl_arena_free(&t.arena);
}

static void cuts_what_is_too_many(void **state) {
    (void)state;
    tree t = {0};
    nl_value *list = scalar(&t, NL_LIST, NULL);
    list->count = 1000;
    list->items = NL_NEW_ARRAY(&t.arena, nl_value *, list->count);
    nl_value *inner = scalar(&t, NL_LIST, NULL);
    inner->count = 1000;
    inner->items = NL_NEW_ARRAY(&t.arena, nl_value *, inner->count);
    for (size_t i = 0; i < 1000; i++) {
        list->items[i] = inner; /* as aliases make it */
        inner->items[i] = scalar(&t, NL_INT, "1");
    }
    t.root = map(&t);
    put(&t, t.root, "a", list);
    nl_path_table table = {0};
    const nl_targets *targets = follow(&t, &table, "a[][]");
    assert_int_equal(targets->count, MOST);
    assert_true(targets->cut);
    nl_path_table_free(&table);
    nl_arena_free(&t.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_spells),
        cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(bounds_the_number_of_parts),
        cmocka_unit_test(numbers_each_path_once),
        cmocka_unit_test(follows_paths),
        cmocka_unit_test(cuts_what_is_too_many),
    };
    return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
