"""Indentation, in one place: templates put one construct on a line, this makes a file that is pleasant to read.

Values can't disturb it: they are one line each, and their `<` and `>` are escaped.
"""

from __future__ import annotations

INDENT = "  "
_FURTHER = {"-->": "     ", ">": INDENT}  # further lines of a comment, and of a tag


def indented(text: str) -> str:  # noqa: C901  (in one piece, since it runs once for every line of every file)
    """The rendered `text` with two spaces a level, no trailing spaces, and single blank lines where some are wanted."""
    lines: list[str] = []
    append = lines.append
    depth, indent = 0, ""
    opened = True  # the last line is a start tag of one line, or there is none
    inside = ""  # what ends the construct that runs over several lines: "-->" or ">"
    for line in map(str.strip, text.split("\n")):
        if not line:
            if not opened and lines[-1]:  # not at the top, after another one, nor right under a start tag of one line
                append("")
            continue
        if inside:
            append(indent + _FURTHER[inside] + line)
            if line.endswith(inside):
                depth += inside == ">" and not line.endswith("/>")
                indent, inside, opened = INDENT * depth, "", False
            continue
        opened = False
        second = line[1:2]
        if second == "/":
            depth -= 1
            indent = INDENT * depth
            if lines and not lines[-1]:
                _unblank(lines)
            append(indent + line)
            continue
        append(indent + line)
        if second == "!":
            inside = "" if line[-3:] == "-->" else "-->"
        elif "</" in line or line[-2:] == "/>" or second == "?":
            pass  # the common case: an element with a text, or an empty one
        elif line[-1] != ">":
            inside = ">"
        elif line[0] == "<":  # a start tag alone
            opened = True
            depth += 1
            indent = INDENT * depth
    if depth or inside:
        raise ValueError(f"the template leaves {depth} elements open")
    _unblank(lines)
    return "\n".join(lines) + "\n"


def _unblank(lines: list[str]) -> None:
    """No blank line right above an end tag, nor at the end."""
    while lines and not lines[-1]:
        lines.pop()
