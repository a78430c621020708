"""The help menu: keys, a report of a problem, About; and the welcome of the first start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QAccessible, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from helpers.wizard import close
from latchkey import __version__, text
from latchkey.draft import edits
from latchkey.gui import installed, problem
from latchkey.gui.shell import shortcuts


@pytest.fixture
def helping(contoso: Any, settled: Callable[[Any], None]) -> Any:
    settled(contoso)
    return contoso.window.content.helping


def words(dialog: Any) -> str:
    """All that can be read in a dialog."""
    return " ".join(made.text() for made in dialog.findChildren(QLabel))


@pytest.mark.parametrize("name", ["show_shortcuts", "report_problem", "about", "welcome", "show_secrets"])
def test_each_dialog_has_names_for_everything_and_closes_with_escape(
    contoso: Any, helping: Any, qtbot: Any, settled: Callable[[Any], None], name: str
) -> None:
    getattr(helping, name)()
    dialog = helping.open_one
    settled(contoso)
    nameless = [
        type(made).__name__
        for made in dialog.findChildren(QWidget)
        if made.focusPolicy().value & 1 and made.isVisible()
        and not QAccessible.queryAccessibleInterface(made).text(QAccessible.Text.Name).strip()
    ]  # fmt: skip
    assert nameless == []
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
    assert helping.open_one is None


@pytest.mark.parametrize("name", ["show_shortcuts", "report_problem", "about", "welcome", "show_secrets"])
def test_each_dialog_fits_a_small_screen(contoso: Any, helping: Any, settled: Callable[[Any], None], name: str) -> None:
    getattr(helping, name)()
    dialog = helping.open_one
    settled(contoso)
    assert dialog.height() <= 680
    assert dialog.width() <= 1000
    dialog.close()


# Keys


def test_every_key_of_the_window_is_in_the_list(contoso: Any, helping: Any) -> None:
    helping.show_shortcuts()
    said = words(helping.open_one)
    for action in contoso.window.acts.values():
        for keys in action.shortcuts():
            assert keys.toString() in said
        if action.shortcuts():
            assert action.text() in said
    assert "Alt+Up" in said
    helping.open_one.close()


def test_the_list_opens_as_a_page_to_print(
    contoso: Any, helping: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    helping.show_shortcuts()
    helping.open_one.print.click()
    qtbot.waitUntil(lambda: bool(opened))
    page = Path(opened[0].toLocalFile()).read_text(encoding="utf-8")
    assert "<kbd>Ctrl+Z</kbd>" in page
    assert page == shortcuts.page(shortcuts.groups(contoso.window.acts), "Keyboard shortcuts of Latchkey")
    helping.open_one.close()


def test_both_keys_open_the_list(contoso: Any, helping: Any) -> None:
    names = [keys.toString() for keys in contoso.window.acts["shortcuts"].shortcuts()]
    assert names == ["F1", "Ctrl+?"]


# About


def test_about_tells_versions_and_licences(contoso: Any, helping: Any, qtbot: Any) -> None:
    helping.about()
    dialog = helping.open_one
    assert __version__ in words(dialog)
    qtbot.waitUntil(lambda: dialog.parts.rowCount() > 2)
    rows = {
        dialog.parts.item(row, 0).text(): dialog.parts.item(row, 2).text() for row in range(dialog.parts.rowCount())
    }
    assert rows["Python"] == "PSF-2.0"
    assert {"Jinja2", "keyring", "PySide6_Essentials"} <= set(rows)
    assert "pytest" not in rows
    assert all(licence and licence != "not said" for licence in rows.values())
    dialog.close()


def test_an_installed_program_names_the_file_with_all_licences(
    contoso: Any, helping: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "licences.txt").write_text("MIT")
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.executable", str(tmp_path / "latchkey"))
    helping.about()
    assert str(tmp_path / "licences.txt") in words(helping.open_one)
    helping.open_one.close()


def test_the_installation_is_checked_when_asked_and_looks_stay(contoso: Any, helping: Any, qtbot: Any) -> None:
    contoso.theme.choose("dark")
    sheet = QGuiApplication.instance().styleSheet()
    helping.about()
    dialog = helping.open_one
    dialog.check.click()
    qtbot.waitUntil(dialog.found.isVisible, timeout=60_000)
    assert "All is well." in words(dialog)
    assert "providers are known" in dialog.found.toPlainText()
    assert QGuiApplication.instance().styleSheet() == sheet
    dialog.copy.click()
    assert "providers are known" in QGuiApplication.clipboard().text()
    dialog.close()


def test_a_broken_installation_is_said_first(
    contoso: Any, helping: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from latchkey import self_check
    from latchkey.self_check import Report, Seen

    broken = Report("1", "3", "x", False, (Seen("a", True, "Fine."), Seen("b", False, "A template is missing.")))
    monkeypatch.setattr("latchkey.gui.shell.about.check_installation", lambda: broken)
    monkeypatch.setattr("latchkey.gui.self_check.probes", lambda: ())
    assert not self_check.Report.fine.fget(broken)
    helping.about()
    dialog = helping.open_one
    dialog.check.click()
    qtbot.waitUntil(dialog.found.isVisible)
    assert dialog.found.toPlainText().startswith("✗ A template is missing.")
    assert "1 thing is wrong." in words(dialog)
    dialog.close()


def test_a_licence_is_read_from_wherever_it_stands() -> None:
    from email.message import Message

    def told(**fields: str) -> Message:
        message = Message()
        for name, value in fields.items():
            message[name.replace("_", "-")] = value
        return message

    assert installed.licence_of(told(License_Expression="MIT")) == "MIT"
    assert installed.licence_of(told(Classifier="License :: OSI Approved :: BSD License")) == "BSD License"
    assert installed.licence_of(told(License="Apache-2.0\nwith a long text")) == "Apache-2.0"
    assert installed.licence_of(told(License="x" * 100)) == "x" * 60 + "…"
    assert installed.licence_of(told(Name="a")) == ""


# A report of a problem

PLANTED = {
    "tenant": "plantedtenant", "domain": "login.planted.example", "client": "planted-client-4711", "name": "Planted Co",
    "setting": "https://planted.example/.well-known/openid-configuration",
}  # fmt: skip


def test_a_report_holds_no_answer_path_or_name(
    contoso: Any, helping: Any, qtbot: Any, settled: Callable[[Any], None], tmp_path: Path
) -> None:
    session = contoso.session
    key = session.draft.providers[-1].key
    for edit in (
        edits.set_tenant_name(PLANTED["tenant"]), edits.set_custom_domain(PLANTED["domain"]),
        edits.set_client_id(key, PLANTED["client"], "x"), edits.rename_provider(key, PLANTED["name"], "x"),
        edits.set_setting(key, "metadata_url", PLANTED["setting"], "x"),
    ):  # fmt: skip
        assert session.do(edit)
    session.go(f"provider:{key}")
    settled(contoso)
    helping.report_problem()
    dialog = helping.open_one
    qtbot.waitUntil(lambda: "Packages" in dialog.shown.toPlainText())
    dialog.said.setPlainText("I pressed Next.")
    qtbot.waitUntil(lambda: dialog.shown.toPlainText().startswith("I pressed Next."))
    file = tmp_path / "report.txt"
    dialog.write(file)
    qtbot.waitUntil(file.exists)
    report = file.read_text(encoding="utf-8")
    assert report == dialog.shown.toPlainText()
    assert __version__ in report
    assert "Providers: wechat, qq, openid-connect" in report
    for planted in (*PLANTED.values(), str(tmp_path), str(Path.home()), contoso.keeper.file.name, key + ":"):
        assert planted not in report
    dialog.close()


def test_a_report_goes_where_the_person_says(
    helping: Any, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    helping.report_problem()
    dialog = helping.open_one
    qtbot.waitUntil(lambda: "Packages" in dialog.shown.toPlainText())
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(tmp_path / "mine.txt"), ""))
    dialog.save.click()
    qtbot.waitUntil((tmp_path / "mine.txt").exists)
    qtbot.waitUntil(lambda: "Written" in dialog._says.text())
    (tmp_path / "file").write_text("", encoding="utf-8")
    dialog.write(tmp_path / "file" / "no.txt")
    qtbot.waitUntil(lambda: "can't be written" in dialog._says.text())
    dialog.copy.click()
    assert "Packages" in QGuiApplication.clipboard().text()
    dialog.close()


def test_a_type_of_the_person_s_own_catalogue_is_not_named(contoso: Any) -> None:
    session = contoso.session
    session.do(edits.add_provider("openid-connect", "x", "p77"))
    scene = problem.Scene(session.draft, {"wechat": None, "qq": None}, contoso.memory.settings, "provider:p77")  # type: ignore[arg-type]
    told = problem.report(scene)
    assert "wechat, qq, own, own" in told
    assert "Step: provider\n" in told


# The first start


def test_the_welcome_comes_once(make_wizard: Callable[..., Any], qtbot: Any) -> None:
    first = make_wizard(shown=False)
    first.show()
    first.welcome_newcomer()
    first.furnish()
    dialog = first.window.content.helping.open_one
    assert dialog.windowTitle() == "Welcome to Latchkey"
    dialog.begin.click()
    close(first)
    again = make_wizard(shown=False)
    again.show()
    again.welcome_newcomer()
    again.furnish()
    assert again.window.content.helping.open_one is None


def test_the_welcome_speaks_and_looks_as_is_chosen_at_once(wizard: Any, qtbot: Any) -> None:
    helping = wizard.window.content.helping
    helping.welcome()
    dialog = helping.open_one
    dialog.languages._cards["zh_CN"].radio.click()
    assert text.language() == "zh_CN"
    assert wizard.memory.settings.language == "zh_CN"
    dialog.themes._cards["dark"].radio.click()
    assert wizard.theme.scheme == "dark"
    assert wizard.memory.settings.theme == "dark"
    dialog.languages._cards["en"].radio.click()
    assert text.language() == "en"
    dialog.reject()
    assert wizard.memory.settings.welcomed


def test_a_defect_in_a_dialog_s_job_never_hangs_the_window(contoso: Any, helping: Any, qtbot: Any) -> None:
    helping.about()
    helping.report_problem()  # takes the place of the one before
    assert helping.open_one.windowTitle() == "Report a problem"
    QTimer.singleShot(0, helping.open_one.close)
    qtbot.waitUntil(lambda: helping.open_one is None)
