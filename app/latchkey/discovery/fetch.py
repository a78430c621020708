"""The one place that talks to the network: a document from a web address, within limits, stopped at once.

https only (http to this very computer, when asked); no redirect to another host or into a private network; the address
that is really connected to is the one that was checked; 10 seconds and 1 MB at most. What is sent is the question for
the document and Latchkey's name: no cookie and no secret.

The work runs on a thread of its own while the caller's thread waits in small steps, so a cancelled job ends at once,
whatever it hangs in: the name server, the connection, the handshake, or a server that sends a letter a minute.
"""

from __future__ import annotations

import http.client
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import SplitResult, urljoin, urlsplit

from latchkey import __version__
from latchkey.discovery import problems, tls
from latchkey.discovery.connection import Line, Open, connect, host_of, in_own_network, not_https, port_of
from latchkey.discovery.hosts import names_this_computer, seems_public
from latchkey.discovery.problems import Problem
from latchkey.draft.characters import shown
from latchkey.errors import LatchkeyError
from latchkey.jobs import Unwatched, Watch
from latchkey.text import _

T = TypeVar("T")

_STEP = 0.05  # seconds between two looks at whether the person has stopped it
_CHUNK = 65_536
_REDIRECTS = (301, 302, 303, 307, 308)
# Words of an address behind which a secret stands: https://datatracker.ietf.org/doc/html/rfc6749#section-11.2.2
_SECRET_WORDS = (
    "client_secret", "secret", "password", "access_token", "refresh_token", "id_token", "client_assertion", "assertion",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of everything is enough. `local`: addresses of this computer and its own network are wanted."""

    seconds: float = 10.0
    size: int = 1_000_000
    redirects: int = 5
    local: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document, the address that gave it, and how that connection was secured (None: http to this computer)."""

    url: str
    body: bytes
    content_type: str = ""
    tls: tls.Tls | None = None


@dataclass(frozen=True, slots=True)
class Knock:
    """How a server answered without a document being read: its status, where it sends on to, how it is secured."""

    status: int
    location: str
    tls: tls.Tls | None


def fetch(
    url: str,
    watch: Watch | None = None,
    limits: Limits | None = None,
    accept: str = "application/json, application/samlmetadata+xml, application/xml;q=0.9, text/xml;q=0.9",
) -> Fetched:
    """The document at `url`. Raises Problem for whatever stands against it, and what `watch` raises to stop it."""
    limits = limits or Limits()
    first = _understood(url, limits)
    return _waited_for(lambda line: _follow(first, line, limits, accept), watch, limits, host_of(first))


def read_text(url: str, watch: Watch | None = None, limits: Limits | None = None) -> str:
    """A short text, like the name of the newest version. Raises Problem."""
    found = fetch(url, watch, limits or Limits(size=100_000), accept="text/plain, application/json")
    try:
        return found.body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem("not-text", _("{url} does not hold plain text.").format(url=found.url)) from error


def knock(url: str, watch: Watch | None = None, limits: Limits | None = None) -> Knock:
    """How the server answers there, without reading what it says and without going where it points. Raises Problem."""
    limits = limits or Limits()
    parts = _understood(url, limits)

    def work(line: Line) -> Knock:
        opened, answer = _ask(parts, line, "*/*")
        try:
            location = answer.headers.get("Location", "") if answer.status in _REDIRECTS else ""
            return Knock(answer.status, urljoin(parts.geturl(), location) if location else "", opened.tls)
        finally:
            _close(opened, answer)

    return _waited_for(work, watch, limits, host_of(parts))


def meets_azure(url: str, watch: Watch | None = None, limits: Limits | None = None) -> bool | None:
    """Whether the server takes TLS as Azure offers it; None if that could not be found out."""
    limits = limits or Limits()
    try:
        parts = _understood(url, limits)
    except Problem:
        return None
    if parts.scheme != "https":
        return None

    def work(line: Line) -> bool | None:
        try:
            connect(parts, line, tls.azure_context()).socket.close()
        except ssl.SSLError:
            return False
        except OSError:
            return None
        return True

    try:
        return _waited_for(work, watch, limits, host_of(parts))
    except Problem:
        return None


# Waiting ----------------------------------------------------------------------------------------------------------


def _waited_for(work: Callable[[Line], T], watch: Watch | None, limits: Limits, host: str) -> T:
    """Do the work on a thread of its own; look around while it runs. The thread is never waited for longer."""
    watch = watch or Unwatched()
    begun = time.monotonic()
    line = Line(begun + limits.seconds, limits.local)
    results: list[T] = []
    faults: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work(line))
        except BaseException as error:  # noqa: BLE001  (a thread's border: whoever waits gets it)
            faults.append(error)

    thread = threading.Thread(target=run, name="latchkey-fetch", daemon=True)
    thread.start()
    try:
        while thread.is_alive() and (spent := time.monotonic() - begun) <= limits.seconds:
            watch.step(min(0.99, spent / limits.seconds), _("Asking {host}").format(host=host))
            thread.join(_STEP)
    except BaseException:
        line.hang_up()
        raise
    if faults:
        raise _told(faults[0], host, limits) from faults[0]
    if not results:
        line.hang_up()
        raise problems.too_slow(host, limits.seconds)
    return results[0]


def _told(fault: BaseException, host: str, limits: Limits) -> BaseException:
    """A fault of the connection as one for people."""
    if isinstance(fault, LatchkeyError):
        return fault
    if isinstance(fault, TimeoutError):
        return problems.too_slow(host, limits.seconds)
    if isinstance(fault, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        return problems.broken_off(host)
    if isinstance(fault, ssl.SSLError):
        return tls.explained(fault, host)
    if isinstance(fault, (http.client.IncompleteRead, http.client.RemoteDisconnected, OSError)):
        return problems.broken_off(host)
    if isinstance(fault, (http.client.HTTPException, UnicodeError, ValueError)):
        return problems.not_http(host)
    return fault


# Asking -----------------------------------------------------------------------------------------------------------


def _understood(url: str, limits: Limits) -> SplitResult:
    """The address in its parts. Raises Problem for one that is never asked."""
    text = url.strip()
    try:
        parts = urlsplit(text)
        host = host_of(parts)
        port_of(parts)
        parts = parts._replace(path=_ascii(parts.path), query=_ascii(parts.query), fragment="")
        host.encode("idna")
    except ValueError as error:
        raise _no_address(text) from error
    if not host or any(ord(letter) <= 32 for letter in text):
        raise _no_address(text)
    if parts.username is not None or parts.password is not None or _holds_secret(parts.query):
        raise Problem(
            "address-with-secret",
            _("This address holds a password or a token, and Latchkey sends none."),
            _("Take it out of the address; metadata is public and needs none."),
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and limits.local and names_this_computer(host)):
        raise not_https(host) if parts.scheme == "http" else _no_address(text)
    if not limits.local and not seems_public(host):
        raise in_own_network(host)
    return parts


def _no_address(text: str) -> Problem:
    return Problem(
        "not-an-address",
        _("“{text}” is not a web address.").format(text=shown(" ".join(text.split()))[:200]),
        _("It should look like https://login.contoso.com."),
    )


def _ascii(text: str) -> str:
    """Part of an address as it is sent: letters of other scripts in their coded form."""
    from urllib.parse import quote

    return quote(text, safe="/%:=&?~#+!$,;'@()*[]-._|{}\"<>^`\\") if not text.isascii() else text


def _holds_secret(query: str) -> bool:
    return any(part.partition("=")[0].lower() in _SECRET_WORDS for part in query.split("&"))


def _follow(first: SplitResult, line: Line, limits: Limits, accept: str) -> Fetched:
    """The document, behind no more than some redirects that stay on the same host."""
    here = first
    for _turn in range(limits.redirects + 1):
        opened, answer = _ask(here, line, accept)
        try:
            if answer.status in _REDIRECTS and answer.headers.get("Location"):
                here = _next(here, answer.headers["Location"])
                continue
            if (problem := problems.of_status(answer.status, here.geturl())) is not None:
                raise problem
            body = _body(answer, line, limits.size, host_of(here))
            return Fetched(here.geturl(), body, answer.headers.get("Content-Type", ""), opened.tls)
        finally:
            _close(opened, answer)
    raise Problem(
        "redirect-loop",
        _("{host} sends from one address to the next and never to a document.").format(host=host_of(first)),
        _("Check the address: the provider's own documentation names it."),
    )


def _next(here: SplitResult, location: str) -> SplitResult:
    """Where a redirect leads, if it may. Raises Problem."""
    try:
        there = urlsplit(urljoin(here.geturl(), location))._replace(fragment="")
        host = host_of(there)
        same = (there.scheme, host, port_of(there)) == (here.scheme, host_of(here), port_of(here))
    except ValueError as error:
        raise problems.not_http(host_of(here)) from error
    if same and there.username is None and not any(ord(letter) <= 32 for letter in there.geturl()):
        return there._replace(path=_ascii(there.path), query=_ascii(there.query))
    if not seems_public(host) and not names_this_computer(host_of(here)):
        raise Problem(
            "redirect-private",
            _("{host} sends on to an address inside a private network; Latchkey does not go there.").format(
                host=host_of(here)
            ),
            _("Check the address. A provider that does this on purpose can't be used by Azure."),
        )
    if there.scheme != "https" and host == host_of(here):
        raise Problem(
            "redirect-insecure",
            _("{host} sends on to an address that is not secured.").format(host=host),
            _("Azure only takes https. Ask the people who run the provider."),
        )
    raise Problem(
        "redirect-elsewhere",
        _("{host} sends on to another server, {other}; Latchkey does not follow by itself.").format(
            host=host_of(here), other=host or there.scheme
        ),
        _("If you trust that one, read from this address instead: {url}").format(url=there.geturl()[:300]),
    )


def _ask(url: SplitResult, line: Line, accept: str) -> tuple[Open, http.client.HTTPResponse]:
    """Ask for the address; the answer's first lines are read."""
    opened = connect(url, line)
    try:
        opened.socket.settimeout(line.left())
        host = host_of(url).encode("idna").decode() if ":" not in host_of(url) else f"[{host_of(url)}]"
        port = "" if url.port is None else f":{url.port}"
        path = (url.path or "/") + (f"?{url.query}" if url.query else "")
        request = (
            f"GET {path} HTTP/1.1",
            f"Host: {host}{port}",
            f"User-Agent: Latchkey/{__version__}",
            f"Accept: {accept}",
            "Accept-Encoding: identity",
            "Connection: close",
        )
        opened.socket.sendall(("\r\n".join([*request, "", ""])).encode("ascii"))
        answer = http.client.HTTPResponse(opened.socket, method="GET")
    except BaseException:
        opened.socket.close()
        raise
    try:
        answer.begin()
    except BaseException:
        _close(opened, answer)
        raise
    return opened, answer


def _body(answer: http.client.HTTPResponse, line: Line, size: int, host: str) -> bytes:
    """The body, as long as it is no longer than it may be, also when it comes packed."""
    coding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise problems.not_http(host)
    unpack = zlib.decompressobj(wbits=47) if coding not in ("identity", "") else None
    whole = bytearray()
    while True:
        line.check()
        part = answer.read1(_CHUNK)
        if not part:
            break
        while part:
            try:
                whole += part if unpack is None else unpack.decompress(part, _CHUNK)
            except zlib.error as error:
                raise problems.not_http(host) from error
            part = b"" if unpack is None else unpack.unconsumed_tail
            if len(whole) > size:
                raise problems.too_big(host, size)
    if answer.length:
        raise problems.broken_off(host)
    return bytes(whole)


def _close(opened: Open, answer: http.client.HTTPResponse) -> None:
    answer.close()
    opened.socket.close()


__all__ = ["Fetched", "Knock", "Limits", "fetch", "knock", "meets_azure", "read_text"]
