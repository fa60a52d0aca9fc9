/*
 * What every fuzz target includes: the two entries of libFuzzer (LLVM's "LibFuzzer: fuzz target"),
 * which AFL++ and replay.c call too, and require(), which ends the process with the law that does
 * not hold. A target makes nothing that lasts but in LLVMFuzzerInitialize().
 */
#ifndef NL_FUZZ_H
#define NL_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define require(law) ((law) ? (void)0 : fuzz_broken(#law, __FILE__, __LINE__))

static inline void fuzz_broken(const char *law, const char *file, int line) {
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, law);
    abort();
}

#endif
