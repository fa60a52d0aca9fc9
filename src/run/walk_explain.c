/* Says which filter removed what, so that a run without articles is never silent. */
#include "base/unicode.h"
#include "run/walk.h"

static void say(nl_buf *out, size_t *said, size_t count, const char *one, const char *many) {
    if (!count)
        return;
    nl_buf_printf(out, "%s%zu %s", (*said)++ ? ", " : "", count, count == 1 ? one : many);
}

void nl_walk_explain(const nl_walk_root *r, nl_buf *out) {
    const nl_walk_left *l = &r->left;
    size_t said = 0;
    nl_buf_putc(out, '`');
    nl_visible(nl_str_c(r->shown), out);
    nl_buf_puts(out, r->folder ? "` yields no article: " : "` was passed over: ");
    size_t start = out->n;
    say(out, &said, l->other, "file is not *.md, *.markdown or *.mdx",
        "files are not *.md, *.markdown or *.mdx");
    say(out, &said, l->hidden, "is hidden", "are hidden");
    say(out, &said, l->modules, "folder is node_modules", "folders are node_modules");
    say(out, &said, l->ignored, "is left out by ignore files (--no-ignore takes it)",
        "are left out by ignore files (--no-ignore takes them)");
    say(out, &said, l->excluded, "is left out by --exclude", "are left out by --exclude");
    say(out, &said, l->not_included, "matches no --include", "match no --include");
    say(out, &said, l->unwanted, "is left out by include and exclude of the rule file",
        "are left out by include and exclude of the rule file");
    say(out, &said, l->links, "is a link to a folder", "are links to folders");
    say(out, &said, l->special, "is a FIFO, socket or device", "are FIFOs, sockets or devices");
    say(out, &said, l->unreadable, "folder could not be read", "folders could not be read");
    if (out->n == start)
        nl_buf_puts(out, "it is empty");
}
