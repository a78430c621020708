"""A section of a guide: what stays on screen while its words and values change, as they do at each typed letter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel, QWidget

from latchkey.gui.shell.help_panel import HelpText
from latchkey.gui.widgets.copy_row import CopyRow
from latchkey.gui.widgets.guide_view import SectionView
from latchkey.gui.widgets.tick_box import TickBox
from latchkey.guide.model import Callout, Item, Row, Rows, Section
from latchkey.guide.prose import Prose, Span, Value, said


def a_section(name: str, steps: int = 2, complete: bool = True) -> Section:
    """Each kind of part, with `name` in every one."""
    link = Prose((Span("Open "), Span(name, href="https://example.org/")))
    rows = Rows((Row(f"Key of {name}", Value(f"value-{name}", complete)), Row("Type", Value(name), kind="words")))
    parts = (said(f"Do {name}"), link, rows, Callout("warning", (said(f"Mind {name}"), said("twice"))))
    items = tuple(Item(f"s/{number}", parts) for number in range(steps))
    return Section("register", "Register", (said(f"About {name}"),), items, (Item("", (said(f"Know {name}"),)),))


def read(view: QWidget) -> list[str]:
    """All that is shown and said, in the order in which it was made."""
    kinds = (QLabel, CopyRow, TickBox)
    shown = [one for one in view.findChildren(QWidget) if isinstance(one, kinds)]
    return [f"{getattr(one, 'value', '') or one.accessibleName()}|{one.text() if isinstance(one, QLabel) else ''}"
            for one in shown]  # fmt: skip


@pytest.fixture
def view(wizard: Any, qtbot: Any) -> SectionView:
    """An empty one."""
    made = SectionView(wizard.tools)
    qtbot.addWidget(made)
    return made


def test_other_words_go_into_the_widgets_that_are_there(view: SectionView, qtbot: Any) -> None:
    view.show_section(a_section("Con"), ())
    before = view.findChildren(QWidget)
    with qtbot.assertNotEmitted(view.built):
        view.show_section(a_section("Contoso"), ("s/1",))
    assert view.findChildren(QWidget) == before
    assert [row.value for row in view.findChildren(CopyRow)] == ["value-Contoso"] * 2
    steps = a_section("Contoso").steps
    assert [box.accessibleName() for box in view.findChildren(TickBox)] == [step.plain for step in steps]
    assert not any(text.replace("Contoso", "").count("Con") for text in read(view))


@pytest.mark.parametrize("other", [a_section("Con", steps=3), a_section("Con", complete=False)])
def test_other_parts_get_widgets_of_their_own(view: SectionView, qtbot: Any, other: Section) -> None:
    view.show_section(a_section("Con"), ())
    with qtbot.waitSignal(view.built):
        view.show_section(other, ())


texts = st.sampled_from(["a", "Contoso & <b>", "b" * 40, "腾讯"])
sections = st.builds(a_section, texts, st.integers(1, 3), st.booleans())


@given(shown=st.lists(sections, min_size=2, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_reads_as_if_it_were_made_anew(wizard: Any, shown: list[Section]) -> None:
    changed, anew = SectionView(wizard.tools), SectionView(wizard.tools)
    for section in shown:
        changed.show_section(section, ())
    anew.show_section(shown[-1], ())
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what was taken out is gone now
    assert read(changed) == read(anew)
    changed.deleteLater()
    anew.deleteLater()


def test_a_title_is_part_of_what_is_made(view: SectionView, qtbot: Any) -> None:
    view.show_section(a_section("Con"), ())
    with qtbot.waitSignal(view.built):
        view.show_section(replace(a_section("Con"), title="Other"), ())


def test_the_help_says_something_else_in_the_labels_it_has(qtbot: Any) -> None:
    made = HelpText()
    qtbot.addWidget(made)
    made.show_help("Because of Con", ["One", "Two"])
    before = made.findChildren(QLabel)
    made.show_help("Because of Contoso", ["One", "Three"])
    assert made.findChildren(QLabel) == before
    texts = [one.text() for one in before]
    assert texts == ["Why we ask", "Because of Contoso", "Good to know", "One", "Three"]
    made.show_help("", ["One"])
    shown = [made._layout.itemAt(place).widget() for place in range(made._layout.count())]
    assert [one.text() for one in shown if isinstance(one, QLabel)] == ["Good to know", "One"]
