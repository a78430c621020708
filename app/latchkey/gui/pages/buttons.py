"""Sign-in buttons: one list to add, remove, order and rename, with a sketch of the page beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from latchkey.check.finding import Finding
from latchkey.compose.secret_names import SecretName, secret_names
from latchkey.draft import edits
from latchkey.draft.draft import Draft
from latchkey.gui.announce import announce
from latchkey.gui.called import called, type_name
from latchkey.gui.composing import Composed
from latchkey.gui.models.button_row import button_row
from latchkey.gui.models.buttons_model import ButtonsModel
from latchkey.gui.models.sketch_page import sketch_page
from latchkey.gui.pages.base import Page
from latchkey.gui.pages.buttons_there import ThereAlready
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.button_delegate import ButtonDelegate
from latchkey.gui.widgets.button_list import ButtonList
from latchkey.gui.widgets.buttons_card import ButtonsCard
from latchkey.gui.widgets.labels import button, column, label, row, set_role
from latchkey.gui.widgets.sketch_panel import SketchPanel
from latchkey.text import N_, _, ngettext

_SIDE_BY_SIDE = 700  # narrower than this, the sketch goes below the list
_LIST_WIDEST = 460
_SKETCH_WIDEST = 400
_UNBOUND = 16777215  # Qt's own "as wide as you like"


class ButtonsPage(Page):
    """The list and the sketch."""

    step_id = "buttons"
    wide = True

    def __init__(self, tools: Tools, step_id: str = "") -> None:
        super().__init__(tools, step_id)
        self._seen: set[str] = set()  # keys of rows that undo could bring back
        self._names: tuple[Draft | None, Mapping[str, SecretName]] = (None, {})
        self._said: tuple[bool | None, Sequence[str]] = (None, ())  # the page's own primary button, the help
        self.model = ButtonsModel(self._rename, self._move, self)
        self.list = ButtonList(self.model, ButtonDelegate(tools.theme, tools.icons, self))
        self.say(self.list.setAccessibleName, N_("Sign-in buttons, from top to bottom"))
        self.card, self.sketch = ButtonsCard(tools, self._texts, self.list), SketchPanel(tools, self._texts)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(24)
        self.there = ThereAlready(self, self._texts)
        self._sides = self._left(), self.sketch
        for side in self._sides:
            self._halves.addWidget(side)
        self._halves.addStretch(0)
        self.body.addLayout(self._halves, 1)
        self._connect()

    # Words

    def title(self) -> str:
        """The heading."""
        return _("Which buttons will your customers see?")

    def intro(self) -> str:
        """Under the heading."""
        return _(
            "Add every way to sign in that you want to offer. Drag to change the order; the page beside it follows."
        )

    def why(self) -> str:
        """What a button is."""
        if self.tools.session.source is not None:
            return _("The buttons of your policies are in the list already. What you leave alone stays as it is.")
        return _("Each button sends your customer to another company, which then tells Azure who they are.")

    def good_to_know(self) -> Sequence[str]:
        """What surprises with these buttons."""
        session = self.tools.session
        silent = [
            called(provider, session.catalogue)
            for provider in session.draft.providers
            if provider.type in session.catalogue and not session.catalogue[provider.type].gives_email
        ]
        said = [_("The order here is the order on the page, from top to bottom.")]
        if silent:
            names = list(dict.fromkeys(silent))
            sentence = ngettext(
                "{names} tells no e-mail address: your application gets none from there.",
                "{names} tell no e-mail address: your application gets none from them.",
                len(names),
            )
            said.insert(0, sentence.format(names=_(" and ").join(names)))
        return said

    # Building

    def _left(self) -> QWidget:
        half = QWidget()
        layout = column(half, spacing=12)
        layout.addLayout(self._bar())
        layout.addWidget(self.there)
        layout.addWidget(self.card)
        self._hint = label("hint")
        self.say(
            self._hint.setText,
            N_("Alt+↑ and Alt+↓ move the selected row. F2 or a double click changes its name, Enter opens it."),
        )
        layout.addWidget(self._hint)
        layout.addStretch(1)
        return half

    def _bar(self) -> QBoxLayout:
        self.add = button("primary")
        self.say(self.add.setText, N_("Add a way to sign in"))
        self.up, self.down, self.remove = button(), button(), button()
        bar = row(spacing=8)
        bar.addWidget(self.add)
        bar.addStretch(1)
        for each, name in (
            (self.up, N_("Move up")), (self.down, N_("Move down")), (self.remove, N_("Remove")),
        ):  # fmt: skip
            each.setProperty("look", "icon")
            each.setIconSize(QSize(18, 18))
            self.say(each.setAccessibleName, name)
            bar.addWidget(each)
        self.say(self.up.setToolTip, N_("Move up (Alt+↑)"))
        self.say(self.down.setToolTip, N_("Move down (Alt+↓)"))
        self.say(self.remove.setToolTip, N_("Remove (Delete)"))
        return bar

    def _connect(self) -> None:
        self.add.clicked.connect(self.open_gallery)
        self.up.clicked.connect(self._up)
        self.down.clicked.connect(self._down)
        self.remove.clicked.connect(self._remove)
        self.list.step_wanted.connect(self._step)
        self.list.removal_wanted.connect(self._remove)
        self.list.move_wanted.connect(self._drop)
        self.list.opening_wanted.connect(self._open)
        self.list.menu_wanted.connect(self._show_menu)
        self.list.selectionModel().selectionChanged.connect(self._selection_changed)
        self.card.type_wanted.connect(self.add_type)
        self.sketch.changed.connect(self._show_sketch)

    # Showing

    def show_draft(self, draft: Draft) -> None:
        """List, sketch, and what goes with them."""
        self._look_for_secrets(draft)
        self._show_rows(draft)
        there = bool(draft.providers)
        self._show_around(there=there)
        into = self.tools.session.composed.into
        local = into.local if into is not None else draft.policies.local and draft.policies.kind == "custom"
        offered = [entry for entry in self.tools.session.catalogue.values() if draft.policies.kind in entry.kinds]
        self.card.show_state(filled=there, local=local, entries=offered)
        self._hint.setVisible(there)
        self._seen |= {provider.key for provider in draft.providers}
        self._show_sketch()
        self._show_able()

    def show_composed(self, composed: Composed) -> None:
        """With policies that are there already: which rows they have, and what they show beside the list."""
        self.there.show_composed(composed)
        if composed.source is not None:
            self.show_draft(self.tools.session.draft)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Findings make a row's state."""
        super().show_findings(findings)
        self._show_rows(self.tools.session.draft)

    def show_theme(self) -> None:
        """Icons and painted things in the theme's colours."""
        icons = self.tools.icons
        self._show_add_icon()
        for each, name in ((self.up, "up"), (self.down, "down"), (self.remove, "remove")):
            each.setIcon(icons.icon(name, "text", 18))
        self.card.show_theme()
        self.sketch.show_theme()
        self.list.viewport().update()

    def retranslate(self) -> None:
        """The language changed."""
        self.card.retranslate()
        super().retranslate()

    def focus_field(self, finding: Finding) -> bool:
        """The row that a finding is about; for one about the list itself, the button that fills it."""
        if finding.provider and self.model.row_of(finding.provider) >= 0:
            self.list.select([finding.provider])
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if finding.field == "providers":
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().focus_field(finding)

    def own_primary(self) -> bool:
        """While there is no button, adding one is what matters most."""
        return not self.tools.session.draft.providers

    def _show_around(self, *, there: bool) -> None:
        """What the window says beside the page, if it is something else now."""
        before, self._said = self._said, (there, self.good_to_know())
        if before[0] != there:
            set_role(self.add, "look", "" if there else "primary")
            self._show_add_icon()
            self.primary_changed.emit()
        if before[1] != self._said[1]:
            self.help_changed.emit()

    def _secret_names(self, draft: Draft) -> Mapping[str, SecretName]:
        if self._names[0] is not draft:
            self._names = draft, secret_names(draft, self.tools.session.catalogue)
        return self._names[1]

    def _show_add_icon(self) -> None:
        first = self.own_primary()
        self.add.setIcon(self.tools.icons.icon("plus", "on_accent" if first else "accent", 18))

    def _show_rows(self, draft: Draft) -> None:
        session, vault = self.tools.session, self.tools.vault
        names = self._secret_names(draft)
        self.model.show(
            [
                button_row(
                    draft, provider, session.catalogue, session.findings,
                    vault.stored(*names[provider.key]) if provider.key in names else None,
                    name=session.called(provider), present=session.present(provider.key),
                )
                for provider in draft.providers
            ]
        )  # fmt: skip

    def _look_for_secrets(self, draft: Draft) -> None:
        for name in self._secret_names(draft).values():
            if name.tenant and self.tools.vault.stored(*name) is None:
                self.tools.vault.look(*name)

    @Slot()
    def _show_sketch(self) -> None:
        session, panel = self.tools.session, self.sketch
        into = session.composed.into
        there, local = (into.rows, into.local) if into is not None else (None, None)
        page = sketch_page(session.draft, session.catalogue, panel.design, panel.language, there, local)
        panel.view.show_page(page, self.list.selected_keys(), self.list.current_key())
        panel.show_choices()

    def _show_able(self) -> None:
        keys = self.list.selected_keys()
        rows = [self.model.row_of(key) for key in keys]
        count = self.model.rowCount()
        together = bool(rows) and rows[-1] - rows[0] == len(rows) - 1
        self.up.setEnabled(bool(rows) and not (together and rows[0] == 0))
        self.down.setEnabled(bool(rows) and not (together and rows[-1] == count - 1))
        self.remove.setEnabled(bool(rows))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the sketch goes below the list."""
        super().resizeEvent(event)
        beside = event.size().width() >= _SIDE_BY_SIDE
        self._halves.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        for number, (side, widest, share) in enumerate(
            zip(self._sides, (_LIST_WIDEST, _SKETCH_WIDEST), (52, 48), strict=True)
        ):
            # One below the other, a widest width would make Qt reckon the height of wrapped texts too small.
            side.setMaximumWidth(widest if beside else _UNBOUND)
            self._halves.setStretch(number, share if beside else 0)

    # Adding

    @Slot()
    def open_gallery(self) -> None:
        """Choose from all provider types."""
        from latchkey.gui.widgets.gallery import Gallery

        session = self.tools.session
        added = [provider.type for provider in session.draft.providers]
        gallery = Gallery(self.tools, session.catalogue, session.draft.policies.kind, added, self)
        gallery.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        gallery.exec()
        if gallery.chosen:
            self.add_type(gallery.chosen)

    @Slot(str)
    def add_type(self, type_: str) -> None:
        """Put a new button at the end; one without a name of its own asks for it at once."""
        session = self.tools.session
        entry = session.catalogue[type_]
        key = edits.fresh_key(session.draft, self._seen)
        self._seen.add(key)
        if not self.do(edits.add_provider(type_, type_name(entry), key)):
            return
        self.list.select([key])
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.list, _("{provider} added").format(provider=type_name(entry)))
        if entry.generic:
            QTimer.singleShot(0, self, self._name_last)

    @Slot()
    def _name_last(self) -> None:
        index = self.model.index(self.model.rowCount() - 1)
        if index.isValid() and self.isVisible():
            self.list.edit(index)

    # Changing

    def _rename(self, key: str, name: str) -> bool:
        session = self.tools.session
        provider = session.draft.provider(key)
        before = called(provider, session.catalogue)
        default = type_name(session.catalogue[provider.type]) if provider.type in session.catalogue else ""
        return self.do(edits.rename_provider(key, "" if name == default else name, before))

    def _move(self, keys: Sequence[str], place: int) -> bool:
        """Move rows before `place`, counted with the rows still where they are; spoken."""
        session = self.tools.session
        rows = sorted(self.model.row_of(key) for key in keys)
        if not rows or rows[0] < 0:
            return False
        index = place - sum(1 for number in rows if number < place)
        moved = [session.draft.providers[number] for number in rows]
        names = [session.called(provider) for provider in moved]
        edit = (
            edits.move_provider(moved[0].key, index, names[0])
            if len(moved) == 1
            else edits.move_providers([provider.key for provider in moved], index)
        )
        if not self.do(edit):
            return False
        count = self.model.rowCount()
        if len(moved) == 1:
            said = _("{provider} moved to {place} of {count}").format(provider=names[0], place=index + 1, count=count)
        else:
            said = _("{moved} buttons moved to {place} of {count}").format(
                moved=len(moved), place=index + 1, count=count
            )
        announce(self.list, said)
        self.list.scrollTo(self.model.index(index))
        self._show_able()
        return True

    @Slot(list, int)
    def _drop(self, keys: list[str], place: int) -> None:
        if self._move(keys, place):
            self.list.select(keys)

    @Slot(int)
    def _step(self, by: int) -> None:
        rows = [self.model.row_of(key) for key in self.list.selected_keys()]
        if rows:
            place = rows[0] - 1 if by < 0 else rows[-1] + 2
            self._move(self.list.selected_keys(), min(max(place, 0), self.model.rowCount()))

    @Slot()
    def _up(self) -> None:
        self._step(-1)

    @Slot()
    def _down(self) -> None:
        self._step(1)

    @Slot()
    def _remove(self) -> None:
        """Take rows off the list; one that people use already only when the person has said that they know."""
        self.there.remove(self.list.selected_keys(), self._remove_now)

    def _remove_now(self) -> None:
        session, keys = self.tools.session, self.list.selected_keys()
        if not keys:
            return
        name = session.called(session.draft.provider(keys[0]))
        row_left = self.model.row_of(keys[0])
        if not self.do(edits.remove_providers(keys, name)):
            return
        count = self.model.rowCount()
        if count:
            self.list.setCurrentIndex(self.model.index(min(row_left, count - 1)))
        else:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        undo = QKeySequence(QKeySequence.StandardKey.Undo).toString(QKeySequence.SequenceFormat.NativeText)
        what = name if len(keys) == 1 else _("{count} buttons").format(count=len(keys))
        announce(self.list, _("{what} removed. {keys} brings it back.").format(what=what, keys=undo))

    @Slot(str)
    def _open(self, key: str) -> None:
        self.go(f"provider:{key}")

    @Slot()
    def _open_current(self) -> None:
        self._open(self.list.current_key())

    @Slot()
    def _edit_current(self) -> None:
        self.list.edit(self.list.currentIndex())

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        menu = self.row_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def row_menu(self) -> QMenu:
        """What can be done with the chosen rows."""
        menu = QMenu(self)
        chosen = bool(self.list.selected_keys())
        named = chosen and bool(self.list.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable)
        for text, keys, does, able in (
            (_("Set up…"), "Return", self._open_current, chosen),
            (_("Rename"), "F2", self._edit_current, named),
            ("", "", None, False),
            (_("Move up"), "Alt+Up", self._up, self.up.isEnabled()),
            (_("Move down"), "Alt+Down", self._down, self.down.isEnabled()),
            ("", "", None, False),
            (_("Remove"), "Del", self._remove, chosen),
        ):  # fmt: skip
            if does is None:
                menu.addSeparator()
                continue
            action = menu.addAction(text, does)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutVisibleInContextMenu(True)
            action.setEnabled(able)
        return menu

    # The sketch

    @Slot()
    def _selection_changed(self) -> None:
        self._show_able()
        self._show_sketch()

    def changeEvent(self, event: QEvent) -> None:
        """A new font changes the height of rows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "list"):
            self.list.scheduleDelayedItemsLayout()
