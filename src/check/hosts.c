/* Hosts of URLs, by RFC 3986 appendix B, and globs for them. */
#include "check/hosts.h"

#include "base/unicode.h"
#include <string.h>

static bool prepare(nl_load *load, const char *option, nl_hosts *hosts) {
    hosts->globs = NL_NEW_ARRAY(nl_load_arena(load), nl_glob *, hosts->texts.count);
    for (size_t i = 0; i < hosts->texts.count; i++) {
        const char *error = NULL;
        nl_str host = nl_lower_str(hosts->texts.items[i], nl_load_arena(load));
        hosts->globs[i] = nl_glob_new(host, true, nl_load_arena(load), &error);
        if (!hosts->globs[i]) {
            nl_load_error(load, option, "bad pattern: %s", error ? error : "not a glob");
            return false;
        }
    }
    return true;
}

bool nl_hosts_prepare(nl_load *load, nl_host_options *o) {
    bool good = prepare(load, "hosts", &o->allowed);
    return prepare(load, "forbid-hosts", &o->forbidden) && good;
}

static bool is_among(const nl_hosts *hosts, nl_str host) {
    for (size_t i = 0; i < hosts->texts.count; i++)
        if (nl_glob_match(hosts->globs[i], host, false))
            return true;
    return false;
}

nl_host_verdict nl_hosts_judge(const nl_host_options *o, nl_str url, nl_arena *arena) {
    if (!o->allowed.texts.count && !o->forbidden.texts.count)
        return NL_HOST_RIGHT;
    nl_str host = nl_host_of(url, arena);
    if (host.n && is_among(&o->forbidden, host))
        return NL_HOST_FORBIDDEN;
    bool other = host.n && o->allowed.texts.count && !is_among(&o->allowed, host);
    return other ? NL_HOST_OTHER : NL_HOST_RIGHT;
}

nl_str nl_host_of(nl_str url, nl_arena *arena) {
    size_t at = 0;
    while (at < url.n && (nl_is_alnum((unsigned char)url.p[at]) || strchr("+-.", url.p[at])))
        at++;
    at = at < url.n && url.p[at] == ':' ? at + 1 : 0;
    nl_str rest = nl_str_sub(url, at, url.n);
    if (!nl_str_starts(rest, NL_S("//")))
        return NL_S("");
    size_t start = 2, end = 2;
    for (; end < rest.n && !strchr("/?#", rest.p[end]); end++)
        if (rest.p[end] == '@')
            start = end + 1;
    size_t colon = end;
    while (colon > start && nl_is_digit((unsigned char)rest.p[colon - 1]))
        colon--;
    if (colon > start && rest.p[colon - 1] == ':')
        end = colon - 1;
    return nl_lower_str(nl_str_sub(rest, start, end), arena);
}
