/*
 * What a finding is known by when lines move: fingerprints without line numbers, unique within an
 * article.
 */
#ifndef NL_FORMAT_FINGERPRINT_H
#define NL_FORMAT_FINGERPRINT_H

#include "base/hash.h"
#include "format/write.h"
#include <stdint.h>

/* One for each diagnostic of the file, of its path from the repository's root, rule, line without
 * blanks around it, and how many such there were before. In the arena. */
nl_hash *nl_fingerprints(const nl_report *r, const nl_report_file *file, nl_arena *arena);

/* GitHub's primaryLocationLineHash of a line: "%x:%zu" of these. occurrence 0: not known. */
typedef struct nl_line_hash {
    uint64_t hash;
    size_t occurrence;
} nl_line_hash;

/* One for each of `count` lines, which ascend. Linear in the text. In the arena. */
nl_line_hash *nl_line_hashes(nl_str text, const size_t *lines, size_t count, nl_arena *arena);

#endif
