/* From text to damages: each line that may hold damage is searched, what was decoded is judged. */
#include "encoding/mojibake.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "encoding/arbiter.h"
#include "encoding/codepage.h"
#include "encoding/finders.h"
#include "encoding/prefilter.h"
#include "encoding/search.h"
#include "encoding/table.h"
#include <stdlib.h>
#include <string.h>

enum { PART_MAX = 6144 }; /* bytes looked at together; a line may have many parts */

bool nl_mojibake_possible(const char *p, size_t n, const nl_mojibake_options *options) {
    nl_bytes_seen all = {.kinds = ~0u, .high_end = n};
    return nl_prefilter_any(p, n, &all, options);
}

bool nl_mojibake_possible_in(const char *p, size_t n, const nl_bytes_seen *seen,
                             const nl_mojibake_options *options) {
    return nl_prefilter_any(p, n, seen, options);
}

/* Where the part that begins at `start` ends: behind its line, or behind a blank when the line is
 * long, at the latest where PART_MAX is reached. */
static size_t part_end(const char *p, size_t n, size_t start) {
    size_t limit = n - start > PART_MAX ? start + PART_MAX : n;
    const char *line = memchr(p + start, '\n', limit - start);
    if (line)
        return (size_t)(line - p) + 1;
    if (limit == n)
        return n;
    size_t end = limit;
    while (end > start + PART_MAX / 2 && p[end - 1] != ' ')
        end--;
    if (p[end - 1] == ' ')
        return end;
    for (end = limit; end > limit - 3 && nl_utf8_goes_on(nl_str_n(p, n), end);)
        end--;
    return end;
}

static size_t line_start(const char *p, size_t at, size_t from) {
    while (at > from && p[at - 1] != '\n')
        at--;
    return at;
}

/* One pass over the text. What is known of its chains comes in as `prior`. */
static void pass(nl_verdicts *found, const char *p, size_t n, const nl_prior *prior,
                 nl_arena *arena) {
    nl_unit *units = nl_alloc((PART_MAX + 4) * sizeof *units);
    nl_arena scratch = {0}; /* what was weighed for one part */
    found->count = found->searched_to = 0;
    found->more = false;
    for (size_t at = 0; !found->more && (at = nl_prefilter(p, n, at)) < n;) {
        size_t hit = at, start = line_start(p, at, found->searched_to), end = start;
        while (end <= hit) {
            start = end;
            end = part_end(p, n, start);
        }
        size_t count = nl_units_read(p + start, end - start, units);
        nl_reading reading = nl_search(units, count, prior, &scratch);
        nl_arbitrate(&reading, units, count, prior, &scratch);
        nl_judge(found, units, count, start, end - start, &reading, prior, arena);
        nl_arena_reset(&scratch);
        found->searched_to = at = end;
    }
    nl_arena_free(&scratch);
    free(units);
}

/*
 * Two passes: what the first is sure of tells which chains the text has gone through, and the
 * second takes these up for little. A text of one line gains as one of many does.
 */
static void find_unescaped(nl_verdicts *found, const char *p, size_t n,
                           const nl_mojibake_options *options, nl_arena *arena) {
    nl_prior prior = {0};
    pass(found, p, n, &prior, arena);
    nl_votes_count(&found->votes, &prior);
    if (prior.count)
        pass(found, p, n, &prior, arena);
    nl_find_lost(found, p, n, options, arena);
    nl_find_raw(found, p, n, arena);
    nl_find_foreign(found, p, n, arena);
}

/* Where the text of a record ends; behind a text that is none. */
static size_t record_end(const char *p, size_t n, const nl_mojibake_options *options) {
    if (!options->one_record)
        return SIZE_MAX;
    while (n > 0 && (nl_is_blank(p[n - 1]) || p[n - 1] == '\n' || p[n - 1] == '"'))
        n--;
    return n;
}

/* What is text about damage is not safe to repair: entries of tables, and quoted letters where
 * nothing else is damaged. */
static void spare_talk(nl_verdicts *found, const char *p, size_t n) {
    bool all_quoted = true;
    for (size_t i = 0; i < found->count && all_quoted; i++)
        all_quoted = nl_damage_is_quoted(p, n, &found->items[i]);
    for (size_t i = 0; i < found->count; i++) {
        nl_damage *d = &found->items[i];
        if (d->safety == NL_DAMAGE_SAFE && (all_quoted || nl_damage_is_entry(p, n, d)))
            d->safety = NL_DAMAGE_UNSAFE;
    }
}

nl_damages nl_mojibake_find(const char *p, size_t n, const nl_mojibake_options *options,
                            nl_arena *arena) {
    nl_verdicts found = {.record_end = record_end(p, n, options), .most = options->most};
    if (n > 0 && nl_prefilter_next(p, n, 0, options) < n)
        find_unescaped(&found, p, n, options, arena);
    if (n > 0 && options->escapes)
        nl_find_escaped(&found, p, n, arena);
    nl_verdicts_settle(&found);
    spare_talk(&found, p, n);
    nl_damages all = {NULL, found.count, found.more};
    if (found.count) {
        all.items = NL_NEW_ARRAY(arena, nl_damage, found.count);
        memcpy(all.items, found.items, found.count * sizeof *all.items);
    }
    free(found.items);
    return all;
}

static const char *times(int n) {
    return n == 2 ? ", twice" : n == 3 ? ", three times" : NULL;
}

static void describe_chain(nl_buf *b, const nl_damage *d) {
    /* The first misreading was the last of the chain. */
    for (int i = d->layers; i > 0;) {
        int page = d->chain[i - 1], run = 0;
        while (i > 0 && d->chain[i - 1] == page) {
            run++;
            i--;
        }
        nl_buf_puts(b, run + i == d->layers ? " read as " : ", then as ");
        nl_buf_str_add(b, nl_page_name((nl_page)page));
        if (times(run))
            nl_buf_puts(b, times(run));
        else if (run > 1)
            nl_buf_printf(b, ", %d times", run);
    }
}

static const char *remark_of(const nl_damage *d) {
    if (d->capitals)
        return ", then put in capitals";
    switch (d->kind) {
    case NL_DAMAGE_LOST:
        return ", with bytes lost";
    case NL_DAMAGE_TRUNCATED:
        return ", cut off";
    case NL_DAMAGE_ESCAPED:
        return ", then escaped";
    default:
        return "";
    }
}

nl_str nl_damage_describe(const nl_damage *d, nl_arena *arena) {
    nl_buf b = {0};
    if (d->kind == NL_DAMAGE_RAW_BYTES) {
        nl_buf_str_add(&b, nl_page_name((nl_page)d->chain[0]));
        nl_buf_puts(&b, " in a text that is UTF-8");
    } else {
        nl_buf_puts(&b, d->swapped ? "Windows-1252" : d->cesu ? "CESU-8" : "UTF-8");
        describe_chain(&b, d);
        nl_buf_puts(&b, remark_of(d));
    }
    nl_str s = {nl_arena_copy(arena, b.p, b.n), b.n};
    nl_buf_free(&b);
    return s;
}
