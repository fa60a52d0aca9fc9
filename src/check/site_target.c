/* Paths of relative targets, by RFC 3986, sections 4.2 and 5.2.4; see site_target.h. */
#include "check/site_target.h"

#include "rule/say.h"
#include <string.h>

enum { EXTENSION_MOST = 8 };

static int hex_of(char c) {
    if (nl_is_digit((unsigned char)c))
        return c - '0';
    int lower = nl_lower((unsigned char)c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

nl_str nl_percent_decoded(nl_str text, nl_arena *arena) {
    if (nl_str_find(text, '%') == text.n)
        return text;
    char *out = nl_arena_alloc(arena, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        int high = text.p[i] == '%' && text.n - i > 2 ? hex_of(text.p[i + 1]) : -1;
        int low = high >= 0 ? hex_of(text.p[i + 2]) : -1;
        out[n++] = low >= 0 ? (char)(high * 16 + low) : text.p[i];
        i += low >= 0 ? 2 : 0;
    }
    return nl_str_n(out, n);
}

/* Adds a path's names to the path so far, `.` and `..` taken for what they mean. */
static void add_names(nl_buf *path, nl_str names) {
    while (names.n) {
        size_t end = nl_str_find(names, '/');
        nl_str name = nl_str_sub(names, 0, end);
        names = nl_str_sub(names, end + 1, names.n);
        if (!name.n || nl_str_is(name, "."))
            continue;
        nl_str so_far = nl_buf_str(path);
        bool above = so_far.n == 0 || nl_str_is(so_far, "..") || nl_str_ends(so_far, NL_S("/.."));
        if (nl_str_is(name, "..") && !above) {
            while (path->n && path->p[path->n - 1] != '/')
                path->n--;
            path->n -= path->n > 0;
            continue;
        }
        if (path->n)
            nl_buf_putc(path, '/');
        nl_buf_str_add(path, name);
    }
}

/* In the arena, a NUL behind it. */
static nl_str finish(nl_scope *s, nl_buf *path) {
    size_t n = path->n;
    nl_buf_putc(path, '\0');
    nl_str out = nl_str_n(nl_arena_copy(s->arena, path->p, path->n), n);
    nl_buf_free(path);
    return out;
}

static nl_str own_path(nl_scope *s) {
    nl_buf path = {0};
    add_names(&path, s->path);
    return finish(s, &path);
}

static nl_str path_of(nl_scope *s, nl_str target) {
    nl_buf path = {0};
    size_t folder = s->path.n;
    while (folder > 0 && s->path.p[folder - 1] != '/')
        folder--;
    add_names(&path, nl_str_sub(s->path, 0, folder));
    add_names(&path, target);
    return finish(s, &path);
}

/* `name.md`: letters and digits behind a dot that does not begin the name. */
static bool has_extension(nl_str path) {
    size_t dot = path.n, slash = path.n;
    while (slash > 0 && path.p[slash - 1] != '/')
        slash--;
    while (dot > slash && nl_is_alnum((unsigned char)path.p[dot - 1]))
        dot--;
    return dot > slash + 1 && path.p[dot - 1] == '.' && path.n > dot &&
           path.n - dot <= EXTENSION_MOST && !nl_is_digit((unsigned char)path.p[dot]);
}

static bool has_scheme(nl_str url) {
    size_t colon = nl_str_find(url, ':');
    return colon < url.n && colon < nl_str_find(url, '/');
}

void nl_site_target_have(nl_scope *s, const nl_str *anchors, size_t count) {
    nl_str path = own_path(s);
    nl_scope_add_there(s, path, NL_S(""));
    for (size_t i = 0; i < count; i++)
        nl_scope_add_there(s, path, anchors[i]);
}

/* A message of the rule's own, or ours. */
static nl_str message(nl_scope *s, const nl_rule *rule, const char *own, nl_str url, nl_str path,
                      nl_str fragment) {
    const nl_template_value values[] = {{"target", nl_scope_shown(s, url), NULL},
                                        {"path", nl_scope_shown(s, path), NULL},
                                        {"fragment", nl_scope_shown(s, fragment), NULL}};
    size_t count = sizeof values / sizeof *values;
    return rule->message ? nl_template_expand(rule->message, values, count, s)
                         : nl_template_fill(own, values, count, s);
}

void nl_site_target_want(nl_scope *s, const nl_rule *rule, nl_str url, nl_span span) {
    size_t hash = nl_str_find(url, '#'), query = nl_str_find(url, '?');
    nl_str target = nl_str_sub(url, 0, hash < query ? hash : query);
    nl_str fragment = nl_percent_decoded(nl_str_sub(url, hash + 1, url.n), s->arena);
    target = nl_percent_decoded(target, s->arena);
    if (!target.n || target.p[0] == '/' || has_scheme(url) || !has_extension(target) ||
        nl_str_find(target, '{') < target.n || nl_str_find(target, '\0') < target.n)
        return;
    nl_str path = path_of(s, target);
    bool named = fragment.n && fragment.p[0] != ':' && fragment.p[0] != 'L';
    nl_hash file = nl_scope_there(path, NL_S(""));
    nl_fact fact = {
        .rule = rule->id,
        .help = rule->help,
        .url = rule->url,
        .level = rule->level,
        .key = {file.high, file.low},
        .wants = true,
        .shown = path,
        .message = message(s, rule, "`{target}` does not exist: there is no `{path}`", url, path,
                           fragment),
        .span = span,
    };
    if (named) {
        fact.anchor = nl_scope_there(path, fragment);
        fact.no_anchor = message(s, rule, "no heading or anchor for `#{fragment}` in `{path}`", url,
                                 path, fragment);
    }
    nl_scope_add_fact(s, &fact);
}
