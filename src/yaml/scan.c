/* What can be told from the bytes alone: encoding, line length, pragmas. */
#include "internal.h"

#include <endian.h>
#include <string.h>

enum defect_kind {
    UTF16,
    BOM,
    INVALID,
    RETURN,
    NUL,
    CONTROL,
    SEPARATOR,
    LONG_LINE,
    TAGS,
    N_DEFECTS
};

static const struct {
    const char *rule, *text, *hint;
} defects[N_DEFECTS] = {
    [UTF16] = {"yaml-encoding", "the file is UTF-16", "save it as UTF-8"},
    [BOM] = {"yaml-encoding", "a byte order mark", "save the file as UTF-8 without it"},
    [INVALID] = {"yaml-encoding", "these bytes are not UTF-8", "save the file as UTF-8"},
    [RETURN] = {"yaml-encoding", "a carriage return", "save the file with Unix line ends"},
    [NUL] = {"yaml-encoding", "a NUL byte", "remove it"},
    [CONTROL] = {"yaml-encoding", "a control character", "remove it"},
    [SEPARATOR] = {"yaml-encoding", "a line separator other than the line feed",
                   "remove it, or write it as an escape in double quotes"},
    [LONG_LINE] = {"yaml-limit", "the line is longer than 1 MiB",
                   "break it, or keep such data elsewhere"},
    [TAGS] = {"yaml-tag", "tags are not part of the language", "remove the directive"},
};

struct scan {
    struct yaml_reader *reader;

    size_t at, line, line_start;

    unsigned found; /* bits of what was reported: the first of each kind is enough */
};

static void report(struct scan *scan, enum defect_kind kind, size_t offset, size_t length)
{
    if (scan->found >> kind & 1)
        return;
    scan->found |= 1u << kind;
    refuse(scan->reader, defects[kind].rule,
           span_at(scan->reader, scan->line, offset - scan->line_start, length), defects[kind].hint,
           "%s", defects[kind].text);
}

/* How many of the next eight bytes are printable ASCII, up to the first that is not. They are
 * looked at together, since nearly all are. */
static size_t count_printable(const char *bytes)
{
    const uint64_t each = UINT64_MAX / 255;
    uint64_t word;

    memcpy(&word, bytes, sizeof(word));
    word = le64toh(word);
    /* The top bit of a byte is set where it is beyond ASCII, below a blank, or DEL. A borrow may
     * set it wrongly, but only above a byte where it is set rightly. */
    uint64_t beyond = word, below = word - each * 0x20, del = (word ^ each * 0x7f) - each;
    uint64_t others = (beyond | below | del) & each * 0x80;
    return others ? (size_t)__builtin_ctzll(others) / 8 : sizeof(word);
}

/* libyaml compares each %TAG with all before it: millions of them must not reach it. */
static void begin_line(struct scan *scan)
{
    static const char directive[] = "%TAG";
    size_t length = sizeof(directive) - 1, left = scan->reader->size - scan->line_start;

    if (left >= length && memcmp(scan->reader->bytes + scan->line_start, directive, length) == 0)
        report(scan, TAGS, scan->line_start, length);
}

static void check_length(struct scan *scan)
{
    if (scan->at - scan->line_start > YAML_MAX_LINE)
        report(scan, LONG_LINE, scan->line_start, 1);
}

static void end_line(struct scan *scan)
{
    check_length(scan);
    scan->line++;
    scan->line_start = scan->at + 1;
    begin_line(scan);
}

static void check_ascii(struct scan *scan, unsigned char byte)
{
    if (byte == '\n')
        end_line(scan);
    else if (byte == '\r')
        report(scan, RETURN, scan->at, 1);
    else if (byte == '\0')
        report(scan, NUL, scan->at, 1);
    else if ((byte < ' ' && byte != '\t') || byte == 0x7f)
        report(scan, CONTROL, scan->at, 1);
}

/* Beyond ASCII; returns how many bytes that were. */
static size_t check_sequence(struct scan *scan, const char *bytes, size_t available)
{
    static const struct {
        const char *bytes;
        enum defect_kind kind;
    } special[] = {
        {"\xef\xbb\xbf", BOM},       {"\xc2\x85", SEPARATOR},   {"\xe2\x80\xa8", SEPARATOR},
        {"\xe2\x80\xa9", SEPARATOR}, {"\xef\xbf\xbe", CONTROL}, {"\xef\xbf\xbf", CONTROL},
    };
    size_t length = utf8_length(bytes, available);

    scan->reader->ascii = false;
    if (length == 0) {
        report(scan, INVALID, scan->at, 1);
        return 1;
    }
    for (size_t i = 0; i < COUNT(special); i++) {
        if (length == strlen(special[i].bytes) && memcmp(bytes, special[i].bytes, length) == 0) {
            report(scan, special[i].kind, scan->at, length);
            return length;
        }
    }
    if (bytes[0] == '\xc2' && (unsigned char)bytes[1] < 0xa0)
        report(scan, CONTROL, scan->at, length);
    return length;
}

static bool has_question(const char *bytes, size_t size)
{
    const char *at = bytes, *end = bytes + size;

    while ((at = memchr(at, '?', (size_t)(end - at))) != NULL) {
        at++;
        if (at < end && (*at == ' ' || *at == '\t'))
            return true;
    }
    return false;
}

bool scan_bytes(struct yaml_reader *reader)
{
    struct scan scan = {.reader = reader};
    const char *bytes = reader->bytes;
    size_t size = reader->size;

    reader->ascii = true;
    if (size >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0)) {
        report(&scan, UTF16, 0, 1);
        return false;
    }
    begin_line(&scan);
    while (scan.at < size) {
        if (size - scan.at >= 8)
            scan.at += count_printable(bytes + scan.at);
        if (scan.at == size)
            break;
        if ((unsigned char)bytes[scan.at] >= 0x80) {
            scan.at += check_sequence(&scan, bytes + scan.at, size - scan.at);
        } else {
            check_ascii(&scan, (unsigned char)bytes[scan.at]);
            scan.at++;
        }
    }
    check_length(&scan);
    reader->has_question = has_question(bytes, size);
    return !scan.found;
}

/* The number, from 0, of the first line at or below `at` that is neither blank nor a comment. */
static size_t line_spoken_of(const struct yaml_reader *reader, const char *at, size_t line)
{
    const char *end = reader->bytes + reader->size;

    while (at < end) {
        const char *text = at;

        while (text < end && (*text == ' ' || *text == '\t'))
            text++;
        if (text < end && *text != '#' && *text != '\n')
            break;
        at = memchr(text, '\n', (size_t)(end - text));
        at = at ? at + 1 : end;
        line++;
    }
    return line;
}

/* Adds the pragma that begins at `hash`, if nothing but blanks stands before it. */
static void add_pragma(struct yaml_reader *reader, const char *hash, size_t marker, size_t line)
{
    const char *end = reader->bytes + reader->size;
    const char *before = hash;

    while (before > reader->bytes && (before[-1] == ' ' || before[-1] == '\t'))
        before--;
    if (before > reader->bytes && before[-1] != '\n')
        return;
    const char *stop = memchr(hash, '\n', (size_t)(end - hash));
    const char *below = stop ? stop + 1 : end;
    const char *text = hash + marker;
    stop = stop ? stop : end;
    while (text < stop && (*text == ' ' || *text == '\t'))
        text++;
    while (stop > text && (stop[-1] == ' ' || stop[-1] == '\t'))
        stop--;
    struct yaml_pragma pragma = {
        .span = span_at(reader, line, (size_t)(hash - before), (size_t)(stop - hash)),
        .text = arena_strndup(reader->diags->arena, text, (size_t)(stop - text)),
    };
    size_t n = reader->pragmas.n;
    if (n && reader->pragmas.v[n - 1].line > pragma.span.line) /* both in one run of comments */
        pragma.line = reader->pragmas.v[n - 1].line;
    else
        pragma.line = (uint32_t)line_spoken_of(reader, below, line + 1) + 1;
    vec_push(reader->diags->arena, &reader->pragmas, pragma);
}

void scan_pragmas(struct yaml_reader *reader)
{
    static const char marker[] = "# dsc:";
    const char *at = reader->bytes, *end = reader->bytes + reader->size;
    const char *counted = at; /* lines are counted up to here */
    size_t line = 0;

    while ((at = memmem(at, (size_t)(end - at), marker, sizeof(marker) - 1)) != NULL) {
        for (const char *next; (next = memchr(counted, '\n', (size_t)(at - counted))) != NULL;
             line++)
            counted = next + 1;
        counted = at;
        add_pragma(reader, at, sizeof(marker) - 1, line);
        at += sizeof(marker) - 1;
    }
}

/* Keeps the pragmas above a line, counted from 1. */
static void keep_pragmas(struct yaml_reader *reader, size_t line)
{
    struct yaml_pragma *pragmas = reader->pragmas.v;

    while (reader->pragmas_passed < reader->pragmas.n &&
           pragmas[reader->pragmas_passed].span.line < line)
        pragmas[reader->pragmas_kept++] = pragmas[reader->pragmas_passed++];
}

void skip_pragmas(struct yaml_reader *reader, const yaml_mark_t *start, const yaml_mark_t *end)
{
    size_t last = reader->base_line + end->line + (end->column > 0);

    keep_pragmas(reader, reader->base_line + start->line + 2); /* the second line of the text */
    while (reader->pragmas_passed < reader->pragmas.n &&
           reader->pragmas.v[reader->pragmas_passed].span.line <= last)
        reader->pragmas_passed++;
}

void end_pragmas(struct yaml_reader *reader)
{
    keep_pragmas(reader, SIZE_MAX);
    reader->pragmas.n = reader->pragmas_kept;
    reader->pragmas_passed = reader->pragmas_kept;
}
