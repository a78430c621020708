"""Texts that change with the language: said once where a widget is made, said again when the language changes."""

from __future__ import annotations

from collections.abc import Callable

from latchkey.text import _

Setter = Callable[[str], object]


class Texts:
    """Remembers which sentence belongs to which setter: `texts.put(label.setText, N_("Your tenant"))`."""

    def __init__(self) -> None:
        self._said: list[tuple[Setter, str]] = []

    def put(self, setter: Setter, sentence: str) -> None:
        """Say the sentence (marked with `N_`) now, and again after each change of language."""
        self._said.append((setter, sentence))
        setter(_(sentence) if sentence else "")

    def again(self) -> None:
        """The language has changed."""
        for setter, sentence in self._said:
            setter(_(sentence) if sentence else "")
