"""The part of the self-check that needs Qt."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from latchkey import paths
from latchkey.gui import self_check
from latchkey.self_check import run


def seen(name: str):
    """What one probe found."""
    (found,) = run([probe for probe in self_check.probes() if probe.name == name])
    return found


def test_all_is_well_here(qapp):
    assert [one for one in run(self_check.probes()) if not one.fine] == []


def test_a_platform_plugin_that_can_not_be_loaded_is_told_and_qt_lives_on(qapp, tmp_path, monkeypatch):
    plugins = tmp_path / "platforms"
    plugins.mkdir()
    for name in ("libqxcb.so", "libqwayland.so", "qwindows.dll", "libqcocoa.dylib"):
        (plugins / name).write_bytes(b"no library")
    monkeypatch.setattr(self_check.QLibraryInfo, "path", lambda _which: str(tmp_path))
    monkeypatch.setattr(self_check.QGuiApplication, "platformName", lambda: "offscreen")
    found = seen("qt")
    assert not found.fine
    assert found.says.startswith("Qt can't open windows here: ")
    shutil.rmtree(plugins)
    assert "is missing" in seen("qt").says


def test_a_lost_icon_font_is_told(qapp, monkeypatch):
    from latchkey.gui import icons

    monkeypatch.setattr(icons, "find_spec", lambda _name: None)
    found = seen("icons")
    assert not found.fine
    assert "is missing. Please install Latchkey again." in found.says


@pytest.mark.parametrize("damage", ["empty", "gone"])
def test_the_programs_own_icon_is_looked_at(qapp, tmp_path: Path, monkeypatch, damage):
    shutil.copytree(paths.resource(), tmp_path / "resources")
    shutil.copytree(paths.template_root(), tmp_path / "templates")
    monkeypatch.setattr(paths, "data_root", lambda: tmp_path)
    assert seen("icons").fine
    for file in (tmp_path / "resources" / "icons").glob("*.png"):
        file.write_bytes(b"") if damage == "empty" else file.unlink()
    assert not seen("icons").fine
