"""Nothing is untranslated and nothing is cut off: every page and dialog in the pseudo-language, which marks each
sentence and makes it two fifths longer, and in the languages there are; at the sizes of small screens.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from helpers.improving import opened, write
from helpers.looking import ancestors, bars_in_sight, clipped, nothing, overlapping, shown, texts
from helpers.scenes import Scene, arrange, dialogs, pages
from helpers.small_set import small_set
from latchkey.draft import edits
from latchkey.gui.widgets.explanation import ExplanationView
from latchkey.gui.widgets.guide_view import Fold, SectionView
from latchkey.pseudo import CLOSE, OPEN
from latchkey.text import PSEUDO

Settled = Callable[[Any], None]
LAPTOP, SCALED, SMALL = (1280, 720), (960, 540), (640, 480)  # the middle one: 1920 x 1080 at 200 %


def looked_at(wizard: Any, settled: Settled, size: tuple[int, int]) -> Iterator[Scene]:
    """Everything there is to see in a window of that size."""
    wizard.window.resize(*size)
    arrange()
    yield from pages(wizard, settled)
    yield from dialogs(wizard, settled)


def cut_off(scenes: Iterator[Scene]) -> list[tuple[str, ...]]:
    """What is clipped, lies on something else, or left the window."""
    found: list[tuple[str, ...]] = []
    for scene in scenes:
        found += [(scene.name, *each) for each in clipped(scene.widget)]
        found += [(scene.name, "overlap", *each) for each in overlapping(scene.widget)]
        if hasattr(scene.widget, "bottom") and not bars_in_sight(scene.widget):
            found.append((scene.name, "the bars are out of sight"))
    return found


def size_of(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


@pytest.mark.parametrize(
    ("code", "size"),
    [("en", SMALL), ("zh_CN", SMALL), (PSEUDO, LAPTOP), (PSEUDO, SCALED), (PSEUDO, SMALL)],
    ids=lambda value: value if isinstance(value, str) else size_of(value),
)
def test_nothing_is_cut_off(contoso: Any, settled: Settled, code: str, size: tuple[int, int]) -> None:
    contoso.choose_language(code)
    nothing(cut_off(looked_at(contoso, settled, size)))


@pytest.mark.parametrize("size", [LAPTOP, SMALL], ids=size_of)
def test_nothing_is_cut_off_in_what_is_empty_or_wrong(wizard: Any, settled: Settled, size: tuple[int, int]) -> None:
    wizard.choose_language(PSEUDO)
    wizard.window.resize(*size)
    wizard.session.do(edits.add_provider("wechat", "WeChat", "p1"))
    wizard.session.do(edits.add_provider("openid-connect", "A name that is rather long for a button", "p2"))
    wizard.session.do(edits.set_custom_domain("https://wrong/"))
    nothing(cut_off(pages(wizard, settled)))


@pytest.mark.parametrize("size", [LAPTOP, SMALL], ids=size_of)
def test_nothing_is_cut_off_of_policies_that_are_there(
    make_wizard: Any, tmp_path: Path, qtbot: Any, settled: Settled, size: tuple[int, int]
) -> None:
    wizard = opened(make_wizard(write(tmp_path / "policies", small_set())), qtbot, settled)
    wizard.choose_language(PSEUDO)
    wizard.window.resize(*size)
    arrange()
    nothing(cut_off(pages(wizard, settled)))


@pytest.mark.slow
@pytest.mark.parametrize("factor", ["1.25", "1.5", "2"])
def test_nothing_is_cut_off_on_a_scaled_screen(factor: str) -> None:
    """The same walk in a process of its own: Qt takes the factor when it starts."""
    if "QT_SCALE_FACTOR" in os.environ:
        pytest.skip("this is that process")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__, "-k", "empty_or_wrong and 1280x720"],
        env={**os.environ, "QT_SCALE_FACTOR": factor, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, text=True, timeout=110, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:]
    assert "1 passed" in done.stdout


# Untranslated

# Names of things, values, keys and signs that are the same in every language.
SAME = re.compile(
    r"(Latchkey|Ocean Blue|Classic|Slate Gray|EN|中文|English|简体中文|\?|…|https?\S*|//\S*|"
    r"[\w.@/\\-]*\.(xml|com|cn|us|ms|html|toml)\S*|B2C_1A?_\w*|[0-9a-f]{8}-[0-9a-f-]*|WeChat|微信|QQ|"
    r"Contoso employees|Contoso|contoso(\.example)?|query|openid|Shop_|\d+|issuerUserId|displayName|givenName|surname|email|openid profile email|"
    r"OpenID Connect|wx\w+|(Proxy)?IdentityExperienceFramework|CustomSignUpSignIn|client_secret_\w+|"
    r"((Ctrl|Alt|Shift)\+)*(\S|F\d|Up|Down|Left|Right|Home|End|Del|Tab|Return|Space|Esc)|\d+ %)?"
)


AZURES = "Validation failed: 1 validation error(s) found in policy …"  # what Azure itself says, in English only


def a_document(widget: QWidget) -> bool:
    """Guides and the long form of findings are documents with texts of their own, one for each language there is."""
    return isinstance(widget.parent(), Fold) or any(
        isinstance(above, SectionView | ExplanationView) for above in ancestors(widget)
    )


def bare(said: str) -> str:
    """What of a text is not within brackets; marked sentences may hold others."""
    left, depth = "", 0
    for character in re.sub(r"<[^>]+>", "", said):
        depth += (character == OPEN) - (character == CLOSE)
        left += character if depth == 0 and character != CLOSE else ""
    return left.strip()


def untranslated(scene: Scene, also: set[str]) -> list[tuple[str, ...]]:
    """Each text that says something in no translated sentence. Names may stand between signs: “contoso — …”."""
    found: list[tuple[str, ...]] = []
    for widget, kind, said in texts(scene.widget):
        left = bare(said.replace(AZURES, ""))
        parts = [part.strip() for part in re.split(r"[•·:：—,、()]|\s-\s", left)]
        if left and left not in also and not a_document(widget) and not all(SAME.fullmatch(part) for part in parts):
            found.append((scene.name, kind, said))
    return found


def said_by_guides(guide: Any) -> set[str]:
    """What the pages take from the guides: titles of sections, and what is good to know about a provider."""
    said = {section.title for provider in guide.providers for section in provider.sections}
    return said | {point.plain for provider in guide.providers for point in provider.good_to_know.points}


def test_every_text_is_translated_and_changes_at_once(contoso: Any, settled: Settled) -> None:
    list(pages(contoso, settled))  # all pages are there when the language changes
    also = said_by_guides(contoso.session.composed.guide)
    contoso.choose_language(PSEUDO)
    settled(contoso)
    found: list[tuple[str, ...]] = []
    for scene in chain(pages(contoso, settled), dialogs(contoso, settled)):
        found += untranslated(scene, also)
    nothing(found)


def test_the_walk_sees_what_is_cut_off(contoso: Any, settled: Settled, qtbot: Any) -> None:
    """The walk itself: a page that is squeezed is noticed."""
    settled(contoso)
    contoso.window.bottom.next.setFixedWidth(30)
    arrange()
    assert any("too narrow" in why for _what, why in clipped(contoso.window))
    assert list(shown(contoso.window))
