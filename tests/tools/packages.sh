# The Debian packages that this repository needs, and their installation. To be sourced, by bash.

# shellcheck shell=bash disable=SC2034

packages_build=(build-essential cmake ninja-build pkg-config
    libyaml-dev libjansson-dev libpq-dev libgit2-dev libssl-dev)
packages_test=("${packages_build[@]}" git ca-certificates libcmocka-dev
    python3 python3-venv postgresql)
packages_full=("${packages_test[@]}" clang libclang-rt-14-dev valgrind dpkg-dev file)

# One line on what is being done, on standard output.
say() {
    printf '== %s\n' "$*"
}

# Prints which of the given packages are not installed.
packages_missing() {
    local package
    for package; do
        if [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
            echo "$package"
        fi
    done
}

# as_root COMMAND…: asks no question that standard input could answer.
as_root() {
    if [ "$(id -u)" -ne 0 ]; then
        sudo "$@" </dev/null
    else
        "$@" </dev/null
    fi
}

# apt-get; a second time where the first failed, as networks do. Its words are shown only when it
# fails.
packages_apt() {
    local log command=(as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y "$@")
    log=$("${command[@]}" 2>&1) || log=$("${command[@]}" 2>&1) || {
        printf '%s\n' "$log"
        return 1
    }
}

# Installs those of the given packages that are missing.
packages_install() {
    local missing
    mapfile -t missing < <(packages_missing "$@")
    if [ ${#missing[@]} -eq 0 ]; then
        say "Packages: all there"
        return
    fi
    say "Packages: installing ${missing[*]}"
    packages_apt update
    packages_apt install --no-install-recommends "${missing[@]}"
    if [[ " ${missing[*]} " == *" postgresql "* ]]; then
        as_root invoke-rc.d postgresql stop >/dev/null 2>&1 # its package starts a server
    fi
}
