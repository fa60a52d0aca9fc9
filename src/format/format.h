/*
 * Printing results. A format is a row; a report is one run of a format into a buffer, which the
 * caller writes out and clears whenever it likes. Formats see results only through newslint.h.
 * What they print is a function of what they are given alone, and is complete and valid whatever
 * the articles hold: all that could act on a terminal, a CI log or the format itself is escaped.
 * No format but `github`, which holds back warnings and notes, needs memory that grows with the
 * number of findings.
 *
 *     nl_report r;
 *     nl_report_init(&r, nl_format_find(nl_str_c("json")), &settings);
 *     nl_report_rules(&r, engine);
 *     for each article, in order: nl_report_add(&r, &file); write r.out; nl_buf_clear(&r.out);
 *     nl_report_end(&r, &summary); write r.out; nl_report_free(&r);
 */
#ifndef NL_FORMAT_FORMAT_H
#define NL_FORMAT_FORMAT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "newslint.h"
#include <stdbool.h>
#include <stddef.h>

typedef enum nl_columns {
    NL_COLUMNS_CODEPOINT = 0,
    NL_COLUMNS_UTF16,
    NL_COLUMNS_BYTE,
    NL_COLUMNS_DISPLAY
} nl_columns;

/* What the run knows and no article says. All zero is fine. Strings are borrowed and must outlive
 * the report. */
typedef struct nl_report_settings {
    bool color;          /* write colours; ignored by formats for machines */
    bool in_job;         /* the output is the log of a CI job, which may take commands from it */
    nl_columns columns;  /* for text and pretty; the others have theirs */
    size_t width;        /* of the terminal, in cells, for pretty; 0: it is none */
    const char *version; /* of the program; NULL: newslint_version() */
    /* For formats whose paths start at the root of the repository (github, gitlab, sarif): the root
     * as an absolute path, and the working folder as seen from there ("site" or "");
     * without a slash behind. NULL: paths are printed as they were given. */
    const char *root, *prefix;
} nl_report_settings;

/* One checked article: the diagnostics to print, in order. There may be none: a clean file. What
 * is hidden (--min-level, a baseline) is not among them. */
typedef struct nl_report_file {
    const newslint_result *result;
    const newslint_diagnostic *const *shown;
    size_t count;
} nl_report_file;

/* What the run came to. All but `elapsed` and `incomplete` count what is shown. */
typedef struct nl_summary {
    size_t files, files_with_findings;
    size_t errors, warnings, infos;
    size_t fixable;        /* of those, with a safe fix */
    size_t fixable_unsafe; /* with one that --unsafe-fixes would add */
    size_t fixed;          /* fixes applied in this run */
    size_t baselined;      /* findings that the baseline holds back */
    size_t baseline_gone;  /* entries of the baseline that no longer occur */
    size_t in_rules;       /* of all that is counted here, what rule files hold */
    double elapsed;        /* seconds; 0: not said */
    bool incomplete;       /* something could not be read or written: status 2 */
} nl_summary;

typedef struct nl_report nl_report;

typedef struct nl_format {
    const char *name;
    const char *summary; /* one line for --help */
    bool texts;          /* shows lines of the articles, or places other than the diagnostics' */
    bool machine;        /* read by programs: no colours, and no summary beside it */
    void (*begin)(nl_report *r);
    void (*file)(nl_report *r, const nl_report_file *file);
    void (*end)(nl_report *r, const nl_summary *summary);
} nl_format;

/* `out` is the caller's to write and clear between calls. The rest is private. */
struct nl_report {
    nl_buf out;
    const nl_format *format;
    nl_report_settings settings;
    nl_arena arena; /* of the report; small */
    nl_arena temp;  /* of one file: reset by the format */
    newslint_rule *rules;
    size_t rule_count, rule_cap; /* in order of id, each once */
    nl_buf scratch, held[2];
    size_t count; /* diagnostics written */
    void *state;  /* the format's own, in the arena */
};

void nl_report_init(nl_report *r, const nl_format *format, const nl_report_settings *settings);

/* Tells the rules of an engine to formats that describe rules. Any time before the end; an engine
 * may be told twice, the first one to name an id describes it. What is needed is copied. */
void nl_report_rules(nl_report *r, const newslint_engine *engine);

void nl_report_add(nl_report *r, const nl_report_file *file);
void nl_report_end(nl_report *r, const nl_summary *summary);
void nl_report_free(nl_report *r);

/* Counts one more file and its diagnostics. Not `fixed` and what follows it. */
void nl_summary_add(nl_summary *s, const nl_report_file *file);

/* The sentence that closes text and pretty on standard error, with a line end:
 * "Found 3 errors and 1 warning in 2 of 214 files (0.08s). 2 fixable with --fix." */
void nl_summary_write(const nl_summary *s, bool color, nl_buf *out);

#define NL_FORMAT(name) extern const nl_format nl_format_##name;
#include "format/formats.def"
#undef NL_FORMAT

/* NULL-terminated, in the order of formats.def. */
extern const nl_format *const nl_formats[];

/* NULL if there is none of that name. */
const nl_format *nl_format_find(nl_str name);

#endif
