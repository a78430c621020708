"""What installers are made of: one version, files that desktops accept, a folder for a release. Nothing is built here."""

from __future__ import annotations

import ast
import email
import hashlib
import plistlib
import re
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from packaging.version import Version

from helpers.checkout import ROOT

PACKAGING = ROOT / "packaging"
NAMESPACE = {"mime": "http://www.freedesktop.org/standards/shared-mime-info"}


@pytest.fixture(autouse=True)
def scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build scripts find each other in their folder."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    for name in ("LATCHKEY_ADDRESS", "LATCHKEY_CONTACT"):
        monkeypatch.delenv(name, raising=False)


def needs(tool: str) -> None:
    """Skip where a tool of the system is missing."""
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is missing")


def passes(*command: str | Path) -> str:
    """A command that must find nothing wrong; what it says."""
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


# One version


def test_the_version_is_the_programs_own() -> None:
    import product

    from latchkey import __version__

    assert product.version() == __version__ == str(Version(__version__))
    assert passes(sys.executable, PACKAGING / "product.py", "version").strip() == __version__


@pytest.mark.parametrize(("older", "newer"), [("0.2.0rc1", "0.2.0"), ("0.2.0", "0.2.0.1"), ("0.2.0a1", "0.2.0b1"), ("0.2.0.dev1", "0.2.0"), ("0.9.0", "0.10.0")])  # fmt: skip
def test_debian_puts_versions_in_the_same_order(older: str, newer: str) -> None:
    import product

    needs("dpkg")
    assert Version(older) < Version(newer)
    passes("dpkg", "--compare-versions", product.deb_version(older), "lt", product.deb_version(newer))


@pytest.mark.parametrize(("given", "numbers"), [("0.1.0", "0.1.0.0"), ("1.2", "1.2.0.0"), ("1.2.3rc4", "1.2.3.0"), ("1.2.3.4", "1.2.3.4")])  # fmt: skip
def test_windows_wants_four_numbers(given: str, numbers: str) -> None:
    import product

    assert product.windows_version(given) == numbers


def test_the_newest_version_of_the_changelog_is_this_one() -> None:
    import changelog
    import product

    newest = changelog.releases()[0]
    assert newest.version == product.version()
    assert newest.news
    assert not [item for item in newest.news if "\n" in item or "`" in item or item.startswith("- ")]


# The frozen program's recipe


def test_the_recipe_parses() -> None:
    ast.parse((PACKAGING / "latchkey.spec").read_text(encoding="utf-8"))


def test_the_recipe_leaves_out_nothing_that_the_program_imports() -> None:
    from frozen.trimming import EXCLUDED

    imported: set[str] = set()
    for file in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    used = {".".join(name.split(".")[:length]) for name in imported for length in range(1, name.count(".") + 2)}
    assert "PySide6.QtWidgets" in used
    assert set(EXCLUDED) & used == set()


@pytest.mark.parametrize(
    ("file", "stays"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", True),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6\\plugins\\platforms\\qdirect2d.dll", False),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/lib/libQt6Core.so.6", True),
        ("libQt6Network.so.6", False),
        ("libxcb-cursor.so.0", True),
        ("libX11.so.6", True),
        ("libXext.so.6", False),
        ("libstdc++.so.6", False),
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("qtawesome/fonts/fontawesome6-brands-webfont-6.7.2.ttf", True),
    ],
)
def test_what_stays_in_the_frozen_program(file: str, stays: bool) -> None:
    from frozen.trimming import kept

    assert kept(file) is stays


def test_the_frozen_program_knows_what_it_is_made_of(tmp_path: Path) -> None:
    import product
    from frozen import metadata

    carried = {one.metadata["Name"]: one for one in metadata.carried()}
    assert {"Jinja2", "keyring", "PySide6_Essentials", "shiboken6"} < set(carried)
    assert not {"pytest", "pyinstaller", "hatchling"} & set(carried)
    inside = {str(carried["Jinja2"].locate_file("jinja2/environment.py"))}
    own, *others = metadata.of_what_is(inside, tmp_path)
    told = email.message_from_string(own.read_text(encoding="utf-8"))
    assert (told["Name"], told["Version"]) == ("latchkey-wizard", product.version())
    assert told.get_all("Requires-Dist") == metadata.requirements()
    assert [file.parent.name.partition("-")[0].casefold() for file in others] == ["jinja2"]


@pytest.mark.parametrize("script", sorted(PACKAGING.rglob("*.sh")), ids=lambda path: path.name)
def test_scripts_parse(script: Path) -> None:
    needs("sh")
    passes("sh", "-n", script)


def test_licences_that_parts_name_are_there() -> None:
    parts = tomllib.loads((PACKAGING / "known_parts.toml").read_text(encoding="utf-8"))["part"]
    assert len(parts) > 5
    for part in parts:
        assert all((PACKAGING / "licences" / text).is_file() for text in part["texts"]), part["name"]
        assert part["texts"] or part["notice"], part["name"]


def test_icons_have_the_sizes_that_their_names_say() -> None:
    icons = ROOT / "resources" / "icons"
    for file in icons.glob("*.png"):
        data = file.read_bytes()
        size = int(file.stem.rpartition("-")[2])
        assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (size, size)
    assert (icons / "latchkey.ico").read_bytes()[:4] == b"\0\0\1\0"
    assert (icons / "latchkey.icns").read_bytes()[:4] == b"icns"
    ET.parse(icons / "latchkey.svg")


# Linux


def test_the_desktop_entry_is_valid_and_opens_drafts() -> None:
    import product

    needs("desktop-file-validate")
    entry = PACKAGING / "linux" / "latchkey.desktop"
    assert passes("desktop-file-validate", entry) == ""
    lines = entry.read_text(encoding="utf-8").splitlines()
    assert f"MimeType={product.Product().mime_type};" in lines
    assert f"Exec={product.Product().command} %f" in lines


def test_the_file_type_is_that_of_drafts() -> None:
    import product

    kind = ET.parse(PACKAGING / "linux" / "latchkey.xml").getroot().find("mime:mime-type", NAMESPACE)
    assert kind is not None
    assert kind.get("type") == product.Product().mime_type
    (glob,) = kind.findall("mime:glob", NAMESPACE)
    assert glob.get("pattern") == f"*{product.Product().suffix}"


def test_a_desktop_knows_the_file_type(tmp_path: Path) -> None:
    import product

    needs("update-mime-database")
    needs("gio")
    (tmp_path / "mime" / "packages").mkdir(parents=True)
    shutil.copy(PACKAGING / "linux" / "latchkey.xml", tmp_path / "mime" / "packages")
    passes("update-mime-database", tmp_path / "mime")
    draft = shutil.copy(ROOT / "resources" / "examples" / "contoso.latchkey.toml", tmp_path)
    shown = passes("env", f"XDG_DATA_HOME={tmp_path}", "gio", "info", "-a", "standard::content-type", draft)
    assert shown.splitlines()[-1].split()[-1] == product.Product().mime_type


@pytest.mark.parametrize("address", ["", "https://example.org/latchkey"])
def test_software_centres_accept_the_metainfo(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import product
    from linux import deb

    needs("appstreamcli")
    monkeypatch.setenv("LATCHKEY_ADDRESS", address)
    text = deb.metainfo()
    file = tmp_path / f"{product.Product().id}.metainfo.xml"
    file.write_text(text, encoding="utf-8")
    passes("appstreamcli", "validate", "--no-net", "--pedantic", file)
    root = ET.fromstring(text)
    captions = [caption.text for caption in root.iterfind("screenshots/screenshot/caption")]
    assert len(captions) == (4 if address else 0)
    for picture in root.iterfind("screenshots/screenshot/image"):
        assert (ROOT / "resources" / "pictures" / str(picture.text).rpartition("/")[2]).is_file()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_manual_says_what_the_help_says(language: str, tmp_path: Path) -> None:
    from linux import man_page

    from latchkey.cli.opening import COMMANDS

    text = man_page.page(language)
    for command in COMMANDS:
        assert f".SS latchkey {command}\n" in text
    for option in ("compose", "\\-\\-dry\\-run", "\\-\\-self\\-check"):
        assert option in text
    assert not [line for line in text.splitlines() if line.startswith(("'", ". "))]
    if shutil.which("man"):
        file = tmp_path / "latchkey.1"
        file.write_text(text, encoding="utf-8")
        shown = passes("env", "LC_ALL=C.UTF-8", "man", "--warnings", "-l", file)
        assert "latchkey compose" in shown
        assert "warning" not in shown


def test_debians_papers_are_in_form() -> None:
    import product
    from linux import deb

    assert deb.copyright_file().startswith(
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
    )
    assert "\nLicense: MIT\n Permission is hereby granted" in deb.copyright_file()
    head = deb.debian_changelog().splitlines()[0]
    assert head == f"latchkey ({product.deb_version(product.version())}) stable; urgency=medium"
    assert re.search(r"^ -- .+ <.+@.+>  \w{3}, \d{2} \w{3} \d{4} \d\d:\d\d:\d\d \+0000$", deb.debian_changelog(), re.M)
    assert max(map(len, deb.debian_changelog().splitlines())) <= 100


# macOS


def test_the_apps_property_list_can_be_written() -> None:
    import product
    from macos import properties

    found = plistlib.loads(plistlib.dumps(properties.properties()))
    assert found["CFBundleShortVersionString"] == product.version()
    (kind,) = found["UTExportedTypeDeclarations"]
    (opens,) = found["CFBundleDocumentTypes"]
    assert opens["LSItemContentTypes"] == [kind["UTTypeIdentifier"]]
    assert "latchkey.toml" in kind["UTTypeTagSpecification"]["public.filename-extension"]


def test_the_hardened_runtime_is_loosened_only_where_python_needs_it() -> None:
    rights = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert set(rights) == {
        "com.apple.security.cs.allow-unsigned-executable-memory",
        "com.apple.security.cs.disable-library-validation",
    }


# A release


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """What builders left in `dist/`: an installer with its papers, and an older version."""
    import product

    version = product.version()
    for name in (
        f"latchkey_{version}_amd64.deb", f"latchkey-{version}-linux-amd64.sbom.cdx.json",
        f"latchkey-{version}-linux-amd64.licences.txt", f"latchkey_wizard-{version}-py3-none-any.whl",
        "latchkey_0.0.1_amd64.deb",
    ):  # fmt: skip
        (tmp_path / "dist").mkdir(exist_ok=True)
        (tmp_path / "dist" / name).write_text(name, encoding="utf-8")
    return tmp_path


def test_a_release_holds_this_version_with_sums_that_hold(made: Path) -> None:
    import release

    folder = release.make(made / "dist", made / "release")
    names = {path.name for path in folder.iterdir()}
    assert {"SHA256SUMS", "NEWS.md", "LICENSE.txt"} < names
    assert not [name for name in names if "0.0.1" in name]
    for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
        names.remove(name)
    assert names == {"SHA256SUMS"}


def test_an_installer_without_its_papers_is_refused(made: Path) -> None:
    import release

    for paper in (made / "dist").glob("*.sbom.cdx.json"):
        paper.unlink()
    with pytest.raises(SystemExit, match=r"has no .*sbom\.cdx\.json beside it"):
        release.make(made / "dist", made / "release")
    assert not (made / "release").exists()


def test_a_release_of_nothing_is_refused(tmp_path: Path) -> None:
    import release

    with pytest.raises(SystemExit, match="holds no installer of version"):
        release.make(tmp_path, tmp_path / "release")
