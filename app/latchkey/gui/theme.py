"""How the wizard looks: colours as tokens, light and dark, and the style sheet and palette made from them.

The theme follows the system (`QStyleHints.colorScheme`) until the person chooses one. Text and its ground keep a
contrast of at least 4.5 to 1, edges of fields 3 to 1; a test computes both from the tokens.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from latchkey.gui.style_sheet import style_sheet
from latchkey.text import language

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

Choice = Literal["system", "light", "dark"]
Scheme = Literal["light", "dark"]


class Tokens(NamedTuple):
    """The colours of one scheme, named for what they mean."""

    background: str
    panel: str
    rail: str
    line: str  # between things
    edge: str  # around what can be filled in or pressed
    text: str
    soft: str
    accent: str
    accent_soft: str
    on_accent: str
    attention: str
    attention_soft: str
    done: str
    on_done: str
    refusal: str
    refusal_soft: str


LIGHT = Tokens(
    background="#f6f7f9", panel="#ffffff", rail="#eef1f5", line="#dde2ea", edge="#848f9f", text="#1b2430",
    soft="#586474", accent="#0b6b5d", accent_soft="#e3f3f0", on_accent="#ffffff", attention="#8f5400",
    attention_soft="#fff3dd", done="#1b7a3d", on_done="#ffffff", refusal="#b3261e", refusal_soft="#fdecea",
)  # fmt: skip
DARK = Tokens(
    background="#14181d", panel="#1c2229", rail="#181d23", line="#303843", edge="#6c7889", text="#e8edf3",
    soft="#9aa7b6", accent="#4cc7b3", accent_soft="#17332f", on_accent="#0d1f1c", attention="#f0b35a",
    attention_soft="#33270f", done="#6fcf8c", on_done="#0e2415", refusal="#ff9d94", refusal_soft="#3a1c1a",
)  # fmt: skip
SCHEMES: dict[Scheme, Tokens] = {"light": LIGHT, "dark": DARK}

# Families that only mean "nothing better was set up": the wizard then prefers the fonts its package asks for.
_LAST_RESORTS = ("dejavu sans", "bitstream vera sans", "sans serif", "sans")
_LATIN = ("Noto Sans", "Noto Sans CJK SC")
_CHINESE = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei UI", "PingFang SC", "WenQuanYi Micro Hei")
# Kinds of widgets for which Windows and macOS name fonts of their own, which outlive an application's: smaller ones.
_WITH_OWN_FONT = ("QAbstractItemView", "QMenu", "QMessageBox", "QTipLabel", "QStatusBar", "QDockWidgetTitle")
# What Windows' own programs show code in. Qt would take Courier New, which is too thin to read on a screen.
_WINDOWS_MONO = ("Cascadia Mono", "Consolas")


class Sizes(NamedTuple):
    """Text sizes in pixels, grown with the system's own."""

    body: int
    hint: int
    heading: int
    title: int
    small: int


def sizes(system: int) -> Sizes:
    """Sizes for a system font of so many pixels; 14, 13 and 22 on most systems."""
    body = max(14, system)
    return Sizes(body=body, hint=body - 1, heading=round(body * 22 / 14), title=body + 1, small=body - 2)


def families(installed: QFont, code: str) -> list[str]:
    """Font families to try in order. Chinese comes with Chinese glyphs, also where a Japanese font is first in line."""
    own = installed.family()
    if own.lower() not in _LAST_RESORTS:
        return [own, *_CHINESE]
    return list(dict.fromkeys([*(_CHINESE if code == "zh_CN" else _LATIN), *_CHINESE, own]))


class Theme(QObject):
    """The one theme in force: tokens, sizes and fonts; puts them on the application and says when they change."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: Choice = "system") -> None:
        super().__init__()
        self._app = app
        self._choice: Choice = choice
        system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        self._system_font = system
        # Worked out, not asked of QFontInfo: that would load a font that is often not the one used.
        self.sizes = sizes(round(system.pointSizeF() * app.primaryScreen().logicalDotsPerInch() / 72))
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self.apply()

    @property
    def choice(self) -> Choice:
        """What the person chose: a scheme, or to follow the system."""
        return self._choice

    @property
    def scheme(self) -> Scheme:
        """The scheme in force."""
        if self._choice != "system":
            return self._choice
        return "dark" if self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return SCHEMES[self.scheme]

    def choose(self, choice: Choice) -> None:
        """Follow the system, or stay with one scheme."""
        self._choice = choice
        self.apply()
        self.changed.emit()

    def color(self, token: str) -> QColor:
        """One token as a colour to paint with."""
        return QColor(getattr(self.tokens, token))

    def font(self, role: str = "body", bold: bool = False) -> QFont:
        """A font for painting: `body`, `hint`, `heading` or `title`."""
        font = QFont(self._app.font())
        font.setPixelSize(getattr(self.sizes, role))
        font.setBold(bold)
        return font

    def mono(self) -> QFont:
        """The font for values that are copied letter by letter."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        if sys.platform == "win32":
            font.setFamilies([*_WINDOWS_MONO, font.family()])
        font.setPixelSize(self.sizes.hint)
        return font

    def apply(self) -> None:
        """Put font, palette and style sheet on the application."""
        font = QFont(self._system_font)
        font.setFamilies(families(self._system_font, language()))
        font.setPixelSize(self.sizes.body)
        if language() != "zh_CN":
            # Quotation marks and dashes of a Chinese font are as wide as a Chinese character, unless it is asked.
            font.setFeature(QFont.Tag("pwid"), 1)
        self._app.setFont(font)
        self._app.setPalette(palette(self.tokens))
        self._app.setStyleSheet(style_sheet(self.tokens._asdict(), self.sizes._asdict()))
        for kind in _WITH_OWN_FONT:
            self._app.setFont(font, kind)  # type: ignore[arg-type]  # the stub says bytes, PySide takes text only

    @Slot()
    def _follow(self) -> None:
        if self._choice == "system":
            self.apply()
            self.changed.emit()


def palette(tokens: Tokens) -> QPalette:
    """The palette for what the style sheet leaves to Fusion: check boxes, selections, menus, scroll bars."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, color in {
        role.Window: tokens.background, role.WindowText: tokens.text, role.Base: tokens.panel,
        role.AlternateBase: tokens.rail, role.Text: tokens.text, role.Button: tokens.panel,
        role.ButtonText: tokens.text, role.BrightText: tokens.refusal, role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent, role.Link: tokens.accent, role.LinkVisited: tokens.accent,
        role.ToolTipBase: tokens.panel, role.ToolTipText: tokens.text, role.PlaceholderText: tokens.soft,
        role.Accent: tokens.accent, role.Light: tokens.panel, role.Midlight: tokens.line, role.Mid: tokens.edge,
        role.Dark: tokens.edge, role.Shadow: tokens.edge,
    }.items():  # fmt: skip
        made.setColor(which, QColor(color))
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.soft))
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(tokens.line))
    return made
