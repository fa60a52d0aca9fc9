/* A folder of one process, in memory where the system has such, for targets that read files. */
#ifndef NL_FUZZ_SCRATCH_H
#define NL_FUZZ_SCRATCH_H

#include "fuzz.h"

#include "base/str.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static char scratch_folder[64];

static inline void scratch_remove(void) {
    static const char *const names[] = {".gitignore", ".newslintignore", "baseline.txt", "a.md"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", scratch_folder, names[i]);
        unlink(path);
    }
    rmdir(scratch_folder);
}

static inline void scratch_make(void) {
    const char *where = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(scratch_folder, sizeof scratch_folder, "%s/newslint-fuzz-XXXXXX", where);
    require(mkdtemp(scratch_folder) != NULL);
    atexit(scratch_remove);
}

static inline const char *scratch_path(const char *name) {
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", scratch_folder, name);
    return path;
}

static inline void scratch_write(const char *name, nl_str text) {
    int fd = open(scratch_path(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    require(fd >= 0);
    require(text.n == 0 || write(fd, text.p, text.n) == (ssize_t)text.n);
    close(fd);
}

#endif
