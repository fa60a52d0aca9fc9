/*
 * characters: bytes and characters that do not belong in a text, each of a named kind, in the
 * strings of the front matter and in the body; where the front matter is no tree, in its raw bytes.
 * What is part of damage that a rule about mojibake reports is dropped by the engine.
 */
#include "encoding/characters.h"
#include "base/unicode.h"
#include "check/checks.h"
#include "rule/prose.h"
#include "rule/say.h"
#include "rule/walk.h"

enum { IN_SCALAR_MAX = 200 }; /* each place costs a walk through the scalar */
enum { KEYS_MAX = 1000 };     /* each damaged key costs a walk through its map */

/* In the order of nl_odd_kind's bits. */
static const char *const kinds[] = {"invalid-utf8",
                                    "replacement-character",
                                    "control-character",
                                    "invisible-character",
                                    "byte-order-mark",
                                    "not-nfc",
                                    "html-entity",
                                    "outer-space",
                                    "private-use",
                                    "noncharacter",
                                    NULL};

/* A field's own: the body is Markdown, where both mean something. */
enum { FIELD_ONLY = NL_ODD_ENTITY | NL_ODD_OUTER_SPACE };

/* What code is checked for too: it is no text, but must be readable and must not deceive. */
enum { IN_CODE = NL_ODD_INVALID_UTF8 | NL_ODD_CONTROL | NL_ODD_BOM };

/* What mojibake is made of. */
enum {
    OF_DAMAGE = NL_ODD_INVALID_UTF8 | NL_ODD_CONTROL | NL_ODD_INVISIBLE | NL_ODD_BOM |
                NL_ODD_ENTITY | NL_ODD_PRIVATE_USE
};

typedef struct options {
    unsigned kinds;
    bool damaged;
} options;

static const nl_param params[] = {
    {.name = "kinds",
     .type = NL_PARAM_CHOICES,
     .offset = offsetof(options, kinds),
     .fallback = "invalid-utf8|replacement-character|control-character|invisible-character|"
                 "byte-order-mark|not-nfc|html-entity|outer-space|private-use|noncharacter",
     .choices = kinds,
     .help = "What to look for. `html-entity` and `outer-space` are looked for in front matter "
             "alone."},
    {.name = "damaged",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, damaged),
     .fallback = "false",
     .help = "Report also what is part of mojibake, which the check `mojibake` reports."},
    {0},
};

/* ---- Saying what it is ------------------------------------------------------------------------
 */

static const char *message_of(const nl_odd *odd) {
    switch (odd->kind) {
    case NL_ODD_INVALID_UTF8:
        return "`{found}` is not UTF-8";
    case NL_ODD_REPLACEMENT:
        return "{character} stands where a character was lost";
    case NL_ODD_CONTROL:
        return "{character} is a control character, which is no text";
    case NL_ODD_INVISIBLE:
        return "{character} is invisible";
    case NL_ODD_BOM:
        return "U+FEFF is a byte order mark, which belongs at the start of a file or nowhere";
    case NL_ODD_NOT_NFC:
        return "`{found}` is not in Unicode normalisation form C";
    case NL_ODD_ENTITY:
        return "`{found}` is an HTML entity, expected `{repaired}`";
    case NL_ODD_OUTER_SPACE:
        return "`{field}` {place} with white space";
    case NL_ODD_PRIVATE_USE:
        return "{character} is a private use character, which means nothing to others";
    case NL_ODD_NONCHARACTER:
        return "{character} is a noncharacter, which is no text";
    }
    return "";
}

static nl_str character(nl_scope *s, uint32_t cp) {
    const char *name = nl_odd_name(cp);
    return nl_say(s, "U+%04X%s%s", (unsigned)cp, name ? " " : "", name ? name : "");
}

static void describe(nl_finding *f, nl_str text, const nl_odd *odd) {
    nl_str found = nl_str_sub(text, odd->start, odd->end);
    nl_str name = character(f->scope, odd->cp);
    nl_finding_set(f, "found", found);
    nl_finding_set(f, "value", found);
    nl_finding_set(f, "repaired", odd->text);
    nl_finding_say(f, "character", "%.*s", NL_ARG(name));
    nl_finding_say(f, "place", odd->start == 0 ? "begins" : "ends");
}

static void offer(nl_finding *f, const nl_odd *odd, bool unsafe, nl_edit edit) {
    unsafe = unsafe || odd->repair == NL_ODD_UNSAFE;
    nl_str shown = nl_scope_shown(f->scope, odd->text);
    nl_str name = character(f->scope, odd->cp);
    if (odd->kind == NL_ODD_NOT_NFC)
        nl_finding_fix(f, unsafe, "normalise `%.*s`", NL_ARG(shown));
    else if (odd->kind == NL_ODD_OUTER_SPACE)
        nl_finding_fix(f, unsafe, "remove the white space");
    else if (odd->text.n)
        nl_finding_fix(f, unsafe, "write `%.*s`", NL_ARG(shown));
    else
        nl_finding_fix(f, unsafe, "remove %.*s", NL_ARG(name));
    nl_finding_edit(f, edit.span, edit.text);
}

/* A part of damage is void where mojibake is reported that explains it. */
static nl_about about(const nl_rule *rule, const nl_odd *odd) {
    const options *o = rule->options;
    return !o->damaged && ((unsigned)odd->kind & OF_DAMAGE) ? NL_ABOUT_PART : NL_ABOUT_BYTES;
}

static nl_odds find(nl_scope *s, const nl_rule *rule, nl_str text, unsigned wanted) {
    const options *o = rule->options;
    nl_odds odds =
        nl_odd_find(text, wanted & o->kinds, s->article->source.limits->places, s->arena);
    if (odds.more)
        nl_scope_cut(s, NL_LIMIT_places);
    return odds;
}

/* ---- Front matter -----------------------------------------------------------------------------
 */

typedef struct looking {
    nl_scope *scope;
    const nl_rule *rule;
    unsigned kinds; /* that are possible */
} looking;

/* A repaired key must not be one that the map has already; in a huge one that is not looked up. */
static bool collides(nl_scope *s, const nl_target *t, nl_str key, const nl_odd *odd) {
    nl_str tail = nl_str_sub(key, odd->end, key.n);
    nl_str repaired =
        nl_say(s, "%.*s%.*s%.*s", (int)odd->start, key.p, NL_ARG(odd->text), NL_ARG(tail));
    return t->parent && (t->parent->count > KEYS_MAX || nl_value_find(t->parent, repaired));
}

static void report_in_scalar(looking *l, const nl_target *t, const nl_value *v, bool key,
                             const nl_odd *odd, size_t more) {
    nl_scope *s = l->scope;
    const nl_source *source = &s->article->source;
    nl_finding f = nl_finding_on(s, l->rule, t);
    f.about = about(l->rule, odd);
    bool exact = nl_value_locate(source, v, odd->start, odd->end, &f.span);
    describe(&f, v->text, odd);
    nl_edit edit;
    if (exact && odd->repair != NL_ODD_NONE && !(key && collides(s, t, v->text, odd)) &&
        nl_value_edit(source, v, odd->start, odd->end, odd->text, s->arena, &edit))
        offer(&f, odd, key, edit);
    nl_str message = nl_str_c(message_of(odd));
    if (more)
        message = nl_say(s, "%.*s; %zu more are in this field", NL_ARG(message), more);
    nl_finding_report(&f, message.p);
}

/* The line ends behind a block scalar are how it is written. */
static nl_str without_line_ends(const nl_value *v) {
    nl_str t = v->text;
    if (v->style == NL_STYLE_LITERAL || v->style == NL_STYLE_FOLDED)
        while (t.n && t.p[t.n - 1] == '\n')
            t.n--;
    return t;
}

static void look_at_scalar(void *context, const nl_target *t, const nl_value *v, bool key) {
    looking *l = context;
    if (v->kind != NL_STRING || v->alias)
        return;
    unsigned wanted = key ? l->kinds & ~(unsigned)FIELD_ONLY : l->kinds;
    nl_odds odds = find(l->scope, l->rule, without_line_ends(v), wanted);
    for (size_t i = 0; i < odds.count && i < IN_SCALAR_MAX; i++)
        report_in_scalar(l, t, v, key, &odds.items[i],
                         i + 1 == IN_SCALAR_MAX ? odds.count - IN_SCALAR_MAX : 0);
}

/* ---- Raw bytes and the body -------------------------------------------------------------------
 */

static void report_at(nl_scope *s, const nl_rule *rule, nl_str text, size_t base, const nl_odd *odd,
                      bool fixable, bool unsafe) {
    nl_span span = nl_span_of(base + odd->start, base + odd->end);
    nl_finding f = nl_finding_at(s, rule, span);
    f.about = about(rule, odd);
    describe(&f, text, odd);
    if (fixable && odd->repair != NL_ODD_NONE)
        offer(&f, odd, unsafe, (nl_edit){span, odd->text});
    nl_finding_report(&f, message_of(odd));
}

/* A byte order mark that begins the file is where it belongs. */
static bool is_at_home(size_t base, nl_odd *odd) {
    if (base + odd->start > 0 || odd->kind != NL_ODD_BOM)
        return false;
    odd->start += 3;
    return odd->start >= odd->end;
}

static bool is_bidi(uint32_t cp) {
    return (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
}

static bool is_line_end(nl_str t, size_t at) {
    return at >= t.n || t.p[at] == '\n' || t.p[at] == '\r';
}

/* ASCII that Markdown, or what many sites add to it (`:emoji:`, `@name`, `#12`), may read as more
 * than text. */
static bool is_markup(char c) {
    return c > ' ' && c < 0x7F && !strchr(",.;?'\"()", c) && !nl_is_alnum(c);
}

/* Is the line up to here such that what follows may begin a block: blank, or what opens a quote or
 * list? */
static bool begins_line(nl_str t, size_t at) {
    while (at > 0 && !is_line_end(t, at - 1) && strchr(" \t.)>-*+0123456789", t.p[at - 1]))
        at--;
    return at == 0 || is_line_end(t, at - 1);
}

static bool is_blank_line_before(nl_str t, size_t start) {
    size_t at = start;
    while (at > 0 && (t.p[at - 1] == ' ' || t.p[at - 1] == '\t'))
        at--;
    if (at == 0)
        return true;
    size_t end = at - 1; /* of the line before, or within its CRLF */
    if (t.p[end] == '\n' && end > 0 && t.p[end - 1] == '\r')
        end--;
    return end == 0 || is_line_end(t, end - 1);
}

static bool is_blank_line_behind(nl_str t, size_t end) {
    if (end < t.n)
        end += t.p[end] == '\r' && end + 1 < t.n && t.p[end + 1] == '\n' ? 2 : 1;
    return is_line_end(t, end);
}

/* May Markdown read the text otherwise once this is gone? A zero-width space is often put beside
 * `**` or `@` on purpose. */
static bool parts_markup(nl_str t, const nl_odd *odd) {
    char before = odd->start ? t.p[odd->start - 1] : 0, after = odd->end < t.n ? t.p[odd->end] : 0;
    if (is_markup(before) || is_markup(after))
        return true;
    if (is_line_end(t, odd->end))
        return begins_line(t, odd->start)
                   ? !is_blank_line_before(t, odd->start) || !is_blank_line_behind(t, odd->end)
                   : before == ' ' && odd->start > 1 && t.p[odd->start - 2] == ' ';
    return begins_line(t, odd->start) && (unsigned char)after < 0x80 && !nl_is_alpha(after);
}

static void look_at_body(nl_scope *s, const nl_rule *rule) {
    size_t base = s->article->body_start;
    nl_str bytes = s->article->source.bytes, text = nl_str_sub(bytes, base, bytes.n);
    nl_odds odds = find(s, rule, text, ~(unsigned)FIELD_ONLY);
    if (!odds.count)
        return;
    nl_markdown *body = nl_article_body(s->article);
    nl_markdown_inlines(body);
    bool unread = body->refused;
    for (size_t i = 0; i < odds.count && !s->diags->dropped; i++) {
        nl_odd *odd = &odds.items[i];
        if (is_at_home(base, odd))
            continue;
        nl_span span = nl_span_of(base + odd->start, base + odd->end);
        bool in_code = nl_spans_touch(body->code, body->code_count, span);
        if (in_code && !((unsigned)odd->kind & IN_CODE) && !is_bidi(odd->cp))
            continue;
        bool in_other = nl_spans_touch(body->opaque, body->opaque_count, span);
        bool held = !odd->text.n && odd->repair == NL_ODD_SAFE && parts_markup(text, odd);
        report_at(s, rule, text, base, odd, !in_code, in_other || unread || held);
    }
}

static void look_at_raw(nl_scope *s, const nl_rule *rule, nl_span span) {
    nl_str text = nl_str_sub(s->article->source.bytes, span.start, span.end);
    nl_odds odds = find(s, rule, text, ~(unsigned)FIELD_ONLY);
    for (size_t i = 0; i < odds.count; i++)
        report_at(s, rule, text, span.start, &odds.items[i], true, true);
}

/* ---- The article ------------------------------------------------------------------------------
 */

static bool is_tree(const nl_front *front) {
    return front->tree.root && !front->tree.failed && !front->unclosed;
}

static bool has_outer_space(const nl_value *v, bool key) {
    return !key && v->kind == NL_STRING && nl_has_outer_space(without_line_ends(v));
}

/* What rules about the whole article may find in it; what escapes stand for may be anything. */
static unsigned possible_in(nl_scope *s) {
    const nl_article *a = s->article;
    unsigned possible = nl_odd_possible(a->source.bytes, &a->source.seen);
    const nl_yaml *tree = &a->front.tree;
    if (is_tree(&a->front) && (tree->trimmed || !nl_walk_any(tree->root, has_outer_space)))
        possible &= ~(unsigned)NL_ODD_OUTER_SPACE;
    return possible;
}

static void look_at_front(nl_scope *s, const nl_rule *rule, unsigned possible) {
    const options *o = rule->options;
    const nl_front *front = &s->article->front;
    bool escapes = nl_walk_has_escapes(s);
    if (!(o->kinds & possible) && !escapes)
        return;
    if (is_tree(front)) {
        bool scarce = !escapes && !(possible & ~(unsigned)FIELD_ONLY);
        looking l = {s, rule, scarce ? possible : ~0u};
        nl_target root = nl_target_of_root(front->tree.root);
        nl_walk_scalars(&root, look_at_scalar, &l);
    } else {
        look_at_raw(s, rule, front->content);
    }
}

static void report_utf16(nl_scope *s, const nl_rule *rule) {
    size_t n = s->article->source.bytes.n;
    nl_finding f = nl_finding_at(s, rule, nl_span_of(0, n < 2 ? n : 2));
    nl_finding_report(&f, "the file is UTF-16, expected UTF-8");
}

static void article(nl_scope *s, const nl_rule *rule) {
    const options *o = rule->options;
    if (s->article->utf16) {
        if (o->kinds & NL_ODD_INVALID_UTF8)
            report_utf16(s, rule);
        return;
    }
    if (!s->odd_known)
        s->odd = possible_in(s);
    s->odd_known = true;
    if (!(o->kinds & s->odd) && !(s->article->source.seen.kinds & NL_BYTES_BACKSLASH))
        return; /* as it mostly is */
    if (s->article->front.format != NL_FRONT_NONE)
        look_at_front(s, rule, s->odd);
    if (o->kinds & s->odd & ~(unsigned)FIELD_ONLY)
        look_at_body(s, rule);
}

static void field(nl_scope *s, const nl_rule *rule, const nl_target *target) {
    looking l = {s, rule, ~0u};
    nl_walk_scalars(target, look_at_scalar, &l);
}

static const char *const names[] = {"found", "repaired", "character", "place", NULL};

const nl_check nl_check_characters = {
    .name = "characters",
    .summary = "Bytes and characters that do not belong in a text",
    .help = "Bytes in another encoding, characters that nobody sees, and letters that are put "
            "together of parts make words that look right and are not: they are not found, not "
            "linked, and break feeds.",
    .level = NL_WARNING,
    .kind = NL_CHECK_ARTICLE,
    .always = true,
    .about = NL_ABOUT_BYTES,
    .fixes = true,
    .principal = "kinds",
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "title: Research & development",
    .bad = "title: \"zero\\u200Bwidth\"",
    .article = article,
    .field = field,
};
