/*
 * The least that reading a model can cost: libyaml's events of every YAML file below a folder.
 * Usage: yaml_scan FOLDER
 */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yaml.h>

static size_t files, events; /* nftw has no other way to give its callback a place to count */

static int scan_file(const char *path, const struct stat *status, int type, struct FTW *where)
{
    (void)status;
    (void)where;
    const char *dot = strrchr(path, '.');
    if (type != FTW_F || !dot || strcmp(dot, ".yaml") != 0)
        return 0;
    FILE *file = fopen(path, "rb");
    yaml_parser_t parser;
    if (!file || !yaml_parser_initialize(&parser)) {
        perror(path);
        return 1;
    }
    yaml_parser_set_input_file(&parser, file);
    files++;
    yaml_event_type_t last;
    do {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            fprintf(stderr, "%s: %s\n", path, parser.problem);
            return 1;
        }
        last = event.type;
        yaml_event_delete(&event);
        events++;
    } while (last != YAML_STREAM_END_EVENT);
    yaml_parser_delete(&parser);
    fclose(file);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: yaml_scan FOLDER\n");
        return 64;
    }
    if (nftw(argv[1], scan_file, 16, FTW_PHYS) != 0)
        return 1;
    printf("%zu files, %zu events\n", files, events);
    return 0;
}
