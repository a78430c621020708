"""The bytes of a document: JSON or XML, made sense of without trust."""

from __future__ import annotations

import json
from typing import Any

from latchkey.discovery.problems import Problem
from latchkey.text import _

_SPACE = b" \t\r\n"
_BOM = b"\xef\xbb\xbf"


def is_xml(body: bytes) -> bool:
    """It starts as XML and HTML do."""
    start = body[:64].removeprefix(_BOM).lstrip(_SPACE)
    return start.startswith(b"<") or body[:2] in (b"\xff\xfe", b"\xfe\xff")


def is_web_page(body: bytes) -> bool:
    """It is HTML: a page for people."""
    start = body[:2000].removeprefix(_BOM).lstrip(_SPACE).lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<!--")) and (
        b"<html" in body[:4000].lower()
    )


def web_page(source: str) -> Problem:
    """Somebody gave the address of a page."""
    return Problem(
        "web-page",
        _("{source} is a web page for people, not a metadata document.").format(source=source),
        _("Look in the provider's documentation for its issuer, or for an address that ends in {end}.").format(
            end="/.well-known/openid-configuration"
        ),
    )


def json_object(body: bytes, source: str) -> dict[str, Any]:
    """The JSON object that the document is. Raises Problem."""
    if is_web_page(body):
        raise web_page(source)
    check = _("Check the address: the provider's own documentation names it.")
    if not body.strip(_SPACE):
        raise Problem("empty", _("{source} is empty.").format(source=source), check)
    try:
        value = json.loads(body.decode("utf-8-sig"))
    except RecursionError as error:
        message = _("{source} is nested deeper than any metadata.").format(source=source)
        raise Problem("too-deep", message, check) from error
    except ValueError as error:  # UnicodeDecodeError is one, and so is a number of 5,000 digits
        raise Problem(
            "not-json", _("{source} is not JSON, so it is no metadata.").format(source=source), check
        ) from error
    if not isinstance(value, dict):
        raise Problem("not-metadata", _("{source} is JSON, but not metadata.").format(source=source), check)
    return value
