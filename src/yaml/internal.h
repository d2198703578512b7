/* What yaml's own files share: the reader, and places in the source. */
#ifndef DSC_YAML_INTERNAL_H
#define DSC_YAML_INTERNAL_H

#include "dsc/yaml.h"

#include <yaml.h>

enum { MAX_PROBLEMS = 10000 }; /* of one file; nobody reads more, and memory is finite */

/* A map or list whose end has not come yet. */
struct frame {
    struct yaml_node *node;

    struct yaml_node **end; /* where the next child is hung */

    bool flow; /* {} or [] */
};

/* The character that was looked at last: marks come nearly in order, so the way to the next is
 * short. `index` counts characters from where the parser began, the others are offsets in the file.
 */
struct cursor {
    size_t index, offset, line_start;
};

struct yaml_reader {
    struct arena *arena; /* holds this struct and nothing else */

    struct diags *diags;

    uint32_t file;

    const char *bytes;

    size_t size;

    bool ascii; /* the whole file: characters are bytes */

    bool has_question; /* a `?` with a blank behind it stands somewhere: keys may be complex */

    bool done;

    size_t problems; /* so far */

    yaml_parser_t parser; /* began to read at offset `base`, in line `base_line`, from 0 */

    size_t base, base_line;

    size_t floor; /* after an error, reading goes on not before this offset */

    struct cursor cursor;

    VEC(struct yaml_pragma) pragmas;

    /* Of the pragmas above the place that is being read, and of those the ones that are none of a
     * scalar's text: these lie at the front. */
    size_t pragmas_passed, pragmas_kept;

    struct arena *scratch; /* while a large map is checked */

    struct frame stack[YAML_MAX_DEPTH + 1]; /* the first holds the root */

    size_t depth, nodes; /* of the document that is being read */
};

/* Adds an error; NULL once there are too many, which ends the reading of the file. */
struct diag *refuse(struct yaml_reader *reader, const char *rule, struct span span,
                    const char *hint, const char *format, ...) PRINTF(5, 6);

/* A span of this file; what does not fit is cut to the largest number. `line` is from 0. */
struct span span_at(const struct yaml_reader *reader, size_t line, size_t col, size_t len);

/* libyaml counts characters: where a mark is in bytes. */
size_t mark_offset(struct yaml_reader *reader, const yaml_mark_t *mark);
struct span mark_span(struct yaml_reader *reader, const yaml_mark_t *mark, size_t len);

/* One pass over the bytes: refuses what no document may hold, and learns what is in the reader's
 * flags. False: the file cannot be read. */
bool scan_bytes(struct yaml_reader *reader);

void scan_pragmas(struct yaml_reader *reader);

/* Drops those pragmas that are text of a scalar which takes several lines. */
void skip_pragmas(struct yaml_reader *reader, const yaml_mark_t *start, const yaml_mark_t *end);
void end_pragmas(struct yaml_reader *reader);

/* Says what libyaml stopped at; returns the offset. */
size_t explain_problem(struct yaml_reader *reader);

/* Checks the keys of a map that is complete, and drops the pairs that were refused. */
void finish_map(struct yaml_reader *reader, struct arena *arena, struct yaml_node *map, bool flow);

#endif
