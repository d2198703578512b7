/* Patterns of paths, as in .gitignore files but always from the model's folder. */
#include "internal.h"

#include <string.h>

/* The end of a set `[…]` that begins at `set`, or NULL where it is none. */
static const char *set_end(const char *set, const char *end)
{
    const char *p = set + 1 + (set[1] == '!');

    for (p += *p == ']'; p < end; p++)
        if (*p == ']')
            return p;
    return NULL;
}

static bool set_holds(const char *set, const char *end, char c)
{
    const char *p = set + 1 + (set[1] == '!');
    bool found = false;

    for (; p < end; p++) {
        bool range = p + 2 < end && p[1] == '-';

        found |= range ? (unsigned char)c >= (unsigned char)p[0] &&
                             (unsigned char)c <= (unsigned char)p[2]
                       : c == *p;
        p += range ? 2 : 0;
    }
    return found != (set[1] == '!');
}

/* Whether one character is matched by the pattern's next element; *next is what follows that. */
static bool element_matches(const char *pattern, const char *end, char c, const char **next)
{
    const char *close = *pattern == '[' ? set_end(pattern, end) : NULL;

    *next = close ? close + 1 : pattern + 1;
    if (close)
        return set_holds(pattern, close, c);
    return *pattern == '?' || *pattern == c;
}

/* One name against one name. On a mismatch only the last star can give way. */
static bool name_matches(const char *pattern, const char *pattern_end, const char *name,
                         const char *name_end)
{
    const char *star = NULL, *resume = NULL, *next;

    while (name < name_end) {
        if (pattern < pattern_end && *pattern == '*') {
            star = ++pattern;
            resume = name;
        } else if (pattern < pattern_end && element_matches(pattern, pattern_end, *name, &next)) {
            pattern = next;
            name++;
        } else if (star) {
            pattern = star;
            name = ++resume;
        } else {
            return false;
        }
    }
    while (pattern < pattern_end && *pattern == '*')
        pattern++;
    return pattern == pattern_end;
}

static const char *name_end(const char *name)
{
    return name + strcspn(name, "/");
}

static const char *name_after(const char *name)
{
    const char *end = name_end(name);

    return *end ? end + 1 : end;
}

bool pattern_matches(const char *pattern, const char *path)
{
    const char *stars = NULL, *resume = NULL;

    while (*path) {
        const char *end = name_end(pattern);

        if (end - pattern == 2 && memcmp(pattern, "**", 2) == 0) {
            stars = pattern = name_after(pattern);
            resume = path;
            if (!*pattern)
                return true;
        } else if (*pattern && name_matches(pattern, end, path, name_end(path))) {
            pattern = name_after(pattern);
            path = name_after(path);
        } else if (!*pattern) {
            return true; /* the path lies in the folder that was matched */
        } else if (stars) {
            pattern = stars;
            path = resume = name_after(resume);
        } else {
            return false;
        }
    }
    return !*pattern;
}
