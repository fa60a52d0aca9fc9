/*
 * What several formats need to write: strings as views, paths from the repository's root, and the
 * escapes of terminals, logs, XML and URIs.
 */
#ifndef NL_FORMAT_WRITE_H
#define NL_FORMAT_WRITE_H

#include "format/format.h"
#include "format/jsonwrite.h"

static inline nl_str nl_view(newslint_string s) {
    return (nl_str){s.data, s.size};
}

/* "error", "warning", "note": the words of GCC. */
const char *nl_level_word(newslint_level level);

/* The `text` line of a diagnostic, for formats that print it beside their own. */
void nl_put_text_line(nl_report *r, const newslint_diagnostic *d, nl_buf *out);

/* The object that `json` and `jsonl` print. */
void nl_put_json_diagnostic(nl_json *j, const newslint_diagnostic *d);

/* Describes the rule of a diagnostic by it, as long as no engine describes it: those of newslint
 * itself belong to none. */
void nl_report_rule_meet(nl_report *r, const newslint_diagnostic *d);

/* The last line that the range touches: one that ends where a line begins is over before it. */
size_t nl_range_last_line(const newslint_range *range);

/* The column in the unit that the settings ask for. */
size_t nl_report_column(const nl_report *r, const newslint_position *p);

/* Appends the path as seen from the repository's root, where one is set and the path is below it:
 * no "./", no "..", no doubled slashes. Bytes are not escaped. */
void nl_put_path(const nl_report *r, nl_str path, nl_buf *out);

/* Appends the text of whole lines. With `in_job`, what the logs of CI services take for commands
 * is broken up by an escape: `::` at a line's start, `##[` and `##word[` anywhere. */
void nl_put_log(nl_str lines, bool in_job, nl_buf *out);

/* Feeds one byte of a line; true when it is the `[` of a `##word[`. *state begins at 0. */
bool nl_log_guard(unsigned *state, char c);

/* Text for XML 1.0 attributes and content: the five characters as references, line ends and tabs
 * as \n, \r, \t, and what XML does not allow or a terminal would act on in visible form. */
void nl_put_xml(nl_str s, nl_buf *out);

/* A path as a relative URI reference by RFC 3986: every byte but unreserved characters and `/`
 * percent-encoded, an absolute one as file:///. */
void nl_put_uri(nl_str path, nl_buf *out);

/* A URL that somebody wrote, with what no URI may hold (RFC 3986) percent-encoded. */
void nl_put_url(nl_str url, nl_buf *out);

/* Is every edit of the fix UTF-8, so that formats of text can carry it? False without a fix. */
bool nl_fix_is_text(const newslint_diagnostic *d);

#endif
