/*
 * Reading whole files with few system calls, reading and writing descriptors, and the parts of
 * paths. Trouble is an error value with a sentence that names the path and the cause; nothing is
 * printed here. Every error may be NULL where the sentence is not wanted.
 */
#ifndef NL_BASE_FILE_H
#define NL_BASE_FILE_H

#include "base/buf.h"
#include "base/str.h"
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

typedef struct nl_error {
    int code;        /* errno, or 0 for none */
    char text[1024]; /* "cannot read `a.md`: Permission denied"; names are made visible */
} nl_error;

/* A sentence that is too long is cut between characters. */
void nl_error_set(nl_error *e, int code, const char *format, ...) NL_PRINTF(3, 4);

/* Appends the path between backquotes, visible, cut at the front when it is long. */
void nl_path_show(const char *path, nl_buf *out);

/* "cannot VERB `path`: what errno means"; a long path loses its beginning, not the cause. */
void nl_error_path(nl_error *e, int code, const char *verb, const char *path);

/* What a file was when it was read, to see later whether it still is. */
typedef struct nl_file_id {
    dev_t device;
    ino_t inode;
    off_t size;
    struct timespec modified, changed;
} nl_file_id;

nl_file_id nl_file_id_of(const struct stat *st);
bool nl_file_id_eq(const nl_file_id *a, const nl_file_id *b);

typedef enum nl_read {
    NL_READ_OK,
    NL_READ_FAILED,
    NL_READ_TOO_LARGE, /* more than `max` bytes */
    NL_READ_SPECIAL    /* a FIFO, socket, device or folder: not read */
} nl_read;

/*
 * Appends the whole file to `out`, at most `max` bytes; whatever is not NL_READ_OK leaves `out` as
 * it was and sets the error. The size that the system tells is a hint only: a file of /proc, or one
 * that grows or shrinks, is read to its end. id may be NULL. Never blocks on a FIFO.
 */
nl_read nl_file_read(const char *path, size_t max, nl_buf *out, nl_file_id *id, nl_error *error);

/* The folder of the file that was read last. It is open from the second file on, so that the system
 * need not go its whole way for each. */
typedef struct nl_folder {
    nl_buf path; /* with the slash */
    int fd;      /* -1: not open, as it must be at first */
} nl_folder;

/* The same of a file that was an ordinary one when it was listed, which is seldom asked about
 * again: a small one is read to its end without. Those that are read one after the other share
 * `near`. `fd` is what nl_file_open_listed() gave, which is not closed, or -1. */
nl_read nl_file_read_listed(nl_folder *near, int fd, const char *path, size_t max, nl_buf *out,
                            nl_error *error);

/* Opens it before it is to be read. A descriptor for the caller to close, or -1: reading it will
 * tell why. */
int nl_file_open_listed(nl_folder *near, const char *path);

/* Closes it and forgets its path. */
void nl_folder_leave(nl_folder *f);

/* Is it certain that nothing has this path? A link that leads to nothing is missing too. */
bool nl_file_is_missing(const char *path);

/* Reads a descriptor (standard input) to its end, at most `max` bytes; waits on one that was set
 * not to block. */
nl_read nl_file_read_fd(int fd, size_t max, nl_buf *out, nl_error *error);

/* Writes all bytes to a descriptor, going on after short writes, EINTR and EAGAIN. */
bool nl_file_write_fd(int fd, const char *p, size_t n, nl_error *error);

/* For showing: without "." components, doubled slashes and a slash at the end, ".." untouched. "./"
 * becomes ".". In `out`. */
void nl_path_clean(const char *path, nl_buf *out);

/* The part before the last slash ("" if none, "/" for what is in the root), and behind it. */
nl_str nl_path_dir(nl_str path);
nl_str nl_path_name(nl_str path);

/* base + "/" + name, or name if it is absolute or base is empty. */
void nl_path_join(nl_str base, nl_str name, nl_buf *out);

#endif
