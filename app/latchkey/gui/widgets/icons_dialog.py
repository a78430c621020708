"""Icons for sign-in buttons that the real page shows without one: the CSS to copy or save, and where it belongs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from latchkey.errors import Refused
from latchkey.gui.announce import announce
from latchkey.gui.file_writer import FileWriter, Made
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.labels import button, column, label, row, set_role
from latchkey.guide.button_css import (
    ANYWHERE,
    IconButton,
    button_css,
    letter_picture,
    picture_folder,
    picture_name,
    without_icon,
)
from latchkey.policy.page_designs import TITLES, Design
from latchkey.text import _, join_list, join_sentences, ngettext

_LINES = 7  # of the CSS, at least
_NAMED = 3
_COPIED = 2000  # milliseconds for which Copy says that it has


class IconsDialog(QDialog):
    """For the page design that the sketch shows."""

    def __init__(self, tools: Tools, buttons: Sequence[IconButton], design: Design, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._design = tools, design
        self._buttons = without_icon(buttons, design)
        self._folder = ANYWHERE
        self.setWindowTitle(_("Icons for buttons without one"))
        self.address, self.text = QLineEdit(), QPlainTextEdit()
        self.said = label("hint")
        self.said.hide()
        self.copy, self.save, self._close = button(), button("primary"), button()
        self._writer = FileWriter(tools.runner, self)
        self._writer.written.connect(self._written)
        self._writer.refused.connect(self._refuse)
        self._back = QTimer(self, singleShot=True, interval=_COPIED)
        self._back.timeout.connect(self._name_copy)
        self._lay_out()
        self._show()
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._ask_file)
        self._close.clicked.connect(self.reject)
        self.address.textChanged.connect(self._address_typed)

    def _lay_out(self) -> None:
        layout = column(self, spacing=8, margins=(24, 20, 24, 20))
        layout.addWidget(label("heading", _("Icons for buttons without one")))
        layout.addWidget(label("", self._explained()))
        self._parts = QWidget()
        parts = column(self._parts, spacing=8, margins=(0, 8, 0, 0))
        asked = label("section", _("Web address of the folder with the pictures"))
        asked.setBuddy(self.address)
        self.address.setPlaceholderText(ANYWHERE)
        self.address.setAccessibleName(asked.text())
        self.text.setReadOnly(True)
        self.text.setFont(self._tools.theme.mono())
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("CSS for your page"))
        self.text.setMinimumHeight(QFontMetrics(self.text.font()).lineSpacing() * _LINES)
        for each in (asked, self.address, self.text, label("hint", _(
            "Saving also puts a plain picture with a letter beside the CSS for each button, to begin with. Pictures"
            " that are there already stay as they are."
        )), self.said):  # fmt: skip
            parts.addWidget(each, 1 if each is self.text else 0)
        parts.insertSpacing(parts.indexOf(self.text) + 1, 4)
        layout.addWidget(self._parts, 1)
        ends = row(spacing=8, margins=(0, 8, 0, 0))
        self._close.setText(_("Close"))
        self.save.setText(_("Save…"))
        self._name_copy()
        ends.addStretch(1)
        ends.addWidget(self._close)
        ends.addWidget(self.copy)
        ends.addWidget(self.save)
        layout.addLayout(ends)
        self._parts.setVisible(bool(self._buttons))
        self.copy.setVisible(bool(self._buttons))
        self.save.setVisible(bool(self._buttons))
        self.resize(720, 580 if self._buttons else 10)

    def _explained(self) -> str:
        """What this is for, and where it goes."""
        design = TITLES[self._design]
        if not self._buttons:
            return _("Every button in your list has an icon in the page design {design}.").format(design=design)
        return join_sentences(
            self._which(design),
            _(
                "Put these lines at the end of the <style> part of your own copy of that page, which your policies load"
                " from a web address of yours; Azure's own pages take no CSS."
            ),
        )

    def _which(self, design: str) -> str:
        """For which buttons there is no icon; of many, the first few."""
        names, more = [one.name for one in self._buttons[:_NAMED]], len(self._buttons) - _NAMED
        if more <= 0:
            return _("The page design {design} has no icon for {names}.").format(design=design, names=join_list(names))
        said = ngettext(
            "The page design {design} has no icon for {names} and {count} more.",
            "The page design {design} has no icon for {names} and {count} more.",
            more,
        )
        return said.format(design=design, names=join_list(names), count=more)

    def _show(self) -> None:
        self.text.setPlainText(button_css(self._buttons, self._design, self._folder))

    @Slot(str)
    def _address_typed(self, text: str) -> None:
        try:
            self._folder = picture_folder(text) if text.strip() else ANYWHERE
        except Refused as error:
            self._refuse(error.message, error.hint)
            return
        self.said.hide()
        self._show()

    @Slot()
    def _copy(self) -> None:
        self._tools.clipboard.copy(self.text.toPlainText())
        self.copy.setText(_("Copied"))
        announce(self, _("Copied"))
        self._back.start()

    @Slot()
    def _name_copy(self) -> None:
        self.copy.setText(_("Copy"))

    @Slot()
    def _ask_file(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(
            self, _("Save the CSS"), str(Path.home() / "sign-in-buttons.css"),
            _("Style sheets ({pattern})").format(pattern="*.css"),
        )  # fmt: skip
        if name:
            self.write(Path(name))

    def write(self, file: Path) -> None:
        """Write the CSS, and a picture beside it for each button that has none there."""
        css, shown = self.text.toPlainText(), self._buttons

        def make() -> Made:
            made = {file: css.encode()}
            for one in shown:
                picture = file.parent / picture_name(one.exchange)
                if not picture.exists():
                    made[picture] = letter_picture(one).encode()
            return made

        self._writer.write(make, "CSS for sign-in buttons")

    @Slot(object)
    def _written(self, files: list[Path]) -> None:
        self._say(_("Written: {file}").format(file=files[0]), "done")

    @Slot(str, str)
    def _refuse(self, message: str, hint: str) -> None:
        self._say(join_sentences(message, hint), "refusal")

    def _say(self, text: str, role: str) -> None:
        set_role(self.said, "role", role)
        self.said.setText(text)
        self.said.show()
        announce(self, text)
