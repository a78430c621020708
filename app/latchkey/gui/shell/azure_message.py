"""The help menu's "What does this Azure message mean?": paste a text, read what it is about and where that is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QDialog, QFrame, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from latchkey.check.finding import Finding
from latchkey.errors import LatchkeyError
from latchkey.gui import azure_faults
from latchkey.gui.announce import announce
from latchkey.gui.azure_faults import Answer, Fault
from latchkey.gui.jobs import Job
from latchkey.gui.models.findings_model import place_in_words
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.explanation import ExplanationView
from latchkey.gui.widgets.labels import button, column, empty, frame, label, row
from latchkey.jobs import Watch
from latchkey.text import _, join_sentences, ngettext

_SIZE = QSize(720, 560)
_LINES = 5  # of the field for the text
_MOST_FOUND = 5  # findings of one fault


class AzureMessage(QDialog):
    """Reads when asked to; `chosen` leads to a finding, and the dialog closes."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, tools: Tools) -> None:
        super().__init__(parent)
        self._tools = tools
        self._job: Job | None = None
        self.setWindowTitle(_("What does this Azure message mean?"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_SIZE)
        self.text, self.explain = QPlainTextEdit(), button("primary")
        self._says = label("")
        self._faults = column(spacing=12)
        self._lay_out()

    def _lay_out(self) -> None:
        body = column(self, spacing=10, margins=(24, 20, 24, 20))
        body.addWidget(label("heading", self.windowTitle()))
        body.addWidget(label("soft", _("Paste the whole message as Azure gave it. It does not leave this computer.")))
        self.text.setAccessibleName(_("Message of Azure"))
        self.text.setPlaceholderText("Validation failed: 1 validation error(s) found in policy …")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(QFontMetrics(self.text.font()).lineSpacing() * _LINES + 24)
        self.text.textChanged.connect(self._typed)
        body.addWidget(self.text)
        self.explain.setText(_("Explain"))
        self.explain.setAccessibleName(_("Explain the message"))
        self.explain.setDefault(True)
        self.explain.setEnabled(False)
        self.explain.clicked.connect(self._read)
        close = button()
        close.setText(_("Close"))
        close.setAccessibleName(_("Close"))
        close.clicked.connect(self.reject)
        answers = row(spacing=8)
        answers.addWidget(self.explain)
        answers.addWidget(self._says, 1)
        answers.addWidget(close)
        body.addLayout(answers)
        inner = QWidget()
        inner.setObjectName("page")
        inside = column(inner, spacing=12, margins=(0, 0, 8, 0))
        inside.addLayout(self._faults)
        inside.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        body.addWidget(self._scroll, 1)

    def read(self, text: str) -> None:
        """Explain a text that came from elsewhere; an empty one is asked for."""
        if text:
            self.text.setPlainText(text)
            self._read()

    # Reading

    @Slot()
    def _typed(self) -> None:
        self.explain.setEnabled(bool(self.text.toPlainText().strip()) and self._job is None)

    @Slot()
    def _read(self) -> None:
        text, composed = self.text.toPlainText(), self._tools.session.composed

        def work(watch: Watch) -> Answer:
            return azure_faults.answer(text, composed, watch)

        self.explain.setEnabled(False)
        self._job = Job(work, "read Azure's message")
        self._job.done.connect(self._show)
        self._job.failed.connect(self._failed)
        self._job.ended.connect(self._ended)
        self._tools.runner.start(self._job)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        if not isinstance(error, LatchkeyError):
            raise error
        self._says.setText(str(error))

    @Slot(object)
    def _ended(self, _job: Job) -> None:
        self._job = None
        self._typed()

    # Showing

    @Slot(object)
    def _show(self, answer: Answer) -> None:
        empty(self._faults)
        if not answer.faults:
            self._say(_("Latchkey does not know this text."))
            return
        known = len(answer.faults)
        if answer.said > known:
            self._say(
                ngettext(
                    "Azure speaks of {count} fault; the text names {known} that Latchkey knows.",
                    "Azure speaks of {count} faults; the text names {known} that Latchkey knows.",
                    answer.said,
                ).format(count=answer.said, known=known)
            )
        else:
            self._say(ngettext("{count} fault is named.", "{count} faults are named.", known).format(count=known))
        for fault in answer.faults:
            self._faults.addWidget(self._card(fault, answer.looked))
        self._scroll.verticalScrollBar().setValue(0)

    def _say(self, text: str) -> None:
        self._says.setText(text)
        announce(self, text)

    def _card(self, fault: Fault, looked: bool) -> QWidget:
        card = frame("card")
        inside = column(card, spacing=8, margins=(16, 14, 16, 16))
        inside.addWidget(label("section", _("In your policies")))
        self._add_places(fault, looked, inside)
        inside.addWidget(frame("line"))
        view = ExplanationView(self._tools)
        view.explain(fault.explanation)
        inside.addWidget(view)
        return card

    def _add_places(self, fault: Fault, looked: bool, inside: QVBoxLayout) -> None:
        if fault.findings:
            for finding, cure in fault.findings[:_MOST_FOUND]:
                inside.addWidget(self._link(finding))
                inside.addWidget(label("", join_sentences(finding.message, finding.hint)))
                if cure:
                    inside.addWidget(label("hint", _("Latchkey can do this for you: {what}").format(what=cure)))
            return
        file, line, shown = fault.place
        if not looked:
            said = _("Open your policies, or begin a new sign-in: then Latchkey also says where it is.")
        elif shown:
            said = _("{file}, line {line}: {text}").format(file=file, line=line, text=shown)
        else:
            said = _("This fault is not in these files: perhaps it is mended, or Azure has others.")
        inside.addWidget(label("", said))

    def _link(self, finding: Finding) -> QWidget:
        made = button("link")
        made.setText(place_in_words(finding))
        made.setAccessibleName(_("Show {place}").format(place=place_in_words(finding)))
        made.setProperty("finding", finding)
        made.clicked.connect(self._follow)
        return made

    @Slot()
    def _follow(self) -> None:
        finding = self.sender().property("finding")
        self.accept()
        self.chosen.emit(finding)
