#!/bin/bash
# From a fresh clone to the folders of a data platform: builds dsc and compiles the starter model.
# Usage: examples/quickstart.sh [FOLDER]   (where to write; default: a new temporary folder)
set -euo pipefail
output=$(realpath -m -- "${1:-$(mktemp -d)/dsc-quickstart}")
cd "$(dirname "$0")/.."
. tests/tools/packages.sh
. tests/tools/build.sh

# run COMMAND [ARGUMENT…]: shows a command of dsc, and runs it.
run() {
    say "dsc $*"
    build/release/dsc "$@" </dev/null
}

packages_install "${packages_build[@]}"
build release -D BUILD_TESTING=OFF

run lint models/starter
run graph models/starter
run bootstrap models/starter --output "$output"
run render models/starter --output "$output"

say "Written to $output:"
(cd "$output" && find . -mindepth 1 | LC_ALL=C sort |
    sed -e 's|^\./||' -e ':indent' -e 's|^\( *\)[^ /][^/]*/|\1    |' -e 't indent')

say "Look first at"
for platform in "$output"/*/; do
    echo "  ${platform}bootstrap/README.md  how to install this platform, step by step"
    echo "  ${platform}pipeline/README.md   what flows through it, with the graph"
    echo "  ${platform}pipeline/plans/      what the merge engine will do, a file per stream"
done
