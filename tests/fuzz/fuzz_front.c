/* Front matter of any bytes, as they are and as the inside of YAML: the laws of its tree. */
#include "tree_laws.h"

#include "base/buf.h"

static void check(nl_str text) {
    nl_arena arena = {0};
    nl_article a;
    tree_check_article(&a, text, &arena);
    nl_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    nl_str text = nl_str_n((const char *)data, size);
    nl_buf yaml = {0};
    check(text);
    nl_buf_puts(&yaml, "---\n");
    nl_buf_str_add(&yaml, text);
    nl_buf_puts(&yaml, "\n---\n");
    check(nl_buf_str(&yaml));
    nl_buf_free(&yaml);
    return 0;
}
