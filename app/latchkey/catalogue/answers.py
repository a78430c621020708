"""A person's answers as a technical profile's metadata carries them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from latchkey.catalogue.entries import Entry, Setting

ANSWER = "<>"
_NAMED = re.compile(r"<([a-z][a-z0-9_]*)>")


def written_metadata(entry: Entry, settings: Mapping[str, str]) -> dict[str, str]:
    """The entry's fixed metadata and these answers, in the order of the file; without client_id.

    What `settings` does not state is at its default; a key without an answer is left out.
    """
    answers = {setting.name: settings.get(setting.name) or setting.default for setting in entry.settings}
    found = dict(entry.metadata)
    for setting in entry.settings:
        if setting.metadata and answers[setting.name]:
            found[setting.metadata] = _written(setting, answers)
    return found


def items(setting: Setting, answer: str) -> tuple[str, ...]:
    """The single answers in the answer to a setting: several for a list, else one."""
    if setting.kind != "list":
        return (answer,)
    return tuple([item for part in answer.split(",") if (item := part.strip())])


def named_settings(value: str) -> tuple[str, ...]:
    """The settings that a `value` names."""
    return tuple(_NAMED.findall(value))


def _written(setting: Setting, answers: Mapping[str, str]) -> str:
    if not setting.value:
        return ",".join(items(setting, answers[setting.name]))
    # The named ones first, in our own text: an answer that looks like a name is never read as one.
    start, _mark, end = setting.value.partition(ANSWER)
    before, after = (_NAMED.sub(lambda found: answers[found[1]], part) for part in (start, end))
    return ",".join(before + item + after for item in items(setting, answers[setting.name]))
