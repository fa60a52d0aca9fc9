/* The laws of the mojibake engine on any bytes: tests/unit/mojibake_laws.h. */
#include "fuzz.h"

#include "../unit/mojibake_laws.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0)
        return 0;
    nl_mojibake_options options = {.one_record = data[0] & 1, .escapes = data[0] & 2};
    nl_arena arena = {0};
    const char *broken = laws_broken((const char *)data + 1, size - 1, &options, &arena);
    nl_arena_free(&arena);
    if (broken) {
        fprintf(stderr, "%s\n", broken);
        abort();
    }
    return 0;
}
