/* The hosts that links and images may or must not lead to, as globs. */
#ifndef NL_CHECK_HOSTS_H
#define NL_CHECK_HOSTS_H

#include "base/glob.h"
#include "rule/ruleset.h"

typedef struct nl_hosts {
    nl_texts texts;
    nl_glob **globs; /* made by nl_hosts_prepare() */
} nl_hosts;

/* Compiles the globs; reports at the option. */
bool nl_hosts_prepare(nl_load *load, const char *option, nl_hosts *hosts);

bool nl_hosts_match(const nl_hosts *hosts, nl_str host);

/* The host of an absolute URL or one that begins with `//`, in lower case, without port and user;
 * empty if it has none. In the arena. */
nl_str nl_host_of(nl_str url, nl_arena *arena);

#endif
