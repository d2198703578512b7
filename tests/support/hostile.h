/*
 * Texts and trees made to break writers, drawn from a seed (tests/props) or from the bytes of a
 * fuzzer (tests/fuzz).
 */
#ifndef DSC_TESTS_HOSTILE_H
#define DSC_TESTS_HOSTILE_H

#include "dsc/doc.h"

struct dice {
    const uint8_t *bytes; /* the next that a fuzzer gave; NULL: a seed's */

    size_t left; /* of them; after the last, every roll is 0 */

    uint64_t state;
};

struct dice dice_of_seed(uint64_t seed);
struct dice dice_of_bytes(const uint8_t *bytes, size_t size);

/* A number from 0 to `sides` - 1; `sides` is 256 at most. */
unsigned dice_roll(struct dice *dice, unsigned sides);

/* Valid UTF-8: pieces that mean something to one of the formats, and any characters. */
const char *hostile_text(struct arena *arena, struct dice *dice);

/* A word of letters, digits, `_` and `-` that begins with a letter. */
const char *hostile_identifier(struct arena *arena, struct dice *dice);

/* Any value of YAML or JSON. */
struct doc *hostile_tree(struct arena *arena, struct dice *dice, unsigned depth);

/* An HCL file: blocks with attributes and nested blocks, without references. The labels of no two
 * blocks are the same. */
struct doc *hostile_blocks(struct arena *arena, struct dice *dice);

/* A page of Markdown: a LIST of paragraphs, lists, tables, code; after each list a paragraph. */
struct doc *hostile_page(struct arena *arena, struct dice *dice);

#endif
