/* `newslint export`: what newslint reads in an article, one JSON object a line (SPEC §7). */
#include "base/json.h"
#include "cli/inputs.h"
#include "cli/output.h"
#include "doc/article.h"
#include <math.h>
#include <string.h>
#include <unistd.h>

enum { GATHERED = 32 * 1024 };

typedef struct exporting {
    nl_buf out, text;
    nl_json json; /* into out */
    nl_arena arena;
    nl_limits limits;
    nl_readers readers;
} exporting;

/* JSON has no spelling for these. */
static void put_float(nl_json *j, double d) {
    if (isnan(d))
        nl_json_string(j, NL_S(".nan"));
    else if (isinf(d))
        nl_json_string(j, nl_str_c(d < 0 ? "-.inf" : ".inf"));
    else
        nl_json_double(j, d);
}

/* Digits as they stand, less what JSON does not allow: a plus, leading zeros. Octal and hexadecimal
 * that are too big for 64 bits become strings. */
static void put_big(nl_json *j, nl_str s) {
    nl_buf digits = {0};
    bool minus = nl_str_starts(s, NL_S("-"));
    if (minus || nl_str_starts(s, NL_S("+")))
        s = nl_str_sub(s, 1, s.n);
    while (s.n > 1 && s.p[0] == '0' && nl_is_digit((unsigned char)s.p[1]))
        s = nl_str_sub(s, 1, s.n);
    nl_buf_puts(&digits, minus ? "-" : "");
    nl_buf_str_add(&digits, s);
    nl_json_number(j, nl_buf_str(&digits));
    nl_buf_free(&digits);
}

static void put_value(exporting *e, const nl_value *v);

static void put_members(exporting *e, const nl_value *v) {
    nl_json *j = &e->json;
    bool map = v->kind == NL_MAP;
    if (map)
        nl_json_begin_object(j);
    else
        nl_json_begin_array(j);
    for (size_t i = 0; i < v->count; i++) {
        if (map)
            nl_json_key(j, v->entries[i].key->text);
        put_value(e, map ? v->entries[i].value : v->items[i]);
    }
    if (map)
        nl_json_end_object(j);
    else
        nl_json_end_array(j);
}

/* As deep as the reader lets the tree be (limits.depth), and as large, aliases written out
 * (limits.values, limits.aliases). */
static void put_value(exporting *e, const nl_value *v) {
    nl_json *j = &e->json;
    if (v->kind == NL_NULL)
        nl_json_null(j);
    else if (v->kind == NL_BOOL)
        nl_json_bool(j, v->boolean);
    else if (v->kind == NL_INT && v->big)
        put_big(j, v->text);
    else if (v->kind == NL_INT)
        nl_json_integer(j, v->integer);
    else if (v->kind == NL_FLOAT)
        put_float(j, v->number);
    else if (v->kind == NL_STRING)
        nl_json_string(j, v->text);
    else
        put_members(e, v);
}

static const char *format_name(nl_front_format format) {
    static const char *const names[] = {"none", "yaml", "json", "toml"};
    return names[format];
}

static void put_front(exporting *e, const nl_article *a) {
    const nl_front *f = &a->front;
    nl_json *j = &e->json;
    nl_json_key(j, NL_S("frontMatter"));
    if (f->format == NL_FRONT_NONE) {
        nl_json_null(j);
        return;
    }
    nl_json_begin_object(j);
    nl_json_key_string(j, "format", nl_str_c(format_name(f->format)));
    nl_json_key_size(j, "startLine", f->first_line);
    if (!f->unclosed)
        nl_json_key_size(j, "endLine", f->last_line);
    if (!f->unclosed && !f->tree.failed && f->format != NL_FRONT_TOML) {
        nl_json_key(j, NL_S("data"));
        if (f->tree.root)
            put_value(e, f->tree.root);
        else
            nl_json_null(j);
    }
    nl_json_end_object(j);
}

static void put_error(exporting *e, nl_article *a) {
    const nl_front *f = &a->front;
    nl_json *j = &e->json;
    if (!f->unclosed && !f->tree.failed)
        return;
    const nl_yaml_problem *last = f->tree.count ? &f->tree.problems[f->tree.count - 1] : NULL;
    bool known = !f->unclosed && last;
    nl_position p = nl_source_locate(&a->source, known ? last->span.start : f->open.start);
    nl_json_key(j, NL_S("error"));
    nl_json_begin_object(j);
    nl_json_key_string(j, "message",
                       known ? last->message : NL_S("the front matter is not closed"));
    nl_json_key_size(j, "line", p.line);
    nl_json_key_size(j, "column", p.column);
    nl_json_end_object(j);
}

static void put_headings(exporting *e, nl_article *a, const nl_markdown *m) {
    nl_json *j = &e->json;
    nl_json_key(j, NL_S("headings"));
    nl_json_begin_array(j);
    for (size_t i = 0; i < m->heading_count; i++) {
        const nl_heading *h = &m->headings[i];
        nl_json_begin_object(j);
        nl_json_key_size(j, "level", (size_t)h->level);
        nl_json_key_string(j, "text", h->content);
        nl_json_key_size(j, "line", h->line);
        nl_json_key_size(j, "column", nl_source_locate(&a->source, h->text.start).column);
        nl_json_end_object(j);
    }
    nl_json_end_array(j);
}

static void put_article(exporting *e, const char *path) {
    nl_article a;
    nl_json *j = &e->json;
    nl_article_parse(&a, nl_str_c(path), nl_buf_str(&e->text), &e->limits, e->readers, &e->arena);
    nl_markdown *m = nl_article_body(&a);
    nl_markdown_inlines(m);
    nl_json_begin_object(j);
    nl_json_key_string(j, "path", nl_str_c(path));
    put_front(e, &a);
    put_error(e, &a);
    nl_json_key_size(j, "bodyLine", nl_source_line_at(&a.source, a.body_start));
    put_headings(e, &a, m);
    nl_json_key_size(j, "words", m->words);
    nl_json_end_object(j);
    nl_json_end_line(j);
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
            nl_inputs_complain_of(item.path, item.trouble);
            *failed = true;
            continue;
        }
        item.root->found++;
        nl_buf_clear(&e->text);
        nl_read read = nl_file_read(item.path, e->limits.size, &e->text, NULL, &error);
        if (read != NL_READ_OK) {
            nl_fail("%s%s", error.text,
                    read == NL_READ_TOO_LARGE ? "; --max-size sets the limit" : "");
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
    exporting e = {.readers =
                       o->parsers == NL_PARSERS_REFERENCE ? NL_READERS_REFERENCE : NL_READERS_FAST};
    memcpy(&e.limits, &o->limits, sizeof e.limits);
    nl_limits_complete(&e.limits);
    e.json.out = &e.out;
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
