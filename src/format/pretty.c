/*
 * For people: the message, the source lines with carets under the exact range, what to do, and the
 * fix as a small diff; the look of rustc and ruff. Colours only when told. Every line but paths and
 * long words keeps to the width; off a terminal a message stays on its line.
 */
#include "base/unicode.h"
#include "format/fixlines.h"
#include "format/window.h"
#include "format/write.h"
#include <stdint.h>
#include <stdio.h>

enum { LINES_MAX = 4, WIDTH = 80, WIDTH_MIN = 24 };

typedef struct page {
    nl_report *r;
    const nl_report_file *file;
    nl_buf *out;
    size_t width;
    size_t gutter; /* digits of the longest line number */
    const char *level_color;
} page;

static const char BOLD[] = "\033[1m", BLUE[] = "\033[1;34m", RED[] = "\033[31m",
                  GREEN[] = "\033[32m";

static void put(page *p, const char *color, nl_str text) {
    bool on = p->r->settings.color && color;
    nl_buf_puts(p->out, on ? color : "");
    nl_buf_str_add(p->out, text);
    nl_buf_puts(p->out, on ? "\033[0m" : "");
}

static void put_c(page *p, const char *color, const char *text) {
    put(p, color, nl_str_c(text));
}

static void put_times(nl_buf *out, char c, size_t times) {
    while (times--)
        nl_buf_putc(out, c);
}

static size_t digits(size_t n) {
    size_t count = 1;
    while (n /= 10)
        count++;
    return count;
}

/* The gutter: a line number, or blanks for 0, and a sign. */
static void put_gutter(page *p, size_t line, const char *color, const char *sign) {
    char text[64];
    int n = line ? snprintf(text, sizeof text, "%*zu %s", (int)p->gutter, line, sign)
                 : snprintf(text, sizeof text, "%*s %s", (int)p->gutter, "", sign);
    put(p, color, (nl_str){text, (size_t)n});
}

static nl_window show(page *p, nl_str line, size_t start, size_t end) {
    size_t used = p->gutter + 3;
    return nl_window_show(line, start, end, p->width > used ? p->width - used : 0,
                          p->r->settings.in_job, &p->r->temp);
}

static bool has_bom(nl_str line) {
    return nl_str_starts(line, NL_S("\xEF\xBB\xBF"));
}

/* One line of the article with the part of the range that is on it underlined. */
static void put_marked(page *p, const newslint_range *range, size_t number, char mark,
                       const char *color) {
    nl_str line = nl_view(newslint_result_line(p->file->result, number));
    if (!line.p)
        return;
    if (number == 1 && has_bom(line)) /* which no column counts */
        line = nl_str_sub(line, 3, line.n);
    size_t start = 0, end = line.n;
    if (number == range->start.line)
        start = range->start.byte - 1;
    else
        while (start < line.n && nl_is_blank((unsigned char)line.p[start]))
            start++;
    if (number == range->end.line)
        end = range->end.byte - 1;
    nl_window w = show(p, line, start, end);
    put_gutter(p, number, BLUE, "|");
    if (w.text.n)
        nl_buf_putc(p->out, ' ');
    nl_buf_str_add(p->out, w.text);
    nl_buf_putc(p->out, '\n');
    if (start >= line.n && number > range->start.line && number < range->end.line)
        return; /* a blank line within */
    put_gutter(p, 0, BLUE, "|");
    put_times(p->out, ' ', w.mark + 1);
    nl_buf_puts(p->out, p->r->settings.color ? color : "");
    put_times(p->out, mark, w.mark_width);
    nl_buf_puts(p->out, p->r->settings.color ? "\033[0m\n" : "\n");
}

static void put_lines(page *p, const newslint_range *range, char mark, const char *color) {
    size_t first = range->start.line, last = nl_range_last_line(range);
    if (!newslint_result_line(p->file->result, first).data)
        return;
    put_gutter(p, 0, BLUE, "|\n");
    for (size_t line = first; line <= last; line++) {
        if (last - first >= LINES_MAX && line == first + LINES_MAX / 2) {
            put_c(p, BLUE, "...\n");
            line = last;
        }
        put_marked(p, range, line, mark, color);
    }
}

static void put_place(page *p, nl_str path, const newslint_position *at) {
    nl_visible(path, p->out);
    nl_buf_printf(p->out, ":%zu:%zu", at->line, nl_report_column(p->r, at));
}

static bool is_gap(char c) {
    return nl_is_blank((unsigned char)c) || c == '\n' || c == '\r';
}

/* The gap and the word that begin the text, cut off it. */
static nl_str cut_word(nl_str *text, size_t *gap) {
    size_t i = 0, plain = 0;
    while (i < text->n && is_gap(text->p[i]))
        plain += text->p[i++] == ' ';
    *gap = plain == i ? i : 1; /* a line end or a tab is one blank */
    size_t start = i;
    while (i < text->n && !is_gap(text->p[i]))
        i++;
    nl_str word = nl_str_sub(*text, start, i);
    *text = nl_str_sub(*text, i, text->n);
    return word;
}

/* Text that begins at the cell `col`, broken between words where it would go over the width; what
 * follows stands at the cell `indent`. */
static void put_wrapped(page *p, nl_str text, size_t col, size_t indent, size_t width) {
    nl_buf shown = {0};
    size_t gap;
    while (text.n) {
        nl_str word = cut_word(&text, &gap);
        if (!word.n)
            break;
        nl_buf_clear(&shown);
        nl_visible(word, &shown);
        size_t cells = nl_cells(nl_buf_str(&shown));
        if (gap && col > indent && col + gap + cells > width) {
            nl_buf_putc(p->out, '\n');
            col = 0;
            gap = indent;
        }
        put_times(p->out, ' ', gap);
        nl_buf_str_add(p->out, nl_buf_str(&shown));
        col += gap + cells;
    }
    nl_buf_free(&shown);
}

/* `= label: text` */
static void put_note(page *p, const char *label, nl_str text) {
    put_gutter(p, 0, BLUE, "= ");
    put_c(p, BOLD, label);
    size_t col = p->gutter + 3 + nl_str_c(label).n;
    nl_buf_putc(p->out, ' ');
    put_wrapped(p, nl_str_trim(text), col + 1, col + 1, p->width);
    nl_buf_putc(p->out, '\n');
}

static void put_related(page *p, const newslint_diagnostic *d) {
    for (size_t i = 0; i < d->related_count; i++) {
        const newslint_related *rel = &d->related[i];
        put_gutter(p, 0, BLUE, "= ");
        put_c(p, BOLD, "see: ");
        put_place(p, nl_view(rel->path), &rel->range.start);
        if (rel->message.size) {
            nl_buf_puts(p->out, ": ");
            nl_visible(nl_view(rel->message), p->out);
        }
        nl_buf_putc(p->out, '\n');
        if (nl_str_eq(nl_view(rel->path), nl_view(d->path)))
            put_lines(p, &rel->range, '-', BLUE);
    }
}

/* Where two lines differ, as a range of the first one. */
static void find_difference(nl_str a, nl_str b, size_t *start, size_t *end) {
    size_t least = a.n < b.n ? a.n : b.n, head = 0, tail = 0;
    while (head < least && a.p[head] == b.p[head])
        head++;
    while (tail < least - head && a.p[a.n - 1 - tail] == b.p[b.n - 1 - tail])
        tail++;
    *start = head;
    *end = a.n - tail;
}

static void put_diff_lines(page *p, const nl_fix_lines *l, bool old) {
    const nl_str *these = old ? l->old : l->new, *others = old ? l->new : l->old;
    for (size_t i = 0; i < (old ? l->old_count : l->new_count); i++) {
        size_t start = 0, end = 0;
        if (l->old_count == l->new_count)
            find_difference(these[i], others[i], &start, &end);
        nl_window w = show(p, these[i], start, end);
        put_gutter(p, l->line + i, BLUE, "");
        put_c(p, old ? RED : GREEN, old ? "-" : "+");
        nl_buf_putc(p->out, ' ');
        put(p, old ? RED : GREEN, w.text);
        nl_buf_putc(p->out, '\n');
    }
}

static void put_fix(page *p, const newslint_diagnostic *d, const nl_fix_lines *lines) {
    nl_buf text = {0};
    nl_str what = nl_view(d->description);
    nl_buf_str_add(&text, what.n ? what : NL_S("can be repaired"));
    nl_buf_puts(&text, d->safety == NEWSLINT_SAFE ? " (--fix)" : " (--fix --unsafe-fixes)");
    put_note(p, "fix:", nl_buf_str(&text));
    nl_buf_free(&text);
    put_diff_lines(p, lines, true);
    put_diff_lines(p, lines, false);
}

/* The longest line number that the diagnostic shows. */
static size_t gutter_of(const newslint_diagnostic *d, const nl_fix_lines *lines) {
    size_t most = nl_range_last_line(&d->range), fix = lines->line;
    fix += lines->old_count > lines->new_count ? lines->old_count : lines->new_count;
    if (lines->line && fix - 1 > most)
        most = fix - 1;
    for (size_t i = 0; i < d->related_count; i++) {
        size_t line = nl_range_last_line(&d->related[i].range);
        if (line > most && nl_str_eq(nl_view(d->related[i].path), nl_view(d->path)))
            most = line;
    }
    return digits(most);
}

/* Wrapped on a terminal alone: elsewhere lines are searched. */
static void put_head(page *p, const newslint_diagnostic *d) {
    bool on = p->r->settings.color;
    nl_buf text = {0};
    nl_buf_printf(&text, "%s[", nl_level_word(d->level));
    nl_visible(nl_view(d->rule), &text);
    nl_buf_putc(&text, ']');
    put(p, p->level_color, nl_buf_str(&text));
    size_t col = nl_cells(nl_buf_str(&text)) + 1;
    nl_buf_clear(&text);
    nl_buf_putc(&text, ' ');
    nl_buf_str_add(&text, nl_view(d->message));
    nl_buf_puts(p->out, on ? BOLD : "");
    nl_buf_putc(p->out, ':');
    put_wrapped(p, nl_buf_str(&text), col, 2, p->r->settings.width ? p->width : SIZE_MAX);
    nl_buf_puts(p->out, on ? "\033[0m\n" : "\n");
    nl_buf_free(&text);
}

/* The rules whose help stands above: it is told once, and not with each finding. */
typedef struct told {
    nl_str rule;
    struct told *next;
} told;

static bool is_told(nl_report *r, nl_str rule) {
    for (told *t = r->state; t; t = t->next)
        if (nl_str_eq(t->rule, rule))
            return true;
    told *t = NL_NEW(&r->arena, told);
    t->rule = nl_str_n(nl_arena_copy(&r->arena, rule.p, rule.n), rule.n);
    t->next = r->state;
    r->state = t;
    return false;
}

static void put_diagnostic(page *p, const newslint_diagnostic *d) {
    nl_fix_lines lines;
    bool has_lines = nl_fix_lines_make(p->file->result, d, &lines, &p->r->temp);
    if (!has_lines)
        lines = (nl_fix_lines){0};
    p->gutter = gutter_of(d, &lines);
    p->level_color = d->level == NEWSLINT_ERROR     ? "\033[1;31m"
                     : d->level == NEWSLINT_WARNING ? "\033[1;33m"
                                                    : "\033[1;36m";
    put_head(p, d);
    put_times(p->out, ' ', p->gutter);
    put_c(p, BLUE, "--> ");
    put_place(p, nl_view(d->path), &d->range.start);
    nl_buf_putc(p->out, '\n');
    put_lines(p, &d->range, '^', p->level_color);
    put_related(p, d);
    bool told_before = is_told(p->r, nl_view(d->rule));
    if (d->help.size && !told_before)
        put_note(p, "help:", nl_view(d->help));
    if (d->url.size && !told_before)
        put_note(p, "docs:", nl_view(d->url));
    if (d->safety != NEWSLINT_NO_FIX)
        put_fix(p, d, &lines);
    nl_buf_putc(p->out, '\n');
}

static void begin(nl_report *r) {
    (void)r;
}

static void file(nl_report *r, const nl_report_file *f) {
    size_t width = r->settings.width ? r->settings.width : WIDTH;
    page p = {
        .r = r, .file = f, .out = &r->scratch, .width = width < WIDTH_MIN ? WIDTH_MIN : width};
    for (size_t i = 0; i < f->count; i++) {
        nl_buf_clear(&r->scratch);
        put_diagnostic(&p, f->shown[i]);
        nl_put_log(nl_buf_str(&r->scratch), r->settings.in_job, &r->out);
        nl_arena_reset(&r->temp);
    }
}

static void end(nl_report *r, const nl_summary *summary) {
    (void)r;
    (void)summary;
}

const nl_format nl_format_pretty = {
    .name = "pretty",
    .summary = "source lines with carets, help and fixes, for people at a terminal",
    .texts = true,
    .begin = begin,
    .file = file,
    .end = end,
};
