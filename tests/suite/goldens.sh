#!/bin/bash
# What dsc makes of the shipped models is what lies in tests/golden, byte for byte. After a change that
# is meant, `cmake --build build/PRESET --target accept` (or DSC_ACCEPT=1 and this script) writes it
# anew: the difference is then to be read, as any other change.
set -euo pipefail
cd "$DSC_SOURCE"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM

# make MODEL: all that dsc says of the model, and its platforms' folders.
make() {
    local model=$1 out=$scratch/$1 platform format
    mkdir "$out"
    "$DSC" lint "models/$model" >"$out/lint.txt"
    "$DSC" dump "models/$model" >"$out/dump.yaml"
    "$DSC" graph "models/$model" >"$out/graph.txt"
    "$DSC" bootstrap --quiet --output "$out/platforms" "models/$model"
    "$DSC" render --quiet --output "$out/platforms" "models/$model"
    for platform in "$out"/platforms/*; do
        platform=$(basename "$platform")
        for format in json dot mermaid; do
            "$DSC" graph --platform "$platform" --format "$format" "models/$model" \
                >"$out/graph.$platform.$format"
        done
    done
    # Of all files only the manifests know which dsc, and which revision of the model, made them; the
    # sums of files that lie beside them would but repeat each difference.
    find "$out/platforms" -name MANIFEST.json -exec sed -i \
        -e '2s/"dsc": .*/"dsc": "VERSION",/' -e '7s/"revision": .*/"revision": "REVISION"/' \
        -e 's/"sha256": .*/"sha256": "SUM",/' -e 's/"size": .*/"size": 0/' {} +
}

# The starter is kept whole. Of northwind the checksums are, but for what differs most from model to
# model, which is plans and SQL.
condense() (
    cd "$scratch/northwind"
    find platforms -type f -not -path '*/pipeline/plans/*' -not -path '*/pipeline/sql/*' -print0 |
        LC_ALL=C sort -z >../others
    xargs -0 sha256sum <../others >SHA256SUMS
    xargs -0 rm <../others
    find platforms -type d -empty -delete
)

make starter
make northwind
condense

status=0
for model in starter northwind; do
    if [ -n "${DSC_ACCEPT:-}" ]; then
        rm -rf "tests/golden/$model"
        cp -r "$scratch/$model" "tests/golden/$model"
    elif ! diff --recursive --new-file --text --unified \
        "tests/golden/$model" "$scratch/$model" >"$scratch/diff"; then
        echo "models/$model: not what tests/golden/$model holds"
        cat "$scratch/diff"
        status=1
    fi
done
exit $status
