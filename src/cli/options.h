/*
 * The command line. One table of rows says all about each option; from it come the reading,
 * `--help`, the man page and the completions. Each command is a row too, in a file of its own.
 */
#ifndef NL_CLI_OPTIONS_H
#define NL_CLI_OPTIONS_H

#include "base/arena.h"
#include "base/file.h"
#include "format/format.h"
#include "newslint.h"
#include "text/limits.h"

typedef struct nl_texts_list {
    const char **items;
    size_t count, cap;
} nl_texts_list;

/* One report: --format and -o in pairs. */
typedef struct nl_report_wish {
    const nl_format *format; /* NULL: the default */
    const char *file;        /* NULL: standard output */
} nl_report_wish;

enum { NL_REPORTS_MAX = 16 };

typedef enum nl_color { NL_COLOR_AUTO, NL_COLOR_ALWAYS, NL_COLOR_NEVER } nl_color;

/* In the order of the choices of --parsers. */
typedef enum nl_parsers { NL_PARSERS_FAST, NL_PARSERS_REFERENCE } nl_parsers;

/* In the order of the choices of --fail-on and --min-level. */
typedef enum nl_threshold {
    NL_FROM_ERROR,
    NL_FROM_WARNING,
    NL_FROM_INFO,
    NL_FROM_NEVER
} nl_threshold;

/* What a command line came to. Strings are those of argv. */
typedef struct nl_options {
    nl_arena arena;
    nl_texts_list paths;
    bool help, version, limits_help;
    const char *config;
    nl_texts_list sets, include, exclude;
    bool fix, unsafe_fixes, diff;
    nl_report_wish reports[NL_REPORTS_MAX];
    size_t report_count;
    const char *stdin_filename, *files_from, *now, *baseline;
    bool update_baseline;
    bool nul, no_ignore, force_exclude, no_index, quiet, statistics, timing, list_files;
    int fail_on, min_level, color, columns, parsers;
    /* SIZE_MAX: not given */
    size_t max_warnings, jobs;
    newslint_limits limits;
    bool explain, unsafe; /* repair */
    const char *for_file; /* rules */
    bool schema, verbose; /* rules */
} nl_options;

typedef struct nl_command {
    const char *name;
    const char *usage;   /* behind the name: "[OPTIONS] [PATH...]" */
    const char *summary; /* one line */
    const char *about;   /* what more --help says; NULL: nothing */
    unsigned bit;        /* in nl_option.commands */
    int (*run)(nl_options *o);
} nl_command;

enum {
    NL_FOR_CHECK = 1,
    NL_FOR_EXPLAIN = 2,
    NL_FOR_RULES = 4,
    NL_FOR_REPAIR = 8,
    NL_FOR_EXPORT = 16,
    NL_FOR_TEST = 32,
    NL_FOR_ALL = 63
};

typedef enum nl_option_type {
    NL_OPTION_FLAG,   /* bool */
    NL_OPTION_TEXT,   /* const char * */
    NL_OPTION_TEXTS,  /* nl_texts_list: may be repeated */
    NL_OPTION_COUNT,  /* size_t */
    NL_OPTION_CHOICE, /* int: index into choices */
    NL_OPTION_FORMAT, /* --format */
    NL_OPTION_OUTPUT, /* --output */
    NL_OPTION_LIMIT,  /* the limit whose row names the option */
    NL_OPTION_LIMITS  /* --limit */
} nl_option_type;

typedef struct nl_option {
    const char *name;
    char letter;          /* 0: none */
    const char *argument; /* how it is called in --help; NULL: it takes none */
    nl_option_type type;
    size_t offset; /* in nl_options */
    const char *const *choices;
    unsigned commands;
    const char *help; /* one sentence without a full stop */
} nl_option;

#define NL_COMMAND(name) extern const nl_command nl_command_##name;
#include "cli/commands.def"
#undef NL_COMMAND

/* NULL-terminated; the first is the default. */
extern const nl_command *const nl_commands[];

/* The last has no name. */
extern const nl_option nl_option_rows[];

/* Reads the words behind the command's name. False and *error for bad usage. */
bool nl_options_read(nl_options *o, const nl_command *command, char **words, size_t count,
                     nl_error *error);
void nl_options_free(nl_options *o);

void nl_help_write(const nl_command *command, nl_buf *out);
void nl_help_write_all(nl_buf *out);
void nl_help_write_limits(nl_buf *out);

/* Appends a number of a limit: "64 MiB", "1000", "any". */
void nl_limit_shown(const nl_limit *row, size_t number, nl_buf *out);

/* "newslint: SENTENCE" on standard error, with what could act on a terminal made visible; returns
 * 2. */
int nl_fail(const char *format, ...) NL_PRINTF(1, 2);

enum { NL_STATUS_OK = 0, NL_STATUS_FOUND = 1, NL_STATUS_FAILED = 2 };

#endif
