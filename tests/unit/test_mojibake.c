/* Mojibake: what is found, what it was, and that clean text is let be. */
#include "unit.h"

#include "base/arena.h"
#include "encoding/mojibake.h"
#include "mojibake_laws.h"
#include <string.h>

static const nl_mojibake_options options = {.one_record = true, .escapes = true};

static void one_damage(const char *text, const char *damaged, const char *was, const char *how) {
    nl_arena a = {0};
    nl_damages d = nl_mojibake_find(text, strlen(text), &options, &a);
    assert_int_equal(d.count, 1);
    const nl_damage *g = d.items;
    assert_int_equal(g->safety, NL_DAMAGE_SAFE);
    assert_ptr_equal(text + g->start, strstr(text, damaged));
    assert_int_equal(g->end - g->start, strlen(damaged));
    assert_true(nl_str_is(g->text, was));
    assert_true(nl_str_is(nl_damage_describe(g, &a), how));
    assert_true(nl_mojibake_possible(text, strlen(text), &options));
    nl_arena_free(&a);
}

static void repairs_the_text_that_started_the_project(void **state) {
    (void)state;
    one_damage("towards providingâ€¦", "â€¦", "…", "UTF-8 read as Windows-1252");
}

static void tells_layers_and_pages(void **state) {
    (void)state;
    one_damage("SÃƒÂ¥dan", "ÃƒÂ¥", "å", "UTF-8 read as Windows-1252, twice");
    one_damage("caf├⌐ au lait", "├⌐", "é", "UTF-8 read as CP437");
    one_damage("don‚Äôt", "‚Äô", "’", "UTF-8 read as Mac Roman");
    one_damage("РџСЂРёРІРµС‚", "РџСЂРёРІРµС‚", "Привет", "UTF-8 read as Windows-1251");
    one_damage("straße seÃ±or Zürich København", "Ã±", "ñ", "UTF-8 read as Windows-1252");
    one_damage("don\xC3\xA2\xC2\x80\xC2\x99"
               "t",
               "\xC3\xA2\xC2\x80\xC2\x99", "’", "UTF-8 read as Latin-1");
}

/* A damaged word amid clean ones of its script, far from any other damage. */
static void finds_a_word_in_a_paragraph_of_its_script(void **state) {
    (void)state;
    one_damage("Рішення про нову станцію метро міська рада ухвалила вчора ввечері після довгого "
               "обговорення, і "
               "РїРѕС‚РµРЅС†С–Р№РЅРѕ воно зачепить тисячі мешканців лівого берега міста.",
               "РїРѕС‚РµРЅС†С–Р№РЅРѕ", "потенційно", "UTF-8 read as Windows-1251");
    one_damage("Як ШІ змінює С€РєРѕР»Рё та університети", "С€РєРѕР»Рё", "школи",
               "UTF-8 read as Windows-1251");
}

/* One letter alone in a word of its script, where it breaks the word. */
static void finds_a_letter_in_a_word_of_its_script(void **state) {
    (void)state;
    one_damage("може да бъдР°т променени", "Р°", "а", "UTF-8 read as Windows-1251");
    one_damage("приймаєтСЊся типово", "СЊ", "ь", "UTF-8 read as Windows-1251");
    one_damage("има многРѕ именовани", "Рѕ", "о", "UTF-8 read as Windows-1251");
}

static void leaves_clean_neighbours(void **state) {
    (void)state;
    one_damage("Ã‰talez la pâte, déjà prête.", "Ã‰", "É", "UTF-8 read as Windows-1252");
}

static void lets_clean_text_be(void **state) {
    (void)state;
    static const char *clean[] = {
        "SÃO PAULO",
        "NÃO À CORRUPÇÃO",
        "Il dit « été » et l’été\u00a0»",
        "Â",
        "Ã",
        "â",
        "Đó là một điều rất đặc biệt ở Việt Nam",
        "Нові події в Україні",
        "CAFÉ»",
        "SPAß”",
        "Ångström 5×£3",
        "日本語のテキスト",
        "a plain line",
        "naïve façade — “quoted”",
        "Firefox×",
        "1280×”",
        "“Ælling”",
        "Ɖe gbeƒãe",
        "в СССР»и на «ТелеСерьёз»",
        "С«Газпромом» и С…а",
        "Fernheizwerk Neukölln: 150°±2",
    };
    nl_arena a = {0};
    for (size_t i = 0; i < sizeof clean / sizeof *clean; i++)
        assert_int_equal(nl_mojibake_find(clean[i], strlen(clean[i]), &options, &a).count, 0);
    nl_arena_free(&a);
}

/* Laws, over damage made at random */

static const char *const sentences[] = {
    "The café’s owner said “no” – and left…",
    "Die Straße über die Brücke ist seit gestern für Fußgänger gesperrt.",
    "L’école a rouvert ses portes à la rentrée, près de la forêt.",
    "El niño comió una piña en el jardín de la señora Muñoz.",
    "A perché no, così è più facile arrivare in città.",
    "A decisão não é fácil, mas a união faz a força.",
    "Förslaget går ut på att sänka avgiften för små företag.",
    "Ærlig talt, så går det også på øya i år.",
    "Päivän sää jatkuu lämpimänä myös yöllä.",
    "Þetta er fyrsta greinin sem birtist á síðunni í dag.",
    "Zażółć gęślą jaźń, mówią dziś wszyscy na świecie.",
    "Příliš žluťoučký kůň úpěl ďábelské ódy.",
    "Az árvíztűrő tükörfúrógép végül elkészült.",
    "Știrile de astăzi arată că prețurile au scăzut în țară.",
    "Čovjek je došao kući i otvorio žuti kišobran.",
    "Šodien laiks būs saulains, bet vakarā gaidāms lietus.",
    "Šiandien oras bus šiltas, tačiau vėjuotas.",
    "Küçük çocuk bahçede ağaçların altında oynuyordu.",
    "Hôm nay trời đẹp và mọi người đều ra đường.",
    "Сегодня в городе прошла выставка новых автомобилей.",
    "Сьогодні в місті відбулася виставка нових автомобілів.",
    "Η έκθεση άνοιξε σήμερα στο κέντρο της πόλης.",
    "התערוכה נפתחה היום במרכז העיר.",
    "افتتح المعرض اليوم في وسط المدينة.",
    "प्रदर्शनी आज शहर के केंद्र में खुली।",
    "นิทรรศการเปิดวันนี้ที่ใจกลางเมือง",
    "展览今天在市中心开幕。",
    "展覧会は今日、市の中心部で始まりました。",
    "전시회가 오늘 시내에서 열렸습니다.",
};
enum { SENTENCES = sizeof sentences / sizeof *sentences };

static void leaves_sentences_of_many_languages(void **state) {
    (void)state;
    nl_arena a = {0};
    for (size_t i = 0; i < SENTENCES; i++) {
        const char *t = sentences[i];
        assert_int_equal(nl_mojibake_find(t, strlen(t), &options, &a).count, 0);
    }
    nl_arena_free(&a);
}

static void restores(nl_str damaged, const char *clean, nl_arena *a) {
    const char *broken = laws_broken(damaged.p, damaged.n, &options, a);
    if (broken)
        fail_msg("%s: %.*s", broken, NL_ARG(damaged));
    nl_str fixed = nl_mojibake_repair(damaged, &options, false, a);
    if (!nl_str_is(fixed, clean))
        fail_msg("not restored: %.*s", NL_ARG(damaged));
}

static void restores_each_page_and_layer(void **state) {
    (void)state;
    nl_arena a = {0};
    for (size_t i = 0; i < SENTENCES; i++)
        for (int page = 0; page < NL_PAGE_COUNT; page++) {
            nl_buf text = {0};
            nl_buf_puts(&text, sentences[i]);
            for (int layer = 0; layer < 3; layer++) {
                nl_buf next = {0};
                laws_misread(&next, nl_buf_str(&text), (nl_page)page);
                nl_buf_free(&text);
                text = next;
                /* Three sentences are short of evidence between two pages that differ by little. */
                if (page == NL_PAGE_8859_15 || page == NL_PAGE_1258)
                    assert_null(laws_broken(text.p, text.n, &options, &a));
                else
                    restores(nl_buf_str(&text), sentences[i], &a);
            }
            nl_buf_free(&text);
            nl_arena_reset(&a);
        }
    nl_arena_free(&a);
}

static unsigned random_next(unsigned *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Bytes dropped, doubled, replaced: nothing is restored, but the laws hold. */
static void keeps_the_laws_on_ruins(void **state) {
    (void)state;
    nl_arena a = {0};
    unsigned seed = 7;
    static const char junk[] = {'?',    '"',    '\'',   ' ',    '\0', '\n',
                                '\xC3', '\xA9', '\xE2', '\x80', '&',  '\\'};
    for (int round = 0; round < 3000; round++) {
        nl_buf text = {0};
        nl_page page = (nl_page)(random_next(&seed) % NL_PAGE_COUNT);
        laws_misread(&text, nl_str_c(sentences[random_next(&seed) % SENTENCES]), page);
        for (unsigned hits = random_next(&seed) % 6; hits > 0; hits--)
            text.p[random_next(&seed) % text.n] = junk[random_next(&seed) % sizeof junk];
        size_t n = text.n - random_next(&seed) % (text.n / 2);
        const char *broken = laws_broken(text.p, n, &options, &a);
        if (broken)
            fail_msg("%s (round %d)", broken, round);
        nl_buf_free(&text);
        nl_arena_reset(&a);
    }
    nl_arena_free(&a);
}

/* What is not safe */

static void first_is(const char *text, size_t n, nl_damage_kind kind, nl_damage_safety safety,
                     const char *was) {
    nl_arena a = {0};
    nl_damages d = nl_mojibake_find(text, n, &options, &a);
    assert_true(d.count > 0);
    assert_int_equal(d.items[0].kind, kind);
    assert_int_equal(d.items[0].safety, safety);
    if (was)
        assert_true(nl_str_is(d.items[0].text, was));
    nl_arena_free(&a);
}
#define FIRST_IS(text, ...) first_is(text, sizeof(text) - 1, __VA_ARGS__)

static void suggests_for_lost_bytes(void **state) {
    (void)state;
    FIRST_IS("a leakâ€\xEF\xBF\xBD style", NL_DAMAGE_LOST, NL_DAMAGE_UNSAFE, "”");
    FIRST_IS("INTERVENCIÃ\"N", NL_DAMAGE_LOST, NL_DAMAGE_UNSAFE, "Ó");
    FIRST_IS("SEÃ'ALES", NL_DAMAGE_LOST, NL_DAMAGE_UNSAFE, "Ñ");
    FIRST_IS("itâ??s", NL_DAMAGE_LOST, NL_DAMAGE_REPORT, NULL);
    FIRST_IS("lost: ï¿½", NL_DAMAGE_LOST, NL_DAMAGE_REPORT, NULL);
    FIRST_IS("It鈥檚 time", NL_DAMAGE_SWAPPED, NL_DAMAGE_UNSAFE, "’s");
    FIRST_IS("锟斤拷", NL_DAMAGE_LOST, NL_DAMAGE_REPORT, NULL);
}

static void suggests_for_cut_ends(void **state) {
    (void)state;
    FIRST_IS("la possibilitÃ", NL_DAMAGE_TRUNCATED, NL_DAMAGE_UNSAFE, "");
    FIRST_IS("la possibilitÃ...", NL_DAMAGE_TRUNCATED, NL_DAMAGE_UNSAFE, "");
    FIRST_IS("la possibilitÃ…", NL_DAMAGE_TRUNCATED, NL_DAMAGE_UNSAFE, "");
    FIRST_IS("he saidâ€", NL_DAMAGE_TRUNCATED, NL_DAMAGE_UNSAFE, "");
}

/* The ellipsis behind a stump is none of its bytes, in whatever round it becomes one. */
static void keeps_an_ellipsis_from_a_stump(void **state) {
    (void)state;
    FIRST_IS("Ã®nsÄƒ mai jos un numÄâ€¦", NL_DAMAGE_MISREAD, NL_DAMAGE_SAFE, "î");
    FIRST_IS("un numÄâ€¦", NL_DAMAGE_TRUNCATED, NL_DAMAGE_UNSAFE, "…");
    FIRST_IS("les Ã‰tats de la RÃƒ", NL_DAMAGE_MISREAD, NL_DAMAGE_SAFE, "É");
    nl_arena a = {0};
    nl_str once = nl_mojibake_repair(nl_str_c("în numÄâ€¦"), &options, false, &a);
    assert_true(nl_str_is(once, "în numÄâ€¦"));
    once = nl_mojibake_repair(nl_str_c("întreg numÄâ€¦"), &options, true, &a);
    assert_true(nl_str_is(once, "întreg num…"));
    nl_arena_free(&a);
}

/* What ends a record may look like the beginning of a character, and is none. */
static void believes_whole_ends(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"L’école est fermÃ©â€¦", "L’école est fermé…"},
        {"ліквідності, СЏРєРёР№вЂ¦", "ліквідності, який…"},
        {"Рё С…РѕСЂРѕС€Рѕ, РїРѕРіР°РЅРѕвЂќ", "и хорошо, погано”"},
        {"╨┐╨╡╤А╨╡╨┤ ╨▓╤Ц╨┤╨╜╨╛╨▓╨╗╨╡╨╜╨╜╤П╨╝", "перед відновленням"},
    };
    nl_arena a = {0};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_true(
            nl_str_is(nl_mojibake_repair(nl_str_c(pairs[i][0]), &options, false, &a), pairs[i][1]));
    nl_arena_free(&a);
}

/* What lies half-way is no text yet, and a mark or a syllable of three bytes is no chance. */
static void goes_to_the_end_of_layers(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"Een ÃƒÂ¢Ã¢â€šÂ¬Ã‹Å“SeekÃƒÂ¢Ã¢â€šÂ¬Ã¢â€žÂ¢ mislukte", "Een ‘Seek’ mislukte"},
        {"INTEGER1 Ã£Â\xC2\x81"
         "Å’ INTEGER2 Ã¤Â»Â¥Ã¤Â¸â€¹",
         "INTEGER1 が INTEGER2 以下"},
        {"COMMAND Ã£Â\xC2\x81"
         "Â¨ NAME を同時に使用",
         "COMMAND と NAME を同時に使用"},
        {"číslic, ÔÇ×control” v příkazu", "číslic, „control” v příkazu"},
        {"次の文字をÚÇü信する", "次の文字を送信する"},
        {"--symbolic ă\xC2\x83"
         "\xC2\x8F"
         "ードリンク",
         "--symbolic ハードリンク"},
        {"Съобщение „METHOD_CALLвЂњ: в частта", "Съобщение „METHOD_CALL“: в частта"},
    };
    nl_arena a = {0};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_true(
            nl_str_is(nl_mojibake_repair(nl_str_c(pairs[i][0]), &options, false, &a), pairs[i][1]));
    nl_arena_free(&a);
}

static void knows_cesu(void **state) {
    (void)state;
    one_damage("ok í ½í¸€ then", "í ½í¸€", "😀", "CESU-8 read as Windows-1252");
}

static void leaves_what_was_damaged_otherwise(void **state) {
    (void)state;
    static const char *others[] = {
        "Ïðèâåò, ýòî òåêñò íà ðóññêîì ÿçûêå", /* Windows-1251 read as 1252 */
        "ƒRƒ“ƒsƒ…[ƒ^‚ÌƒƒbƒZ[ƒW",              /* Shift JIS read as 1252 */
        "ð¡ð»ð¾ð±ð¾ð´ð½ð¾ ñðºð»ð°ð´ð¸ñˆñ‚ðµ", /* put in small letters afterwards */
    };
    nl_arena a = {0};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_true(
            nl_str_is(nl_mojibake_repair(nl_str_c(others[i]), &options, true, &a), others[i]));
    nl_arena_free(&a);
    FIRST_IS("FÃ¼GE", NL_DAMAGE_MISREAD, NL_DAMAGE_UNSAFE, "Ü");
    FIRST_IS("DIE BRÃœCKE", NL_DAMAGE_MISREAD, NL_DAMAGE_SAFE, "Ü");
    FIRST_IS("Le dÃ©fi", NL_DAMAGE_MISREAD, NL_DAMAGE_SAFE, "é");
}

/* Letters that the texts hardly hold but that a living alphabet has; and scripts known by nothing
 * but that the page explains them whole. */
static void knows_alphabets(void **state) {
    (void)state;
    one_damage("Na gode don gano Æ™arin", "Æ™", "ƙ", "UTF-8 read as Windows-1252");
    one_damage("roÊ»yxati", "Ê»", "ʻ", "UTF-8 read as Windows-1252");
    one_damage("á¬…á¬“á¬¾á¬¯á¬¿", "á¬…á¬“á¬¾á¬¯á¬¿", "ᬅᬓᬾᬯᬿ", "UTF-8 read as Windows-1252");
}

/* A line's hits follow its majority: the tilde alone would be one of CP437. */
static void follows_the_many(void **state) {
    (void)state;
    static const char damaged[] =
        "Emoneƒ© ovet√£ i√±apys·∫Ωva ha embohapejey mbohapyh√°va gÃÉuar√£";
    nl_arena a = {0};
    assert_true(nl_str_is(nl_mojibake_repair(nl_str_c(damaged), &options, false, &a),
                          "Emoneĩ ovetã iñapysẽva ha embohapejey mbohapyháva g̃uarã"));
    nl_arena_free(&a);
}

static void sees_through_escapes(void **state) {
    (void)state;
    FIRST_IS("caf&Atilde;&copy;", NL_DAMAGE_ESCAPED, NL_DAMAGE_SAFE, "é");
    FIRST_IS("it&acirc;&#8364;&trade;s", NL_DAMAGE_ESCAPED, NL_DAMAGE_SAFE, "’");
    FIRST_IS("it\\u00e2\\u20ac\\u2122s", NL_DAMAGE_ESCAPED, NL_DAMAGE_UNSAFE, "’");
    FIRST_IS("it\\xe2\\x80\\x99s", NL_DAMAGE_ESCAPED, NL_DAMAGE_UNSAFE, "’");
    nl_arena a = {0};
    static const char fine[] = "caf&eacute; &amp; th&eacute;, C:\\users\\x, &copy; 2024";
    assert_int_equal(nl_mojibake_find(fine, sizeof fine - 1, &options, &a).count, 0);
    nl_arena_free(&a);
}

static void leaves_tables_of_repairs(void **state) {
    (void)state;
    FIRST_IS("fix = {\"Ã©\": \"é\"}", NL_DAMAGE_MISREAD, NL_DAMAGE_UNSAFE, "é");
    FIRST_IS("replace('é', 'Ã©')", NL_DAMAGE_MISREAD, NL_DAMAGE_UNSAFE, "é");
    FIRST_IS("the mark â€™ → ’ here", NL_DAMAGE_MISREAD, NL_DAMAGE_UNSAFE, "’");
    FIRST_IS("sequences such as “Ã©” or “Ã§”", NL_DAMAGE_MISREAD, NL_DAMAGE_UNSAFE, "é");
    FIRST_IS("“Ã±” y seÃ±or", NL_DAMAGE_MISREAD, NL_DAMAGE_SAFE, "ñ");
}

static void reads_raw_bytes(void **state) {
    (void)state;
    FIRST_IS("the caf\xE9 is open", NL_DAMAGE_RAW_BYTES, NL_DAMAGE_SAFE, "é");
    FIRST_IS("don\x92t, said the man", NL_DAMAGE_RAW_BYTES, NL_DAMAGE_SAFE, "’");
    FIRST_IS("\xD1\xE5\xE3\xEE\xE4\xED\xFF \xE2 \xE3\xEE\xF0\xEE\xE4\xE5 \xEF\xF0\xEE\xF8\xEB\xE0 "
             "\xE2\xFB\xF1\xF2\xE0\xE2\xEA\xE0",
             NL_DAMAGE_RAW_BYTES, NL_DAMAGE_SAFE, NULL);
    FIRST_IS("cut \xE2\x80", NL_DAMAGE_TRUNCATED, NL_DAMAGE_REPORT, NULL);
    FIRST_IS("Sādi cut \xC4", NL_DAMAGE_TRUNCATED, NL_DAMAGE_REPORT, NULL);
    /* Hebrew in a page that is not known: no Cyrillic. */
    static const char hebrew[] = "\xF2\xF8\xEB\xE5\xFA \xF2\xE9\xF6\xE5\xE1 "
                                 "\xE4\xE6\xEE\xE9\xF0\xE5\xFA \xE1\xF8\xF9\xFA "
                                 "\xE0\xE9\xF0\xEF \xEE\xE5\xF6\xE2\xE5\xFA";
    nl_arena a = {0};
    assert_int_equal(nl_mojibake_find(hebrew, sizeof hebrew - 1, &options, &a).count, 0);
    nl_arena_free(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repairs_the_text_that_started_the_project),
        cmocka_unit_test(tells_layers_and_pages),
        cmocka_unit_test(finds_a_word_in_a_paragraph_of_its_script),
        cmocka_unit_test(finds_a_letter_in_a_word_of_its_script),
        cmocka_unit_test(leaves_clean_neighbours),
        cmocka_unit_test(lets_clean_text_be),
        cmocka_unit_test(leaves_sentences_of_many_languages),
        cmocka_unit_test(restores_each_page_and_layer),
        cmocka_unit_test(keeps_the_laws_on_ruins),
        cmocka_unit_test(suggests_for_lost_bytes),
        cmocka_unit_test(suggests_for_cut_ends),
        cmocka_unit_test(keeps_an_ellipsis_from_a_stump),
        cmocka_unit_test(believes_whole_ends),
        cmocka_unit_test(goes_to_the_end_of_layers),
        cmocka_unit_test(knows_cesu),
        cmocka_unit_test(leaves_what_was_damaged_otherwise),
        cmocka_unit_test(knows_alphabets),
        cmocka_unit_test(follows_the_many),
        cmocka_unit_test(sees_through_escapes),
        cmocka_unit_test(leaves_tables_of_repairs),
        cmocka_unit_test(reads_raw_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
