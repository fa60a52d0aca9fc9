/* md020: markdownlint's no-missing-space-closed-atx. It looks at lines, not at headings. */
#include "check/md.h"

/*
 * /^(#+)([ \t]*)([^# \t\\]|[^# \t][^#]*?[^# \t\\])([ \t]*)((?:\\#)?)(#+)(\s*)$/: what stands
 * between the hashes holds none and does not end in a backslash; one escaped hash may stand before
 * the closing ones. Is there such a line that lacks a blank on one side?
 */
static bool lacks_space(nl_str line) {
    size_t left = 0, from, hash;
    while (left < line.n && line.p[left] == '#')
        left++;
    for (from = left; from < line.n && nl_is_blank((unsigned char)line.p[from]);)
        from++;
    for (hash = from; hash < line.n && line.p[hash] != '#';)
        hash++;
    size_t end = hash, behind = hash;
    while (behind < line.n && line.p[behind] == '#')
        behind++;
    bool escaped = hash > from && line.p[hash - 1] == '\\';
    end -= escaped;
    size_t gap = end;
    while (end > from && nl_is_blank((unsigned char)line.p[end - 1]))
        end--;
    if (!left || end == from || line.p[end - 1] == '\\' || behind - hash < (escaped ? 2u : 1u) ||
        nl_md_trim(nl_str_sub(line, behind, line.n)).n)
        return false;
    return from == left || gap == end || escaped;
}

static void article(nl_scope *s, const nl_rule *rule) {
    nl_md *md = nl_md_of(s);
    nl_md_lines lines = {0};
    for (size_t i = md->first_line; i <= md->last_line; i++) {
        nl_str line = nl_md_line(md, i);
        if (!line.n || line.p[0] != '#' || nl_md_is_code_or_html(md, &lines, i) ||
            !lacks_space(line))
            continue;
        nl_finding f = nl_md_at_line(md, rule, i);
        nl_md_report(md, NL_MD020, &f, "no space inside hashes on closed atx style heading");
    }
}

static const char *const names[] = {"text", NULL};

const nl_check nl_check_md020 = {
    .name = "md020",
    .summary = "No space inside hashes on closed atx style heading",
    .help = "markdownlint's MD020, no-missing-space-closed-atx.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .always = true,
    .names = names,
    .good = "# A #\n",
    .bad = "# A#\n",
    .article = article,
};
