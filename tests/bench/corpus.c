/*
 * corpus DIR COUNT [PER_FOLDER]: writes COUNT articles of a made-up news site, PER_FOLDER to a
 * folder (default 1000). They have the shape of the articles that newslint is made for: 3.2 KB, of
 * which half is front matter of 39 lines. Every twentieth has a fault, of each kind in turn. The
 * same arguments give the same bytes.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FAULT_EACH = 20, FOLDER = 1000 };

/* splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t next(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

typedef struct words {
    const char *const *items;
    size_t count;
} words;

#define WORDS(name, ...)                                                                           \
    static const char *const name##_items[] = {__VA_ARGS__};                                       \
    static const words name = {name##_items, sizeof name##_items / sizeof *name##_items}

WORDS(who, "The harbour board", "A panel of surveyors", "The ferry company",
      "The library of the town", "A group of growers", "The council of Elmwick",
      "The bridge office", "The weather station", "The rail operator", "An inquiry by the county",
      "The museum of tides", "The water works");
WORDS(did, "has put off", "will open", "is to measure again", "has agreed on", "plans to sell",
      "will repair", "has counted", "is looking into", "wants to extend", "has published");
WORDS(what, "the north pier", "its plans for the old mill", "a second crossing of the Lune",
      "the register of wells", "the timetable for the winter", "the figures of the last harvest",
      "the lower lock", "a map of the marshes", "the terms of the lease", "the new reading room");
WORDS(why, "after three weeks of rain", "for the first time since 1987", "at a cost of 4.2 million",
      "because of the spring tide", "although the funds were cut", "in time for the summer",
      "so that trains can run every twenty minutes", "before the next session in March",
      "with the help of eighty volunteers", "which the residents had asked for");
WORDS(more, "The work is expected to take until the end of the year.",
      "Nobody was hurt, and the road was open again by the evening.",
      "A decision is due when the board meets in the first week of next month.",
      "Those who live near the river had warned of this for years.",
      "Shops along the quay stayed closed, while the market moved to the square.",
      "The report names four causes and leaves open which of them weighs most.",
      "Both sides said that they would go on talking.",
      "Tickets that were bought before Friday remain valid.");
WORDS(heads, "Overview", "What happens next", "How it came to this", "The figures in detail",
      "Reactions from the town", "A look back", "Costs and funding", "What residents should know");
WORDS(topics, "RIVER", "TOWN", "TRANSPORT", "HARVEST", "WEATHER", "LIBRARY", "TRADE", "TIDES");

static const char *one(words w, uint64_t *state) {
    return w.items[next(state) % w.count];
}

typedef enum fault {
    SOUND,
    MOJIBAKE,
    NO_TITLE,
    RELATIVE_URL,
    QUOTED_NUMBER,
    LOCAL_TIME,
    OUTER_SPACE,
    HEADING_SPACE,
    HEADING_JUMP,
    UNKNOWN_FIELD,
    SAME_ID,
    FAULTS
} fault;

static void put_front(FILE *out, size_t number, fault f, uint64_t *s) {
    const char *subject = one(who, s), *verb = one(did, s), *object = one(what, s);
    unsigned day = (unsigned)(next(s) % 28 + 1), hour = (unsigned)(next(s) % 24);
    fputs("---\n", out);
    if (f != NO_TITLE)
        fprintf(out, "title: %s %s %s\n", subject, verb, object);
    fprintf(out, "description: '%s%s %s %s %s%sso the board says. %s'\n",
            f == OUTER_SPACE ? " " : "", subject, verb, object, one(why, s),
            f == MOJIBAKE ? " \xC3\xA2\xE2\x82\xAC\xE2\x80\x9C " : " \xE2\x80\x93 ", one(more, s));
    fprintf(out, "publishedAt: '2025-11-%02uT%02u:13:55%s'\n", day, hour,
            f == LOCAL_TIME ? "" : ".000Z");
    fprintf(out, "updatedAt: '2025-11-%02uT%02u:16:57.474Z'\nlang: en\n", day, hour);
    fprintf(out, "externalId: '%zu'\n", f == SAME_ID ? 40000000 : 50000000 + number);
    const char *topic = one(topics, s);
    fputs("source:\n  name: Elmwick Courier\n  key: courier\n  type: RSS\n", out);
    fprintf(out, "category: %s\ntags:\n  - %s\n  - ECONOMY\n  - ELMWICK\n", topic, topic);
    fprintf(out, "stickyWeight: 0\nsentiment: NEUTRAL\nscore: %s\ndraft: false\n",
            f == QUOTED_NUMBER ? "'0'" : "0");
    if (f == UNKNOWN_FIELD)
        fputs("categroy: TOWN\n", out);
    static const struct {
        const char *key, *size;
    } images[] = {{"full", "crop=entropy&cs=srgb&fm=jpg&q=85"},
                  {"regular", "crop=entropy&cs=tinysrgb&fit=max&fm=jpg&q=80&w=1080"},
                  {"small", "crop=entropy&cs=tinysrgb&fit=max&fm=jpg&q=80&w=400"},
                  {"thumb", "crop=entropy&cs=tinysrgb&fit=max&fm=jpg&q=80&w=200"}};
    unsigned long long image = next(s) % 10000000000000u, id = next(s);
    fprintf(out,
            "coverImage:\n  raw: "
            "'%simages.example.com/"
            "photo-%013llu?ixid=M3w4MjQzNjB8MHwxfHJhbmRvbXx8fHx8fHx8fDE3%016llx&ixlib=rb-4.1.0'\n",
            f == RELATIVE_URL ? "//" : "https://", image, id);
    for (size_t i = 0; i < sizeof images / sizeof *images; i++)
        fprintf(out,
                "  %s: "
                "'https://images.example.com/"
                "photo-%013llu?ixid=M3w4MjQzNjB8MHwxfHJhbmRvbXx8fHx8fHx8fDE3%016llx&ixlib=rb-4.1.0&"
                "%s'\n",
                images[i].key, image, id, images[i].size);
    fprintf(out, "  small_s3: 'https://s3.example.com/images.example.com/small/photo-%013llu'\n",
            image);
    fprintf(out,
            "ai:\n  rewritten: true\n  expandedAt: '2025-11-%02uT%02u:16:57.474Z'\n  version: 1\n"
            "---\n",
            day, hour);
}

static void put_sentence(FILE *out, uint64_t *s) {
    fprintf(out, "%s %s %s %s. ", one(who, s), one(did, s), one(what, s), one(why, s));
    fputs(one(more, s), out);
}

static void put_body(FILE *out, fault f, uint64_t *s) {
    size_t head = next(s);
    for (size_t i = 0; i < 3; i++) {
        const char *mark = f == HEADING_SPACE && i == 1  ? "##"
                           : f == HEADING_JUMP && i == 1 ? "#### "
                                                         : "## ";
        fprintf(out, "%s%s\n\n", mark, heads.items[(head + i) % heads.count]);
        if (i == 2)
            break;
        for (size_t j = 0; j < 4; j++) {
            put_sentence(out, s);
            fputs(j % 2 ? "\n\n" : " ", out);
        }
    }
    for (size_t i = 0; i < 5; i++)
        fprintf(out, "- %s %s %s %s.\n", one(who, s), one(did, s), one(what, s), one(why, s));
}

static bool make_folder(const char *path) {
    return mkdir(path, 0777) == 0 || errno == EEXIST;
}

static bool write_article(const char *folder, size_t number) {
    char path[4096];
    uint64_t state = number;
    fault f = number % FAULT_EACH ? SOUND : (fault)(1 + number / FAULT_EACH % (FAULTS - 1));
    if (snprintf(path, sizeof path, "%s/article-%07zu.md", folder, number) >= (int)sizeof path)
        return false;
    FILE *out = fopen(path, "w");
    if (!out)
        return false;
    put_front(out, number, f, &state);
    put_body(out, f, &state);
    return fclose(out) == 0;
}

int main(int argc, char **argv) {
    if (argc < 3 || !make_folder(argv[1])) {
        fputs("usage: corpus DIR COUNT [PER_FOLDER]\n", stderr);
        return 2;
    }
    size_t count = strtoul(argv[2], NULL, 10),
           each = argc > 3 ? strtoul(argv[3], NULL, 10) : FOLDER;
    for (size_t i = 0; i < count; i++) {
        char folder[2048];
        if (snprintf(folder, sizeof folder, "%s/%04zu", argv[1], i / (each ? each : 1)) >=
                (int)sizeof folder ||
            !make_folder(folder) || !write_article(folder, i)) {
            fprintf(stderr, "corpus: cannot write to %s\n", argv[1]);
            return 2;
        }
    }
    return 0;
}
