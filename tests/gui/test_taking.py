"""What people have at hand, dropped on the window or pasted: the right thing happens, or one line says why not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QSignalSpy

from helpers.improving import Settled, opened, write
from helpers.small_set import EXTENSIONS, small_set

LINK = "https://portal.azure.com/#@fabrikam.onmicrosoft.com/resource/subscriptions/x"


def drop(window: Any, *, urls: tuple[str | Path, ...] = (), text: str = "") -> bool:
    """Drag over the window and let go. False: the window would not have it."""
    mime = QMimeData()
    if urls:
        mime.setUrls([QUrl.fromLocalFile(str(url)) if isinstance(url, Path) else QUrl(url) for url in urls])
    if text:
        mime.setText(text)
    left, none, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(9, 9), copy, mime, left, none)
    enter.ignore()
    window.dragEnterEvent(enter)
    if enter.isAccepted():
        window.dropEvent(QDropEvent(QPoint(9, 9), copy, mime, left, none))
    return enter.isAccepted()


def said(wizard: Any) -> str:
    """What the notice says."""
    notice = wizard.window.content.notice
    return notice._text.text() if notice.isVisible() else ""


def test_a_link_to_the_portal_names_the_tenant_and_undo_takes_it_back(contoso: Any) -> None:
    assert drop(contoso.window, text=LINK)
    assert contoso.session.draft.tenant.name == "fabrikam"
    assert contoso.session.step == "tenant"
    assert "fabrikam" in said(contoso)
    next(made for made in contoso.window.content.notice._buttons if made.text() == "Undo").click()
    assert contoso.session.draft.tenant.name == "contoso"


def test_a_link_dragged_from_a_browser_is_taken_too(contoso: Any) -> None:
    assert drop(contoso.window, urls=(LINK,), text=LINK)
    assert contoso.session.draft.tenant.name == "fabrikam"


def test_a_draft_opens(wizard: Any, root: Path, tmp_path: Path) -> None:
    draft = tmp_path / "mine.latchkey.toml"
    shutil.copy(root / "resources/examples/contoso.latchkey.toml", draft)
    assert drop(wizard.window, urls=(draft,))
    assert wizard.keeper.file == draft


def test_one_policy_opens_its_folder(wizard: Any, tmp_path: Path, qtbot: Any, settled: Settled) -> None:
    folder = write(tmp_path / "policies", small_set())
    assert drop(wizard.window, urls=(folder / EXTENSIONS,))
    assert "together with the other policies" in said(wizard)
    opened(wizard, qtbot, settled)
    assert wizard.session.folder == folder


def test_all_files_of_a_folder_open_it(wizard: Any, tmp_path: Path, qtbot: Any, settled: Settled) -> None:
    folder = write(tmp_path / "policies", small_set())
    assert drop(wizard.window, urls=tuple(sorted(folder.glob("*.xml"))))
    opened(wizard, qtbot, settled)
    assert wizard.session.folder == folder


def test_a_message_of_azure_is_explained(contoso: Any, qtbot: Any) -> None:
    from latchkey.gui.shell.azure_message import AzureMessage

    assert drop(contoso.window, text="AADB2C90118: The user has forgotten their password.")
    dialog = contoso.window.findChild(AzureMessage)
    qtbot.waitUntil(lambda: dialog._says.text() != "")
    dialog.close()


@pytest.mark.parametrize("how", ["file", "text", "address"])
def test_metadata_of_a_provider_opens_its_dialog_and_asks_nobody(contoso: Any, tmp_path: Path, how: str) -> None:
    """The network stays untouched (the suite forbids it): an address is asked only when somebody presses."""
    from latchkey.gui.widgets.reader_dialog import ReaderDialog

    document = '{"issuer": "https://idp.example", "jwks_uri": "https://idp.example/keys"}'
    (tmp_path / "openid-configuration").write_text(document, encoding="utf-8")
    if how == "file":
        assert drop(contoso.window, urls=(tmp_path / "openid-configuration",))
    else:
        text = document if how == "text" else "https://idp.example/.well-known/openid-configuration"
        assert drop(contoso.window, text=text)
    dialog = contoso.window.findChild(ReaderDialog)
    assert dialog.isVisible()
    dialog.close()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("set.zip", "PK", "Unpack it"),
        ("AuthKey_1.p8", "x", "page of the provider"),
        ("notes.txt", "hello", "does not know what to do with notes.txt"),
        ("page.xml", "<html/>", "neither a policy"),
    ],
)
def test_anything_else_is_answered_in_one_line(
    contoso: Any, tmp_path: Path, name: str, content: str, expected: str
) -> None:
    before = contoso.session.draft
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert drop(contoso.window, urls=(tmp_path / name,))
    assert expected in said(contoso)
    assert "\n" not in said(contoso)
    assert contoso.session.draft == before


def test_a_secret_pasted_beside_its_field_goes_nowhere(contoso: Any) -> None:
    secret = "Zx8Q~planted-secret.of/somebody=="
    before = contoso.session.draft
    contoso.window.rail.setFocus()
    QGuiApplication.clipboard().setText(secret)
    contoso.window.acts["paste"].trigger()
    assert contoso.session.draft == before
    assert "Click into the field" in said(contoso)
    assert secret not in said(contoso)
    QGuiApplication.clipboard().clear()


def test_pasting_works_where_no_field_has_the_focus_and_in_a_field(contoso: Any, qtbot: Any) -> None:
    contoso.session.go("go-live")
    contoso.window.activateWindow()
    contoso.window.rail.setFocus()
    QGuiApplication.clipboard().setText(LINK)
    contoso.window.acts["paste"].trigger()
    assert contoso.session.draft.tenant.name == "fabrikam"
    editor = contoso.window.content.page.domain.editor
    editor.setFocus()
    editor.clear()
    QGuiApplication.clipboard().setText("login.fabrikam.com")
    contoso.window.acts["paste"].trigger()
    assert editor.text() == "login.fabrikam.com"
    QGuiApplication.clipboard().clear()
    contoso.window.rail.setFocus()
    contoso.window.acts["paste"].trigger()
    assert "nothing to paste" in said(contoso)


# Started with something


@pytest.mark.parametrize("what", ["folder", "policy", "link"])
def test_the_program_can_be_started_with_it(
    make_wizard: Callable[..., Any], tmp_path: Path, qtbot: Any, settled: Settled, what: str
) -> None:
    folder = write(tmp_path / "policies", small_set())
    given = {"folder": str(folder), "policy": str(folder / EXTENSIONS), "link": LINK}[what]
    wizard = make_wizard(given)
    if what == "link":
        assert wizard.session.draft.tenant.name == "fabrikam"
    else:
        opened(wizard, qtbot, settled)
        assert wizard.session.folder == folder


def test_what_can_t_be_opened_is_an_error_at_the_start(make_wizard: Callable[..., Any], tmp_path: Path) -> None:
    from latchkey.errors import LatchkeyError

    (tmp_path / "notes.txt").write_text("hello", encoding="utf-8")
    with pytest.raises(LatchkeyError) as caught:
        make_wizard(str(tmp_path / "notes.txt"), shown=False)
    assert "notes.txt" in str(caught.value)


# The folder of policies changes while it is open


def test_policies_changed_outside_are_offered_to_be_read_again(
    make_wizard: Callable[..., Any], tmp_path: Path, qtbot: Any, settled: Settled
) -> None:
    folder = write(tmp_path / "policies", small_set())
    wizard = opened(make_wizard(folder), qtbot, settled)
    before = wizard.session.existing.stamp
    changed = (
        (folder / EXTENSIONS).read_text(encoding="utf-8").replace("</BuildingBlocks>", "<!-- x --></BuildingBlocks>")
    )
    (folder / EXTENSIONS).write_text(changed + "\n", encoding="utf-8")
    qtbot.waitUntil(lambda: "were changed by another program" in said(wizard))
    assert wizard.session.existing.stamp == before
    next(made for made in wizard.window.content.notice._buttons if made.text() == "Read them again").click()
    settled(wizard)
    assert wizard.session.existing.stamp != before


def test_what_the_wizard_writes_itself_is_not_spoken_of(
    make_wizard: Callable[..., Any], tmp_path: Path, qtbot: Any, settled: Settled
) -> None:
    from helpers.improving import add_wechat

    folder = write(tmp_path / "policies", small_set())
    wizard = opened(make_wizard(folder), qtbot, settled)
    add_wechat(wizard)
    settled(wizard)
    wizard.session.go("save")
    settled(wizard)
    told = QSignalSpy(wizard.window.content.folder_watch.changed)
    wizard.window.content.page.write.click()
    qtbot.waitUntil(lambda: not wizard.runner.busy and wizard.session.composed.written)
    wizard.window.content.folder_watch._look()
    settled(wizard)
    assert told.count() == 0
