#!/usr/bin/env bash
# Tries this checkout on a bare Debian 12: `make run` as somebody without rights (must name the one command),
# then as root, twice, then `make test`. Needs root, debootstrap and a network; takes some minutes and 2 GB.
#
#   MIRROR=...          Debian's mirror (default: deb.debian.org)
#   SUITE=...           another release (default: bookworm)
#   TRIAL=...           folder for the new system (default: a temporary one, removed afterwards)
#   TRIAL_FILES="..."   files of this machine that the trial needs too, such as a pip configuration or certificates
#   TRIAL_ENV="..."     variables to hand on, such as proxies: TRIAL_ENV="https_proxy PIP_CERT"
#   ARGS=...            for pytest
#   LATCHKEY_REFERENCE  is shown to the tests, read only, when it is set
set -eu
cd "$(dirname "$0")/../.."
top=$PWD
suite=${SUITE:-bookworm}
trial=${TRIAL:-$(mktemp -d)}
mkdir -p "$trial"
chmod 755 "$trial"   # it becomes the root folder, which everybody must be able to enter
home=/home/guest/latchkey

say() { printf '\n== trial: %s\n' "$*"; }
fail() { say "FAILED: $*"; exit 1; }

# In the new system, with its own /proc; $1 is a user, the rest a command.
inside() {
    user=$1
    shift
    set -- /usr/bin/env -i HOME=/tmp PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 ${LATCHKEY_REFERENCE:+LATCHKEY_REFERENCE=/mnt} "$@"
    for name in ${TRIAL_ENV:-}; do
        eval "value=\${$name:-}"
        first=$1 second=$2
        shift 2
        set -- "$first" "$second" "$name=$value" "$@"
    done
    unshare --mount --fork sh -c '
        trial=$1 user=$2 reference=$3; shift 3
        mount -t proc proc "$trial/proc"
        mount -t tmpfs tmpfs "$trial/dev/shm"
        [ -z "$reference" ] || mount --bind -o ro "$reference" "$trial/mnt"
        exec chroot --userspec="$user" "$trial" "$@"' sh "$trial" "$user" "${LATCHKEY_REFERENCE:-}" "$@"
}

tidy() { [ -n "${TRIAL:-}" ] || rm -rf --one-file-system "$trial"; }
trap tidy EXIT

[ "$(id -u)" = 0 ] || fail "only root can make a new system"
if [ ! -e "$trial/etc/debian_version" ]; then
    say "a bare $suite in $trial"
    debootstrap --variant=minbase --include=python3,make,ca-certificates "$suite" "$trial" \
        "${MIRROR:-http://deb.debian.org/debian}" >"$trial.log" 2>&1 || { tail "$trial.log"; fail "debootstrap"; }
    rm -f "$trial.log"
fi
grep -q ^guest: "$trial/etc/passwd" || inside root:root useradd --create-home guest
mkdir -p "$trial/dev/shm"
for file in /etc/resolv.conf ${TRIAL_FILES:-}; do
    mkdir -p "$trial$(dirname "$file")"
    cp -L "$file" "$trial$file"
done

say "the checkout, as a clone has it"
rm -rf "$trial$home"
mkdir -p "$trial$home"
git -c safe.directory="$top" ls-files -z | xargs -0 tar -cf - | tar -xf - -C "$trial$home"
inside root:root chown -R guest:guest "$home"

if inside guest:guest make -C "$home" run >"$trial/tmp/guest.log" 2>&1; then
    say "somebody without rights: nothing was missing (the system is not new)"
else
    say "somebody without rights is told:"
    cat "$trial/tmp/guest.log"
    grep -q "su -c 'apt-get update && apt-get install" "$trial/tmp/guest.log" || fail "no command was named"
fi

say "make run, as root"
inside root:root make -C "$home" run
for again in "" out; do
    ls "$trial$home"/out/*.xml >/dev/null || fail "out/ holds no policies"
    [ -z "$again" ] || break
    say "make run, again"
    time inside root:root make -C "$home" run
done

say "make test, as root"
inside root:root make -C "$home" test ARGS="${ARGS:-}"
say "well"
