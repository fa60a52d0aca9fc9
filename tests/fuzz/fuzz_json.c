/*
 * JSON front matter of any bytes: the laws of its tree. And the bytes as a string by the writer of
 * JSON: the reader takes it, it holds no control character, and where the bytes are UTF-8 it says
 * the same.
 */
#include "tree_laws.h"

#include "base/json.h"

static void check(nl_str text) {
    nl_arena arena = {0};
    nl_article a;
    tree_check_article(&a, text, &arena);
    nl_arena_free(&arena);
}

static void check_written(nl_str text) {
    nl_arena arena = {0};
    nl_article a;
    nl_buf out = {0}, lines = {0};
    nl_json j = {.out = &out};
    nl_json_begin_object(&j);
    nl_json_key_string(&j, "k", text);
    nl_json_end_object(&j);
    for (size_t i = 0; i < out.n; i++)
        require((unsigned char)out.p[i] >= 0x20 && out.p[i] != 0x7F);
    nl_json_indent(nl_buf_str(&out), &lines);
    tree_check_article(&a, nl_buf_str(&lines), &arena);
    const nl_value *root = a.front.tree.root;
    require(a.front.format == NL_FRONT_JSON && root && root->kind == NL_MAP && root->count == 1);
    const nl_value *v = root->entries[0].value;
    require(v->kind == NL_STRING && (!text.n || v->text.n));
    if (nl_utf8_valid_to(text.p, text.n) == text.n)
        require(nl_str_eq(v->text, text));
    nl_buf_free(&out);
    nl_buf_free(&lines);
    nl_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    nl_str text = nl_str_n((const char *)data, size);
    nl_buf object = {0};
    check(text);
    nl_buf_puts(&object, "{\n\"a\": ");
    nl_buf_str_add(&object, text);
    nl_buf_puts(&object, "\n}\n");
    check(nl_buf_str(&object));
    nl_buf_free(&object);
    check_written(text);
    return 0;
}
