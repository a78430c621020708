"""A provider's page, where the provider is in the policies already: what that means, and the one change that is asked
about twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame

from latchkey.draft import edits
from latchkey.gui.existing import imported_provider
from latchkey.gui.widgets.labels import button, column, frame, label, row
from latchkey.policy.names import key as folded
from latchkey.text import N_, _, join_list

if TYPE_CHECKING:
    from latchkey.compose.into.rows import Row
    from latchkey.gui.pages.provider_base import ProviderBase
    from latchkey.gui.session import Session

USER_ID = "issuerUserId"


class PresentNote(QFrame):
    """At the top: it is there already, so little has to be done."""

    def __init__(self, page: ProviderBase) -> None:
        super().__init__()
        self._page = page
        self.setProperty("role", "note")
        self._text = label()
        column(self, margins=(14, 10, 14, 10)).addWidget(self._text)
        self.hide()

    def show_present(self) -> None:
        """Say which technical profile it is, and where its secret is."""
        there = _row(self._page.tools.session, self._page.key)
        self.setVisible(there is not None)
        if there is None:
            return
        said = [
            _("{provider} is in your policies already ({profile}): it is registered, and what you leave alone stays.")
            .format(provider=there.text or there.profile.id, profile=there.profile.id)
        ]  # fmt: skip
        keys = join_list(item.storage_reference_id for item in there.profile.keys)
        if keys:
            said.append(_("Its secret is in Azure as {key}; you need not type it again.").format(key=keys))
        self._text.setText(" ".join(said))


class StrangersNote(QFrame):
    """In the way of a change of who people are, until the person says that they know."""

    def __init__(self, page: ProviderBase) -> None:
        super().__init__()
        self._page = page
        self.setProperty("role", "note-refusal")
        inside = column(self, spacing=8, margins=(14, 10, 14, 10))
        self._text, self.know, self.undo = label(), button("small"), button("small")
        inside.addWidget(self._text)
        ways = row(spacing=8)
        for each, says, does in (
            (self.undo, N_("Put it back as it was"), self._put_back),
            (self.know, N_("I know, change it"), self._change),
        ):
            page.say(each.setText, says)
            each.clicked.connect(does)
            ways.addWidget(each)
        ways.addStretch(1)
        inside.addLayout(ways)
        self.hide()

    def show_strangers(self) -> None:
        """Stand in the way, or not."""
        session = self._page.tools.session
        there = _row(session, self._page.key)
        into = session.composed.into
        names = {folded(name) for name in into.strangers} if into is not None else set()
        self.setVisible(there is not None and folded(there.profile.id) in names)
        if there is not None:
            self._text.setText(
                _(
                    "This would change how people are recognised who come by {provider}: everybody who has signed in"
                    " that way so far would be a stranger with a new, empty account."
                ).format(provider=there.text or there.profile.id)
            )

    @Slot()
    def _change(self) -> None:
        session = self._page.tools.session
        there = _row(session, self._page.key)
        if there is not None and session.source is not None:
            changing = session.source.changing | {folded(there.profile.id)}
            session.say_of_source(session.source._replace(changing=changing))

    @Slot()
    def _put_back(self) -> None:
        session, key = self._page.tools.session, self._page.key
        there, existing = _row(session, key), session.existing
        if there is None or existing is None:
            return
        was = imported_provider(existing, session.catalogue, there.profile.id)
        name = session.called(session.draft.provider(key))
        source = next((one for claim, one in was.claims.items() if claim == USER_ID), None) if was else None
        back = edits.set_claim(key, USER_ID, source, name) if source else edits.reset_claim(key, USER_ID, name)
        self._page.do(back)
        self._page.do(edits.set_identity_provider(key, was.identity_provider if was else None, name))


class UnknownKind(QFrame):
    """All that there is on the page of a provider whose type nobody knows."""

    def __init__(self, page: ProviderBase) -> None:
        super().__init__()
        self._page = page
        self.setProperty("role", "card")
        inside = column(self, spacing=8, margins=(16, 14, 16, 16))
        self._name, self._text = label("section"), label("soft")
        self.back = button()
        page.say(self.back.setText, N_("Back to the list of buttons"))
        self.back.clicked.connect(self._go_back)
        inside.addWidget(self._name)
        inside.addWidget(self._text)
        inside.addWidget(frame("line"))
        inside.addWidget(self.back)

    def show_kind(self) -> None:
        """Which one it is, and why nothing can be filled in."""
        session = self._page.tools.session
        provider = next((one for one in session.draft.providers if one.key == self._page.key), None)
        self._name.setText(provider.profile if provider is not None else "")
        self._text.setText(
            _(
                "Your policies define this provider in a way that Latchkey does not know. It can have another place"
                " among the buttons, or be taken off the page; everything else about it stays as it is in your files."
            )
        )

    @Slot()
    def _go_back(self) -> None:
        self._page.go("buttons")


def _row(session: Session, key: str) -> Row | None:
    into = session.composed.into
    return into.rows.get(key) if into is not None else None
