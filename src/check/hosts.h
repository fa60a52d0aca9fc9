/* The hosts that links and images may or must not lead to, as globs. */
#ifndef NL_CHECK_HOSTS_H
#define NL_CHECK_HOSTS_H

#include "base/glob.h"
#include "rule/ruleset.h"

typedef struct nl_hosts {
    nl_texts texts;
    nl_glob **globs; /* made by nl_hosts_prepare() */
} nl_hosts;

/* The two options of both checks. */
typedef struct nl_host_options {
    nl_hosts allowed, forbidden;
} nl_host_options;

/* Their rows, for a struct that holds them as `host`. */
#define NL_HOST_PARAMS(options)                                                                    \
    {.name = "hosts",                                                                              \
     .type = NL_PARAM_TEXTS,                                                                       \
     .offset = offsetof(options, host.allowed.texts),                                              \
     .help = "The hosts that are allowed, as globs: `example.com`, `*.example.com`; none given: "  \
             "all."},                                                                              \
    {                                                                                              \
        .name = "forbid-hosts", .type = NL_PARAM_TEXTS,                                            \
        .offset = offsetof(options, host.forbidden.texts),                                         \
        .help = "The hosts that are not allowed."                                                  \
    }

/* Compiles the globs; reports at the options. */
bool nl_hosts_prepare(nl_load *load, nl_host_options *o);

typedef enum nl_host_verdict { NL_HOST_RIGHT, NL_HOST_FORBIDDEN, NL_HOST_OTHER } nl_host_verdict;

/* Of the URL's host; a URL without one is right. OTHER: it is not among those that are allowed. */
nl_host_verdict nl_hosts_judge(const nl_host_options *o, nl_str url, nl_arena *arena);

/* The host of an absolute URL or one that begins with `//`, in lower case, without port and user;
 * empty if it has none. In the arena. */
nl_str nl_host_of(nl_str url, nl_arena *arena);

#endif
