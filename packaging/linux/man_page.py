# ruff: noqa: SLF001  (argparse offers no other way to look at the arguments of a parser)
"""The manual page, from the command's own help: what `--help` says is what the page says.

PYTHONPATH=app python packaging/linux/man_page.py [LANGUAGE]       to standard output; man(7) tells of the form
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import product

from latchkey.cli.parser import build
from latchkey.text import set_language

_HEADINGS = {
    "en": ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "FILES", "User Commands"),
    "zh_CN": ("名称", "概要", "描述", "选项", "命令", "文件", "用户命令"),
}
_FILES = ("~/.config/latchkey/", "~/.local/state/latchkey/", "NAME.latchkey.toml")


def escaped(text: str) -> str:
    """The text as roff reads it literally: backslashes, hyphens, and no line that begins like a request."""
    plain = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + plain if plain[:1] in (".", "'") else plain


def page(language: str) -> str:
    """The whole page."""
    set_language(language)
    parser = build()
    name, synopsis, description, options, commands, files, book = _HEADINGS[language]
    day = datetime.fromtimestamp(product.build_time(), UTC).date().isoformat()
    lines = [
        f'.TH LATCHKEY 1 "{day}" "Latchkey {product.version()}" "{book}"',
        f".SH {name}",
        f"latchkey \\- {escaped(str(parser.description).rstrip('.。'))}",
        f".SH {synopsis}",
        ".B latchkey",
        "[\\fIDRAFT\\fR | \\fIFOLDER\\fR]",
        ".br",
        ".B latchkey",
        "\\fICOMMAND\\fR [\\fIOPTION\\fR ...]",
        f".SH {description}",
        escaped(str(parser.description)),
        ".PP",
        escaped(str(parser.epilog)),
        f".SH {options}",
        *_arguments(parser),
        f".SH {commands}",
    ]
    for choice in _commands(parser).values():
        lines += _command(choice)
    lines += [f".SH {files}", *(line for file in _FILES for line in (".TP", f".I {escaped(file)}"))]
    return "\n".join(lines) + "\n"


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    (sub,) = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(sub.choices)


def _command(parser: argparse.ArgumentParser) -> Iterator[str]:
    usage = " ".join(parser.format_usage().split())
    yield f".SS {escaped(parser.prog)}"
    yield escaped(str(parser.description))
    yield ".PP"
    yield escaped(usage)
    yield from _arguments(parser)


def _arguments(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Each argument with its help, as a tagged paragraph."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction) or action.help == argparse.SUPPRESS:
            continue
        shown = str(action.metavar or action.dest.upper())
        names = ", ".join(f"\\fB{escaped(option)}\\fR" for option in action.option_strings)
        takes = f" \\fI{escaped(shown)}\\fR" if action.nargs != 0 else ""
        yield ".TP"
        yield (names + takes) if names else f"\\fI{escaped(shown)}\\fR"
        yield escaped(action.help or "")


def main() -> None:
    """Print it."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a terminal or a pipe, never a StringIO
    sys.stdout.write(page(sys.argv[1] if len(sys.argv) > 1 else "en"))


if __name__ == "__main__":
    main()
