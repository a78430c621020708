"""Sign-in buttons: one list to add, remove, order and rename, with a sketch of the page beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QWidget

from latchkey.check.finding import Finding
from latchkey.compose.secret_names import SecretName, secret_names
from latchkey.draft.draft import Draft
from latchkey.gui.called import called
from latchkey.gui.composing import Composed
from latchkey.gui.models.button_row import button_row
from latchkey.gui.pages.base import Page
from latchkey.gui.pages.buttons_acts import ButtonActs
from latchkey.gui.pages.buttons_room import SharedRoom
from latchkey.gui.pages.buttons_sketch import ButtonsSketch
from latchkey.gui.pages.buttons_there import ThereAlready
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.button_delegate import ButtonDelegate
from latchkey.gui.widgets.button_list import ButtonList
from latchkey.gui.widgets.buttons_card import ButtonsCard
from latchkey.gui.widgets.labels import button, column, label, row, set_role
from latchkey.gui.widgets.sketch_panel import SketchPanel
from latchkey.text import N_, _, ngettext


class ButtonsPage(Page):
    """The list and the sketch."""

    step_id = "buttons"
    wide = True

    def __init__(self, tools: Tools, step_id: str = "") -> None:
        super().__init__(tools, step_id)
        self._names: tuple[Draft | None, Mapping[str, SecretName]] = (None, {})
        self._said: tuple[bool | None, Sequence[str]] = (None, ())  # the page's own primary button, the help
        self.there = ThereAlready(self, self._texts)
        self.acts = ButtonActs(tools.session, self.there.remove, self)
        self.model = self.acts.model
        self.list = ButtonList(self.model, ButtonDelegate(tools.theme, tools.icons, self))
        self.say(self.list.setAccessibleName, N_("Sign-in buttons, from top to bottom"))
        self.card, self.sketch = ButtonsCard(tools, self._texts, self.list), SketchPanel(tools, self._texts)
        self.drawing = ButtonsSketch(tools, self.sketch, self.list)
        self._sides = self._left(), self.sketch
        self._room = SharedRoom(self, self._sides, self.list)
        self.body.addLayout(self._room.layout, 1)
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
        acts = self.acts
        acts.serve(self.list)
        acts.opened.connect(self._open)
        acts.emptied.connect(self.add.setFocus)
        acts.able_changed.connect(self._show_able)
        self.add.clicked.connect(self.open_gallery)
        self.up.clicked.connect(acts.up)
        self.down.clicked.connect(acts.down)
        self.remove.clicked.connect(acts.remove)
        self.list.selectionModel().selectionChanged.connect(self._selection_changed)
        self.card.type_wanted.connect(acts.add)

    # Showing

    def show_draft(self, draft: Draft) -> None:
        """List, sketch, and what goes with them."""
        self._show_rows(draft)
        there = bool(draft.providers)
        self._show_around(there=there)
        into = self.tools.session.composed.into
        local = into.local if into is not None else draft.policies.local and draft.policies.kind == "custom"
        offered = [entry for entry in self.tools.session.catalogue.values() if draft.policies.kind in entry.kinds]
        self.card.show_state(filled=there, local=local, entries=offered)
        self._hint.setVisible(there)
        self.acts.remember()
        self.drawing.show()
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

    def show_stored(self) -> None:
        """A secret that is missing is a row's state."""
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

    def _show_able(self) -> None:
        for each, able in zip((self.up, self.down, self.remove), self.acts.able(), strict=True):
            each.setEnabled(able)

    # Adding and opening

    @Slot()
    def open_gallery(self) -> None:
        """Choose from all provider types."""
        from latchkey.gui.widgets.gallery import Gallery

        session = self.tools.session
        added = [provider.type for provider in session.draft.providers]
        gallery = Gallery(self.tools, session.catalogue, session.draft.policies.kind, added, self)
        gallery.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        gallery.taken.connect(self.acts.add)
        gallery.open()

    @Slot(str)
    def _open(self, key: str) -> None:
        self.go(f"provider:{key}")

    @Slot()
    def _selection_changed(self) -> None:
        self._show_able()
        self.drawing.show()

    def changeEvent(self, event: QEvent) -> None:
        """A new font changes the height of rows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "list"):
            self.list.scheduleDelayedItemsLayout()
