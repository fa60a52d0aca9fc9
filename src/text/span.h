/* A range of bytes in a text, half-open. */
#ifndef NL_TEXT_SPAN_H
#define NL_TEXT_SPAN_H

#include <stdbool.h>
#include <stddef.h>

typedef struct nl_span {
    size_t start, end;
} nl_span;

static inline nl_span nl_span_of(size_t start, size_t end) {
    return (nl_span){start, end};
}

#endif
