/*
 * The value tree of a YAML text that is known when newslint is built, in a few bytes: what
 * nl_yaml_parse() makes of it, made without libyaml. tools/pack writes it; a test compares both.
 *
 * Numbers are LEB128, those that may be negative folded (0, -1, 1, -2 …). First the number of
 * nodes, then the root. A node is a byte `what | style << 2`, a byte of flags, where its span
 * begins behind the beginning of the node before, and the span's length; then
 *
 *   a scalar   with NL_PACKED_MAP how far its raw bytes reach beyond its span; with
 *              NL_PACKED_VERBATIM where its text stands behind the span's beginning, and its
 * length; else the length and the text a list     the number of its items, and they a map      the
 * number of its entries, and of each the key and the value an alias   the number of the node it
 * stands for, counted in the order of their beginnings
 */
#ifndef NL_DOC_PACKED_H
#define NL_DOC_PACKED_H

#include "doc/value.h"

enum { NL_PACKED_SCALAR, NL_PACKED_LIST, NL_PACKED_MAPPING, NL_PACKED_ALIAS };
enum { NL_PACKED_FLOW = 1, NL_PACKED_MAP = 2, NL_PACKED_VERBATIM = 4 };

/* The tree, in the arena; its texts are views of the two, which are part of the program: they are
 * trusted and stay. */
nl_value *nl_packed_read(nl_str packed, nl_str text, nl_arena *arena);

#endif
