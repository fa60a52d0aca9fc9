/* md018: markdownlint's no-missing-space-atx. It looks at lines, not at headings. */
#include "check/md.h"

static size_t run_of_hashes(nl_str line) {
    size_t n = 0;
    while (n < line.n && line.p[n] == '#')
        n++;
    return n;
}

/* /^#+[^# \t]/, not /#\s*$/, and no keycap emoji. */
static bool lacks_space(nl_str line, size_t hashes) {
    nl_str keycap = NL_S("#\xEF\xB8\x8F\xE2\x83\xA3"); /* U+FE0F U+20E3 */
    return hashes && hashes < line.n && !nl_is_blank((unsigned char)line.p[hashes]) &&
           !nl_str_ends(nl_md_trim(line), NL_S("#")) && !nl_str_starts(line, keycap);
}

static void article(nl_scope *s, const nl_rule *rule) {
    nl_md *md = nl_md_of(s);
    nl_md_lines lines = {0};
    for (size_t i = md->first_line; i <= md->last_line; i++) {
        nl_str line = nl_md_line(md, i);
        size_t hashes = run_of_hashes(line);
        if (!hashes || nl_md_is_code_or_html(md, &lines, i) || !lacks_space(line, hashes))
            continue;
        nl_finding f = nl_md_at_line(md, rule, i);
        size_t at = f.span.start + hashes;
        nl_finding_fix(&f, hashes == 1, "put a space behind the hashes");
        nl_finding_edit(&f, nl_span_of(at, at), NL_S(" "));
        nl_md_report(md, NL_MD018, &f, "no space after hash on atx style heading");
    }
}

static const char *const names[] = {"text", NULL};

const nl_check nl_check_md018 = {
    .name = "md018",
    .summary = "No space after hash on atx style heading",
    .help = "markdownlint's MD018, no-missing-space-atx.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .always = true,
    .fixes = true,
    .names = names,
    .good = "# A\n",
    .bad = "#A\n",
    .article = article,
};
