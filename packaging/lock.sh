#!/bin/sh
# Writes requirements.txt (what running needs), requirements-bundle.txt (that, and what making the frozen program needs)
# and requirements-dev.txt (that, and what developing needs) from pyproject.toml: every version pinned, every file by its
# hash, one lock for all systems and Python 3.11 to 3.13.
# No address of an index is written, so the lock works with whatever index the machine's pip is set up for.
#
#   packaging/lock.sh [--upgrade]
set -eu
cd "$(dirname "$0")/.."

export UV_PYTHON_DOWNLOADS=never
if ! .venv/bin/python -m uv --version >/dev/null 2>&1; then
    echo "lock: installing uv into .venv (it resolves for all systems at once)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check uv
fi

lock() {
    output=$1
    shift
    .venv/bin/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
        --no-emit-find-links --no-annotate --custom-compile-command "make lock" --output-file "$output" "$@"
    echo "lock: $output, $(grep -c '==' "$output") packages"
}

lock requirements.txt pyproject.toml --group build "$@"
lock requirements-bundle.txt pyproject.toml --group bundle --constraint requirements.txt "$@"
lock requirements-dev.txt pyproject.toml --group dev --constraint requirements.txt "$@"
