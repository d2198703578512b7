/* The types, their spellings, and what each becomes in PostgreSQL. */
#include "type_table.h"

#define NO_ARRAY "cast it to text[] at the source, or leave the column out"
#define NO_SOURCE                                                                                  \
    "no source connector delivers it; leave the column out, or cast it to text at the source"

/* A parameter without which there is no limit, one with a value of its own, one that is needed. */
#define LIMIT(what, least, most)                                                                   \
    {                                                                                              \
        what, least, most, 0, false, false                                                         \
    }
#define DIGITS_OR(what, least, most, fallback)                                                     \
    {                                                                                              \
        what, least, most, fallback, false, false                                                  \
    }
#define LENGTH_OR_1(most)                                                                          \
    {                                                                                              \
        "length", 1, most, 1, true, false                                                          \
    }
#define NEEDED(what, least, most)                                                                  \
    {                                                                                              \
        what, least, most, 0, false, true                                                          \
    }

const struct type_row type_rows[TYPE_COUNT] = {
    [TYPE_BOOLEAN] = {"boolean", .live = "boolean", .staging = "boolean",
                      .staged_array = "boolean[]"},
    [TYPE_TINYINT] = {"tinyint", .live = "smallint", .staging = "smallint", .bits = 7,
                      .staged_array = "smallint[]"},
    [TYPE_SMALLINT] = {"smallint", .live = "smallint", .staging = "smallint", .bits = 15,
                       .staged_array = "smallint[]"},
    [TYPE_INTEGER] = {"integer", .live = "integer", .staging = "integer", .bits = 31,
                      .staged_array = "integer[]"},
    [TYPE_BIGINT] = {"bigint", .live = "bigint", .staging = "bigint", .bits = 63,
                     .staged_array = "bigint[]"},
    [TYPE_UTINYINT] = {"unsigned tinyint", .live = "smallint", .staging = "smallint", .bits = 8,
                       .is_unsigned = true},
    [TYPE_USMALLINT] = {"unsigned smallint", .live = "integer", .staging = "integer", .bits = 16,
                        .is_unsigned = true},
    [TYPE_UINTEGER] = {"unsigned integer", .live = "bigint", .staging = "bigint", .bits = 32,
                       .is_unsigned = true},
    [TYPE_UBIGINT] = {"unsigned bigint", .live = "numeric(20,0)", .staging = "numeric", .bits = 64,
                      .is_unsigned = true},
    [TYPE_DECIMAL] = {"decimal", "decimal(18,4)", .a = LIMIT("precision", 1, 1000),
                      .b = LIMIT("scale", 0, 1000), .live = "numeric@", .staging = "numeric",
                      .loss = "NaN and infinities become NULL"},
    [TYPE_REAL] = {"real", .live = "real", .staging = "real", .staged_array = "real[]",
                   .loss = "-Infinity becomes 0"},
    [TYPE_DOUBLE] = {"double", .live = "double precision", .staging = "double precision",
                     .staged_array = "double precision[]", .loss = "NaN becomes 0"},
    [TYPE_CHAR] = {"char", "char(5)", .a = LENGTH_OR_1(10485760), .live = "character@",
                   .staging = "text", .staged_array = "text[]"},
    [TYPE_VARCHAR] = {"varchar", "varchar(120)", .a = LIMIT("length", 1, 10485760),
                      .live = "character varying@", .staging = "text", .staged_array = "text[]"},
    [TYPE_TEXT] = {"text", .live = "text", .staging = "text", .staged_array = "text[]"},
    [TYPE_BINARY] = {"binary", .a = LIMIT("length", 1, 1073741823), .live = "bytea",
                     .staging = "bytea"},
    [TYPE_BIT] = {"bit", "bit(3)", .a = LENGTH_OR_1(83886080), .live = "bit@", .staging = "text"},
    [TYPE_VARBIT] = {"varbit", "varbit(8)", .a = LIMIT("length", 1, 83886080),
                     .live = "bit varying@", .staging = "text"},
    [TYPE_DATE] = {"date", .live = "date", .staging = "date", .loss = "infinity becomes -infinity"},
    [TYPE_TIME] = {"time", .a = DIGITS_OR("precision", 0, 6, 6), .live = "time@ without time zone",
                   .staging = "time without time zone"},
    [TYPE_TIMETZ] = {"timetz", .a = DIGITS_OR("precision", 0, 6, 6), .live = "time@ with time zone",
                     .staging = "time with time zone"},
    [TYPE_TIMESTAMP] = {"timestamp", .a = DIGITS_OR("precision", 0, 6, 6),
                        .live = "timestamp@ without time zone",
                        .staging = "timestamp without time zone"},
    [TYPE_TIMESTAMPTZ] = {"timestamptz", .a = DIGITS_OR("precision", 0, 6, 6),
                          .live = "timestamp@ with time zone",
                          .staging = "timestamp with time zone"},
    [TYPE_INTERVAL] = {"interval", .live = "interval", .staging = "text"},
    [TYPE_UUID] = {"uuid", .live = "uuid", .staging = "uuid", .staged_array = "uuid[]"},
    [TYPE_JSON] = {"json", .live = "json", .staging = "text", .staged_array = "text[]"},
    [TYPE_JSONB] = {"jsonb", .live = "jsonb", .staging = "text", .staged_array = "text[]"},
    [TYPE_XML] = {"xml", .live = "xml", .staging = "text"},
    [TYPE_INET] = {"inet", .live = "inet", .staging = "text"},
    [TYPE_CIDR] = {"cidr", .live = "cidr", .staging = "text"},
    [TYPE_MACADDR] = {"macaddr", .live = "macaddr", .staging = "text"},
    [TYPE_MONEY] = {"money", .live = "money", .staging = "numeric"},
    [TYPE_ENUM] = {"enum", "enum(order_status)", .form = FORM_ENUM, .live = "text",
                   .staging = "text"},
    [TYPE_CITEXT] = {"citext", .live = "text", .staging = "text"},
    [TYPE_VARIANT] = {"variant", .live = "jsonb", .way_out = NO_SOURCE},
    [TYPE_GEOGRAPHY] = {"geography", "geography(point,4326)", .form = FORM_GEOGRAPHY,
                        .a = DIGITS_OR("srid", 0, 998999, 4326), .way_out = NO_SOURCE},
    [TYPE_ARRAY] = {"array", "array<integer>", .form = FORM_ARRAY, .way_out = NO_ARRAY},
    [TYPE_MAP] = {"map", "map<text,integer>", .form = FORM_MAP, .live = "jsonb",
                  .way_out = NO_SOURCE},
    [TYPE_STRUCT] = {"struct", "struct<street text,zip text>", .form = FORM_STRUCT, .live = "jsonb",
                     .way_out = NO_SOURCE},
    [TYPE_VECTOR] = {"vector", "vector(3)", .a = NEEDED("number of dimensions", 1, 16000),
                     .way_out = NO_SOURCE},
};

/* SQL:2016's names, those of PostgreSQL, MySQL, Oracle, SQL Server, Db2 and Snowflake where they
 * mean the same. */
const struct type_spelling type_spellings[] = {
    {"boolean", TYPE_BOOLEAN},
    {"bool", TYPE_BOOLEAN},
    {"tinyint", TYPE_TINYINT},
    {"smallint", TYPE_SMALLINT},
    {"int2", TYPE_SMALLINT},
    {"smallserial", TYPE_SMALLINT},
    {"serial2", TYPE_SMALLINT},
    {"integer", TYPE_INTEGER},
    {"int", TYPE_INTEGER},
    {"int4", TYPE_INTEGER},
    {"mediumint", TYPE_INTEGER},
    {"serial", TYPE_INTEGER},
    {"serial4", TYPE_INTEGER},
    {"bigint", TYPE_BIGINT},
    {"int8", TYPE_BIGINT},
    {"bigserial", TYPE_BIGINT},
    {"serial8", TYPE_BIGINT},
    {"identity", TYPE_BIGINT},
    {"unsigned tinyint", TYPE_UTINYINT},
    {"utinyint", TYPE_UTINYINT},
    {"tinyint unsigned", TYPE_UTINYINT},
    {"unsigned smallint", TYPE_USMALLINT},
    {"usmallint", TYPE_USMALLINT},
    {"smallint unsigned", TYPE_USMALLINT},
    {"unsigned integer", TYPE_UINTEGER},
    {"unsigned int", TYPE_UINTEGER},
    {"uinteger", TYPE_UINTEGER},
    {"uint", TYPE_UINTEGER},
    {"integer unsigned", TYPE_UINTEGER},
    {"int unsigned", TYPE_UINTEGER},
    {"unsigned bigint", TYPE_UBIGINT},
    {"ubigint", TYPE_UBIGINT},
    {"bigint unsigned", TYPE_UBIGINT},
    {"decimal", TYPE_DECIMAL},
    {"numeric", TYPE_DECIMAL},
    {"dec", TYPE_DECIMAL},
    {"number", TYPE_DECIMAL},
    {"real", TYPE_REAL},
    {"float4", TYPE_REAL},
    {"double", TYPE_DOUBLE},
    {"double precision", TYPE_DOUBLE},
    {"float", TYPE_DOUBLE},
    {"float8", TYPE_DOUBLE},
    {"char", TYPE_CHAR},
    {"character", TYPE_CHAR},
    {"bpchar", TYPE_CHAR},
    {"nchar", TYPE_CHAR},
    {"national character", TYPE_CHAR},
    {"national char", TYPE_CHAR},
    {"varchar", TYPE_VARCHAR},
    {"character varying", TYPE_VARCHAR},
    {"char varying", TYPE_VARCHAR},
    {"national character varying", TYPE_VARCHAR},
    {"nvarchar", TYPE_VARCHAR},
    {"varchar2", TYPE_VARCHAR},
    {"nvarchar2", TYPE_VARCHAR},
    {"text", TYPE_TEXT},
    {"string", TYPE_TEXT},
    {"clob", TYPE_TEXT},
    {"nclob", TYPE_TEXT},
    {"ntext", TYPE_TEXT},
    {"mediumtext", TYPE_TEXT},
    {"longtext", TYPE_TEXT},
    {"binary", TYPE_BINARY},
    {"varbinary", TYPE_BINARY},
    {"binary varying", TYPE_BINARY},
    {"bytea", TYPE_BINARY},
    {"blob", TYPE_BINARY},
    {"mediumblob", TYPE_BINARY},
    {"longblob", TYPE_BINARY},
    {"bit", TYPE_BIT},
    {"varbit", TYPE_VARBIT},
    {"bit varying", TYPE_VARBIT},
    {"date", TYPE_DATE},
    {"time", TYPE_TIME},
    {"timetz", TYPE_TIMETZ},
    {"timestamp", TYPE_TIMESTAMP},
    {"datetime", TYPE_TIMESTAMP},
    {"datetime2", TYPE_TIMESTAMP},
    {"timestamptz", TYPE_TIMESTAMPTZ},
    {"datetimeoffset", TYPE_TIMESTAMPTZ},
    {"interval", TYPE_INTERVAL},
    {"uuid", TYPE_UUID},
    {"uniqueidentifier", TYPE_UUID},
    {"json", TYPE_JSON},
    {"jsonb", TYPE_JSONB},
    {"xml", TYPE_XML},
    {"inet", TYPE_INET},
    {"cidr", TYPE_CIDR},
    {"macaddr", TYPE_MACADDR},
    {"money", TYPE_MONEY},
    {"enum", TYPE_ENUM},
    {"citext", TYPE_CITEXT},
    {"variant", TYPE_VARIANT},
    {"geography", TYPE_GEOGRAPHY},
    {"array", TYPE_ARRAY},
    {"map", TYPE_MAP},
    {"struct", TYPE_STRUCT},
    {"vector", TYPE_VECTOR},
};
const size_t type_n_spellings = COUNT(type_spellings);

/* Words behind the parameters: timestamp(3) with time zone. */
const struct type_tail type_tails[] = {
    {TYPE_TIME, "with time zone", TYPE_TIMETZ},
    {TYPE_TIME, "without time zone", TYPE_TIME},
    {TYPE_TIMESTAMP, "with time zone", TYPE_TIMESTAMPTZ},
    {TYPE_TIMESTAMP, "without time zone", TYPE_TIMESTAMP},
};
const size_t type_n_tails = COUNT(type_tails);

/* OGC Simple Features' kinds of geometry; the first is any of them. */
const char *const type_geographies[] = {
    "geometry",   "point",           "linestring",   "polygon",
    "multipoint", "multilinestring", "multipolygon", "geometrycollection"};
const size_t type_n_geographies = COUNT(type_geographies);

const char *type_spelling(enum type_id id, size_t i)
{
    for (size_t k = 0; k < type_n_spellings; k++)
        if (type_spellings[k].id == id && i-- == 0)
            return type_spellings[k].words;
    return NULL;
}

const char *type_example(enum type_id id)
{
    return type_rows[id].example ? type_rows[id].example : type_rows[id].name;
}
