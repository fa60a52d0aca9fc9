/*
 * What a folder holds that may be of interest: folders, and files whatever their names, sorted as
 * if folders' names ended in a slash, which is the order of their articles' paths.
 */
#ifndef NL_RUN_LISTING_H
#define NL_RUN_LISTING_H

#include "base/buf.h"
#include "run/walk.h"

typedef struct nl_listing_entry {
    size_t name; /* in the names; of a folder with a slash behind */
    bool folder;
} nl_listing_entry;

typedef struct nl_listing {
    nl_buf names; /* each with a NUL behind */
    nl_listing_entry *entries;
    size_t count, cap;
    unsigned ignores; /* which ignore files are there: see ignore.h */
} nl_listing;

/* Fills an empty listing and counts what is left out and why. False and errno if the folder cannot
 * be read to its end; the listing is empty then. */
bool nl_listing_read(nl_listing *l, const char *path, nl_walk_left *left);
void nl_listing_free(nl_listing *l);

bool nl_listing_is_hidden(nl_str name);
bool nl_listing_is_modules(nl_str name);

#endif
