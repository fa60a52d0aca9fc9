/*
 * Completions for bash, zsh and fish: commands, their options, and the words that an option takes.
 * Rules are asked of the program itself, because each site has its own.
 */
#include "check/checks.h"
#include "generate.h"
#include <string.h>

typedef enum kind { KIND_NONE, KIND_WORDS, KIND_FILE, KIND_OTHER } kind;

static kind kind_of(const nl_option *row) {
    if (!row->argument)
        return KIND_NONE;
    if (row->choices || row->type == NL_OPTION_FORMAT || row->type == NL_OPTION_LIMITS)
        return KIND_WORDS;
    if (strstr(row->argument, "FILE") || strcmp(row->argument, "PATH") == 0)
        return KIND_FILE;
    return KIND_OTHER;
}

/* What the option takes, with a blank between. */
static void put_words(const nl_option *row, nl_buf *out) {
    for (size_t i = 0; row->choices && row->choices[i]; i++)
        nl_buf_printf(out, "%s%s", i ? " " : "", row->choices[i]);
    for (size_t i = 0; row->type == NL_OPTION_FORMAT && nl_formats[i]; i++)
        nl_buf_printf(out, "%s%s", i ? " " : "", nl_formats[i]->name);
    for (size_t i = 0; row->type == NL_OPTION_LIMITS && i < NL_LIMIT_COUNT; i++)
        nl_buf_printf(out, "%s=%s", nl_limit_rows[i].name, i + 1 < NL_LIMIT_COUNT ? " " : " help");
}

/* Each of the characters gets a backslash before it. */
static void put_escaped(const char *text, const char *characters, nl_buf *out) {
    for (; *text; text++) {
        if (strchr(characters, *text))
            nl_buf_putc(out, '\\');
        nl_buf_putc(out, *text);
    }
}

static void put_names(nl_buf *out) {
    for (size_t i = 0; nl_commands[i]; i++)
        nl_buf_printf(out, "%s%s", i ? " " : "", nl_commands[i]->name);
}

static void put_checks(nl_buf *out) {
    for (size_t i = 0; nl_checks[i]; i++)
        nl_buf_printf(out, "%s%s", i ? " " : "", nl_checks[i]->name);
}

#define RULE_IDS "newslint rules 2>/dev/null | sed -n 's/^\\([^ ][^ ]*\\) .*/\\1/p' | sort -u"

/* ---- bash ----------------------------------------------------------------------------------- */

static void bash_option_words(const nl_command *c, nl_buf *out) {
    nl_buf_printf(out, "        %s) options='", c->name);
    for (const nl_option *row = nl_option_rows; row->name; row++) {
        if (!(row->commands & c->bit))
            continue;
        if (row->letter)
            nl_buf_printf(out, "-%c ", row->letter);
        nl_buf_printf(out, "--%s ", row->name);
    }
    out->n--;
    nl_buf_puts(out, "' ;;\n");
}

static void bash_argument(const nl_option *row, nl_buf *out) {
    kind k = kind_of(row);
    if (k == KIND_NONE)
        return;
    nl_buf_puts(out, "        ");
    if (row->letter)
        nl_buf_printf(out, "-%c | ", row->letter);
    nl_buf_printf(out, "--%s) ", row->name);
    if (row->type == NL_OPTION_LIMITS)
        nl_buf_puts(out, "compopt -o nospace 2>/dev/null; ");
    if (k == KIND_WORDS) {
        nl_buf_puts(out, "mapfile -t COMPREPLY < <(compgen -W '");
        put_words(row, out);
        nl_buf_puts(out, "' -- \"$word\") && return ;;\n");
    } else if (k == KIND_FILE) {
        nl_buf_puts(out, "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "
                         "\"$word\") && return ;;\n");
    } else {
        nl_buf_puts(out, "return ;;\n");
    }
}

void nl_generate_bash(nl_buf *out) {
    nl_buf_puts(out, "# Completion of newslint for bash. Made by `make docs`.\n\n_newslint() {\n"
                     "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                     "    local command=check options\n    COMPREPLY=()\n"
                     "    case ${COMP_WORDS[1]} in\n        ");
    for (size_t i = 0; nl_commands[i]; i++)
        nl_buf_printf(out, "%s%s", i ? " | " : "", nl_commands[i]->name);
    nl_buf_puts(out, ") [ \"$COMP_CWORD\" -gt 1 ] && command=${COMP_WORDS[1]} ;;\n    esac\n"
                     "    case $before in\n");
    for (const nl_option *row = nl_option_rows; row->name; row++)
        bash_argument(row, out);
    nl_buf_puts(out, "    esac\n    case $command in\n");
    for (size_t i = 0; nl_commands[i]; i++)
        bash_option_words(nl_commands[i], out);
    nl_buf_puts(out, "    esac\n    if [[ $word == -* ]]; then\n"
                     "        mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\")\n"
                     "        return\n    fi\n    if [ \"$command\" = explain ]; then\n"
                     "        mapfile -t COMPREPLY < <(compgen -W \"$(" RULE_IDS ") ");
    put_checks(out);
    nl_buf_puts(out, "\" -- \"$word\")\n        return\n    fi\n"
                     "    compopt -o filenames 2>/dev/null\n"
                     "    mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
                     "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                     "        mapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < <(compgen -W '");
    put_names(out);
    nl_buf_puts(out, "' -- \"$word\")\n    fi\n}\ncomplete -F _newslint newslint\n");
}

/* ---- zsh ------------------------------------------------------------------------------------ */

static void zsh_option(const nl_option *row, nl_buf *out) {
    bool many = row->type == NL_OPTION_TEXTS || row->type == NL_OPTION_FORMAT ||
                row->type == NL_OPTION_OUTPUT || row->type == NL_OPTION_LIMITS;
    nl_buf_puts(out, "            ");
    if (many)
        nl_buf_puts(out, "'*'");
    else if (row->letter)
        nl_buf_printf(out, "'(-%c --%s)'", row->letter, row->name);
    if (row->letter)
        nl_buf_printf(out, "{-%c%s,--%s%s}", row->letter, row->argument ? "+" : "", row->name,
                      row->argument ? "=" : "");
    else
        nl_buf_printf(out, "--%s%s", row->name, row->argument ? "=" : "");
    nl_buf_puts(out, "'[");
    nl_buf help = {0};
    put_escaped(row->help, "[]:", &help);
    for (size_t i = 0; i < help.n; i++)
        nl_buf_putc(out, help.p[i] == '\'' ? '`' : help.p[i]);
    nl_buf_free(&help);
    nl_buf_putc(out, ']');
    kind k = kind_of(row);
    if (k != KIND_NONE)
        nl_buf_printf(out, ":%s:", row->argument);
    if (k == KIND_FILE)
        nl_buf_puts(out, "_files");
    if (k == KIND_WORDS) {
        bool limits = row->type == NL_OPTION_LIMITS;
        nl_buf_puts(out, limits ? "{compadd -S \"\" -- " : "(");
        put_words(row, out);
        nl_buf_putc(out, limits ? '}' : ')');
    }
    nl_buf_puts(out, "' \\\n");
}

static void zsh_command(const nl_command *c, nl_buf *out) {
    nl_buf_printf(out, "    %s)\n        _arguments -s -S : \\\n", c->name);
    for (const nl_option *row = nl_option_rows; row->name; row++)
        if (row->commands & c->bit)
            zsh_option(row, out);
    if (strcmp(c->name, "explain") == 0)
        nl_buf_puts(out, "            ':rule:_newslint_rules'\n        ;;\n");
    else if (strcmp(c->name, "rules") == 0)
        nl_buf_puts(out, "            && return\n        ;;\n");
    else if (strcmp(c->name, "check") == 0)
        nl_buf_puts(out, "            '*:path:_newslint_first'\n        ;;\n");
    else
        nl_buf_puts(out, "            '*:path:_files'\n        ;;\n");
}

void nl_generate_zsh(nl_buf *out) {
    nl_buf_puts(out, "#compdef newslint\n# Completion of newslint for zsh. Made by `make docs`.\n\n"
                     "_newslint_rules() {\n    local -a rules=(${(f)\"$(" RULE_IDS ")\"} ");
    put_checks(out);
    nl_buf_puts(out, ")\n    compadd -a rules\n}\n\n_newslint_first() {\n"
                     "    (( CURRENT == 2 )) && _describe command commands\n    _files\n}\n\n"
                     "_newslint() {\n    local -a commands=(\n");
    for (size_t i = 0; nl_commands[i]; i++) {
        nl_buf_printf(out, "        '%s:", nl_commands[i]->name);
        put_escaped(nl_commands[i]->summary, ":", out);
        nl_buf_puts(out, "'\n");
    }
    nl_buf_puts(out, "    )\n    local command=check\n"
                     "    if (( CURRENT > 2 )) && [[ -n ${(M)commands:#$words[2]:*} ]]; then\n"
                     "        command=$words[2]\n        shift words\n        (( CURRENT-- ))\n"
                     "    fi\n    case $command in\n");
    for (size_t i = 0; nl_commands[i]; i++)
        zsh_command(nl_commands[i], out);
    nl_buf_puts(out, "    esac\n}\n\n_newslint \"$@\"\n");
}

/* ---- fish ----------------------------------------------------------------------------------- */

static void fish_option(const nl_option *row, nl_buf *out) {
    nl_buf_puts(out, "complete -c newslint -n '__newslint_is");
    for (size_t i = 0; nl_commands[i]; i++)
        if (row->commands & nl_commands[i]->bit)
            nl_buf_printf(out, " %s", nl_commands[i]->name);
    nl_buf_putc(out, '\'');
    if (row->letter)
        nl_buf_printf(out, " -s %c", row->letter);
    nl_buf_printf(out, " -l %s", row->name);
    kind k = kind_of(row);
    if (k == KIND_FILE)
        nl_buf_puts(out, " -r -F");
    else if (k == KIND_OTHER)
        nl_buf_puts(out, " -x");
    else if (k == KIND_WORDS) {
        nl_buf_puts(out, " -x -a '");
        put_words(row, out);
        nl_buf_putc(out, '\'');
    }
    nl_buf_puts(out, " -d '");
    put_escaped(row->help, "'\\", out);
    nl_buf_puts(out, "'\n");
}

void nl_generate_fish(nl_buf *out) {
    nl_buf_puts(out, "# Completion of newslint for fish. Made by `make docs`.\n\n"
                     "function __newslint_is\n    set -l words (commandline -opc)\n"
                     "    set -l command check\n"
                     "    if set -q words[2]; and contains -- $words[2] ");
    put_names(out);
    nl_buf_puts(
        out, "\n        set command $words[2]\n    end\n    contains -- $command $argv\nend\n\n");
    for (size_t i = 0; nl_commands[i]; i++) {
        nl_buf_printf(out, "complete -c newslint -n __fish_is_first_arg -a %s -d '",
                      nl_commands[i]->name);
        put_escaped(nl_commands[i]->summary, "'\\", out);
        nl_buf_puts(out, "'\n");
    }
    nl_buf_puts(out, "complete -c newslint -n '__newslint_is rules' -f\n"
                     "complete -c newslint -n '__newslint_is explain' -f -a '(");
    put_escaped(RULE_IDS, "'\\", out);
    nl_buf_puts(out, ") ");
    put_checks(out);
    nl_buf_puts(out, "'\n");
    for (const nl_option *row = nl_option_rows; row->name; row++)
        fish_option(row, out);
}
