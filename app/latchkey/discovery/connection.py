"""One connection to one server: names looked up, the address that is really used checked, the system's proxy asked.

All of this runs on a thread of its own (see `fetch`), which may be left behind: a name server can't be interrupted.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from latchkey.discovery import tls
from latchkey.discovery.hosts import is_loopback, is_public, names_this_computer, parsed, seems_public
from latchkey.discovery.problems import Problem, from_a_file
from latchkey.text import _, join_sentences

_EACH = 3.0  # seconds for one of several addresses of a server: the next one may answer


class Hung(Exception):
    """Whoever waited for this connection does not wait any more."""


@dataclass
class Line:
    """What is shared with whoever waits: the open socket, so that it can be hung up from there; and the deadline."""

    deadline: float
    local: bool  # addresses of this computer and of its network are wanted
    _socket: socket.socket | None = None
    _hung: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def hang_up(self) -> None:
        """End what is being waited for: a connect, a handshake, a read. Called from another thread."""
        with self._lock:
            self._hung = True
            if self._socket is not None:
                with contextlib.suppress(OSError):  # not SSLSocket's own, which would drop what the other thread uses
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def hold(self, sock: socket.socket) -> None:
        """From now on this is the socket to hang up. Raises Hung."""
        with self._lock:
            self._socket = sock
        self.check()

    def check(self) -> None:
        """Raises Hung when nobody waits any more."""
        if self._hung:
            raise Hung

    def left(self) -> float:
        """Seconds until the deadline; never 0, which would mean no limit to a socket."""
        return max(0.001, self.deadline - time.monotonic())


class Open(NamedTuple):
    """An open connection."""

    socket: socket.socket
    tls: tls.Tls | None
    addresses: tuple[str, ...] = ()


class _Proxy(NamedTuple):
    """The system's way to the internet."""

    host: str
    port: int
    authorization: str


def connect(url: SplitResult, line: Line, context: ssl.SSLContext | None = None) -> Open:
    """A connection to the server of `url`, secured where that says https. Raises Problem, Hung, OSError."""
    host, port = host_of(url), port_of(url)
    proxy = None if names_this_computer(host) else _proxy_for(url)
    if proxy is not None:
        if not line.local and not seems_public(host):
            raise in_own_network(host)
        sock = _dial(proxy.host, proxy.port, line, _look_up(proxy.host, proxy.port))
    else:
        sock = _dial(host, port, line, _allowed(host, url.scheme, line, _look_up(host, port)))
    try:
        if proxy is not None:
            _tunnel(sock, proxy, host, port)
        return _secured(sock, host, line, context) if url.scheme == "https" else Open(sock, None)
    except BaseException:
        sock.close()
        raise


def host_of(url: SplitResult) -> str:
    """The host's name as it is looked up."""
    return (url.hostname or "").rstrip(".")


def port_of(url: SplitResult) -> int:
    """The port that is stated, or the usual one."""
    return url.port or (443 if url.scheme == "https" else 80)


def in_own_network(host: str) -> Problem:
    """Azure stands outside."""
    return Problem(
        "private-address",
        _("{host} is an address inside a private network or of this computer.").format(host=host),
        join_sentences(_("Azure can't reach it; the provider needs an address on the internet."), from_a_file()),
    )


def _look_up(host: str, port: int) -> Sequence[tuple[int, str]]:
    """The server's addresses as (family, address). Raises Problem."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Problem(
            "no-such-host",
            _("No server called {host} was found.").format(host=host),
            _("Check the spelling, and whether this computer has a network."),
        ) from error
    return [(int(family), str(place[0])) for family, _kind, _protocol, _name, place in found]


def _allowed(host: str, scheme: str, line: Line, found: Sequence[tuple[int, str]]) -> Sequence[tuple[int, str]]:
    """Those of the addresses that may be connected to. Raises Problem when none is left."""
    kept = []
    for family, text in found:
        address = ipaddress.ip_address(text.partition("%")[0])
        if (is_public(address) or line.local) and (scheme == "https" or is_loopback(address)):
            kept.append((family, text))
    if kept:
        return kept
    if scheme == "http":
        raise not_https(host)
    raise in_own_network(host)


def not_https(host: str) -> Problem:
    """Azure takes nothing else, and neither do we."""
    return Problem(
        "not-https",
        _("The address of {host} must begin with https://.").format(host=host),
        _("Azure only reads over https, so that nobody on the way can change what is said."),
    )


def _dial(host: str, port: int, line: Line, addresses: Sequence[tuple[int, str]]) -> socket.socket:
    """The first address that answers. It is the checked address that is used: no name is looked up a second time."""
    failure: OSError | None = None
    for number, (family, address) in enumerate(addresses):
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            line.hold(sock)
            last = number == len(addresses) - 1
            sock.settimeout(line.left() if last else min(_EACH, line.left()))
            sock.connect((address, port))
            line.check()
            sock.settimeout(line.left())
        except OSError as error:
            sock.close()
            line.check()
            failure = error
        except BaseException:
            sock.close()
            raise
        else:
            return sock
    if isinstance(failure, TimeoutError):
        raise failure
    raise Problem(
        "no-connection",
        _("{host} can't be reached.").format(host=host),
        _("Check the address and this computer's network; the server may also be switched off."),
    ) from failure


def _secured(sock: socket.socket, host: str, line: Line, context: ssl.SSLContext | None) -> Open:
    secured = (context or tls.client_context()).wrap_socket(
        sock, server_hostname=host, do_handshake_on_connect=False, suppress_ragged_eofs=False
    )
    try:
        line.hold(secured)
        secured.settimeout(line.left())
        secured.do_handshake()
        return Open(secured, tls.described(secured))
    except BaseException:
        secured.close()
        raise


# The proxy --------------------------------------------------------------------------------------------------------


def _proxy_for(url: SplitResult) -> _Proxy | None:
    """What the system (or the environment) says for this address. Raises Problem for kinds that we don't speak."""
    from urllib.request import getproxies, proxy_bypass

    proxies = getproxies()
    stated = proxies.get(url.scheme) or proxies.get("all") or ""
    if not stated or proxy_bypass(url.netloc.rpartition("@")[2]):
        return None
    parts = urlsplit(stated if "://" in stated else f"http://{stated}")
    if parts.scheme != "http" or not parts.hostname:
        raise Problem(
            "proxy-kind",
            _("This computer's way to the internet is a proxy of a kind that Latchkey can't use."),
            from_a_file(),
        )
    account = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}" if parts.username else ""
    authorization = "Basic " + b64encode(account.encode()).decode() if account else ""
    return _Proxy(parts.hostname, parts.port or 80, authorization)


def _tunnel(sock: socket.socket, proxy: _Proxy, host: str, port: int) -> None:
    """Ask the proxy for a line to the server. Raises Problem."""
    name = f"[{host}]" if parsed(host) is not None and ":" in host else host
    lines = [f"CONNECT {name}:{port} HTTP/1.1", f"Host: {name}:{port}"]
    lines += [f"Proxy-Authorization: {proxy.authorization}"] if proxy.authorization else []
    sock.sendall("\r\n".join([*lines, "", ""]).encode("ascii"))
    answer = http.client.HTTPResponse(sock, method="CONNECT")
    try:
        answer.begin()
    finally:
        answer.close()
    if answer.status != http.client.OK:
        raise Problem(
            "proxy-refused",
            _("The proxy {proxy} does not let Latchkey through to {host} (it said {status}).").format(
                proxy=proxy.host, host=host, status=answer.status
            ),
            from_a_file(),
        )
