"""Reads a provider: from what somebody typed to a document, its keys, and all verdicts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from latchkey.discovery import judging, keys, saml
from latchkey.discovery.address import OnDisk, OnWeb, read_file, understood
from latchkey.discovery.document import is_web_page, is_xml, json_object, web_page
from latchkey.discovery.fetch import Fetched, Limits, fetch, meets_azure
from latchkey.discovery.hosts import host_in, is_web_address, names_this_computer, seems_public
from latchkey.discovery.places import DocumentKind
from latchkey.discovery.problems import Problem
from latchkey.discovery.saml import SamlProvider
from latchkey.discovery.server import Server, is_server, server_of
from latchkey.discovery.tls import Tls
from latchkey.discovery.verdict import Verdict, note, ok, wont, works
from latchkey.draft.characters import shown
from latchkey.jobs import Unwatched, Watch
from latchkey.text import _, join_list

# With these the next address where the document may be is asked; anything else would be the same there.
_TRY_NEXT = frozenset(
    {"not-found", "not-allowed", "unexpected-status", "web-page", "not-json", "not-metadata", "empty"}
)
_CERTIFICATE_DAYS = 14  # automatic renewal happens a month before the end: later than this it has failed


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. `address`: where the document is on the web, empty for a file; `typed`: what was asked for.

    `tell` says the verdicts in the language of the moment.
    """

    kind: DocumentKind
    typed: str
    address: str
    facts: Server | SamlProvider
    keys: tuple[keys.Key, ...] | None  # None: not looked at
    tell: Callable[[], Iterable[Verdict]]
    document: str = ""  # SAML only: Azure can be given the document itself

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """All that was found out."""
        return tuple(self.tell())

    @property
    def works(self) -> bool:
        """Nothing stands against signing in with it."""
        return works(self.verdicts)

    @property
    def issuer(self) -> str:
        """What the provider calls itself."""
        return self.facts.issuer if isinstance(self.facts, Server) else self.facts.entity_id


def read_provider(
    text: str, want: DocumentKind | None = None, watch: Watch | None = None, limits: Limits | None = None
) -> Reading:
    """Everything about the provider that `text` stands for. Raises Problem, Unreadable, Cancelled.

    Addresses of one's own network are asked with `limits.local` only; this very computer also when it is typed.
    """
    watch, limits = watch or Unwatched(), limits or Limits()
    what = understood(text, want)
    if isinstance(what, OnWeb):
        asked_here = names_this_computer(host_in(what.typed))  # who types this computer's name asks for it
        wider = replace(limits, local=limits.local or asked_here)
        return replace(_from_web(what, want, watch, wider), typed=text.strip())
    body = read_file(what.path) if isinstance(what, OnDisk) else what.body
    source = shown(what.path.name, 100) if isinstance(what, OnDisk) else _("The pasted text")
    read = _read(body, source, "", want, limits)
    return replace(read, typed=text if isinstance(what, OnDisk) else "", tell=lambda: (*read.tell(), _not_asked()))


def _not_asked() -> Verdict:
    return note(
        "not-asked",
        _("Nothing was asked over the network: this is the document as it was saved."),
        _("Give its address instead of a file, and Latchkey looks at its keys and its connection too."),
    )


def _from_web(what: OnWeb, want: DocumentKind | None, watch: Watch, limits: Limits) -> Reading:
    fetched, read = _first_document(what, want, watch, limits)
    published, about_keys = read.keys, _nothing
    secured = {_place(fetched.url): fetched.tls}
    if isinstance(read.facts, Server) and read.kind == "openid-connect" and read.facts.jwks_uri:
        published, about_keys = _keys(read.facts.jwks_uri, secured, watch, limits)
    if isinstance(read.facts, Server) and is_web_address(read.facts.token_endpoint):
        secured.setdefault(_place(read.facts.token_endpoint), None)
    about_connections = connections(secured, watch, limits)
    return replace(
        read,
        keys=published,
        tell=lambda: (*_about_address(fetched.url), *read.tell(), *about_keys(), *about_connections()),
    )


def _about_address(address: str) -> Iterator[Verdict]:
    if address.startswith("http:"):
        yield note(
            "address-not-https",
            _("The document was read from this computer without https."),
            _("That is for a trial: policies are made with an https address only."),
        )


Tell = Callable[[], Iterable[Verdict]]


def _nothing() -> Iterable[Verdict]:
    return ()


def _keys(
    address: str, secured: dict[str, Tls | None], watch: Watch, limits: Limits
) -> tuple[tuple[keys.Key, ...] | None, Tell]:
    """The keys that the provider publishes, and what is to be said of them. Notes how that server is connected to."""
    try:
        key_set = fetch(address, watch, limits, accept="application/jwk-set+json, application/json")
        published = keys.keys_of(json_object(key_set.body, shown(address, 200)))
    except Problem as problem:
        unread = problem
        return None, lambda: (wont("keys-unread", unread.message, unread.hint),)
    secured.setdefault(_place(key_set.url), key_set.tls)
    return published, lambda: keys.judge(published or ())


def _first_document(what: OnWeb, want: DocumentKind | None, watch: Watch, limits: Limits) -> tuple[Fetched, Reading]:
    """The first of the places that holds a document. The first refusal is told when none does."""
    first: Problem | None = None
    ends = time.monotonic() + limits.seconds
    for address in what.addresses:
        left = replace(limits, seconds=max(0.1, ends - time.monotonic()))
        try:
            fetched = fetch(address, watch, left)
            return fetched, _read(fetched.body, shown(fetched.url, 200), fetched.url, want, limits)
        except Problem as problem:
            first = first or problem
            if problem.id not in _TRY_NEXT:
                break
    assert first is not None  # there is always one address
    raise first


def _place(address: str) -> str:
    """`https://host:port/`: what a connection is made to."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/"


def _read(body: bytes, source: str, address: str, want: DocumentKind | None, limits: Limits) -> Reading:
    if is_web_page(body):
        raise web_page(source)
    if is_xml(body):
        _expect(want, "saml", source)
        provider = saml.provider_of(body, source)
        document = body.decode("utf-8-sig", "replace")
        return Reading(
            "saml", "", address, provider, provider.keys, lambda: saml.judge(provider, local=limits.local), document
        )
    members = json_object(body, source)
    if not is_server(members):
        raise Problem(
            "not-metadata",
            _("{source} is JSON, but not metadata.").format(source=source),
            _("Check the address: the provider's own documentation names it."),
        )
    server = server_of(members)
    kind: DocumentKind = want if want in ("openid-connect", "oauth2") else _kind(server, address)
    _expect(want, kind, source)
    judge = judging.judge_openid if kind == "openid-connect" else judging.judge_oauth
    return Reading(kind, "", address, server, None, lambda: judge(server, address, local=limits.local))


def _kind(server: Server, address: str) -> DocumentKind:
    """OpenID Connect's documents say how ID tokens are made; OAuth 2.0's don't."""
    if "openid-configuration" in address or server.subject_types is not None or server.signing is not None:
        return "openid-connect"
    return "openid-connect" if "openid" in (server.scopes or ()) and server.jwks_uri else "oauth2"


def _expect(want: DocumentKind | None, kind: DocumentKind, source: str) -> None:
    """What was read is what this sign-in button speaks."""
    if want is None or want == kind:
        return
    names = {"openid-connect": "OpenID Connect", "oauth2": "OAuth 2.0", "saml": "SAML 2.0"}
    raise Problem(
        "other-kind",
        _("{source} is metadata of {kind}.").format(source=source, kind=names[kind]),
        _("This sign-in button speaks {kind}. Add another one of the other type.").format(kind=names[want]),
    )


def connections(secured: Mapping[str, Tls | None], watch: Watch, limits: Limits) -> Tell:
    """Whether Azure could connect to each of these servers; `None`: not connected to so far."""
    short = replace(limits, seconds=min(limits.seconds, 5.0))
    refused: list[str] = []
    unknown: list[str] = []
    for place, tls in secured.items():
        host = host_in(place)
        if place.startswith("https:") and (limits.local or seems_public(host)):
            fits = True if tls is not None and tls.is_azures else meets_azure(place, watch, short)
            if not fits:
                (refused if fits is False else unknown).append(host)
    any_tls = any(place.startswith("https:") for place in secured)
    ends = {host_in(place): tls.ends for place, tls in secured.items() if tls is not None and tls.ends}
    return lambda: (*_about_tls(refused, unknown, any_tls=any_tls), *_about_ends(ends))


def _about_tls(refused: list[str], unknown: list[str], *, any_tls: bool) -> Iterator[Verdict]:
    if refused:
        yield wont(
            "tls",
            _("Azure can't connect to {names}: it needs TLS 1.2 with a cipher suite of its list.").format(
                names=_names(refused)
            ),
            _("Ask the people who run the provider; Microsoft's page on TLS requirements has the list."),
        )
    elif unknown:
        yield note(
            "tls",
            _("Whether Azure can connect to {names} could not be found out.").format(names=_names(unknown)),
            _("Read from the provider once more, later."),
        )
    elif any_tls:
        yield ok("tls", _("The connection is secured in a way that Azure takes (TLS 1.2)."))


def _about_ends(ends: Mapping[str, datetime]) -> Iterator[Verdict]:
    now = datetime.now(UTC)
    for host, end in ends.items():
        if (end - now).days < _CERTIFICATE_DAYS:
            yield note(
                "certificate-ends",
                _("The certificate of {host} ends on {date}.").format(host=host, date=end.date().isoformat()),
                _("Most are renewed by themselves. Look again some days before."),
            )


def _names(hosts: Iterable[str]) -> str:
    return join_list(dict.fromkeys(hosts))
