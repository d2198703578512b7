#!/bin/bash
# Every test, on any Debian 12 machine: installs what is missing, builds with sanitizers, runs all.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/tools/packages.sh
. tests/tools/build.sh

packages_install "${packages_test[@]}"
say "Python packages of tests/tools/requirements.txt"
tests/tools/python --version
build debug
check debug
