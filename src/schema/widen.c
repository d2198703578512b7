/* Which change of a column's type loses nothing. */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A type with up to two numbers behind its name: "numeric(18,4)", "timestamp(3) with time zone". */
struct parsed {
    char name[64];

    long first, second; /* -1: not given */
};

static struct parsed parse(const char *type)
{
    struct parsed parsed = {.first = -1, .second = -1};
    size_t length = strcspn(type, "(");
    const char *after = strchr(type, ')');

    snprintf(parsed.name, sizeof(parsed.name), "%.*s%s", (int)length, type, after ? after + 1 : "");
    if (after) {
        char *end;

        parsed.first = strtol(type + length + 1, &end, 10);
        parsed.second = *end == ',' ? strtol(end + 1, NULL, 10) : 0;
    }
    return parsed;
}

/* A change of the name, whatever the numbers. */
static bool name_widens(const char *from, const char *to)
{
    static const char *const rows[][2] = {
        {"smallint", "integer"},
        {"smallint", "bigint"},
        {"integer", "bigint"},
        {"smallint", "numeric"},
        {"integer", "numeric"},
        {"bigint", "numeric"},
        {"smallint", "double precision"},
        {"integer", "double precision"},
        {"real", "double precision"},
        {"character varying", "text"},
        {"character", "text"},
        {"date", "timestamp without time zone"},
        {"date", "timestamp with time zone"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (strcmp(rows[i][0], from) == 0 && strcmp(rows[i][1], to) == 0)
            return true;
    }
    return false;
}

bool schema_widens(const char *from, const char *to)
{
    struct parsed old = parse(from), new = parse(to);

    if (strcmp(old.name, new.name) != 0)
        return new.first < 0 && name_widens(old.name, new.name);
    if (new.first < 0) /* no limit any more */
        return true;
    if (old.first < 0)
        return false;
    return new.second >= old.second &&new.first - new.second >= old.first - old.second;
}
