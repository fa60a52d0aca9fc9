/* The rows, and the reading of a command line against them. */
#include "cli/options.h"
#include "base/mem.h"
#include "base/unicode.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define NL_COMMAND(name) &nl_command_##name,
const nl_command *const nl_commands[] = {
#include "cli/commands.def"
    NULL};
#undef NL_COMMAND

static const char *const thresholds[] = {"error", "warning", "info", "never", NULL};
static const char *const levels[] = {"error", "warning", "info", NULL};
static const char *const colors[] = {"auto", "always", "never", NULL};
static const char *const parsers[] = {"fast", "reference", NULL};
static const char *const columns[] = {"codepoint", "utf16", "byte", "display", NULL};

#define AT(member) offsetof(nl_options, member)
#define WALKS (NL_FOR_CHECK | NL_FOR_EXPORT)
#define RULED (NL_FOR_CHECK | NL_FOR_EXPLAIN | NL_FOR_RULES)
#define LIMITED (RULED | NL_FOR_EXPORT | NL_FOR_TEST)

const nl_option nl_option_rows[] = {
    {"config", 'c', "FILE", NL_OPTION_TEXT, AT(config), NULL, RULED,
     "use this rule file; no discovery"},
    {"rules", 0, "SET_OR_FILE", NL_OPTION_TEXTS, AT(sets), NULL, RULED,
     "use this built-in set or rule file instead of discovery (repeatable)"},
    {"fix", 0, NULL, NL_OPTION_FLAG, AT(fix), NULL, NL_FOR_CHECK,
     "apply safe fixes, then report what is left"},
    {"unsafe-fixes", 0, NULL, NL_OPTION_FLAG, AT(unsafe_fixes), NULL, NL_FOR_CHECK,
     "with --fix or --diff: also the fixes that may change meaning"},
    {"diff", 0, NULL, NL_OPTION_FLAG, AT(diff), NULL, NL_FOR_CHECK,
     "print what --fix would change as a unified diff, write nothing; status 1 if there is any"},
    {"format", 0, "FORMAT", NL_OPTION_FORMAT, 0, NULL, NL_FOR_CHECK,
     "how to report; default: pretty on a terminal, else text (repeatable, with -o)"},
    {"output", 'o', "FILE", NL_OPTION_OUTPUT, 0, NULL, NL_FOR_CHECK,
     "write the report there (repeatable, in pairs with --format)"},
    {"stdin-filename", 0, "PATH", NL_OPTION_TEXT, AT(stdin_filename), NULL, NL_FOR_CHECK,
     "with - as the path: check standard input as if it were PATH"},
    {"files-from", 0, "FILE", NL_OPTION_TEXT, AT(files_from), NULL, WALKS,
     "read paths from FILE (-: standard input), one a line"},
    {"null", '0', NULL, NL_OPTION_FLAG, AT(nul), NULL, WALKS | NL_FOR_REPAIR,
     "paths of --files-from, or records of repair, end with a NUL"},
    {"include", 0, "GLOB", NL_OPTION_TEXTS, AT(include), NULL, WALKS,
     "of folders take only files that match; `*.txt` lets other names through (repeatable)"},
    {"exclude", 0, "GLOB", NL_OPTION_TEXTS, AT(exclude), NULL, WALKS,
     "leave out files and folders that match (repeatable)"},
    {"no-ignore", 0, NULL, NL_OPTION_FLAG, AT(no_ignore), NULL, WALKS,
     "do not honour .gitignore and .newslintignore"},
    {"force-exclude", 0, NULL, NL_OPTION_FLAG, AT(force_exclude), NULL, WALKS,
     "pass over ignored and excluded files also when they are named"},
    {"no-index", 0, NULL, NL_OPTION_FLAG, AT(no_index), NULL, NL_FOR_CHECK,
     "compare what is checked alone, not with the rest of the site"},
    {"baseline", 0, "FILE", NL_OPTION_TEXT, AT(baseline), NULL, NL_FOR_CHECK,
     "report only findings that FILE does not hold"},
    {"update-baseline", 0, NULL, NL_OPTION_FLAG, AT(update_baseline), NULL, NL_FOR_CHECK,
     "write the findings of this run to the baseline"},
    {"fail-on", 0, "LEVEL", NL_OPTION_CHOICE, AT(fail_on), thresholds, NL_FOR_CHECK,
     "the lowest level that makes the status 1; default: error"},
    {"max-warnings", 0, "N", NL_OPTION_COUNT, AT(max_warnings), NULL, NL_FOR_CHECK,
     "status 1 when there are more warnings"},
    {"min-level", 0, "LEVEL", NL_OPTION_CHOICE, AT(min_level), levels, NL_FOR_CHECK,
     "hide what is below; what is hidden does not count"},
    {"quiet", 'q', NULL, NL_OPTION_FLAG, AT(quiet), NULL, NL_FOR_CHECK | NL_FOR_TEST,
     "no summary and no notes"},
    {"statistics", 0, NULL, NL_OPTION_FLAG, AT(statistics), NULL, NL_FOR_CHECK,
     "counts per rule, most frequent first, on standard error"},
    {"timing", 0, NULL, NL_OPTION_FLAG, AT(timing), NULL, NL_FOR_CHECK,
     "what the time went into, by stage and rule, on standard error"},
    {"list-files", 0, NULL, NL_OPTION_FLAG, AT(list_files), NULL, NL_FOR_CHECK,
     "only list what would be checked"},
    {"now", 0, "TIME", NL_OPTION_TEXT, AT(now), NULL, RULED | NL_FOR_TEST,
     "the clock of this run; default: SOURCE_DATE_EPOCH, else the system's"},
    {"jobs", 'j', "N", NL_OPTION_COUNT, AT(jobs), NULL, NL_FOR_CHECK,
     "worker threads; default: the processors that this process may use, more while a disk is "
     "waited for"},
    {"max-size", 0, "BYTES", NL_OPTION_LIMIT, 0, NULL, WALKS,
     "articles above are reported and skipped; default: 64MiB"},
    {"max-depth", 0, "N", NL_OPTION_LIMIT, 0, NULL, WALKS,
     "nesting of front matter; default: 1000"},
    {"max-front-matter", 0, "BYTES", NL_OPTION_LIMIT, 0, NULL, WALKS,
     "larger front matter is reported and not read; default: 16MiB"},
    {"max-findings", 0, "N", NL_OPTION_LIMIT, 0, NULL, NL_FOR_CHECK,
     "findings of one article that are told; default: 100000"},
    {"limit", 0, "NAME=NUMBER", NL_OPTION_LIMITS, 0, NULL, LIMITED,
     "set one of the limits for hostile input; `--limit help` lists them (repeatable)"},
    {"parsers", 0, "KIND", NL_OPTION_CHOICE, AT(parsers), parsers, WALKS,
     "fast: plain articles are read without libyaml and cmark; reference: none; default: fast"},
    {"color", 0, "WHEN", NL_OPTION_CHOICE, AT(color), colors, NL_FOR_CHECK,
     "colours; auto honours NO_COLOR and FORCE_COLOR"},
    {"columns", 0, "UNIT", NL_OPTION_CHOICE, AT(columns), columns, NL_FOR_CHECK,
     "unit of the column in text and pretty; default: codepoint"},
    {"for", 0, "FILE", NL_OPTION_TEXT, AT(for_file), NULL, NL_FOR_RULES,
     "the rules in force for that article"},
    {"schema", 0, NULL, NL_OPTION_FLAG, AT(schema), NULL, NL_FOR_RULES,
     "print the JSON Schema of rule files, for editors"},
    {"verbose", 'v', NULL, NL_OPTION_FLAG, AT(verbose), NULL, NL_FOR_RULES,
     "whole values, and help and examples too"},
    {"explain", 0, NULL, NL_OPTION_FLAG, AT(explain), NULL, NL_FOR_REPAIR,
     "tell of each damaged span on standard error"},
    {"unsafe", 0, NULL, NL_OPTION_FLAG, AT(unsafe), NULL, NL_FOR_REPAIR,
     "also repair what had to be guessed"},
    {"help", 'h', NULL, NL_OPTION_FLAG, AT(help), NULL, NL_FOR_ALL, "say this and end"},
    {"version", 'V', NULL, NL_OPTION_FLAG, AT(version), NULL, NL_FOR_ALL,
     "say the version and end"},
    {0}};

/* ---- Reading -------------------------------------------------------------------------------- */

typedef struct reading {
    nl_options *o;
    const nl_command *command;
    char **words;
    size_t at, count;
    nl_error *error;
} reading;

static const char *shown(reading *r, nl_str s) {
    nl_buf out = {0};
    nl_visible(nl_str_sub(s, 0, 200), &out);
    const char *copy = nl_arena_copy(&r->o->arena, out.p ? out.p : "", out.n);
    nl_buf_free(&out);
    return copy;
}

static bool has_name(const nl_option *row, const nl_command *command, nl_str name) {
    return (row->commands & command->bit) && nl_str_is(name, row->name);
}

/* The option of another command is told apart from one that no command has. */
static bool unknown(reading *r, nl_str name) {
    nl_str names[sizeof nl_option_rows / sizeof *nl_option_rows];
    size_t count = 0;
    for (const nl_option *row = nl_option_rows; row->name; row++) {
        if (nl_str_is(name, row->name)) {
            nl_error_set(r->error, 0,
                         "`newslint %s` has no option `--%s`; see `newslint %s --help`",
                         r->command->name, row->name, r->command->name);
            return false;
        }
        if (row->commands & r->command->bit)
            names[count++] = nl_str_c(row->name);
    }
    const nl_str *near = nl_str_nearest(name, names, count);
    if (near)
        nl_error_set(r->error, 0, "unknown option `--%s`: did you mean `--%s`?", shown(r, name),
                     near->p);
    else
        nl_error_set(r->error, 0, "unknown option `--%s`; see `newslint --help`", shown(r, name));
    return false;
}

static void add_text(nl_texts_list *list, const char *text) {
    list->items = nl_grow(list->items, &list->cap, list->count + 1, sizeof *list->items);
    list->items[list->count++] = text;
}

static bool read_count(reading *r, const nl_option *row, const char *value, size_t *out) {
    size_t n = 0;
    for (const char *p = value; *p; p++) {
        if (!nl_is_digit((unsigned char)*p) || n > (SIZE_MAX - 9) / 10) {
            nl_error_set(r->error, 0, "`--%s` wants a number, not `%s`", row->name,
                         shown(r, nl_str_c(value)));
            return false;
        }
        n = n * 10 + (size_t)(*p - '0');
    }
    bool zero = row->offset != AT(max_warnings) && n == 0;
    if (*value == '\0' || zero) {
        nl_error_set(r->error, 0, "`--%s` wants a number%s", row->name, zero ? " above 0" : "");
        return false;
    }
    *out = n;
    return true;
}

static bool bad_choice(reading *r, const char *option, const char *value, const nl_str *choices,
                       size_t count) {
    nl_buf list = {0};
    for (size_t i = 0; i < count; i++)
        nl_buf_printf(&list, "%s`%s`", i == 0 ? "" : i + 1 == count ? " or " : ", ", choices[i].p);
    const nl_str *near = nl_str_nearest(nl_str_c(value), choices, count);
    nl_error_set(r->error, 0, "`--%s` takes %s, not `%s`%s%s%s", option, nl_buf_c(&list),
                 shown(r, nl_str_c(value)), near ? ": did you mean `" : "", near ? near->p : "",
                 near ? "`?" : "");
    nl_buf_free(&list);
    return false;
}

static bool read_choice(reading *r, const nl_option *row, const char *value, int *out) {
    nl_str choices[8];
    size_t count = 0;
    for (; row->choices[count]; count++) {
        choices[count] = nl_str_c(row->choices[count]);
        if (strcmp(value, row->choices[count]) == 0) {
            *out = (int)count;
            return true;
        }
    }
    return bad_choice(r, row->name, value, choices, count);
}

/* --format begins a report, or completes one that -o began; -o likewise. */
static bool read_report(reading *r, const nl_option *row, const char *value) {
    nl_options *o = r->o;
    bool is_format = row->type == NL_OPTION_FORMAT;
    nl_report_wish *last = o->report_count ? &o->reports[o->report_count - 1] : NULL;
    if (!last || (is_format ? last->format != NULL : last->file != NULL)) {
        if (o->report_count == NL_REPORTS_MAX) {
            nl_error_set(r->error, 0, "more than %d reports", NL_REPORTS_MAX);
            return false;
        }
        last = &o->reports[o->report_count++];
    }
    if (!is_format) {
        last->file = value;
        return true;
    }
    last->format = nl_format_find(nl_str_c(value));
    if (last->format)
        return true;
    nl_str names[32];
    size_t count = 0;
    for (; count < 32 && nl_formats[count]; count++)
        names[count] = nl_str_c(nl_formats[count]->name);
    return bad_choice(r, row->name, value, names, count);
}

/* NUMBER, KiB, MiB or GiB behind a number of bytes; `name` is how the option is written. */
static bool read_limit(reading *r, const nl_limit *limit, const char *name, const char *value) {
    static const char *const units[] = {"", "KiB", "MiB", "GiB"};
    size_t n = 0, unit = 0, count = limit->unit == NL_UNIT_BYTES ? 4 : 1;
    const char *p = value;
    for (; nl_is_digit((unsigned char)*p); p++)
        n = n > limit->most / 10 ? limit->most + 1 : n * 10 + (size_t)(*p - '0');
    while (unit < count && strcmp(p, units[unit]) != 0)
        unit++;
    if (p == value || unit == count) {
        nl_error_set(r->error, 0, "`%s` wants a number%s, not `%s`", name,
                     count > 1 ? " of bytes, such as 64MiB" : "", shown(r, nl_str_c(value)));
        return false;
    }
    for (; unit > 0; unit--)
        n = n > limit->most / 1024 ? limit->most + 1 : n * 1024;
    if (n < limit->least || n > limit->most) {
        bool low = n < limit->least;
        nl_buf bound = {0};
        nl_limit_shown(limit, low ? limit->least : limit->most, &bound);
        nl_error_set(r->error, 0, "`%s` wants a number, at %s %s", name, low ? "least" : "most",
                     nl_buf_c(&bound));
        nl_buf_free(&bound);
        return false;
    }
    *(size_t *)(void *)((char *)&r->o->limits + limit->offset) = n;
    return true;
}

/* NAME=NUMBER */
static bool read_limits(reading *r, const char *word) {
    nl_str names[NL_LIMIT_COUNT];
    size_t n = strcspn(word, "=");
    for (size_t i = 0; i < NL_LIMIT_COUNT; i++) {
        const nl_limit *limit = &nl_limit_rows[i];
        names[i] = nl_str_c(limit->name);
        if (!nl_str_eq(names[i], nl_str_n(word, n)))
            continue;
        nl_buf name = {0};
        nl_buf_printf(&name, "--limit %s=NUMBER", limit->name);
        bool good = read_limit(r, limit, nl_buf_c(&name), word[n] ? word + n + 1 : "");
        nl_buf_free(&name);
        return good;
    }
    r->o->limits_help = strcmp(word, "help") == 0;
    if (r->o->limits_help)
        return true;
    const nl_str *near = nl_str_nearest(nl_str_n(word, n), names, NL_LIMIT_COUNT);
    nl_error_set(r->error, 0, "there is no limit `%s`%s%s%s; `--limit help` lists them",
                 shown(r, nl_str_n(word, n)), near ? ": did you mean `" : "", near ? near->p : "",
                 near ? "`?" : "");
    return false;
}

static bool read_limit_option(reading *r, const nl_option *row, const char *value) {
    nl_buf name = {0};
    bool good = false;
    nl_buf_printf(&name, "--%s", row->name);
    for (size_t i = 0; i < NL_LIMIT_COUNT; i++)
        if (nl_limit_rows[i].option && strcmp(nl_limit_rows[i].option, row->name) == 0)
            good = read_limit(r, &nl_limit_rows[i], nl_buf_c(&name), value);
    nl_buf_free(&name);
    return good;
}

static bool set(reading *r, const nl_option *row, const char *value) {
    void *place = (char *)r->o + row->offset;
    switch (row->type) {
    case NL_OPTION_FLAG:
        *(bool *)place = true;
        return true;
    case NL_OPTION_TEXT:
        *(const char **)place = value;
        return true;
    case NL_OPTION_TEXTS:
        add_text(place, value);
        return true;
    case NL_OPTION_COUNT:
        return read_count(r, row, value, place);
    case NL_OPTION_CHOICE:
        return read_choice(r, row, value, place);
    case NL_OPTION_FORMAT:
    case NL_OPTION_OUTPUT:
        return read_report(r, row, value);
    case NL_OPTION_LIMIT:
        return read_limit_option(r, row, value);
    case NL_OPTION_LIMITS:
        return read_limits(r, value);
    }
    return false;
}

/* The argument: what stands behind the name, or the next word. */
static bool take(reading *r, const nl_option *row, const char *behind) {
    if (!row->argument)
        return set(r, row, "");
    if (!behind) {
        if (r->at == r->count) {
            nl_error_set(r->error, 0, "`--%s` wants an argument: %s", row->name, row->argument);
            return false;
        }
        behind = r->words[r->at++];
    }
    return set(r, row, behind);
}

static bool read_long(reading *r, const char *word) {
    const char *equals = strchr(word, '=');
    nl_str name = equals ? nl_str_n(word, (size_t)(equals - word)) : nl_str_c(word);
    for (const nl_option *row = nl_option_rows; row->name; row++) {
        if (!has_name(row, r->command, name))
            continue;
        if (equals && !row->argument) {
            nl_error_set(r->error, 0, "`--%s` takes no argument", row->name);
            return false;
        }
        return take(r, row, equals ? equals + 1 : NULL);
    }
    return unknown(r, name);
}

/* "-q0", "-j4", "-j 4", "-cFILE". */
static bool read_short(reading *r, const char *word) {
    for (const char *p = word; *p; p++) {
        const nl_option *row = nl_option_rows;
        while (row->name && !((row->commands & r->command->bit) && row->letter == *p))
            row++;
        if (!row->name) {
            nl_error_set(r->error, 0, "unknown option `-%s`; see `newslint --help`",
                         shown(r, nl_str_n(p, 1)));
            return false;
        }
        if (row->argument)
            return take(r, row, p[1] ? p + 1 : NULL);
        take(r, row, NULL);
    }
    return true;
}

bool nl_options_read(nl_options *o, const nl_command *command, char **words, size_t count,
                     nl_error *error) {
    reading r = {.o = o, .command = command, .words = words, .count = count, .error = error};
    o->max_warnings = o->jobs = SIZE_MAX;
    o->min_level = NL_FROM_INFO;
    bool only_paths = false, good = true;
    while (good && r.at < count) {
        const char *word = words[r.at++];
        if (only_paths || word[0] != '-' || word[1] == '\0')
            add_text(&o->paths, word);
        else if (strcmp(word, "--") == 0)
            only_paths = true;
        else
            good = word[1] == '-' ? read_long(&r, word + 2) : read_short(&r, word + 1);
    }
    return good;
}

void nl_options_free(nl_options *o) {
    free(o->paths.items);
    free(o->sets.items);
    free(o->include.items);
    free(o->exclude.items);
    nl_arena_free(&o->arena);
}
