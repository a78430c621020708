"""The Windows setup's parts, as far as they can be looked at in seconds. `make test-installers` installs it under Wine."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import Any

import pytest

from helpers.checkout import ROOT

sys.path.insert(0, str(ROOT / "packaging"))

from product import version, windows_version
from windows import art, build, payload, version_resource

FOLDER = ROOT / "packaging" / "windows"
SCRIPT = (FOLDER / "latchkey.nsi").read_text(encoding="utf-8")
TEXTS = (FOLDER / "texts.nsh").read_text(encoding="utf-8")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def texts() -> dict[str, tuple[str, str]]:
    """What the setup says, by name: in English and in Chinese."""
    found = re.findall(r'^!insertmacro Text (\w+) \\\n  "(.*)" \\\n  "(.*)"$', TEXTS, re.MULTILINE)
    return {name: (english, chinese) for name, english, chinese in found}


def test_every_text_is_there_in_both_languages_and_used():
    said = texts()
    assert len(said) == TEXTS.count("!insertmacro Text ")
    for name, (english, chinese) in said.items():
        assert english, name
        assert not CHINESE.search(english), name
        assert CHINESE.search(chinese), name
        assert sorted(re.findall(r"\$\{\w+\}", english)) == sorted(re.findall(r"\$\{\w+\}", chinese)), name
        assert english.count("$\\r") == chinese.count("$\\r"), name
    assert set(re.findall(r"\$\((\w+)\)", SCRIPT)) == set(said)


def test_the_uninstaller_says_what_stays_and_where():
    for name in ("RemoveText", "RemovedText"):
        for text in texts()[name]:
            assert "$LOCALAPPDATA\\latchkey" in text


def test_the_version_resource_has_both_languages_and_the_programs_version():
    """PyInstaller evaluates the text; here with classes that only hold what they are given."""
    told: dict[str, dict[str, str]] = {}
    names: dict[str, Any] = {
        "VSVersionInfo": lambda ffi, kids: SimpleNamespace(ffi=ffi, kids=kids),
        "FixedFileInfo": SimpleNamespace,
        "StringFileInfo": lambda tables: tables,
        "StringTable": lambda key, rows: told.setdefault(key, dict(rows)),
        "StringStruct": lambda name, value: (name, value),
        "VarFileInfo": lambda rows: rows,
        "VarStruct": lambda name, value: (name, value),
    }
    found = eval(version_resource.text(), names)
    assert ".".join(map(str, found.ffi.filevers)) == windows_version(version())
    assert found.kids[1] == [("Translation", [0x0409, 1200, 0x0804, 1200])]
    assert set(told) == {"040904B0", "080404B0"}
    assert told["040904B0"].keys() == told["080404B0"].keys()
    assert CHINESE.search(told["080404B0"]["FileDescription"])
    assert {table["ProductVersion"] for table in told.values()} == {version()}


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder like that of the frozen program."""
    folder = tmp_path / "program"
    for name in ("latchkey.exe", "latchkey-wizard.exe", "_internal/a b/$one.txt", "_internal/z.dll", "licences.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x" * 2048)
    return folder


def test_what_is_put_in_is_what_is_taken_away(program):
    put, take = payload.script(program).split("!macro RemovePayload")
    files = payload.files(program)
    assert (
        len(re.findall("^  File ", put, re.MULTILINE))
        == len(re.findall("^  Delete ", take, re.MULTILINE))
        == len(files)
    )
    assert '  Delete "$INSTDIR\\_internal\\a b\\$$one.txt"' in take
    assert re.findall("RMDir (.*)", take) == ['"$INSTDIR\\_internal\\a b"', '"$INSTDIR\\_internal"']
    assert "RMDir /r" not in SCRIPT + take  # nothing but our own files is ever removed
    assert payload.size_kb(program) == 10
    assert PurePosixPath("_internal/z.dll") in files


def test_the_draft_has_an_icon_in_every_size():
    icon = art.draft_icon()
    _zero, kind, count = struct.unpack_from("<HHH", icon)
    assert kind == 1
    sizes, end = [], 0
    for number in range(count):
        width, height, _colors, _free, _planes, depth, length, place = struct.unpack_from(
            "<BBBBHHII", icon, 6 + 16 * number
        )
        assert width == height
        assert depth == 32
        sizes.append(width or 256)
        end = place + length
    assert sizes == [16, 24, 32, 48, 64, 256]
    assert end == len(icon)


@pytest.mark.skipif(shutil.which("makensis") is None, reason="makensis (NSIS) is not on this computer")
def test_the_script_is_right(program, tmp_path, monkeypatch):
    """makensis reads all of it and warns of nothing; a text that one language lacks would be a warning."""
    monkeypatch.setattr(build, "WORK", tmp_path)
    monkeypatch.setenv("LATCHKEY_SIGN", "true")  # signs nothing, and is called for the uninstaller
    subprocess.run([sys.executable, str(FOLDER / "art.py"), str(tmp_path / "art")], check=True)
    build.pack(program, tmp_path / "Latchkey-setup.exe", quick=True)
    made = (tmp_path / "Latchkey-setup.exe").read_bytes()
    assert made.startswith(b"MZ")
    for text in (version(), "Latchkey setup", "Latchkey 安装程序"):
        assert text.encode("utf-16-le") in made
    build.pack(program, tmp_path / "Latchkey-again.exe", quick=True)
    assert (tmp_path / "Latchkey-again.exe").read_bytes() == made  # the same files and time, the same setup


def test_a_file_is_signed_by_the_command_that_is_set(tmp_path, monkeypatch):
    file = tmp_path / "with a space.exe"
    file.write_bytes(b"program")
    build.sign(file)
    assert file.read_bytes() == b"program"
    monkeypatch.setenv("LATCHKEY_SIGN", "echo signed >>")
    build.sign(file)
    assert file.read_bytes() == b"programsigned\n"
