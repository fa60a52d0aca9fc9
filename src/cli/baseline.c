/* Entries by "path TAB rule TAB fingerprint", as they stand in the file. See baseline.h. */
#include "cli/baseline.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "run/discover.h"
#include "run/replace.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { SIZE_MOST = 1 << 30, COUNT_MOST = 1000000000, DIGITS = 16 };

static const nl_str head = NL_STR("newslint baseline 1");

typedef struct entry {
    nl_str key;   /* path, rule, fingerprint */
    size_t path;  /* length of the path in it */
    size_t known; /* as the file says */
    size_t found; /* in this run */
} entry;

struct nl_baseline {
    const char *file;
    const nl_discover *discover;
    bool update;
    nl_arena arena;
    nl_buf text;    /* as read */
    char *folder;   /* real path of the file's folder */
    nl_buf article; /* path of the one visited last, as in a key */
    nl_buf shown;   /* the folder that `prefix` is of, and whether it is known */
    bool any;
    nl_buf prefix; /* of that folder, from the file's */
    entry *entries;
    size_t count, cap;
    nl_map by_key; /* number of the entry */
    nl_map paths;  /* of what the file knows: 1 if it was visited, else 0 */
};

/* ---- Spelling ------------------------------------------------------------------------------- */

static void escape(nl_str s, nl_buf *out) {
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        size_t n = nl_utf8_read(s.p + i, s.n - i, &cp);
        if (cp == NL_CP_INVALID || cp < 0x20 || cp == 0x7F || cp == '\\')
            nl_buf_printf(out, "\\x%02X", (unsigned char)s.p[i]);
        else
            nl_buf_add(out, s.p + i, n);
        i += n;
    }
}

static int hex(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* False if a backslash is not that of a byte. */
static bool unescape(nl_str s, nl_buf *out) {
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '\\') {
            nl_buf_putc(out, s.p[i]);
            continue;
        }
        if (i + 3 >= s.n || s.p[i + 1] != 'x' || hex(s.p[i + 2]) < 0 || hex(s.p[i + 3]) < 0)
            return false;
        nl_buf_putc(out, (char)(hex(s.p[i + 2]) * 16 + hex(s.p[i + 3])));
        i += 3;
    }
    return true;
}

/* "tags[3]" as "tags[]": what stands before an item in its list does not matter. */
static void put_field(newslint_string field, nl_buf *out) {
    bool inside = false;
    for (size_t i = 0; i < field.size; i++) {
        char c = field.data[i];
        if (!(inside && nl_is_digit((unsigned char)c)))
            nl_buf_putc(out, c);
        inside = c == '[' || (inside && nl_is_digit((unsigned char)c));
    }
}

/* Line ends as one LF, so that it does not matter how the article was checked out. */
static void put_text(nl_str text, nl_buf *out) {
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\r' && i + 1 < text.n && text.p[i + 1] == '\n')
            continue;
        nl_buf_putc(out, text.p[i] == '\r' ? '\n' : text.p[i]);
    }
}

/* The offending text, or the line where it is a mere place. */
static nl_hash fingerprint(const newslint_result *result, const newslint_diagnostic *d) {
    newslint_string text = newslint_result_text(result);
    nl_str thing =
        nl_str_sub(nl_str_n(text.data, text.size), d->range.start.offset, d->range.end.offset);
    if (!thing.n) {
        newslint_string line = newslint_result_line(result, d->range.start.line);
        thing = nl_str_trim(nl_str_n(line.data, line.size));
    }
    nl_buf all = {0};
    put_field(d->field, &all);
    nl_buf_putc(&all, '\0');
    put_text(thing, &all);
    nl_hash hash = nl_hash_of(nl_buf_str(&all));
    nl_buf_free(&all);
    return hash;
}

/* ---- Reading -------------------------------------------------------------------------------- */

static entry *entry_of(nl_baseline *b, nl_str key, size_t path) {
    size_t number = nl_map_find(&b->by_key, key);
    if (number != SIZE_MAX)
        return &b->entries[number];
    b->entries = nl_grow(b->entries, &b->cap, b->count + 1, sizeof *b->entries);
    entry *e = &b->entries[b->count];
    *e = (entry){.key = nl_str_n(nl_arena_copy(&b->arena, key.p, key.n), key.n), .path = path};
    nl_map_add(&b->by_key, e->key, b->count++);
    return e;
}

static bool is_fingerprint(nl_str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!nl_is_digit((unsigned char)s.p[i]) && !(s.p[i] >= 'a' && s.p[i] <= 'f'))
            return false;
    return s.n == DIGITS;
}

static bool read_number(nl_str s, size_t *out) {
    *out = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (!nl_is_digit((unsigned char)s.p[i]) || *out >= COUNT_MOST)
            return false;
        *out = *out * 10 + (size_t)(s.p[i] - '0');
    }
    return s.n && *out > 0 && *out <= COUNT_MOST;
}

/* Of two lines with the same key, which a merge may leave, the larger number counts. */
static const char *read_entry(nl_baseline *b, nl_str line) {
    nl_str rest = line, parts[4];
    for (size_t i = 0; i < 4; i++) {
        size_t n = i < 3 ? nl_str_find(rest, '\t') : rest.n;
        if (i < 3 && n == rest.n)
            return "a path, a rule, a fingerprint and a number are wanted, parted by tabs";
        parts[i] = nl_str_sub(rest, 0, n);
        rest = nl_str_sub(rest, n + 1, rest.n);
    }
    nl_buf path = {0};
    bool good = parts[0].n && unescape(parts[0], &path);
    nl_buf_free(&path);
    if (!good)
        return "the path is not spelled as newslint does: a backslash is written \\x5C";
    if (nl_str_find(parts[1], '/') == parts[1].n)
        return "the second field is no rule (`set/rule`)";
    if (!is_fingerprint(parts[2]))
        return "the third field is no fingerprint (16 digits of 0-9 and a-f)";
    size_t known;
    if (!read_number(parts[3], &known))
        return "the last field is no number above 0";
    nl_str key = nl_str_sub(line, 0, (size_t)(parts[3].p - line.p) - 1);
    entry *e = entry_of(b, key, parts[0].n);
    e->known = e->known > known ? e->known : known;
    nl_map_add(&b->paths, nl_str_sub(e->key, 0, e->path), 0);
    return NULL;
}

static bool broken(const nl_baseline *b, size_t line, const char *why, nl_error *error) {
    nl_buf shown = {0};
    nl_visible(nl_str_c(b->file), &shown);
    nl_error_set(error, 0,
                 "%s:%zu: %s; mend or take out the line, or remove the file and make it anew with "
                 "--update-baseline",
                 nl_buf_c(&shown), line, why);
    nl_buf_free(&shown);
    return false;
}

static bool read_all(nl_baseline *b, nl_error *error) {
    nl_str rest = nl_buf_str(&b->text);
    for (size_t number = 1; rest.n; number++) {
        size_t n = nl_str_find(rest, '\n');
        nl_str line = nl_str_sub(rest, 0, n);
        rest = nl_str_sub(rest, n + 1, rest.n);
        if (line.n && line.p[line.n - 1] == '\r')
            line.n--;
        const char *why = NULL;
        if (number == 1)
            why = nl_str_eq(line, head) ? NULL
                                        : "this is no baseline of this version: the first line is "
                                          "not `newslint baseline 1`";
        else if (line.n)
            why = read_entry(b, line);
        if (why)
            return broken(b, number, why, error);
    }
    return true;
}

nl_baseline *nl_baseline_open(const char *path, bool update, const nl_discover *discover,
                              nl_error *error) {
    nl_baseline *b = nl_calloc(1, sizeof *b);
    nl_str whole = nl_str_c(path);
    b->file = path;
    b->update = update;
    b->discover = discover;
    b->folder = nl_discover_real(discover, &b->arena,
                                 nl_str_sub(whole, 0, whole.n - nl_path_name(whole).n));
    bool good = nl_file_read(path, SIZE_MOST, &b->text, NULL, error) == NL_READ_OK;
    if (!good && error->code == ENOENT) {
        good = update;
        nl_buf shown = {0};
        nl_visible(whole, &shown);
        nl_error_set(error, 0, "there is no baseline `%s`: make it with --update-baseline",
                     nl_buf_c(&shown));
        nl_buf_free(&shown);
    } else if (good) {
        good = read_all(b, error);
    }
    if (good)
        return b;
    nl_baseline_free(b);
    return NULL;
}

void nl_baseline_free(nl_baseline *b) {
    if (!b)
        return;
    nl_buf_free(&b->text);
    nl_buf_free(&b->article);
    nl_buf_free(&b->shown);
    nl_buf_free(&b->prefix);
    nl_map_free(&b->by_key);
    nl_map_free(&b->paths);
    nl_arena_free(&b->arena);
    free(b->entries);
    free(b);
}

/* ---- A run ---------------------------------------------------------------------------------- */

void nl_baseline_visit(nl_baseline *b, const newslint_result *result) {
    newslint_string shown = newslint_result_path(result);
    nl_str path = nl_str_n(shown.data, shown.size), name = nl_path_name(path);
    nl_str folder = nl_str_sub(path, 0, path.n - name.n);
    if (!b->any || !nl_str_eq(folder, nl_buf_str(&b->shown))) {
        nl_arena arena = {0};
        nl_buf_clear(&b->prefix);
        nl_discover_between(b->folder, nl_discover_real(b->discover, &arena, folder), &b->prefix);
        nl_buf_clear(&b->shown);
        nl_buf_str_add(&b->shown, folder);
        b->any = true;
        nl_arena_free(&arena);
    }
    nl_buf_clear(&b->article);
    escape(nl_buf_str(&b->prefix), &b->article);
    escape(name, &b->article);
    size_t known = nl_map_find(&b->paths, nl_buf_str(&b->article));
    if (known == 0)
        nl_map_add(&b->paths,
                   nl_str_n(nl_arena_copy(&b->arena, b->article.p, b->article.n), b->article.n), 1);
}

bool nl_baseline_holds(nl_baseline *b, const newslint_result *result,
                       const newslint_diagnostic *d) {
    nl_buf key = {0};
    nl_buf_str_add(&key, nl_buf_str(&b->article));
    nl_buf_putc(&key, '\t');
    escape(nl_str_n(d->rule.data, d->rule.size), &key);
    nl_buf_printf(&key, "\t%016llx", (unsigned long long)fingerprint(result, d).high);
    entry *e = NULL;
    size_t number = nl_map_find(&b->by_key, nl_buf_str(&key));
    if (b->update)
        e = entry_of(b, nl_buf_str(&key), b->article.n);
    else if (number != SIZE_MAX)
        e = &b->entries[number];
    nl_buf_free(&key);
    if (!e)
        return false;
    e->found++;
    return b->update || e->found <= e->known;
}

static bool is_visited(const nl_baseline *b, const entry *e) {
    return e->found || nl_map_find(&b->paths, nl_str_sub(e->key, 0, e->path)) == 1;
}

static bool is_there(const nl_baseline *b, const entry *e) {
    nl_buf path = {0};
    struct stat st;
    nl_buf_puts(&path, b->folder);
    nl_buf_putc(&path, '/');
    unescape(nl_str_sub(e->key, 0, e->path), &path);
    bool there = stat(nl_buf_c(&path), &st) == 0 || (errno != ENOENT && errno != ENOTDIR);
    nl_buf_free(&path);
    return there;
}

size_t nl_baseline_gone(nl_baseline *b, bool all) {
    size_t gone = 0;
    for (size_t i = 0; i < b->count; i++) {
        const entry *e = &b->entries[i];
        bool looked = is_visited(b, e) || (all && !is_there(b, e));
        if (looked && e->found < e->known)
            gone += e->known - e->found;
    }
    return gone;
}

static int by_key(const void *a, const void *b) {
    return nl_str_cmp(((const entry *)a)->key, ((const entry *)b)->key);
}

bool nl_baseline_write(nl_baseline *b, nl_guard *guard, nl_error *error) {
    nl_buf out = {0};
    entry *sorted = nl_calloc(b->count + 1, sizeof *sorted);
    memcpy(sorted, b->entries ? b->entries : sorted, b->count * sizeof *sorted);
    qsort(sorted, b->count, sizeof *sorted, by_key);
    nl_buf_printf(&out, "%s\n", head.p);
    for (size_t i = 0; i < b->count; i++) {
        const entry *e = &sorted[i];
        size_t count = is_visited(b, e) ? e->found : is_there(b, e) ? e->known : 0;
        if (!count)
            continue;
        nl_buf_str_add(&out, e->key);
        nl_buf_printf(&out, "\t%zu\n", count);
    }
    bool good = nl_str_eq(nl_buf_str(&out), nl_buf_str(&b->text)) ||
                nl_replace_report(guard, b->file, nl_buf_str(&out), error) == NL_REPLACED;
    free(sorted);
    nl_buf_free(&out);
    return good;
}
