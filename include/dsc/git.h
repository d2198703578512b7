/* git: the one libgit2 wrapper. */
#ifndef DSC_GIT_H
#define DSC_GIT_H

#include "dsc/base.h"

/* The commit that HEAD names in the repository that holds the folder `path`, as 40 digits in `arena`,
 * with "-dirty" behind it where a tracked or new file below `path` differs from it. NULL where `path`
 * lies in no repository, or one without a commit, or one that cannot be read: a model needs none. */
const char *git_revision(struct arena *arena, const char *path);

#endif
