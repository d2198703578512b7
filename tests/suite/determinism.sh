#!/bin/bash
# What is written depends on what the model means, and on nothing else: not on when, where, in which
# time zone or language it is compiled, nor on how its documents are sorted into files.
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

# compile MODEL FOLDER: all that dsc makes of a model, below the folder.
compile() {
    "$DSC" bootstrap --quiet --output "$2/platforms" "$1" 2>"$scratch/log" || { cat "$scratch/log"; return 1; }
    "$DSC" render --quiet --output "$2/platforms" "$1" 2>"$scratch/log" || { cat "$scratch/log"; return 1; }
    "$DSC" dump "$1" >"$2/dump.yaml"
    "$DSC" graph "$1" >"$2/graph.txt"
}

# same WHAT FOLDER FOLDER: byte for byte, but for the revision in manifests.
same() {
    find "$3" -name MANIFEST.json -exec sed -i '7s/"revision": .*/"revision": null/' {} +
    diff --recursive --text --brief "$2" "$3" || problem "$1: not the same"
}

for model in starter northwind; do
    first=$scratch/$model/first
    mkdir -p "$first"
    compile "models/$model" "$first"
    find "$first" -name MANIFEST.json -exec sed -i '7s/"revision": .*/"revision": null/' {} +

    cp -r "$first" "$scratch/$model/again"
    compile "models/$model" "$scratch/$model/again"
    same "$model, a second time" "$first" "$scratch/$model/again"

    mkdir "$scratch/$model/elsewhere"
    (
        cd "$scratch/$model/elsewhere"
        # shellcheck disable=SC2030,SC2031 # for these commands alone
        export TZ=Asia/Kathmandu LANG=tr_TR.UTF-8 LANGUAGE=tr LC_ALL=tr_TR.UTF-8 HOME=/nowhere
        umask 077
        compile "$DSC_SOURCE/models/$model" .
    )
    same "$model, elsewhere" "$first" "$scratch/$model/elsewhere"

    mkdir "$scratch/$model/plain"
    (
        cd "models/$model"
        # shellcheck disable=SC2030,SC2031
        export TZ=UTC LC_ALL=C
        compile . "$scratch/$model/plain"
    )
    same "$model, from its own folder" "$first" "$scratch/$model/plain"

    for seed in 1 2 3; do
        mkdir "$scratch/$model/shuffled.$seed"
        "$PYTHON" tests/tools/shuffle_model.py "models/$model" "$scratch/$model/model.$seed" "$seed"
        LC_ALL=C.UTF-8 compile "$scratch/$model/model.$seed" "$scratch/$model/shuffled.$seed"
        same "$model, with seed $seed" "$first" "$scratch/$model/shuffled.$seed"
    done

    # Written into the model itself, its folders are no part of it.
    cp -r "models/$model" "$scratch/$model/itself"
    (
        cd "$scratch/$model/itself"
        "$DSC" lint >../lint.before
        for _ in 1 2; do
            "$DSC" bootstrap --quiet 2>"$scratch/log" || { cat "$scratch/log"; return 1; }
            "$DSC" render --quiet 2>"$scratch/log" || { cat "$scratch/log"; return 1; }
        done
        "$DSC" lint >../lint.after
    ) || problem "$model, in its own folder: refused"
    diff "$scratch/$model/lint.before" "$scratch/$model/lint.after" ||
        problem "$model: lint finds other things once its platforms lie in its folder"
    (cd "models/$model" && find . -type f) | (cd "$scratch/$model/itself" && xargs -d '\n' rm)
    find "$scratch/$model/itself" -type d -empty -delete
    same "$model, in its own folder" "$first/platforms" "$scratch/$model/itself"
done
exit $status
