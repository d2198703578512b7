#!/bin/bash
# The command line: exit codes, help, what is said of a mistyped one, formats of diagnostics, and what
# happens when standard output cannot take what is said.
# shellcheck disable=SC2016 # messages name commands and keys in backquotes
set -euo pipefail
cd "$DSC_SOURCE"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM
status=0

problem() {
    echo "$*"
    status=1
}

# expect CODE ARGUMENT…: the exit code; what was said is in $scratch/out and $scratch/err.
expect() {
    local code=0
    "$DSC" "${@:2}" >"$scratch/out" 2>"$scratch/err" </dev/null || code=$?
    [ "$code" = "$1" ] || {
        problem "dsc ${*:2}: exit code $code, expected $1"
        cat "$scratch/out" "$scratch/err"
    }
}

# says STREAM WORDS: of the command that expect ran last.
says() {
    grep -qF -e "$2" "$scratch/$1" || {
        problem "'$2' is not said on $1, but:"
        cat "$scratch/$1"
    }
}

silent() {
    [ ! -s "$scratch/$1" ] || {
        problem "something is said on $1:"
        cat "$scratch/$1"
    }
}

# ---- a model with one error, one warning and one note, on lines that are not ASCII
broken=$scratch/broken
mkdir "$broken"
cp -r models/starter/. "$broken"
rm "$broken/clicks.yaml"
cat >"$broken/más 100%.yaml" <<'YAML'
{kind: Credential, name: unused, doc: "größer, 好", typ: api_token}
YAML
cat >"$broken/bad.yaml" <<'YAML'
kind: Binding
platform: dev
datastore: rates
container: shop_db_dev
credential: shop_raeder_dev
YAML

# ---- commands and options
mapfile -t commands < <("$DSC" help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\).*/\1/p')
[ "${#commands[@]}" -ge 10 ] || problem "dsc help lists ${#commands[@]} commands"
for command in "${commands[@]}"; do
    expect 0 help "$command"
    says out "Usage: dsc $command"
    says out "Examples:"
    silent err
    cp "$scratch/out" "$scratch/help"
    expect 0 "$command" --help
    cmp "$scratch/help" "$scratch/out"
done
expect 0 --help
says out 'Exit codes:'
expect 0 --version
cp "$scratch/out" "$scratch/help"
expect 0 version
cmp "$scratch/help" "$scratch/out"

expect 64
says err 'dsc help'
expect 64 lnt
says err 'did you mean `lint`?'
expect 64 lint --fromat json models/starter
says err 'did you mean `--format`?'
expect 64 lint --format xml models/starter
says err 'text json sarif github'
expect 64 lint --output x models/starter
expect 64 lint --format
says err 'needs a value'
expect 64 lint --quiet=yes
expect 64 lint models/starter models/northwind
says err 'what is `models/northwind`?'
expect 64 init
expect 64 schema yaml
expect 64 explain unknown-referense
says err 'did you mean `unknown-reference`?'
expect 64 help lnt
expect 64 render models/starter --platform prd --output "$scratch/none"
says err 'did you mean `prod`?'
expect 64 graph models/starter --format dot
says err '--platform'
silent out
[ ! -e "$scratch/none" ] || problem "something was written for a platform that is not there"

# ---- findings
expect 0 lint models/starter
says out 'no problems'
silent err
expect 0 lint --quiet models/starter
silent out
expect 1 lint "$broken"
says out 'bad.yaml:5:13: error: no credential is named `shop_raeder_dev` [unknown-reference]'
says out '     5 | credential: shop_raeder_dev'
says out '       |             ^~~~~~~~~~~~~~~'
says out 'did you mean `shop_reader_dev`?'
says out 'más 100%.yaml:1:'
if grep -q $'\033' "$scratch/out"; then
    problem "colour, where nobody sees it"
fi
for command in bootstrap render graph dump; do
    expect 1 "$command" "$broken"
    silent out
    says err 'shop_raeder_dev'
done
[ -z "$(find . -newer "$scratch/err" -name MANIFEST.json -not -path './build/*')" ] ||
    problem "something was written of a model with errors"

# On a terminal there is colour, unless NO_COLOR says otherwise.
for no in '' 1; do
    NO_COLOR=$no script --quiet --return --command "'$DSC' lint '$broken'" /dev/null \
        >"$scratch/out" 2>&1 </dev/null || true
    if [ -z "$no" ]; then
        grep -q $'\033\[' "$scratch/out" || problem "no colour on a terminal"
    else
        grep -q $'\033\[' "$scratch/out" && problem "colour in spite of NO_COLOR"
    fi
done

# ---- formats
for format in json sarif github; do
    expect 1 lint --format "$format" "$broken"
    silent err
    cp "$scratch/out" "$scratch/broken.$format"
    expect 0 lint --format "$format" models/starter
    cp "$scratch/out" "$scratch/fine.$format"
done
[ ! -s "$scratch/fine.github" ] || problem "GitHub is told of nothing"
expect 0 schema json
cp "$scratch/out" "$scratch/schema.json"
expect 0 explain
cp "$scratch/out" "$scratch/rules"
"$PYTHON" tests/tools/check_formats.py "$scratch" || status=1

# ---- explanations
while read -r rule _; do
    expect 0 explain "$rule"
    says out "$rule"
    silent err
done <"$scratch/rules"

# ---- a standard output that takes nothing
for command in "lint models/starter" "graph models/starter" "dump models/starter" "help" "version" \
    "explain" "explain unknown-reference" "schema json" "reference" "lint $broken --format json"; do
    code=0
    # shellcheck disable=SC2086
    "$DSC" $command >/dev/full 2>"$scratch/err" </dev/null || code=$?
    [ "$code" = 3 ] || problem "dsc $command >/dev/full: exit code $code, expected 3"
    says err 'standard output'
    code=0
    # shellcheck disable=SC2086
    "$DSC" $command >&- 2>"$scratch/err" </dev/null || code=$?
    [ "$code" = 3 ] || problem "dsc $command >&-: exit code $code, expected 3"
done
# Nobody reads: it ends in silence, as other programs do.
{ "$DSC" reference 2>"$scratch/err" || true; } | true
silent err

# ---- init
expect 0 init "$scratch/new"
says out 'next:'
expect 0 lint "$scratch/new"
says out 'no problems'
for path in dsc.yaml shop.yaml README.md .github/workflows .vscode/settings.json .dsc/model.schema.json; do
    [ -e "$scratch/new/$path" ] || problem "init makes no $path"
done
cmp models/starter/shop.yaml "$scratch/new/shop.yaml"
cmp "$scratch/schema.json" "$scratch/new/.dsc/model.schema.json"
mkdir "$scratch/clone" && git init --quiet "$scratch/clone"
expect 0 init "$scratch/clone"
expect 0 lint "$scratch/clone"
mkdir "$scratch/full" && echo mine >"$scratch/full/mine"
expect 3 init "$scratch/full"
says err 'holds mine already'
[ "$(ls -A "$scratch/full")" = mine ] || problem "init wrote into a folder that was not empty"
expect 3 init "$scratch/new"
expect 3 init "$scratch/full/mine"

# ---- the environment
expect 3 lint "$scratch/nowhere"
says err "$scratch/nowhere"
[ "$(wc -l <"$scratch/err")" -le 2 ] || problem "a missing folder takes more than a message"
exit $status
