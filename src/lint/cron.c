#include "cron.h"

#include <string.h>
#include <strings.h>

enum { MINUTES_PER_DAY = 24 * 60, FIELDS = 5 };

static const struct cron_field {
    const char *name;
    unsigned least, most;
    const char *const *words; /* of the values from `least` on; NULL: none */
    size_t n_words;
    size_t offset; /* in struct cron */
} fields[FIELDS] = {
    {"minute", 0, 59, NULL, 0, offsetof(struct cron, minutes)},
    {"hour", 0, 23, NULL, 0, offsetof(struct cron, hours)},
    {"day of the month", 1, 31, NULL, 0, offsetof(struct cron, days)},
    {"month", 1, 12,
     (const char *const[]){"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct",
                           "nov", "dec"},
     12, offsetof(struct cron, months)},
    {"day of the week", 0, 6,
     (const char *const[]){"sun", "mon", "tue", "wed", "thu", "fri", "sat"}, 7,
     offsetof(struct cron, weekdays)},
};

static const struct {
    const char *word, *meaning;
} presets[] = {
    {"@hourly", "0 * * * *"},   {"@daily", "0 0 * * *"},   {"@midnight", "0 0 * * *"},
    {"@weekly", "0 0 * * 0"},   {"@monthly", "0 0 1 * *"}, {"@yearly", "0 0 1 1 *"},
    {"@annually", "0 0 1 1 *"},
};

/* A stretch of the text that is being read. */
struct piece {
    const char *text;

    size_t len;
};

/* Cuts what stands before the first `mark` off `rest`; false where there is no mark. */
static bool cut(struct piece *rest, char mark, struct piece *before)
{
    const char *found = memchr(rest->text, mark, rest->len);

    *before = *rest;
    if (!found)
        return false;
    before->len = (size_t)(found - rest->text);
    *rest = (struct piece){found + 1, rest->len - before->len - 1};
    return true;
}

/* A number of at most three digits. */
static bool read_number(struct piece piece, unsigned *number)
{
    *number = 0;
    for (size_t i = 0; i < piece.len; i++) {
        if (piece.text[i] < '0' || piece.text[i] > '9')
            return false;
        *number = *number * 10 + (unsigned)(piece.text[i] - '0');
    }
    return piece.len > 0 && piece.len <= 3;
}

static const char *read_value(struct arena *arena, const struct cron_field *field,
                              struct piece piece, unsigned *value)
{
    for (size_t i = 0; i < field->n_words; i++) {
        if (piece.len == 3 && strncasecmp(piece.text, field->words[i], 3) == 0) {
            *value = field->least + (unsigned)i;
            return NULL;
        }
    }
    if (read_number(piece, value) && *value >= field->least && *value <= field->most)
        return NULL;
    if (field->most == 6 && *value == 7 && piece.len == 1)
        return "Sunday is 0 or `sun`: Kubernetes does not know a seventh day of the week";
    return arena_printf(arena, "the %s `%.*s` is not in %u-%u", field->name, (int)piece.len,
                        piece.text, field->least, field->most);
}

/* VALUE, VALUE-VALUE or *, each with /STEP or without. */
static const char *read_item(struct arena *arena, const struct cron_field *field, struct piece item,
                             uint64_t *set)
{
    struct piece range, from;
    unsigned first = field->least, last = field->most, step = 1;
    bool stepped = cut(&item, '/', &range);

    if (stepped && (!read_number(item, &step) || !step || step > field->most - field->least + 1))
        return arena_printf(arena, "the %s steps by `%.*s`, which is not in 1-%u", field->name,
                            (int)item.len, item.text, field->most - field->least + 1);
    if (range.len != 1 || *range.text != '*') {
        bool ranged = cut(&range, '-', &from);
        const char *why = read_value(arena, field, from, &first);

        if (!why && ranged)
            why = read_value(arena, field, range, &last);
        else if (!stepped)
            last = first;
        if (why)
            return why;
        if (first > last)
            return arena_printf(arena, "the %s runs backwards, from %u to %u", field->name, first,
                                last);
    }
    for (unsigned value = first; value <= last; value += step)
        *set |= (uint64_t)1 << value;
    return NULL;
}

static const char *read_field(struct arena *arena, const struct cron_field *field,
                              struct piece text, struct cron *cron)
{
    uint64_t *set = (uint64_t *)((char *)cron + field->offset);
    struct piece item;
    bool more = true;
    const char *why = NULL;

    while (more && !why) {
        more = cut(&text, ',', &item);
        why = read_item(arena, field, item, set);
    }
    return why;
}

const char *cron_parse(struct arena *arena, const char *text, struct cron *cron)
{
    static const char blanks[] = " \t";
    struct piece found[FIELDS];
    size_t n = 0;
    const char *why = NULL;

    *cron = (struct cron){0};
    for (size_t i = 0; i < COUNT(presets); i++) {
        if (strcmp(presets[i].word, text) == 0)
            text = presets[i].meaning;
    }
    if (*text == '@')
        return arena_printf(arena, "`%s` is not one of @hourly, @daily, @weekly, @monthly, @yearly",
                            text);
    for (text += strspn(text, blanks); *text; text += strspn(text, blanks), n++) {
        struct piece piece = {text, strcspn(text, blanks)};

        if (n < FIELDS)
            found[n] = piece;
        text += piece.len;
    }
    if (n != FIELDS)
        return arena_printf(arena,
                            "a cron expression has 5 fields (minute, hour, day, month, weekday), "
                            "this has %zu",
                            n);
    for (size_t i = 0; i < FIELDS && !why; i++)
        why = read_field(arena, &fields[i], found[i], cron);
    cron->any_day = *found[2].text == '*' && found[2].len == 1;
    cron->any_weekday = *found[4].text == '*' && found[4].len == 1;
    return why;
}

static bool fires_on(const struct cron *cron, unsigned month, unsigned day, unsigned weekday)
{
    bool in_days = cron->days >> day & 1, in_weekdays = cron->weekdays >> weekday & 1;

    if (!(cron->months >> month & 1))
        return false;
    return cron->any_day || cron->any_weekday ? in_days && in_weekdays : in_days || in_weekdays;
}

/* The first and the last minute of a day that runs, and the longest pause between them. */
static void scan_day(const struct cron *cron, int *first, int *last, int *pause)
{
    *first = *last = -1;
    *pause = 0;
    for (int minute = 0; minute < MINUTES_PER_DAY; minute++) {
        if (!(cron->hours >> (minute / 60) & 1)) {
            minute += 59; /* the hour is over */
            continue;
        }
        if (!(cron->minutes >> (minute % 60) & 1))
            continue;
        if (*first < 0)
            *first = minute;
        else if (minute - *last > *pause)
            *pause = minute - *last;
        *last = minute;
    }
}

int64_t cron_longest_gap(const struct cron *cron)
{
    static const unsigned char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    enum { YEARS = 9, ALL_MONTHS = 0x1ffe }; /* two leap days, and what lies between them */
    bool daily = cron->any_day && cron->any_weekday && cron->months == ALL_MONTHS;
    int first, last, longest, day_number = 0, day_before = -1;

    scan_day(cron, &first, &last, &longest);
    if (daily && MINUTES_PER_DAY + first - last > longest)
        longest = MINUTES_PER_DAY + first - last;
    if (daily)
        return (int64_t)longest * 60;
    for (int year = 0; year < YEARS; year++) {
        for (unsigned month = 1; month <= 12; month++) {
            unsigned days = month == 2 && year % 4 == 0 ? 29 : lengths[month - 1];

            for (unsigned day = 1; day <= days; day++, day_number++) {
                if (!fires_on(cron, month, day, (unsigned)day_number % 7))
                    continue;
                int gap = (day_number - day_before) * MINUTES_PER_DAY + first - last;
                if (day_before >= 0 && gap > longest)
                    longest = gap;
                day_before = day_number;
            }
        }
    }
    return day_before < 0 ? 0 : (int64_t)longest * 60;
}
