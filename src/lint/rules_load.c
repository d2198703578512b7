/* What is reported while the model is loaded, and by the engine itself. */
#include "rules.h"

#define LOADED(name, reason, remedy)                                                               \
    {                                                                                              \
        .id = name, .severity = SEV_ERROR, .visit = LINT_LOAD, .why = reason, .mend = remedy       \
    }

const struct rule rules_load[] = {
    LOADED("yaml-syntax", "What is no YAML cannot be read.",
           "Mend the line that is shown, or the one above it."),
    LOADED(
        "yaml-encoding",
        "Editors and tools show the same bytes differently unless a file is plain UTF-8 with Unix "
        "line ends.",
        "Save the file as UTF-8, without a byte order mark and without carriage returns."),
    LOADED("yaml-tab", "YAML does not allow tabs as indentation.", "Indent with spaces."),
    LOADED("yaml-limit",
           "A file that is too large or nested too deeply is a mistake, or an attack on those who "
           "read it.",
           "Split it: entities may lie in any file."),
    LOADED("yaml-anchor",
           "A value that stands elsewhere cannot be reviewed where it holds, and a few aliases can "
           "grow to gigabytes.",
           "Write the value out where it is needed."),
    LOADED("yaml-tag", "Tags change what a value is, and the language has its own types.",
           "Remove the tag."),
    LOADED("yaml-key", "A key names a field or an entity, so it is one plain text.",
           "Write `key: value`."),
    LOADED(
        "yaml-flow-comma",
        "Between braces YAML cuts at every comma, so that {type: numeric(18,4)} has a broken key.",
        "Put the value in quotes: {type: \"numeric(18,4)\"}."),
    LOADED("duplicate-key", "Of two equal keys only one could hold, and readers see either.",
           "Remove one of them."),
    LOADED("no-config", "A folder is a model only where dsc.yaml says so.",
           "Name the folder that holds dsc.yaml, or begin a model with `dsc init`."),
    LOADED("nested-model", "Two models in one folder would be read as one, with everything twice.",
           "Add its folder to `exclude` in the dsc.yaml above, or remove its dsc.yaml."),
    LOADED("language-version",
           "A model is read by the rules of the version that it was written for.",
           "Write the version that this dsc reads, or use the dsc that reads yours."),
    LOADED("unknown-kind", "A document declares one entity, and its `kind` says which.",
           "Write one of the kinds of the language."),
    LOADED("unknown-key", "A key that nobody reads changes nothing, unseen.",
           "Correct the key, or remove it."),
    LOADED("missing-key", "Without it the entity means nothing.", "Write the key."),
    LOADED("wrong-type", "Each field has one shape: a text, a number, a list, a mapping.",
           "Write the value in the shape that the field has."),
    LOADED("unknown-word", "The field takes one of a few words.", "Write one of the words listed."),
    LOADED("duplicate-name", "A name leads to one thing.", "Rename or remove one of the two."),
    LOADED("name-syntax",
           "Names become parts of tables, topics, files and variables on every system on the way.",
           "Use letters, digits and `_`, and begin with a letter or `_`."),
    LOADED("bad-duration", "A time needs a number and its unit.",
           "Write it like 90s, 5m, 4h, 30d, 12w or 5y."),
    LOADED("bad-quantity", "Kubernetes would refuse the quantity.",
           "Write it as Kubernetes does: 500m, 2, 512Mi, 100Gi."),
    LOADED("bad-number", "The field takes a whole number.", "Write one, without quotes or units."),
    LOADED("unknown-type",
           "A column has one of the types of the language, or a SQL spelling of it.",
           "Write a known type; `text` holds what has none."),
    LOADED("type-parameter", "A length, precision or scale lies within what databases can hold.",
           "Write parameters within the range that is named."),
    LOADED("column-syntax",
           "A column's line is read like SQL, and nothing of it may be passed over.",
           "Write TYPE [not null] [null] [primary key] [default …], or the long form {type: …}."),
    LOADED("capture-kind", "A store is captured in exactly one way.",
           "Leave one kind of capture, and remove the others."),
    LOADED("unknown-reference", "What is referred to must exist, and be of the right kind.",
           "Correct the name, or declare what it refers to."),
    LOADED(
        "bad-suppression",
        "A suppression is read by people after years, so it names a rule and gives a reason; what "
        "cannot be read cannot be allowed.",
        "Write `# dsc: allow RULE because REASON` on the line above the one that it speaks of."),
    LOADED("unknown-rule", "A misspelt rule leaves the one that was meant as it is.",
           "Correct the id; `dsc explain` lists all rules."),
    LOADED("bad-severity",
           "A rule is off, a note, a warning or an error; a model that cannot be read is always an "
           "error.",
           "Write one of the four words, for a rule that may be changed."),
    {
        .id = "unused-suppression",
        .severity = SEV_WARNING,
        .visit = LINT_LOAD,
        .why = "A suppression that suppresses nothing hides the next finding on its line.",
        .mend = "Remove the comment, or move it to the line above the finding.",
    },
    {0},
};
