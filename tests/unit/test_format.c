/* What each format prints, of findings made by hand and of hostile ones. */
#include "unit.h"

#include "base/file.h"
#include "base/utf8.h"
#include "fake_result.h"
#include "format/fingerprint.h"
#include "format/format.h"
#include "format/window.h"
#include "format/write.h"

static const newslint_rule known[] = {
    {.id = {"set/rule", 8},
     .summary = {"Sums up", 7},
     .help = {"Helps", 5},
     .level = NEWSLINT_ERROR},
    {.id = {"set/unused", 10}, .summary = {"Unused", 6}, .level = NEWSLINT_WARNING},
};
static const newslint_engine engine = {known, 2};

/* Prints results in a format; free the buffer. */
static nl_buf print(const char *format, const nl_report_settings *settings,
                    newslint_result *results, size_t count) {
    nl_report r;
    nl_summary summary = {0};
    nl_report_init(&r, nl_format_find(nl_str_c(format)), settings);
    nl_report_rules(&r, &engine);
    for (size_t i = 0; i < count; i++) {
        const newslint_diagnostic *shown[FAKE_MAX];
        for (size_t k = 0; k < results[i].count; k++)
            shown[k] = &results[i].items[k];
        nl_report_file file = {&results[i], shown, results[i].count};
        nl_summary_add(&summary, &file);
        nl_report_add(&r, &file);
    }
    nl_report_end(&r, &summary);
    nl_buf out = r.out;
    r.out = (nl_buf){0};
    nl_report_free(&r);
    return out;
}

static void expect(const char *format, const nl_report_settings *settings, newslint_result *result,
                   const char *wanted) {
    nl_buf out = print(format, settings, result, 1);
    assert_string_equal(nl_buf_c(&out), wanted);
    nl_buf_free(&out);
}

static void expect_has(const char *format, const nl_report_settings *settings,
                       newslint_result *result, const char *wanted) {
    nl_buf out = print(format, settings, result, 1);
    if (nl_str_search(nl_buf_str(&out), nl_str_c(wanted)) == out.n)
        fail_msg("%s lacks %s:\n%s", format, wanted, nl_buf_c(&out));
    nl_buf_free(&out);
}

/* One finding on bytes start to end of the text. */
static newslint_diagnostic *one(newslint_result *r, const char *text, size_t start, size_t end) {
    fake_init(r, fake_string("a.md"), nl_str_c(text));
    return fake_add(r, NEWSLINT_ERROR, "set/rule", "bad thing", start, end);
}

static void prints_lines_as_gcc_does(void **state) {
    (void)state;
    newslint_result r;
    one(&r,
        "x\n\xF0\x9F\x98\x80\xC3\xA9"
        "bad\n",
        8, 11);
    fake_add(&r, NEWSLINT_INFO, "set/other", "so so", 8, 11);
    static const struct {
        nl_columns columns;
        const char *wanted;
    } cases[] = {
        {NL_COLUMNS_CODEPOINT, "a.md:2:3: error: bad thing [set/rule]\n"
                               "a.md:2:3: note: so so [set/other]\n"},
        {NL_COLUMNS_UTF16, "a.md:2:4: error: bad thing [set/rule]\n"
                           "a.md:2:4: note: so so [set/other]\n"},
        {NL_COLUMNS_BYTE, "a.md:2:7: error: bad thing [set/rule]\n"
                          "a.md:2:7: note: so so [set/other]\n"},
        {NL_COLUMNS_DISPLAY, "a.md:2:4: error: bad thing [set/rule]\n"
                             "a.md:2:4: note: so so [set/other]\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect("text", &(nl_report_settings){.columns = cases[i].columns}, &r, cases[i].wanted);
    nl_arena_free(&r.arena);
}

static void breaks_up_commands_in_logs(void **state) {
    (void)state;
    newslint_result r;
    fake_init(&r, fake_string("::error::x.md"), NL_S("x"));
    fake_add(&r, NEWSLINT_ERROR, "set/rule", "`##[error]x` and `##vso[task]`, not #[a]", 0, 1);
    expect("text", &(nl_report_settings){.in_job = true}, &r,
           "\\x3A:error::x.md:1:1: error: `##\\x5Berror]x` and `##vso\\x5Btask]`, not #[a] "
           "[set/rule]\n");
    expect("text", &(nl_report_settings){0}, &r,
           "::error::x.md:1:1: error: `##[error]x` and `##vso[task]`, not #[a] [set/rule]\n");
    nl_arena_free(&r.arena);
}

/* The source line and the line of carets, behind the gutter "2 | " and "  | ". */
static void puts_carets_under_the_range(void **state) {
    (void)state;
    static const struct {
        const char *line;
        size_t start, end;
        const char *shown, *carets;
    } cases[] = {
        {"title: x", 7, 8, "title: x", "       ^"},
        {"\xE6\xBC\xA2\xE5\xAD\x97 x", 3, 6, "\xE6\xBC\xA2\xE5\xAD\x97 x", "  ^^"},
        {"\xF0\x9F\x98\x80 bad", 5, 8, "\xF0\x9F\x98\x80 bad", "   ^^^"},
        {"\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB x", 12, 13, /* one cluster of two cells */
         "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB x", "   ^"},
        {"e\xCC\x81x bad", 5, 8, "e\xCC\x81x bad", "   ^^^"}, /* combining acute */
        {"e\xCC\x81x", 1, 3, "e\xCC\x81x", "^"},              /* within a cluster */
        {"\tbad\tx", 1, 4, "        bad     x", "        ^^^"},
        {"\tx", 0, 1, "        x", "^^^^^^^^"},
        {"a\033[31mb", 1, 2, "a\\x1B[31mb", " ^^^^"},
        {"a\033[31mb", 6, 7, "a\\x1B[31mb", "         ^"},
        {"a\xE2\x80\xAE"
         "b",
         4, 5, "a\\u{202E}b", "         ^"},
        {"a\xFF"
         "b",
         2, 3, "a\\xFFb", "     ^"},
        {"abc", 3, 3, "abc", "   ^"}, /* the end of the line, nothing wide */
        {"abc", 1, 1, "abc", " ^"},
        {"", 0, 0, NULL, "^"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        newslint_result r;
        nl_buf text = {0}, wanted = {0};
        nl_buf_printf(&text, "\n%s\n", cases[i].line);
        one(&r, nl_buf_c(&text), cases[i].start + 1, cases[i].end + 1);
        nl_buf_printf(&wanted, "\n  |\n2 |%s%s\n  | %s\n\n", cases[i].shown ? " " : "",
                      cases[i].shown ? cases[i].shown : "", cases[i].carets);
        expect_has("pretty", &(nl_report_settings){0}, &r, nl_buf_c(&wanted));
        nl_arena_free(&r.arena);
        nl_buf_free(&text);
        nl_buf_free(&wanted);
    }
}

static void shows_all_of_a_finding(void **state) {
    (void)state;
    newslint_result r;
    newslint_edit edit = {12, 19, {"POSITIVE", 8}};
    newslint_diagnostic *d = one(&r, "---\nmood: \"xPOSITIV\"\nold: 1\n---\n", 10, 20);
    fake_fix(d, NEWSLINT_UNSAFE, "spell it out", &edit, 1);
    d->help = fake_string("One of a few words is\nwanted here, and this is none of them");
    d->url = fake_string("https://example.org/rule");
    newslint_related related = {r.path, fake_range(&r, 21, 24), {"the older one", 13}};
    d->related = &related;
    d->related_count = 1;
    expect("pretty", &(nl_report_settings){.width = 40}, &r,
           "error[set/rule]: bad thing\n"
           " --> a.md:2:7\n"
           "  |\n"
           "2 | mood: \"xPOSITIV\"\n"
           "  |       ^^^^^^^^^^\n"
           "  = see: a.md:3:1: the older one\n"
           "  |\n"
           "3 | old: 1\n"
           "  | ---\n"
           "  = help: One of a few words is wanted\n"
           "          here, and this is none of them\n"
           "  = docs: https://example.org/rule\n"
           "  = fix: spell it out (--fix\n"
           "         --unsafe-fixes)\n"
           "2 - mood: \"xPOSITIV\"\n"
           "2 + mood: \"xPOSITIVE\"\n"
           "\n");
    nl_arena_free(&r.arena);
}

static void shows_ranges_of_many_lines(void **state) {
    (void)state;
    newslint_result r;
    one(&r, "one\n  two\n\nfour\nfive\nsix\n", 1, 23);
    expect("pretty", &(nl_report_settings){0}, &r,
           "error[set/rule]: bad thing\n"
           " --> a.md:1:2\n"
           "  |\n"
           "1 | one\n"
           "  |  ^^\n"
           "2 |   two\n"
           "  |   ^^^\n"
           "...\n"
           "6 | six\n"
           "  | ^^\n"
           "\n");
    nl_arena_free(&r.arena);
    one(&r, "one\ntwo\n", 0, 4); /* with its line end: the second line is not touched */
    expect_has("pretty", &(nl_report_settings){0}, &r, "1 | one\n  | ^^^\n\n");
    nl_arena_free(&r.arena);
    fake_init(&r, fake_string("gone.md"), (nl_str){0});
    r.items[r.count++] = (newslint_diagnostic){.path = r.path,
                                               .rule = fake_string("newslint/unreadable"),
                                               .level = NEWSLINT_ERROR,
                                               .message = fake_string("cannot read it"),
                                               .range = {{0, 1, 1, 1, 1, 1}, {0, 1, 1, 1, 1, 1}}};
    expect("pretty", &(nl_report_settings){0}, &r,
           "error[newslint/unreadable]: cannot read it\n --> gone.md:1:1\n\n");
    nl_arena_free(&r.arena);
}

static void counts_no_byte_order_mark(void **state) {
    (void)state;
    newslint_result r;
    one(&r, "\xEF\xBB\xBF# x\n", 5, 6);
    expect_has("pretty", &(nl_report_settings){0}, &r, ":1:3\n  |\n1 | # x\n  |   ^\n");
    nl_arena_free(&r.arena);
}

/* Wherever the range is in a long line: the text keeps to the width, the mark is in sight and
 * stands where the range is. */
static void cuts_long_lines(void **state) {
    (void)state;
    static const size_t widths[] = {16, 36, 76};
    char line[10000];
    for (size_t i = 0; i < sizeof line; i++)
        line[i] = (char)('a' + i % 26);
    nl_arena arena = {0};
    for (size_t w = 0; w < 3; w++) {
        for (size_t at = 0; at <= sizeof line; at += 7) {
            char was = line[at < sizeof line ? at : 0];
            if (at < sizeof line)
                line[at] = '#';
            nl_window win =
                nl_window_show((nl_str){line, sizeof line}, at, at + 1, widths[w], false, &arena);
            size_t cells = nl_cells(win.text);
            assert_in_range(cells, widths[w] - 1, widths[w]);
            assert_in_range(win.mark, 0, widths[w] - 1);
            assert_int_equal(win.mark_width, 1);
            nl_str head = win.text;
            if (nl_str_starts(head, NL_S("\xE2\x80\xA6")))
                head = nl_str_sub(head, 2, head.n); /* the mark counts cells, the dots one */
            if (at < sizeof line) {
                assert_int_equal(head.p[win.mark], '#');
                line[at] = was;
            } else {
                assert_int_equal(win.mark, cells);
            }
            nl_arena_reset(&arena);
        }
    }
    nl_window all = nl_window_show((nl_str){line, sizeof line}, 5000, 9000, 40, false, &arena);
    assert_int_equal(nl_cells(all.text), 40);
    assert_int_equal(all.mark + all.mark_width, 40);
    nl_arena_free(&arena);
}

static void shows_what_fixes_do_to_lines(void **state) {
    (void)state;
    static const struct {
        const char *text;
        newslint_edit edit;
        const char *wanted;
    } cases[] = {
        {"a\nb\n", {2, 2, {"new: 1\n", 7}}, "2 + new: 1\n\n"},
        {"a\nb\nc\n", {2, 4, {"", 0}}, "2 - b\n\n"},
        {"a\nb\nc\n", {2, 3, {"x\ny", 3}}, "2 - b\n2 + x\n3 + y\n\n"},
        {"a\r\nb\r\n", {1, 3, {"\n", 1}}, "(--fix)\n\n"}, /* no line shows it */
        {"a\n\tb\n", {3, 4, {"\033c", 2}}, "2 -         b\n2 +         \\x1Bc\n\n"},
        {"1\n2\n3\n4\n5\n6\n7\n8\n", {0, 15, {"x", 1}}, "(--fix)\n\n"}, /* too many lines */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        newslint_result r;
        newslint_diagnostic *d = one(&r, cases[i].text, cases[i].edit.start, cases[i].edit.end);
        fake_fix(d, NEWSLINT_SAFE, "mend it", &cases[i].edit, 1);
        expect_has("pretty", &(nl_report_settings){0}, &r, cases[i].wanted);
        nl_arena_free(&r.arena);
    }
}

static void colours_only_when_told(void **state) {
    (void)state;
    newslint_result r;
    newslint_edit edit = {0, 1, {"y", 1}};
    fake_fix(one(&r, "x\n", 0, 1), NEWSLINT_SAFE, "mend it", &edit, 1);
    expect_has("pretty", &(nl_report_settings){.color = true}, &r,
               "\033[1;31merror[set/rule]\033[0m\033[1m: bad thing\033[0m\n");
    for (const nl_format *const *f = nl_formats; *f; f++) {
        bool color = (*f)->machine || nl_str_is(NL_S("text"), (*f)->name);
        nl_buf out = print((*f)->name, &(nl_report_settings){.color = color}, &r, 1);
        assert_int_equal(nl_str_find(nl_buf_str(&out), '\033'), out.n);
        nl_buf_free(&out);
    }
    nl_arena_free(&r.arena);
}

static void prints_its_own_json(void **state) {
    (void)state;
    newslint_result r;
    newslint_edit edit = {1, 2, {"\"\n", 2}};
    newslint_diagnostic *d = one(&r, "\xC3\xA9x\n", 2, 3);
    d->message = fake_string("a \"b\" \\ \xE2\x80\xAE");
    d->field = fake_string("tags[0]");
    newslint_related related = {{"b\xFF\n.md", 6}, d->range, {"there", 5}};
    d->related = &related;
    d->related_count = 1;
    fake_fix(d, NEWSLINT_SAFE, "mend it", &edit, 1);
    static const char finding[] =
        "{\"path\":\"a.md\",\"rule\":\"set/rule\",\"level\":\"error\","
        "\"message\":\"a \\\"b\\\" \\\\ \\u202E\",\"field\":\"tags[0]\","
        "\"start\":{\"offset\":2,\"line\":1,\"column\":2},"
        "\"end\":{\"offset\":3,\"line\":1,\"column\":3},"
        "\"related\":[{\"path\":\"b\\\\xFF\\n.md\",\"start\":{\"offset\":2,\"line\":1,\"column\":2}"
        ","
        "\"end\":{\"offset\":3,\"line\":1,\"column\":3},\"message\":\"there\"}],"
        "\"fix\":{\"safety\":\"safe\",\"description\":\"mend it\","
        "\"edits\":[{\"start\":1,\"end\":2,\"text\":\"\\\"\\n\"}]}}";
    nl_buf wanted = {0};
    nl_buf_printf(&wanted, "%s\n", finding);
    expect("jsonl", &(nl_report_settings){0}, &r, nl_buf_c(&wanted));
    nl_buf_clear(&wanted);
    nl_buf_printf(&wanted,
                  "{\"version\":1,\"diagnostics\":[\n%s\n],\"summary\":{\"files\":1,\"errors\":1,"
                  "\"warnings\":0,\"infos\":0,\"fixable\":1,\"fixed\":0}}\n",
                  finding);
    expect("json", &(nl_report_settings){0}, &r, nl_buf_c(&wanted));
    nl_buf_free(&wanted);
    nl_arena_free(&r.arena);
}

static void writes_workflow_commands(void **state) {
    (void)state;
    newslint_result r;
    fake_init(&r, fake_string("c/../d/50%,a:b\n.md"), NL_S("ab\ncd\n"));
    fake_add(&r, NEWSLINT_INFO, "set/info", "so so", 0, 1);
    fake_add(&r, NEWSLINT_WARNING, "set/warn", "100%: hm", 1, 5);
    fake_add(&r, NEWSLINT_ERROR, "set/rule", "bad", 3, 5);
    nl_report_settings settings = {.root = "/repo", .prefix = "site"};
    expect("github", &settings, &r,
           "::error title=set/rule,file=site/d/50%25%2Ca%3Ab%0A.md,line=2,endLine=2,col=1,"
           "endColumn=3::site/d/50%25,a:b\\n.md:2:1: bad\n"
           "::warning title=set/warn,file=site/d/50%25%2Ca%3Ab%0A.md,line=1,endLine=2"
           "::site/d/50%25,a:b\\n.md:1:2: 100%25: hm\n"
           "::notice title=set/info,file=site/d/50%25%2Ca%3Ab%0A.md,line=1,endLine=1,col=1,"
           "endColumn=2::site/d/50%25,a:b\\n.md:1:1: so so\n");
    settings.in_job = true;
    expect_has("github", &settings, &r, "c/../d/50%,a:b\\n.md:2:1: error: bad [set/rule]\n::error");
    nl_arena_free(&r.arena);
}

static void finds_paths_from_the_root(void **state) {
    (void)state;
    static const struct {
        const char *root, *prefix, *path, *wanted;
    } cases[] = {
        {NULL, NULL, "./a.md", "./a.md"},
        {"/repo", "", "./a//b.md", "a/b.md"},
        {"/repo", "site", "a.md", "site/a.md"},
        {"/repo", "site/x", "../../a.md", "a.md"},
        {"/repo", "s", "../../a.md", "../../a.md"},
        {"/repo", "s", "/repo/c/a.md", "c/a.md"},
        {"/repo", "s", "/repository/a.md", "/repository/a.md"},
        {"/", "", "/c/a.md", "c/a.md"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nl_report r = {.settings = {.root = cases[i].root, .prefix = cases[i].prefix}};
        nl_buf out = {0};
        nl_put_path(&r, nl_str_c(cases[i].path), &out);
        assert_string_equal(nl_buf_c(&out), cases[i].wanted);
        nl_buf_free(&out);
    }
}

static void gives_gitlab_unique_fingerprints(void **state) {
    (void)state;
    newslint_result a, b;
    one(&a, "x x\n", 0, 1);
    fake_add(&a, NEWSLINT_ERROR, "set/rule", "bad thing", 2, 3);
    one(&b, "new\n\n  x x\n", 7, 8);
    fake_add(&b, NEWSLINT_ERROR, "set/rule", "bad thing", 9, 10);
    const newslint_diagnostic *in_a[] = {&a.items[0], &a.items[1]};
    const newslint_diagnostic *in_b[] = {&b.items[0], &b.items[1]};
    nl_arena arena = {0};
    nl_report r = {0};
    nl_hash *ha = nl_fingerprints(&r, &(nl_report_file){&a, in_a, 2}, &arena);
    nl_hash *hb = nl_fingerprints(&r, &(nl_report_file){&b, in_b, 2}, &arena);
    assert_int_not_equal(nl_hash_cmp(ha[0], ha[1]), 0);
    assert_int_equal(nl_hash_cmp(ha[0], hb[0]), 0);
    assert_int_equal(nl_hash_cmp(ha[1], hb[1]), 0);
    expect_has("gitlab", &(nl_report_settings){0}, &b,
               "\"severity\":\"major\",\"location\":{\"path\":\"a.md\",\"lines\":{\"begin\":3,"
               "\"end\":3}}}");
    nl_arena_free(&arena);
    nl_arena_free(&a.arena);
    nl_arena_free(&b.arena);
}

/* Known answers, computed by codeql-action's algorithm run in Node.js on the same bytes. */
static void hashes_lines_as_github_does(void **state) {
    (void)state;
    static const size_t lines[] = {1, 2, 3, 4, 5, 6};
    static const nl_line_hash odd[] = {
        {0xc983798947ebbe3, 1},  {0x31f980be358cd761, 1}, {0x40ef7577be3a8e9b, 1},
        {0x6a7bd4487f5609fd, 1}, {0x6bc58874684edf27, 1}, {0xac45acb456cd20ee, 1},
    };
    static const nl_line_hash same[] = {
        {0xf2eacaae4abd95e3, 1}, {0xf2eacaae4abd95e3, 2}, {0xf2eacaae4abd95e3, 3},
        {0xf2eacaae4abe956f, 1}, {0x68e70f580ddaccdb, 1}, {0x44ddc64c56a40ff7, 1},
    };
    nl_buf repeated = {0};
    for (int i = 0; i < 14; i++)
        nl_buf_puts(&repeated, "same line\n");
    nl_arena arena = {0};
    nl_line_hash *h = nl_line_hashes(NL_S("\xEF\xBB\xBFt\xF0\x9F\x98\x80tle: \xC3\xA9\r\n \r \n\n"
                                          "\xE2\x80x\xFF\xF0\x9F\x98\n\xED\xA0\x80"),
                                     lines, 6, &arena);
    nl_line_hash *g = nl_line_hashes(nl_buf_str(&repeated), lines, 6, &arena);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(h[i].hash, odd[i].hash);
        assert_int_equal(h[i].occurrence, odd[i].occurrence);
        assert_int_equal(g[i].hash, same[i].hash);
        assert_int_equal(g[i].occurrence, same[i].occurrence);
    }
    nl_buf_free(&repeated);
    nl_arena_free(&arena);
}

static void sums_up(void **state) {
    (void)state;
    static const struct {
        nl_summary summary;
        const char *wanted;
    } cases[] = {
        {{.files = 1}, "Nothing found in 1 file.\n"},
        {{.incomplete = true}, "No file was checked. The run was incomplete.\n"},
        {{.files = 3, .errors = 2, .in_rules = 2, .incomplete = true},
         "Found 2 errors in the rules. The run was incomplete.\n"},
        {{.files = 3, .files_with_findings = 1, .errors = 3, .in_rules = 2, .incomplete = true},
         "Found 3 errors in the rules and in 1 of 3 files. The run was incomplete.\n"},
        {{.files = 214,
          .files_with_findings = 2,
          .errors = 3,
          .warnings = 1,
          .fixable = 2,
          .fixable_unsafe = 1,
          .elapsed = 0.084},
         "Found 3 errors and 1 warning in 2 of 214 files (0.08s). 2 fixable with --fix (1 more "
         "with "
         "--unsafe-fixes).\n"},
        {{.files = 9,
          .files_with_findings = 1,
          .errors = 1,
          .warnings = 2,
          .infos = 3,
          .fixable_unsafe = 4,
          .fixed = 5,
          .incomplete = true},
         "Found 1 error, 2 warnings and 3 notes in 1 of 9 files. Fixed 5. 4 fixable with --fix "
         "--unsafe-fixes. The run was incomplete.\n"},
        {{.files = 2, .fixed = 1, .baselined = 3, .baseline_gone = 1},
         "Nothing found in 2 files. Fixed 1. 3 held back by the baseline. 1 of the baseline no "
         "longer occurs: --update-baseline drops it.\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nl_buf out = {0};
        nl_summary_write(&cases[i].summary, false, &out);
        assert_string_equal(nl_buf_c(&out), cases[i].wanted);
        nl_buf_free(&out);
    }
}

static void describes_rules_in_sarif(void **state) {
    (void)state;
    newslint_result r;
    newslint_diagnostic *d = one(&r, "\xF0\x9F\x98\x80[a](b)\n", 4, 10);
    d->path = fake_string("a b/\xC3\xA9:%.md");
    d->message = fake_string("see [a](b), not [c]");
    fake_add(&r, NEWSLINT_INFO, "newslint/own", "so", 4, 4);
    newslint_edit edit = {4, 10, {"", 0}};
    fake_fix(d, NEWSLINT_SAFE, "mend it", &edit, 1);
    nl_report_settings s = {0};
    expect_has("sarif", &s, &r, "\"uri\":\"a%20b/%C3%A9%3A%25.md\"");
    expect_has("sarif", &s, &r, "\"text\":\"see \\\\[a](b), not [c]\"");
    expect_has("sarif", &s, &r,
               "\"region\":{\"startLine\":1,\"startColumn\":2,\"endLine\":1,\"endColumn\":8}");
    expect_has("sarif", &s, &r,
               "\"replacements\":[{\"deletedRegion\":{\"startLine\":1,\"startColumn\":2,"
               "\"endLine\":1,\"endColumn\":8},\"insertedContent\":{\"text\":\"\"}}]");
    expect_has("sarif", &s, &r, "\"rules\":[\n{\"id\":\"newslint/own\",\"name\":\"own\"");
    expect_has("sarif", &s, &r,
               "\n,{\"id\":\"set/rule\",\"name\":\"rule\",\"shortDescription\":"
               "{\"text\":\"Sums up\"}");
    nl_arena_free(&r.arena);
}

static void leaves_out_results_beyond_the_limit(void **state) {
    (void)state;
    newslint_result result;
    one(&result, "x\n", 0, 1);
    size_t count = 25010, results = 0;
    const newslint_diagnostic **shown = calloc(count, sizeof *shown);
    for (size_t i = 0; i < count; i++)
        shown[i] = &result.items[0];
    nl_report r;
    nl_report_init(&r, nl_format_find(NL_S("sarif")), &(nl_report_settings){0});
    nl_report_add(&r, &(nl_report_file){&result, shown, count});
    nl_report_end(&r, &(nl_summary){0});
    nl_str left = nl_buf_str(&r.out);
    for (size_t at; (at = nl_str_search(left, NL_S("\"ruleId\""))) < left.n; results++)
        left = nl_str_sub(left, at + 1, left.n);
    assert_int_equal(results, 25000);
    nl_str out = nl_buf_str(&r.out);
    assert_true(nl_str_search(out, NL_S("10 further findings (10 errors, 0 warnings")) < out.n);
    nl_report_free(&r);
    free(shown);
    nl_arena_free(&result.arena);
}

static void suggests_fixes_in_bytes(void **state) {
    (void)state;
    newslint_result r;
    newslint_edit edits[] = {{4, 5, {"A", 1}}, {7, 8, {"B", 1}}};
    fake_fix(one(&r,
                 "\xF0\x9F\x98\x80"
                 "a--b\n",
                 4, 5),
             NEWSLINT_UNSAFE, "mend it", edits, 2);
    expect("rdjson", &(nl_report_settings){0}, &r,
           "{\"source\":{\"name\":\"newslint\"},\"diagnostics\":[\n{\"message\":\"bad thing\","
           "\"location\":{\"path\":\"a.md\",\"range\":{\"start\":{\"line\":1,\"column\":5},"
           "\"end\":{\"line\":1,\"column\":6}}},\"severity\":\"ERROR\",\"code\":{\"value\":"
           "\"set/rule\"},\"suggestions\":[{\"range\":{\"start\":{\"line\":1,\"column\":5},\"end\":"
           "{\"line\":1,\"column\":9}},\"text\":\"A--B\"}]}\n]}\n");
    nl_arena_free(&r.arena);
}

static void passes_clean_articles_in_junit(void **state) {
    (void)state;
    newslint_result r;
    fake_init(&r, fake_string("a]]>&.md"), NL_S(""));
    expect("junit", &(nl_report_settings){0}, &r,
           "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"newslint\">\n"
           "  <testsuite name=\"a]]&gt;&amp;.md\" tests=\"1\" failures=\"0\" errors=\"0\" "
           "skipped=\"0\" time=\"0\">\n"
           "    <testcase classname=\"a]]&gt;&amp;.md\" name=\"newslint\" time=\"0\"/>\n"
           "  </testsuite>\n</testsuites>\n");
    nl_arena_free(&r.arena);
}

/* Strings with all that formats, terminals and logs stumble over. */
static const nl_str hostile[] = {
    NL_STR("\033[31mred\033]0;title\007"),
    NL_STR("::error file=x::gone\n::warning::two"),
    NL_STR("##[command]x ##vso[task.setvariable]"),
    NL_STR("]]><x a='b'>&amp;\"%0A%"),
    NL_STR("nul\0nul\r\n\ttab \x7F \xC2\x85\xC2\x9B"),
    NL_STR("bad \xFF\xC0\x80\xED\xA0\x80\xF4\x90\x80\x80\xE2\x80"),
    NL_STR(
        "\xE2\x80\xAE\xE2\x81\xA6\xD8\x9C bidi \xE2\x80\xA8\xE2\x80\xA9\xEF\xBB\xBF\xE2\x80\x8B"),
    NL_STR("\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA6 \xE6\xBC\xA2 e\xCC\x81 "
           "\xEF\xBF\xBE\xEF\xBF\xBF"),
    NL_STR("\xCC\x81\xCC\x81\xF3\xA0\x81\xA7{0}[a](b)"),
    NL_STR(""),
};
enum { HOSTILE = sizeof hostile / sizeof *hostile };

static newslint_string public(nl_str s) {
    return (newslint_string){s.p, s.n};
}

/* Every string is path, message, line, field, help, related text and new text of some finding. */
static void fill_hostile(newslint_result *r, nl_buf *text, newslint_edit *edits,
                         newslint_related *related) {
    for (size_t i = 0; i < HOSTILE; i++) {
        nl_str s = hostile[i], other = hostile[(i + 3) % HOSTILE];
        nl_buf_clear(&text[i]);
        nl_buf_puts(&text[i], "first\n");
        nl_buf_str_add(&text[i], s);
        nl_buf_puts(&text[i], " end\nlast");
        fake_init(&r[i], public(i + 1 < HOSTILE ? s : NL_S("plain.md")), nl_buf_str(&text[i]));
        for (size_t k = 0; k < 4; k++) {
            newslint_diagnostic *d = fake_add(&r[i], (newslint_level)(k % 3 + 1), "set/rule", "",
                                              6 + (s.n * k) / 4, 6 + (s.n * (k + 1)) / 4);
            d->message = public(other);
            d->field = public(s);
            d->help = public(s);
            related[i] = (newslint_related){public(k ? s : other), d->range, public(other)};
            edits[i] = (newslint_edit){6, 6 + s.n, public(other)};
            d->related = &related[i];
            d->related_count = 1;
            fake_fix(d, NEWSLINT_SAFE, "", &edits[i], 1);
            d->description = public(s);
        }
    }
}

/* The end of what must not be seen raw: controls but for line ends, and bidi controls. */
static void expect_harmless(const char *format, nl_str out) {
    for (size_t i = 0; i < out.n;) {
        uint32_t cp;
        i += nl_utf8_read(out.p + i, out.n - i, &cp);
        bool bad = cp == NL_CP_INVALID || (cp < 0x20 && cp != '\n') || (cp >= 0x7F && cp < 0xA0) ||
                   (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0xFEFF;
        if (bad)
            fail_msg("%s lets U+%04X through", format, (unsigned)cp);
    }
}

static void expect_no_command(const char *format, nl_str out) {
    for (size_t i = 0; i < out.n; i++) {
        bool at_start = i == 0 || out.p[i - 1] == '\n';
        nl_str rest = nl_str_sub(out, i, out.n);
        if (at_start && nl_str_starts(nl_str_trim(rest), NL_S("::")))
            fail_msg("%s lets a command through: %.20s", format, rest.p);
        if (nl_str_starts(rest, NL_S("##[")) || nl_str_starts(rest, NL_S("##vso[")))
            fail_msg("%s lets a command through: %.20s", format, rest.p);
    }
}

static void lets_nothing_act(void **state) {
    (void)state;
    static newslint_result results[HOSTILE];
    nl_buf text[HOSTILE] = {{0}};
    newslint_edit edits[HOSTILE];
    newslint_related related[HOSTILE];
    fill_hostile(results, text, edits, related);
    for (const nl_format *const *f = nl_formats; *f; f++) {
        for (size_t width = 24; width <= 80; width += 28) {
            nl_report_settings s = {.in_job = true, .width = width};
            nl_buf out = print((*f)->name, &s, results, HOSTILE);
            expect_harmless((*f)->name, nl_buf_str(&out));
            if (!(*f)->machine)
                expect_no_command((*f)->name, nl_buf_str(&out));
            nl_buf_free(&out);
        }
    }
    for (size_t i = 0; i < HOSTILE; i++) {
        nl_arena_free(&results[i].arena);
        nl_buf_free(&text[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_lines_as_gcc_does),
        cmocka_unit_test(breaks_up_commands_in_logs),
        cmocka_unit_test(puts_carets_under_the_range),
        cmocka_unit_test(shows_all_of_a_finding),
        cmocka_unit_test(shows_ranges_of_many_lines),
        cmocka_unit_test(counts_no_byte_order_mark),
        cmocka_unit_test(cuts_long_lines),
        cmocka_unit_test(shows_what_fixes_do_to_lines),
        cmocka_unit_test(colours_only_when_told),
        cmocka_unit_test(prints_its_own_json),
        cmocka_unit_test(writes_workflow_commands),
        cmocka_unit_test(finds_paths_from_the_root),
        cmocka_unit_test(gives_gitlab_unique_fingerprints),
        cmocka_unit_test(hashes_lines_as_github_does),
        cmocka_unit_test(describes_rules_in_sarif),
        cmocka_unit_test(leaves_out_results_beyond_the_limit),
        cmocka_unit_test(suggests_fixes_in_bytes),
        cmocka_unit_test(passes_clean_articles_in_junit),
        cmocka_unit_test(sums_up),
        cmocka_unit_test(lets_nothing_act),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
