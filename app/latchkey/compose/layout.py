"""Indentation, in one place: templates put one construct on a line, this makes a file that is pleasant to read.

Values can't disturb it: they are one line each, and their `<` and `>` are escaped.
"""

from __future__ import annotations

INDENT = "  "


def indented(text: str) -> str:
    """The rendered `text` with two spaces a level, no trailing spaces, and single blank lines where some are wanted."""
    lines: list[str] = []
    depth = 0
    inside = ""  # what ends the construct that runs over several lines: "-->" or ">"
    for raw in text.split("\n"):
        line = raw.strip()
        if not line:
            _blank(lines)
        elif inside:
            lines.append(INDENT * depth + ("     " if inside == "-->" else INDENT) + line)
            if line.endswith(inside):
                depth += inside == ">" and not line.endswith("/>")
                inside = ""
        elif line.startswith("</"):
            depth -= 1
            _unblank(lines)
            lines.append(INDENT * depth + line)
        else:
            lines.append(INDENT * depth + line)
            if line.startswith("<!--"):
                inside = "" if line.endswith("-->") else "-->"
            elif not line.endswith(">"):
                inside = ">"
            elif _opens(line):
                depth += 1
    if depth or inside:
        raise ValueError(f"the template leaves {depth} elements open")
    _unblank(lines)
    return "\n".join(lines) + "\n"


def _opens(line: str) -> bool:
    """A start tag alone on its line."""
    return line.startswith("<") and line[1] not in "!?/" and not line.endswith("/>") and "</" not in line


def _blank(lines: list[str]) -> None:
    """A blank line, but not at the top, after another one, nor right under a start tag of one line."""
    if lines and lines[-1] and not _opens(lines[-1].lstrip()):
        lines.append("")


def _unblank(lines: list[str]) -> None:
    """No blank line right above an end tag, nor at the end."""
    while lines and not lines[-1]:
        lines.pop()
