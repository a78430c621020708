"""Drafts as files: `NAME.latchkey.toml`, read strictly and written so that nothing is ever half there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from latchkey.catalogue.tokens import has_endless_key
from latchkey.draft.characters import shown
from latchkey.draft.draft import Draft
from latchkey.draft.reading import BadValue, read
from latchkey.draft.writing import dumps
from latchkey.errors import Refused, Unreadable
from latchkey.files import write_whole
from latchkey.files.plain import NotPlain, open_plain
from latchkey.files.refusals import advice
from latchkey.text import _

__all__ = ["SUFFIX", "dumps", "load", "loads", "save"]

SUFFIX = ".latchkey.toml"
MOST_BYTES = 1_000_000


def load(path: str | Path) -> Draft:
    """The draft in that file. Raises Unreadable or Refused, each one line with the file's name."""
    return loads(_decoded(_bytes_of(Path(path)), str(path)), str(path))


def loads(text: str, name: str) -> Draft:
    """The draft that the text states; `name` is what messages call it. Raises Refused."""
    called = shown(name, 200)
    values = _parsed(text.removeprefix("\ufeff"), called)
    try:
        return read(values)
    except BadValue as bad:
        raise Refused(f"{called}: {bad.message}", bad.hint) from bad


def save(draft: Draft, path: str | Path) -> None:
    """Write the draft: all of it or nothing. A draft that is there already keeps its comments and its permissions.

    Raises Unreadable when the place can't be written, Refused when what is there is not a draft.
    """
    target = Path(path)
    text = dumps(draft)
    data = _bytes_of_present(target)
    if data:
        from latchkey.draft.keeping import keep

        present = _decoded(data, str(path))
        try:
            old = loads(present, str(path))
        except Refused as refused:
            raise Refused(refused.message, _("It was left as it is. Save the draft under another name.")) from refused
        text = keep(present.removeprefix("\ufeff"), old, draft, lambda again: loads(again, str(path)))
    _write(target, text.encode("utf-8"), data or None)


def _bytes_of_present(path: Path) -> bytes:
    """What the file holds; nothing if there is none yet."""
    try:
        return _bytes_of(path)
    except Unreadable as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return b""
        raise


def _bytes_of(path: Path) -> bytes:
    called = shown(str(path), 200)
    try:
        if path.is_dir():  # Windows can't even open one
            raise Unreadable(
                _("{path} is a folder, not a draft.").format(path=called),
                _("Give the path of a file that ends in {suffix}.").format(suffix=SUFFIX),
            )
        with open_plain(path) as file:
            data = file.read(MOST_BYTES + 1) or b""
    except NotPlain as error:
        raise Unreadable(
            _("{path} is not an ordinary file.").format(path=called), _("Give the path of a draft.")
        ) from error
    except FileNotFoundError as error:
        raise Unreadable(
            _("{path} does not exist.").format(path=called), _("Check the spelling of the path.")
        ) from error
    except PermissionError as error:
        raise Unreadable(
            _("{path} can't be read: you have no right to.").format(path=called),
            _("Ask its owner for the right to read it, or copy it to a place of your own."),
        ) from error
    except (OSError, ValueError) as error:
        raise Unreadable(
            _("{path} can't be read: {reason}.").format(path=called, reason=_reason(error)),
            _("Check the path and try again."),
        ) from error
    if len(data) > MOST_BYTES:
        raise Refused(
            _("{path} is larger than 1 MB: this can't be a draft.").format(path=called),
            _("Give the path of a file that ends in {suffix}.").format(suffix=SUFFIX),
        )
    return data


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(
            _("{path}, line {line}: this is not UTF-8 text.").format(path=shown(name, 200), line=line),
            _("Save the file as UTF-8 in a text editor."),
        ) from error


def _parsed(text: str, called: str) -> dict[str, object]:
    if has_endless_key(text):
        raise Refused(
            _("{path} holds a key with too many dots.").format(path=called),
            _("Keys of a draft have at most three parts."),
        )
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused(_where(text, error, called), _("Correct that line with a text editor.")) from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, ten thousand nested lists
        raise Refused(
            _("{path} is not a draft: it holds a value that can't be read.").format(path=called),
            _("Compare it with the examples in the documentation."),
        ) from error


def _where(text: str, error: Exception, called: str) -> str:
    """What the parser says, with the line in front. Its own words are English in every language."""
    said = str(error)
    at = re.search(r" \((?:at line (\d+), column \d+|at end of document)\)$", said)
    reason = shown(said[: at.start()] if at else said, 160)
    line = at.group(1) if at and at.group(1) else text.count("\n", 0, max(len(text) - 1, 0)) + 1
    return _("{path}, line {line}: this is not TOML ({reason}).").format(path=called, line=line, reason=reason)


def _write(target: Path, data: bytes, known: bytes | None) -> None:
    """Replace what is there, if it is still what was read."""
    try:
        write_whole(target, data, known)
    except (OSError, ValueError) as error:
        raise Unreadable(
            _("{path} can't be written: {reason}.").format(path=shown(str(target), 200), reason=_reason(error)),
            advice(error),
        ) from error


def _reason(error: Exception) -> str:
    return (error.strerror or type(error).__name__) if isinstance(error, OSError) else _("the name is not possible")
