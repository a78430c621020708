#!/bin/sh
# Collects every sentence for translators, brings resources/locale/*/LC_MESSAGES/latchkey.po up to date, compiles them
# and says what is still untranslated. A sentence that changed is translated anew: nothing is guessed (no fuzzy entries).
#
#   packaging/locale.sh [LANGUAGE]     LANGUAGE starts a new translation
set -eu
cd "$(dirname "$0")/.."
pybabel=".venv/bin/python -m babel.messages.frontend --quiet"
folder=resources/locale
template=$(mktemp)
mkdir -p $folder
trap 'rm -f "$template"' EXIT

$pybabel extract --mapping packaging/babel.cfg --keywords N_ --add-comments translators: --add-location file \
    --sort-by-file --no-wrap --project latchkey --copyright-holder "Latchkey contributors" --output-file "$template" .
if [ $# -gt 0 ]; then
    $pybabel init --input-file "$template" --output-dir $folder --domain latchkey --locale "$1" --no-wrap
fi
if ! ls $folder/*/LC_MESSAGES/latchkey.po >/dev/null 2>&1; then
    echo "There is no translation yet; start one with: packaging/locale.sh zh_CN"
    exit
fi
$pybabel update --input-file "$template" --output-dir $folder --domain latchkey --no-wrap --no-fuzzy-matching \
    --ignore-obsolete --ignore-pot-creation-date
.venv/bin/python packaging/translations.py --count
