/* `newslint repair`: mojibake repair of any text, no articles. */
#include "base/unicode.h"
#include "cli/output.h"
#include "encoding/mojibake.h"
#include "text/edit.h"
#include "text/source.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 64 * 1024 };

typedef struct repairing {
    const nl_options *o;
    const char *name; /* of the file, for --explain */
    size_t record;    /* of -0, from 1 */
    nl_arena arena;
    nl_buf out, told; /* the text, and what --explain says of it */
} repairing;

static void explain(repairing *r, nl_str text, const nl_damages *damages) {
    static const char *const words[] = {"safe", "unsafe", "no certain repair"};
    nl_source source = nl_source_of(nl_str_c(r->name), text, &r->arena);
    for (size_t i = 0; i < damages->count; i++) {
        const nl_damage *d = &damages->items[i];
        nl_position at = nl_source_locate(&source, d->start);
        nl_visible(nl_str_c(r->name), &r->told);
        if (r->o->nul)
            nl_buf_printf(&r->told, "[%zu]", r->record);
        nl_buf_printf(&r->told, ":%zu:%zu: `", at.line, at.column);
        nl_visible(nl_str_sub(text, d->start, d->end), &r->told);
        nl_buf_putc(&r->told, '`');
        if (d->text.p) {
            nl_buf_puts(&r->told, " was `");
            nl_visible(d->text, &r->told);
            nl_buf_putc(&r->told, '`');
        }
        nl_buf_puts(&r->told, ": ");
        nl_buf_str_add(&r->told, nl_damage_describe(d, &r->arena));
        nl_buf_printf(&r->told, " (%s)\n", words[d->safety]);
    }
}

/* One text, or one record. */
static void take(repairing *r, nl_str text) {
    nl_mojibake_options options = {.one_record = r->o->nul, .escapes = true};
    r->record++;
    if (r->o->explain) {
        nl_damages damages = nl_mojibake_find(text.p, text.n, &options, &r->arena);
        explain(r, text, &damages);
    }
    nl_buf_str_add(&r->out, nl_mojibake_repair(text, &options, r->o->unsafe, &r->arena));
    nl_arena_reset(&r->arena);
}

static bool flush(repairing *r) {
    bool good = nl_output_all(STDOUT_FILENO, nl_buf_str(&r->out));
    nl_output_lines(STDERR_FILENO, nl_buf_str(&r->told));
    nl_buf_clear(&r->out);
    nl_buf_clear(&r->told);
    return good;
}

/* Takes the whole records of the text and keeps the rest of it. */
static void take_records(repairing *r, nl_buf *text) {
    size_t at = 0;
    while (at < text->n) {
        nl_str rest = nl_str_sub(nl_buf_str(text), at, text->n);
        size_t end = nl_str_find(rest, '\0');
        if (end == rest.n)
            break;
        take(r, nl_str_sub(rest, 0, end));
        nl_buf_putc(&r->out, '\0');
        at += end + 1;
    }
    if (at)
        memmove(text->p, text->p + at, text->n - at);
    text->n -= at;
}

/* Record by record as they come, so that it serves in a conversation of two programs. */
static int stream(repairing *r) {
    nl_buf text = {0};
    size_t searched = 0;
    int status = NL_STATUS_OK;
    for (;;) {
        nl_buf_reserve(&text, BLOCK);
        ssize_t n = read(STDIN_FILENO, text.p + text.n, BLOCK);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            status = nl_fail("cannot read standard input: %s", strerror(errno));
        if (n <= 0)
            break;
        text.n += (size_t)n;
        if (memchr(text.p + searched, '\0', text.n - searched))
            take_records(r, &text);
        searched = text.n; /* of a long record, only what is new is searched */
        if (!flush(r)) {
            nl_buf_free(&text);
            return nl_output_failed();
        }
    }
    if (text.n)
        take(r, nl_buf_str(&text)); /* no NUL came in behind it, so none goes out */
    nl_buf_free(&text);
    return flush(r) ? status : nl_output_failed();
}

static int take_whole(repairing *r, const char *path) {
    nl_buf text = {0};
    nl_error error;
    bool is_stdin = strcmp(path, "-") == 0;
    nl_read got = is_stdin ? nl_file_read_fd(STDIN_FILENO, SIZE_MAX / 2, &text, &error)
                           : nl_file_read(path, SIZE_MAX / 2, &text, NULL, &error);
    int status = NL_STATUS_OK;
    if (got != NL_READ_OK) {
        status = nl_fail("%s", error.text);
    } else if (r->o->nul) {
        take_records(r, &text);
        if (text.n)
            take(r, nl_buf_str(&text));
    } else {
        take(r, nl_buf_str(&text));
    }
    nl_buf_free(&text);
    return flush(r) ? status : nl_output_failed();
}

static int repair_run(nl_options *o) {
    repairing r = {.o = o};
    int status = NL_STATUS_OK;
    for (size_t i = 0; i < o->paths.count || i == 0; i++) {
        const char *path = o->paths.count ? o->paths.items[i] : "-";
        bool is_stdin = strcmp(path, "-") == 0;
        r.name = is_stdin ? "<stdin>" : path;
        r.record = 0;
        int one = is_stdin && o->nul ? stream(&r) : take_whole(&r, path);
        status = one > status ? one : status;
    }
    nl_arena_free(&r.arena);
    nl_buf_free(&r.out);
    nl_buf_free(&r.told);
    return status;
}

const nl_command nl_command_repair = {
    .name = "repair",
    .usage = "[OPTIONS] [FILE...]",
    .summary = "repair mojibake of any text, standard input to standard output",
    .about =
        "--explain says of each damaged span on standard error where it is, what it says, what it\n"
        "was, through which code pages it came about, and how certain the repair is; the text\n"
        "goes to standard output all the same.\n\n"
        "With -0 each record is judged by itself, and a NUL goes out for each that comes in.\n"
        "Status: 0, or 2 where it could not read or write.",
    .bit = NL_FOR_REPAIR,
    .run = repair_run};
