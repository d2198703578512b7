#!/bin/bash
# How fast dsc compiles a large model, beside the least that reading it can cost. Prints; no figure
# fails it. Usage: tests/bench/compile.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/tools/packages.sh
. tests/tools/build.sh

rounds=${1:-5}
scratch=$(mktemp -d)
memory=$(mktemp -d -p /dev/shm)
trap 'rm -rf "$scratch" "$memory"' EXIT

packages_install "${packages_build[@]}" python3
build release -D BUILD_TESTING=OFF
cc -O2 -std=c17 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror \
    -o "$scratch/yaml_scan" tests/bench/yaml_scan.c -lyaml

say "The model"
python3 tests/bench/generate_model.py "$scratch/model"

# A disk's syncs cost what that disk costs, ten times more on one than on another: the compiler is
# measured writing to memory, and the disk apart.
say "Medians of $rounds rounds"
python3 tests/bench/measure.py "$rounds" <<END
scan     $scratch/yaml_scan $scratch/model
lint     build/release/dsc lint $scratch/model
render   build/release/dsc render $scratch/model --output $memory
to-disk  build/release/dsc render $scratch/model --output $scratch/output
END
say "Written: $(find "$memory" -type f | wc -l) files, $(du --apparent-size -sm "$memory" | cut -f 1) MB"
say "Goals: lint 1.5 and render 4 times the scan, each in 60 MB"
