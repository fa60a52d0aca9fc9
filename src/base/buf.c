/* The growing buffer of buf.h. */
#include "base/buf.h"

#include "base/mem.h"
#include "base/utf8.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST = 64 }; /* bytes: few buffers hold less in the end */

void nl_buf_reserve(nl_buf *b, size_t more) {
    if (more <= b->cap - b->n)
        return;
    if (more > SIZE_MAX - b->n)
        nl_mem_fail(SIZE_MAX);
    b->p = nl_grow(b->p, &b->cap, b->n + more < FIRST ? FIRST : b->n + more, 1);
}

void nl_buf_add(nl_buf *b, const char *p, size_t n) {
    if (n == 0)
        return;
    nl_buf_reserve(b, n);
    memcpy(b->p + b->n, p, n);
    b->n += n;
}

void nl_buf_putc(nl_buf *b, char c) {
    nl_buf_add(b, &c, 1);
}

void nl_buf_put_cp(nl_buf *b, uint32_t cp) {
    char bytes[4];
    size_t n = nl_utf8_write(cp, bytes);
    nl_buf_add(b, bytes, n);
}

void nl_buf_put_size(nl_buf *b, size_t n) {
    char digits[3 * sizeof n];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + n % 10);
    while (n /= 10);
    nl_buf_add(b, digits + at, sizeof digits - at);
}

/* Mostly it fits into what is reserved, and is written once. */
void nl_buf_vprintf(nl_buf *b, const char *format, va_list ap) {
    va_list again;
    va_copy(again, ap);
    nl_buf_reserve(b, FIRST);
    int n = vsnprintf(b->p + b->n, b->cap - b->n, format, ap);
    assert(n >= 0);
    if ((size_t)n >= b->cap - b->n) {
        nl_buf_reserve(b, (size_t)n + 1);
        (void)vsnprintf(b->p + b->n, (size_t)n + 1, format, again);
    }
    b->n += (size_t)n;
    va_end(again);
}

void nl_buf_printf(nl_buf *b, const char *format, ...) {
    va_list ap;
    va_start(ap, format);
    nl_buf_vprintf(b, format, ap);
    va_end(ap);
}

void nl_buf_free(nl_buf *b) {
    free(b->p);
    *b = (nl_buf){0};
}

const char *nl_buf_c(nl_buf *b) {
    nl_buf_reserve(b, 1);
    b->p[b->n] = 0;
    return b->p;
}
