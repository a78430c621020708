#!/bin/sh
# The frozen program: one folder that needs no Python. Linux and macOS; Windows has packaging/windows/.
#
#   packaging/bundle.sh          into build/bundle/latchkey (macOS: build/bundle/Latchkey.app)
#
# It is made in an environment of its own (BUNDLE_VENV), from the lock. PYTHON=... chooses the Python. On Linux that is the system's
# (/usr/bin/python3): one that was built by hand leaves its own path in the programs. The same source, Python and
# system give the same bytes: times come from SOURCE_DATE_EPOCH, or from the last commit.
set -eu
cd "$(dirname "$0")/.."

say() { printf 'bundle: %s\n' "$*"; }
fail() { printf 'bundle: %s\n' "$@" >&2; exit 1; }

if [ "$(uname)" = Linux ]; then
    python=${PYTHON:-/usr/bin/python3}
    command -v objdump >/dev/null || fail "objdump is missing. Debian and Ubuntu: apt-get install binutils"
else
    python=${PYTHON:-python3}
fi
"$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    fail "$python is not Python 3.11 or newer with venv. Debian and Ubuntu: apt-get install python3-venv"
if [ "$(uname)" = Linux ]; then
    "$python" -c 'import ctypes, sysconfig; ctypes.CDLL(sysconfig.get_config_var("INSTSONAME"))' 2>/dev/null ||
        fail "$python has no shared library to pack. Debian and Ubuntu: apt-get install libpython3.11 (or as yours is numbered)"
fi

environment=${BUNDLE_VENV:-build/bundle-venv}
stamp=$environment/.set-up
value=$({ "$python" --version; cat requirements-bundle.txt; } | cksum)
if [ "$(cat "$stamp" 2>/dev/null)" != "$value" ]; then
    say "making $environment with $("$python" --version)"
    "$python" -m venv --clear "$environment"
    "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --require-hashes \
        --requirement requirements-bundle.txt ||
        fail "pip could not install requirements-bundle.txt: see above. Is there a network?"
    echo "$value" >"$stamp"
fi
"$environment/bin/python" packaging/translations.py

SOURCE_DATE_EPOCH=$("$python" packaging/product.py time)
export SOURCE_DATE_EPOCH PYTHONHASHSEED=0 LC_ALL=C.UTF-8 TZ=UTC PYTHONDONTWRITEBYTECODE=1
# Modules are stored as they are: unpacking some four hundred of them at each start takes longer than reading them, and
# installers pack better than this would.
export PYINSTALLER_ZLIB_COMPRESSION_LEVEL=0
say "Latchkey $("$python" packaging/product.py version), with $("$python" --version)"
rm -rf build/bundle build/pyinstaller
"$environment/bin/python" -m PyInstaller --noconfirm --log-level WARN --distpath build/bundle --workpath build/pyinstaller \
    packaging/latchkey.spec
if [ "$(uname)" = Darwin ]; then
    top=build/bundle/Latchkey.app papers=$top/Contents/Resources program=$top/Contents/MacOS/latchkey
else
    top=build/bundle/latchkey papers=$top program=$top/latchkey
fi
site=$("$environment/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
"$environment/bin/python" packaging/bill.py $papers build/pyinstaller/latchkey "$site"
say "$(du -sh "$top" | cut -f1) in $top"
"$program" --self-check
