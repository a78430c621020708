"""Help, About: what this is, which versions are at work, whether the installation is whole, and what is inside."""

from __future__ import annotations

import platform
from collections.abc import Sequence

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import Qt, QTimer, Slot, qVersion
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from latchkey import __version__
from latchkey.gui.announce import announce
from latchkey.gui.installed import Part, licence_texts, parts
from latchkey.gui.jobs import Job
from latchkey.gui.shell.dialogs import HelpDialog
from latchkey.gui.tools import Tools
from latchkey.gui.widgets.labels import button, column, label, row, set_role
from latchkey.jobs import Watch
from latchkey.self_check import Probe, Report, Seen, check_installation, run
from latchkey.text import _, ngettext

_ROWS = 5  # of the packages in sight
_LINES = 4  # of what was looked at


class AboutDialog(HelpDialog):
    """Reads what is installed on the worker; checks it when asked."""

    def __init__(self, parent: QWidget, tools: Tools) -> None:
        super().__init__(parent, "Latchkey", 620)
        self._tools = tools
        self._report: Report | None = None
        self._left: list[Probe] = []
        self._job: Job | None = None
        self._lay_out_versions()
        self._lay_out_check()
        self._lay_out_parts()
        self.copy = self.add_button(_("Copy"), left=True)
        self.copy.setToolTip(_("Copy versions and findings"))
        self.copy.clicked.connect(self._copy)
        self.add_close("primary").setFocus()
        self._read_parts()

    def _lay_out_versions(self) -> None:
        self.body.addWidget(label("", _("From plain answers to policy files that Azure AD B2C accepts.")))
        versions = column(spacing=2)
        for line in versions_in_words():
            text = label("soft", line)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            versions.addWidget(text)
        self.body.addLayout(versions)
        self.body.addWidget(label("hint", _("Free software under the MIT licence. Not made or endorsed by Microsoft.")))

    def _lay_out_check(self) -> None:
        head = row(spacing=12)
        head.addWidget(label("section", _("This installation")), 1)
        self.check = button("small")
        self.check.setText(_("Check it"))
        self.check.setAccessibleName(_("Check this installation"))
        self.check.clicked.connect(self._check)
        head.addWidget(self.check)
        self.body.addLayout(head)
        self._says = label("hint", _("Looks whether every part of the program is there and can be used."))
        self.body.addWidget(self._says)
        self.found = QPlainTextEdit()
        self.found.setReadOnly(True)
        self.found.setTabChangesFocus(True)
        self.found.setAccessibleName(_("What was looked at"))
        self.found.setFixedHeight(QFontMetrics(self.found.font()).lineSpacing() * _LINES + 20)
        self.found.hide()
        self.body.addWidget(self.found)

    def _lay_out_parts(self) -> None:
        self._inside = label("section", _("What is inside"))
        self.body.addWidget(self._inside)
        self.parts = QTableWidget(0, 3)
        self.parts.setObjectName("parts")
        self.parts.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.parts.setAccessibleName(_("Packages with their versions and licences"))
        self.parts.setHorizontalHeaderLabels([_("Package"), _("Version"), _("Licence")])
        self.parts.verticalHeader().hide()
        self.parts.setShowGrid(False)
        self.parts.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.parts.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.parts.setTabKeyNavigation(False)
        self.parts.horizontalHeader().setStretchLastSection(True)
        self.parts.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.parts.setFixedHeight(self.parts.verticalHeader().defaultSectionSize() * _ROWS + 34)
        self.body.addWidget(self.parts)
        texts = licence_texts()
        if texts is not None:
            said = _("Libraries, fonts and the text of every licence: {file}").format(file=texts)
            where = label("hint", said)
            where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.body.addWidget(where)

    # What is inside

    def _read_parts(self) -> None:
        def work(_watch: Watch) -> tuple[Part, ...]:
            return parts()

        job = Job(work, "what is inside")
        job.done.connect(self._show_parts)
        self._tools.runner.start(job)

    @Slot(object)
    def _show_parts(self, found: tuple[Part, ...]) -> None:
        whole = (Part("Python", platform.python_version(), "PSF-2.0"), Part("Qt", qVersion(), "LGPL-3.0-only"), *found)
        self.parts.setRowCount(len(whole))
        for line, part in enumerate(whole):
            for number, text in enumerate(part):
                self.parts.setItem(line, number, QTableWidgetItem(text or _("not said")))

    # The check

    @Slot()
    def _check(self) -> None:
        """First, on the worker, what needs no Qt; then the rest here, one probe at a time."""
        if self._job is not None or self._left:
            return
        self.check.setEnabled(False)
        self._says.setText(_("Looking…"))
        self._says.show()

        def work(_watch: Watch) -> Report:
            return check_installation()

        self._job = Job(work, "check this installation")
        self._job.done.connect(self._checked)
        self._job.ended.connect(self._ended)
        self._tools.runner.start(self._job)

    @Slot(object)
    def _checked(self, report: Report) -> None:
        from latchkey.gui.self_check import probes

        self._report, self._left = report, list(probes())
        QTimer.singleShot(0, self, self._probe_next)

    @Slot(object)
    def _ended(self, _job: Job) -> None:
        self._job = None

    @Slot()
    def _probe_next(self) -> None:
        if self._report is None:
            return
        if self._left:
            self._report = self._report.with_more(run((self._left.pop(0),)))
            QTimer.singleShot(0, self, self._probe_next)
            return
        self.check.setEnabled(True)
        self._show_findings(self._report.seen)

    def _show_findings(self, seen: Sequence[Seen]) -> None:
        wrong = [one for one in seen if not one.fine]
        fine = [one for one in seen if one.fine]
        lines = [*(f"✗ {one.says}" for one in wrong), *(f"✓ {one.says}" for one in fine)]
        self.found.setPlainText("\n".join(lines))
        self.found.show()
        self.grow()
        said = (
            ngettext("{count} thing is wrong.", "{count} things are wrong.", len(wrong)).format(count=len(wrong))
            if wrong
            else _("All is well.")
        )
        set_role(self._says, "role", "refusal" if wrong else "done")
        self._says.setText(said)
        announce(self, said)

    @Slot()
    def _copy(self) -> None:
        lines = ["Latchkey", *versions_in_words()]
        if self._report is not None:
            lines += ["", *(f"{'+' if one.fine else '-'} {one.says}" for one in self._report.seen)]
        self._tools.clipboard.copy("\n".join(lines))
        announce(self, _("Copied"))


def versions_in_words() -> tuple[str, ...]:
    """The versions that a report of a problem needs, too."""
    return (
        _("Version {version}").format(version=__version__),
        _("Python {python}, Qt {qt}, PySide6 {pyside}, {system}").format(
            python=platform.python_version(),
            qt=f"{qVersion()} ({QGuiApplication.platformName()})",
            pyside=pyside_version,
            system=platform.platform(terse=True),
        ),
    )
