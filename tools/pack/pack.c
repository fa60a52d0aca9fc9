/*
 * pack FILE...: the rule files as a C source, nl_builtin_sets[] (rule/builtin.h): each as text and
 * as the packed tree of its values (doc/packed.h), so that newslint starts without parsing them. It
 * refuses what a built-in set has no need of: tags, merge keys, characters that YAML forbids.
 */
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "doc/packed.h"
#include "doc/scalar.h"
#include "doc/yaml.h"
#include <stdio.h>
#include <stdlib.h>

enum { SIZE_MAX_OF_SET = 1 << 20, DEPTH_MAX = 100 };

typedef struct packer {
    const char *path;
    nl_str text;
    nl_buf out;
    const nl_value **nodes; /* by number */
    size_t count, cap, start;
} packer;

static _Noreturn void fail(const char *path, const char *why) {
    fprintf(stderr, "pack: %s: %s\n", path, why);
    exit(2);
}

/* ---- Packing -------------------------------------------------------------------------------- */

static void put(nl_buf *out, size_t n) {
    for (; n >= 0x80; n >>= 7)
        nl_buf_putc(out, (char)(0x80 | (n & 0x7F)));
    nl_buf_putc(out, (char)n);
}

static void put_folded(nl_buf *out, size_t from, size_t to) {
    put(out, to >= from ? (to - from) << 1 : ((from - to - 1) << 1) | 1);
}

static void put_head(packer *p, unsigned what, const nl_value *v, unsigned flags) {
    flags |= v->flow ? NL_PACKED_FLOW : 0u;
    nl_buf_putc(&p->out, (char)(what | (unsigned)v->style << 2));
    nl_buf_putc(&p->out, (char)flags);
    put_folded(&p->out, p->start, v->span.start);
    put(&p->out, v->span.end - v->span.start);
    p->start = v->span.start;
}

static void put_scalar(packer *p, const nl_value *v) {
    nl_str raw = nl_str_sub(p->text, v->span.start, v->span.end);
    size_t at = nl_str_search(raw, v->text);
    bool verbatim = v->text.n && at < raw.n;
    put_head(p, NL_PACKED_SCALAR, v,
             (v->map ? NL_PACKED_MAP : 0u) | (verbatim ? NL_PACKED_VERBATIM : 0u));
    if (v->map)
        put_folded(&p->out, v->span.end, v->map->raw.end);
    if (verbatim)
        put(&p->out, at);
    put(&p->out, v->text.n);
    if (!verbatim)
        nl_buf_str_add(&p->out, v->text);
}

/* An alias shares what its anchor's node has. */
static size_t number_of(const packer *p, const nl_value *alias) {
    for (size_t i = 0; i < p->count; i++) {
        const nl_value *v = p->nodes[i];
        if (!v->alias && v->kind == alias->kind && v->entries == alias->entries &&
            v->items == alias->items && v->text.p == alias->text.p)
            return i;
    }
    fail(p->path, "an alias of nothing");
}

static void put_node(packer *p, const nl_value *v) {
    if (v->tagged || v->damaged || v->depth > DEPTH_MAX)
        fail(p->path,
             "a tag, a damaged value, or too deep: extend doc/packed.h or write otherwise");
    p->nodes = nl_grow(p->nodes, &p->cap, p->count + 1, sizeof *p->nodes);
    p->nodes[p->count++] = v;
    if (v->alias) {
        put_head(p, NL_PACKED_ALIAS, v, 0);
        put(&p->out, number_of(p, v));
    } else if (v->kind == NL_LIST) {
        put_head(p, NL_PACKED_LIST, v, 0);
        put(&p->out, v->count);
        for (size_t i = 0; i < v->count; i++)
            put_node(p, v->items[i]);
    } else if (v->kind == NL_MAP) {
        put_head(p, NL_PACKED_MAPPING, v, 0);
        put(&p->out, v->count);
        for (size_t i = 0; i < v->count; i++) {
            if (v->entries[i].merged)
                fail(p->path, "a merge key: write out what is meant");
            put_node(p, v->entries[i].key);
            put_node(p, v->entries[i].value);
        }
    } else {
        put_scalar(p, v);
    }
}

/* The packed tree of a text. */
static void pack(const char *path, nl_str text, nl_buf *out) {
    nl_arena arena = {0};
    nl_source source = nl_source_of(nl_str_c(path), text, &arena);
    nl_yaml tree = nl_yaml_parse(&source, nl_span_of(0, text.n), NL_LIMIT_rule_depth, &arena);
    if (tree.count)
        fail(path, tree.problems[0].message.p);
    if (!tree.root)
        fail(path, "it is empty");
    packer p = {.path = path, .text = text};
    put_node(&p, tree.root);
    put(out, p.count);
    nl_buf_str_add(out, nl_buf_str(&p.out));
    nl_buf_free(&p.out);
    free(p.nodes);
    nl_arena_free(&arena);
}

/* ---- As a C source -------------------------------------------------------------------------- */

static void print_bytes(const char *name, int number, nl_str bytes) {
    printf("static const unsigned char %s_%d[] = {", name, number);
    for (size_t i = 0; i < bytes.n; i++)
        printf("%s%u,", i % 32 ? "" : "\n", (unsigned char)bytes.p[i]);
    puts("0};");
}

static void print_set(int number, const char *path) {
    nl_buf text = {0}, packed = {0};
    nl_error error;
    if (nl_file_read(path, SIZE_MAX_OF_SET, &text, NULL, &error) != NL_READ_OK)
        fail(path, error.text);
    pack(path, nl_buf_str(&text), &packed);
    print_bytes("text", number, nl_buf_str(&text));
    print_bytes("tree", number, nl_buf_str(&packed));
    nl_buf_free(&text);
    nl_buf_free(&packed);
}

int main(int argc, char **argv) {
    puts("/* Made by tools/pack from rules/; not to be edited. */\n#include \"rule/builtin.h\"");
    for (int i = 1; i < argc; i++)
        print_set(i, argv[i]);
    puts("const nl_builtin_set nl_builtin_sets[] = {");
    for (int i = 1; i < argc; i++) {
        nl_str name = nl_path_name(nl_str_c(argv[i]));
        name.n -= nl_str_ends(name, NL_S(".yaml")) ? 5 : 0;
        printf("    {\"%.*s\", {(const char *)text_%d, sizeof text_%d - 1},\n"
               "     {(const char *)tree_%d, sizeof tree_%d - 1}},\n",
               NL_ARG(name), i, i, i, i);
    }
    puts("    {0, {0, 0}, {0, 0}}};");
    return fflush(stdout) == 0 ? 0 : 2;
}
