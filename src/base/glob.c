/*
 * Globs as nondeterministic automata, run on all states at once (Thompson 1968, "Regular expression
 * search algorithm"). States are numbered so that what costs no byte leads forward only: one
 * ascending pass over a bit set is closure and step in one.
 */
#include "base/glob.h"

#include <stdint.h>
#include <string.h>

enum { PATTERN_MOST = 4096, STATES_MOST = 3 * (PATTERN_MOST + 1), NONE = UINT16_MAX };

typedef enum op {
    BYTE,         /* one byte, arg */
    ANY,          /* one byte but `/` */
    CLASS,        /* one byte of classes[arg] */
    STAR,         /* any bytes but `/` */
    ALL,          /* any bytes */
    SPLIT,        /* goes on, and at arg */
    JUMP,         /* goes on at arg */
    UNLESS_START, /* goes on at the start of a component, else at arg */
    SPLIT_BEHIND, /* while compiling: a SPLIT that leads behind the slash at arg of the pattern */
    END
} op;

typedef struct state {
    uint8_t op;
    uint16_t arg;
} state;

typedef struct byte_set {
    uint8_t bits[32];
} byte_set;

struct nl_glob {
    state *states;
    byte_set *classes;
    size_t count;
    nl_str literal; /* the pattern is this, behind a star if `suffix`; p == NULL: it is more */
    bool suffix, rooted, folder_only;
};

typedef struct group { /* braces that are open */
    uint16_t split;    /* of the current choice */
    uint16_t jumps;    /* at the ends of those before, chained by arg */
    uint16_t close;    /* where they end in the pattern */
    bool first;        /* nothing stands before them */
} group;

typedef struct compiler {
    nl_str p;
    bool braces;
    nl_glob *g;
    size_t class_count, depth;
    bool first; /* nothing was emitted of the choice so far, nor before it */
    group *groups;
    uint16_t *close;  /* for each `{`: the place of its `}` */
    uint16_t *behind; /* for each literal slash: the state behind it */
    const char *error;
} compiler;

static uint16_t emit(compiler *c, op o, size_t arg) {
    c->g->states[c->g->count] = (state){(uint8_t)o, (uint16_t)arg};
    return (uint16_t)c->g->count++;
}

static int at(const compiler *c, size_t i) {
    return i < c->p.n ? (unsigned char)c->p.p[i] : -1;
}

static void set_add(byte_set *set, int from, int to) {
    for (int b = from; b <= to; b++)
        set->bits[b / 8] |= (uint8_t)(1 << b % 8);
}

static bool set_has(const byte_set *set, int b) {
    return set->bits[b / 8] >> b % 8 & 1;
}

/* The POSIX classes as git defines them: ASCII, and no \v and \f among the spaces. */
static bool set_add_named(byte_set *set, nl_str name) {
    static const struct {
        const char *name, *ranges; /* pairs of first and last */
    } table[] = {
        {"alnum", "09AZaz"},   {"alpha", "AZaz"},
        {"blank", "\t\t  "},   {"cntrl", "\1\x1F\x7F\x7F"},
        {"digit", "09"},       {"graph", "!~"},
        {"lower", "az"},       {"print", " ~"},
        {"punct", "!/:@[`{~"}, {"space", "\t\n\r\r  "},
        {"upper", "AZ"},       {"xdigit", "09AFaf"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (!nl_str_is(name, table[i].name))
            continue;
        for (const char *r = table[i].ranges; *r; r += 2)
            set_add(set, r[0], r[1]);
        return true;
    }
    return false;
}

/* Reads `[:name:]` at i; the offset of its last byte, i if it is none, 0 if there is no such name
 * or no end. */
static size_t read_named(const compiler *c, size_t i, byte_set *set) {
    size_t end = i + 2;
    while (at(c, end) >= 0 && at(c, end) != ']')
        end++;
    if (at(c, end) < 0)
        return 0;
    if (end < i + 3 || at(c, end - 1) != ':')
        return i;
    return set_add_named(set, nl_str_sub(c->p, i + 2, end - 1)) ? end : 0;
}

/* Reads the bracket expression at i, as dowild() of git's wildmatch.c does, and returns the offset
 * of its `]`, or 0 if it is none. */
static size_t read_class(const compiler *c, size_t i, byte_set *set) {
    *set = (byte_set){{0}};
    int before = -1; /* what a range may begin with */
    bool negated = at(c, i + 1) == '!' || at(c, i + 1) == '^';
    i += negated ? 2 : 1;
    do {
        int b = at(c, i);
        if (b == '\\')
            b = at(c, ++i);
        else if (b == '-' && before >= 0 && at(c, i + 1) >= 0 && at(c, i + 1) != ']') {
            b = at(c, ++i);
            if (b == '\\')
                b = at(c, ++i);
            if (b >= 0)
                set_add(set, before, b);
            before = -1;
            continue;
        } else if (b == '[' && at(c, i + 1) == ':') {
            size_t end = read_named(c, i, set);
            if (end == 0)
                return 0;
            if (end > i) {
                i = end;
                before = -1;
                continue;
            }
        }
        if (b < 0)
            return 0;
        set_add(set, b, b);
        before = b;
    } while (i++, at(c, i) != ']' && i < c->p.n);
    if (i >= c->p.n)
        return 0;
    for (size_t j = 0; negated && j < sizeof set->bits; j++)
        set->bits[j] = (uint8_t)~set->bits[j];
    set->bits['/' / 8] &= (uint8_t) ~(1 << '/' % 8);
    return i;
}

/* Finds for each place between braces the `}` that ends them. Sets the error. */
static void pair_braces(compiler *c, nl_arena *arena) {
    uint16_t *open = nl_arena_alloc(arena, (c->p.n + 1) * sizeof *open);
    size_t depth = 0;
    for (size_t i = 0; i < c->p.n; i++) {
        byte_set ignored;
        size_t end = 0;
        if (at(c, i) == '\\')
            i++;
        else if (at(c, i) == '[' && (end = read_class(c, i, &ignored)) != 0)
            i = end;
        else if (at(c, i) == '{')
            open[depth++] = (uint16_t)i;
        else if (at(c, i) == '}' && depth > 0)
            c->close[open[--depth]] = (uint16_t)i;
    }
    if (depth > 0)
        c->error = "has a `{` without `}`";
}

/* The place in the pattern that follows i when i is where a choice ends. */
static size_t leave_braces(const compiler *c, size_t i) {
    for (size_t d = c->depth; d > 0 && (at(c, i) == ',' || at(c, i) == '}'); d--)
        i = c->groups[d - 1].close + (size_t)1;
    return i;
}

/*
 * Two or more stars end at i. At the start of a component and before a slash or the end they span
 * components, and none at all with the slash; else they are as good as one. Whether it is the start
 * shows when matching: only a slash matches a slash.
 */
static void emit_stars(compiler *c, size_t i) {
    size_t next = leave_braces(c, i);
    bool escaped = at(c, next) == '\\' && at(c, next + 1) == '/';
    if (next < c->p.n && at(c, next) != '/' && !escaped) {
        emit(c, STAR, 0);
        return;
    }
    uint16_t unless = emit(c, UNLESS_START, 0);
    if (at(c, next) == '/')
        emit(c, SPLIT_BEHIND, next);
    emit(c, ALL, 0);
    uint16_t jump = emit(c, JUMP, 0);
    c->g->states[unless].arg = (uint16_t)c->g->count;
    emit(c, STAR, 0);
    c->g->states[jump].arg = (uint16_t)c->g->count;
}

static void open_braces(compiler *c, size_t i) {
    c->groups[c->depth++] = (group){emit(c, SPLIT, 0), NONE, c->close[i], c->first};
}

/* A slash before `next`, the end of a choice, that would have to be the last byte of a path. */
static void refuse_last_slash(compiler *c, size_t end, size_t next) {
    if (at(c, end - 1) == '/' && leave_braces(c, next) == c->p.n)
        c->error = "has a choice that ends in `/`; put the `/` behind the braces";
}

static void next_choice(compiler *c, size_t i) {
    refuse_last_slash(c, i, i);
    group *g = &c->groups[c->depth - 1];
    g->jumps = emit(c, JUMP, g->jumps);
    c->g->states[g->split].arg = (uint16_t)c->g->count;
    g->split = emit(c, SPLIT, 0);
    c->first = g->first;
}

static void close_braces(compiler *c, size_t i) {
    group g = c->groups[--c->depth];
    if (g.jumps == NONE)
        c->error = "has braces with a single choice; a brace that is meant is written `\\{`";
    refuse_last_slash(c, i, i + 1);
    c->g->states[g.split].arg = (uint16_t)(g.split + 1); /* there is no other choice */
    while (g.jumps != NONE) {
        state *jump = &c->g->states[g.jumps];
        g.jumps = jump->arg;
        jump->arg = (uint16_t)c->g->count;
    }
}

static size_t emit_class(compiler *c, size_t i) {
    size_t end = read_class(c, i, &c->g->classes[c->class_count]);
    if (end == 0) {
        c->error = "has a `[` without `]`, or a class such as [:alpha:] that does not exist";
        return c->p.n;
    }
    emit(c, CLASS, c->class_count++);
    return end;
}

/* Emits what begins at i and returns the offset behind it. */
static size_t emit_one(compiler *c, size_t i) {
    int b = at(c, i);
    bool in_braces = c->braces && c->depth > 0, first = c->first;
    c->first = first && b == '{' && c->braces;
    if (b == '*') {
        size_t end = i + 1;
        while (at(c, end) == '*')
            end++;
        if (end == i + 1)
            emit(c, STAR, 0);
        else
            emit_stars(c, end);
        return end;
    }
    if (b == '/' && first) {
        /* says no more than that the pattern is rooted */
    } else if (b == '?')
        emit(c, ANY, 0);
    else if (b == '[')
        i = emit_class(c, i);
    else if (b == '{' && c->braces)
        open_braces(c, i);
    else if (b == ',' && in_braces)
        next_choice(c, i);
    else if (b == '}' && in_braces)
        close_braces(c, i);
    else if (b == '\\' && i + 1 == c->p.n)
        c->error = "ends in a backslash";
    else
        emit(c, BYTE, (size_t)at(c, b == '\\' ? ++i : i));
    if (i < c->p.n)
        c->behind[i] = (uint16_t)c->g->count;
    return i + 1;
}

static void emit_all(compiler *c) {
    for (size_t i = 0; i < c->p.n && !c->error;)
        i = emit_one(c, i);
    emit(c, END, 0);
    for (size_t i = 0; i < c->g->count && !c->error; i++) {
        state *s = &c->g->states[i];
        if (s->op == SPLIT_BEHIND)
            *s = (state){SPLIT, c->behind[s->arg]};
    }
}

/* Nothing but bytes, or a star and then bytes: most patterns of most ignore files. */
static void find_literal(nl_glob *g, nl_arena *arena) {
    size_t from = g->states[0].op == STAR && !g->rooted ? 1 : 0, n = g->count - 1 - from;
    char *bytes = nl_arena_alloc(arena, n);
    for (size_t i = 0; i < n; i++) {
        if (g->states[from + i].op != BYTE)
            return;
        bytes[i] = (char)g->states[from + i].arg;
    }
    g->suffix = from == 1;
    g->literal = nl_str_n(bytes, n);
}

nl_glob *nl_glob_new(nl_str pattern, bool braces, nl_arena *arena, const char **error) {
    nl_glob *g = NL_NEW(arena, nl_glob);
    *error = NULL;
    g->folder_only = nl_str_ends(pattern, NL_S("/"));
    pattern.n -= g->folder_only;
    g->rooted = nl_str_find(pattern, '/') < pattern.n;
    if (pattern.n == 0 || nl_str_is(pattern, "/") || pattern.n > PATTERN_MOST) {
        *error = pattern.n > PATTERN_MOST ? "is longer than 4096 bytes" : "is empty";
        return NULL;
    }
    size_t n = pattern.n + 1;
    compiler c = {.p = pattern, .braces = braces, .g = g, .first = true};
    c.groups = nl_arena_alloc(arena, n * sizeof *c.groups);
    c.close = nl_arena_alloc(arena, n * sizeof *c.close);
    c.behind = NL_NEW_ARRAY(arena, uint16_t, n);
    g->states = nl_arena_alloc(arena, 3 * n * sizeof *g->states);
    size_t classes = 0;
    for (size_t i = 0; i < pattern.n; i++)
        classes += pattern.p[i] == '[';
    g->classes = nl_arena_alloc(arena, classes * sizeof *g->classes);
    if (braces)
        pair_braces(&c, arena);
    if (!c.error)
        emit_all(&c);
    *error = c.error;
    if (c.error)
        return NULL;
    find_literal(g, arena);
    return g;
}

enum { WORDS_MOST = STATES_MOST / 64 + 1 };

typedef struct states {
    uint64_t now[WORDS_MOST], next[WORDS_MOST];
    size_t words;
} states;

static void set(uint64_t *bits, size_t i) {
    bits[i / 64] |= UINT64_C(1) << i % 64;
}

/* Takes state i over the byte b (-1 behind the last). True at the end of the pattern. */
static bool follow(const nl_glob *g, states *s, size_t i, int b, bool start) {
    state st = g->states[i];
    bool stays = false, goes_on = false;
    switch ((op)st.op) {
    case BYTE:
        goes_on = b == st.arg;
        break;
    case ANY:
        goes_on = b >= 0 && b != '/';
        break;
    case CLASS:
        goes_on = b >= 0 && set_has(&g->classes[st.arg], b);
        break;
    case STAR:
    case ALL:
        stays = b >= 0 && (st.op == ALL || b != '/');
        set(s->now, i + 1);
        break;
    case SPLIT:
        set(s->now, i + 1);
        set(s->now, st.arg);
        break;
    case UNLESS_START:
        set(s->now, start ? i + 1 : st.arg);
        break;
    case JUMP:
        set(s->now, st.arg);
        break;
    case SPLIT_BEHIND: /* is a SPLIT when compiled */
    case END:
        return st.op == END;
    }
    if (stays)
        set(s->next, i);
    if (goes_on)
        set(s->next, i + 1);
    return false;
}

/* One byte for all states; true if the pattern matches what was before the byte. */
static bool step(const nl_glob *g, states *s, int b, bool start) {
    bool end = false;
    memset(s->next, 0, s->words * sizeof *s->next);
    for (size_t w = 0; w < s->words; w++) {
        uint64_t seen = 0, todo;
        while ((todo = s->now[w] & ~seen) != 0) {
            size_t bit = (size_t)__builtin_ctzll(todo);
            seen |= UINT64_C(1) << bit;
            end |= follow(g, s, w * 64 + bit, b, start);
        }
    }
    memcpy(s->now, s->next, s->words * sizeof *s->now);
    return end;
}

static bool is_dead(const states *s) {
    for (size_t w = 0; w < s->words; w++)
        if (s->now[w])
            return false;
    return true;
}

/* Does it match the whole text or, if asked, a folder above? */
static bool run(const nl_glob *g, nl_str text, bool is_dir, bool above) {
    states s;
    s.words = g->count / 64 + 1;
    memset(s.now, 0, s.words * sizeof *s.now);
    set(s.now, 0);
    for (size_t i = 0; i < text.n; i++) {
        int b = (unsigned char)text.p[i];
        if (step(g, &s, b, i == 0 || text.p[i - 1] == '/') && above && b == '/')
            return true;
        if (is_dead(&s))
            return false;
    }
    bool start = text.n == 0 || text.p[text.n - 1] == '/';
    return step(g, &s, -1, start) && (is_dir || !g->folder_only);
}

static bool matches_one(const nl_glob *g, nl_str text, bool is_dir) {
    if (g->folder_only && !is_dir)
        return false;
    if (g->literal.p)
        return g->suffix ? nl_str_ends(text, g->literal) : nl_str_eq(text, g->literal);
    return run(g, text, is_dir, false);
}

bool nl_glob_match(const nl_glob *g, nl_str path, bool is_dir) {
    const char *slash = g->rooted || path.n == 0 ? NULL : memrchr(path.p, '/', path.n);
    size_t from = slash ? (size_t)(slash - path.p) + 1 : 0;
    return matches_one(g, nl_str_sub(path, from, path.n), is_dir);
}

bool nl_glob_covers(const nl_glob *g, nl_str path) {
    if (g->rooted)
        return run(g, path, false, true);
    while (path.n > 0) {
        size_t end = nl_str_find(path, '/');
        if (matches_one(g, nl_str_sub(path, 0, end), end < path.n))
            return true;
        path = nl_str_sub(path, end + 1, path.n);
    }
    return false;
}
