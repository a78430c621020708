"""The catalogue: every provider type there is, in the order of the gallery, and a search over them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, Self

from latchkey.catalogue.entries import Entry

# What most people come for stands first; then the alphabet; then "any provider that speaks this protocol".
FIRST = ("wechat", "qq")
PROTOCOLS = ("OpenIdConnect", "OAuth2", "OAuth1", "SAML2")


class RefusedFile(NamedTuple):
    """A file of a person's own folder that can't be used, why, and what to do."""

    file: str
    message: str
    hint: str


class Catalogue(Mapping[str, Entry]):
    """Entries by type. Iterates over types, `values()` over entries, both in the order of the gallery.

    `refused` are the files of a person's own folder that could not be used.
    """

    def __init__(self, entries: Mapping[str, Entry], refused: Iterable[RefusedFile] = ()) -> None:
        self._entries = dict(entries)
        self.refused = tuple(refused)

    @classmethod
    def of(cls, entries: Iterable[Entry], refused: Iterable[RefusedFile] = ()) -> Self:
        """A catalogue of these entries, put into the gallery's order. Types must differ."""
        return cls({entry.type: entry for entry in sorted(entries, key=_gallery)}, refused)

    def __getitem__(self, type_: str) -> Entry:
        return self._entries[type_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def search(self, words: str) -> tuple[Entry, ...]:
        """Entries in which each of the words occurs, in the order of the gallery; all of them for no words.

        Looks at type, titles in every language and search words (there the files give pinyin: `weixin`). Case and
        width do not count: the wide letters of a Chinese keyboard find QQ too.
        """
        wanted = folded(words).split()
        return tuple(entry for entry in self.values() if all(word in _haystack(entry) for word in wanted))


def rank(entry: Entry, words: str) -> int:
    """How well the words fit one of an entry's names: 0 it is one, 1 one begins so, 2 one of its words does, 3 else."""
    wanted = " ".join(folded(words).split())
    if not wanted:
        return 3
    names = _haystack(entry).split("\n")
    if wanted in names:
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    return 2 if any(f" {wanted}" in name for name in names) else 3


def folded(text: str) -> str:
    """`text` as it compares in a search: without case and width."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _haystack(entry: Entry) -> str:
    texts = (entry.title, *(entry.titles or {}).values(), entry.type, entry.provider_display_name, *entry.search)
    return folded("\n".join(texts))


def _gallery(entry: Entry) -> tuple[bool, int, int, str, str]:
    first = FIRST.index(entry.type) if entry.type in FIRST else len(FIRST)
    by_protocol = PROTOCOLS.index(entry.protocol) if entry.generic else 0
    return (entry.generic, first, by_protocol, folded(entry.title), entry.type)
