"""What a provider's metadata would fill in, with a tick for each; what somebody has typed is not ticked by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from latchkey.draft.characters import shown
from latchkey.gui.widgets.checks import CheckBox
from latchkey.gui.widgets.labels import column, empty, label, row
from latchkey.text import _

if TYPE_CHECKING:
    from latchkey.discovery.fill import Proposal

_LONGEST = 110
_INDENT = 31  # below the text of a check box


class ProposalList(QWidget):
    """One check box for each answer."""

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__()
        self._changed = changed
        self.boxes: list[tuple[CheckBox, Proposal]] = []
        self._layout = column(self, spacing=2)

    def show_proposals(self, proposals: Sequence[Proposal], name: Callable[[str], str]) -> None:
        """Show these; `name`: a field in the person's words. Ticks that were set by hand stay."""
        before = {proposal: box.isChecked() for box, proposal in self.boxes}
        empty(self._layout)
        self.boxes = []
        for one in proposals:
            box = CheckBox()
            value = _in_short(one.value)
            box.setText(_("{name}: {value}").format(name=name(one.field), value=value).replace("&", "&&"))
            box.setAccessibleName(_("{name}: {value}").format(name=name(one.field), value=value))
            box.setChecked(before.get(one, not one.kept))
            box.toggled.connect(self._changed)
            self.boxes.append((box, one))
            self._layout.addWidget(box)
            if one.kept:
                now = _in_short(one.now) if one.now else _("not taken")
                said = _("You have: {value}").format(value=now)
                box.setAccessibleDescription(said)
                line = row(spacing=0, margins=(_INDENT, 0, 0, 4))
                line.addWidget(label("hint", said), 1)
                self._layout.addLayout(line)

    def chosen(self) -> tuple[Proposal, ...]:
        """Those that are ticked."""
        return tuple(proposal for box, proposal in self.boxes if box.isChecked())


def _in_short(value: str) -> str:
    """A value as a line can show it."""
    return _("the document itself") if value.startswith("<") else shown(value, _LONGEST)
