"""Both themes are readable: contrast is computed from the tokens, and the sheet uses nothing but tokens."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont

from latchkey.gui.icons import Icons, initials
from latchkey.gui.style_sheet import style_sheet
from latchkey.gui.theme import SCHEMES, Theme, families, sizes
from latchkey.tiles import contrast

# What stands on what. Text needs 4.5 to 1 (WCAG 1.4.3), the edge of a field 3 to 1 (1.4.11).
TEXT = [
    (ink, ground)
    for ground in ("background", "panel", "rail")
    for ink in ("text", "soft", "accent", "attention", "done", "refusal")
] + [
    ("text", "accent_soft"), ("soft", "accent_soft"), ("accent", "accent_soft"), ("text", "attention_soft"),
    ("attention", "attention_soft"), ("text", "refusal_soft"), ("refusal", "refusal_soft"), ("on_accent", "accent"),
    ("on_done", "done"),
]  # fmt: skip
EDGES = [("edge", "background"), ("edge", "panel"), ("accent", "panel"), ("accent", "background")]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(scheme: Any, ink: str, ground: str) -> None:
    tokens = SCHEMES[scheme]
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("ink", "ground"), EDGES)
def test_edges_can_be_seen(scheme: Any, ink: str, ground: str) -> None:
    tokens = SCHEMES[scheme]
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 3


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_sheet_holds_no_color_but_the_tokens(scheme: Any) -> None:
    tokens = SCHEMES[scheme]
    sheet = style_sheet(tokens._asdict(), sizes(14)._asdict())
    assert set(re.findall(r"#[0-9a-f]{6}", sheet)) <= set(tokens)
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")


def test_text_grows_with_the_systems() -> None:
    assert sizes(10) == (14, 13, 22, 15, 12)
    assert sizes(28).heading == 44


def test_chinese_has_chinese_glyphs(qapp: Any) -> None:
    for code in ("en", "zh_CN"):
        assert "Noto Sans CJK SC" in families(QFont("DejaVu Sans"), code)
    assert families(QFont("DejaVu Sans"), "zh_CN")[0] == "Noto Sans CJK SC"


def test_the_systems_scheme_is_followed_until_one_is_chosen(qapp: Any) -> None:
    theme = Theme(qapp)
    assert theme.choice == "system"
    heard: list[str] = []
    theme.changed.connect(lambda: heard.append(theme.scheme))
    theme.choose("dark")
    theme.choose("light")
    assert heard == ["dark", "light"]
    assert qapp.palette().window().color().name() == theme.tokens.background


class Desktop(QObject):
    """One that turns dark: the offscreen platform never does."""

    changed = Signal(Qt.ColorScheme)

    def __init__(self) -> None:
        super().__init__()
        self.now = Qt.ColorScheme.Light

    def turn(self, scheme: Qt.ColorScheme) -> None:
        self.now = scheme
        self.changed.emit(scheme)


def test_the_system_turns_dark_while_the_window_is_open(qapp: Any) -> None:
    desktop = Desktop()
    hints = SimpleNamespace(colorSchemeChanged=desktop.changed, colorScheme=lambda: desktop.now)
    parts = ("font", "setFont", "setPalette", "setStyleSheet", "primaryScreen")
    app = SimpleNamespace(styleHints=lambda: hints, **{part: getattr(qapp, part) for part in parts})
    theme = Theme(app)  # type: ignore[arg-type]
    heard: list[str] = []
    theme.changed.connect(lambda: heard.append(theme.scheme))
    desktop.turn(Qt.ColorScheme.Dark)
    assert heard == ["dark"]
    assert qapp.palette().window().color().name() == SCHEMES["dark"].background
    theme.choose("light")
    desktop.turn(Qt.ColorScheme.Light)
    desktop.turn(Qt.ColorScheme.Dark)
    assert heard == ["dark", "light"]  # a chosen one stays
    assert qapp.palette().window().color().name() == SCHEMES["light"].background


def test_icons_are_drawn_for_each_theme(qapp: Any) -> None:
    theme = Theme(qapp, "light")
    icons = Icons(theme)
    light = icons.icon("copy")
    assert icons.icon("copy") is light
    theme.choose("dark")
    assert icons.icon("copy") is not light
    assert icons.icon("copy").pixmap(18, 18).toImage() != light.pixmap(18, 18).toImage()
    theme.choose("system")


def test_a_provider_has_its_glyph_or_its_letters(qapp: Any) -> None:
    icons = Icons(Theme(qapp, "light"))
    glyph = icons.tile("fa5b.weixin", "#2aae67", "WeChat").pixmap(32, 32).toImage()
    letters = icons.tile("", "#2aae67", "WeChat").pixmap(32, 32).toImage()
    assert glyph != letters
    assert icons.tile("fa5b.no-such-glyph", "#2aae67", "WeChat").pixmap(32, 32).toImage() == letters


@pytest.mark.parametrize(
    ("name", "letters"), [("QQ", "QQ"), ("WeChat", "W"), ("contoso", "C"), ("微信", "微"), ("", "?"), ("GitHub", "G")]
)
def test_letters_of_a_tile(name: str, letters: str) -> None:
    assert initials(name) == letters
