/* Finds the command, reads its options, and runs it. */
#include "cli/options.h"
#include "cli/output.h"
#include "newslint.h"
#include <string.h>
#include <unistd.h>

static bool is_named(const nl_command *c, const char *word) {
    nl_str name = nl_str_c(c->name);
    return nl_str_is(name, word);
}

static int print(nl_buf *text) {
    int status = nl_output_all(STDOUT_FILENO, nl_buf_str(text)) ? 0 : nl_output_failed();
    nl_buf_free(text);
    return status;
}

static int print_help(const nl_command *command, bool named) {
    nl_buf text = {0};
    if (named)
        nl_help_write(command, &text);
    else
        nl_help_write_all(&text);
    return print(&text);
}

static int print_version(void) {
    nl_buf text = {0};
    nl_buf_printf(&text, "newslint %s\n", newslint_version());
    return print(&text);
}

int main(int argc, char **argv) {
    const nl_command *command = nl_commands[0];
    bool named = false;
    for (size_t i = 0; argc > 1 && !named && nl_commands[i]; i++)
        if (is_named(nl_commands[i], argv[1])) {
            command = nl_commands[i];
            named = true;
        }
    int first = named ? 2 : 1;
    nl_options o = {0};
    nl_error error = {0};
    int status;
    if (!nl_options_read(&o, command, argv + first, argc > first ? (size_t)(argc - first) : 0,
                         &error))
        status = nl_fail("%s", error.text);
    else if (o.help)
        status = print_help(command, named);
    else if (o.version)
        status = print_version();
    else
        status = command->run(&o);
    nl_options_free(&o);
    return status;
}
