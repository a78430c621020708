"""What every page of the wizard is, and how to write one.

A page is a `QWidget` for one step. The window makes it when the step is first visited and afterwards tells it what
changed; it never keeps an answer itself:

    class TenantPage(Page):
        step_id = "tenant"

        def __init__(self, tools: Tools) -> None:
            super().__init__(tools)
            self.name = self.add_field("tenant.name", N_("Name of your tenant"), hint=N_("For example contoso."))
            self.name.edited.connect(self._name_typed)

        def title(self) -> str:
            return _("Your tenant")

        def show_draft(self, draft: Draft) -> None:
            self.name.set_text(draft.tenant.name)

        @Slot(str)
        def _name_typed(self, text: str) -> None:
            self.do(edits.set_tenant_name(text), self.name)

- **Edits**: connect `textEdited`, `clicked` and their like to a `@Slot` method that calls `self.do(edit, row)`. The
  session comes back with `show_draft`, also for undo and redo; `set_text` does nothing when the text is there already.
- **Texts**: `self.say(label.setText, N_("…"))` says a sentence now and again after a change of language. What is made
  of the draft (names, addresses) and sentences with fields are said in `show_draft`, which is called again too.
- **Fields**: `add_field(path, …)` makes a `FieldRow`; findings with that path appear under it and the attention list
  can jump to it (`focus_field`). On a provider's page pass `provider=key` and the path's tail (`client_id`,
  `settings.metadata_url`). Fields of your own: append an object with `field`, `provider`, `matches`, `show_findings`,
  `touch` and `editor` to `self.rows`, or override `show_findings` and `focus_field`.
- **Layout**: `self.body` is the column under the intro. `add_section(N_("…"))`, `add_card()`, `add_copy_row(…)`;
  `widgets.labels` has labels by role and layouts without margins, `widgets.options` cards to choose from,
  `widgets.checks` check boxes and radio buttons. Spacing in steps of 4 and 8. One primary button a page; the window's
  Next is it unless the page has its own.
- **Order**: the tab key goes in the order in which widgets were made. Where some are made later, connect their signal
  to `self.parts_changed`.
- **Names**: every focusable widget needs an accessible name; `FieldRow` and `CopyRow` give theirs. A test walks them.
- **Slow work**: `self.tools.runner.start(Job(...))`, signals joined to `@Slot` methods before the start.
- `wide = True` for pages that use the whole width; others keep to a column that reads well.
- Only the visible page is told of changes; one that becomes visible is told everything first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from latchkey.check.finding import Finding
from latchkey.draft.draft import Draft
from latchkey.errors import LatchkeyError
from latchkey.gui.composing import Composed
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.copy_row import CopyRow
from latchkey.gui.widgets.field_row import FieldRow
from latchkey.gui.widgets.focus import follow_layout
from latchkey.gui.widgets.labels import column, frame, label, row
from latchkey.gui.widgets.texts import Setter, Texts
from latchkey.text import join_sentences

if TYPE_CHECKING:
    from latchkey.draft.edits import Edit

_MARGIN = 32
COLUMN = 720  # the widest that text and fields grow, in pixels


class Page(QWidget):
    """One step's page."""

    step_id: ClassVar[str] = ""
    wide: ClassVar[bool] = False

    help_changed = Signal()  # `why` or `good_to_know` say something else now
    go_requested = Signal(str)  # a link to another step
    finding_requested = Signal(object)  # a link to where a finding is
    draft_requested = Signal(str)  # open that draft; empty: ask which
    folder_requested = Signal()  # open a folder of policies: ask which
    new_requested = Signal()  # begin an empty draft
    save_as_requested = Signal()  # give the draft a file
    primary_changed = Signal()  # `own_primary` says something else now

    def __init__(self, tools: Tools, step_id: str = "") -> None:
        super().__init__()
        self.setObjectName("page")
        self.tools = tools
        self.step = step_id or self.step_id
        self.rows: list[FieldRow] = []
        self._texts = Texts()
        self._copies: list[CopyRow] = []
        self._ordering = QTimer(self, singleShot=True, interval=0)
        self._ordering.timeout.connect(self._order)
        self._heading, self._intro = label("heading"), label("intro")
        outer = column(self, spacing=4, margins=(_MARGIN, 28, _MARGIN, 24))
        outer.addWidget(self._heading)
        beside = row()
        beside.addWidget(self._intro, 1)
        beside.addStretch(0)
        outer.addLayout(beside)
        outer.addSpacing(12)
        self.body = column(spacing=12)
        outer.addLayout(self.body)
        if not self.wide:
            outer.addStretch(1)
        self._intro.setMaximumWidth(COLUMN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep to the column by a margin: Qt reckons the height of wrapped text without regard to a widest width, and
        would squeeze what stands in a wide window. What one can see of the page counts: a page that a long word makes
        wider than that would grow with its own margin, for ever.
        """
        super().resizeEvent(event)
        layout = self.layout()
        if not self.wide and layout is not None:
            inner = self.parentWidget()
            seen = inner.parentWidget() if inner is not None else None
            width = min(event.size().width(), seen.width()) if seen is not None else event.size().width()
            layout.setContentsMargins(_MARGIN, 28, max(_MARGIN, width - _MARGIN - COLUMN), 24)

    # What the subclass says

    def title(self) -> str:
        """The page's heading."""
        return ""

    def intro(self) -> str:
        """A sentence or two under the heading."""
        return ""

    def why(self) -> str:
        """Say why we ask: one or two sentences beside the page."""
        return ""

    def good_to_know(self) -> Sequence[str]:
        """Say what is good to know: short paragraphs beside the page."""
        return ()

    def fits(self, draft: Draft) -> bool:
        """Whether this page can show a draft; else the window makes the step's page anew."""
        return True

    def show_draft(self, draft: Draft) -> None:
        """Show the answers, changing only what differs."""

    def show_composed(self, composed: Composed) -> None:
        """A newer set was composed."""

    def show_stored(self) -> None:
        """It is known better which secrets are stored: while a policy key's name is typed, after every letter."""

    def own_primary(self) -> bool:
        """Whether the page's most important button is its own; Next is then an ordinary one."""
        return False

    def show_theme(self) -> None:
        """The theme changed: make icons and painted colours again (also called once before the page is first shown)."""

    def leave(self) -> None:
        """The page is about to be hidden."""
        for field in self.rows:
            field.accept()
            field.touch()

    @property
    def unkept(self) -> bool:
        """Something that was typed here is kept nowhere: it would go with the page."""
        return False

    @property
    def storing(self) -> bool:
        """It is on its way to where it is kept."""
        return False

    # What the window calls

    def refresh(self) -> None:
        """Show everything: the page becomes visible, or the language changed."""
        session = self.tools.session
        self.show_draft(session.draft)
        self.show_heading()
        self.show_findings(session.findings)
        self.show_composed(session.composed)

    def show_heading(self) -> None:
        """Heading and intro, which may name things of the draft."""
        self._heading.setText(self.title())
        self._intro.setText(self.intro())
        self._intro.setVisible(bool(self._intro.text()))

    def retranslate(self) -> None:
        """The language changed."""
        self._texts.again()
        for copy in self._copies:
            copy.retranslate()
        self.refresh()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Findings under their fields."""
        for field in self.rows:
            field.show_findings(findings)

    def focus_field(self, finding: Finding) -> bool:
        """Put the cursor into the field that a finding is about. False: there is none here."""
        for field in self.rows:
            if field.matches(finding):
                field.touch()
                field.editor.setFocus()
                return True
        return False

    # What the subclass uses

    def do(self, edit: Edit, row: FieldRow | None = None) -> bool:
        """Apply an edit to the draft. One that is refused is told under `row`, else in the notice line."""
        if row is None:
            return self.tools.session.do(edit)
        try:
            return self.tools.session.attempt(edit)
        except LatchkeyError as error:
            row.refuse(join_sentences(error.message, error.hint))
            return False

    def say(self, setter: Setter, sentence: str) -> None:
        """Say a sentence marked with `N_`, now and after each change of language."""
        self._texts.put(setter, sentence)

    def add_section(self, sentence: str, into: QVBoxLayout | None = None) -> QLabel:
        """A small heading within the page."""
        made = label("section")
        self.say(made.setText, sentence)
        layout = into if into is not None else self.body
        if layout.count():
            layout.addSpacing(8)
        layout.addWidget(made)
        return made

    def add_text(self, role: str, sentence: str = "", into: QVBoxLayout | None = None) -> QLabel:
        """A paragraph in a role: "", `soft`, `hint`."""
        made = label(role)
        made.setMaximumWidth(COLUMN)
        if sentence:
            self.say(made.setText, sentence)
        (into if into is not None else self.body).addWidget(made)
        return made

    def add_card(self, into: QVBoxLayout | None = None, role: str = "card") -> tuple[QFrame, QVBoxLayout]:
        """A panel with rounded corners, and its column."""
        made = frame(role)
        made.setMaximumWidth(COLUMN)
        (into if into is not None else self.body).addWidget(made)
        return made, column(made, spacing=12, margins=(16, 14, 16, 16))

    def add_field(
        self, field: str, name: str, *, word: str = "", hint: str = "", editor: QWidget | None = None,
        provider: str = "", into: QVBoxLayout | None = None,
    ) -> FieldRow:  # fmt: skip
        """A question with its field; sentences are marked with `N_`."""
        made = FieldRow(self._texts, field, name, word=word, hint=hint, editor=editor, provider=provider)
        made.setMaximumWidth(COLUMN)
        self.rows.append(made)
        (into if into is not None else self.body).addWidget(made)
        return made

    def add_copy_row(self, into: QVBoxLayout | None = None, value: str = "", name: str = "") -> CopyRow:
        """A value with its Copy button; `name` is text in the person's language."""
        made = CopyRow(self.tools, value, name)
        made.setMaximumWidth(COLUMN)
        self._copies.append(made)
        (into if into is not None else self.body).addWidget(made)
        return made

    def forget_copy_row(self, copy: CopyRow) -> None:
        """A row made with `add_copy_row` goes away."""
        if copy in self._copies:
            self._copies.remove(copy)

    @Slot()
    def parts_changed(self) -> None:
        """Parts were made later than others: when all stand, the tab key goes through them as the eye does."""
        self._ordering.start()

    @Slot()
    def _order(self) -> None:
        follow_layout(self)

    @Slot(str)
    def go(self, step_id: str) -> None:
        """Ask the window to show another step."""
        self.go_requested.emit(step_id)
