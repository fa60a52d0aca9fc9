// Checks the articles that are named on the command line with the installed library, from C++11 on: each by itself and then
// against each other, as rules such as `unique` want it. Ends with 1 when there is an error.
//
//     c++ lint.cc -o lint $(pkg-config --cflags --libs newslint)
#include <iostream>
#include <memory>
#include <newslint.h>
#include <string>
#include <vector>

namespace {

// Each object is freed by its own function.
struct Free {
    void operator()(newslint_engine *p) const { newslint_engine_free(p); }
    void operator()(newslint_worker *p) const { newslint_worker_free(p); }
    void operator()(newslint_result *p) const { newslint_result_free(p); }
    void operator()(newslint_corpus *p) const { newslint_corpus_free(p); }
};
using Engine = std::unique_ptr<newslint_engine, Free>;
using Worker = std::unique_ptr<newslint_worker, Free>;
using Result = std::unique_ptr<newslint_result, Free>;
using Corpus = std::unique_ptr<newslint_corpus, Free>;

std::string text(newslint_string s) {
    return std::string(s.data ? s.data : "", s.size);
}

bool print(const newslint_result *result) {
    bool errors = false;
    for (size_t i = 0; i < newslint_result_count(result); i++) {
        const newslint_diagnostic &d = *newslint_result_get(result, i);
        errors = errors || d.level == NEWSLINT_ERROR;
        std::cout << text(d.path) << ':' << d.range.start.line << ':' << d.range.start.column << ": " << text(d.message)
                  << " [" << text(d.rule) << "]\n";
        for (size_t j = 0; j < d.edit_count; j++)
            std::cout << "    bytes " << d.edits[j].start << " to " << d.edits[j].end << ": \"" << text(d.edits[j].text)
                      << "\"\n";
    }
    return errors;
}

} // namespace

int main(int argc, char **argv) {
    const char *sets[] = {"news"};
    newslint_rules rules = {};
    rules.sets = sets;
    rules.set_count = 1;
    newslint_engine *made;
    newslint_result *said;
    newslint_engine_new(&made, &rules, &said);
    Engine engine(made);
    Result problems(said);
    if (problems)
        print(problems.get());
    if (!engine)
        return 2;

    Worker worker(newslint_worker_new());
    Corpus corpus(newslint_corpus_new());
    std::vector<Result> results;
    for (int i = 1; i < argc; i++) {
        results.emplace_back(newslint_lint_file(engine.get(), worker.get(), argv[i], nullptr));
        newslint_corpus_add(corpus.get(), results.back().get());
    }
    newslint_corpus_seal(corpus.get(), false);
    bool errors = false;
    for (const Result &result : results) {
        newslint_corpus_check(corpus.get(), result.get());
        errors = print(result.get()) || errors;
    }
    return errors;
}
