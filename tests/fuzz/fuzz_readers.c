/* The fast readers against libyaml and cmark on any bytes, as an article, as the inside of front
 * matter and as a body: tests/unit/reader_laws.h. */
#include "../unit/reader_laws.h"
#include "fuzz.h"

static void compare(nl_str before, const uint8_t *data, size_t size, nl_str after) {
    laws_taken taken = {0};
    nl_arena arena = {0};
    size_t n = before.n + size + after.n;
    char *bytes = malloc(n + !n);
    require(bytes != NULL);
    memcpy(bytes, before.p, before.n);
    if (size)
        memcpy(bytes + before.n, data, size);
    memcpy(bytes + before.n + size, after.p, after.n);
    const char *broken = laws_readers_broken(nl_str_n(bytes, n), &taken, &arena);
    nl_arena_free(&arena);
    free(bytes);
    if (broken)
        fuzz_broken(broken, __FILE__, __LINE__);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    compare(NL_S(""), data, size, NL_S(""));
    compare(NL_S("---\n"), data, size, NL_S("\n---\n"));
    compare(NL_S("---\n---\n"), data, size, NL_S(""));
    return 0;
}
