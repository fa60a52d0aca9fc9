/*
 * SARIF 2.1.0 (OASIS) as GitHub code scanning takes it: each rule once, one physical location per
 * result, relative percent-encoded URIs, columns in code points, at most 25,000 results and a note
 * of what was left out. Results are written as they come; the rules, in order of id, and the tool
 * follow them.
 */
#include "base/utf8.h"
#include "format/fingerprint.h"
#include "format/write.h"

/* docs.github.com, "SARIF support for code scanning": results, locations, bytes of a description */
enum { RESULTS_MAX = 25000, LOCATIONS_MAX = 1000, DESCRIPTION_MAX = 1024 };

typedef struct state {
    nl_json j;
    size_t left_out[4]; /* by level */
} state;

static const char *level_of(newslint_level level) {
    return level == NEWSLINT_OFF ? "none" : nl_level_word(level);
}

static void put_text(nl_json *j, const char *key, nl_str text) {
    nl_json_object_at(j, key);
    nl_json_key(j, nl_str_c("text"));
    nl_json_string(j, text);
    nl_json_end_object(j);
}

/* A message, in which `[a](b)` would be a link (3.11.6): brackets of such are escaped. */
static void put_message(nl_json *j, nl_str text) {
    nl_buf b = {0};
    size_t last = text.n; /* of the last `](` */
    while (last > 0 && !nl_str_starts(nl_str_sub(text, last, text.n), NL_S("](")))
        last--;
    for (size_t i = 0; i < text.n; i++) {
        if (i < last && text.p[i] == '[')
            nl_buf_putc(&b, '\\');
        nl_buf_putc(&b, text.p[i]);
    }
    put_text(j, "message", nl_buf_str(&b));
    nl_buf_free(&b);
}

static void put_artifact(nl_report *r, nl_json *j, newslint_string path) {
    nl_buf shown = {0}, uri = {0};
    nl_put_path(r, nl_view(path), &shown);
    nl_put_uri(nl_buf_str(&shown), &uri);
    nl_json_object_at(j, "artifactLocation");
    nl_json_key(j, nl_str_c("uri"));
    nl_json_string(j, nl_buf_str(&uri));
    nl_json_end_object(j);
    nl_buf_free(&shown);
    nl_buf_free(&uri);
}

static void put_region(nl_json *j, const char *key, const newslint_range *range) {
    nl_json_object_at(j, key);
    nl_json_key_size(j, "startLine", range->start.line);
    nl_json_key_size(j, "startColumn", range->start.column);
    nl_json_key_size(j, "endLine", range->end.line);
    nl_json_key_size(j, "endColumn", range->end.column);
    nl_json_end_object(j);
}

static void put_place(nl_report *r, nl_json *j, newslint_string path, const newslint_range *range) {
    nl_json_object_at(j, "physicalLocation");
    put_artifact(r, j, path);
    put_region(j, "region", range);
    nl_json_end_object(j);
}

static void put_related(nl_report *r, nl_json *j, const newslint_diagnostic *d) {
    if (d->related_count == 0)
        return;
    nl_json_array_at(j, "relatedLocations");
    for (size_t i = 0; i < d->related_count && i < LOCATIONS_MAX; i++) {
        nl_json_begin_object(j);
        nl_json_key_size(j, "id", i + 1);
        put_place(r, j, d->related[i].path, &d->related[i].range);
        if (d->related[i].message.size)
            put_message(j, nl_view(d->related[i].message));
        nl_json_end_object(j);
    }
    nl_json_end_array(j);
}

static void put_replacements(nl_json *j, const nl_report_file *f, const newslint_diagnostic *d) {
    nl_json_array_at(j, "replacements");
    for (size_t i = 0; i < d->edit_count; i++) {
        const newslint_edit *e = &d->edits[i];
        newslint_range range = {newslint_result_locate(f->result, e->start),
                                newslint_result_locate(f->result, e->end)};
        nl_json_begin_object(j);
        put_region(j, "deletedRegion", &range);
        put_text(j, "insertedContent", nl_view(e->text));
        nl_json_end_object(j);
    }
    nl_json_end_array(j);
}

static void put_fix(nl_report *r, nl_json *j, const nl_report_file *f,
                    const newslint_diagnostic *d) {
    if (!nl_fix_is_text(d))
        return;
    nl_json_array_at(j, "fixes");
    nl_json_begin_object(j);
    if (d->description.size)
        put_text(j, "description", nl_view(d->description));
    nl_json_array_at(j, "artifactChanges");
    nl_json_begin_object(j);
    put_artifact(r, j, d->path);
    put_replacements(j, f, d);
    nl_json_end_object(j);
    nl_json_end_array(j);
    nl_json_end_object(j);
    nl_json_end_array(j);
}

static void put_fingerprints(nl_json *j, nl_line_hash line, nl_hash own) {
    nl_buf b = {0};
    nl_json_object_at(j, "partialFingerprints");
    if (line.occurrence) {
        nl_buf_printf(&b, "%llx:%zu", (unsigned long long)line.hash, line.occurrence);
        nl_json_pair(j, "primaryLocationLineHash", nl_buf_str(&b));
        nl_buf_clear(&b);
    }
    nl_buf_printf(&b, "%016llx%016llx", (unsigned long long)own.high, (unsigned long long)own.low);
    nl_json_pair(j, "newslint/v1", nl_buf_str(&b));
    nl_json_end_object(j);
    nl_buf_free(&b);
}

static void put_result(nl_report *r, const nl_report_file *f, size_t i, nl_line_hash line,
                       nl_hash own) {
    const newslint_diagnostic *d = f->shown[i];
    nl_json *j = &((state *)r->state)->j;
    nl_json_begin_object(j);
    nl_json_pair(j, "ruleId", nl_view(d->rule));
    nl_json_pair(j, "level", nl_str_c(level_of(d->level)));
    put_message(j, nl_view(d->message.size ? d->message : d->rule)); /* must not be empty */
    nl_json_array_at(j, "locations");
    nl_json_begin_object(j);
    put_place(r, j, d->path, &d->range);
    nl_json_end_object(j);
    nl_json_end_array(j);
    put_fingerprints(j, line, own);
    put_related(r, j, d);
    put_fix(r, j, f, d);
    if (d->field.size) {
        nl_json_object_at(j, "properties");
        nl_json_pair(j, "field", nl_view(d->field));
        nl_json_end_object(j);
    }
    nl_json_end_object(j);
}

static void begin(nl_report *r) {
    state *s = r->state = NL_NEW(&r->arena, state);
    s->j = (nl_json){.out = &r->out, .depth = 3}; /* in the results of the run of the report */
    nl_buf_puts(&r->out,
                "{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/"
                "schemas/sarif-schema-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{"
                "\"columnKind\":\"unicodeCodePoints\","
                "\"automationDetails\":{\"id\":\"newslint/\"},\"results\":[");
}

static void file(nl_report *r, const nl_report_file *f) {
    state *s = r->state;
    if (f->count == 0)
        return;
    size_t *lines = NL_NEW_ARRAY(&r->temp, size_t, f->count);
    for (size_t i = 0; i < f->count; i++)
        lines[i] = f->shown[i]->range.start.line;
    nl_str text = nl_view(newslint_result_text(f->result));
    nl_line_hash *hashes = r->count < RESULTS_MAX && text.p
                               ? nl_line_hashes(text, lines, f->count, &r->temp)
                               : NL_NEW_ARRAY(&r->temp, nl_line_hash, f->count);
    nl_hash *own = nl_fingerprints(r, f, &r->temp);
    for (size_t i = 0; i < f->count; i++) {
        const newslint_diagnostic *d = f->shown[i];
        nl_report_rule_meet(r, d);
        if (r->count < RESULTS_MAX) {
            nl_buf_putc(&r->out, '\n');
            put_result(r, f, i, hashes[i], own[i]);
            r->count++;
        } else {
            s->left_out[d->level]++;
        }
    }
    nl_arena_reset(&r->temp);
}

/* At most `most` bytes, cut between characters. */
static nl_str shortened(nl_str s, size_t most) {
    return nl_str_sub(s, 0, nl_utf8_start(s, most));
}

static void put_help(nl_json *j, const newslint_rule *rule) {
    nl_str summary = nl_view(rule->summary), help = nl_view(rule->help);
    nl_buf b = {0};
    nl_json_object_at(j, "help");
    nl_json_key(j, nl_str_c("text"));
    nl_json_string(j, help.n ? help : summary);
    nl_buf_puts(&b, "**");
    nl_buf_str_add(&b, nl_view(rule->id));
    nl_buf_puts(&b, "**\n\n");
    nl_buf_str_add(&b, summary);
    if (help.n && !nl_str_eq(help, summary)) {
        nl_buf_puts(&b, summary.n ? "\n\n" : "");
        nl_buf_str_add(&b, help);
    }
    if (rule->url.size) {
        nl_buf_puts(&b, "\n\n[Documentation](<");
        nl_put_url(nl_view(rule->url), &b);
        nl_buf_puts(&b, ">)");
    }
    nl_json_pair(j, "markdown", nl_buf_str(&b));
    nl_json_end_object(j);
    nl_buf_free(&b);
}

/* Only one with a scheme is a URI (RFC 3986, section 3). */
static void put_help_uri(nl_json *j, nl_str url) {
    nl_buf uri = {0};
    nl_put_url(url, &uri);
    if (nl_str_find(url, ':') < nl_str_find(url, '/'))
        nl_json_pair(j, "helpUri", nl_buf_str(&uri));
    nl_buf_free(&uri);
}

static void put_rule(nl_json *j, const newslint_rule *rule) {
    nl_str id = nl_view(rule->id), set = nl_str_sub(id, 0, nl_str_find(id, '/'));
    nl_str name = set.n < id.n ? nl_str_sub(id, set.n + 1, id.n) : id;
    nl_str summary = rule->summary.size ? nl_view(rule->summary) : id;
    nl_json_begin_object(j);
    nl_json_pair(j, "id", id);
    nl_json_pair(j, "name", name);
    put_text(j, "shortDescription", shortened(summary, DESCRIPTION_MAX));
    put_text(j, "fullDescription",
             shortened(rule->help.size ? nl_view(rule->help) : summary, DESCRIPTION_MAX));
    newslint_rule described = *rule;
    described.summary = (newslint_string){summary.p, summary.n};
    put_help(j, &described);
    put_help_uri(j, nl_view(rule->url));
    nl_json_object_at(j, "defaultConfiguration");
    nl_json_pair(j, "level", nl_str_c(level_of(rule->level)));
    nl_json_end_object(j);
    nl_json_object_at(j, "properties");
    nl_json_array_at(j, "tags");
    nl_json_string(j, set);
    nl_json_end_array(j);
    nl_json_pair(j, "precision", NL_S("high"));
    nl_json_pair(j, "problem.severity",
                 rule->level == NEWSLINT_ERROR     ? NL_S("error")
                 : rule->level == NEWSLINT_WARNING ? NL_S("warning")
                                                   : NL_S("recommendation"));
    nl_json_end_object(j);
    nl_json_end_object(j);
}

static void put_invocation(nl_json *j, const state *s, const nl_summary *summary) {
    size_t left_out = s->left_out[1] + s->left_out[2] + s->left_out[3];
    nl_json_array_at(j, "invocations");
    nl_json_begin_object(j);
    nl_json_key(j, nl_str_c("executionSuccessful"));
    nl_json_bool(j, !summary->incomplete);
    if (left_out) {
        nl_buf b = {0};
        nl_buf_printf(&b,
                      "%zu further findings (%zu errors, %zu warnings, %zu notes) are left out: "
                      "a run holds at most %d results",
                      left_out, s->left_out[3], s->left_out[2], s->left_out[1], RESULTS_MAX);
        nl_json_array_at(j, "toolExecutionNotifications");
        nl_json_begin_object(j);
        nl_json_pair(j, "level", NL_S("warning"));
        put_text(j, "message", nl_buf_str(&b));
        nl_json_end_object(j);
        nl_json_end_array(j);
        nl_buf_free(&b);
    }
    nl_json_end_object(j);
    nl_json_end_array(j);
}

static void end(nl_report *r, const nl_summary *summary) {
    nl_json j = {.out = &r->out, .depth = 3, .comma = true}; /* report, runs, run */
    nl_buf_puts(&r->out, r->count ? "\n]" : "]");
    put_invocation(&j, r->state, summary);
    nl_json_object_at(&j, "tool");
    nl_json_object_at(&j, "driver");
    nl_json_pair(&j, "name", NL_S("newslint"));
    nl_json_pair(&j, "semanticVersion", nl_str_c(r->settings.version));
    nl_json_array_at(&j, "rules");
    for (size_t i = 0; i < r->rule_count; i++) {
        nl_buf_putc(&r->out, '\n');
        put_rule(&j, &r->rules[i]);
    }
    nl_json_end_array(&j);
    nl_json_end_object(&j);
    nl_json_end_object(&j);
    nl_buf_puts(&r->out, "}]}\n");
}

const nl_format nl_format_sarif = {
    .name = "sarif",
    .summary = "SARIF 2.1.0, for code scanning",
    .texts = true,
    .machine = true,
    .begin = begin,
    .file = file,
    .end = end,
};
