/* What MD019 and MD021 share: blanks between the hashes of a heading and its text. */
#include "check/md.h"

static void look(nl_md *md, const nl_rule *rule, nl_md_rule which, const nl_heading *h, nl_span gap,
                 const char *where) {
    if (gap.end < gap.start + 2)
        return;
    nl_finding f = nl_finding_at(md->scope, rule, nl_span_of(gap.start + 1, gap.end));
    nl_finding_set(&f, "text", h->content);
    nl_finding_say(&f, "where", "%s", where);
    nl_finding_fix(&f, false, "leave one space");
    nl_finding_edit(&f, f.span, NL_S(""));
    nl_md_report(md, which, &f, "multiple spaces {where}");
}

void nl_md_look_at_spaces(nl_md *md, const nl_rule *rule, nl_md_rule which,
                          nl_heading_style style) {
    for (size_t i = 0; i < md->body->heading_count; i++) {
        const nl_heading *h = &md->body->headings[i];
        bool closed = style == NL_HEADING_ATX_CLOSED, empty = h->text.end == h->text.start;
        if (h->style != style)
            continue;
        size_t behind = !empty ? h->text.start : closed ? h->closing.start : h->block.end;
        size_t before = empty ? h->marks.end : h->text.end;
        look(md, rule, which, h, nl_span_of(h->marks.end, behind), "after the opening hashes");
        if (closed)
            look(md, rule, which, h, nl_span_of(before, h->closing.start),
                 "before the closing hashes");
    }
}
