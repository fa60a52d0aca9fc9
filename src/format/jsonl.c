/* One diagnostic a line, each an object as in `json`, streamed. */
#include "format/write.h"

static void begin(nl_report *r) {
    (void)r;
}

static void file(nl_report *r, const nl_report_file *f) {
    for (size_t i = 0; i < f->count; i++) {
        nl_put_json_diagnostic(&(nl_json){.out = &r->out}, f->shown[i]);
        nl_buf_putc(&r->out, '\n');
    }
}

static void end(nl_report *r, const nl_summary *summary) {
    (void)r;
    (void)summary;
}

const nl_format nl_format_jsonl = {
    .name = "jsonl",
    .summary = "one JSON object a line for each diagnostic",
    .machine = true,
    .begin = begin,
    .file = file,
    .end = end,
};
