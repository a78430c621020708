"""What stands between the person and a provider's document: each fault with an id, one line and what to do."""

from __future__ import annotations

from latchkey.errors import Refused
from latchkey.text import _, join_sentences


class Problem(Refused):
    """A document could not be had, or is none. `id` is for programs and tests; message and hint are for people."""

    def __init__(self, id_: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.id = id_


def from_a_file() -> str:
    """The way that always remains."""
    return _("Or save the document with your browser and read it from that file.")


def too_slow(host: str, seconds: float) -> Problem:
    """The time is up."""
    return Problem(
        "too-slow",
        _("{host} did not answer in full within {seconds} seconds.").format(host=host, seconds=round(seconds)),
        _("Try again. Azure gives up on slow providers too, and then nobody can sign in."),
    )


def too_big(host: str, limit: int) -> Problem:
    """More bytes than any such document has."""
    return Problem(
        "too-big",
        _("What {host} sends is larger than {limit} KB; a metadata document never is.").format(
            host=host, limit=limit // 1000
        ),
        _("Check the address: it may lead to something else."),
    )


def not_http(host: str) -> Problem:
    """Bytes that are no answer of a web server."""
    return Problem(
        "not-http",
        _("{host} does not answer like a web server.").format(host=host),
        _("Check the address, also the number after the colon if there is one."),
    )


def broken_off(host: str) -> Problem:
    """The connection ended before the answer did."""
    return Problem(
        "broken-off",
        _("{host} broke off the connection before it had answered.").format(host=host),
        _("Try again. If it stays so, ask the people who run the provider."),
    )


def of_status(status: int, url: str) -> Problem | None:
    """What an answer's number means for somebody who asked for a document; None if it is fine."""
    if 200 <= status < 300:
        return None
    if status in (404, 410):
        return Problem(
            "not-found",
            _("There is no document at {url}.").format(url=url),
            _("Check the address: the provider's own documentation names it."),
        )
    if status in (401, 403, 407):
        return Problem(
            "not-allowed",
            _("{url} is not open to everybody (the server said {status}).").format(url=url, status=status),
            join_sentences(_("Azure asks without signing in, so the address must be open to it."), from_a_file()),
        )
    if status == 429 or status >= 500:
        return Problem(
            "server-trouble",
            _("The provider's server is in trouble: it answered {url} with {status}.").format(url=url, status=status),
            _("Try again later; if it stays so, ask the people who run the provider."),
        )
    return Problem(
        "unexpected-status",
        _("{url} was answered with {status} instead of a document.").format(url=url, status=status),
        _("Check the address: the provider's own documentation names it."),
    )
