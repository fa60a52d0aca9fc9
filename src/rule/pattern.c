/*
 * Patterns by PCRE2 (pcre2api(3)). A pattern that begins with plain characters is first looked for
 * by memmem(): no match can start elsewhere. One that is nothing but plain characters never reaches
 * PCRE2 once it was compiled.
 *
 * PCRE2's limits hold for each place at which a match may start, and scanning forward is free: a
 * long text can cost the square of its length without hitting one. So in a long text the pattern
 * is matched in a second form, with callouts that count what it reads.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "rule/pattern.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    STEPS_OF_DEPTH = 10, /* steps for which there may be one level of backtracking more */
    STEPS_OF_KIB = 61,   /* and one KiB of memory more */
    JIT_STACK_FIRST = 32 * 1024,
    JIT_STACK_MOST = 1024 * 1024,
    PREFIX_MAX = 256,
    LONG_TEXT = 4096,     /* bytes to be searched, from which on the work is counted */
    WORK_STEPS = 2,       /* units of work for a step */
    STEPS_OF_WORK = 15625 /* steps for which each byte of the text gives one unit more */
};

struct nl_pattern {
    nl_str text;
    pcre2_code *code;
    pcre2_code *counted; /* the same with callouts; NULL if plain */
    nl_str prefix;       /* each match starts with it; may be empty */
    bool plain;          /* prefix is all there is */
    bool jit;            /* `code` is made for the processor */
};

struct nl_matcher {
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    size_t steps;
    uint64_t work; /* of a counted match: units left */
    size_t last;   /* and the place read last */
};

/* ---- Compiling */

static const char *hint_of(int code) {
    switch (code) {
    case 101: /* \ at end of pattern */
        return "write `\\\\` for a backslash";
    case 103: /* unrecognized character follows \ */
        return "a backslash before a letter must mean something; write the letter alone";
    case 104: /* numbers out of order in {} quantifier */
        return "write the smaller number first";
    case 106: /* missing terminating ] for character class */
        return "close it with `]`, or write `\\[` for a bracket";
    case 108: /* range out of order in character class */
        return "write `\\-` for a hyphen";
    case 109: /* quantifier does not follow a repeatable item */
        return "write a backslash before it for the character itself";
    case 114: /* missing closing parenthesis */
        return "close it with `)`, or write `\\(` for a parenthesis";
    case 122: /* unmatched closing parenthesis */
        return "write `\\)` for a parenthesis";
    case 125: /* lookbehind assertion is not fixed length */
        return "give it a fixed length, or use `\\K`";
    case 147: /* unknown property */
        return "as in `\\p{L}`, `\\p{Lu}`, `\\p{Cyrillic}`";
    default:
        return NULL;
    }
}

static void say(nl_pattern_error *error, const char *what, const char *hint) {
    snprintf(error->message, sizeof error->message, "%s%s%s", what, hint ? "; " : "",
             hint ? hint : "");
}

static void say_too_long(size_t most, nl_pattern_error *error) {
    char what[60];
    snprintf(what, sizeof what, "the pattern is longer than %zu bytes", most);
    error->start = error->end = 0;
    say(error, what, "--limit regex=N sets the limit");
}

/* PCRE2's offset may lie within a character: what it does not know may end there. */
static void explain(int code, nl_str text, size_t offset, nl_pattern_error *error) {
    char what[120];
    pcre2_get_error_message(code, (PCRE2_UCHAR *)what, sizeof what);
    error->start = error->end = nl_utf8_start(text, offset);
    if (error->end < text.n)
        error->end++;
    while (nl_utf8_goes_on(text, error->end))
        error->end++;
    if (code < 0)
        say(error, "the pattern is not UTF-8", NULL);
    else
        say(error, what, hint_of(code));
}

static pcre2_code *compile(nl_str text, bool ignore_case, uint32_t more, nl_pattern_error *error) {
    uint32_t options =
        more | PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
    if (ignore_case)
        options |= PCRE2_CASELESS;
    if (!text.n)
        text = NL_S("");
    int code;
    PCRE2_SIZE offset;
    pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)text.p, text.n, options, &code, &offset, NULL);
    if (!compiled)
        explain(code, text, offset < text.n ? offset : text.n, error);
    return compiled;
}

static bool is_meta(char c) {
    return strchr("\\^$.[|()?*+{", c) != NULL; /* NUL too */
}

/*
 * The plain characters with which each match must start. Nothing is claimed of patterns with an
 * alternative, for it may stand beside the prefix; nor of those with `\G`, for which the offset
 * matters at which a search starts. A character before a quantifier is not certain.
 */
static nl_str prefix_of(nl_str text) {
    size_t n = 0;
    for (size_t i = 0; i + 1 < text.n; i++)
        if (text.p[i] == '\\' && text.p[i + 1] == 'G')
            return nl_str_sub(text, 0, 0);
    if (nl_str_find(text, '|') < text.n)
        return nl_str_sub(text, 0, 0);
    while (n < text.n && n < PREFIX_MAX && !is_meta(text.p[n]))
        n++;
    if (n > 0 && n < text.n && (strchr("?*+{", text.p[n]) || n == PREFIX_MAX))
        n = nl_utf8_start(text, n - 1);
    return nl_str_sub(text, 0, n);
}

const nl_pattern *nl_pattern_get(nl_pattern_pool *pool, nl_str text, bool ignore_case,
                                 nl_pattern_error *error) {
    size_t number = nl_map_find(&pool->numbers[ignore_case], text);
    if (number != SIZE_MAX)
        return pool->items[number];
    if (pool->most && text.n > pool->most) {
        say_too_long(pool->most, error);
        return NULL;
    }
    pcre2_code *code = compile(text, ignore_case, 0, error);
    if (!code)
        return NULL;
    nl_pattern *p = nl_calloc(1, sizeof *p);
    char *copy = nl_alloc(text.n + 1);
    if (text.n)
        memcpy(copy, text.p, text.n);
    copy[text.n] = '\0';
    p->text = nl_str_n(copy, text.n);
    p->code = code;
    p->prefix = nl_str_sub(p->text, 0, 0);
    if (!ignore_case)
        p->prefix = prefix_of(p->text);
    p->plain = text.n > 0 && p->prefix.n == text.n;
    if (!p->plain) {
        p->jit = pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0; /* else it is slower: no error */
        p->counted = compile(text, ignore_case, PCRE2_AUTO_CALLOUT, error);
    }
    pool->items = nl_grow(pool->items, &pool->cap, pool->count + 1, sizeof(nl_pattern *));
    nl_map_add(&pool->numbers[ignore_case], p->text, pool->count);
    return pool->items[pool->count++] = p;
}

void nl_pattern_pool_free(nl_pattern_pool *pool) {
    for (size_t i = 0; i < pool->count; i++) {
        pcre2_code_free(pool->items[i]->code);
        pcre2_code_free(pool->items[i]->counted);
        free((char *)pool->items[i]->text.p);
        free(pool->items[i]);
    }
    free(pool->items);
    nl_map_free(&pool->numbers[0]);
    nl_map_free(&pool->numbers[1]);
    *pool = (nl_pattern_pool){0};
}

nl_str nl_pattern_text(const nl_pattern *p) {
    return p->text;
}

/* ---- Matching */

/* Called before each item of a counted pattern: takes what was read since from the budget. */
static int count_work(pcre2_callout_block *block, void *data) {
    nl_matcher *m = data;
    size_t at = block->current_position;
    size_t read = 1 + (at > m->last ? at - m->last : m->last - at);
    m->last = at;
    if (read > m->work)
        return PCRE2_ERROR_CALLOUT;
    m->work -= read;
    return 0;
}

void nl_matcher_bound(nl_matcher *m, size_t steps) {
    if (steps == m->steps)
        return;
    m->steps = steps;
    pcre2_set_match_limit(m->context, (uint32_t)steps);
    pcre2_set_depth_limit(m->context, (uint32_t)(steps / STEPS_OF_DEPTH));
    pcre2_set_heap_limit(m->context, (uint32_t)(steps / STEPS_OF_KIB));
}

nl_matcher *nl_matcher_new(void) {
    nl_matcher *m = nl_calloc(1, sizeof *m);
    m->data = pcre2_match_data_create(NL_GROUPS_MAX, NULL);
    m->context = pcre2_match_context_create(NULL);
    m->stack = pcre2_jit_stack_create(JIT_STACK_FIRST, JIT_STACK_MOST, NULL);
    if (!m->data || !m->context)
        nl_mem_fail(JIT_STACK_FIRST);
    nl_matcher_bound(m, nl_limits_default.regex_steps);
    pcre2_set_callout(m->context, count_work, m);
    if (m->stack) /* NULL where PCRE2 has no JIT */
        pcre2_jit_stack_assign(m->context, NULL, m->stack);
    return m;
}

void nl_matcher_free(nl_matcher *m) {
    if (!m)
        return;
    pcre2_match_data_free(m->data);
    pcre2_match_context_free(m->context);
    pcre2_jit_stack_free(m->stack);
    free(m);
}

static nl_match match_plain(const nl_pattern *p, size_t at, nl_groups *groups) {
    if (groups)
        *groups = (nl_groups){.count = 1, .start = {at}, .end = {at + p->prefix.n}};
    return NL_MATCH_YES;
}

static void read_groups(const nl_matcher *m, int count, nl_groups *groups) {
    const PCRE2_SIZE *ovector = pcre2_get_ovector_pointer(m->data);
    groups->count = count > 0 ? (size_t)count : NL_GROUPS_MAX; /* 0: there are more */
    for (size_t i = 0; i < groups->count; i++) {
        groups->start[i] = ovector[2 * i];
        groups->end[i] = ovector[2 * i + 1];
        if (groups->start[i] > groups->end[i]) /* \K in a lookahead */
            groups->start[i] = groups->end[i];
    }
}

static int match(const nl_pattern *p, nl_matcher *m, nl_str subject, size_t from) {
    PCRE2_SPTR text = (PCRE2_SPTR)(subject.p ? subject.p : "");
    size_t left = subject.n - from;
    m->last = from;
    m->work = (uint64_t)m->steps * WORK_STEPS + (uint64_t)(m->steps / STEPS_OF_WORK) * left;
    if (left > LONG_TEXT && p->counted)
        return pcre2_match(p->counted, text, subject.n, from, 0, m->data, m->context);
    int count = PCRE2_ERROR_JIT_STACKLIMIT;
    if (p->jit)
        count = pcre2_jit_match(p->code, text, subject.n, from, 0, m->data, m->context);
    if (count == PCRE2_ERROR_JIT_STACKLIMIT)
        count = pcre2_match(p->code, text, subject.n, from, PCRE2_NO_JIT, m->data, m->context);
    return count;
}

nl_match nl_pattern_find(const nl_pattern *p, nl_matcher *m, nl_str subject, size_t from,
                         nl_groups *groups) {
    if (p->prefix.n) {
        from += nl_str_search(nl_str_sub(subject, from, subject.n), p->prefix);
        if (from >= subject.n)
            return NL_MATCH_NO;
        if (p->plain)
            return match_plain(p, from, groups);
    }
    while (nl_utf8_goes_on(subject, from))
        from++; /* PCRE2 refuses to start within a character */
    int count = match(p, m, subject, from);
    if (count == PCRE2_ERROR_NOMATCH)
        return NL_MATCH_NO;
    if (count < 0)
        return NL_MATCH_LIMIT;
    if (groups)
        read_groups(m, count, groups);
    return NL_MATCH_YES;
}

/* ---- Replacements */

typedef enum piece_kind { PIECE_TEXT, PIECE_GROUP } piece_kind;

typedef struct piece {
    piece_kind kind;
    nl_str text; /* PIECE_TEXT, or the group's name or number */
} piece;

static bool is_word(char c) {
    return nl_is_alnum((unsigned char)c) || c == '_';
}

/* The piece at *at, which is moved behind it. */
static piece next_piece(nl_str s, size_t *at) {
    size_t start = *at, end;
    if (s.p[start] != '$') {
        end = start + nl_str_find(nl_str_sub(s, start, s.n), '$');
        *at = end;
        return (piece){PIECE_TEXT, nl_str_sub(s, start, end)};
    }
    char c = start + 1 < s.n ? s.p[start + 1] : '\0';
    bool braces = c == '{';
    size_t name = start + 1 + braces;
    end = name;
    if (!braces && nl_is_digit((unsigned char)c))
        while (end < s.n && end < name + 2 && nl_is_digit((unsigned char)s.p[end]))
            end++;
    else
        while (end < s.n && is_word(s.p[end]))
            end++;
    if (end > name && (!braces || (end < s.n && s.p[end] == '}'))) {
        *at = end + braces;
        return (piece){PIECE_GROUP, nl_str_sub(s, name, end)};
    }
    *at = start + (c == '$' ? 2 : 1);
    return (piece){PIECE_TEXT, nl_str_sub(s, start, start + 1)};
}

/* The number of the group, or SIZE_MAX. */
static size_t group_number(const nl_pattern *p, nl_str name) {
    if (nl_is_digit((unsigned char)name.p[0])) {
        size_t number = 0;
        for (size_t i = 0; i < name.n; i++) {
            if (!nl_is_digit((unsigned char)name.p[i]) || number > 1000000)
                return SIZE_MAX;
            number = number * 10 + (size_t)(name.p[i] - '0');
        }
        uint32_t groups = 0;
        pcre2_pattern_info(p->code, PCRE2_INFO_CAPTURECOUNT, &groups);
        return number <= groups ? number : SIZE_MAX;
    }
    char c[33]; /* PCRE2's names have at most 32 bytes */
    if (name.n >= sizeof c)
        return SIZE_MAX;
    memcpy(c, name.p, name.n);
    c[name.n] = '\0';
    int number = pcre2_substring_number_from_name(p->code, (PCRE2_SPTR)c);
    return number > 0 ? (size_t)number : SIZE_MAX;
}

bool nl_pattern_accepts(const nl_pattern *p, nl_str replacement, nl_pattern_error *error) {
    for (size_t at = 0; at < replacement.n;) {
        size_t start = at;
        piece next = next_piece(replacement, &at);
        size_t number = next.kind == PIECE_GROUP ? group_number(p, next.text) : 0;
        if (number < NL_GROUPS_MAX)
            continue;
        error->start = start;
        error->end = at;
        snprintf(error->message, sizeof error->message,
                 number == SIZE_MAX ? "the pattern has no group `%.*s`; write `$$` for a dollar"
                                    : "group `%.*s` is one too many: the first nine can be used",
                 (int)(next.text.n < 40 ? next.text.n : 40), next.text.p);
        return false;
    }
    return true;
}

nl_str nl_pattern_expand(const nl_pattern *p, nl_str subject, const nl_groups *groups,
                         nl_str replacement, nl_arena *arena) {
    nl_buf b = {0};
    for (size_t at = 0; at < replacement.n;) {
        piece next = next_piece(replacement, &at);
        if (next.kind == PIECE_TEXT) {
            nl_buf_str_add(&b, next.text);
            continue;
        }
        size_t number = group_number(p, next.text);
        if (number < groups->count && groups->start[number] != SIZE_MAX)
            nl_buf_str_add(&b, nl_str_sub(subject, groups->start[number], groups->end[number]));
    }
    nl_str out = nl_str_n(nl_arena_copy(arena, b.p, b.n), b.n);
    nl_buf_free(&b);
    return out;
}
