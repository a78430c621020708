#!/bin/sh
# Makes this checkout ready, saying what it does: system libraries, .venv, translations.
#
#   packaging/bootstrap.sh run     what the wizard and the command need
#   packaging/bootstrap.sh dev     that, and what tests and checks need
#
# It installs only what is missing, so the second run takes a moment. PYTHON=... chooses the Python for .venv.
set -eu
cd "$(dirname "$0")/.."
PATH="$PATH:/usr/sbin:/sbin"

kind=${1:-run}
case $kind in
    run) requirements=requirements.txt ;;
    dev) requirements=requirements-dev.txt ;;
    *) echo "usage: $0 run|dev" >&2; exit 2 ;;
esac

say() { printf 'set-up: %s\n' "$*"; }
fail() { printf 'set-up: %s\n' "$@" >&2; exit 1; }

# --- Python -----------------------------------------------------------------------------------------------------

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# --- System packages ----------------------------------------------------------------------------------------------

# What is looked for, and the Debian package that brings it. PySide6's wheels hold Qt, but not these.
libraries='
    libGL.so.1             libgl1
    libEGL.so.1            libegl1
    libglib-2.0.so.0       libglib2.0-0
    libdbus-1.so.3         libdbus-1-3
    libfontconfig.so.1     libfontconfig1
    libxkbcommon.so.0      libxkbcommon0
    libxkbcommon-x11.so.0  libxkbcommon-x11-0
    libxcb-cursor.so.0     libxcb-cursor0
    libxcb-icccm.so.4      libxcb-icccm4
    libxcb-keysyms.so.1    libxcb-keysyms1
    libxcb-shape.so.0      libxcb-shape0'
# Tests that use a mouse have a screen of their own, with a small window manager.
tools='
    Xvfb     xvfb
    xauth    xauth
    xdotool  xdotool
    openbox  openbox'

missing_packages() {
    known=$(ldconfig -p)
    echo "$libraries" | while read -r library package; do
        case $known in *"$library "*) ;; *) echo "$package" ;; esac
    done
    # Chinese is one of the wizard's two languages. The name is the same in every distribution's package.
    [ -n "$(find /usr/share/fonts /usr/local/share/fonts -name 'NotoSansCJK*' 2>/dev/null)" ] || echo fonts-noto-cjk
    "$python" -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
    [ "$kind" = dev ] || return 0
    echo "$tools" | while read -r tool package; do
        [ -z "$tool" ] || command -v "$tool" >/dev/null || echo "$package"
    done
}

install_packages() {
    packages=$(missing_packages | tr '\n' ' ')
    packages=${packages% }
    [ -n "$packages" ] || return 0
    if ! command -v apt-get >/dev/null; then
        say "some system libraries are missing. Debian calls them: $packages" \
            "Install what your system has under a like name. Going on without them; the wizard may not open."
        return 0
    fi
    command="apt-get update && apt-get install -y --no-install-recommends $packages"
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        as_root=sudo
    else
        by=$(command -v sudo >/dev/null && echo "sudo sh -c" || echo "su -c")
        fail "these system packages are missing, and there is no right to install them here: $packages" \
            "Run this once, then the same make command again:" "    $by '$command'"
    fi
    say "these system packages are missing and are installed now${as_root:+ with sudo, which may ask for your password}:"
    say "    $packages"
    log=$(mktemp)
    # An old list of packages is no reason to stop: the install tells whether it was good enough.
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get update >"$log" 2>&1 || say "apt-get update failed; going on"
    # shellcheck disable=SC2086  # a list of names
    if ! $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends $packages >>"$log" 2>&1 </dev/null; then
        tail -n 15 "$log" >&2
        rm -f "$log"
        fail "the packages could not be installed: see above. By hand: $command"
    fi
    rm -f "$log"
}

# --- .venv --------------------------------------------------------------------------------------------------------

make_venv() {
    if [ -d .venv ] && new_enough .venv/bin/python; then
        return
    fi
    say "making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
}

# A stamp per kind, of all that decides what is installed. `dev` holds everything that `run` needs.
stamp_value() { { pwd; .venv/bin/python --version; cat pyproject.toml requirements.txt requirements-dev.txt; } | cksum; }

install_python_packages() {
    value=$(stamp_value)
    for stamp in ".venv/.set-up-$kind" .venv/.set-up-dev; do
        if [ -x .venv/bin/latchkey ] && [ "$(cat "$stamp" 2>/dev/null)" = "$value" ]; then
            return
        fi
    done
    say "installing $requirements into .venv (about 100 MB to fetch the first time: Qt is most of it)"
    pip="install --quiet --disable-pip-version-check --no-input"
    # shellcheck disable=SC2086  # words
    .venv/bin/python -m pip $pip --requirement "$requirements" ||
        fail "pip could not install $requirements: see above. Is there a network?"
    # shellcheck disable=SC2086
    .venv/bin/python -m pip $pip --no-deps --no-build-isolation --editable .
    echo "$value" >".venv/.set-up-$kind"
    say "done: .venv/bin/latchkey"
}

compile_translations() {
    for translation in resources/locale/*/LC_MESSAGES/*.po; do
        [ -e "$translation" ] || continue
        compiled=${translation%.po}.mo
        # dash, Debian's sh, calls nothing newer than a file that is not there
        if [ ! -e "$compiled" ] || [ "$translation" -nt "$compiled" ]; then
            .venv/bin/python packaging/translations.py
            return
        fi
    done
}

python=$(find_python) || fail "Python 3.11 or newer is needed and was not found." \
    "Debian and Ubuntu: apt-get install python3. macOS: brew install python. Or say where it is: PYTHON=/path/to/python3 make $kind"
if [ "$(uname)" = Linux ]; then
    install_packages
fi
make_venv
install_python_packages
compile_translations
