"""One line of the claims table: a claim of your policies, where it comes from, what it is when that is missing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QGridLayout, QLineEdit, QPushButton, QWidget

from latchkey.check.finding import Finding, Level
from latchkey.draft.draft import ClaimSource
from latchkey.gui.tips import tip
from latchkey.gui.widgets.field_row import tail, undoes
from latchkey.gui.widgets.labels import button, column, label, set_role
from latchkey.text import _, join_sentences


class ClaimRow(QObject):
    """Its widgets stand in a grid. `claim` is the id; one that the person added can be changed. Says what was typed."""

    typed = Signal(str)  # claim: source or default were typed
    renamed = Signal(str, str)  # claim, its new id
    dropped = Signal(str)  # claim: taken off, or back to the default

    def __init__(self, claim: str, provider: str, *, own: bool) -> None:
        super().__init__()
        self.claim, self.provider, self.own = claim, provider, own
        self.field = f"claims.{claim}"
        self._findings: tuple[Finding, ...] = ()
        self._refusal = self._absent = ""
        self.name_editor = QLineEdit(claim)
        self._name, self._word, self._message = label(), label("hint"), label("hint")
        self.editor, self.default, self.drop = QLineEdit(), QLineEdit(), button("quiet")
        for each in (self.name_editor, self.editor, self.default):
            each.installEventFilter(self)
        self.name_editor.editingFinished.connect(self._rename)
        self.editor.textEdited.connect(self._typed)
        self.default.textEdited.connect(self._typed)
        self.drop.clicked.connect(self._drop)

    def put_into(self, grid: QGridLayout, line: int) -> None:
        """Stand in two lines of a grid: the fields, and below them what is to be said."""
        called = QWidget()
        texts = column(called, spacing=0)
        for each in (self._name, self._word, self.name_editor):
            texts.addWidget(each)
        arrow = label("soft", "←", wrap=False)
        for place, widget in enumerate((called, arrow, self.editor, self.default, self.drop)):
            grid.addWidget(widget, line, place)
        grid.addWidget(self._message, line + 1, 2, 1, 3)
        # Only now: a widget without a parent that is made visible is a window for a moment.
        self.name_editor.setVisible(self.own)
        self._name.setVisible(not self.own)
        self._word.setVisible(not self.own)

    def buttons(self) -> tuple[QPushButton, ...]:
        """What can be pressed."""
        return (self.drop,)

    def source(self) -> tuple[str, str | None]:
        """What was typed: the provider's claim, and the default or None."""
        return self.editor.text().strip(), self.default.text() or None

    def show_claim(self, source: ClaimSource, default: str, name: str, absent: str, *, stated: bool) -> None:
        """Show where it comes from. `default`: what the type has where the draft says nothing; `name`: in words."""
        for field, text in ((self.editor, source.claim), (self.default, source.default or "")):
            if field.text() != text and not self._refusal:
                field.setText(text)
        self._name.setText(name)
        self._word.setText(self.claim if name != self.claim else "")
        self._absent = absent if not source.claim and source.default is None else ""
        self.editor.setPlaceholderText(_("not taken"))
        self.default.setPlaceholderText(_("nothing"))
        self.drop.setVisible(self.own or (stated and bool(default) and source != ClaimSource(default)))
        self.drop.setText(_("Remove") if self.own else _("Default"))
        what = _("Remove {claim}") if self.own else _("{claim}: back to {default}")
        self.drop.setAccessibleName(what.format(claim=name, default=default))
        self.drop.setToolTip(tip(self.drop.accessibleName()))
        self.name_editor.setAccessibleName(_("Claim of your policies"))
        self.editor.setAccessibleName(_("{claim}, from the provider").format(claim=name))
        self.default.setAccessibleName(_("{claim}, if it is missing").format(claim=name))
        always = source.always and source.default is not None
        self.editor.setEnabled(not always)
        self._show()

    # What the page's list of fields asks

    def matches(self, finding: Finding) -> bool:
        """Whether a finding is about this claim."""
        return finding.provider == self.provider and tail(finding.field) == self.field

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """The first of those that are about this claim."""
        self._findings = tuple(finding for finding in findings if self.matches(finding))
        self._show()

    def refuse(self, message: str) -> None:
        """What was typed can't stand in any draft."""
        self._refusal = message
        self._show()

    def accept(self) -> None:
        """What was typed is understood after all."""
        self._refusal = ""
        self._show()

    def touch(self) -> None:
        """A claim says what it lacks at once."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Undo and redo are the draft's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and undoes(event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        finding = self._findings[0] if self._findings else None
        text, look = self._absent, "hint"
        if self._refusal:
            text, look = self._refusal, "refusal"
        elif finding is not None:
            text = join_sentences(finding.message, finding.hint)
            look = "refusal" if finding.level is Level.ERROR else "attention"
        self._message.setText(text)
        self._message.setVisible(bool(text))
        set_role(self._message, "role", look)
        set_role(self.editor, "state", "refusal" if look == "refusal" else "")
        self.editor.setAccessibleDescription(text)

    def offer(self, claims: Sequence[str]) -> None:
        """Complete what is typed from what such providers usually send."""
        completer = QCompleter(list(claims), self.editor)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.editor.setCompleter(completer)
        # Queued: the field itself takes the text over later than whoever was connected first.
        completer.activated.connect(self._typed, Qt.ConnectionType.QueuedConnection)

    @Slot(str)
    def _typed(self, _text: str) -> None:
        self._refusal = ""
        self.typed.emit(self.claim)

    @Slot()
    def _rename(self) -> None:
        name = self.name_editor.text().strip()
        if name and name != self.claim:
            self.renamed.emit(self.claim, name)
        elif not name:
            self.name_editor.setText(self.claim)

    @Slot()
    def _drop(self) -> None:
        self.dropped.emit(self.claim)
