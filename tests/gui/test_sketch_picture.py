"""The sketch as a picture, and the dialog with icons for buttons that have none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from latchkey.gui.sketch.paint import Brush, picture
from latchkey.gui.sketch.pieces import WHOLE
from latchkey.gui.widgets.sketch_picture import PictureWindow


@pytest.fixture
def page(contoso: Any) -> Any:
    """The page on the example: WeChat, QQ, Contoso employees."""
    contoso.session.go("buttons")
    contoso.window.activateWindow()
    return contoso.window.content.page


def ask(monkeypatch: pytest.MonkeyPatch, answer: Path | None) -> list[str]:
    """Answer the next question for a file; says what was suggested."""
    suggested: list[str] = []

    def file(_over: object, _title: str, start: str, kinds: str) -> tuple[str, str]:
        suggested.append(Path(start).name)
        return (str(answer) if answer is not None else ""), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", file)
    return suggested


def test_the_picture_is_saved_under_a_name_that_says_what_it_is(
    page: Any, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper, file = page.sketch.keeper, tmp_path / "page.png"
    suggested = ask(monkeypatch, file)
    with qtbot.waitSignal(keeper.said) as said:
        keeper.ask_file()
    assert suggested == ["contoso-sign-in-ocean-blue-desktop-en.png"]
    assert said.args == [f"Written: {file}", True]
    image = QImage(str(file))
    assert image.width() == 2 * 1280
    assert image.height() > 2 * 800  # and the line that says what it is


def test_without_an_answer_nothing_is_written(page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(monkeypatch, None)
    page.sketch.keeper.ask_file()
    assert page.sketch.keeper._writer._job is None
    assert list(tmp_path.glob("*.png")) == []


def test_a_name_without_an_end_gets_one(page: Any, qtbot: Any, tmp_path: Path) -> None:
    with qtbot.waitSignal(page.sketch.keeper.said):
        page.sketch.keeper.save(tmp_path / "page")
    assert (tmp_path / "page.png").exists()


def test_a_place_that_can_not_be_written_is_told(page: Any, qtbot: Any, contoso: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with qtbot.waitSignal(page.sketch.keeper.said) as said:
        page.sketch.keeper.save(tmp_path / "file" / "page.png")
    assert not said.args[1]
    assert contoso.window.content.notice.isVisible()


def test_the_picture_is_copied(page: Any, qtbot: Any) -> None:
    page.sketch.screens[1].click()
    page.sketch.keeper.copy()
    image = QGuiApplication.clipboard().image()
    assert image.width() == 2 * 390


@pytest.mark.parametrize("design", ["ocean-blue", "slate-gray", "classic"])
@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_every_design_and_screen_is_painted(page: Any, design: str, screen: Any) -> None:
    action = next(one for one in page.sketch.designs.actions() if one.data() == design)
    action.trigger()
    image = picture(page.drawing.page(), screen, Brush(page.tools.theme, page.tools.icons), 1)
    assert image.width() == WHOLE[screen].width
    colors = {
        image.pixelColor(x, y).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)
    }  # fmt: skip
    assert len(colors) > 20  # texts, icons, edges: not an empty page


def test_it_can_be_looked_at_larger_and_saved_from_there(page: Any, qtbot: Any) -> None:
    page.sketch.keeper.enlarge()
    window: Any = QApplication.activeModalWidget()
    assert isinstance(window, PictureWindow)
    interface = QAccessible.queryAccessibleInterface(window.shown)
    assert "WeChat, QQ, Contoso employees" in interface.text(QAccessible.Text.Description)
    assert not window.shown.pixmap().isNull()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_the_menu_holds_what_can_be_done(page: Any) -> None:
    menu = page.sketch.menu()
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Look at it larger…", "Save the picture…", "Copy the picture", "Icons for buttons without one…",
    ]  # fmt: skip
    menu.deleteLater()


# Icons


@pytest.fixture
def dialog(page: Any) -> Any:
    page.drawing.show_icons()
    shown: Any = QApplication.activeModalWidget()
    yield shown
    shown.close()


def test_the_css_is_that_of_the_page_design(dialog: Any) -> None:
    assert "#api #ContosoExchange {" in dialog.text.toPlainText()
    assert "WeChatExchange" not in dialog.text.toPlainText()
    assert "https://www.example.com/icons/" in dialog.text.toPlainText()


def test_classic_has_none_for_wechat_either(page: Any) -> None:
    page.sketch.designs.actions()[2].trigger()
    page.drawing.show_icons()
    dialog: Any = QApplication.activeModalWidget()
    assert "#api #WeChatExchange {" in dialog.text.toPlainText()
    dialog.close()


def test_the_address_is_taken_as_it_is_typed_and_a_wrong_one_is_told(dialog: Any, qtbot: Any) -> None:
    dialog.address.setText("https://shop.contoso.com/pictures/")
    assert 'url("https://shop.contoso.com/pictures/ContosoExchange.svg")' in dialog.text.toPlainText()
    assert dialog.said.isHidden()
    dialog.address.setText("http://shop.contoso.com")
    assert "https" in dialog.said.text()
    assert dialog.said.isVisible()
    assert "shop.contoso.com/pictures" in dialog.text.toPlainText()  # the last that can be used
    dialog.address.setText("")
    assert "https://www.example.com/icons/" in dialog.text.toPlainText()
    assert dialog.said.isHidden()


def test_it_is_copied_whole(dialog: Any) -> None:
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == dialog.text.toPlainText()
    assert dialog.copy.text() == "Copied"


def test_saving_puts_pictures_beside_it_and_keeps_those_that_are_there(
    dialog: Any, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, own = tmp_path / "buttons.css", tmp_path / "ContosoExchange.svg"
    suggested = ask(monkeypatch, file)
    with qtbot.waitSignal(dialog._writer.written):
        dialog.save.click()
    assert suggested == ["sign-in-buttons.css"]
    assert file.read_text(encoding="utf-8") == dialog.text.toPlainText()
    assert own.read_text(encoding="utf-8").startswith("<svg")
    own.write_text("<svg/>", encoding="utf-8")
    qtbot.waitUntil(lambda: dialog._writer._job is None)
    with qtbot.waitSignal(dialog._writer.written):
        dialog.write(file)
    assert own.read_text(encoding="utf-8") == "<svg/>"


def test_where_every_button_has_an_icon_there_is_nothing_to_copy(page: Any) -> None:
    page.list.select([page.tools.session.draft.providers[2].key])
    page.remove.click()
    page.drawing.show_icons()
    dialog: Any = QApplication.activeModalWidget()
    assert not dialog.text.isVisible()
    assert not dialog.copy.isVisible()
    dialog.close()


# Secrets that are missing


def test_a_missing_secret_is_counted_and_leads_to_its_field(page: Any, qtbot: Any, contoso: Any) -> None:
    window = contoso.window
    qtbot.waitUntil(lambda: "3 things need attention" in window.bottom.attention.text())
    said = [finding.message for finding in window.content.findings()]
    assert said == ["The APP KEY is still missing."] * 2 + ["The client secret is still missing."]
    window.content.go_to(window.content.findings()[1])
    key = contoso.session.draft.providers[1].key
    assert contoso.session.step == f"provider:{key}"
    window.activateWindow()
    assert window.focusWidget() is window.content.page.credentials.secret.editor


def test_a_stored_secret_is_missing_no_more(page: Any, qtbot: Any, contoso: Any) -> None:
    window, model = contoso.window, contoso.window.model
    step = f"provider:{contoso.session.draft.providers[1].key}"
    qtbot.waitUntil(lambda: model.at(model.row_of(step)).state == "in-progress")
    for name in ("WeChatSecret", "QQSecret", "ContosoSecret"):
        contoso.tools.vault.store("contoso", name, "0123456789abcdef0123456789abcdef")
    qtbot.waitUntil(lambda: window.content.findings() == ())
    qtbot.waitUntil(lambda: model.at(model.row_of(step)).state == "done")


def test_before_the_buttons_the_keyring_is_left_alone(contoso: Any, qtbot: Any, settled: Any) -> None:
    contoso.session.go("tenant")
    settled(contoso)
    assert contoso.session.missing == ()
    assert contoso.tools.vault.stored("contoso", "QQSecret") is None


def test_a_row_that_goes_takes_its_missing_secret_along(page: Any, qtbot: Any, contoso: Any) -> None:
    qtbot.waitUntil(lambda: len(contoso.session.missing) == 3)
    page.list.select([contoso.session.draft.providers[0].key])
    page.remove.click()
    qtbot.waitUntil(lambda: len(contoso.session.missing) == 2)
    contoso.session.undo_stack.undo()
    qtbot.waitUntil(lambda: len(contoso.session.missing) == 3)
    assert contoso.session.missing[0].field == "providers[0].secret"
