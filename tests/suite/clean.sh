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

scripts=()
for file in "${files[@]}"; do
    [ -f "$file" ] || continue # deleted, and not yet committed as such
    case $file in
    .* | CMakeLists.txt | CMakePresets.json | README.md | LICENSE) ;;
    src/* | include/* | models/* | templates/* | tests/* | docs/* | examples/*) ;;
    *) problem "$file: does not belong at the top level" ;;
    esac
    size=$(stat -c %s "$file")
    [ "$size" -le 1048576 ] || problem "$file: $size bytes, more than 1 MiB"
    case $file in
    *.sh) scripts+=("$file") ;;
    *) if head -n 1 "$file" | grep -aqE '^#!/bin/(ba)?sh$'; then scripts+=("$file"); fi ;;
    esac
    case $file in
    *.[ch] | *.def | *.sql | *.py | *.sh | *.cmake | CMakeLists.txt)
        if grep -nP '[ \t]+$|\r|\t' "$file"; then
            problem "$file: a tab, a carriage return or a space at the end of a line"
        fi
        [ "$size" -eq 0 ] || [ -z "$(tail -c 1 "$file")" ] || problem "$file: no newline at its end"
        ;;
    esac
done

shellcheck=$("$PYTHON" -c 'import sysconfig; print(sysconfig.get_path("scripts"))')/shellcheck
"$shellcheck" --external-sources --source-path=SCRIPTDIR/..:. "${scripts[@]}" || status=1
echo "${#files[@]} files, ${#scripts[@]} of them scripts"
exit $status
