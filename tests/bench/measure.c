/*
 * measure ROUNDS COMMAND... [-- COMMAND...]...: runs the commands in turn, each once a round, so
 * that what else the machine does falls on all of them; their output is thrown away. Prints for
 * each the medians of the wall time and the processor time in seconds, and the peak memory in KiB.
 * A command may end with 1, as newslint does when it finds something.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 101, COMMANDS = 16 };

typedef struct command {
    char **words;
    double wall[ROUNDS], cpu[ROUNDS];
    long memory;
} command;

static double seconds(struct timespec t) {
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double of_timeval(struct timeval t) {
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, size_t n) {
    qsort(values, n, sizeof *values, by_size);
    return values[n / 2];
}

static void run(char **words) {
    int null = open("/dev/null", O_RDWR);
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    execvp(words[0], words);
    _exit(127);
}

static bool measure(command *c, size_t round) {
    struct timespec start, end;
    struct rusage usage;
    int status = 0;
    clock_gettime(CLOCK_MONOTONIC, &start);
    pid_t child = fork();
    if (child == 0)
        run(c->words);
    if (child < 0 || wait4(child, &status, 0, &usage) < 0 || !WIFEXITED(status) ||
        WEXITSTATUS(status) > 1) {
        fprintf(stderr, "measure: %s failed\n", c->words[0]);
        return false;
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    c->wall[round] = seconds(end) - seconds(start);
    c->cpu[round] = of_timeval(usage.ru_utime) + of_timeval(usage.ru_stime);
    c->memory = usage.ru_maxrss > c->memory ? usage.ru_maxrss : c->memory;
    return true;
}

int main(int argc, char **argv) {
    static command commands[COMMANDS];
    size_t rounds = argc > 2 ? strtoul(argv[1], NULL, 10) : 0, count = 0;
    for (int i = 1; i < argc && rounds; i++) {
        if (i > 1 && strcmp(argv[i], "--") != 0)
            continue;
        if (count == COMMANDS || i + 1 >= argc)
            rounds = 0;
        else
            commands[count++].words = argv + i + 1;
        argv[i] = NULL;
    }
    for (size_t i = 0; i < count; i++)
        if (!commands[i].words[0])
            rounds = 0;
    if (rounds < 1 || rounds > ROUNDS) {
        fputs("usage: measure ROUNDS COMMAND... [-- COMMAND...]...\n", stderr);
        return 2;
    }
    for (size_t round = 0; round < rounds; round++)
        for (size_t i = 0; i < count; i++)
            if (!measure(&commands[i], round))
                return 1;
    for (size_t i = 0; i < count; i++)
        printf("%.5f %.5f %ld\n", median(commands[i].wall, rounds), median(commands[i].cpu, rounds),
               commands[i].memory);
    return 0;
}
