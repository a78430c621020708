"""What goes to the terminal, a file or a pipe: safe to show, in whatever encoding is there.

Texts of opened files may hold escape sequences that command a terminal, or marks that turn the reading direction.
None gets through: they are shown as U+FFFD.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import json
import os
import re
import sys
from typing import Any, NamedTuple, TextIO

from latchkey.errors import LatchkeyError, Unreadable
from latchkey.text import _

DONE, REFUSED, WRONG = 0, 1, 2

# Control characters but tab and line feed; marks of reading direction; separators of lines; halves of surrogate pairs.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_PLAIN = str.maketrans({"“": '"', "”": '"', "’": "'", "…": "...", "→": "->", "←": "<-", "·": "-", "—": "-", "–": "-",
                          "└": "`", "├": "|", "│": "|", "─": "-"})  # fmt: skip


class Result(NamedTuple):
    """How a command ended: the exit status, and all that it says on standard output and on standard error."""

    status: int
    text: str = ""
    errors: str = ""


def answer(status: int, *, as_json: bool, data: Any, text: str) -> Result:
    """The result in the form that was asked for."""
    return Result(status, to_json(data) if as_json else text)


def to_json(data: Any) -> str:
    """One JSON document. ASCII only where it holds what a terminal should not get, or where standard output is not
    UTF-8, as in a pipe on Windows: programs expect UTF-8, of which ASCII is a part. https://www.rfc-editor.org/rfc/rfc8259#section-8.1
    """
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return json.dumps(data, indent=2) if _UNSAFE.search(text) or not _is_utf8(sys.stdout) else text


def safe(text: str) -> str:
    """The text with everything that could command a terminal made visible. Line ends stay."""
    return _UNSAFE.sub("\ufffd", text)


def flat(text: str) -> str:
    """The text safe and on one line: for values that come out of files."""
    return safe(" ".join(text.split()))


def write(text: str, stream: TextIO | None = None) -> None:
    """Print the text, ending with a line end. Raises Unreadable when it can't be written; a closed pipe is no error."""
    out = stream or sys.stdout
    if not text or out is None:
        return
    try:
        out.write(_encodable(safe(text), out) + ("" if text.endswith("\n") else "\n"))
        out.flush()
    except OSError as error:
        _hush(out)
        if _has_left(error, out):
            return  # who reads has read enough
        raise Unreadable(
            _("The result can't be written: {reason}.").format(reason=error.strerror or type(error).__name__),
            _("Make room, or send it elsewhere."),
        ) from error


def complain(error: LatchkeyError) -> None:
    """Two lines on standard error: what is wrong, what to do."""
    lines = [line for line in (flat(error.message), flat(error.hint)) if line]
    if sys.stderr is None:  # a Windows program without a console: a double click must not end in nothing
        _show_box("\n\n".join(lines))
        return
    with contextlib.suppress(LatchkeyError):
        write("\n".join(lines), sys.stderr)


def _show_box(text: str) -> None:
    """A box of the system, for when there is nothing else to write on.

    https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-messageboxw
    """
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, text, "Latchkey", 0x10 | 0x10000)  # an error; in front


def _is_utf8(stream: TextIO | None) -> bool:
    return stream is None or codecs.lookup(stream.encoding or "utf-8").name == "utf-8"


def _has_left(error: OSError, stream: TextIO) -> bool:
    """Whether the reader of a pipe has closed it. Windows calls that an invalid argument."""
    if isinstance(error, BrokenPipeError):
        return True
    return sys.platform == "win32" and error.errno == errno.EINVAL and not stream.isatty()


def _encodable(text: str, stream: TextIO) -> str:
    """The text as the stream can take it: plain punctuation first, question marks at last."""
    encoding = stream.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAIN).encode(encoding, "replace").decode(encoding)
    return text


def _hush(stream: TextIO) -> None:
    """Let the interpreter's last flush go nowhere: what is in the stream's buffer can't be written any more."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
