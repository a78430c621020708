"""The frozen program's bill of materials (CycloneDX 1.6) and the licences of everything inside, put into the bundle.

    python packaging/bill.py BUNDLE WORK SITE_PACKAGES       WORK is PyInstaller's folder, with origins.json

Run it with the Python that made the bundle. Form: https://cyclonedx.org/docs/1.6/json/
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import sysconfig
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import inventory
import product
from inventory import Component

# Those of https://spdx.org/licenses/ that are stated inside; anything else is a name of its maker's.
SPDX = (
    "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC-BY-4.0", "ICU", "ISC", "LGPL-3.0-only", "MIT", "MIT-0", "MPL-2.0",
    "OFL-1.1", "PSF-2.0", "Zlib",
)  # fmt: skip
BILL, LICENCES = "sbom.cdx.json", "licences.txt"
_ID = re.compile(r"^[\w.+-]+$")
_EXPRESSION = re.compile(r"^[\w.+-]+( (OR|AND|WITH) [\w.+-]+)+$")


def bill(parts: tuple[Component, ...]) -> dict[str, Any]:
    """The document. The same parts give the same document."""
    own = product.Product()
    root = f"pkg:pypi/latchkey-wizard@{product.version()}"
    listed = [_component(part) for part in parts]
    depends = {part.purl: [one.purl for one in parts if one.within == part.name] for part in parts}
    number = uuid.uuid5(uuid.NAMESPACE_URL, root + json.dumps(listed, sort_keys=True))
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{number}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(product.build_time(), UTC).isoformat().replace("+00:00", "Z"),
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": own.name,
                "version": product.version(),
                "description": own.summary,
                "licenses": [{"license": {"id": own.licence}}],
                "purl": root,
            },
        },
        "components": listed,
        "dependencies": [
            {"ref": root, "dependsOn": sorted(part.purl for part in parts if not part.within)},
            *({"ref": ref, "dependsOn": sorted(others)} for ref, others in sorted(depends.items())),
        ],
    }


def _component(part: Component) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "library",
        "bom-ref": part.purl,
        "name": part.name,
        "version": part.version,
        "licenses": [_licence(part.licence)],
        "purl": part.purl,
        "externalReferences": [{"type": "website", "url": part.source}],
        "evidence": {"occurrences": [{"location": file} for file in part.files]},
    }
    if inner := [_inner(one) for one in part.own_bill]:
        found["components"] = inner
    return {key: value for key, value in found.items() if value != {"occurrences": []}}


def _inner(one: dict[str, Any]) -> dict[str, Any]:
    """A component of a maker's own bill: what it is, without the folders of his machine."""
    kept: dict[str, Any] = {key: one[key] for key in ("type", "name", "version", "licenses", "hashes") if key in one}
    if "purl" in one:
        kept["purl"] = re.sub(r"\?download_url=file:[^&]*", "", one["purl"])
    return kept


def _licence(licence: str) -> dict[str, Any]:
    if _EXPRESSION.match(licence):
        return {"expression": licence}
    return {"license": {"id": licence} if _ID.match(licence) and licence in SPDX else {"name": licence}}


def licences(parts: Iterable[Component]) -> str:
    """One text with the licence of each part; a text that several have stands once."""
    own = (product.ROOT / "LICENSE").read_text(encoding="utf-8").strip()
    return "\n".join(_licences(tuple(parts), own)) + "\n"


def _licences(parts: tuple[Component, ...], own: str) -> Iterator[str]:
    yield f"{product.Product().name} {product.version()}\n\n{own}\n"
    yield f"It carries the {len(parts)} parts below, each under its own licence.\n"
    numbers: dict[str, int] = {}
    for part in parts:
        texts = [numbers.setdefault(text, len(numbers) + 1) for text in part.texts]
        where = f" (in {part.within})" if part.within else ""
        shown = ", ".join(map(str, texts))
        yield f"{part.name} {part.version}{where}: {part.licence}. {part.source} Text {shown} below."
    for text, number in numbers.items():
        yield f"\n{'=' * 100}\nText {number}\n{'=' * 100}\n\n{text}"


def main() -> None:
    """Write both into the bundle."""
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    bundle, work, site = (Path(word).resolve() for word in sys.argv[1:])
    python = Path(sysconfig.get_path("stdlib"))
    parts = inventory.components(inventory.read_build(work, site, python))
    document = json.dumps(bill(parts), indent=2, ensure_ascii=False) + "\n"
    (bundle / BILL).write_text(document, encoding="utf-8", newline="\n")
    (bundle / LICENCES).write_text(licences(parts), encoding="utf-8", newline="\n")
    digest = hashlib.sha256(document.encode()).hexdigest()[:12]
    print(f"bill: {len(parts)} parts, {BILL} {digest}, {LICENCES}")


if __name__ == "__main__":
    main()
