"""Sign-in buttons: one list to add, remove, order and rename, with a sketch of the page beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QMenu, QPushButton, QSizePolicy, QWidget

from latchkey.check.finding import Finding
from latchkey.draft import edits
from latchkey.draft.draft import Draft
from latchkey.gui.announce import announce
from latchkey.gui.called import called, type_name
from latchkey.gui.composing import Composed
from latchkey.gui.models.button_row import button_row
from latchkey.gui.models.buttons_model import ButtonsModel
from latchkey.gui.models.sketch_layout import Design
from latchkey.gui.models.sketch_page import sketch_page
from latchkey.gui.pages.base import Page
from latchkey.gui.pages.buttons_there import ThereAlready
from latchkey.gui.secret_names import SecretName, secret_names
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.button_delegate import ButtonDelegate
from latchkey.gui.widgets.button_list import ButtonList
from latchkey.gui.widgets.labels import button, column, empty, frame, label, row, set_role
from latchkey.gui.widgets.sign_in_sketch import SketchScroll
from latchkey.text import N_, _, language, ngettext

_SIDE_BY_SIDE = 700  # narrower than this, the sketch goes below the list
_LIST_WIDEST = 460
_SKETCH_WIDEST = 400
_UNBOUND = 16777215  # Qt's own "as wide as you like"
_FIRST_SUGGESTED = 3
_DESIGNS: dict[str, str] = {"ocean-blue": "Ocean Blue", "slate-gray": "Slate Gray", "classic": "Classic"}
_LANGUAGES = {"en": "English", "zh-Hans": "简体中文"}


class ButtonsPage(Page):
    """The list and the sketch."""

    step_id = "buttons"
    wide = True

    def __init__(self, tools: Tools, step_id: str = "") -> None:
        super().__init__(tools, step_id)
        self._design: Design = "ocean-blue"
        self._language = ""  # of the sketch; empty: the person's own
        self._seen: set[str] = set()  # keys of rows that undo could bring back
        self._names: tuple[Draft | None, Mapping[str, SecretName]] = (None, {})
        self._said: tuple[bool | None, Sequence[str]] = (None, ())  # the page's own primary button, the help
        self.model = ButtonsModel(self._rename, self._move, self)
        self.list = ButtonList(self.model, ButtonDelegate(tools.theme, tools.icons, self))
        self.say(self.list.setAccessibleName, N_("Sign-in buttons, from top to bottom"))
        self.sketch = SketchScroll(tools.theme, tools.icons)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(24)
        self.there = ThereAlready(self, self._texts)
        self._sides = self._left(), self._right()
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
        card = frame("card")
        inside = column(card, spacing=0, margins=(1, 1, 1, 1))
        self._nothing, self._suggestions = self._empty_state()
        inside.addWidget(self._nothing)
        inside.addWidget(self.list)
        self._local = self._local_row()
        inside.addWidget(self._local)
        layout.addWidget(card)
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

    def _empty_state(self) -> tuple[QFrame, QBoxLayout]:
        holder = QFrame()
        layout = column(holder, spacing=6, margins=(20, 24, 20, 24))
        heading = label("section")
        self.say(heading.setText, N_("No button yet"))
        text = label("soft")
        self.say(text.setText, N_("Start with one; you can add more, change the order and take them off at any time."))
        chips = row(spacing=8, margins=(0, 8, 0, 0))
        for each in (heading, text):
            layout.addWidget(each)
        layout.addLayout(chips)
        return holder, chips

    def _local_row(self) -> QFrame:
        """E-mail and password: on the page, but not in the list."""
        holder = QFrame()
        holder.setObjectName("local_row")
        layout = row(holder, spacing=12, margins=(37, 12, 14, 12))
        self._local_tile = label(wrap=False)
        name, line = label(), label("hint")
        self.say(name.setText, N_("E-mail and password"))
        self.say(line.setText, N_("The page design decides its place, not this list. Try the designs beside it."))
        texts = column(spacing=0)
        texts.addWidget(name)
        texts.addWidget(line)
        layout.addWidget(self._local_tile)
        layout.addLayout(texts, 1)
        return holder

    def _right(self) -> QWidget:
        half = QWidget()
        layout = column(half, spacing=8)
        bar = row(spacing=4)
        said = label("soft", wrap=False)
        self.say(said.setText, N_("Sketch"))
        said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.design, self.spoken = button("quiet"), button("quiet")
        bar.addWidget(said, 1)
        bar.addWidget(self.spoken)
        bar.addWidget(self.design)
        layout.addLayout(bar)
        layout.addWidget(self.sketch, 1)
        note = label("hint")
        self.say(note.setText, N_("Approximate: colours and icons of the real page may differ. Its order is this one."))
        layout.addWidget(note)
        self._designs = self._menu(self.design, _DESIGNS)
        self._spoken = self._menu(self.spoken, _LANGUAGES)
        return half

    def _menu(self, opener: QPushButton, choices: dict[str, str]) -> QActionGroup:
        menu, group = QMenu(opener), QActionGroup(opener)
        for value, says in choices.items():
            action = QAction(says, group)
            action.setCheckable(True)
            action.setData(value)
            menu.addAction(action)
        opener.setMenu(menu)
        return group

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
        self._designs.triggered.connect(self._choose_design)
        self._spoken.triggered.connect(self._choose_language)

    # Showing

    def show_draft(self, draft: Draft) -> None:
        """List, sketch, and what goes with them."""
        self._look_for_secrets(draft)
        self._show_rows(draft)
        there = bool(draft.providers)
        self._show_around(there=there)
        into = self.tools.session.composed.into
        local = into.local if into is not None else draft.policies.local and draft.policies.kind == "custom"
        self._nothing.setVisible(not there)
        self._hint.setVisible(there)
        self.list.setVisible(there)
        self._local.setVisible(local)
        self._seen |= {provider.key for provider in draft.providers}
        if not there and not self._suggestions.count():
            self._suggest()
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
        self._local_tile.setPixmap(icons.tile("", self.tools.theme.tokens.soft, "@", 30).pixmap(30, 30))
        for each in (self.design, self.spoken):
            each.setIcon(icons.icon("down", "soft", 14))
            each.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow after the word
        self.list.viewport().update()
        self.sketch.sketch.update()

    def retranslate(self) -> None:
        """The language changed."""
        empty(self._suggestions)
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

    def _show_sketch(self) -> None:
        session = self.tools.session
        spoken = self._language or ("zh-Hans" if language() == "zh_CN" else "en")
        into = session.composed.into
        there, local = (into.rows, into.local) if into is not None else (None, None)
        page = sketch_page(session.draft, session.catalogue, self._design, spoken, there, local)
        self.sketch.show_page(page, self.list.selected_keys(), self.list.current_key())
        for opener, group, value, names, what in (
            (self.design, self._designs, self._design, _DESIGNS, _("Page design: {value}")),
            (self.spoken, self._spoken, spoken, _LANGUAGES, _("Language of the sketch: {value}")),
        ):
            shown = names[value]
            opener.setText(shown)
            opener.setAccessibleName(what.format(value=shown))
            opener.setToolTip(what.format(value=shown))
            for action in group.actions():
                action.setChecked(action.data() == value)

    def _show_able(self) -> None:
        keys = self.list.selected_keys()
        rows = [self.model.row_of(key) for key in keys]
        count = self.model.rowCount()
        together = bool(rows) and rows[-1] - rows[0] == len(rows) - 1
        self.up.setEnabled(bool(rows) and not (together and rows[0] == 0))
        self.down.setEnabled(bool(rows) and not (together and rows[-1] == count - 1))
        self.remove.setEnabled(bool(rows))

    def _suggest(self) -> None:
        """Buttons that add the first few of the gallery at once."""
        catalogue, kind = self.tools.session.catalogue, self.tools.session.draft.policies.kind
        offered = [entry for entry in catalogue.values() if kind in entry.kinds][:_FIRST_SUGGESTED]
        for entry in offered:
            made = button("small")
            made.setText(type_name(entry))
            made.setIcon(self.tools.icons.tile(entry.icon, entry.color, entry.title, 18))
            made.setAccessibleName(_("Add {provider}").format(provider=type_name(entry)))
            made.setProperty("provider_type", entry.type)
            made.clicked.connect(self._take_suggestion)
            self._suggestions.addWidget(made)
        self._suggestions.addStretch(1)

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

    @Slot()
    def _take_suggestion(self) -> None:
        self.add_type(str(self.sender().property("provider_type")))

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

    @Slot(QAction)
    def _choose_design(self, action: QAction) -> None:
        self._design = cast("Design", action.data())
        self._show_sketch()

    @Slot(QAction)
    def _choose_language(self, action: QAction) -> None:
        self._language = str(action.data())
        self._show_sketch()

    def changeEvent(self, event: QEvent) -> None:
        """A new font changes the height of rows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "list"):
            self.list.scheduleDelayedItemsLayout()
