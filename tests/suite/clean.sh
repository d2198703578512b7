#!/bin/bash
# The repository's own hygiene: what lies at its top, the size and text of its files, its scripts.
set -euo pipefail
cd "$DSC_SOURCE"

status=0
problem() {
    echo "$*"
    status=1
}

# As whoever runs this: the repository may belong to another user.
mapfile -d '' files < <(git -c safe.directory='*' ls-files -z --cached --deduplicate)
[ ${#files[@]} -gt 0 ] || problem "no file is tracked"

present=() scripts=() texts=()
for file in "${files[@]}"; do
    [ -f "$file" ] || continue # deleted, and not yet committed as such
    present+=("$file")
    case $file in
    .* | CMakeLists.txt | CMakePresets.json | README.md | LICENSE) ;;
    src/* | include/* | models/* | templates/* | tests/* | docs/* | examples/*) ;;
    *) problem "$file: does not belong at the top level" ;;
    esac
    case $file in
    *.sh) scripts+=("$file") ;;
    *)
        read -r first <"$file" || true
        if [[ $first =~ ^#!/bin/(ba)?sh ]]; then scripts+=("$file"); fi
        ;;
    esac 2>/dev/null # bash remarks on a NUL
    case $file in
    *.[ch] | *.def | *.sql | *.py | *.sh | *.cmake | CMakeLists.txt) texts+=("$file") ;;
    esac
done

large=$(stat --format '%s %n' -- "${present[@]}" | awk '$1 > 1048576')
[ -z "$large" ] || problem "larger than 1 MiB: $large"

if grep --line-number --perl-regexp '[ \t]+$|\r|\t' -- "${texts[@]}"; then
    problem "these have a tab, a carriage return or a space at the end of a line"
fi
for file in "${texts[@]}"; do
    [ -z "$(tail -c 1 -- "$file")" ] || problem "$file: no newline at its end"
done

# The locale is the one in which shellcheck can print what it quotes. Excluded: that what a subshell
# sets is lost after it, which is what subshells are for.
shellcheck=$("$PYTHON" -c 'import sysconfig; print(sysconfig.get_path("scripts"))')/shellcheck
LC_ALL=C.UTF-8 "$shellcheck" --external-sources --source-path=SCRIPTDIR/..:. \
    --exclude=SC2030,SC2031 "${scripts[@]}" || status=1
echo "${#present[@]} files, ${#scripts[@]} of them scripts"
exit $status
