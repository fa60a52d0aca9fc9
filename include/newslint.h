/*
 * newslint: checks the articles of news sites, Markdown with front matter, against declarative
 * rules. This header is all that a program needs that wants to lint by itself; the command line
 * tool is a client of it.
 *
 *     const char *sets[] = {"news"};
 *     newslint_rules rules = {.sets = sets, .set_count = 1};
 *     newslint_engine *engine;
 *     newslint_result *problems;
 *     if (newslint_engine_new(&engine, &rules, &problems) == NEWSLINT_OK) {
 *         newslint_worker *worker = newslint_worker_new();
 *         newslint_article article = {.path = "a.md", .data = text, .size = size};
 *         newslint_result *result = newslint_lint(engine, worker, &article);
 *         for (size_t i = 0; i < newslint_result_count(result); i++)
 *             puts(newslint_result_get(result, i)->message.data);
 *         newslint_result_free(result);
 *         newslint_worker_free(worker);
 *         newslint_engine_free(engine);
 *     }
 *     newslint_result_free(problems);
 *
 * examples/lint.c and examples/lint.cc are whole programs.
 *
 * Text. What comes out is bytes with a length, followed by a NUL that is not counted, and valid
 * UTF-8 but for paths and the article's own text. What goes in as a pointer and a size needs no NUL
 * and need not be UTF-8. Offsets are bytes from 0 into the article as it was given; ranges are
 * half-open.
 *
 * Ownership. What a function named _new, newslint_lint() and its kin return is the caller's, to be
 * freed by the function named _free; these take NULL too, no other argument may be NULL but where
 * it says so. Everything that hangs on an object, strings among it, lives as long as the object.
 * Arguments are not kept: an engine keeps nothing of newslint_rules, a result nothing of its
 * engine or corpus (but see newslint_worker_spare()), worker or article.
 *
 * Threads. There is no global state. Every object may be handed from thread to thread; which may be
 * used by several at once is said at each.
 *
 * Errors. Trouble in a text, rule file or article, is a diagnostic; an index out of bounds or a
 * call in the wrong order is a mistake of the program, and undefined. When memory ends, the process
 * does, with a message on standard error and status 2.
 */
#ifndef NEWSLINT_H
#define NEWSLINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define NEWSLINT_API __attribute__((visibility("default")))
#else
#define NEWSLINT_API
#endif

/* The version of the library that runs, "MAJOR.MINOR.PATCH". Static. */
NEWSLINT_API const char *newslint_version(void);

typedef struct newslint_string {
    const char *data; /* NULL when there is none */
    size_t size;      /* in bytes */
} newslint_string;

typedef enum newslint_status {
    NEWSLINT_OK = 0,
    NEWSLINT_BAD_RULES /* a rule file is wrong or cannot be read: the problems say where and why */
} newslint_status;

typedef enum newslint_level {
    NEWSLINT_OFF = 0,
    NEWSLINT_INFO,
    NEWSLINT_WARNING,
    NEWSLINT_ERROR
} newslint_level;

typedef enum newslint_safety {
    NEWSLINT_NO_FIX = 0,
    NEWSLINT_SAFE,  /* loses nothing and changes no meaning */
    NEWSLINT_UNSAFE /* may change meaning: a person should look */
} newslint_safety;

/* A place in a text. Lines end at LF, CRLF or a lone CR. Lines and columns start at 1; a byte order
 * mark at the start is not counted; a byte that is not UTF-8 counts as one in every unit. */
typedef struct newslint_position {
    size_t offset; /* bytes from 0 */
    size_t line;
    size_t column;  /* in code points */
    size_t utf16;   /* column in UTF-16 code units */
    size_t byte;    /* column in bytes */
    size_t display; /* column in terminal cells, a tab going on to the next multiple of 8 */
} newslint_position;

typedef struct newslint_range {
    newslint_position start, end;
} newslint_range;

typedef struct newslint_related {
    newslint_string path;
    newslint_range range;
    newslint_string message;
} newslint_related;

/* Replaces the bytes from start to end by text. */
typedef struct newslint_edit {
    size_t start, end;
    newslint_string text;
} newslint_edit;

/* One finding. Owned by its result. Text that stems from an article has its control and
 * bidirectional characters escaped already in message and description. */
typedef struct newslint_diagnostic {
    newslint_string path;
    newslint_string rule; /* "set/rule" */
    newslint_level level;
    newslint_string message;
    newslint_range range;
    newslint_string field; /* "source.name", "tags[0]"; none where no field is meant */
    newslint_string help;
    newslint_string url;
    const newslint_related *related;
    size_t related_count;
    newslint_safety safety;      /* NEWSLINT_NO_FIX: the rest is empty */
    newslint_string description; /* of the fix */
    const newslint_edit *edits;  /* to be applied all or none; in order, not overlapping */
    size_t edit_count;
} newslint_diagnostic;

/* ---- Rules ---------------------------------------------------------------------------------- */

/* Compiled rules. Immutable: any number of threads may use one at once. */
typedef struct newslint_engine newslint_engine;

/* The diagnostics of one article, or of the rule files. Not changed once it was returned, but by
 * newslint_corpus_check(): any number of threads may read one at once. */
typedef struct newslint_result newslint_result;

/*
 * What may be asked of a run by bytes that strangers wrote (docs/limits.md). Zero means the
 * default; what is out of bounds counts as the nearest bound.
 */
typedef struct newslint_limits {
    size_t size;         /* bytes of an article; default 64 MiB */
    size_t lines;        /* of an article; default 10000000 */
    size_t front_matter; /* bytes of it; default 16 MiB */
    size_t depth;        /* of nested front matter; default 1000, at most 10000 */
    size_t values;       /* in front matter, or in a rule file; default 1000000 */
    size_t aliases;      /* values that aliases stand for; default 1000000 */
    size_t body_depth;   /* of nested quotes and lists; default 100, at most 1000 */
    size_t body_memory;  /* bytes for what cmark makes of a body; default 400 MiB */
    size_t body_steps;   /* looks of cmark at image brackets; default 200000000 */
    size_t findings;     /* of an article that are told; default 100000 */
    size_t places;       /* damaged places, and odd characters, of a text; default 500000 */
    size_t matches;      /* of a pattern in a text; default 1000 */
    size_t targets;      /* values that a field path leads to; default 100000 */
    size_t regex_steps;  /* of a regex at a place of a text; default 1000000 */
    size_t fix_looks;    /* at an article for fixes that must be refused; default 200 */
    size_t rule_file;    /* bytes of a rule file; default 16 MiB */
    size_t rule_depth;   /* of a nested rule file; default 200 */
    size_t rule_files;   /* that `extends` comes to; default 1000 */
    size_t extends;      /* levels of it; default 32 */
    size_t regex;        /* bytes of a regex in a rule file; default 64 KiB */
} newslint_limits;

/* What to compile. Zero means the default for every member. */
typedef struct newslint_rules {
    const char *const *sets; /* names of built-in sets, or paths of rule files; later ones win */
    size_t set_count;
    const char *text; /* where there are no sets: the text of one rule file */
    size_t size;
    const char *path; /* what that file is called; what it extends is relative to its folder */
    int64_t now; /* seconds since 1970-01-01T00:00:00Z, for `now` in rules; 0: the epoch itself */
    newslint_limits limits;
    bool reference; /* read every article with libyaml and cmark; the findings are the same */
} newslint_rules;

/* Loads and compiles, which takes some milliseconds: do it once. *problems is set to the
 * diagnostics on the rule files, NULL if there is none; there may be some where all went well.
 * *engine is NULL unless NEWSLINT_OK is returned. Reads no file but
 * rule files. */
NEWSLINT_API newslint_status newslint_engine_new(newslint_engine **engine,
                                                 const newslint_rules *rules,
                                                 newslint_result **problems);
NEWSLINT_API void newslint_engine_free(newslint_engine *engine);

/* The limits in force, defaults filled in: what is larger than `size`, say, need not be read. */
NEWSLINT_API newslint_limits newslint_engine_limits(const newslint_engine *engine);

/* Does the rule file want this path checked (`include`, `exclude`)? The path is relative to the
 * folder of the rule file. */
NEWSLINT_API bool newslint_engine_wants(const newslint_engine *engine, const char *path);

/* Has the engine rules that compare articles with each other? Then a newslint_corpus is needed. */
NEWSLINT_API bool newslint_engine_needs_corpus(const newslint_engine *engine);

/* ---- Articles ------------------------------------------------------------------------------- */

typedef struct newslint_article {
    const char *path;      /* shown in diagnostics */
    const char *rule_path; /* from the rule file's folder, for globs; NULL: the same as path */
    const char *data;
    size_t size; /* in bytes */
} newslint_article;

/* Scratch memory, reused from article to article. One thread at a time. */
typedef struct newslint_worker newslint_worker;

NEWSLINT_API newslint_worker *newslint_worker_new(void);
NEWSLINT_API void newslint_worker_free(newslint_worker *worker);

/* From now on results are small: rule ids, helps and URLs in them are the engine's, and the paths
 * of what newslint_corpus_check() relates to are the corpus', which must be freed after them;
 * without `texts` they keep no text, for those who print no line of it: newslint_result_text(),
 * _line() and _locate() have nothing to say. */
NEWSLINT_API void newslint_worker_spare(newslint_worker *worker, bool texts);

/* From now on the worker measures what its time goes into; that costs some of it. */
NEWSLINT_API void newslint_worker_time(newslint_worker *worker);

/* What it measured: stages (`front matter`, `body`, `finish`) and rules by their ids. */
typedef struct newslint_timing {
    newslint_string what;
    uint64_t nanoseconds;
    uint64_t count; /* how often */
} newslint_timing;

NEWSLINT_API size_t newslint_worker_timing_count(const newslint_worker *worker);
NEWSLINT_API newslint_timing newslint_worker_timing(const newslint_worker *worker, size_t i);

/* Checks one article. Never NULL. Of one that is larger than the limit the data are not looked at:
 * what is said is that it is too large. */
NEWSLINT_API newslint_result *newslint_lint(const newslint_engine *engine, newslint_worker *worker,
                                            const newslint_article *article);

/* The same for a file, which is read. One that cannot be, or is larger than the limit,
 * has that as its only diagnostic (newslint/unreadable, newslint/too-large). rule_path may be NULL.
 */
NEWSLINT_API newslint_result *newslint_lint_file(const newslint_engine *engine,
                                                 newslint_worker *worker, const char *path,
                                                 const char *rule_path);

/* Checks, fixes, and checks again until nothing changes. *fixed is the new text, which the caller
 * frees with newslint_free(), or NULL when nothing was changed; *size is its length and *count the
 * number of fixes in it. The result is what is left, with positions in the new text. Writes no
 * file. To apply one fix alone, replace the ranges of its edits, the last first. */
NEWSLINT_API newslint_result *newslint_fix(const newslint_engine *engine, newslint_worker *worker,
                                           const newslint_article *article, bool unsafe_too,
                                           char **fixed, size_t *size, size_t *count);
NEWSLINT_API void newslint_free(void *memory); /* NULL is fine */

/* A result that says of a path what newslint itself has to say: `newslint/unreadable` and such. */
NEWSLINT_API newslint_result *newslint_result_of_trouble(const char *path, const char *rule,
                                                         const char *message);

/* The same at the level that the rules give it; without a diagnostic where that is off. The
 * article's data are not looked at. */
NEWSLINT_API newslint_result *newslint_trouble(const newslint_engine *engine,
                                               const newslint_article *article, const char *rule,
                                               const char *message);

/* The diagnostics, ordered by start, then rule; i from 0 to below the count. */
NEWSLINT_API size_t newslint_result_count(const newslint_result *result);
NEWSLINT_API const newslint_diagnostic *newslint_result_get(const newslint_result *result,
                                                            size_t i);

/* Bytes of memory that the result holds, about. The results of one worker lie together in blocks of
 * 64 KiB, or up to 2 MiB where most of them are kept; a block goes when the last of them was freed.
 */
NEWSLINT_API size_t newslint_result_memory(const newslint_result *result);

/* The path of the article, as it was given. */
NEWSLINT_API newslint_string newslint_result_path(const newslint_result *result);

/* A line of the checked text on which a diagnostic or a fix touches, or one beside it, without its
 * line end; {NULL, 0} for other lines. Lines start at 1. */
NEWSLINT_API newslint_string newslint_result_line(const newslint_result *result, size_t line);

/* The whole text that was checked, where there are diagnostics; else {NULL, 0}. Of problems: that
 * of the rule file, unless several have some. It lives as long as the result. */
NEWSLINT_API newslint_string newslint_result_text(const newslint_result *result);

/* Where an offset (of an edit, say) is in that text. Offsets behind the end are at the end. */
NEWSLINT_API newslint_position newslint_result_locate(const newslint_result *result, size_t offset);
NEWSLINT_API void newslint_result_free(newslint_result *result);

/* ---- Rules that compare articles ------------------------------------------------------------ */

/*
 * What articles tell each other. Add the results of one site's articles, seal, then check each that
 * is to be reported:
 *
 *     for each article to report: r = newslint_lint(…); newslint_corpus_add(corpus, r);
 *     for each other article of the site: r = newslint_index(…); newslint_corpus_add(corpus, r);
 *     newslint_corpus_seal(corpus, true);
 *     for each result to report: newslint_corpus_check(corpus, r);
 *
 * Several threads fill a corpus each, which are put together by newslint_corpus_merge() before
 * sealing. Nothing depends on the order of adding. A corpus keeps about 150 bytes of an article
 * beside its path, and nothing of the results.
 */
typedef struct newslint_corpus newslint_corpus;

NEWSLINT_API newslint_corpus *newslint_corpus_new(void);
NEWSLINT_API void newslint_corpus_free(newslint_corpus *corpus);

/* Runs only the rules that compare articles: a result without diagnostics, for
 * newslint_corpus_add() alone. Costs little more than reading the front matter. */
NEWSLINT_API newslint_result *newslint_index(const newslint_engine *engine, newslint_worker *worker,
                                             const newslint_article *article);

/* Has the article something to tell the others? */
NEWSLINT_API bool newslint_result_tells(const newslint_result *result);

/* One thread. An article must not be added twice. */
NEWSLINT_API void newslint_corpus_add(newslint_corpus *corpus, const newslint_result *result);

/* Moves all that was added to `from` into `corpus`, which must not be the same, and frees `from`.
 * One thread. */
NEWSLINT_API void newslint_corpus_merge(newslint_corpus *corpus, newslint_corpus *from);

/* Tells which files there are besides articles, for links that lead to them: `path` is relative to
 * the folder that rule paths start at. Called from newslint_corpus_seal() and, by several threads
 * at once, newslint_corpus_check(). Without it a link to what is no article is reported if the
 * corpus is whole. */
NEWSLINT_API void newslint_corpus_files(newslint_corpus *corpus,
                                        bool (*is_file)(void *context, const char *path),
                                        void *context);

/* After the last addition. `whole`: every article of the site was added. */
NEWSLINT_API void newslint_corpus_seal(newslint_corpus *corpus, bool whole);

/* Could newslint_corpus_check() say anything of the article that was added with this path? What is
 * of no concern need not be kept until all were added. Sealed; several threads at once. */
NEWSLINT_API bool newslint_corpus_concerns(const newslint_corpus *corpus, const char *path);

/* Adds the diagnostics that come of the comparison. Sealed; several threads at once, each with a
 * result of its own. Once for each result. */
NEWSLINT_API void newslint_corpus_check(const newslint_corpus *corpus, newslint_result *result);

/* ---- Rules in force ------------------------------------------------------------------------- */

typedef struct newslint_rule {
    newslint_string id, summary, help, url;
    newslint_level level;
    newslint_safety safety; /* the most that its fixes can be */
} newslint_rule;

/* Each rule id once, in order of id, wherever its rule is in force; i from 0 to below the count.
 * The strings are the engine's. */
NEWSLINT_API size_t newslint_engine_rule_count(const newslint_engine *engine);
NEWSLINT_API newslint_rule newslint_engine_rule(const newslint_engine *engine, size_t i);

#ifdef __cplusplus
}
#endif

#endif
