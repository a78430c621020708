"""Where the rules on a draft write down what they find."""

from __future__ import annotations

from collections.abc import Callable

from latchkey.check.finding import Finding, Level
from latchkey.check.placeholders import sample_in
from latchkey.draft.characters import shown
from latchkey.draft.draft import Provider
from latchkey.errors import Refused
from latchkey.text import _


class Notes:
    """Findings so far. `field` is the key's path in the saved file, `provider` the row's key."""

    def __init__(self) -> None:
        self._found: list[Finding] = []
        self.has_error = False

    def error(self, rule: str, field: str, message: str, hint: str, provider: str = "") -> None:
        """Something that can't be composed."""
        self.has_error = True
        self._found.append(Finding(rule, Level.ERROR, message, hint, field=field, provider=provider))

    def warning(self, rule: str, field: str, message: str, hint: str, provider: str = "") -> None:
        """Something that is probably not meant."""
        self._found.append(Finding(rule, Level.WARNING, message, hint, field=field, provider=provider))

    def about_file(self, rule: str, file: str, message: str, hint: str) -> None:
        """Something wrong with a provider's file beside the draft, told where providers are chosen; the draft itself
        may be right.
        """
        self._found.append(Finding(rule, Level.WARNING, message, hint, file=file, field="providers"))

    def parsed(self, rule: str, field: str, parse: Callable[[str], object], text: str, provider: str = "") -> bool:
        """Whether `parse` takes the text; if it refuses, its own words are the finding."""
        try:
            parse(text)
        except Refused as refusal:
            self.error(rule, field, refusal.message, refusal.hint, provider)
            return False
        return True

    def sample(self, field: str, text: str, provider: str = "", level: Level = Level.ERROR) -> bool:
        """Whether the text is sample text that should have been replaced; then that is the finding."""
        found = sample_in(text)
        if found:
            tell = self.error if level is Level.ERROR else self.warning
            tell(
                "placeholder-left",
                field,
                _("“{text}” is sample text.").format(text=shown(found)),
                _("Put your own value there."),
                provider,
            )
        return bool(found)

    def findings(self) -> tuple[Finding, ...]:
        """All of them, in the order in which they were found."""
        return tuple(self._found)


class Row:
    """One button: writes to the notes with its own path and key.

    `present`: policies that are there have it already, so that what is not stated stays as it is.
    """

    def __init__(self, number: int, provider: Provider, notes: Notes, *, present: bool = False) -> None:
        self.path = f"providers[{number}]"
        self.provider = provider
        self.present = present
        self._notes = notes

    def error(self, rule: str, field: str, message: str, hint: str) -> None:
        """As in Notes; `field` counts from the button."""
        self._notes.error(rule, f"{self.path}.{field}", message, hint, self.provider.key)

    def warning(self, rule: str, field: str, message: str, hint: str) -> None:
        """As in Notes."""
        self._notes.warning(rule, f"{self.path}.{field}", message, hint, self.provider.key)

    def parsed(self, rule: str, field: str, parse: Callable[[str], object], text: str) -> bool:
        """As in Notes."""
        return self._notes.parsed(rule, f"{self.path}.{field}", parse, text, self.provider.key)

    def sample(self, field: str, text: str) -> bool:
        """As in Notes."""
        return self._notes.sample(f"{self.path}.{field}", text, self.provider.key)
