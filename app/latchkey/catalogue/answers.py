"""A person's answers as a technical profile's metadata carries them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from latchkey.catalogue.entries import Entry, Setting
from latchkey.catalogue.patterns import matches

ANSWER = "<>"
_GROUP = "_answer"  # no setting's name starts with _
_NAMED = re.compile(r"<([a-z][a-z0-9_]*)>")


def written_metadata(entry: Entry, settings: Mapping[str, str]) -> dict[str, str]:
    """The entry's fixed metadata and these answers, in the order of the file; without client_id.

    What `settings` does not state is at its default; a key without an answer is left out.
    """
    answers = {setting.name: settings.get(setting.name) or setting.assumed for setting in entry.settings}
    found = dict(entry.metadata)
    for setting in entry.settings:
        if setting.metadata and answers[setting.name]:
            found[setting.metadata] = _written(setting, answers)
    return found


def stated_metadata(entry: Entry, settings: Mapping[str, str]) -> dict[str, str]:
    """Of that, what these answers decide: for a profile that is there already, whose other values are its own."""
    written = written_metadata(entry, settings)
    return {
        setting.metadata: written[setting.metadata]
        for setting in entry.settings
        if setting.metadata in written
        and any(settings.get(name) for name in (setting.name, *named_settings(setting.value)))
    }


def answers_in(entry: Entry, metadata: Mapping[str, str]) -> dict[str, str]:
    """The answers that a profile's metadata holds. What could not be written back as it is there is left out."""
    found: dict[str, str] = {}
    for setting in entry.settings:
        value = metadata.get(setting.metadata, "") if setting.metadata else ""
        answers = _read(entry, setting, value) if value else None
        if answers is not None and all(found.get(name, answer) == answer for name, answer in answers.items()):
            found |= answers
    written = written_metadata(entry, found)
    for setting in entry.settings:
        if setting.name in found and setting.metadata and written[setting.metadata] != metadata[setting.metadata]:
            del found[setting.name]
    return found


def fits(entry: Entry, setting: Setting, value: str) -> bool:
    """The metadata `value` could have come from an answer to this setting, by its `value`, choices and pattern."""
    return bool(setting.value) and _read(entry, setting, value) is not None


def _read(entry: Entry, setting: Setting, value: str) -> dict[str, str] | None:
    """The answers behind one metadata value: to the setting, and to those that it names. None: it has another form."""
    if not setting.value:
        return {setting.name: value}
    matches = [re.fullmatch(_form(entry, setting), part.strip()) for part in items(setting, value)]
    found = [match.groupdict() for match in matches if match is not None]
    if not found or len(found) < len(matches):
        return None
    given = [groups.pop(_GROUP) for groups in found]
    if not all(_allowed(setting, answer) for answer in given) or any(groups != found[0] for groups in found):
        return None
    return found[0] | {setting.name: ", ".join(given)}


def _form(entry: Entry, setting: Setting) -> str:
    """The regular expression for what this setting writes, with a group for each answer in it."""
    pattern = re.escape(setting.value).replace(re.escape(ANSWER), f"(?P<{_GROUP}>.+)")
    for name in named_settings(setting.value):
        named = entry.setting(name)
        choices = "|".join(map(re.escape, named.choices)) if named is not None and named.choices else ".+"
        pattern = pattern.replace(re.escape(f"<{name}>"), f"(?P<{name}>{choices})")
    return pattern


def _allowed(setting: Setting, answer: str) -> bool:
    if setting.choices:
        return answer in setting.choices
    return not setting.pattern or matches(setting.pattern, answer)


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
