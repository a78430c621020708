"""The claims part of a provider's page: "in your policies ← from the provider"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QWidget

from latchkey.catalogue.entries import Entry
from latchkey.draft import edits
from latchkey.draft.draft import ClaimSource, Provider
from latchkey.draft.edits import Edit
from latchkey.errors import LatchkeyError
from latchkey.gui.models.claim_lines import USUAL, ClaimLine, claim_lines
from latchkey.gui.widgets.claim_row import ClaimRow
from latchkey.gui.widgets.labels import button, column, empty, label, row
from latchkey.policy.names import ClaimTypeId
from latchkey.text import _, join_sentences


class ClaimsPart(QFrame):
    """The table. Rows are made again only when other claims are in it."""

    rows_changed = Signal()

    def __init__(self, attempt: Callable[[Edit], bool]) -> None:
        """`attempt` applies an edit and raises LatchkeyError when it is refused."""
        super().__init__()
        self.setProperty("role", "card")
        self._attempt = attempt
        self._provider: Provider | None = None
        self._entry: Entry | None = None
        self._called = ""
        self._offered: tuple[str, ...] = ()
        self.rows: list[ClaimRow] = []
        self._wanted: tuple[int, str] | None = None  # the row and the field that get the cursor
        self._heads = [label("help-title") for _number in range(3)]
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        for place, share in ((0, 30), (2, 40), (3, 24)):
            self._grid.setColumnStretch(place, share)
        self._another, self._add = QLineEdit(), button()
        self._another.returnPressed.connect(self._add_claim)
        self._another.textEdited.connect(self._show_able)
        self._add.clicked.connect(self._add_claim)
        self._refused = label("refusal")
        self._refused.hide()
        layout = column(self, spacing=12, margins=(16, 14, 16, 14))
        layout.addLayout(self._grid)
        adding = row(spacing=8)
        adding.addWidget(self._another, 1)
        adding.addWidget(self._add)
        layout.addLayout(adding)
        layout.addWidget(self._refused)

    def show_claims(
        self, provider: Provider, entry: Entry, called: str, there: Mapping[str, str] | None = None
    ) -> None:
        """Show where this provider's claims come from. `there`: where they do in policies that have it already."""
        self._provider, self._entry, self._called = provider, entry, called
        lines = claim_lines(provider, entry, called, there)
        if [line.claim for line in lines] != [each.claim for each in self.rows]:
            self._build(lines)
        for line, each in zip(lines, self.rows, strict=True):
            each.show_claim(line.source, line.default, line.name, line.absent, stated=line.stated)
        for head, text in zip(
            self._heads, (_("In your policies"), _("From the provider"), _("If it is missing")), strict=True
        ):
            head.setText(text)
        self._another.setPlaceholderText(_("For example phoneNumber"))
        self._another.setAccessibleName(_("Another claim of your policies"))
        self._add.setText(_("Add a claim"))
        self._show_able()

    def offer(self, claims: Sequence[str]) -> None:
        """The provider says that it can send these: complete what is typed from them."""
        self._offered = tuple(claims)
        for each in self.rows if claims else ():
            each.offer(self._offered)

    def _build(self, lines: Sequence[ClaimLine]) -> None:
        focused = self._focused()
        for head in self._heads:
            self._grid.removeWidget(head)
        empty(self._grid)
        for each in self.rows:
            each.deleteLater()
        assert self._provider is not None
        assert self._entry is not None
        for place, head in zip((0, 2, 3), self._heads, strict=True):
            self._grid.addWidget(head, 0, place)
        self.rows = []
        before: QWidget = self
        for number, line in enumerate(lines):
            each = ClaimRow(line.claim, self._provider.key, own=line.own)
            each.put_into(self._grid, 1 + 2 * number)
            each.typed.connect(self._typed)
            each.renamed.connect(self._renamed)
            each.dropped.connect(self._dropped)
            if self._offered:
                each.offer(self._offered)
            elif self._entry.protocol == "OpenIdConnect":
                each.offer(USUAL)
            for after in (each.name_editor, each.editor, each.default, each.drop):
                if number or before is not self:
                    QWidget.setTabOrder(before, after)
                before = after
            self.rows.append(each)
        self._focus(focused)
        self.rows_changed.emit()

    def _focused(self) -> tuple[int, str] | None:
        """Where the cursor is: the number of the row and which of its fields."""
        for number, each in enumerate(self.rows):
            for name in ("name_editor", "editor", "default"):
                if getattr(each, name).hasFocus():
                    return number, name
        return None

    def _focus(self, place: tuple[int, str] | None) -> None:
        """Put the cursor there once the fields stand: those that were just made are not shown yet."""
        self._wanted = place
        if place is not None:
            QTimer.singleShot(0, self, self._focus_wanted)

    @Slot()
    def _focus_wanted(self) -> None:
        place, self._wanted = self._wanted, None
        if place is not None and place[0] < len(self.rows):
            field: QLineEdit = getattr(self.rows[place[0]], place[1])
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.selectAll()

    def _row(self, claim: str) -> ClaimRow:
        return next(each for each in self.rows if each.claim == claim)

    # What the person does

    @Slot(str)
    def _typed(self, claim: str) -> None:
        assert self._provider is not None
        assert self._entry is not None
        each = self._row(claim)
        source, default = each.source()
        before = self._provider.claims.get(claim, ClaimSource())
        after = ClaimSource(source, default, before.always and default is not None)
        nothing = after == ClaimSource() and not each.own and claim not in self._entry.claims
        key = self._provider.key
        edit = (
            edits.reset_claim(key, claim, self._called) if nothing else edits.set_claim(key, claim, after, self._called)
        )
        self._try(edit, each)

    @Slot(str, str)
    def _renamed(self, claim: str, name: str) -> None:
        assert self._provider is not None
        each = self._row(claim)
        try:
            ClaimTypeId.parse(name)
        except LatchkeyError as error:
            each.refuse(join_sentences(error.message, error.hint))
            return
        self._try(edits.rename_claim(self._provider.key, claim, name, self._called), each)

    @Slot(str)
    def _dropped(self, claim: str) -> None:
        assert self._provider is not None
        self._try(edits.reset_claim(self._provider.key, claim, self._called), self._row(claim))

    @Slot()
    def _add_claim(self) -> None:
        assert self._provider is not None
        name = self._another.text().strip()
        if not name:
            return
        try:
            ClaimTypeId.parse(name)
            self._attempt(edits.set_claim(self._provider.key, name, ClaimSource(name), self._called))
        except LatchkeyError as error:
            self._refused.setText(join_sentences(error.message, error.hint))
            self._refused.show()
            return
        self._refused.hide()
        self._another.clear()
        self._show_able()
        added = [number for number, each in enumerate(self.rows) if each.claim == name]
        if added:
            self._focus((added[0], "editor"))

    def _try(self, edit: Edit, each: ClaimRow) -> None:
        try:
            self._attempt(edit)
        except LatchkeyError as error:
            each.refuse(join_sentences(error.message, error.hint))

    @Slot()
    def _show_able(self) -> None:
        self._add.setEnabled(bool(self._another.text().strip()))
