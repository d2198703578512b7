#!/bin/bash
# How fast dsc compiles a large model, beside the least that reading it can cost. Prints; no figure
# fails it. Usage: tests/bench/compile.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/tools/packages.sh
. tests/tools/build.sh

rounds=${1:-5}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

packages_install "${packages_build[@]}" python3
build release -D BUILD_TESTING=OFF
cc -O2 -std=c17 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror \
    -o "$scratch/yaml_scan" tests/bench/yaml_scan.c -lyaml

say "The model"
python3 tests/bench/generate_model.py "$scratch/model"

say "Medians of $rounds rounds"
python3 tests/bench/measure.py "$rounds" <<END
scan    $scratch/yaml_scan $scratch/model
lint    build/release/dsc lint $scratch/model
render  build/release/dsc render $scratch/model --output $scratch/output
END
say "Goals: lint 1.5 and render 4 times the scan, each in 60 MB"
