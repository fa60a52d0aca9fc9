/*
 * Runs a fuzz target once on each file of the folders that are named, in order of name, and says
 * each name before it does, so that the last one said is the one that broke a law. For compilers
 * that have no fuzzer: the corpora are plain tests there (tests/integration/fuzz.sh).
 */
#include "fuzz.h"

#include "base/buf.h"
#include "base/file.h"
#include <dirent.h>

#pragma weak LLVMFuzzerInitialize

static bool replay_file(const char *folder, const char *name) {
    nl_buf path = {0}, bytes = {0};
    nl_error error;
    nl_path_join(nl_str_c(folder), nl_str_c(name), &path);
    bool good = nl_file_read(nl_buf_c(&path), SIZE_MAX / 2, &bytes, NULL, &error) == NL_READ_OK;
    if (good) {
        /* a block of its own that ends where the input does, as in libFuzzer */
        uint8_t *data = malloc(bytes.n ? bytes.n : 1);
        require(data != NULL);
        memcpy(data, bytes.n ? bytes.p : "", bytes.n);
        fprintf(stderr, "%s\n", nl_buf_c(&path));
        LLVMFuzzerTestOneInput(data, bytes.n);
        free(data);
    } else {
        fprintf(stderr, "%s\n", error.text);
    }
    nl_buf_free(&path);
    nl_buf_free(&bytes);
    return good;
}

static bool replay_folder(const char *folder, size_t *count) {
    struct dirent **names;
    int n = scandir(folder, &names, NULL, alphasort);
    if (n < 0) {
        perror(folder);
        return false;
    }
    bool good = true;
    for (int i = 0; i < n; i++) {
        if (names[i]->d_name[0] != '.') {
            good = replay_file(folder, names[i]->d_name) && good;
            (*count)++;
        }
        free(names[i]);
    }
    free(names);
    return good;
}

int main(int argc, char **argv) {
    size_t count = 0;
    bool good = true;
    if (LLVMFuzzerInitialize)
        LLVMFuzzerInitialize(&argc, &argv);
    for (int i = 1; i < argc; i++)
        good = replay_folder(argv[i], &count) && good;
    printf("%zu\n", count);
    return good && count ? 0 : 1;
}
