/*
 * Findings on an article of any bytes, whose first line is its path too, in every format and at two
 * widths: what comes out is UTF-8 without a character that could act on a terminal, and in the log
 * of a job no line is a command.
 */
#include "laws.h"

#include "base/unicode.h"
#include "format/format.h"

enum { PATH_MOST = 64, FINDINGS_MOST = 200 };

static newslint_engine *engine;
static newslint_worker *worker;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    engine = laws_engine(laws_rules);
    worker = newslint_worker_new();
    return 0;
}

static void check_harmless(nl_str out) {
    for (size_t i = 0; i < out.n;) {
        uint32_t cp;
        i += nl_utf8_read(out.p + i, out.n - i, &cp);
        require(cp != NL_CP_INVALID && (cp == '\n' || (cp >= 0x20 && cp != 0x7F)));
        require(!(cp >= 0x80 && cp < 0xA0) && !nl_cp_is_hidden(cp));
    }
}

static void check_no_command(nl_str out) {
    bool at_start = true;
    for (size_t i = 0; i < out.n; i++) {
        require(!(at_start && nl_str_starts(nl_str_sub(out, i, out.n), NL_S("::"))));
        require(!nl_acts_on_log(out, i));
        at_start = out.p[i] == '\n' || (at_start && out.p[i] == ' ');
    }
}

static void print(const nl_format *format, const nl_report_file *file, size_t width) {
    nl_report r;
    nl_summary summary = {0};
    nl_report_init(&r, format, &(nl_report_settings){.in_job = true, .width = width});
    nl_report_rules(&r, engine);
    nl_summary_add(&summary, file);
    nl_report_add(&r, file);
    check_harmless(nl_buf_str(&r.out));
    if (!format->machine)
        check_no_command(nl_buf_str(&r.out));
    nl_report_end(&r, &summary);
    check_harmless(nl_buf_str(&r.out));
    nl_report_free(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    nl_str text = nl_str_n((const char *)data, size);
    nl_buf path = {0};
    nl_buf_str_add(&path, nl_str_sub(text, 0, nl_str_find(text, '\n')));
    if (path.n > PATH_MOST)
        path.n = PATH_MOST;
    newslint_article article = {
        .path = nl_buf_c(&path), .rule_path = "content/a.en.md", .data = text.p, .size = text.n};
    newslint_result *result = newslint_lint(engine, worker, &article);
    const newslint_diagnostic *shown[FINDINGS_MOST];
    size_t count = newslint_result_count(result);
    nl_report_file file = {result, shown, count < FINDINGS_MOST ? count : FINDINGS_MOST};
    for (size_t i = 0; i < file.count; i++)
        shown[i] = newslint_result_get(result, i);
    for (size_t i = 0; nl_formats[i]; i++) {
        print(nl_formats[i], &file, 0);
        if (!nl_formats[i]->machine)
            print(nl_formats[i], &file, 40);
    }
    newslint_result_free(result);
    nl_buf_free(&path);
    return 0;
}
