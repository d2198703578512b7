/* What embed.cmake generates and embedded.c reads. */
#ifndef EMBEDDED_TABLE_H
#define EMBEDDED_TABLE_H

#include "dsc/embedded.h"

extern const struct embedded embedded_table[];
extern const size_t embedded_count;

#endif
