#!/bin/sh
# `make run`: opens the wizard on a copy of the example; where there is no display, composes the example into out/.
set -eu
cd "$(dirname "$0")/.."
example=resources/examples/contoso.latchkey.toml
copy=out/contoso.latchkey.toml

has_display() { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || { [ "$(uname)" = Darwin ] && [ -z "${SSH_CONNECTION:-}" ]; }; }

mkdir -p out
if has_display; then
    [ -e "$copy" ] || cp "$example" "$copy"
    echo "Opening the wizard on $copy, a copy of $example."
    exec .venv/bin/latchkey "$copy"
fi

echo "There is no display here, so the example is composed without the wizard: $example -> out/"
.venv/bin/latchkey compose "$example" --out out
echo "To open the wizard: run 'make run' again in a desktop session (or with 'ssh -X'),"
echo "or start '.venv/bin/latchkey $example' there."
