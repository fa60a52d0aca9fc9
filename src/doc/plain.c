/* What each family of engines makes of a plain scalar, where they do not agree. */
#include "doc/plain.h"

static bool is_octal_digit(int c) {
    return c >= '0' && c <= '7';
}

static bool is_hex_digit(int c) {
    return nl_is_digit(c) || (nl_lower(c) >= 'a' && nl_lower(c) <= 'f');
}

/* Takes digits (and underscores) off the front; returns how many bytes. */
static size_t take(nl_str *t, bool (*wanted)(int c), bool underscores) {
    size_t n = 0;
    while (n < t->n && (wanted((unsigned char)t->p[n]) || (underscores && t->p[n] == '_')))
        n++;
    *t = nl_str_sub(*t, n, t->n);
    return n;
}

static bool take_one(nl_str *t, const char *any) {
    if (!t->n || nl_str_find(nl_str_c(any), t->p[0]) == nl_str_c(any).n)
        return false;
    *t = nl_str_sub(*t, 1, t->n);
    return true;
}

static bool is_word(nl_str t, const char *const *words) {
    for (; *words; words++)
        if (nl_str_is(t, *words))
            return true;
    return false;
}

/* The 1.1 booleans beyond true and false: https://yaml.org/type/bool.html */
static bool is_old_true(nl_str t) {
    static const char *const words[] = {"y", "Y", "yes", "Yes", "YES", "on", "On", "ON", NULL};
    return is_word(t, words);
}

static bool is_old_false(nl_str t) {
    static const char *const words[] = {"n", "N", "no", "No", "NO", "off", "Off", "OFF", NULL};
    return is_word(t, words);
}

/* [-+]?[1-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?, https://yaml.org/type/int.html */
static bool is_sexagesimal(nl_str t) {
    take_one(&t, "+-");
    if (!t.n || t.p[0] < '1' || t.p[0] > '9')
        return false;
    take(&t, nl_is_digit, true);
    size_t parts = 0;
    for (; take_one(&t, ":"); parts++) {
        int first = t.n ? t.p[0] : 0;
        size_t n = take(&t, nl_is_digit, false);
        if (n < 1 || n > 2 || (n == 2 && first > '5'))
            return false;
    }
    if (take_one(&t, "."))
        take(&t, nl_is_digit, true);
    return parts > 0 && t.n == 0;
}

/* A number of 1.1 (and of js-yaml) by its underscores alone. */
static bool is_underscored(nl_str t) {
    bool has = nl_str_find(t, '_') < t.n;
    take_one(&t, "+-");
    if (!has || !t.n || !nl_is_digit((unsigned char)t.p[0]))
        return false;
    if (nl_str_starts(t, NL_S("0x"))) {
        t = nl_str_sub(t, 2, t.n);
        return take(&t, is_hex_digit, true) > 0 && t.n == 0;
    }
    take(&t, nl_is_digit, true);
    if (take_one(&t, "."))
        take(&t, nl_is_digit, true);
    return t.n == 0;
}

/* Digits behind a zero: octal for 1.1, decimal for 1.2. */
static bool is_leading_zero(nl_str t, bool *octal) {
    take_one(&t, "+-");
    if (t.n < 2 || t.p[0] != '0')
        return false;
    nl_str rest = t;
    take(&rest, is_octal_digit, false);
    *octal = rest.n == 0;
    take(&t, nl_is_digit, false);
    return t.n == 0;
}

static bool is_based(nl_str t, const char *prefix, bool (*digit)(int c)) {
    take_one(&t, "+-");
    if (!nl_str_starts(t, nl_str_c(prefix)))
        return false;
    t = nl_str_sub(t, 2, t.n);
    return take(&t, digit, false) > 0 && t.n == 0;
}

static bool is_binary_digit(int c) {
    return c == '0' || c == '1';
}

/* An exponent without a point or without a sign: no number by 1.1's regular expression. */
static bool is_bare_exponent(nl_str t) {
    take_one(&t, "+-");
    size_t whole = take(&t, nl_is_digit, false);
    bool point = take_one(&t, ".");
    size_t behind = point ? take(&t, nl_is_digit, false) : 0;
    if (whole + behind == 0 || !take_one(&t, "eE"))
        return false;
    bool sign = take_one(&t, "+-");
    return take(&t, nl_is_digit, false) > 0 && t.n == 0 && !(point && sign);
}

/* YYYY-MM-DD, or a date with a time behind it: https://yaml.org/type/timestamp.html */
static bool is_date(nl_str t) {
    static const unsigned char least[] = {4, 1, 1};
    for (size_t i = 0; i < 3; i++) {
        if (i && !take_one(&t, "-"))
            return false;
        size_t n = take(&t, nl_is_digit, false);
        if (n < least[i] || n > (i ? 2 : 4))
            return false;
    }
    if (t.n == 0)
        return true;
    return take_one(&t, "Tt \t") && take(&t, nl_is_digit, false) > 0 && take_one(&t, ":");
}

/* More than the 2^53 that JavaScript's numbers hold exactly. */
static bool is_beyond_double(nl_str t) {
    static const char most[] = "9007199254740992";
    take_one(&t, "+-");
    nl_str digits = t;
    take(&t, nl_is_digit, false);
    if (t.n || !digits.n || digits.p[0] == '0')
        return false;
    size_t n = sizeof most - 1;
    return digits.n > n || (digits.n == n && nl_str_cmp(digits, nl_str_n(most, n)) > 0);
}

/* A number that all read alike: digits, not too many, with no zero before them. */
static bool is_plain_number(nl_str t) {
    static const size_t safe = 15; /* digits that a double holds */
    nl_str rest = t;
    return t.n <= safe && take(&rest, nl_is_digit, false) == t.n && (t.n == 1 || t.p[0] != '0');
}

#define QUOTE "put it in quotes"

/* All of them begin so. */
static bool may_be_ambiguous(nl_str t) {
    int c = t.n ? (unsigned char)t.p[0] : 0;
    if (nl_is_alpha(c)) {
        int lower = nl_lower(c);
        return t.n <= 3 && (lower == 'y' || lower == 'n' || lower == 'o');
    }
    return c == '+' || c == '-' || c == '.' || c == '=' || (nl_is_digit(c) && !is_plain_number(t));
}

bool nl_plain_is_ambiguous(nl_str t, nl_plain_reading *out) {
    static const nl_plain_reading
        old_true = {"the boolean true in YAML 1.1", "a string in YAML 1.2",
                    "write `true`, or put it in quotes"},
        old_false = {"the boolean false in YAML 1.1", "a string in YAML 1.2",
                     "write `false`, or put it in quotes"},
        sexagesimal = {"a number to the base 60 in YAML 1.1", "a string in YAML 1.2", QUOTE},
        underscored = {"a number in YAML 1.1 and js-yaml", "a string in YAML 1.2",
                       "leave out the underscores, or put it in quotes"},
        octal = {"an octal number in YAML 1.1", "a decimal number in YAML 1.2", QUOTE},
        zero = {"a string in YAML 1.1", "a number in YAML 1.2, which loses the zeros", QUOTE},
        new_octal = {"a string in YAML 1.1", "an octal number in YAML 1.2", QUOTE},
        binary = {"a binary number in YAML 1.1 and js-yaml", "a string in YAML 1.2", QUOTE},
        exponent = {"a string in YAML 1.1", "a number in YAML 1.2", QUOTE},
        date = {"a date in YAML 1.1 and js-yaml", "a string in YAML 1.2", QUOTE},
        big = {"an integer", "JavaScript rounds it", QUOTE},
        equals = {"a special value in YAML 1.1", "a string in YAML 1.2", QUOTE};
    bool is_octal = false;
    if (!may_be_ambiguous(t))
        return false;
    *out = is_old_true(t)                       ? old_true
           : is_old_false(t)                    ? old_false
           : nl_str_is(t, "=")                  ? equals
           : is_leading_zero(t, &is_octal)      ? (is_octal ? octal : zero)
           : is_date(t)                         ? date
           : is_sexagesimal(t)                  ? sexagesimal
           : is_underscored(t)                  ? underscored
           : is_based(t, "0o", is_octal_digit)  ? new_octal
           : is_based(t, "0b", is_binary_digit) ? binary
           : is_bare_exponent(t)                ? exponent
           : is_beyond_double(t)                ? big
                                                : (nl_plain_reading){NULL, NULL, NULL};
    return out->first;
}
