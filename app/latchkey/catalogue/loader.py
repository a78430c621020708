"""Provider files into the catalogue. Strict: a file that is not quite right is refused: its name, the key, and why.

The program's own files lie in `resources/providers`; a person may have a folder of their own with the same kind of
files (`own_folder`). Files are data: nothing in them is run.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from latchkey.catalogue.catalogue import Catalogue, RefusedFile
from latchkey.catalogue.entries import Entry
from latchkey.catalogue.rules import problems
from latchkey.catalogue.shape import Place, read_table, shown
from latchkey.catalogue.tokens import has_endless_key
from latchkey.errors import Refused, Unreadable
from latchkey.files.plain import open_plain
from latchkey.paths import config_folder, resource
from latchkey.text import _

SIZE_LIMIT = 256 * 1024


def own_folder() -> Path:
    """Where a person may put provider files of their own."""
    return config_folder() / "providers"


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """All providers: the program's own, and those of a person's folder (theirs unless named; it need not exist).

    What can't be used in that folder is told in `Catalogue.refused`, and the rest is used. Raises Refused or Unreadable
    only where the program's own files are broken.
    """
    entries = {path.stem: load_entry(path) for path in _files(resource("providers"), needed=True)}
    refused: list[RefusedFile] = []
    own = own_folder() if folder is None else folder
    try:
        paths = tuple(_files(own))
    except Unreadable as error:
        paths, refused = (), [RefusedFile(str(own), error.message, error.hint)]
    for path in paths:
        try:
            entry = load_entry(path)
            _refuse_taken(path, entry, entries)
        except (Refused, Unreadable) as error:
            refused.append(RefusedFile(str(path), error.message, error.hint))
        else:
            entries[entry.type] = entry
    return Catalogue.of(entries.values(), refused)


def _refuse_taken(path: Path, entry: Entry, entries: Mapping[str, Entry]) -> None:
    if entry.type in entries:
        raise Refused(
            _("{file}: type is “{type}”, which Latchkey has already.").format(file=path, type=entry.type),
            _("Give the provider another type, and its file that name."),
        )


def load_entry(path: Path) -> Entry:
    """The provider in one file. Raises Refused or Unreadable."""
    try:
        with open_plain(path) as file:
            data = file.read(SIZE_LIMIT + 1) or b""
    except OSError as error:
        raise _unreadable(path, error) from error
    return parse_entry(data, str(path))


def parse_entry(data: bytes, file: str) -> Entry:
    """The provider in the bytes of `file`, whose name must be the type's. Raises Refused, naming file and key."""
    if len(data) > SIZE_LIMIT:
        raise Refused(
            _("{file} is too big for a provider file.").format(file=file),
            _("{limit} KB is the limit. Is it really a provider file?").format(limit=SIZE_LIMIT // 1024),
        )
    entry = read_table(Entry, _toml(data, file), Place(file))
    for problem in problems(entry):
        raise Refused(f"{file}: {problem.message.format(key=shown(problem.path))}", problem.hint)
    if Path(file).stem != entry.type:
        raise Refused(
            _("{file}: type is “{type}”, but the file is called otherwise.").format(file=file, type=entry.type),
            _("Call the file {name}.").format(name=f"{entry.type}.toml"),
        )
    return entry


def _toml(data: bytes, file: str) -> object:
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        if has_endless_key(text):
            raise Refused(
                _("{file} holds a key with too many dots.").format(file=file),
                _("Keys of a provider file have at most three parts."),
            )
        return tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise Refused(_("{file} is not a UTF-8 text.").format(file=file), _("Save it as UTF-8.")) from error
    except (ValueError, RecursionError) as error:  # ValueError: also a number of thousands of digits
        reason = " ".join(str(error).split())[:200]
        raise Refused(
            _("{file} is not TOML: {reason}.").format(file=file, reason=reason),
            _("Mend it there. How TOML is written: https://toml.io/en/."),
        ) from error


def _files(folder: Path, needed: bool = False) -> Iterator[Path]:
    """The provider files of a folder in the order of their names, without hidden ones."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not needed:
            return
        raise _unreadable(folder, error) from error
    yield from (folder / name for name in names if name.endswith(".toml") and not name.startswith("."))


def _unreadable(path: Path, error: OSError) -> Unreadable:
    return Unreadable(
        _("{path} can't be read: {reason}.").format(path=path, reason=error.strerror or error),
        _("Check that it is there and that you may read it."),
    )
