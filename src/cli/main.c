/* Finds the command, reads its options, and runs it. */
#include "cli/options.h"
#include "cli/output.h"
#include <errno.h>
#include <fcntl.h>
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

static int print_limits(void) {
    nl_buf text = {0};
    nl_help_write_limits(&text);
    return print(&text);
}

static int print_version(void) {
    nl_buf text = {0};
    nl_buf_printf(&text, "newslint %s\n", newslint_version());
    return print(&text);
}

/* A first word that is no command is a path; where there is no such path, it may have been meant
 * as a command. */
static void hint_at_command(const char *word) {
    nl_str names[16];
    size_t count = 0;
    if (word[0] == '-' || access(word, F_OK) == 0)
        return;
    for (; count < sizeof names / sizeof *names && nl_commands[count]; count++)
        names[count] = nl_str_c(nl_commands[count]->name);
    const nl_str *near = nl_str_nearest(nl_str_c(word), names, count);
    if (near)
        nl_fail("there is no such command: did you mean `newslint %s`?", near->p);
    else if (strcmp(word, "help") == 0)
        nl_fail("there is no such command: did you mean `newslint --help`?");
}

/* Where one of the three standard descriptors is closed, the next file to be opened would get its
 * number, and what is said on standard error would go into an article. What holds the place here
 * can be neither written (1, 2) nor read (0), so that whoever tries is told. */
static bool hold_standard_descriptors(void) {
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF)
            continue;
        if (open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd) {
            nl_fail("cannot open `/dev/null` in place of a closed descriptor: %s", strerror(errno));
            return false;
        }
    }
    return true;
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
    if (!hold_standard_descriptors())
        return NL_STATUS_FAILED;
    if (!nl_options_read(&o, command, argv + first, argc > first ? (size_t)(argc - first) : 0,
                         &error))
        status = nl_fail("%s", error.text);
    else if (o.help)
        status = print_help(command, named);
    else if (o.limits_help)
        status = print_limits();
    else if (o.version)
        status = print_version();
    else {
        if (!named && argc > 1)
            hint_at_command(argv[1]);
        /* There is a first command. NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
        status = command->run(&o);
    }
    nl_options_free(&o);
    return status;
}
