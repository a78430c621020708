"""How the window comes up: quickly, and then as any other program."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from latchkey import __main__


@pytest.fixture
def collecting() -> Iterator[None]:
    """Whatever happens, the collector works afterwards."""
    yield
    gc.enable()
    gc.unfreeze()


def test_garbage_is_not_looked_for_while_all_is_loaded(collecting: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from latchkey.gui import application

    seen: list[bool] = []
    monkeypatch.setattr(application, "run", lambda _what: seen.append(gc.isenabled()) or 0)
    assert __main__.wizard([]) == 0
    assert seen == [False]


def test_but_it_is_from_the_first_picture_on(collecting: None, make_wizard: Callable[..., Any]) -> None:
    gc.disable()
    wizard = make_wizard()
    assert wizard.tools is not None
    assert gc.isenabled()
