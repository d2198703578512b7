/* Text: UTF-8, and the nearest word. */
#include "internal.h"

#include <inttypes.h>
#include <string.h>

/* Longer texts are no misspelt words; the bound keeps the cost of a comparison small. */
enum { WORD_MAX = 64 };

/* Well-formed sequences by their first byte: Unicode, table 3-7; the same set as RFC 3629's. */
static const struct {
    unsigned char first_min, first_max, second_min, second_max;
    size_t length;
} sequences[] = {
    {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
    {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4},
    {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
};

size_t utf8_length(const char *text, size_t available)
{
    const unsigned char *bytes = (const unsigned char *)text;

    if (!available)
        return 0;
    if (bytes[0] < 0x80)
        return 1;
    for (size_t i = 0; i < COUNT(sequences); i++) {
        if (bytes[0] < sequences[i].first_min || bytes[0] > sequences[i].first_max)
            continue;
        if (available < sequences[i].length || bytes[1] < sequences[i].second_min ||
            bytes[1] > sequences[i].second_max)
            return 0;
        for (size_t k = 2; k < sequences[i].length; k++) {
            if ((bytes[k] & 0xc0) != 0x80)
                return 0;
        }
        return sequences[i].length;
    }
    return 0;
}

/* Not tolower(): what it says depends on the locale. */
static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static unsigned smaller(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Insertions, deletions, replacements and swaps of neighbours that turn one word into the other,
 * letters compared without case (optimal string alignment). More than `limit`: limit + 1. */
static unsigned distance(const char *a, size_t a_len, const char *b, size_t b_len, unsigned limit)
{
    unsigned rows[3][WORD_MAX + 1];
    unsigned *before = rows[0], *above = rows[1], *row = rows[2];

    for (size_t j = 0; j <= b_len; j++)
        row[j] = (unsigned)j;
    for (size_t i = 1; i <= a_len; i++) {
        unsigned *free_row = before;
        unsigned least = row[0] + 1;

        before = above;
        above = row;
        row = free_row;
        row[0] = least;
        for (size_t j = 1; j <= b_len; j++) {
            bool same = lower(a[i - 1]) == lower(b[j - 1]);

            row[j] = smaller(above[j - 1] + !same, smaller(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1]))
                row[j] = smaller(row[j], before[j - 2] + 1);
            least = smaller(least, row[j]);
        }
        if (least > limit)
            return limit + 1;
    }
    return row[b_len];
}

const char *text_nearest(const char *text, const char *const *words, size_t n)
{
    size_t length = strnlen(text, WORD_MAX + 1);
    const char *nearest = NULL;
    unsigned best = WORD_MAX;

    if (length > WORD_MAX)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        size_t word_len = strnlen(words[i], WORD_MAX + 1);
        size_t longer = length > word_len ? length : word_len;

        if (word_len > WORD_MAX || longer == 0)
            continue;
        unsigned limit = smaller((unsigned)longer / 3, best - 1);
        if (longer - (length + word_len - longer) > limit)
            continue;
        unsigned edits = distance(text, length, words[i], word_len, limit);
        if (edits == 0)
            return words[i];
        if (edits <= limit) {
            best = edits;
            nearest = words[i];
        }
    }
    return nearest;
}

void text_put_duration(struct buf *buf, int64_t seconds)
{
    enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };
    static const struct {
        int64_t seconds;
        char letter;
    } units[] = {{365 * DAY, 'y'}, {7 * DAY, 'w'}, {DAY, 'd'}, {HOUR, 'h'}, {MINUTE, 'm'}, {1, 's'}};
    size_t i = 0;

    while (seconds % units[i].seconds != 0)
        i++;
    buf_printf(buf, "%" PRId64 "%c", seconds / units[i].seconds, units[i].letter);
}
