"""The list of keys: made of the window's actions as they are, with those of lists and trees; as a dialog or a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from latchkey.gui.file_writer import FileWriter
from latchkey.gui.jobs import JobRunner
from latchkey.gui.shell.dialogs import HelpDialog
from latchkey.gui.widgets.labels import column, label
from latchkey.paths import state_folder
from latchkey.text import N_, _, join_list, join_sentences, language

Group = tuple[str, tuple[tuple[str, str], ...]]  # where, and there: keys, what they do

# Keys that belong to a part of a page; Qt's own (Tab, arrows) only where they do something of ours.
_INSIDE: tuple[tuple[str, tuple[tuple[tuple[str, ...], str], ...]], ...] = (
    (
        N_("In the list of sign-in buttons"),
        (
            (("Alt+Up", "Alt+Down"), N_("Move the selected buttons")),
            (("Alt+Home", "Alt+End"), N_("Move them to the start or the end")),
            (("F2",), N_("Change the name")),
            (("Return",), N_("Open the page of the provider")),
            (("Del",), N_("Remove the selected buttons")),
        ),
    ),
    (
        N_("In the review"),
        (
            (("Ctrl+F",), N_("Search in the journeys or in the file")),
            (("F3", "Shift+F3"), N_("To the next or previous hit")),
            (("F7", "Shift+F7"), N_("To the next or previous change in a file")),
            (("+", "-", "0"), N_("Show the picture larger, smaller or in its own size")),
            (("Ctrl+C",), N_("Copy the line, the lines or the picture")),
        ),
    ),
    (
        N_("In the list of steps and in trees"),
        (
            (("Up", "Down"), N_("To the line above or below")),
            (("Left", "Right"), N_("Fold or unfold a line")),
        ),
    ),
    (
        N_("Everywhere"),
        (
            (("Tab", "Shift+Tab"), N_("To the next or previous field")),
            (("Space",), N_("Press the button, set or clear the tick")),
            (("Esc",), N_("Close a list or a dialog")),
        ),
    ),
)


def groups(actions: Mapping[str, QAction]) -> tuple[Group, ...]:
    """Which keys do what, and where."""
    window = tuple(
        (shown(action.shortcuts()), action.text().replace("&", "")) for action in actions.values() if action.shortcuts()
    )
    inside = tuple(
        (_(where), tuple((shown(map(QKeySequence, keys)), _(what)) for keys, what in rows)) for where, rows in _INSIDE
    )
    return ((_("In the window"), window), *inside)


def shown(keys: Iterable[QKeySequence]) -> str:
    """Keys as they are called here: Qt translates their names."""
    return join_list(key.toString(QKeySequence.SequenceFormat.NativeText) for key in keys)


def page(listed: Iterable[Group], title: str) -> str:
    """The list as a page to print."""
    parts = []
    for where, rows in listed:
        lines = "".join(f"<tr><td><kbd>{escape(keys)}</kbd></td><td>{escape(what)}</td></tr>" for keys, what in rows)
        parts.append(f"<h2>{escape(where)}</h2><table>{lines}</table>")
    style = (
        "body{font:15px/1.5 sans-serif;max-width:42em;margin:2em auto;padding:0 1em}td{padding:2px 2em 2px 0}"
        "kbd{font-family:inherit;font-weight:600}h2{font-size:1.1em;margin-top:1.6em}"
    )
    lang = {"zh_CN": "zh-Hans"}.get(language(), language())
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{style}</style></head><body><h1>{escape(title)}</h1>{''.join(parts)}</body></html>\n"
    )


class ShortcutsDialog(HelpDialog):
    """The list, and a button that opens it as a page to print."""

    def __init__(self, parent: QWidget, actions: Mapping[str, QAction], runner: JobRunner) -> None:
        super().__init__(parent, _("Keyboard shortcuts"), 520)
        self._listed = groups(actions)
        self._writer = FileWriter(runner, self)
        self._writer.written.connect(self._open)
        self._writer.refused.connect(self._refused)
        self._wrong = label("refusal")
        self._wrong.hide()
        self.body.addWidget(self._scroll())
        self.body.addWidget(self._wrong)
        self.print = self.add_button(_("Open to print"), left=True)
        self.print.clicked.connect(self._print)
        self.add_close("primary").setFocus()
        self.resize(560, 560)

    def _scroll(self) -> QScrollArea:
        inner = QWidget()
        inner.setObjectName("page")
        inside = column(inner, spacing=6, margins=(0, 0, 12, 0))
        for where, rows in self._listed:
            inside.addWidget(label("help-title", where))
            grid = QGridLayout()
            grid.setHorizontalSpacing(24)
            grid.setVerticalSpacing(6)
            grid.setColumnStretch(1, 1)
            for number, (keys, what) in enumerate(rows):
                key = label("", keys, wrap=False)
                key.setMinimumWidth(150)
                grid.addWidget(key, number, 0)
                grid.addWidget(_described(what), number, 1)
            inside.addLayout(grid)
            inside.addSpacing(12)
        inside.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inner)
        area.setAccessibleName(_("Keyboard shortcuts"))
        return area

    @Slot()
    def _print(self) -> None:
        text, file = page(self._listed, _("Keyboard shortcuts of Latchkey")), state_folder() / "shortcuts.html"
        self._writer.write(lambda: {file: text.encode()}, "shortcuts as a page")

    @Slot(object)
    def _open(self, files: list[object]) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(files[0])))

    @Slot(str, str)
    def _refused(self, message: str, hint: str) -> None:
        self._wrong.setText(join_sentences(message, hint))
        self._wrong.show()


def _described(what: str) -> QLabel:
    return label("soft", what)
