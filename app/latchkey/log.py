"""Logs and reports of defects: useful, and clean. Quiet by default, generous with LATCHKEY_LOG=debug.

What is written is what is known to be harmless, never everything but what is known to be private: the sentences of this
code, numbers, names of classes, files, lines and functions. Of an error's own words only those pass that stand in the
code which raised it, or that every Python says; what a person typed, a path, a secret does not stand there.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
from collections import deque
from collections.abc import Iterator
from types import CodeType, TracebackType

HIDDEN = "█████"
_LOGGERS = "latchkey"
_WORD = r"[^\W_]\w*|\w+"
_LONGEST_NUMBER = 4  # digits; longer ones may be somebody's id
_REMEMBERED = 200  # lines
_DEEPEST = 10  # errors that led to one another
# What Python's own errors say of anything; the rest of their words are names, which the code has.
_SAID = frozenset({
    "a", "an", "and", "are", "argument", "arguments", "assignment", "at", "attribute", "be", "but", "by", "can",
    "cannot", "codec", "concatenate", "could", "decode", "dict", "division", "empty", "encode", "exceeded",
    "expected", "for", "found", "from", "function", "generator", "got", "has", "have", "in", "index", "instance",
    "int", "integer", "is", "iterable", "keyword", "list", "local", "maximum", "method", "missing", "module", "must",
    "no", "non", "not", "object", "of", "only", "operand", "or", "ordinal", "out", "outside", "pack", "positional",
    "range", "recursion", "referenced", "required", "sequence", "set", "size", "slice", "str", "subscriptable",
    "supported", "takes", "than", "the", "to", "too", "tuple", "type", "types", "unexpected", "unhashable", "unpack",
    "unsupported", "value", "values", "variable", "was", "were", "while", "with", "without", "yet", "zero",
    "NoneType", "None", "True", "False", "bytes", "bool", "float", "already", "been", "C", "deleted", "destroyed",
    "internal", "invalid", "literal", "base", "Errno", "libshiboken", "signal", "slot", "source", "thread", "wrapped",
})  # fmt: skip


def logger(name: str) -> logging.Logger:
    """A module's own logger. One without this says what it has to say on standard error, as it is, where nobody has set
    logging up.
    """
    ours = logging.getLogger(_LOGGERS)
    if not ours.handlers:
        ours.addHandler(logging.NullHandler())
    return logging.getLogger(name)


class Plain(str):
    """A text that stands in the code, for a log: anything else that is a text is hidden."""

    __slots__ = ()


class _Clean(logging.Formatter):
    """Writes a record with its harmless parts only."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and below it what led to it."""
        ours = record.name.partition(".")[0] == _LOGGERS
        text = _filled(record) if ours else Plain(HIDDEN)  # what other people's code says, it says without asking us
        lines = [f"{record.levelname} {record.name}: {text}"]
        if record.exc_info and record.exc_info[1] is not None:
            lines += told(record.exc_info[1])
        return "\n".join(lines)


def start() -> None:
    """Set logging up once, for the whole process, from LATCHKEY_LOG (debug, info, warning; default error)."""
    level = getattr(logging, os.environ.get("LATCHKEY_LOG", "error").upper(), logging.ERROR)
    root = logging.getLogger()
    if any(isinstance(handler.formatter, _Clean) for handler in root.handlers):
        return
    handler = logging.StreamHandler()
    handler.setFormatter(_Clean())
    handler.addFilter(_worth)
    root.addHandler(handler)
    root.setLevel(level if isinstance(level, int) else logging.ERROR)


def _worth(record: logging.LogRecord) -> bool:
    """Whether a record says anything: of other code only that something is amiss, since its words are hidden."""
    return record.name.partition(".")[0] == _LOGGERS or record.levelno >= logging.WARNING


class _Recent(logging.Handler):
    """The last lines, for the report of a problem."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.setFormatter(_Clean())
        self.lines: deque[str] = deque(maxlen=_REMEMBERED)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.lines.extend(self.format(record).splitlines())


def remember() -> None:
    """From now on the last lines are kept in memory, however quiet the log is."""
    start()
    ours = logging.getLogger(_LOGGERS)
    if not any(isinstance(handler, _Recent) for handler in ours.handlers):
        ours.addHandler(_Recent())
        if ours.getEffectiveLevel() > logging.INFO:
            for handler in logging.getLogger().handlers:
                handler.setLevel(ours.getEffectiveLevel())
            ours.setLevel(logging.INFO)


def recent() -> list[str]:
    """The last lines that were logged, clean; none if nobody asked to remember them."""
    handlers = logging.getLogger(_LOGGERS).handlers
    return [line for handler in handlers if isinstance(handler, _Recent) for line in handler.lines]


def no_core_dump() -> None:
    """If this process dies of a defect, the system does not write its memory, with secrets in it, to the disk."""
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has no such dumps of its own accord
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def told(error: BaseException) -> list[str]:
    """An error, and those that led to it: where, what kind, and the harmless ones of its words."""
    lines: list[str] = []
    for one in _led_to(error):
        lines += [f"  {_base(code.co_filename)}:{line} {code.co_name}" for code, line in _frames(one.__traceback__)]
        system = re.findall(_WORD, os.strerror(one.errno)) if isinstance(one, OSError) and one.errno else []
        said = words(_message(one), _vocabulary(one.__traceback__) | {*system})
        lines.append(f"{type(one).__name__}: {said}" if said else type(one).__name__)
    return lines


def words(text: str, known: frozenset[str] = frozenset()) -> str:
    """A text with everything hidden that is not known to be harmless."""

    def pass_or_hide(match: re.Match[str]) -> str:
        word = match.group()
        harmless = word in known or word in _SAID or (word.isdigit() and len(word) <= _LONGEST_NUMBER)
        return word if harmless or _is_qts(word) else HIDDEN

    return re.sub(rf"{HIDDEN}(\W*{HIDDEN})+", HIDDEN, re.sub(_WORD, pass_or_hide, text))


def _filled(record: logging.LogRecord) -> str:
    arguments = record.args
    if isinstance(arguments, tuple):
        return str(record.msg) % tuple(map(_harmless, arguments))
    return str(record.msg) if not arguments else HIDDEN


def _harmless(value: object) -> object:
    if isinstance(value, bool | int | float | Plain) or value is None:
        return value
    if isinstance(value, type):
        return value.__name__
    return value if isinstance(value, str) and value in _kinds() else HIDDEN


def _kinds() -> set[str]:
    """The names of all kinds of errors that there are."""
    names, new = set(), [BaseException]
    while new:
        kind = new.pop()
        if kind.__name__ not in names:
            names.add(kind.__name__)
            new += type.__subclasses__(kind)
    return names


def _led_to(error: BaseException) -> Iterator[BaseException]:
    """The error and its causes, the first cause first."""
    chain = [error]
    while len(chain) < _DEEPEST:
        last = chain[-1]
        before = last.__cause__ or (None if last.__suppress_context__ else last.__context__)
        if before is None or before in chain:
            break
        chain.append(before)
    return reversed(chain)


def _frames(trace: TracebackType | None) -> Iterator[tuple[CodeType, int]]:
    while trace is not None:
        yield trace.tb_frame.f_code, trace.tb_lineno
        trace = trace.tb_next


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001  (whatever it is, it can't even say so)
        return ""


def _vocabulary(trace: TracebackType | None) -> frozenset[str]:
    """Every word that stands in the code which an error came through."""
    known: set[str] = set()
    for code, _line in _frames(trace):
        known |= {*code.co_names, *code.co_varnames, *code.co_freevars, *code.co_cellvars, code.co_name}
        for value in code.co_consts:
            if isinstance(value, str):
                known.update(re.findall(_WORD, value))
            elif isinstance(value, tuple | frozenset):
                known.update(one for one in value if isinstance(one, str))
    return frozenset(known)


def _is_qts(word: str) -> bool:
    """A class of Qt's."""
    return re.fullmatch(r"Q[A-Z][A-Za-z]+", word) is not None


def _base(path: str) -> str:
    return re.split(r"[/\\]", path)[-1]
