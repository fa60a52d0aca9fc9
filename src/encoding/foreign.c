/*
 * UTF-8 read as GBK: finders.h. Only by signatures that no Chinese text holds: `鈥` (E2 80) between
 * Latin letters with a mark's third byte and a letter behind it, and `锟斤拷`, which is U+FFFD
 * twice. What it was is likely, not certain.
 */
#include "base/buf.h"
#include "base/utf8.h"
#include "encoding/codepage.h"
#include "encoding/finders.h"
#include "encoding/gbk.h"
#include "encoding/model.h"
#include <string.h>

static const char lead[] = "\xE9\x88\xA5";                                 /* 鈥 */
static const char replacements[] = "\xE9\x94\x9F\xE6\x96\xA4\xE6\x8B\xB7"; /* 锟斤拷 */

static void report(nl_verdicts *out, size_t start, size_t end, nl_damage_kind kind, nl_str text) {
    nl_damage d;
    memset(&d, 0, sizeof d);
    d.start = start;
    d.end = end;
    d.kind = kind;
    d.text = text;
    d.safety = text.p ? NL_DAMAGE_UNSAFE : NL_DAMAGE_REPORT;
    d.layers = 1;
    d.chain[0] = NL_PAGE_GBK;
    d.bits = 20;
    nl_verdicts_add(out, &d);
}

/* Is there a letter of CJK before? Then it may be Chinese. */
static bool behind_cjk(const char *p, size_t at) {
    uint32_t cp = ' ';
    if (at)
        nl_utf8_read_back(p, at, &cp);
    return cp >= 0x2E80 && cp != NL_CP_INVALID;
}

static void take_mark(nl_verdicts *out, const char *p, size_t n, size_t at, nl_arena *arena) {
    uint32_t cp = 0;
    size_t length = at + 3 < n ? nl_utf8_read(p + at + 3, n - at - 3, &cp) : 0;
    for (int mark = 0; mark < 8; mark++)
        for (int letter = 0; letter < 52; letter++) {
            if (nl_gbk_pairs[mark][letter] != cp)
                continue;
            char text[5];
            size_t k = nl_utf8_write(nl_gbk_marks[mark], text);
            text[k++] = (char)(letter < 26 ? 'A' + letter : 'a' + letter - 26);
            report(out, at, at + 3 + length, NL_DAMAGE_SWAPPED,
                   (nl_str){nl_arena_copy(arena, text, k), k});
            return;
        }
}

void nl_find_foreign(nl_verdicts *out, const char *p, size_t n, nl_arena *arena) {
    for (size_t at = 0; at < n && !out->more;) {
        const char *found = memchr(p + at, 0xE9, n - at);
        if (!found)
            return;
        at = (size_t)(found - p);
        if (n - at >= 9 && memcmp(found, replacements, 9) == 0) {
            report(out, at, at + 9, NL_DAMAGE_LOST, (nl_str){NULL, 0});
            at += 9;
        } else if (n - at >= 3 && memcmp(found, lead, 3) == 0 && !behind_cjk(p, at)) {
            take_mark(out, p, n, at, arena);
            at += 3;
        } else {
            at++;
        }
    }
}
