/*
 * A growing buffer of bytes, for output and scratch. All zero bytes is valid and empty. `p` is NULL
 * until something was added; nl_buf_str() is a view that the next addition may invalidate.
 */
#ifndef NL_BASE_BUF_H
#define NL_BASE_BUF_H

#include "base/str.h"
#include <stdarg.h>
#include <stdint.h>

typedef struct nl_buf {
    char *p;
    size_t n, cap;
} nl_buf;

#if defined(__GNUC__)
#define NL_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define NL_PRINTF(f, a)
#endif

void nl_buf_add(nl_buf *b, const char *p, size_t n);
void nl_buf_putc(nl_buf *b, char c);
void nl_buf_put_cp(nl_buf *b, uint32_t cp); /* as UTF-8 */
void nl_buf_put_size(nl_buf *b, size_t n);  /* in decimal */
void nl_buf_printf(nl_buf *b, const char *format, ...) NL_PRINTF(2, 3);
void nl_buf_vprintf(nl_buf *b, const char *format, va_list ap) NL_PRINTF(2, 0);
void nl_buf_reserve(nl_buf *b, size_t more);
void nl_buf_free(nl_buf *b);
const char *nl_buf_c(nl_buf *b); /* NUL-terminated; valid until the next addition */

static inline void nl_buf_str_add(nl_buf *b, nl_str s) {
    nl_buf_add(b, s.p, s.n);
}

static inline void nl_buf_puts(nl_buf *b, const char *c) {
    nl_buf_add(b, c, strlen(c));
}

/* Keeps the memory. */
static inline void nl_buf_clear(nl_buf *b) {
    b->n = 0;
}

static inline nl_str nl_buf_str(const nl_buf *b) {
    return nl_str_n(b->p, b->n);
}

#endif
