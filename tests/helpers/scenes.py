"""Every page and dialog of the wizard, one after the other: for tests that look at all of them, and for pictures.

    for scene in pages(wizard, settled): …        the steps of the draft that is open
    for scene in dialogs(wizard, settled): …      each dialog, shown, and closed again afterwards

`scene.name` says where one is, `scene.widget` is the window or dialog to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from latchkey.gui.widgets.guide_view import Fold

Settled = Callable[[Any], None]
MESSAGE = (
    'Validation failed: 1 validation error(s) found in policy "B2C_1A_SIGNUP_SIGNIN" of tenant '
    '"contoso.onmicrosoft.com".A required Metadata item with key "client_id" was not found in the '
    'TechnicalProfile with id "WeChat-OAuth2" in policy "B2C_1A_signup_signin" of tenant "contoso.onmicrosoft.com".'
)

METADATA = (
    '{"issuer": "https://login.contoso.example", "authorization_endpoint": "https://login.contoso.example/authorize",'
    ' "token_endpoint": "https://login.contoso.example/token", "jwks_uri": "https://login.contoso.example/keys",'
    ' "response_types_supported": ["code"], "scopes_supported": ["openid"], "claims_supported": ["sub", "name"]}'
)


class Scene(NamedTuple):
    """Something to look at."""

    name: str
    widget: QWidget


def arrange() -> None:
    """Let layouts settle and what is deleted go."""
    for _round in range(8):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def pages(wizard: Any, settled: Settled, unfold: bool = True) -> Iterator[Scene]:
    """Go to each step; everything on it that folds is open. Pages with tabs are seen with each of them."""
    window = wizard.window
    for row in range(window.model.rowCount()):
        step = window.model.at(row).id
        wizard.session.go(step)
        settled(wizard)
        page = window.content.page
        for fold in page.findChildren(Fold) if unfold else ():
            fold.open(True)
        arrange()
        tabs = [made for made in page.findChildren(QPushButton) if made.property("look") == "tab" and made.isVisible()]
        tabs = [made for made in tabs if made.isCheckable()]
        yield Scene(step, window)
        for number, tab in enumerate(tabs):
            if not tab.isChecked():
                tab.click()
                settled(wizard)
                arrange()
                yield Scene(f"{step}/{number}", window)
        if tabs and not tabs[0].isChecked():
            tabs[0].click()


def dialogs(wizard: Any, settled: Settled) -> Iterator[Scene]:
    """Show each dialog in turn. The draft has a provider."""
    for name, make in MAKERS.items():
        settled(wizard)
        dialog = make(wizard)
        dialog.show()
        settled(wizard)
        arrange()
        yield Scene(name, dialog)
        dialog.close()
        dialog.deleteLater()
        arrange()


def _shortcuts(wizard: Any) -> QDialog:
    from latchkey.gui.shell.shortcuts import ShortcutsDialog

    return ShortcutsDialog(wizard.window, wizard.window.acts, wizard.runner)


def _about(wizard: Any) -> QDialog:
    from latchkey.gui.shell.about import AboutDialog

    return AboutDialog(wizard.window, wizard.tools)


def _welcome(wizard: Any) -> QDialog:
    from latchkey.gui.shell.welcome import WelcomeDialog

    return WelcomeDialog(wizard.window, wizard.tools)


def _problem(wizard: Any) -> QDialog:
    from latchkey.gui.shell.problem_report import ProblemReport

    return ProblemReport(wizard.window, wizard.tools)


def _newer(wizard: Any) -> QDialog:
    from latchkey.gui.shell.newer_versions import NewerVersions

    return NewerVersions(wizard.window, wizard.tools)


def _secrets(wizard: Any) -> QDialog:
    from latchkey.gui.shell.stored_secrets import StoredSecrets

    return StoredSecrets(wizard.window, wizard.tools)


def _reader(wizard: Any) -> QDialog:
    from latchkey.gui.widgets.reader_dialog import ReaderDialog

    return ReaderDialog(wizard.tools, METADATA, wizard.window)


def _icons(wizard: Any) -> QDialog:
    wizard.session.go("buttons")
    wizard.window.content.page.drawing.show_icons()
    from latchkey.gui.widgets.icons_dialog import IconsDialog

    return wizard.window.findChild(IconsDialog)  # type: ignore[no-any-return]


def _picture(wizard: Any) -> QDialog:
    from latchkey.gui.widgets.sketch_picture import PictureWindow

    wizard.session.go("buttons")
    wizard.window.content.page.sketch.keeper.enlarge()
    return wizard.window.findChild(PictureWindow)  # type: ignore[no-any-return]


def _gallery(wizard: Any) -> QDialog:
    from latchkey.gui.widgets.gallery import Gallery

    session = wizard.session
    return Gallery(wizard.tools, session.catalogue, session.draft.policies.kind, ["wechat"], wizard.window)


def _gallery_search(wizard: Any) -> QDialog:
    made: Any = _gallery(wizard)
    made.field.setText("a name that nobody has")
    return made  # type: ignore[no-any-return]


def _azure_message(wizard: Any) -> QDialog:
    from latchkey.gui.shell.azure_message import AzureMessage

    dialog = AzureMessage(wizard.window, wizard.tools)
    dialog.text.setPlainText(MESSAGE)
    dialog.show()
    dialog.explain.click()
    return dialog


def _hand_over(wizard: Any) -> QDialog:
    from latchkey.gui.widgets.handover import HandOver

    draft = wizard.session.draft
    return HandOver(wizard.tools, draft, draft.providers[0].key, "WeChat", wizard.window)


def _question(wizard: Any) -> QDialog:
    from latchkey.gui.widgets.question import question
    from latchkey.text import _

    sentence = _("It is written into your folder at once. The old files are kept: “Put back” on the page about"
                 " writing gives them back. Upload the changed policies to Azure again.")  # fmt: skip
    return question(wizard.window, _("Take it off"), sentence, _("Take it off"), _("Keep it"))


def _mending(wizard: Any) -> QDialog:
    from latchkey.compose.into.plan import FileChange
    from latchkey.gui.mending import Offer
    from latchkey.gui.widgets.mend_dialog import mend_dialog

    change = FileChange("Base.xml", b"<A>\n  <B/>\n</A>\n", b"<A>\n  <C/>\n</A>\n")
    offered = Offer(Path("policies"), ("⟦One.⟧", "⟦Two.⟧"), (change,), ("B2C_1A_Base",))
    return mend_dialog(wizard.window, offered, wizard.theme)


def _crash(_wizard: Any) -> QDialog:
    from latchkey.gui.crash_dialog import CrashDialog

    return CrashDialog("Latchkey 1.0\n\nsession.py:1 do\nValueError: x")


MAKERS: dict[str, Callable[[Any], QDialog]] = {
    "welcome": _welcome, "shortcuts": _shortcuts, "about": _about, "problem": _problem, "newer": _newer, "secrets": _secrets, "reader": _reader, "icons": _icons,
    "picture": _picture, "gallery": _gallery, "gallery-search": _gallery_search,
    "azure-message": _azure_message, "hand-over": _hand_over, "question": _question, "mending": _mending,
    "crash": _crash,
}  # fmt: skip
