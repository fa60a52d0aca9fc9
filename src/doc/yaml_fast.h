/*
 * Front matter as tools and people write it, read without libyaml. It is the same tree, to the last
 * span: tests/unit/reader_laws.h compares the two. What it is not sure of it refuses, and libyaml
 * reads.
 */
#ifndef NL_DOC_YAML_FAST_H
#define NL_DOC_YAML_FAST_H

#include "doc/yaml.h"

/*
 * Reads the bytes [span) of the source, which are UTF-8 and begin in its first line, with the
 * dashes of front matter. False: refused, and *out is not set.
 */
bool nl_yaml_fast(nl_source *s, nl_span span, nl_arena *arena, nl_yaml *out);

#endif
