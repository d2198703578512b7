#!/bin/bash
# The heavier tier: other compilers, the package, the quickstart in a fresh clone, fuzzing,
# valgrind.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/tools/packages.sh
. tests/tools/build.sh

fuzz_seconds=30
export DSC_HEAVY=1 # tests that have a longer form run that
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The package holds the program and depends on the libraries that it links; an installed tree works.
check_package() {
    local deb library
    rm -f build/release/*.deb
    (cd build/release && cpack -G DEB) >"$scratch/cpack.log" 2>&1 ||
        { cat "$scratch/cpack.log"; return 1; }
    deb=$(echo build/release/*.deb)
    dpkg-deb --field "$deb" Package Version Depends
    for library in libyaml libjansson libgit2 libssl; do
        dpkg-deb --field "$deb" Depends | grep -q "$library" ||
            { echo "the package does not depend on $library"; return 1; }
    done
    dpkg-deb --contents "$deb" | grep -E ' \./usr/bin/'
    cmake --install build/release --prefix "$scratch/installed" >/dev/null
    "$scratch/installed/bin/dsc" version
}

# Every fuzz target for a while, as many at a time as there are cores. What they find new goes to
# the scratch folder; an input that breaks a target stays in build/fuzz.
fuzz() {
    local names log status=0
    mapfile -t names < <(cd tests/fuzz && printf '%s\n' fuzz_*.c | sed 's/^fuzz_//; s/\.c$//')
    (cd "$scratch" && mkdir "${names[@]}")
    # shellcheck disable=SC2016 # expanded by the inner shell
    printf '%s\n' "${names[@]}" | xargs -n 1 -P "$jobs" sh -c '
        build/fuzz/tests/fuzz_$3 -max_total_time=$1 -timeout=20 -artifact_prefix=build/fuzz/$3- \
            "$2/$3" tests/fuzz/corpus/$3 >"$2/$3.fuzz" 2>&1' \
        fuzz "$fuzz_seconds" "$scratch" || status=1
    for log in "$scratch"/*.fuzz; do
        [ $status -eq 0 ] || tail -n 60 "$log"
        say "$(basename "$log" .fuzz): $(tail -n 1 "$log")"
    done
    return $status
}

packages_install "${packages_full[@]}"

build release -D CMAKE_C_COMPILER=gcc
check release

say "The Debian package"
check_package

say "The quickstart in a fresh clone"
git clone --quiet . "$scratch/clone"
"$scratch/clone/examples/quickstart.sh" "$scratch/quickstart"

build debug-clang
check debug-clang

build fuzz
say "Fuzzing, $fuzz_seconds s for each target"
fuzz

# Four suites start the program hundreds of times, or starve it of files and room, which valgrind needs
# itself; the sanitizers see them in the other tiers.
build valgrind
check valgrind --exclude-regex '^suite\.(cli|environment|hostile|waived)$'
