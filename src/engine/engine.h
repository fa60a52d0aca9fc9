/*
 * Inside the engine: what newslint.h keeps opaque. An engine is a rule set that is never changed
 * once it is made; a worker is one thread's memory; a result owns its diagnostics.
 */
#ifndef NL_ENGINE_ENGINE_H
#define NL_ENGINE_ENGINE_H

#include "base/crate.h"
#include "base/timing.h"
#include "doc/article.h"
#include "newslint.h"
#include "rule/ruleset.h"

struct newslint_engine {
    nl_ruleset *rules;
    nl_limits limits;
    nl_readers readers;
    int64_t now;
    newslint_rule *listed; /* each id once, by id */
    size_t listed_count;
    bool corpus;   /* has rules that compare articles */
    bool anywhere; /* rules speak of every path, whatever their `files`: for their examples */
};

struct newslint_worker {
    nl_arena arenas[2]; /* of the text being checked and, for fixes, of the one before */
    nl_matcher *matcher;
    nl_buf scratch;    /* of checks */
    nl_timing *timing; /* NULL: nothing is measured */
    nl_crates results; /* that it made */
    bool no_texts;     /* results keep none */
    bool sharing;      /* results share the engine's strings */
};

/* What an article tells the others, made independent of the article. */
typedef struct nl_told {
    newslint_string rule, field, help, url, shown, message;
    newslint_level level;
    bool suppressed; /* the article wants nothing said of it */
    size_t pending; /* diagnostic of the result that is untrue if there is something; or SIZE_MAX */
    uint64_t key[2];
    newslint_range range;
    bool wants; /* a file, or a place in it: see nl_fact */
    nl_hash anchor;
    newslint_string no_anchor;
} nl_told;

struct newslint_result {
    nl_crated place; /* in memory that it may share with other results of its worker */
    nl_arena added;  /* what newslint_corpus_check() adds, on whatever thread */
    bool sharing;    /* rules, helps and urls are the engine's */
    newslint_string path;
    newslint_string text; /* the whole of it when there is a diagnostic or a fact */
    size_t *lines;        /* offset of each line, made with the text */
    size_t line_count;
    nl_source_mark *marks; /* of long lines, or NULL */
    newslint_diagnostic *items;
    size_t count;
    nl_told *told;
    size_t told_count;
    nl_hash *there; /* what links may lead to */
    size_t there_count;
    newslint_diagnostic *pending; /* unused suppressions, unless the comparison finds something */
    size_t pending_count;
};

/* Bytes of a diagnostic or a fact with what hangs on it, about. */
enum { NL_SAID = 512 };

/* One article, looked at: everything in the arena. */
typedef struct nl_look {
    nl_article article;
    nl_str path;      /* from the rule file's folder */
    nl_diags diags;   /* sorted */
    nl_diags pending; /* true unless a fact that points to it is shared; not sorted */
    nl_facts facts;
} nl_look;

/* Is the article too large, or are its lines too many, to be looked at? */
bool nl_is_refused(const newslint_engine *engine, const newslint_article *article);

/* What is said of such an article; NULL of any other. */
newslint_result *nl_refuse(const newslint_engine *engine, const newslint_article *article);

/* Runs the rules over a text, in one of the worker's arenas. */
void nl_look_at(const newslint_engine *engine, newslint_worker *worker, nl_arena *arena,
                const char *path, const char *rule_path, nl_str bytes, nl_look *look);

/* Says which limits kept something of the article from being looked at or told. */
void nl_look_limit(nl_look *look);

/* One of the limits that kept findings from being told, or NL_LIMIT_COUNT. */
nl_limit_id nl_look_limited_by(const nl_look *look);

/* Applies the article's suppression comments, and says what is wrong with them. */
void nl_look_suppress(const newslint_engine *engine, nl_arena *arena, nl_look *look);

/* A result of diagnostics: begun, filled and ended before its worker begins another one. Without a
 * worker it stands alone. About `more` bytes will be filled in. */
newslint_result *nl_result_new(newslint_worker *worker, const char *path, size_t more);
void nl_result_end(newslint_result *r);

/* What newslint itself has to say of a path; nothing at level off. */
newslint_result *nl_result_of_trouble(const char *path, const char *rule, nl_level level,
                                      const char *message);
void nl_result_add(newslint_result *r, nl_str path, nl_source *source, const nl_diags *diags);
void nl_result_wait(newslint_result *r, nl_source *source, const nl_diags *pending);
void nl_result_tell(newslint_result *r, nl_source *source, const nl_facts *facts);
void nl_result_keep_text(newslint_result *r, nl_source *source);

/* Does the new text say what the old one said, but for the values that the edits touch? False: *why
 * is a sentence. With `unsafe`, keys may be added. */
bool nl_fix_is_true(const nl_article *before, const nl_article *after, const nl_edit *edits,
                    size_t count, bool unsafe, const char **why);

/* Can it be known before that the edits, which are in order, cannot be proven right? They are where
 * the front matter does not parse for another reason than damaged characters. */
bool nl_fix_is_hopeless(const nl_article *article, const nl_edit *edits, size_t count);

#endif
