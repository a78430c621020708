"""Latchkey.app's Info.plist: what Finder, the Dock and the system's privacy settings know of the program.

Keys: https://developer.apple.com/documentation/bundleresources/information-property-list
"""

from __future__ import annotations

from typing import Any

import product

_OLDEST = "13.0"  # of macOS: what Qt 6.11 runs on


def draft_type() -> str:
    """The name of our kind of files among Apple's type identifiers."""
    return f"{product.Product().id}.draft"


def properties() -> dict[str, Any]:
    """The keys beside those that PyInstaller fills in itself."""
    own = product.Product()
    return {
        "CFBundleName": own.name,
        "CFBundleDisplayName": own.name,
        "CFBundleShortVersionString": product.version(),
        "CFBundleVersion": product.version(),
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", "zh-Hans"],
        "NSHumanReadableCopyright": f"© {own.publisher}. {own.licence} licence.",
        "LSApplicationCategoryType": "public.app-category.developer-tools",
        "LSMinimumSystemVersion": _OLDEST,
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,  # it knows a dark theme
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Latchkey draft",
                "CFBundleTypeRole": "Editor",
                "CFBundleTypeIconFile": "latchkey.icns",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [draft_type()],
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": draft_type(),
                "UTTypeDescription": "Latchkey draft",
                "UTTypeConformsTo": ["public.plain-text"],
                # The system knows only what stands behind the last point, so a draft is told by both.
                "UTTypeTagSpecification": {
                    "public.filename-extension": [own.suffix.removeprefix("."), "latchkey"],
                    "public.mime-type": [own.mime_type],
                },
            }
        ],
    }
