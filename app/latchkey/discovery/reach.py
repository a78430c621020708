"""Whether the addresses that a type of provider is built on still answer: asked only when somebody presses for it.

An address is knocked at without a sign-in, so much can't be known from here; the last verdict says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from latchkey.catalogue.entries import Entry
from latchkey.discovery.fetch import Knock, Limits, knock
from latchkey.discovery.hosts import host_in
from latchkey.discovery.judging import called
from latchkey.discovery.places import addresses
from latchkey.discovery.problems import Problem
from latchkey.discovery.reading import connections, read_provider
from latchkey.discovery.tls import Tls
from latchkey.discovery.verdict import Kind, Verdict, note, ok, wont
from latchkey.draft.characters import shown
from latchkey.jobs import Unwatched, Watch
from latchkey.text import _, join_sentences


def reach(
    entry: Entry, settings: Mapping[str, str], watch: Watch | None = None, limits: Limits | None = None
) -> list[Verdict]:
    """Knock at each address, one after the other. Raises what `watch` raises."""
    watch, limits = watch or Unwatched(), limits or Limits()
    found: list[Verdict] = []
    secured: dict[str, Tls | None] = {}
    places = addresses(entry, settings)
    for what, url in places.items():
        if what == "metadata":
            found += _document(url, watch, limits)
            continue
        try:
            knocked = knock(url, watch, limits)
        except Problem as problem:
            hint = join_sentences(_("This is {what}.").format(what=_what(what)), problem.hint)
            found.append(wont(problem.id, problem.message, hint))
            continue
        parts = urlsplit(url)
        secured.setdefault(f"{parts.scheme}://{parts.netloc}/", knocked.tls)
        found += _answered(what, url, knocked)
    found += connections(secured, watch, limits)()
    return [*found, _limits_of_this(bool(places))]


def _what(what: str) -> str:
    return _("the address for a first token") if what == "request_token_endpoint" else called(what)


def _document(url: str, watch: Watch, limits: Limits) -> Iterator[Verdict]:
    """The metadata document is read whole; only what stands against it is told here."""
    try:
        reading = read_provider(url, None, watch, limits)
    except Problem as problem:
        yield wont(problem.id, problem.message, problem.hint)
        return
    faults = [verdict for verdict in reading.verdicts if verdict.kind is Kind.WONT]
    yield from faults
    if not faults:
        yield ok("metadata", _("The metadata document is there and in order."))


def _answered(what: str, url: str, knocked: Knock) -> Iterator[Verdict]:
    host = host_in(url)
    elsewhere = host_in(knocked.location)
    if elsewhere and elsewhere != host:
        yield note(
            "sends-on",
            _("{host} sends on to {other}: {what}.").format(host=host, other=shown(elsewhere), what=_what(what)),
            _("For a sign-in page that is usual. If sign-in fails, the address may have moved there."),
        )
    elif knocked.status in (404, 410):
        yield note(
            "nothing-there",
            _("{host} says that nothing is there: {what}, {address}.").format(
                host=host, what=_what(what), address=shown(url, 120)
            ),
            _("Some say so to everybody who does not really sign in. If sign-in fails, the address may have moved."),
        )
    elif knocked.status >= 500 or knocked.status == 429:
        yield note(
            "server-trouble",
            _("{host} is in trouble (it said {status}): {what}.").format(
                host=host, status=knocked.status, what=_what(what)
            ),
            _("Some say so to everybody who does not really sign in. Try again later."),
        )
    else:
        yield ok("answers", _("{host} answers: {what}.").format(host=host, what=_what(what)))


def _limits_of_this(asked: bool) -> Verdict:
    if not asked:
        return note(
            "no-addresses",
            _("There is no address to ask yet: it depends on answers that are still missing."),
        )
    return note(
        "cannot-know",
        _("Whether people can sign in, this can't show."),
        _(
            "Client id and secret were not sent, and it was this computer that asked: Azure's own network may see "
            "something else, as it does for some providers in China."
        ),
    )
