#!/bin/bash
# When the environment fails (a missing folder, an unreadable file, a full disk, Ctrl-C) there is one clear
# message, exit code 3, the old output whole, and nothing left beside it.
set -euo pipefail
cd "$DSC_SOURCE"

scratch=$(mktemp -d)
trap 'chmod -R u+rwX "$scratch"; rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM
status=0

# Root reads and writes everything, unless it gives that up.
powerless=()
[ "$(id -u)" -ne 0 ] || powerless=(setpriv "--bounding-set=-dac_override,-dac_read_search")

problem() {
    echo "$*"
    status=1
}

# fails WORDS COMMAND…: with exit code 3 and one line on standard error, which holds the words.
fails() {
    local code=0
    "${@:2}" >"$scratch/out" 2>"$scratch/err" </dev/null || code=$?
    if [ "$code" != 3 ] || [ -s "$scratch/out" ] || [ "$(wc -l <"$scratch/err")" != 1 ] ||
        ! grep -qF -e "$1" "$scratch/err"; then
        problem "${*:2}: exit code $code, expected 3 and '$1'; it said:"
        cat "$scratch/out" "$scratch/err"
    fi
}

# What lies below a folder, with modes and sums.
snapshot() (
    cd "$1"
    find . -printf '%p %m\n' | LC_ALL=C sort
    find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
)

# whole WHAT: the output is as it was, and nothing else lies there.
whole() {
    snapshot "$scratch/output" | diff "$scratch/before" - || problem "$1: the output has changed"
}

cp -r models/starter "$scratch/model"
"$DSC" bootstrap --quiet --output "$scratch/output" "$scratch/model"
"$DSC" render --quiet --output "$scratch/output" "$scratch/model"
snapshot "$scratch/output" >"$scratch/before"
sed -i 's/contacts: .*/contacts: [others@acme.example]/' "$scratch/model/platforms.yaml"

# ---- what cannot be read
for command in lint graph dump bootstrap render; do
    fails "$scratch/nowhere" "$DSC" "$command" "$scratch/nowhere"
    fails "$scratch/before" "$DSC" "$command" "$scratch/before"
done
for command in lint render; do
    ln -s loop.yaml "$scratch/model/loop.yaml"
    fails loop.yaml "$DSC" "$command" "$scratch/model"
    rm "$scratch/model/loop.yaml"
    mkfifo "$scratch/model/pipe.yaml"
    fails pipe.yaml "$DSC" "$command" "$scratch/model"
    rm "$scratch/model/pipe.yaml"
    chmod 000 "$scratch/model/shop.yaml"
    fails 'shop.yaml: Permission denied' "${powerless[@]}" "$DSC" "$command" "$scratch/model"
    chmod 644 "$scratch/model/shop.yaml"
    mkdir -m 000 "$scratch/model/closed"
    fails 'closed: Permission denied' "${powerless[@]}" "$DSC" "$command" "$scratch/model"
    rmdir "$scratch/model/closed"
done

# ---- what cannot be written
for command in bootstrap render; do
    # Files may grow to 4 KiB: the error of a full disk, but for its name.
    fails 'File too large' bash -c "ulimit -f 4; exec '$DSC' $command --output '$scratch/output' '$scratch/model'"
    whole "$command on a full disk"
    fails "before" "$DSC" "$command" --output "$scratch/before" "$scratch/model"
    chmod 555 "$scratch/output/dev" "$scratch/output/prod" "$scratch/output"
    fails 'Permission denied' "${powerless[@]}" "$DSC" "$command" --output "$scratch/output" "$scratch/model"
    chmod 755 "$scratch/output" "$scratch/output/dev" "$scratch/output/prod"
    whole "$command into a closed folder"
done

# ---- what is not dsc's to replace
echo mine >>"$scratch/output/prod/pipeline/pipeline.yaml"
snapshot "$scratch/output" >"$scratch/before"
fails '--force' "$DSC" render --platform prod --output "$scratch/output" "$scratch/model"
whole "render over an edited file"
"$DSC" render --quiet --force --output "$scratch/output" "$scratch/model"

# ---- Ctrl-C: sent later and later, until it comes in the middle
"$PYTHON" tests/bench/generate_model.py "$scratch/old" 100
cp -r "$scratch/old" "$scratch/new"
find "$scratch/new" -name '*.yaml' -exec sed -i 's/^contacts: .*/contacts: [others@acme.example]/' {} +
rm -rf "$scratch/output"
"$DSC" render --quiet --output "$scratch/output" "$scratch/old"
snapshot "$scratch/output" >"$scratch/before"
for signal in INT TERM; do
    hits=0
    for delay in 0 0.02 0.05 0.1 0.15 0.2 0.3 0.5 1 2; do
        # Bash has its background jobs ignore SIGINT: it is given back.
        "$PYTHON" -c 'import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])' \
            "$DSC" render --quiet --output "$scratch/output" "$scratch/new" 2>"$scratch/err" &
        job=$!
        sleep "$delay"
        kill -s "$signal" "$job" 2>/dev/null || true
        code=0
        wait "$job" 2>/dev/null || code=$?
        case $code in
        0) "$DSC" render --quiet --output "$scratch/output" "$scratch/old" ;; # it was too late
        3)
            hits=$((hits + 1))
            if [ "$(wc -l <"$scratch/err")" != 1 ] || ! grep -q interrupted "$scratch/err"; then
                problem "SIG$signal: said"
                cat "$scratch/err"
            fi
            ;;
        *) [ "$code" -gt 128 ] || problem "SIG$signal: exit code $code" ;; # before it was listened to
        esac
        whole "render with SIG$signal after $delay s"
    done
    [ "$hits" -gt 0 ] || problem "SIG$signal never came in the middle"
    echo "SIG$signal: $hits times in the middle"
done
exit $status
