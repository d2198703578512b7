/* sql: quoting of identifiers and literals for PostgreSQL, and nothing else. */
#ifndef DSC_SQL_H
#define DSC_SQL_H

#include "dsc/base.h"

/* Appends "name", always in double quotes, each inner quote doubled; names hold no NUL. */
void sql_identifier(struct buf *out, const char *name);

/* Appends "schema"."name". */
void sql_qualified(struct buf *out, const char *schema, const char *name);

/* Appends a string literal that reads the same whatever standard_conforming_strings says:
 * 'text' with quotes doubled, or E'…' where it holds a backslash; NULL: the word NULL. */
void sql_literal(struct buf *out, const char *text);

/* Appends a string literal in dollar quotes ($dsc$…$dsc$, or a longer word that the text does not
 * hold): what the body of a function, or of DO, is easiest to read in. */
void sql_dollar(struct buf *out, const char *text);

/* A comment line "-- text": line ends inside become blanks, so that nothing leaves the comment. */
void sql_comment(struct buf *out, const char *text);

#endif
