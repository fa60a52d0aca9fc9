/*
 * Writing to descriptors so that an interrupted program leaves whole lines, and terminals.
 */
#ifndef NL_CLI_OUTPUT_H
#define NL_CLI_OUTPUT_H

#include "cli/options.h"

/* Writes all; to a pipe in pieces of whole lines that the system writes as one. False with errno
 * set when it cannot. */
bool nl_output_all(int fd, nl_str text);

/* The same for what people read: in a job of a CI service nothing of it is taken for a command. */
bool nl_output_lines(int fd, nl_str text);

/* Is this a job of GitHub or Azure Pipelines, as they say? */
bool nl_output_in_job(void);

/*
 * After nl_output_all() failed on standard output: where the reader has closed the pipe, ends the
 * program as SIGPIPE would, without a word; else says what happened and returns 2.
 */
int nl_output_failed(void);

/* Is the descriptor to be written in colour? By --color, NO_COLOR, FORCE_COLOR, TERM and whether
 * it is a terminal. */
bool nl_output_colored(int fd, int color);

/* Cells in a line of the terminal; 0 if it is none. */
size_t nl_output_width(int fd);

#endif
