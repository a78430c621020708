"""The self-check: a whole installation is found whole, and each thing that may be missing is found missing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from latchkey import paths, self_check
from latchkey.errors import Refused
from latchkey.self_check import Probe, Report, Seen, check_installation, probes, run, to_json, without_qt


def look(name: str) -> Callable[[], str]:
    """The probe of that name."""
    return next(probe.look for probe in probes() if probe.name == name)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the program's data that a test may damage."""
    root = paths.data_root()
    for folder in ("resources", "templates"):
        shutil.copytree(root / folder, tmp_path / folder)
    monkeypatch.setattr(paths, "data_root", lambda: tmp_path)
    return tmp_path


@pytest.mark.slow
def test_this_installation_is_whole() -> None:
    report = check_installation()
    assert report.fine, [one for one in report.seen if not one.fine]
    assert [one.name for one in report.seen] == [probe.name for probe in probes()]
    assert all(one.says and one.says[-1] == "." for one in report.seen)
    assert not report.packed


@pytest.mark.parametrize(
    ("probe", "file", "said"),
    [
        ("providers", "resources/providers/qq.toml", "qq.toml is missing. Please install Latchkey again."),
        ("guides", "resources/guides/qq.zh_CN.md", "qq.zh_CN.md is missing. Please install Latchkey again."),
        ("guides", "resources/guides/words.en.toml", "words.en.toml is missing. Please install Latchkey again."),
        ("languages", "resources/locale/zh_CN/LC_MESSAGES/latchkey.mo", "A translation can't be used"),
        ("rules", "resources/rules/en.toml", "The explanation of a rule can't be used"),
        ("templates", "templates/policies/macros.xml.j2", ""),
    ],
)
def test_a_lost_file_is_missed(installed: Path, probe: str, file: str, said: str) -> None:
    """`said` is empty for a template: what includes it is compiled before what is included is looked for."""
    (installed / file).unlink()
    (seen,) = run([one for one in probes() if one.name == probe])
    if said:
        assert not seen.fine
        assert said in seen.says
    else:
        (examples,) = run([one for one in probes() if one.name == "examples"])
        assert not examples.fine


def test_a_broken_template_is_told(installed: Path) -> None:
    (installed / "templates" / "guide" / "page.html.j2").write_text("{% if %}", encoding="utf-8")
    from latchkey.guide import html

    html.environment.cache_clear()
    try:
        (seen,) = run([probe for probe in probes() if probe.name == "templates"])
    finally:
        html.environment.cache_clear()
    assert not seen.fine
    assert seen.says.startswith("A template can't be used (TemplateSyntaxError")


@pytest.mark.parametrize("folder", ["examples", "rules"])
def test_an_empty_folder_is_told(installed: Path, folder: str) -> None:
    from latchkey.check import explained

    for file in (installed / "resources" / folder).iterdir():
        file.unlink()
    for known in (explained._azure, explained._patterns, explained._sentences):
        known.cache_clear()
    (seen,) = run([probe for probe in probes() if probe.name == folder])
    for known in (explained._azure, explained._patterns, explained._sentences):
        known.cache_clear()
    assert not seen.fine


def test_a_module_that_was_left_out_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = self_check.importlib.import_module

    def without(name: str) -> object:
        if name == "latchkey.cli.undo":
            raise ModuleNotFoundError(f"No module named '{name}'")
        return real(name)

    monkeypatch.setattr(self_check.importlib, "import_module", without)
    (seen,) = run([probe for probe in probes() if probe.name == "modules"])
    assert (
        seen.says == "A part of the program can't be used (ModuleNotFoundError: No module named 'latchkey.cli.undo'). "
        "Please install Latchkey again."
    )


def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(self_check, "config_folder", lambda: tmp_path / "file" / "latchkey")
    with pytest.raises(Refused, match="Nothing can be written to"):
        look("folders")()


def test_nothing_of_the_persons_is_made_or_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    look("folders")()
    look("keyring")()
    assert list(tmp_path.iterdir()) == []


def test_whatever_a_probe_raises_is_a_finding_on_one_line() -> None:
    def broken() -> str:
        raise RuntimeError("two\nlines")

    assert list(run([Probe("x", "A thing", broken), Probe("y", "Another", lambda: "Well.")])) == [
        Seen("x", False, "A thing can't be used (RuntimeError: two lines). Please install Latchkey again."),
        Seen("y", True, "Well."),
    ]


def test_without_qt_a_checkout_is_fine_and_a_packed_program_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    probe = without_qt(ImportError("No module named 'PySide6'"))
    assert [one.fine for one in run([probe])] == [True]
    monkeypatch.setattr(self_check.sys, "frozen", True, raising=False)
    assert [one.fine for one in run([probe])] == [False]


def test_the_report_in_json() -> None:
    report = Report("1.0", "3.11", "Linux", True, (Seen("a", True, "Yes."),)).with_more([Seen("b", False, "No.")])
    found = json.loads(json.dumps(to_json(report)))
    assert not report.fine
    assert found["fine"] is False
    assert found["packed"] is True
    assert found["checks"] == [
        {"name": "a", "fine": True, "says": "Yes."}, {"name": "b", "fine": False, "says": "No."}
    ]  # fmt: skip
