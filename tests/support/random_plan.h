/* Plans that the reader accepts, whose every string is made to break something. */
#ifndef DSC_TESTS_RANDOM_PLAN_H
#define DSC_TESTS_RANDOM_PLAN_H

#include "dsc/plan.h"
#include "hostile.h"

struct plan *random_plan(struct arena *arena, struct dice *dice);

#endif
