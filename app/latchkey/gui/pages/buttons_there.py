"""The buttons page, for policies that are there already: nothing that people use is taken off the page unasked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame

from latchkey.draft import edits
from latchkey.gui.composing import Composed
from latchkey.gui.existing import imported_provider
from latchkey.gui.widgets.labels import button, column, label, row
from latchkey.policy.names import key as folded
from latchkey.text import N_, _

if TYPE_CHECKING:
    from latchkey.compose.into.rows import Row
    from latchkey.gui.pages.base import Page
    from latchkey.gui.widgets.texts import Texts


class ThereAlready(QFrame):
    """A note about buttons that the policies show and the list does not have; and the question before one goes."""

    def __init__(self, page: Page, texts: Texts) -> None:
        super().__init__()
        self._page, self._session = page, page.tools.session
        self.setProperty("role", "note-attention")
        inside = column(self, spacing=8, margins=(14, 10, 14, 10))
        self._text, self.take, self.drop = label(), button("small"), button("small")
        inside.addWidget(self._text)
        ways = row(spacing=8)
        for each, says, does in (
            (self.take, N_("Put it into the list"), self._take_in),
            (self.drop, N_("Take it off the page…"), self._take_off),
        ):
            texts.put(each.setText, says)
            each.clicked.connect(does)
            ways.addWidget(each)
        ways.addStretch(1)
        inside.addLayout(ways)
        self.hide()

    def show_composed(self, composed: Composed) -> None:
        """What people see beside the list."""
        unlisted = composed.into.unlisted if composed.into is not None else ()
        said = _("Your policies also show {names}, which is not in this list.")
        self._text.setText(said.format(names=_names(unlisted)))
        self.setVisible(bool(unlisted))

    def remove(self, keys: Sequence[str], does: Callable[[], None]) -> None:
        """Take rows off the list with `does`; where people use one, only when the person has said that they know."""
        into, source = self._session.composed.into, self._session.source
        rows = [into.rows[key] for key in keys if key in into.rows] if into is not None else []
        known = source.removing if source is not None else frozenset()
        asked = [one for one in rows if folded(one.profile.id) not in known]
        if asked:
            self._ask(asked, does)
        elif keys:
            does()

    def _ask(self, rows: Sequence[Row], does: Callable[[], None]) -> None:
        """Ask once, in words, whether people shall lose a way to sign in."""
        from latchkey.gui.widgets.question import question

        dialog = question(
            self._page,
            _("Take {names} off the sign-in page?").format(names=_names(rows)),
            _(
                "People who sign in with {names} will no longer be able to. The technical profile stays in your files,"
                " so that the button can come back."
            ).format(names=_names(rows)),
            _("Take it off"),
            _("Keep it"),
        )

        def confirmed() -> None:
            source = self._session.source
            if source is not None:
                gone = {folded(one.profile.id) for one in rows}
                self._session.say_of_source(source._replace(removing=source.removing | gone))
            does()

        dialog.accepted.connect(confirmed)
        dialog.open()

    @Slot()
    def _take_in(self) -> None:
        """Put the unlisted buttons into the list, as the policies have them."""
        session = self._session
        into, existing = session.composed.into, session.existing
        if into is None or existing is None:
            return
        for one in into.unlisted:
            provider = imported_provider(existing, session.catalogue, one.profile.id)
            if provider is not None:
                stated = {field.name: getattr(provider, field.name) for field in fields(provider)}
                type_, _key = stated.pop("type"), stated.pop("key")
                key = edits.fresh_key(session.draft)
                self._page.do(edits.add_provider(type_, one.text or one.profile.id, key, **stated))

    @Slot()
    def _take_off(self) -> None:
        into = self._session.composed.into
        if into is not None and into.unlisted:
            self._ask(into.unlisted, self._page.setFocus)


def _names(rows: Sequence[Row]) -> str:
    return _(" and ").join(one.text or one.profile.id for one in rows)
