/* Repair of a whole text, to the point where nothing changes: mojibake.h. */
#include "base/buf.h"
#include "encoding/mojibake.h"

static bool is_wanted(const nl_damage *d, bool unsafe) {
    return d->safety == NL_DAMAGE_SAFE || (unsafe && d->safety == NL_DAMAGE_UNSAFE);
}

/* One round; false when there was nothing to do. */
static bool apply(nl_buf *out, nl_str text, const nl_damages *d, bool unsafe) {
    size_t at = 0;
    bool any = false;
    for (size_t i = 0; i < d->count; i++) {
        if (!is_wanted(&d->items[i], unsafe))
            continue;
        nl_buf_add(out, text.p + at, d->items[i].start - at);
        nl_buf_str_add(out, d->items[i].text);
        at = d->items[i].end;
        any = true;
    }
    if (any)
        nl_buf_add(out, text.p + at, text.n - at);
    return any;
}

nl_str nl_mojibake_repair(nl_str text, const nl_mojibake_options *options, bool unsafe,
                          nl_arena *arena) {
    nl_buf out = {0};
    for (int round = 0; round < NL_REPAIR_ROUNDS; round++) {
        if (!nl_mojibake_possible(text.p, text.n, options))
            break;
        nl_damages d = nl_mojibake_find(text.p, text.n, options, arena);
        nl_buf_clear(&out);
        if (!apply(&out, text, &d, unsafe))
            break;
        text = (nl_str){nl_arena_copy(arena, out.p ? out.p : "", out.n), out.n};
    }
    nl_buf_free(&out);
    return text;
}
