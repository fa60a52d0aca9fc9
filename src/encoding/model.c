/* Lookups in the character statistics: model.h. */
#include "encoding/model.h"

nl_class nl_model_class_of(uint32_t cp) {
    if (cp < 0x10000)
        return (nl_class)nl_model_class[nl_model_class_block[cp >> 6]][cp & 63];
    if (cp >= 0x1F000 && cp < 0x1FB00)
        return NL_CLASS_EMOJI;
    if (cp >= 0x20000 && cp < 0x32000)
        return NL_CLASS_RAREHAN;
    if (cp > 0x10FFFF)
        return NL_CLASS_C1;
    if (cp >= 0xF0000)
        return NL_CLASS_PRIVATE;
    return cp >= 0x1D000 && cp < 0x1D800 ? NL_CLASS_OTHER : NL_CLASS_UNASSIGNED;
}

static int known_index(uint32_t cp) {
    if (cp < 0x80) /* all of ASCII is known */
        return (int)cp;
    size_t low = 0x80, high = nl_model_known_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (nl_model_known[middle] < cp)
            low = middle + 1;
        else
            high = middle;
    }
    return low < nl_model_known_count && nl_model_known[low] == cp ? (int)low : -1;
}

nl_symbol nl_model_symbol(uint32_t cp) {
    nl_symbol s = {cp, -1, (uint8_t)nl_model_class_of(cp)};
    if (cp == 0xA0 || cp == 0x202F) /* priced like a space */
        s.known = ' ';
    else if (cp < 0x10000)
        s.known = (int16_t)known_index(cp);
    return s;
}

static int pair_cost(int first, int second) {
    uint32_t low = nl_model_row[first], high = nl_model_row[first + 1], end = high;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (nl_model_second[middle] < second)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && nl_model_second[low] == second ? nl_model_pair_cost[low] : -1;
}

int nl_model_cost(nl_symbol prev, nl_symbol c) {
    if (prev.known >= 0 && c.known >= 0) {
        int cost = pair_cost(prev.known, c.known);
        if (cost >= 0)
            return cost;
    }
    int cost = nl_model_class_cost[prev.cls][c.cls];
    cost += c.known >= 0 ? nl_model_char_cost[c.known] : nl_model_unseen_cost[c.cls];
    return prev.known >= 0 ? cost + nl_model_backoff[prev.known] : cost;
}

bool nl_class_is_lower(nl_class c) {
    return c == NL_CLASS_LOWER || c == NL_CLASS_LATIN_LOWER || c == NL_CLASS_GREEK_LOWER ||
           c == NL_CLASS_CYRILLIC_LOWER;
}

bool nl_class_is_upper(nl_class c) {
    return c == NL_CLASS_UPPER || c == NL_CLASS_LATIN_UPPER || c == NL_CLASS_GREEK_UPPER ||
           c == NL_CLASS_CYRILLIC_UPPER;
}

bool nl_class_is_letter(nl_class c) {
    switch (c) {
    case NL_CLASS_DIGIT:
    case NL_CLASS_SPACE:
    case NL_CLASS_CONTROL:
    case NL_CLASS_CLOSE:
    case NL_CLASS_OPEN:
    case NL_CLASS_QUOTE:
    case NL_CLASS_PUNCT:
    case NL_CLASS_MARK_OPEN:
    case NL_CLASS_MARK_CLOSE:
    case NL_CLASS_DASH:
    case NL_CLASS_CURRENCY:
    case NL_CLASS_SYMBOL:
    case NL_CLASS_MODIFIER:
    case NL_CLASS_MATH:
    case NL_CLASS_BOX:
    case NL_CLASS_EMOJI:
    case NL_CLASS_FORMAT:
    case NL_CLASS_C1:
    case NL_CLASS_PRIVATE:
    case NL_CLASS_UNASSIGNED:
    case NL_CLASS_CJKPUNCT:
        return false;
    default:
        return true;
    }
}
