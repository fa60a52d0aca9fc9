/*
 * url: a value that is no absolute URL by RFC 3986, with the reason; or one of another scheme or
 * host than allowed, with white space or with credentials in it.
 */
#include "base/bytes.h"
#include "base/glob.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "check/checks.h"
#include "rule/ruleset.h"
#include "rule/say.h"
#include <arpa/inet.h>
#include <string.h>

typedef struct options {
    nl_texts schemes, hosts;
    nl_glob **globs;  /* of hosts */
    bool https, http; /* are allowed, with any host */
} options;

static const nl_param params[] = {
    {.name = "schemes",
     .type = NL_PARAM_TEXTS,
     .offset = offsetof(options, schemes),
     .help = "The schemes that are allowed, such as `https`; none given: all."},
    {.name = "hosts",
     .type = NL_PARAM_TEXTS,
     .offset = offsetof(options, hosts),
     .help = "The hosts that are allowed, as globs: `example.com`, `*.example.com`; none given: "
             "all."},
    {0},
};

static bool is_allowed_scheme(const options *o, nl_str scheme) {
    for (size_t i = 0; i < o->schemes.count; i++)
        if (nl_str_eq_nocase(scheme, o->schemes.items[i]))
            return true;
    return o->schemes.count == 0;
}

static bool prepare(nl_load *load, void *options_) {
    options *o = options_;
    o->https = o->hosts.count == 0 && is_allowed_scheme(o, NL_S("https"));
    o->http = o->hosts.count == 0 && is_allowed_scheme(o, NL_S("http"));
    o->globs = NL_NEW_ARRAY(nl_load_arena(load), nl_glob *, o->hosts.count);
    for (size_t i = 0; i < o->hosts.count; i++) {
        const char *error = NULL;
        nl_str host = nl_lower_str(o->hosts.items[i], nl_load_arena(load));
        o->globs[i] = nl_glob_new(host, true, nl_load_arena(load), &error);
        if (!o->globs[i]) {
            nl_load_error(load, "hosts", "bad pattern: %s", error ? error : "not a glob");
            return false;
        }
    }
    return true;
}

/* Bytes that not all parts of a URI hold: beside what none holds (blanks, controls, " < > \ ^ ` { |
 * } and what is beyond ASCII), the `%` of an escape and the brackets of an IP address. A bit for
 * each row of the ASCII table that holds some. */
enum { A2 = 1, A3 = 2, A5 = 4, A6 = 8, A7 = 16, ALL = 32 };
static const nl_byte_set suspects = {
    {ALL | A2 | A6, ALL, ALL | A2, ALL, ALL, ALL | A2, ALL, ALL, ALL, ALL, ALL, ALL | A5 | A7,
     ALL | A3 | A5 | A7, ALL | A5 | A7, ALL | A3 | A5, ALL | A7},
    {ALL, ALL, A2, A3, 0, A5, A6, A7, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL}};

/* These and `#`, which stands before a fragment and nowhere else. */
static const nl_byte_set unusual = {
    {ALL | A2 | A6, ALL, ALL | A2, ALL | A2, ALL, ALL | A2, ALL, ALL, ALL, ALL, ALL, ALL | A5 | A7,
     ALL | A3 | A5 | A7, ALL | A5 | A7, ALL | A3 | A5, ALL | A7},
    {ALL, ALL, A2, A3, 0, A5, A6, A7, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL}};

/* All but letters, digits, `-` and `.`: a bit for each row of the ASCII table, or two that are
 * alike. */
enum { R2 = 1, R3 = 2, R46 = 4, R57 = 8, REST = 16 };
static const nl_byte_set not_of_host = {
    {REST | R2 | R46, REST | R2, REST | R2, REST | R2, REST | R2, REST | R2, REST | R2, REST | R2,
     REST | R2, REST | R2, REST | R2 | R3, REST | R2 | R3 | R57, REST | R2 | R3 | R57,
     REST | R3 | R57, REST | R3 | R57, REST | R2 | R3 | R57},
    {REST, REST, R2, R3, R46, R57, R46, R57, REST, REST, REST, REST, REST, REST, REST, REST}};

/* What ends an authority: / ? # */
static const nl_byte_set behind_authority = {{[0x3] = 1, [0xF] = 1 | 2}, {[0x2] = 1, [0x3] = 2}};

typedef struct url {
    nl_str scheme, userinfo, host, port, rest; /* p == NULL: not there; rest: from the path on */
    bool authority;
    bool clean; /* no part of it holds a byte that may be bad */
} url;

/* Where each part stands, by the regular expression of RFC 3986 appendix B. */
static bool split(nl_str t, url *u) {
    *u = (url){0};
    size_t n = 0;
    while (n < t.n && (nl_is_alnum((unsigned char)t.p[n]) ||
                       (n && (t.p[n] == '+' || t.p[n] == '-' || t.p[n] == '.'))))
        n++;
    if (n == 0 || n == t.n || t.p[n] != ':' || !nl_is_alpha((unsigned char)t.p[0]))
        return false;
    u->scheme = nl_str_sub(t, 0, n);
    u->rest = nl_str_sub(t, n + 1, t.n);
    u->authority = nl_str_starts(u->rest, NL_S("//"));
    if (!u->authority)
        return true;
    nl_str a = nl_str_sub(u->rest, 2, u->rest.n);
    a.n = nl_bytes_find(&behind_authority, a.p, a.n);
    u->rest = nl_str_sub(u->rest, 2 + a.n, u->rest.n);
    const char *at = memrchr(a.p, '@', a.n);
    if (at) {
        u->userinfo = nl_str_sub(a, 0, (size_t)(at - a.p));
        a = nl_str_sub(a, u->userinfo.n + 1, a.n);
    }
    size_t colon = a.n;
    while (colon > 0 && nl_is_digit((unsigned char)a.p[colon - 1]))
        colon--;
    bool port = colon > 0 && a.p[colon - 1] == ':';
    u->host = port ? nl_str_sub(a, 0, colon - 1) : a;
    if (port)
        u->port = nl_str_sub(a, colon, a.n);
    return true;
}

/* The next byte that may be bad at or behind `at`, or the end. */
static size_t next_suspect(nl_str t, size_t at) {
    return at + nl_bytes_find(&suspects, t.p + at, t.n - at);
}

/* A character that no part of a URI holds, or a `%` without two hex digits behind it; t.n: none.
 * `[` and `]` stand around an IP address and nowhere else. */
static size_t bad_character(const url *u, nl_str t, bool brackets) {
    for (size_t i = u->clean ? t.n : next_suspect(t, 0); i < t.n; i = next_suspect(t, i + 1)) {
        char c = t.p[i];
        bool escape = c == '%' && t.n - i > 2 && nl_is_hex((unsigned char)t.p[i + 1]) &&
                      nl_is_hex((unsigned char)t.p[i + 2]);
        if (!escape && !(brackets && (c == '[' || c == ']')))
            return i;
    }
    return t.n;
}

static nl_str character_fault(nl_scope *s, nl_str t, size_t at) {
    int c = (unsigned char)t.p[at];
    if (c == '%')
        return nl_say(s, "has a `%%` without two hexadecimal digits behind it");
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
        return nl_say(s, "has white space in it, expected `%%20`");
    uint32_t cp;
    size_t n = nl_utf8_read(t.p + at, t.n - at, &cp);
    nl_str shown = nl_scope_shown(s, nl_str_sub(t, at, at + n));
    return nl_say(s, "has `%.*s` in it, which must be percent-encoded", NL_ARG(shown));
}

static bool is_ip_literal(nl_str host) {
    char text[INET6_ADDRSTRLEN];
    unsigned char address[sizeof(struct in6_addr)];
    if (host.n < 4 || host.p[host.n - 1] != ']' || host.n - 2 >= sizeof text)
        return false;
    memcpy(text, host.p + 1, host.n - 2);
    text[host.n - 2] = '\0';
    return inet_pton(AF_INET6, text, address) == 1;
}

static nl_str authority_fault(nl_scope *s, const url *u) {
    if (u->userinfo.p)
        return nl_say(s, u->userinfo.n && nl_str_find(u->userinfo, ':') < u->userinfo.n
                             ? "has a user name and password in it"
                             : "has a user name in it");
    bool literal = u->host.n && u->host.p[0] == '[';
    if (literal && !is_ip_literal(u->host))
        return nl_say(s, "has no IPv6 address in its brackets");
    size_t colon = nl_str_find(u->host, ':');
    if (!literal && colon < u->host.n)
        return nl_say(s, "has a port that is no number");
    if (!literal && bad_character(u, u->host, false) < u->host.n) {
        nl_str shown = nl_scope_shown(s, u->host);
        return nl_say(s, "has a host that is none, `%.*s`", NL_ARG(shown));
    }
    if (u->port.n > 5 || (u->port.n == 5 && nl_str_cmp(u->port, NL_S("65535")) > 0))
        return nl_say(s, "has a port above 65535");
    return (nl_str){NULL, 0};
}

/* Schemes whose URLs are nothing without a host. */
static bool wants_host(nl_str scheme) {
    static const nl_str schemes[] = {NL_STR("https"), NL_STR("http"), NL_STR("ftp"),
                                     NL_STR("ftps"),  NL_STR("ws"),   NL_STR("wss")};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (nl_str_eq_nocase(scheme, schemes[i]))
            return true;
    return false;
}

static nl_str no_scheme(nl_scope *s, nl_str t) {
    if (nl_str_starts(t, NL_S("//")))
        return nl_say(s, "has no scheme, expected `https:` before `//`");
    if (nl_str_starts(t, NL_S("/")) || nl_str_starts(t, NL_S(".")) || nl_str_starts(t, NL_S("#")) ||
        nl_str_starts(t, NL_S("?")))
        return nl_say(s, "is a relative address, expected one that begins with a scheme such as "
                         "`https://`");
    return nl_say(s, "has no scheme, expected one such as `https://`");
}

static bool is_allowed_host(nl_scope *s, const options *o, nl_str host) {
    if (o->hosts.count == 0)
        return true;
    nl_str lower = nl_lower_str(host, s->arena);
    for (size_t i = 0; i < o->hosts.count; i++)
        if (nl_glob_match(o->globs[i], lower, false))
            return true;
    return false;
}

/* Is it, as most are, `https://`, a host, `/` and then nothing that may be bad, for sure? */
static bool is_usual(const options *o, nl_str t) {
    static const nl_str https = NL_STR("https://"), http = NL_STR("http://");
    size_t start = o->https && nl_str_starts(t, https) ? https.n
                   : o->http && nl_str_starts(t, http) ? http.n
                                                       : 0;
    size_t slash = start + nl_bytes_find(&not_of_host, t.p + start, t.n - start);
    return start && slash > start && slash < t.n && t.p[slash] == '/' &&
           nl_bytes_find(&unusual, t.p + slash, t.n - slash) == t.n - slash;
}

/* The end of a sentence, or no text: what is wrong first. */
static nl_str fault_of(nl_scope *s, const options *o, nl_str t) {
    url u;
    if (is_usual(o, t))
        return (nl_str){NULL, 0};
    if (t.n == 0)
        return nl_say(s, "is empty");
    if (nl_str_trim(t).n < t.n)
        return nl_say(s, "has white space at its %s",
                      nl_str_trim(t).p == t.p ? "end" : "beginning");
    if (!split(t, &u))
        return no_scheme(s, t);
    bool hosted = wants_host(u.scheme);
    if (hosted && !u.authority)
        return nl_say(s, "lacks `//` behind `%.*s:`", NL_ARG(u.scheme));
    if (hosted && u.host.n == 0)
        return nl_say(s, "has no host");
    u.clean = next_suspect(t, 0) == t.n;
    size_t head = (size_t)(u.rest.p - t.p), bad = bad_character(&u, nl_str_sub(t, 0, head), true);
    if (bad < head)
        return character_fault(s, t, bad);
    nl_str fault = u.authority ? authority_fault(s, &u) : (nl_str){NULL, 0};
    if (fault.p)
        return fault;
    bad = bad_character(&u, u.rest, false);
    if (bad < u.rest.n)
        return character_fault(s, u.rest, bad);
    size_t hash = nl_str_find(u.rest, '#');
    if (hash < u.rest.n &&
        nl_str_find(nl_str_sub(u.rest, hash + 1, u.rest.n), '#') + hash + 1 < u.rest.n)
        return nl_say(s, "has more than one `#`");
    if (!is_allowed_scheme(o, u.scheme)) {
        nl_str list = nl_say_list(s, o->schemes.items, o->schemes.count);
        nl_str scheme = nl_scope_shown(s, u.scheme);
        return nl_say(s, "has the scheme `%.*s`, expected %.*s", NL_ARG(scheme), NL_ARG(list));
    }
    if (!is_allowed_host(s, o, u.host)) {
        nl_str host = nl_scope_shown(s, u.host);
        nl_str list = nl_say_list(s, o->hosts.items, o->hosts.count);
        return nl_say(s, "has the host `%.*s`, expected %.*s", NL_ARG(host), NL_ARG(list));
    }
    return (nl_str){NULL, 0};
}

static void field(nl_scope *s, const nl_rule *rule, const nl_target *target) {
    const nl_value *v = target->value;
    bool scalar = v->kind != NL_LIST && v->kind != NL_MAP;
    nl_str fault = scalar ? fault_of(s, rule->options, v->text)
                          : nl_say(s, "is %s, expected a URL", nl_say_kind(v->kind));
    if (!fault.p)
        return;
    nl_finding f = nl_finding_on(s, rule, target);
    nl_finding_say(&f, "reason", "%.*s", NL_ARG(fault));
    nl_str trimmed = nl_str_trim(v->text);
    nl_edit edit;
    if (scalar && trimmed.n && trimmed.n < v->text.n && !v->alias &&
        nl_value_replace(&s->article->source, v, trimmed, s->arena, &edit)) {
        nl_finding_fix(&f, true, "remove the white space around it");
        nl_finding_edit(&f, edit.span, edit.text);
    }
    nl_finding_report(&f,
                      scalar && v->text.n ? "`{field}` `{value}` {reason}" : "`{field}` {reason}");
}

static const char *const names[] = {"reason", NULL};

const nl_check nl_check_url = {
    .name = "url",
    .summary = "A value that is not an absolute URL",
    .help = "An address must be complete, `https://example.com/a.jpg`, for it is used on pages, in "
            "feeds and in other programs, where a part of one leads nowhere. White space in it, or "
            "a password, is a slip.",
    .level = NL_ERROR,
    .about = NL_ABOUT_VALUE,
    .kind = NL_CHECK_FIELD,
    .fixes = true,
    .unsafe_only = true,
    .principal = "schemes",
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "url: https://example.com/rain",
    .bad = "url: www.example.com/rain",
    .prepare = prepare,
    .field = field,
};
