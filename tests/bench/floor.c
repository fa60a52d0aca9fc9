/*
 * floor THREADS DIR...: what the libraries cost, with nothing around them: walk the folders, read
 * each .md file, look whether it is UTF-8, read the events of its front matter by libyaml with a
 * new parser, parse its body by cmark with its default allocator, and match 24 regular expressions
 * (PCRE2, compiled with JIT) with values of fields. Prints how many articles it read. That is the
 * measure newslint is held to; what it makes of all this is newslint's own affair.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <cmark.h>
#include <dirent.h>
#include <fcntl.h>
#include <pcre2.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml.h>

enum { PATTERNS = 24, BATCH = 64 };

static const char *const patterns[PATTERNS] = {
    "^[A-Z]",
    "^.{1,110}$",
    "^\\d{4}-\\d\\d-\\d\\dT",
    "(Z|[+-]\\d\\d:\\d\\d)$",
    "^[a-z]{2}$",
    "^\\d+$",
    "^[A-Za-z ]+$",
    "^[a-z]+$",
    "^(RSS|API)$",
    "^[A-Z]+$",
    "^[\\p{Lu}\\d]",
    "\\s$",
    "^\\s",
    "  ",
    "^https?://[^/\\s]+/",
    "&(amp|quot|lt|gt);",
    "\\.{3,}|\\.\\.",
    "TODO|FIXME|TKTK",
    "^(true|false)$",
    "^-?\\d+(\\.\\d+)?$",
    "[!?]{2,}",
    "\xC3\xA2\xE2\x82\xAC",
    "^(POSITIVE|NEGATIVE|NEUTRAL)$",
    "(.)\\1{4}",
};

typedef struct list {
    char **paths;
    size_t count, cap;
} list;

typedef struct job {
    const list *files;
    pcre2_code *code[PATTERNS];
    atomic_size_t next, read, matched;
} job;

typedef struct text {
    char *p;
    size_t n, cap;
} text;

static void *must(void *p) {
    if (!p)
        abort();
    return p;
}

/* ---- Walking -------------------------------------------------------------------------------- */

static void walk(list *l, const char *folder) {
    DIR *dir = opendir(folder);
    if (!dir)
        return;
    for (struct dirent *e; (e = readdir(dir));) {
        size_t n = strlen(e->d_name), size = strlen(folder) + n + 2;
        bool article = n > 3 && strcmp(e->d_name + n - 3, ".md") == 0;
        if (e->d_name[0] == '.' || (!article && e->d_type != DT_DIR))
            continue;
        char *path = must(malloc(size));
        snprintf(path, size, "%s/%s", folder, e->d_name);
        if (e->d_type == DT_DIR) {
            walk(l, path);
            free(path);
            continue;
        }
        if (l->count == l->cap)
            l->paths = must(realloc(l->paths, (l->cap = l->cap * 2 + 64) * sizeof *l->paths));
        l->paths[l->count++] = path;
    }
    closedir(dir);
}

/* ---- One article ---------------------------------------------------------------------------- */

static bool read_file(const char *path, text *t) {
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0)
        return false;
    if ((size_t)st.st_size + 1 > t->cap)
        t->p = must(realloc(t->p, t->cap = (size_t)st.st_size * 2 + 1));
    ssize_t got = read(fd, t->p, (size_t)st.st_size);
    close(fd);
    t->n = got > 0 ? (size_t)got : 0;
    return got >= 0;
}

/* Eight bytes of ASCII at once, all else by lead and continuation. */
static bool is_utf8(const char *p, size_t n) {
    for (size_t i = 0; i < n;) {
        uint64_t eight;
        if (i + 8 <= n && (memcpy(&eight, p + i, 8), !(eight & 0x8080808080808080u))) {
            i += 8;
            continue;
        }
        unsigned char c = (unsigned char)p[i++];
        if (c < 0x80)
            continue;
        size_t more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
        if (c < 0xC2 || c > 0xF4 || n - i < more)
            return false;
        while (more-- > 0)
            if (((unsigned char)p[i++] & 0xC0) != 0x80)
                return false;
    }
    return true;
}

/* Where the front matter's content and the body begin; false without front matter. */
static bool split(const text *t, size_t *end, size_t *body) {
    if (t->n < 4 || memcmp(t->p, "---\n", 4) != 0)
        return false;
    for (const char *p = t->p + 3; (p = memchr(p, '\n', (size_t)(t->p + t->n - p)));) {
        p++;
        if (t->p + t->n - p >= 4 && memcmp(p, "---\n", 4) == 0) {
            *end = (size_t)(p - t->p);
            *body = *end + 4;
            return true;
        }
    }
    return false;
}

typedef struct matcher {
    pcre2_match_data *data;
    pcre2_jit_stack *stack;
    pcre2_match_context *context;
} matcher;

/* The events, and one pattern for each of the first 24 values, keys included. */
static size_t read_yaml(job *j, matcher *m, const char *p, size_t n) {
    yaml_parser_t parser;
    size_t scalars = 0, matched = 0;
    if (!yaml_parser_initialize(&parser))
        abort();
    yaml_parser_set_input_string(&parser, (const unsigned char *)p, n);
    for (bool more = true; more;) {
        yaml_event_t e;
        if (!yaml_parser_parse(&parser, &e))
            break;
        more = e.type != YAML_STREAM_END_EVENT;
        if (e.type == YAML_SCALAR_EVENT && scalars < PATTERNS)
            matched += pcre2_match(j->code[scalars++], e.data.scalar.value, e.data.scalar.length, 0,
                                   PCRE2_NO_UTF_CHECK, m->data, m->context) > 0;
        yaml_event_delete(&e);
    }
    yaml_parser_delete(&parser);
    return matched;
}

static void read_article(job *j, matcher *m, const text *t) {
    size_t end = 0, body = 0;
    if (!is_utf8(t->p, t->n))
        return;
    if (split(t, &end, &body))
        atomic_fetch_add_explicit(&j->matched, read_yaml(j, m, t->p + 4, end - 4),
                                  memory_order_relaxed);
    cmark_node_free(cmark_parse_document(t->p + body, t->n - body, CMARK_OPT_DEFAULT));
    atomic_fetch_add_explicit(&j->read, 1, memory_order_relaxed);
}

/* ---- Threads -------------------------------------------------------------------------------- */

static void *work(void *context) {
    job *j = context;
    text t = {0};
    matcher m = {pcre2_match_data_create(10, NULL), pcre2_jit_stack_create(32768, 524288, NULL),
                 pcre2_match_context_create(NULL)};
    pcre2_jit_stack_assign(m.context, NULL, m.stack);
    for (size_t at; (at = atomic_fetch_add(&j->next, BATCH)) < j->files->count;)
        for (size_t i = at; i < at + BATCH && i < j->files->count; i++)
            if (read_file(j->files->paths[i], &t))
                read_article(j, &m, &t);
    pcre2_match_data_free(m.data);
    pcre2_match_context_free(m.context);
    pcre2_jit_stack_free(m.stack);
    free(t.p);
    return NULL;
}

int main(int argc, char **argv) {
    list files = {0};
    job j = {.files = &files};
    unsigned threads = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 1;
    for (size_t i = 0; i < PATTERNS; i++) {
        int code;
        PCRE2_SIZE at;
        j.code[i] = must(pcre2_compile((PCRE2_SPTR)patterns[i], PCRE2_ZERO_TERMINATED,
                                       PCRE2_UTF | PCRE2_UCP, &code, &at, NULL));
        pcre2_jit_compile(j.code[i], PCRE2_JIT_COMPLETE);
    }
    for (int i = 2; i < argc; i++)
        walk(&files, argv[i]);
    pthread_t *ids = must(calloc(threads ? threads : 1, sizeof *ids));
    for (unsigned i = 1; i < threads; i++)
        pthread_create(&ids[i], NULL, work, &j);
    work(&j);
    for (unsigned i = 1; i < threads; i++)
        pthread_join(ids[i], NULL);
    printf("%zu articles, %zu matches\n", j.read, j.matched);
    for (size_t i = 0; i < PATTERNS; i++)
        pcre2_code_free(j.code[i]);
    for (size_t i = 0; i < files.count; i++)
        free(files.paths[i]);
    free(files.paths);
    free(ids);
    return 0;
}
