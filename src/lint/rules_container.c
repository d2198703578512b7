/* Containers: where they are. */
#include "rules.h"

#include <arpa/inet.h>
#include <string.h>

enum { HOST_MAX = 253, LABEL_MAX = 63, PORT_MAX = 65535 };

static bool is_alphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* A host name as RFC 1123, section 2.1, has it: labels of letters, digits and inner hyphens. */
static bool is_host_name(const char *text)
{
    size_t label = 0;

    if (strlen(text) > HOST_MAX)
        return false;
    for (const char *c = text; *c; c++) {
        bool ends = c[1] == '.' || !c[1];

        if (*c == '.') {
            label = 0;
        } else if (++label > LABEL_MAX ||
                   !(is_alphanumeric(*c) || (*c == '-' && label > 1 && !ends))) {
            return false;
        }
        if (*c == '.' && ends)
            return false;
    }
    return *text && *text != '.' && label > 0;
}

static bool is_address(const char *text)
{
    unsigned char bytes[16];

    return inet_pton(AF_INET, text, bytes) == 1 || inet_pton(AF_INET6, text, bytes) == 1;
}

static void check_host(struct lint *lint, const void *object)
{
    const struct container *container = object;
    const struct text *host = &container->host;

    if (host->s && !is_host_name(host->s) && !is_address(host->s))
        lint_add(lint, host->at, "`%s` is neither a host name nor an address", host->s);
}

static void check_port(struct lint *lint, const void *object)
{
    const struct container *container = object;

    if (container->port.set && (container->port.n < 1 || container->port.n > PORT_MAX))
        lint_add(lint, container->port.at, "a port lies in 1-%d", PORT_MAX);
}

/* ADDRESS/BITS into the address and the bits of its net; -1: it is none. */
static int parse_range(const char *text, unsigned char bytes[16], int *family)
{
    char address[INET6_ADDRSTRLEN];
    const char *slash = strchr(text, '/');
    size_t digits = slash ? strspn(slash + 1, "0123456789") : 0;
    int bits = 0;

    if (!digits || digits > 3 || slash[1 + digits] || (digits > 1 && slash[1] == '0') ||
        (size_t)(slash - text) >= sizeof(address))
        return -1;
    memcpy(address, text, (size_t)(slash - text));
    address[slash - text] = '\0';
    *family = strchr(address, ':') ? AF_INET6 : AF_INET;
    if (inet_pton(*family, address, bytes) != 1)
        return -1;
    for (const char *c = slash + 1; *c; c++)
        bits = bits * 10 + (*c - '0');
    return bits <= (*family == AF_INET ? 32 : 128) ? bits : -1;
}

/* Clears what lies below the net; whether anything did. */
static bool clear_host_bits(unsigned char bytes[16], int bits, int size)
{
    bool found = false;

    for (int i = bits; i < size; i++) {
        unsigned char mask = (unsigned char)(0x80 >> i % 8);

        found |= bytes[i / 8] & mask;
        bytes[i / 8] &= (unsigned char)~mask;
    }
    return found;
}

static void check_cidr(struct lint *lint, const void *object)
{
    const struct container *container = object;

    for (size_t i = 0; i < container->cidr.n; i++) {
        const struct text *range = &container->cidr.v[i];
        unsigned char bytes[16] = {0};
        char network[INET6_ADDRSTRLEN];
        int family = AF_INET, bits = parse_range(range->s, bytes, &family);

        if (bits < 0) {
            diag_hint(lint->diags,
                      lint_add(lint, range->at, "`%s` is no range of addresses", range->s),
                      "write it like 10.1.2.0/24; a single address has /32, or /128");
        } else if (clear_host_bits(bytes, bits, family == AF_INET ? 32 : 128)) {
            struct diag *diag =
                lint_add(lint, range->at, "`%s` names an address within its range", range->s);

            inet_ntop(family, bytes, network, sizeof(network));
            diag_hint(lint->diags, diag, "the range is %s/%d", network, bits);
        }
    }
}

const struct rule rules_container[] = {
    {
        .id = "host-syntax",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_container),
        .check = check_host,
        .why = "Nothing can connect to what is no host.",
        .mend = "Write a host name or an address, without a scheme, a port or blanks.",
    },
    {
        .id = "port-range",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_container),
        .check = check_port,
        .why = "There are no other ports.",
        .mend = "Write a port, or leave it out for the usual one.",
    },
    {
        .id = "cidr-syntax",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_container),
        .check = check_cidr,
        .why = "Network policies are written with these ranges, and Kubernetes refuses others.",
        .mend = "Write ADDRESS/BITS, where the address is the first of its range.",
    },
    {0},
};
