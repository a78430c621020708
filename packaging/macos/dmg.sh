#!/bin/sh
# Latchkey.app, signed, into a disk image that a person drags it out of. For a Mac: `make macos-app` there, or the
# build server. NOT TRIED so far: it was written where there is no Mac; what could be checked elsewhere is (the property
# list, the entitlements, this script's form).
#
#   LATCHKEY_SIGN_AS      a "Developer ID Application" certificate in the keychain; without it the program is signed ad hoc,
#                         which runs on this Mac, and elsewhere only after "Open anyway" in the settings
#   LATCHKEY_NOTARY       a profile that `xcrun notarytool store-credentials` keeps; without it nothing is sent to Apple
set -eu
cd "$(dirname "$0")/../.."

say() { printf 'macos: %s\n' "$*"; }
fail() { printf 'macos: %s\n' "$@" >&2; exit 1; }

[ "$(uname)" = Darwin ] || fail "a disk image is made on a Mac: codesign and hdiutil are there only."
app=build/bundle/Latchkey.app
[ -d "$app" ] || fail "there is no $app. Run packaging/bundle.sh first."

version=$(python3 packaging/product.py version)
machine=$(uname -m)
name=latchkey-$version-macos-$machine
identity=${LATCHKEY_SIGN_AS:--}
# Apple's clock vouches for the time of a signature that others shall trust.
if [ "$identity" = - ]; then stamp=--timestamp=none; else stamp=--timestamp; fi
image=dist/$name.dmg
folder=build/dmg

say "signing as $identity"
# From the inside out: a signature covers what lies in it. The papers were put in after PyInstaller had signed.
find "$app/Contents/Frameworks" "$app/Contents/MacOS" -type f \( -name '*.dylib' -o -name '*.so' -o -perm -u+x \) -print |
    sort -r | while read -r file; do
        codesign --force $stamp --options runtime --sign "$identity" "$file"
    done
codesign --force $stamp --options runtime --entitlements packaging/macos/entitlements.plist --sign "$identity" "$app"
codesign --verify --deep --strict "$app"
"$app/Contents/MacOS/latchkey" --self-check

rm -rf "$folder" "$image"
mkdir -p "$folder" dist
cp -R "$app" "$folder/"
ln -s /Applications "$folder/Applications"
hdiutil create -quiet -volname "Latchkey $version" -srcfolder "$folder" -fs HFS+ -format ULFO "$image"
[ "$identity" = - ] || codesign --sign "$identity" "$image"
if [ -n "${LATCHKEY_NOTARY:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$LATCHKEY_NOTARY" --wait
    xcrun stapler staple "$image"
fi
cp "$app/Contents/Resources/sbom.cdx.json" "dist/$name.sbom.cdx.json"
cp "$app/Contents/Resources/licences.txt" "dist/$name.licences.txt"
say "$image ($(du -h "$image" | cut -f1))"
