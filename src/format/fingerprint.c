/* Fingerprints over the line's text, told apart by counting. */
#include "format/fingerprint.h"

#include <string.h>

/* Counts equal fingerprints: open addressing, at most half full. */
typedef struct tally {
    struct tally_slot {
        nl_hash hash;
        size_t count;
    } * slots;
    size_t mask;
} tally;

static tally tally_new(size_t most, nl_arena *arena) {
    size_t cap = 16;
    while (cap < 2 * most)
        cap *= 2;
    return (tally){NL_NEW_ARRAY(arena, struct tally_slot, cap), cap - 1};
}

/* How many there were before this one. */
static size_t tally_add(tally *t, nl_hash hash) {
    size_t i = hash.low & t->mask;
    while (t->slots[i].count && nl_hash_cmp(t->slots[i].hash, hash) != 0)
        i = (i + 1) & t->mask;
    t->slots[i].hash = hash;
    return t->slots[i].count++;
}

static void add_part(nl_buf *b, nl_str s) {
    nl_buf_printf(b, "%zu:", s.n);
    nl_buf_str_add(b, s);
}

static nl_hash line_hash(const newslint_result *result, size_t line) {
    return nl_hash_of(nl_str_trim(nl_view(newslint_result_line(result, line))));
}

nl_hash *nl_fingerprints(const nl_report *r, const nl_report_file *file, nl_arena *arena) {
    nl_hash *out = NL_NEW_ARRAY(arena, nl_hash, file->count);
    tally seen = tally_new(file->count, arena);
    nl_buf path = {0}, key = {0};
    size_t line = 0;
    nl_hash text = {0};
    for (size_t i = 0; i < file->count; i++) {
        const newslint_diagnostic *d = file->shown[i];
        if (d->range.start.line != line) /* a line may be long and have many findings */
            text = line_hash(file->result, line = d->range.start.line);
        nl_buf_clear(&path);
        nl_put_path(r, nl_view(d->path), &path);
        nl_buf_clear(&key);
        add_part(&key, nl_buf_str(&path));
        add_part(&key, nl_view(d->rule));
        nl_buf_printf(&key, "%016llx%016llx", (unsigned long long)text.high,
                      (unsigned long long)text.low);
        nl_hash same = nl_hash_of(nl_buf_str(&key));
        nl_buf_printf(&key, "#%zu", tally_add(&seen, same));
        out[i] = nl_hash_of(nl_buf_str(&key));
    }
    nl_buf_free(&path);
    nl_buf_free(&key);
    return out;
}
