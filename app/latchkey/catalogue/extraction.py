"""Which texts of a provider file are ours to translate, and Babel's way to them.

A portal's own words (APP ID, 授权回调域) stay as they are: people must find them again. Ours are the explanations,
the questions that we ask, the words for a shape, and, for generic types, all labels. Whoever shows one passes it
through `latchkey.text._`; a portal's word passes through unchanged. Titles have theirs in the file (`titles`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO

from latchkey.catalogue.entries import Entry
from latchkey.catalogue.loader import parse_entry


def translatable(entry: Entry) -> tuple[str, ...]:
    """The entry's texts that a translator should see, each once, in the order of the file's form."""
    parts = [part for part in (entry.client_id, entry.secret) if part is not None]
    texts = [part.shape for part in (*parts, *entry.settings)]
    for setting in entry.settings:
        texts += [setting.label, setting.help]
    if entry.secret is not None and entry.secret.shared:
        texts.append(entry.secret.label)
    if entry.generic:
        texts += [part.label for part in (*parts, entry.callback, *entry.callback.also)]
    return tuple(dict.fromkeys(text for text in texts if text))


def extract(
    file: IO[bytes], keywords: object, comment_tags: object, options: Mapping[str, str]
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Babel's extraction method for provider files: line, function, message, comments.

    In Babel's mapping: `provider = latchkey.catalogue.extraction:extract` under `[extractors]`, and
    `[provider: resources/providers/**.toml]`.
    """
    data = file.read()
    lines = data.decode("utf-8").splitlines()
    entry = parse_entry(data, file.name)
    for text in translatable(entry):
        line = next((number for number, content in enumerate(lines, 1) if text in content), 1)
        yield line, "_", text, [entry.title]
