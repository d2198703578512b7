/* libyaml's events to a tree. */
#include "internal.h"

#include <string.h>

struct diag *refuse(struct yaml_reader *reader, const char *rule, struct span span,
                    const char *hint, const char *format, ...)
{
    va_list arguments;

    if (reader->problems == MAX_PROBLEMS)
        return NULL;
    if (++reader->problems == MAX_PROBLEMS) {
        reader->done = true;
        diag_hint(reader->diags,
                  diag_add(reader->diags, "yaml-limit", SEV_ERROR, span,
                           "the file has more than %d problems; the rest of it is not read",
                           MAX_PROBLEMS - 1),
                  "mend the others first");
        return NULL;
    }
    va_start(arguments, format);
    const char *text = arena_vprintf(reader->diags->arena, format, arguments);
    va_end(arguments);
    struct diag *diag = diag_add(reader->diags, rule, SEV_ERROR, span, "%s", text);
    diag->hint = hint;
    return diag;
}

static uint16_t fit_length(size_t length)
{
    return length == 0 ? 1 : length < UINT16_MAX ? (uint16_t)length : UINT16_MAX;
}

struct span span_at(const struct yaml_reader *reader, size_t line, size_t col, size_t len)
{
    return (struct span){reader->file, (uint32_t)line + 1, fit_length(col + 1), fit_length(len)};
}

size_t mark_offset(struct yaml_reader *reader, const yaml_mark_t *mark)
{
    struct cursor *cursor = &reader->cursor;
    const unsigned char *bytes = (const unsigned char *)reader->bytes;

    if (reader->ascii)
        return reader->base + mark->index;
    for (; cursor->index < mark->index && cursor->offset < reader->size; cursor->index++) {
        unsigned char lead = bytes[cursor->offset];

        cursor->offset += 1u + (lead >= 0xc0) + (lead >= 0xe0) + (lead >= 0xf0);
        if (lead == '\n')
            cursor->line_start = cursor->offset;
    }
    for (; cursor->index > mark->index; cursor->index--) {
        do
            cursor->offset--;
        while ((bytes[cursor->offset] & 0xc0) == 0x80);
    }
    if (cursor->offset < cursor->line_start) {
        const char *end = memrchr(reader->bytes, '\n', cursor->offset);

        cursor->line_start = end ? (size_t)(end + 1 - reader->bytes) : 0;
    }
    return cursor->offset;
}

struct span mark_span(struct yaml_reader *reader, const yaml_mark_t *mark, size_t len)
{
    size_t column = mark->column;

    if (!reader->ascii)
        column = mark_offset(reader, mark) - reader->cursor.line_start;
    return span_at(reader, reader->base_line + mark->line, column, len);
}

/* Begins to parse at the start of a line. */
static void start_parser(struct yaml_reader *reader, size_t offset, size_t line)
{
    if (!yaml_parser_initialize(&reader->parser))
        fatal("out of memory, reading YAML");
    yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader->parser, (const unsigned char *)reader->bytes + offset,
                                 reader->size - offset);
    reader->base = offset;
    reader->base_line = line;
    reader->cursor = (struct cursor){0, offset, offset};
}

struct yaml_reader *yaml_open(struct diags *diags, uint32_t file, const char *bytes, size_t size)
{
    struct arena *arena = arena_new();
    struct yaml_reader *reader = ARENA_NEW(arena, struct yaml_reader);

    reader->arena = arena;
    reader->diags = diags;
    reader->file = file;
    reader->bytes = size ? bytes : "";
    reader->size = size;
    reader->scratch = arena_new();
    if (size > YAML_MAX_FILE) {
        refuse(reader, "yaml-limit", span_at(reader, 0, 0, 1),
               "split it: entities may lie in any file", "the file has more than %d bytes",
               YAML_MAX_FILE);
        reader->bytes = "";
        reader->size = 0;
        reader->done = true;
    } else if (!scan_bytes(reader)) {
        reader->done = true;
    } else {
        scan_pragmas(reader);
    }
    start_parser(reader, 0, 0);
    return reader;
}

void yaml_close(struct yaml_reader *reader)
{
    yaml_parser_delete(&reader->parser);
    arena_free(reader->scratch);
    arena_free(reader->arena);
}

const struct yaml_pragma *yaml_pragmas(const struct yaml_reader *reader, size_t *n)
{
    *n = reader->pragmas.n;
    return reader->pragmas.v;
}

/* Where the line behind `offset` begins; the end of the file, if there is none. */
static size_t next_line(const struct yaml_reader *reader, size_t offset)
{
    const char *end = memchr(reader->bytes + offset, '\n', reader->size - offset);

    return end ? (size_t)(end + 1 - reader->bytes) : reader->size;
}

static bool is_document_marker(const struct yaml_reader *reader, size_t offset)
{
    size_t left = reader->size - offset;

    return left >= 3 && memcmp(reader->bytes + offset, "---", 3) == 0 &&
           (left == 3 || strchr(" \t\n", reader->bytes[offset + 3]));
}

/* Goes on at the first line from that of `offset` on that begins with `---`. */
static void recover(struct yaml_reader *reader, size_t offset)
{
    size_t line = reader->base_line, at = reader->base;

    if (offset < reader->floor)
        offset = reader->floor;
    for (size_t next = next_line(reader, at); next <= offset && next > at; line++) {
        at = next;
        next = next_line(reader, at);
    }
    while (at < reader->size && (at < reader->floor || !is_document_marker(reader, at))) {
        at = next_line(reader, at);
        line++;
    }
    yaml_parser_delete(&reader->parser);
    reader->done = reader->done || at >= reader->size;
    reader->floor = next_line(reader, at);
    start_parser(reader, at, line);
}

static void check_properties(struct yaml_reader *reader, struct span span,
                             const yaml_char_t *anchor, bool tagged)
{
    span.len = 1;
    if (anchor)
        refuse(reader, "yaml-anchor", span, "write the value out where it is needed",
               "anchors are not part of the language");
    if (tagged)
        refuse(reader, "yaml-tag", span, "remove it", "tags are not part of the language");
}

/* Hangs a node into the innermost open collection; false where the document is too large. */
static bool add_node(struct yaml_reader *reader, struct yaml_node *node)
{
    struct frame *frame = &reader->stack[reader->depth - 1];

    *frame->end = node;
    frame->end = &node->next;
    frame->node->length++;
    if (++reader->nodes <= YAML_MAX_NODES)
        return true;
    refuse(reader, "yaml-limit", node->span, "split it: entities may lie in any file",
           "the document has more than %d nodes", YAML_MAX_NODES);
    return false;
}

/* Whether the scalar at `offset` is the key of `? key`, and not the first of a map that is the key.
 */
static bool is_complex_key(const struct yaml_reader *reader, const struct yaml_node *map,
                           struct span span, size_t offset)
{
    const char *at = reader->bytes + offset;

    if (map->kind != YAML_MAP || map->length % 2 ||
        (map->span.line == span.line && map->span.col == span.col))
        return false;
    while (at > reader->bytes && (at[-1] == ' ' || at[-1] == '\t'))
        at--;
    return at > reader->bytes && at[-1] == '?';
}

static bool read_scalar(struct yaml_reader *reader, struct arena *arena, const yaml_event_t *event)
{
    const struct frame *frame = &reader->stack[reader->depth - 1];
    size_t length = event->data.scalar.length;
    size_t start = mark_offset(reader, &event->start_mark);
    struct yaml_node *node = arena_alloc(arena, sizeof(*node) + length + 1);
    char *text = (char *)(node + 1);

    node->kind = YAML_SCALAR;
    node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    node->span = mark_span(reader, &event->start_mark, 1);
    if (event->start_mark.line == event->end_mark.line)
        node->span.len = fit_length(mark_offset(reader, &event->end_mark) - start);
    else
        skip_pragmas(reader, &event->start_mark, &event->end_mark);
    memcpy(text, event->data.scalar.value, length);
    node->text = text;
    node->length = (uint32_t)length;
    /* A tag of `!` alone shows only in that a plain scalar is not implicit, or by its sign. */
    check_properties(reader, node->span, event->data.scalar.anchor,
                     event->data.scalar.tag ||
                         (node->plain && !event->data.scalar.plain_implicit) ||
                         (!node->plain && reader->bytes[start] == '!'));
    if (memchr(text, '\0', length)) {
        refuse(reader, "yaml-encoding", node->span, "remove it", "a NUL in a text");
        node->length = (uint32_t)strlen(text);
    }
    if (length > YAML_MAX_LINE)
        refuse(reader, "yaml-limit", node->span, "keep such data elsewhere",
               "the text is longer than %d bytes", YAML_MAX_LINE);
    if (reader->has_question && is_complex_key(reader, frame->node, node->span, start))
        refuse(reader, "yaml-key", node->span, "write `key: value`",
               "a key that begins with `? ` is not part of the language");
    return add_node(reader, node);
}

/* An alias stands in the tree as the text it was written as. */
static bool read_alias(struct yaml_reader *reader, struct arena *arena, const yaml_event_t *event)
{
    const char *name = (const char *)event->data.alias.anchor;
    struct yaml_node *node = ARENA_NEW(arena, struct yaml_node);

    node->kind = YAML_SCALAR;
    node->text = arena_printf(arena, "*%s", name);
    node->length = (uint32_t)strlen(node->text);
    node->span = mark_span(reader, &event->start_mark, node->length);
    refuse(reader, "yaml-anchor", node->span, "write the value out where it is needed",
           "aliases are not part of the language");
    return add_node(reader, node);
}

static bool open_collection(struct yaml_reader *reader, struct arena *arena,
                            const yaml_event_t *event)
{
    bool is_map = event->type == YAML_MAPPING_START_EVENT;
    struct yaml_node *node = ARENA_NEW(arena, struct yaml_node);

    node->kind = is_map ? YAML_MAP : YAML_LIST;
    node->span = mark_span(reader, &event->start_mark, 1);
    if (is_map)
        check_properties(reader, node->span, event->data.mapping_start.anchor,
                         event->data.mapping_start.tag != NULL);
    else
        check_properties(reader, node->span, event->data.sequence_start.anchor,
                         event->data.sequence_start.tag != NULL);
    if (!add_node(reader, node))
        return false;
    if (reader->depth > YAML_MAX_DEPTH) {
        refuse(reader, "yaml-limit", node->span, "no entity needs so many",
               "more than %d levels of nesting", YAML_MAX_DEPTH);
        return false;
    }
    bool flow = is_map ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                       : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    reader->stack[reader->depth++] = (struct frame){node, &node->first, flow};
    return true;
}

static bool read_event(struct yaml_reader *reader, struct arena *arena, const yaml_event_t *event)
{
    const struct frame *frame;

    switch (event->type) {
    case YAML_STREAM_END_EVENT:
        reader->done = true;
        return true;
    case YAML_DOCUMENT_START_EVENT:
        if (!event->data.document_start.implicit)
            reader->floor = next_line(reader, mark_offset(reader, &event->end_mark));
        return true;
    case YAML_SCALAR_EVENT:
        return read_scalar(reader, arena, event);
    case YAML_ALIAS_EVENT:
        return read_alias(reader, arena, event);
    case YAML_MAPPING_START_EVENT:
    case YAML_SEQUENCE_START_EVENT:
        return open_collection(reader, arena, event);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        frame = &reader->stack[--reader->depth];
        if (frame->node->kind == YAML_MAP)
            finish_map(reader, arena, frame->node, frame->flow);
        return true;
    default: /* the beginning of the stream, the end of a document */
        return true;
    }
}

/* Reads up to the end of the next document or of the file. Its root is the only child of `holder`,
 * which has none if it ended too early. */
static void read_document(struct yaml_reader *reader, struct arena *arena, struct yaml_node *holder)
{
    bool good = true, ended = false;
    yaml_event_t event;

    reader->nodes = 0;
    reader->depth = 1;
    reader->stack[0] = (struct frame){.node = holder, .end = &holder->first};
    while (good && !ended && !reader->done) {
        if (!yaml_parser_parse(&reader->parser, &event)) {
            recover(reader, explain_problem(reader));
            break;
        }
        good = read_event(reader, arena, &event);
        ended = event.type == YAML_DOCUMENT_END_EVENT;
        if (!good)
            recover(reader, mark_offset(reader, &event.start_mark));
        yaml_event_delete(&event);
    }
    if (!ended)
        holder->first = NULL;
}

static bool is_empty(const struct yaml_node *root)
{
    return root->kind == YAML_SCALAR && root->plain && root->length == 0;
}

struct yaml_node *yaml_next(struct yaml_reader *reader, struct arena *arena)
{
    while (!reader->done) {
        struct yaml_node holder = {.kind = YAML_LIST};

        read_document(reader, arena, &holder);
        if (holder.first && !is_empty(holder.first))
            return holder.first;
    }
    end_pragmas(reader);
    return NULL;
}

struct yaml_node *yaml_get(const struct yaml_node *map, const char *key)
{
    for (struct yaml_node *at = map->first; at; at = at->next->next) {
        if (strcmp(at->text, key) == 0)
            return at->next;
    }
    return NULL;
}
