# Configuring, building and testing with a preset. To be sourced, by bash, after packages.sh and in
# the repository's root.
# shellcheck shell=bash

jobs=$(nproc)

# build PRESET [OPTION…]: configures with the options and builds. Its words are kept in a file, and
# shown only when something is wrong.
build() {
    local preset=$1 log=build/$1.log
    shift
    say "Building $preset into build/$preset"
    mkdir -p build
    if ! { cmake --preset "$preset" "$@" && cmake --build --preset "$preset" --parallel "$jobs"; } \
        >"$log" 2>&1 </dev/null; then
        cat "$log"
        return 1
    fi
}

# check PRESET [OPTION…]: runs every test of that build.
check() {
    local preset=$1
    shift
    say "Testing $preset"
    ctest --preset "$preset" --parallel "$jobs" "$@" </dev/null
}
