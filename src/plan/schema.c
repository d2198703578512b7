/* The JSON Schema that the table says: a definition for each struct (json-schema.org, 2020-12). */
#include "internal.h"

static void print_pair(struct printer *printer, const char *name, const char *text)
{
    print_name(printer, name);
    print_string(printer, text);
}

static void print_list(struct printer *printer, const char *const *texts, size_t n)
{
    print_open(printer, '[');
    for (size_t i = 0; i < n; i++) {
        print_item(printer);
        print_string(printer, texts[i]);
    }
    print_close(printer, ']');
}

static void print_reference(struct printer *printer, const struct shape *shape)
{
    print_name(printer, "$ref");
    buf_printf(printer->out, "\"#/$defs/%s\"", shape->name);
}

static void print_nullable(struct printer *printer, const struct shape *shape)
{
    print_name(printer, "anyOf");
    print_open(printer, '[');
    print_item(printer);
    print_open(printer, '{');
    print_reference(printer, shape);
    print_close(printer, '}');
    print_item(printer);
    print_open(printer, '{');
    print_pair(printer, "type", "null");
    print_close(printer, '}');
    print_close(printer, ']');
}

static void print_array(struct printer *printer, const struct shape *shape)
{
    print_pair(printer, "type", "array");
    print_name(printer, "items");
    print_open(printer, '{');
    if (shape)
        print_reference(printer, shape);
    else
        print_pair(printer, "type", "string");
    print_close(printer, '}');
}

static void print_type(struct printer *printer, const struct member *member)
{
    static const char *const string_or_null[] = {"string", "null"};

    switch (member->kind) {
    case MEMBER_STRING:
        print_name(printer, "type");
        if (member->nullable)
            print_list(printer, string_or_null, COUNT(string_or_null));
        else
            print_string(printer, "string");
        break;
    case MEMBER_INT:
        print_pair(printer, "type", "integer");
        print_name(printer, "minimum");
        print_int(printer, member->minimum);
        break;
    case MEMBER_BOOL:
        print_pair(printer, "type", "boolean");
        break;
    case MEMBER_WORD:
        print_name(printer, "enum");
        print_list(printer, member->words->v, member->words->n);
        break;
    case MEMBER_STRUCT:
        if (member->nullable)
            print_nullable(printer, member->shape);
        else
            print_reference(printer, member->shape);
        break;
    case MEMBER_STRUCTS:
    case MEMBER_STRINGS:
        print_array(printer, member->shape);
        break;
    }
}

static void print_shape(struct printer *printer, const struct shape *shape)
{
    print_pair(printer, "description", shape->doc);
    print_pair(printer, "type", "object");
    print_name(printer, "properties");
    print_open(printer, '{');
    for (size_t i = 0; i < shape->n_members; i++) {
        print_name(printer, shape->members[i].name);
        print_open(printer, '{');
        print_pair(printer, "description", shape->members[i].doc);
        print_type(printer, &shape->members[i]);
        print_close(printer, '}');
    }
    print_close(printer, '}');
    print_name(printer, "required");
    print_open(printer, '[');
    for (size_t i = 0; i < shape->n_members; i++) {
        if (shape->members[i].nullable)
            continue;
        print_item(printer);
        print_string(printer, shape->members[i].name);
    }
    print_close(printer, ']');
    print_name(printer, "additionalProperties");
    print_bool(printer, false);
}

void plan_write_schema(struct buf *out)
{
    struct printer printer = {.out = out};

    print_open(&printer, '{');
    print_pair(&printer, "$schema", "https://json-schema.org/draft/2020-12/schema");
    print_pair(&printer, "title", plan_shape.name);
    print_shape(&printer, &plan_shape);
    print_name(&printer, "$defs");
    print_open(&printer, '{');
    for (size_t i = 0; i < n_plan_parts; i++) {
        print_name(&printer, plan_parts[i]->name);
        print_open(&printer, '{');
        print_shape(&printer, plan_parts[i]);
        print_close(&printer, '}');
    }
    print_close(&printer, '}');
    print_close(&printer, '}');
    buf_putc(out, '\n');
}
