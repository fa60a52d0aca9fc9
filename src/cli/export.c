/* `newslint export`: what newslint reads in an article, one JSON object a line (SPEC §7). */
#include "base/json.h"
#include "base/utf8.h"
#include "cli/inputs.h"
#include "cli/output.h"
#include "doc/article.h"
#include <math.h>
#include <string.h>
#include <unistd.h>

enum {
    MAX_SIZE = 64 * 1024 * 1024,
    MAX_DEPTH = 1000,
    GATHERED = 32 * 1024,
    MAX_NODES = 1000000 /* of one article, aliases written out */
};

typedef struct exporting {
    nl_buf out, text;
    nl_arena arena;
    nl_limits limits;
    size_t nodes;
} exporting;

static void put_string(nl_str s, nl_buf *out) {
    nl_json_string(&(nl_json){.out = out}, s);
}

static void put_name(const char *name, nl_buf *out) {
    put_string(nl_str_c(name), out);
    nl_buf_putc(out, ':');
}

/* JSON has no spelling for these. */
static void put_float(const nl_value *v, nl_buf *out) {
    if (isnan(v->number))
        nl_buf_puts(out, "\".nan\"");
    else if (isinf(v->number))
        nl_buf_puts(out, v->number < 0 ? "\"-.inf\"" : "\".inf\"");
    else
        nl_json_double(&(nl_json){.out = out}, v->number);
}

/* An integer beyond 64 bits: its digits as they stand, less the plus and the leading zeros that
 * JSON does not allow; a string where it is octal or hexadecimal. */
static void put_big(const nl_value *v, nl_buf *out) {
    nl_str s = v->text;
    bool minus = nl_str_starts(s, nl_str_c("-"));
    if (s.n && (s.p[0] == '-' || s.p[0] == '+'))
        s = nl_str_sub(s, 1, s.n);
    while (s.n > 1 && s.p[0] == '0' && nl_is_digit((unsigned char)s.p[1]))
        s = nl_str_sub(s, 1, s.n);
    if (minus)
        nl_buf_putc(out, '-');
    nl_json_number(&(nl_json){.out = out}, s);
}

static void put_value(exporting *e, const nl_value *v);

static void put_members(exporting *e, const nl_value *v) {
    nl_buf *out = &e->out;
    nl_buf_putc(out, v->kind == NL_MAP ? '{' : '[');
    for (size_t i = 0; i < v->count && e->nodes <= MAX_NODES; i++) {
        if (i)
            nl_buf_putc(out, ',');
        if (v->kind == NL_MAP) {
            put_string(v->entries[i].key->text, out);
            nl_buf_putc(out, ':');
        }
        put_value(e, v->kind == NL_MAP ? v->entries[i].value : v->items[i]);
    }
    nl_buf_putc(out, v->kind == NL_MAP ? '}' : ']');
}

/* As deep as the reader lets the tree be (limits.max_depth). */
static void put_value(exporting *e, const nl_value *v) {
    nl_buf *out = &e->out;
    if (e->nodes++ > MAX_NODES) {
        nl_buf_puts(out, "null");
        return;
    }
    switch (v->kind) {
    case NL_NULL:
        nl_buf_puts(out, "null");
        break;
    case NL_BOOL:
        nl_buf_puts(out, v->boolean ? "true" : "false");
        break;
    case NL_INT:
        if (v->big)
            put_big(v, out);
        else
            nl_buf_printf(out, "%lld", (long long)v->integer);
        break;
    case NL_FLOAT:
        put_float(v, out);
        break;
    case NL_STRING:
        put_string(v->text, out);
        break;
    case NL_LIST:
    case NL_MAP:
        put_members(e, v);
        break;
    }
}

static const char *format_name(nl_front_format format) {
    static const char *const names[] = {"none", "yaml", "json", "toml"};
    return names[format];
}

static void put_front(exporting *e, const nl_article *a) {
    const nl_front *f = &a->front;
    nl_buf *out = &e->out;
    put_name("frontMatter", out);
    if (f->format == NL_FRONT_NONE) {
        nl_buf_puts(out, "null");
        return;
    }
    nl_buf_printf(out, "{\"format\":\"%s\",\"startLine\":%zu", format_name(f->format),
                  f->first_line);
    if (!f->unclosed)
        nl_buf_printf(out, ",\"endLine\":%zu", f->last_line);
    if (!f->tree.failed && f->format != NL_FRONT_TOML) {
        nl_buf_puts(out, ",\"data\":");
        if (f->tree.root)
            put_value(e, f->tree.root);
        else
            nl_buf_puts(out, "null");
    }
    nl_buf_putc(out, '}');
}

static void put_error(nl_article *a, nl_buf *out) {
    const nl_front *f = &a->front;
    nl_str message = {0};
    size_t at = 0;
    if (f->unclosed) {
        message = nl_str_c("the front matter is not closed");
        at = f->open.start;
    } else if (f->tree.failed && f->tree.count) {
        message = f->tree.problems[f->tree.count - 1].message;
        at = f->tree.problems[f->tree.count - 1].span.start;
    } else {
        return;
    }
    nl_position p = nl_source_locate(&a->source, at);
    put_name("error", out);
    nl_buf_puts(out, "{\"message\":");
    put_string(message, out);
    nl_buf_printf(out, ",\"line\":%zu,\"column\":%zu},", p.line, p.column);
}

static void put_headings(nl_article *a, const nl_markdown *m, nl_buf *out) {
    put_name("headings", out);
    nl_buf_putc(out, '[');
    for (size_t i = 0; i < m->heading_count; i++) {
        const nl_heading *h = &m->headings[i];
        nl_position p = nl_source_locate(&a->source, h->text.start);
        nl_buf_printf(out, "%s{\"level\":%d,\"text\":", i ? "," : "", h->level);
        put_string(h->content, out);
        nl_buf_printf(out, ",\"line\":%zu,\"column\":%zu}", h->line, p.column);
    }
    nl_buf_putc(out, ']');
}

static void put_path(nl_str path, nl_buf *out) {
    nl_buf shown = {0};
    for (size_t at = 0; at < path.n;) {
        uint32_t cp;
        size_t n = nl_utf8_read(path.p + at, path.n - at, &cp);
        if (cp == NL_CP_INVALID)
            nl_buf_printf(&shown, "\\x%02X", (unsigned char)path.p[at]);
        else
            nl_buf_add(&shown, path.p + at, n);
        at += n;
    }
    put_string(nl_buf_str(&shown), out);
    nl_buf_free(&shown);
}

static void put_article(exporting *e, const char *path) {
    nl_article a;
    nl_buf *out = &e->out;
    nl_article_parse(&a, nl_str_c(path), nl_buf_str(&e->text), &e->limits, &e->arena);
    const nl_markdown *m = nl_article_body(&a);
    e->nodes = 0;
    nl_buf_puts(out, "{\"path\":");
    put_path(nl_str_c(path), out);
    nl_buf_putc(out, ',');
    put_front(e, &a);
    nl_buf_putc(out, ',');
    put_error(&a, out);
    nl_buf_printf(out, "\"bodyLine\":%zu,", nl_source_line_at(&a.source, a.body_start));
    put_headings(&a, m, out);
    nl_buf_printf(out, ",\"words\":%zu}\n", m->words);
}

static bool flush(exporting *e, size_t above) {
    if (e->out.n <= above)
        return true;
    bool good = nl_output_all(STDOUT_FILENO, nl_buf_str(&e->out));
    nl_buf_clear(&e->out);
    return good;
}

/* False if standard output broke. */
static bool export_all(exporting *e, nl_inputs *in, bool *failed) {
    nl_walk_item item;
    nl_error error;
    while (nl_walk_next(in->walk, &item)) {
        if (item.trouble) {
            nl_fail("%s: %s", item.path, item.trouble);
            *failed = true;
            continue;
        }
        item.root->found++;
        nl_buf_clear(&e->text);
        if (nl_file_read(item.path, e->limits.max_size, &e->text, NULL, &error) != NL_READ_OK) {
            nl_fail("%s", error.text);
            *failed = true;
            continue;
        }
        put_article(e, item.path);
        nl_arena_reset(&e->arena);
        if (!flush(e, GATHERED))
            return false;
    }
    return flush(e, 0);
}

static int export_run(nl_options *o) {
    nl_inputs in;
    if (!nl_inputs_open(&in, o))
        return NL_STATUS_FAILED;
    exporting e = {.limits = {.max_size = o->max_size == SIZE_MAX ? MAX_SIZE : o->max_size,
                              .max_depth = o->max_depth == SIZE_MAX ? MAX_DEPTH : o->max_depth}};
    bool failed = in.failed;
    bool written = export_all(&e, &in, &failed);
    nl_arena_free(&e.arena);
    nl_buf_free(&e.out);
    nl_buf_free(&e.text);
    if (!written)
        return nl_output_failed();
    failed = nl_inputs_complain(&in, o) || failed;
    nl_inputs_close(&in);
    return failed ? NL_STATUS_FAILED : NL_STATUS_OK;
}

const nl_command nl_command_export = {
    .name = "export",
    .usage = "[OPTIONS] [PATH...]",
    .summary = "print one JSON object per article: front matter, headings, positions",
    .bit = NL_FOR_EXPORT,
    .run = export_run};
