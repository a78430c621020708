"""What came of asking a provider: in one sentence, in single verdicts, and as answers that could be taken over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from latchkey.catalogue.entries import Entry
from latchkey.draft.draft import Draft, Provider
from latchkey.errors import LatchkeyError
from latchkey.gui.announce import announce
from latchkey.gui.models.claim_lines import claim_words
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.labels import column, label
from latchkey.gui.widgets.proposal_list import ProposalList
from latchkey.gui.widgets.verdict_list import VerdictList
from latchkey.text import _, join_sentences, ngettext

if TYPE_CHECKING:
    from latchkey.discovery.fill import Proposal
    from latchkey.discovery.reading import Reading
    from latchkey.discovery.seen import Seen
    from latchkey.discovery.verdict import Verdict


class ReadingResult(QWidget):
    """Hidden while there is nothing to say. It changes nothing itself: `chosen` is what the person wants."""

    chosen_changed = Signal()

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._session = tools.session
        self._entry: Entry | None = None
        self._provider = Provider("")
        self.reading: Reading | None = None
        self._before: Seen | None = None
        self._headline, self._hint, self._would = label("section"), label("hint"), label("help-title")
        self.verdicts = VerdictList(tools.icons)
        self.proposals = ProposalList(self._toggled)
        layout = column(self, spacing=8)
        for part in (self._headline, self._hint, self.verdicts, self._would, self.proposals):
            layout.addWidget(part)
        self._would.setContentsMargins(0, 8, 0, 0)
        self.clear()

    def clear(self) -> None:
        """There is nothing to say (any more)."""
        self.reading = self._before = None
        self._say("")

    def show_problem(self, problem: LatchkeyError) -> None:
        """It could not be read."""
        self.clear()
        self._say(problem.message, problem.hint)

    def show_filled(self, count: int) -> None:
        """It was taken over."""
        self.clear()
        said = ngettext("{count} value was filled in.", "{count} values were filled in.", count)
        self._say(said.format(count=count), _("Undo takes all of it back in one step."))

    def show_knock(self, verdicts: Sequence[Verdict]) -> None:
        """Whether addresses answered."""
        self.clear()
        against = _against(verdicts)
        self._say(_("Not all of its addresses answer.") if against else _("Its addresses answer."))
        self._show_verdicts(verdicts)

    def show_reading(self, reading: Reading, entry: Entry, provider: Provider, before: Seen | None) -> None:
        """A provider was read, for this row of the draft. `before`: what it said when it was last taken over."""
        self.clear()
        self.reading, self._entry, self._before = reading, entry, before
        self.follow(provider)
        if self._entry is not None and not self.proposals.boxes:
            self._hint.setText(_("Everything is filled in already as it says."))
            self._hint.show()
        announce(self, join_sentences(self._headline.text(), self._hint.text()))

    def follow(self, provider: Provider) -> None:
        """The row of the draft has changed: so does what would be filled in."""
        self._provider = provider
        if self.reading is None or self._entry is None:
            return
        from latchkey.discovery.fill import hints_of_others, proposals

        hints = hints_of_others(self._session.draft, self._session.catalogue, provider.key)
        self.proposals.show_proposals(proposals(self.reading, self._entry, provider, hints), self._named)
        self._judge()

    def chosen(self) -> tuple[Proposal, ...]:
        """The answers that are ticked."""
        return self.proposals.chosen() if self.reading is not None else ()

    @Slot()
    def show_theme(self) -> None:
        """Marks in the colours of the theme."""
        self.verdicts.show_theme()

    @Slot()
    def _toggled(self) -> None:
        self._judge()
        self.chosen_changed.emit()

    def _judge(self) -> None:
        """All verdicts, also on what the draft would ask for with these ticks."""
        if self.reading is None or self._entry is None:
            return
        from latchkey.discovery.compare import against_draft, changes
        from latchkey.discovery.fill import filled

        draft = filled(self._provider.key, self.chosen(), "").apply(Draft(providers=(self._provider,)))
        verdicts = (*self.reading.verdicts, *against_draft(self.reading, self._entry, draft.providers[0]))
        if self._before is not None:
            verdicts += tuple(one for one in changes(self._before, self.reading) if one.id != "unchanged")
        against = _against(verdicts)
        if against:
            said = ngettext(
                "People could not sign in like this: {count} thing stands against it.",
                "People could not sign in like this: {count} things stand against it.",
                against,
            ).format(count=against)
        else:
            said = _("Azure can work with this provider.")
        self._say_quietly(said)
        self._show_verdicts(verdicts)
        self._would.setText(_("What it would fill in"))
        self._would.setVisible(bool(self.proposals.boxes))
        self.proposals.setVisible(bool(self.proposals.boxes))

    def _show_verdicts(self, verdicts: Sequence[Verdict]) -> None:
        self.verdicts.show_verdicts(verdicts)
        self.verdicts.show()

    def _say(self, headline: str, hint: str = "") -> None:
        """One sentence and what to do, and nothing else."""
        self._say_quietly(headline)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        for part in (self.verdicts, self._would, self.proposals):
            part.hide()
        if headline:
            announce(self, join_sentences(headline, hint))

    def _say_quietly(self, headline: str) -> None:
        self._headline.setText(headline)
        self.setVisible(bool(headline))

    def _named(self, field: str) -> str:
        """A field of the draft in the person's words."""
        part, _dot, name = field.partition(".")
        if part == "settings":
            setting = self._entry.setting(name) if self._entry is not None else None
            return _(setting.label) if setting is not None else name
        if part == "claims":
            return claim_words(name, "")[0]
        return {"name": _("Text of the button"), "domain_hint": _("Domain hint")}.get(part, field)


def _against(verdicts: Sequence[Verdict]) -> int:
    from latchkey.discovery.verdict import Kind

    return sum(one.kind is Kind.WONT for one in verdicts)
