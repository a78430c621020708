"""What a provider file may say about its settings, the metadata that they fill, and the shapes of answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from latchkey.catalogue.answers import ANSWER, items, named_settings
from latchkey.catalogue.entries import ClientId, Entry, Secret, Setting
from latchkey.catalogue.patterns import is_quick, matches
from latchkey.catalogue.problem import Problem, one_of
from latchkey.policy.names import key
from latchkey.text import _

_SETTING = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def settings(entry: Entry) -> Iterator[Problem]:
    """Each setting has a name of its own, and what it offers, presets and shows as example fits its kind."""
    seen: set[str] = set()
    for number, setting in enumerate(entry.settings):
        path = f"settings[{number}]"
        if _SETTING.fullmatch(setting.name) is None:
            yield Problem(
                f"{path}.name",
                _("{key} can't be the name of a setting."),
                _("Use small letters, digits and single underscores, for example metadata_url."),
            )
        if setting.name in seen:
            yield Problem(f"{path}.name", _("{key} is the name of an earlier setting too."), _("Give it another name."))
        seen.add(setting.name)
        yield from _setting(setting, path)
        yield from _setting_value(entry, setting, path)


def _setting(setting: Setting, path: str) -> Iterator[Problem]:
    if (setting.kind == "choice") != bool(setting.choices):
        yield Problem(
            f"{path}.choices", _("{key} does not fit the kind."), _("A choice lists its choices, others have none.")
        )
    elif setting.kind == "choice":
        if len(set(setting.choices)) < len(setting.choices) or not all(setting.choices):
            yield Problem(f"{path}.choices", _("{key} has a choice twice or empty."), _("Write each choice once."))
        if not setting.required and setting.default not in setting.choices:
            yield Problem(f"{path}.default", _("{key} is not one of the choices."), one_of(setting.choices))
        if setting.example not in setting.choices:
            yield Problem(f"{path}.example", _("{key} is not one of the choices."), one_of(setting.choices))
    if setting.required and setting.default:
        yield Problem(
            f"{path}.default", _("{key} is of no use."), _("What is required is always stated: take one away.")
        )


def _setting_value(entry: Entry, setting: Setting, path: str) -> Iterator[Problem]:
    """`value` holds the answer once, names settings that always have one, and is written somewhere."""
    if not setting.value:
        return
    if setting.value.count(ANSWER) != 1 or not setting.metadata:
        yield Problem(
            f"{path}.value",
            _("{key} has no place for the answer."),
            _("Write <> once where the answer goes, and name the metadata key that carries it."),
        )
    for name in named_settings(setting.value):
        other = entry.setting(name)
        if other is None or not (other.required or other.default):
            yield Problem(
                f"{path}.value",
                _("{key} names no setting that always has an answer."),
                _("Write <name> with the name of a setting that is required or has a default."),
            )


def metadata(entry: Entry) -> Iterator[Problem]:
    """A metadata key is written once: fixed, by a setting, or (`client_id`) by the client id."""
    written = {key(name): name for name in entry.metadata}
    if entry.client_id is not None:
        if "client_id" in written:
            yield _twice("metadata.client_id")
        written["client_id"] = "client_id"
    for name, value in entry.metadata.items():
        if not name or not value:
            yield Problem(f"metadata.{name}", _("{key} is empty."), _("Write key and value as documented."))
    if len({key(name) for name in entry.metadata}) < len(entry.metadata):
        yield _twice("metadata")
    for number, setting in enumerate(entry.settings):
        if setting.metadata:
            if key(setting.metadata) in written:
                yield _twice(f"settings[{number}].metadata")
            written[key(setting.metadata)] = setting.metadata


def shapes(entry: Entry) -> Iterator[Problem]:
    """A pattern is a regular expression, comes with its words, and fits the example."""
    if entry.client_id is not None:
        yield from _shape("client_id", entry.client_id, (entry.client_id.example,))
    if entry.secret is not None:
        yield from _shape("secret", entry.secret, ())
    for number, setting in enumerate(entry.settings):
        yield from _shape(f"settings[{number}]", setting, items(setting, setting.example))


def _shape(path: str, part: ClientId | Secret | Setting, examples: tuple[str, ...]) -> Iterator[Problem]:
    if bool(part.pattern) != bool(part.shape):
        yield Problem(
            f"{path}.shape", _("{key} and the pattern belong together."), _("Write pattern and shape, or neither.")
        )
    if not (part.pattern and part.shape):
        return
    try:
        quick = is_quick(part.pattern)
    except (re.error, RecursionError, OverflowError):
        yield Problem(f"{path}.pattern", _("{key} is not a regular expression."), _("Mend it, or take it away."))
        return
    if not quick:
        yield Problem(
            f"{path}.pattern",
            _("{key} is a regular expression that may take for ever."),
            _("Repeat nothing within what is repeated, and leave no more than three parts without an end."),
        )
        return
    if not all(matches(part.pattern, example) for example in examples):
        yield Problem(f"{path}.example", _("{key} does not fit the pattern."), _("Change one of the two."))


def _twice(path: str) -> Problem:
    return Problem(
        path,
        _("{key} names a metadata key that is written already."),
        _("Each metadata key is written once: fixed under metadata, by a setting, or client_id by the client id."),
    )
