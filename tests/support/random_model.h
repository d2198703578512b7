/*
 * A model drawn from dice by the field tables: every field of every kind of document comes up, in
 * its long and short forms, with hostile texts wherever the language takes any text.
 */
#ifndef DSC_TESTS_RANDOM_MODEL_H
#define DSC_TESTS_RANDOM_MODEL_H

#include "dsc/model.h"
#include "hostile.h"

/* A LIST of documents without a mistake that loading would find. */
struct doc *random_model(struct arena *arena, struct dice *dice);

#endif
