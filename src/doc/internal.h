/* What the writers share. */
#ifndef DSC_DOC_INTERNAL_H
#define DSC_DOC_INTERNAL_H

#include "dsc/doc.h"

/* Trees are made by emitters and are shallow; a writer that comes this deep was given a ring. */
enum { DOC_MAX_DEPTH = 100 };

/* Calls fatal() for a `depth` that no sound tree has. */
void doc_check_depth(size_t depth);

/* Takes the next character of valid UTF-8 off `text`. */
uint32_t doc_next_char(const char **text);

/* Whether a reader of YAML 1.1 takes `c` as itself: line ends, controls, byte order marks and
 * characters without a meaning are not (YAML 1.1, 5.1, less NEL, LS and PS, which end lines). */
bool doc_is_printable(uint32_t c);

void doc_write_int(struct buf *out, int64_t value);

/* Writes two blanks for each `level`. */
void doc_indent(struct buf *out, size_t level);

/* Writes `length` bytes of text on one line, so that they show as they are wherever a line allows
 * text. Runs of blanks, which viewers show as one, become one; a line end is a blank. */
void doc_write_markdown_line(struct buf *out, const char *text, size_t length);

/* Writes what has a place inside a line: a scalar, or a TEXT as code. */
void doc_write_markdown_inline(struct buf *out, const struct doc *doc, bool in_table);

#endif
