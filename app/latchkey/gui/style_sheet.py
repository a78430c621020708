"""The style sheet, made from tokens. Widgets ask for a look by a property: `role` on labels and frames,
`look` on buttons (`primary`, `quiet`, `link`), `state` where a field carries a refusal.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

_SHEET = Template("""
QWidget { color: $text; }
QMainWindow, QDialog, QMessageBox { background: $background; }
QScrollArea, QScrollArea > QWidget > QWidget#page, QStackedWidget#pages { background: $background; border: 0; }
QToolTip { background: $panel; color: $text; border: 1px solid $edge; padding: 4px 8px; }

QFrame#top_bar, QFrame#bottom_bar { background: $panel; border: 0; }
QFrame#top_bar { border-bottom: 1px solid $line; }
QFrame#bottom_bar { border-top: 1px solid $line; }
QFrame#help_panel { background: $panel; border: 0; border-left: 1px solid $line; }
QScrollArea#help_scroll, QScrollArea#help_scroll > QWidget > QWidget { background: $panel; }
QLabel[role="brand"] { font-weight: 700; }
QLabel[role="heading"] { font-size: ${heading}px; font-weight: 700; }
QLabel[role="section"] { font-weight: 700; }
QLabel[role="intro"], QLabel[role="soft"] { color: $soft; }
QLabel[role="hint"], QLabel[role="help"] { font-size: ${hint}px; }
QLabel[role="hint"], QLabel[role="help-title"] { color: $soft; }
QLabel[role="help-title"] { font-size: ${hint}px; font-weight: 700; }
QLabel[role="refusal"] { color: $refusal; font-size: ${hint}px; }
QLabel[role="attention"] { color: $attention; font-size: ${hint}px; }
QLabel[role="done"] { color: $done; font-size: ${hint}px; }
QLabel[role="pill-attention"], QLabel[role="pill-done"], QLabel[role="pill-refusal"], QLabel[role="pill"] {
    font-size: ${small}px; border-radius: 9px; padding: 1px 9px; }
QLabel[role="pill-attention"] { color: $attention; background: $attention_soft; }
QLabel[role="pill-done"] { color: $accent; background: $accent_soft; }
QLabel[role="pill-refusal"] { color: $refusal; background: $refusal_soft; }
QLabel[role="pill"] { color: $soft; border: 1px solid $line; }

QFrame[role="card"] { background: $panel; border: 1px solid $line; border-radius: 10px; }
QFrame[role="card"][chosen="true"] { background: $accent_soft; border: 1px solid $accent; }
QFrame[role="value"] { background: $background; border: 1px solid $line; border-radius: 8px; }
QFrame[role="note"] { background: $accent_soft; border: 0; border-radius: 8px; }
QFrame[role="note-attention"] { background: $attention_soft; border: 0; border-radius: 8px; }
QFrame[role="note-refusal"] { background: $refusal_soft; border: 0; border-radius: 8px; }
QFrame[role="line"] { background: $line; border: 0; max-height: 1px; min-height: 1px; }

QPushButton, QToolButton { background: $panel; color: $text; border: 1px solid $line; border-radius: 8px;
    padding: 7px 16px; }
QPushButton:hover, QToolButton:hover { border-color: $accent; }
QPushButton:pressed, QToolButton:pressed { background: $accent_soft; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 6px 15px; }
QPushButton:disabled, QToolButton:disabled { color: $soft; background: $background; border-color: $line; }
QPushButton[look="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; }
QPushButton[look="primary"]:hover { border-color: $text; }
QPushButton[look="primary"]:focus { border: 2px solid $text; }
QPushButton[look="primary"]:disabled { background: $line; color: $soft; border-color: $line; }
QPushButton[look="small"], QToolButton[look="small"] { padding: 3px 12px; font-size: ${hint}px; }
QPushButton[look="small"]:focus, QToolButton[look="small"]:focus { padding: 2px 11px; }
QPushButton[look="quiet"], QToolButton[look="quiet"] { background: transparent; border: 1px solid transparent;
    color: $soft; padding: 4px 8px; }
QPushButton[look="quiet"]:hover, QToolButton[look="quiet"]:hover { color: $text; background: $background; }
QPushButton[look="quiet"]:focus, QToolButton[look="quiet"]:focus { border: 2px solid $accent; padding: 3px 7px; }
QPushButton[look="quiet"]:disabled, QToolButton[look="quiet"]:disabled { color: $edge; background: transparent; }
QPushButton[look="link"] { background: transparent; border: 1px solid transparent; color: $accent; padding: 1px 2px;
    text-align: left; text-decoration: underline; }
QPushButton[look="link"]:focus { border: 2px solid $accent; padding: 0 1px; border-radius: 4px; }
QPushButton[look="fold"] { background: transparent; border: 1px solid transparent; font-weight: 700;
    text-align: left; padding: 6px 8px; }
QPushButton[look="fold"]:hover { color: $accent; }
QPushButton[look="fold"]:focus { border: 2px solid $accent; padding: 5px 7px; }
QPushButton[look="attention"] { background: $attention_soft; color: $attention; border: 1px solid transparent;
    border-radius: 10px; padding: 2px 10px; font-size: ${small}px; }
QPushButton[look="attention"]:hover { border-color: $attention; }
QPushButton[look="attention"]:focus { border: 2px solid $attention; padding: 1px 9px; }
QPushButton[look="ready"] { background: $accent_soft; color: $accent; border: 1px solid transparent;
    border-radius: 10px; padding: 2px 10px; font-size: ${small}px; }
QPushButton[look="ready"]:focus { border: 2px solid $accent; padding: 1px 9px; }
QToolButton::menu-indicator { image: none; width: 0; }
QPushButton::menu-indicator { image: none; width: 0; }

QLineEdit, QPlainTextEdit, QTextEdit { background: $panel; border: 1px solid $edge; border-radius: 8px;
    padding: 7px 11px; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; padding: 6px 10px; }
QLineEdit[state="refusal"], QPlainTextEdit[state="refusal"] { border: 1px solid $refusal; }
QLineEdit[state="refusal"]:focus, QPlainTextEdit[state="refusal"]:focus { border: 2px solid $refusal; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $background; border-color: $line; }
QLineEdit:disabled { color: $soft; background: $background; border-color: $line; }

QLineEdit#copied, QLineEdit#copied:read-only, QPlainTextEdit#copied, QPlainTextEdit#copied:read-only {
    background: transparent; border: 2px solid transparent; border-radius: 6px; padding: 1px 4px; }
QLineEdit#copied:focus, QPlainTextEdit#copied:focus { border-color: $accent; padding: 1px 4px; }
QScrollArea:focus { border: 2px solid $accent; border-radius: 8px; }

QPushButton[look="tab"] { padding: 5px 14px; }
QPushButton[look="tab"]:focus { padding: 4px 13px; }
QPushButton[look="tab"]:checked { background: $accent_soft; border-color: $accent; color: $text; }
QPushButton[look="icon"] { padding: 8px 9px; }
QPushButton[look="icon"]:focus { padding: 7px 8px; }
QPushButton[look="icon-tab"] { background: transparent; border: 1px solid transparent; padding: 4px 6px; }
QPushButton[look="icon-tab"]:hover { border-color: $line; }
QPushButton[look="icon-tab"]:checked { background: $accent_soft; border-color: $accent; }
QPushButton[look="icon-tab"]:focus { border: 2px solid $accent; padding: 3px 5px; }
QFrame#local_row { background: $background; border: 0; border-top: 1px solid $line;
    border-bottom-left-radius: 9px; border-bottom-right-radius: 9px; }
QLineEdit#inline, QLineEdit#inline:focus { padding: 3px 6px; border: 2px solid $accent; border-radius: 6px; }

QListView, QTreeView, QTableView { background: $panel; border: 1px solid $line; border-radius: 10px; outline: 0; }
QListView:focus, QTreeView:focus, QTableView:focus { border-color: $accent; }
QListView#rail, QListView#rail:focus { background: $rail; border: 0; border-right: 1px solid $line; border-radius: 0;
    padding: 16px 8px; }
QListView#buttons, QListView#buttons:focus { border: 0; border-radius: 9px; background: transparent; }
QTreeView#story { padding: 8px; show-decoration-selected: 0; }
QTreeView#chain { padding: 8px; }
QListView#files { padding: 6px; }
QListView#difference, QListView#difference:focus { border: 0; border-radius: 9px; }
QAbstractScrollArea#flow, QAbstractScrollArea#flow:focus { background: $panel; border: 0; border-radius: 9px; }
QListView#changed_files { padding: 6px; }
QListView#changed_files::item { padding: 6px 8px; border-radius: 6px; color: $text; }
QListView#changed_files::item:selected { background: $accent_soft; color: $text; }
QPlainTextEdit#xml, QPlainTextEdit#xml:focus, QPlainTextEdit#xml:read-only { background: $panel; border: 0; padding: 0;
    border-radius: 9px; }
QListView#gallery, QListView#gallery:focus { border: 0; background: transparent; }
QListView#attention_list, QListView#attention_list:focus { border: 0; border-radius: 0; }
QListView#attention_list::item { padding: 4px 10px; border-radius: 8px; color: $text; }
QListView#attention_list::item:selected { background: $accent_soft; color: $text; }
QTableView#parts::item { padding: 0 8px; }
QHeaderView::section { background: $rail; color: $soft; border: 0; border-bottom: 1px solid $line;
    padding: 6px 8px 6px 11px; }
QMenu { background: $panel; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 6px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $soft; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QProgressBar { background: $line; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
""")


def style_sheet(colors: Mapping[str, str], sizes: Mapping[str, int]) -> str:
    """The whole sheet for one scheme and one base size."""
    return _SHEET.substitute(colors, **sizes)
