"""Indentation, and the seal."""

from __future__ import annotations

import pytest

from latchkey.compose.layout import indented
from latchkey.compose.seal import is_sealed, sealed

XML = '<?xml version="1.0" encoding="utf-8"?>\n<a>\n  <b>微信</b>\n</a>\n'


def test_lines_are_indented_by_depth() -> None:
    rendered = """<?xml version="1.0"?>

<!-- one
two -->
<a
x="1"
y="2">

<b>

<c>text</c>
<d />


<!-- three -->
<e
z="3" />

</b>
</a>

"""
    assert indented(rendered) == (
        '<?xml version="1.0"?>\n\n<!-- one\n     two -->\n<a\n  x="1"\n  y="2">\n\n  <b>\n    <c>text</c>\n    <d />\n\n'
        '    <!-- three -->\n    <e\n      z="3" />\n  </b>\n</a>\n'
    )


def test_only_line_feeds_end_lines() -> None:
    assert indented("<a>\n<b>x\u2028y\u0085z</b>\n</a>\n") == "<a>\n  <b>x\u2028y\u0085z</b>\n</a>\n"


@pytest.mark.parametrize("rendered", ["<a>\n", "</a>\n", "<!-- a\n", "<a\n"])
def test_a_template_that_does_not_close_what_it_opens_is_an_error(rendered: str) -> None:
    with pytest.raises(ValueError, match="template"):
        indented(rendered)


def test_a_seal_holds_until_something_changes() -> None:
    data = sealed(XML)
    assert data.isascii()
    assert b"&#24494;&#20449;" in data
    assert is_sealed(data)
    assert is_sealed(data.replace(b"\n", b"\r\n"))
    assert not is_sealed(data.replace(b"<b>", b"<b> "))
    assert not is_sealed(data + b"\n")
    assert not is_sealed(data[1:])
    assert not is_sealed(XML.encode())
    assert not is_sealed(b"")


def test_a_copied_seal_is_none() -> None:
    lines = sealed(XML).split(b"\n")
    other = sealed(XML.replace("微信", "QQ")).split(b"\n")
    assert not is_sealed(b"\n".join([other[0], lines[1], *other[2:]]))


def test_a_seal_far_down_is_text_of_somebody_else() -> None:
    line = sealed(XML).split(b"\n")[1] + b"\n"
    assert not is_sealed(b" " * 400 + line)
