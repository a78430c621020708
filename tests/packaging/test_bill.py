"""The bill of materials and the licences: CycloneDX accepts the one, and no part is without the other."""

from __future__ import annotations

import json
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement

from helpers.checkout import ROOT


@pytest.fixture(autouse=True)
def scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build scripts find each other in their folder."""
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")


@pytest.fixture
def parts() -> tuple[Any, ...]:
    """Parts of every kind: a package with parts inside, a font, a library, something with a bill of its own."""
    from inventory import Component

    inner = ({"type": "library", "name": "openssl", "version": "4.0.3", "purl": "pkg:generic/openssl@4.0.3?download_url=file:///home/x"},)  # fmt: skip
    return (
        Component("PySide6_Essentials", "6.11.3", "pkg:pypi/pyside6-essentials@6.11.3", "LGPL-3.0-only OR GPL-3.0-only", ("a.so",), ("LGPL",), "https://pypi.org/"),
        Component("Qt", "6.11.3", "pkg:generic/qt@6.11.3", "LGPL-3.0-only", ("libQt6Core.so.6",), ("notice", "LGPL"), "https://qt.io/", within="PySide6_Essentials"),
        Component("libx11-6", "2:1.8.4-2", "pkg:deb/debian/libx11-6@2%3A1.8.4-2?arch=amd64", "see the text", ("libX11.so.6",), ("MIT",), "https://sources.debian.org/"),
        Component("cryptography", "50.0.2", "pkg:pypi/cryptography@50.0.2", "Apache-2.0", (), ("Apache",), "https://pypi.org/", own_bill=inner),
        Component("pyinstaller", "6.22.3", "pkg:pypi/pyinstaller@6.22.3", "GPL-2.0-or-later WITH Bootloader-exception", ("latchkey",), ("GPL",), "https://pypi.org/"),
    )  # fmt: skip


def test_cyclonedx_accepts_the_bill(parts: tuple[Any, ...]) -> None:
    import bill

    text = json.dumps(bill.bill(parts))
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert text == json.dumps(bill.bill(parts)), "the same parts give the same bill"


def test_what_carries_what_is_in_the_bill(parts: tuple[Any, ...]) -> None:
    import bill

    found = bill.bill(parts)
    depends = {one["ref"]: one["dependsOn"] for one in found["dependencies"]}
    assert depends["pkg:pypi/pyside6-essentials@6.11.3"] == ["pkg:generic/qt@6.11.3"]
    root = found["metadata"]["component"]["bom-ref"]
    assert "pkg:generic/qt@6.11.3" not in depends[root]
    assert len(depends[root]) == 4
    (inner,) = next(one for one in found["components"] if one["name"] == "cryptography")["components"]
    assert inner["purl"] == "pkg:generic/openssl@4.0.3", "folders of somebody's machine are no part of it"


def test_each_text_stands_once_and_each_part_names_its_own(parts: tuple[Any, ...]) -> None:
    import bill

    text = bill.licences(parts)
    assert text.startswith("Latchkey ")
    assert text.count("\nLGPL\n") == 1
    assert "Qt 6.11.3 (in PySide6_Essentials): LGPL-3.0-only. https://qt.io/ Text 2, 1 below." in text


@pytest.mark.parametrize("line", [line for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines() if "==" in line])  # fmt: skip
def test_every_package_of_the_lock_states_a_licence_and_has_its_text(line: str) -> None:
    import inventory

    requirement = Requirement(line.rstrip("\\ "))
    if requirement.marker is not None and not requirement.marker.evaluate():
        pytest.skip("not for this system")
    part = inventory._package(distribution(requirement.name), ())
    assert part.licence
    assert all(part.texts)
    assert part.texts


def test_a_file_that_belongs_to_nothing_ends_the_build(tmp_path: Path) -> None:
    import inventory

    (tmp_path / "site").mkdir()
    build = inventory.Build((("x.so", str(tmp_path / "site" / "strange" / "x.so")),), tmp_path / "work", tmp_path / "site", tmp_path / "python")  # fmt: skip
    with pytest.raises(SystemExit, match=r"strange/x\.so belongs to no package"):
        inventory.components(build)
