"""Read from provider: what it publishes about itself is fetched when somebody presses for it, judged, and taken over
answer by answer in one step. Types whose addresses are known have a button instead that knocks at these.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QTimer, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QScrollArea, QWidget

from latchkey.catalogue.answers import written_metadata
from latchkey.catalogue.entries import Entry
from latchkey.draft.draft import Provider
from latchkey.errors import LatchkeyError
from latchkey.gui.discovering import Asking
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.busy_line import BusyLine
from latchkey.gui.widgets.flow import Flow
from latchkey.gui.widgets.labels import button, column, frame, label
from latchkey.gui.widgets.reading_result import ReadingResult
from latchkey.text import _

if TYPE_CHECKING:
    from latchkey.discovery.places import DocumentKind
    from latchkey.discovery.reading import Reading
    from latchkey.discovery.verdict import Verdict

_LARGEST_DROP = 1_000_000


class ReaderCard(QFrame):
    """Buttons; while it asks, what it does and Cancel; then what was found and what could be taken over."""

    read = Signal(object)  # a Reading: what it offers is known now
    taken = Signal(object)  # the Proposals that the person chose: to be filled in

    def __init__(self, tools: Tools, entry: Entry) -> None:
        from latchkey.discovery.places import address_setting, kind_of

        super().__init__()
        self.setProperty("role", "card")
        self._entry, self._provider = entry, Provider(entry.type)
        self._want, self._setting = kind_of(entry), entry.setting(address_setting(entry))
        self._problem: LatchkeyError | None = None
        self._last = ""  # what was asked for
        self.asking = Asking(tools.runner, self)
        self._intro, self.address, self._line = label("hint"), QLineEdit(), frame("line")
        self.ask, self.file, self.knock = button(), button(), button()
        self.use, self.anyway, self.close_result = button(), button(), button("quiet")
        self.busy, self.result = BusyLine(), ReadingResult(tools)
        self._answers = _flow(self.use, self.anyway, self.close_result)
        layout = column(self, spacing=12, margins=(16, 14, 16, 14))
        for part in (
            self._intro, self.address, _flow(self.ask, self.file, self.knock), self.busy, self._line, self.result,
            self._answers,
        ):  # fmt: skip
            layout.addWidget(part)
        self.setAcceptDrops(self._want is not None)
        self.address.setVisible(self._want is not None and self._setting is None)
        self._connect()
        self._show_state()

    def _connect(self) -> None:
        self.ask.clicked.connect(self._ask)
        self.address.returnPressed.connect(self._ask)
        self.address.textEdited.connect(self._show_able)
        self.file.clicked.connect(self._choose_file)
        self.knock.clicked.connect(self._knock)
        self.use.clicked.connect(self._use)
        self.anyway.clicked.connect(self._ask_anyway)
        self.close_result.clicked.connect(self._forget)
        self.busy.cancelled.connect(self.asking.stop)
        self.result.chosen_changed.connect(self._show_able)
        self.asking.progress.connect(self.busy.say)
        self.asking.answered.connect(self._answered)
        self.asking.refused.connect(self._refused)
        self.asking.stopped.connect(self._show_state)

    # Showing

    def show_provider(self, provider: Provider) -> None:
        """Follow the draft: what would be filled in changes with what is there already."""
        from latchkey.discovery.places import addresses

        known = self._want is None and bool(addresses(self._entry, provider.settings))
        self._provider = provider
        self._show_texts()
        self.knock.setVisible(known)
        self.setVisible(known or self._want is not None)
        self.result.follow(provider)
        self._show_state()

    def _show_texts(self) -> None:
        self._intro.setText(
            _("The provider publishes what belongs here. Press the button to ask it; nothing of yours is sent.")
            if self._want is not None
            else _("These addresses are known. Whether they still answer, Latchkey can ask; nothing of yours is sent.")
        )
        self.address.setPlaceholderText(_("Its address (issuer), for example https://login.contoso.com"))
        self.address.setAccessibleName(_("Address of the provider"))
        for each, text in (
            (self.ask, _("Read from provider")),
            (self.file, _("From a file…")),
            (self.knock, _("See whether its addresses answer")),
            (self.use, _("Use these values")),
            (self.anyway, _("Read it all the same")),
            (self.close_result, _("Close")),
        ):
            each.setText(text)
            each.setAccessibleName(text)
        self.ask.setVisible(self._want is not None)
        self.file.setVisible(self._want is not None)

    def show_theme(self) -> None:
        """Marks in the colours of the theme."""
        self.result.show_theme()

    @Slot()
    def _show_state(self) -> None:
        asked = self.asking.busy
        self.busy.setVisible(asked)
        there = not asked and not self.result.isHidden()
        for each, visible in (
            (self._line, there), (self._answers, there), (self.close_result, there),
            (self.use, there and bool(self.result.proposals.boxes) and self.result.reading is not None),
            (self.anyway, there and may_insist(self._problem)),
        ):  # fmt: skip
            each.setVisible(visible)
        self._show_able()

    @Slot()
    def _show_able(self) -> None:
        asked = self.asking.busy
        self.ask.setEnabled(bool(self._text()) and not asked)
        for each in (self.file, self.knock, self.anyway):
            each.setEnabled(not asked)
        self.use.setEnabled(bool(self.result.chosen()))

    def _text(self) -> str:
        """What the person has typed where the address goes."""
        if self._setting is None:
            return self.address.text().strip()
        if self._setting.value:
            return written_metadata(self._entry, self._provider.settings).get(self._setting.metadata, "")
        return self._provider.settings.get(self._setting.name, "").strip()

    # Asking

    @Slot()
    def _ask(self) -> None:
        if self._text():
            self.begin(self._text())

    @Slot()
    def _ask_anyway(self) -> None:
        self.begin(self._last, local=True)

    def begin(self, text: str, *, local: bool = False) -> None:
        """Read what `text` stands for: an address, a path, or the document."""
        if not self.asking.busy:
            self._forget()
            self._last = text
            self.busy.begin(_("Reading…"))
            self.asking.read(text, self._want, local=local)
            self._show_state()

    @Slot()
    def _knock(self) -> None:
        self._forget()
        self.busy.begin(_("Asking…"))
        self.asking.reach(self._entry, self._provider)
        self._show_state()

    @Slot()
    def _choose_file(self) -> None:
        name = ask_for_file(self, self._want)
        if name:
            self.begin(name)

    @Slot()
    def _forget(self) -> None:
        """Back to the buttons."""
        self._problem = None
        self.result.clear()
        self._show_state()

    @Slot(object)
    def _answered(self, answer: Reading | list[Verdict]) -> None:
        if isinstance(answer, list):
            self.result.show_knock(answer)
        else:
            self.result.show_reading(answer, self._entry, self._provider, self.asking.before)
            self.read.emit(answer)
        self._show_outcome()

    @Slot(object)
    def _refused(self, problem: LatchkeyError) -> None:
        self._problem = problem
        self.result.show_problem(problem)
        self._show_outcome()

    def _show_outcome(self) -> None:
        """Show it, also where the page would have to be scrolled."""
        self._show_state()
        QTimer.singleShot(0, self, self._come_into_view)

    @Slot()
    def _come_into_view(self) -> None:
        area: QWidget | None = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(self._answers, 0, 24)
            area.ensureWidgetVisible(self._line, 0, 24)  # what is above counts where not all has room

    @Slot()
    def _use(self) -> None:
        chosen, reading = self.result.chosen(), self.result.reading
        if reading is None or not chosen:
            return
        self.result.show_filled(len(chosen))
        self.asking.keep(reading)
        self.taken.emit(chosen)
        self._show_state()

    # Dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A saved metadata file, its address, or the text of it."""
        if dropped_text(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read a file or a text at once. An address is put in its place: nothing is asked before somebody presses."""
        event.acceptProposedAction()
        text = dropped_text(event.mimeData())
        if not text.startswith(("http:", "https:")):
            self.begin(text)
        elif self._setting is None:
            self.address.setText(text)
            self._show_able()
        else:
            from latchkey.discovery.fill import Proposal

            self.taken.emit((Proposal(f"settings.{self._setting.name}", text),))


def may_insist(problem: LatchkeyError | None) -> bool:
    """The address lies in one's own network: to ask there is a person's own decision."""
    return getattr(problem, "id", "") == "private-address"


def ask_for_file(parent: QWidget, want: DocumentKind | None) -> str:
    """A saved metadata file; empty if none was chosen."""
    pattern = {"saml": "*.xml", None: "*.json *.xml"}.get(want, "*.json")
    kinds = (_("Metadata ({pattern})").format(pattern=pattern), _("All files ({pattern})").format(pattern="*"))
    name, _filter = QFileDialog.getOpenFileName(
        parent, _("The provider's metadata"), str(Path.home()), ";;".join(kinds)
    )
    return name


def dropped_text(data: QMimeData) -> str:
    """A path, an address, or a document; empty for anything else."""
    for url in data.urls():
        if url.isLocalFile():
            return url.toLocalFile()
        if url.scheme() in ("http", "https"):
            return url.toString()
    text = data.text().strip()[:_LARGEST_DROP]
    return text if text.startswith(("{", "<", "http:", "https:")) else ""


def _flow(*widgets: QWidget) -> QWidget:
    made = Flow(spacing=8)
    for widget in widgets:
        made.add(widget)
    return made
