/*
 * measure RUNS COMMAND...: runs a command so often, its output thrown away, and prints the median
 * of the wall time in seconds, of the processor time in seconds, and the peak memory in KiB. The
 * command may end with 1, as newslint does when it finds something.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 101 };

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

static void run(char **command) {
    int null = open("/dev/null", O_RDWR);
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    execvp(command[0], command);
    _exit(127);
}

int main(int argc, char **argv) {
    size_t runs = argc > 2 ? strtoul(argv[1], NULL, 10) : 0;
    double wall[MOST], cpu[MOST];
    long memory = 0;
    if (runs < 1 || runs > MOST) {
        fputs("usage: measure RUNS COMMAND...\n", stderr);
        return 2;
    }
    for (size_t i = 0; i < runs; i++) {
        struct timespec start, end;
        struct rusage usage;
        int status = 0;
        clock_gettime(CLOCK_MONOTONIC, &start);
        pid_t child = fork();
        if (child == 0)
            run(argv + 2);
        if (child < 0 || wait4(child, &status, 0, &usage) < 0 || !WIFEXITED(status) ||
            WEXITSTATUS(status) > 1) {
            fprintf(stderr, "measure: %s failed\n", argv[2]);
            return 1;
        }
        clock_gettime(CLOCK_MONOTONIC, &end);
        wall[i] = seconds(end) - seconds(start);
        cpu[i] = of_timeval(usage.ru_utime) + of_timeval(usage.ru_stime);
        memory = usage.ru_maxrss > memory ? usage.ru_maxrss : memory;
    }
    printf("%.5f %.5f %ld\n", median(wall, runs), median(cpu, runs), memory);
    return 0;
}
