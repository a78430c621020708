"""One question: its label, the field's own word in brackets, the field, a hint, and what is wrong with the answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from latchkey.check.finding import Finding, Level
from latchkey.gui.widgets.flow import Flow
from latchkey.gui.widgets.labels import column, label, set_role, set_sentence
from latchkey.gui.widgets.texts import Texts
from latchkey.text import _, join_sentences

_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}


class FieldRow(QWidget):
    """`field` is the answer's path in the saved draft (`tenant.name`); findings with that path stand under the field.

    A wrong answer is refused in red. One that is merely missing is amber, and only once the person has been there.
    """

    edited = Signal(str)  # typed by the person; never by `set_text`

    def __init__(
        self, texts: Texts, field: str, name: str, *, word: str = "", hint: str = "", editor: QWidget | None = None,
        provider: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        self.field = field
        self.provider = provider
        self.editor = editor if editor is not None else QLineEdit()
        self._texts = texts
        self._findings: tuple[Finding, ...] = ()
        self._touched = False
        self._refusal = ""
        self._showing = False  # what changes now is shown by us
        self._name, self._word, self._hint = label(), label("soft"), label("hint")
        self._finding = label("attention")
        self._name.setBuddy(self.editor)
        top = Flow(spacing=4)
        top.add(self._name)
        top.add(self._word)
        layout = column(self, spacing=4)
        layout.addWidget(top)
        layout.addWidget(self.editor)
        layout.addWidget(self._hint)
        layout.addWidget(self._finding)
        self._finding.hide()
        self._layout = layout
        self.rename(name, word)
        texts.put(self._put_hint, hint)
        self.editor.installEventFilter(self)
        if isinstance(self.editor, QLineEdit):
            self.editor.textChanged.connect(self._changed)

    def rename(self, name: str, word: str = "") -> None:
        """The label and its bracket, as marked sentences."""
        self._texts.put(self._put_name, name)
        self._texts.put(self._put_word, word)

    def say_name(self, name: str, word: str = "") -> None:
        """The label and its bracket, as text that is in the person's language already (a catalogue's label)."""
        self._put_name(name)
        self._put_word(word)

    def say_hint(self, hint: str) -> None:
        """The hint, as text that is in the person's language already."""
        self._put_hint(hint)

    def text(self) -> str:
        """What stands in the field."""
        return self.editor.text() if isinstance(self.editor, QLineEdit) else ""

    def set_text(self, text: str) -> None:
        """Show an answer. The cursor stays where it is when nothing changes."""
        if isinstance(self.editor, QLineEdit) and self.editor.text() != text and not self._refusal:
            self._showing = True
            self.editor.setText(text)
            self._showing = False
            self._show()

    def set_placeholder(self, example: str) -> None:
        """An example, shown while the field is empty."""
        if isinstance(self.editor, QLineEdit):
            self.editor.setPlaceholderText(example)

    def add_below(self, layout: QVBoxLayout | QWidget) -> None:
        """Something more under the finding."""
        if isinstance(layout, QWidget):
            self._layout.addWidget(layout)
        else:
            self._layout.addLayout(layout)

    def matches(self, finding: Finding) -> bool:
        """Whether a finding is about this field."""
        if self.provider:
            return finding.provider == self.provider and tail(finding.field) == self.field
        return finding.field == self.field

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show the worst of those that are about this field."""
        self._findings = tuple(sorted((f for f in findings if self.matches(f)), key=lambda f: _ORDER[f.level]))
        self._show()

    def refuse(self, message: str) -> None:
        """What was typed can't stand in any draft (a control character): say so until it is typed otherwise."""
        self._refusal = message
        self._show()

    def accept(self) -> None:
        """What was typed is understood after all."""
        self._refusal = ""
        self._show()

    def touch(self) -> None:
        """The person has been here: from now on a missing answer is said."""
        self._touched = True
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the field counts as having been there. Undo and redo are the draft's, not the field's own."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and undoes(event):
            event.ignore()
            return True
        if event.type() == QEvent.Type.FocusOut and watched is self.editor and not self._touched:
            self.touch()
        return super().eventFilter(watched, event)

    @Slot(str)
    def _changed(self, text: str) -> None:
        """Whoever speaks to the computer, or writes in Braille, has the whole text put in: Qt calls that no typing."""
        if not self._showing:
            self._typed(text)

    def _typed(self, text: str) -> None:
        self._refusal = ""
        self.edited.emit(text)
        self._show()

    def _put_name(self, text: str) -> None:
        self._name.setText(text)
        self._describe()

    def _put_word(self, text: str) -> None:
        self._word.setText(_("({word})").format(word=text) if text else "")
        self._word.setVisible(bool(text))
        self._describe()

    def _put_hint(self, text: str) -> None:
        self._hint.setText(text)
        self._hint.setVisible(bool(text))
        self._describe()

    def _describe(self) -> None:
        name = " ".join(part for part in (self._name.text().replace("&", ""), self._word.text()) if part)
        self.editor.setAccessibleName(name)
        wrong = self._finding.accessibleName() or self._finding.text()
        parts = (self._hint.text(), wrong if self._finding.isVisibleTo(self) else "")
        self.editor.setAccessibleDescription(" ".join(part for part in parts if part))

    def _show(self) -> None:
        finding = self._findings[0] if self._findings else None
        missing = isinstance(self.editor, QLineEdit) and not self.editor.text().strip()
        if finding is not None and missing and not self._touched:
            finding = None
        text = join_sentences(finding.message, finding.hint) if finding is not None else ""
        if self._refusal:
            look, text = "refusal", self._refusal
        elif finding is None:
            look = ""
        elif finding.level is Level.ERROR and not missing:
            look = "refusal"
        else:
            look = "hint" if finding.level is Level.INFO else "attention"
        set_sentence(self._finding, text)
        if look:
            set_role(self._finding, "role", look)
        self._finding.setVisible(bool(look))
        set_role(self.editor, "state", "refusal" if look == "refusal" else "")
        self._describe()


def undoes(event: QKeyEvent) -> bool:
    """Whether these keys mean undo or redo."""
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


def tail(path: str) -> str:
    """A provider's part of a path: `client_id` of `providers[1].client_id`."""
    return path.partition("].")[2] if path.startswith("providers[") else path
