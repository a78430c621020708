"""The way to the network: every fault of a server is its own clear refusal, within limits, and stopped at once."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import certificates
from helpers.bad_server import answer, drip, redirect, serving, silent
from latchkey.discovery import hosts
from latchkey.discovery.fetch import Limits, fetch, knock, meets_azure, read_text
from latchkey.discovery.problems import Problem
from latchkey.errors import Cancelled

HERE = Limits(local=True, seconds=5)
GOOD = answer('{"a": 1}')


class Stopper:
    """A watch that is cancelled some steps after the work has begun."""

    def __init__(self, after: float) -> None:
        self.begun = time.monotonic()
        self.after = after

    def step(self, fraction: float, text: str = "") -> None:
        assert 0 <= fraction <= 1
        if time.monotonic() - self.begun > self.after:
            raise Cancelled("")


def problem(url: str, limits: Limits = HERE) -> Problem:
    with pytest.raises(Problem) as told:
        fetch(url, None, limits)
    assert told.value.message.endswith(".")
    assert "\n" not in str(told.value)
    return told.value


# What is fetched --------------------------------------------------------------------------------------------------


def test_a_document_comes_with_its_address_and_kind() -> None:
    with serving({"/doc": answer('{"a": 1}', "application/json; charset=utf-8")}) as server:
        found = fetch(server.at("/doc"), None, HERE)
    assert found.body == b'{"a": 1}'
    assert found.url == server.at("/doc")
    assert found.content_type.startswith("application/json")
    assert found.tls is None


def test_nothing_is_sent_but_the_question() -> None:
    with serving({"/doc?p=B2C_1A_x": GOOD}) as server:
        fetch(server.at("/doc?p=B2C_1A_x#part"), None, HERE)
    [question] = server.asked
    names = [line.partition(":")[0].lower() for line in question.strip().split("\r\n")[1:]]
    assert names == ["host", "user-agent", "accept", "accept-encoding", "connection"]
    assert question.startswith("GET /doc?p=B2C_1A_x HTTP/1.1\r\n")


def test_https_tells_how_the_line_is_secured(authority: certificates.Certificate, tmp_path: Path) -> None:
    with serving({"*": GOOD}, certificates.make(tmp_path, "server", authority, days=20).file) as server:
        found = fetch(server.at(), None, HERE)
        assert found.tls is not None
        assert found.tls.version == "TLSv1.3"
        assert found.tls.ends is not None
        assert meets_azure(server.at(), None, HERE) is True


def test_a_server_without_azures_suites_is_known(authority: certificates.Certificate, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ECDHE-ECDSA-CHACHA20-POLY1305")
    with serving({"*": GOOD}, certificates.make(tmp_path, "server", authority).file, context=context) as server:
        fetch(server.at(), None, HERE)
        assert meets_azure(server.at(), None, HERE) is False


def test_tls_is_not_known_where_nothing_listens() -> None:
    assert meets_azure("https://localhost:9", None, HERE) is None
    assert meets_azure("http://localhost:9", None, HERE) is None


def test_a_packed_document_is_unpacked() -> None:
    packed = gzip.compress(b'{"a": 1}')
    with serving({"*": answer(packed, "application/json", "200 OK", "Content-Encoding: gzip")}) as server:
        assert fetch(server.at(), None, HERE).body == b'{"a": 1}'


def test_chunks_are_put_together() -> None:
    said = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{}\n\r\n2\r\n  \r\n0\r\n\r\n"
    with serving({"*": said}) as server:
        assert fetch(server.at(), None, HERE).body == b"{}\n  "


def test_a_redirect_on_the_same_host_is_followed() -> None:
    with serving({"/a": redirect("/b"), "/b": GOOD}) as server:
        assert fetch(server.at("/a"), None, HERE).url == server.at("/b")


def test_a_short_text_is_read() -> None:
    with serving({"*": answer("1.4.0\n", "text/plain")}) as server:
        assert read_text(server.at(), None, HERE) == "1.4.0\n"
    with serving({"*": answer(b"\xff\xfe\x00", "text/plain")}) as server, pytest.raises(Problem) as told:
        read_text(server.at(), None, HERE)
    assert told.value.id == "not-text"


def test_a_knock_reads_no_document_and_goes_nowhere() -> None:
    with serving({"/a": redirect("https://elsewhere.example/x"), "/b": answer("no", "text/html", "405 No")}) as server:
        assert knock(server.at("/a"), None, HERE).location == "https://elsewhere.example/x"
        assert knock(server.at("/b"), None, HERE).status == 405
        assert len(server.asked) == 2


# What is never asked ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "id_"),
    [
        ("http://login.contoso.com/x", "not-https"),
        ("http://localhost:8080/x", "not-https"),
        ("ftp://login.contoso.com", "not-an-address"),
        ("file:///etc/passwd", "not-an-address"),
        ("login.contoso.com", "not-an-address"),
        ("https://", "not-an-address"),
        ("https://login.contoso.com:99999/", "not-an-address"),
        ("https://[::1", "not-an-address"),
        ("https://a b.example/", "not-an-address"),
        ("https://host/\r\nX: y", "not-an-address"),
        ("https://me:word@login.contoso.com/", "address-with-secret"),
        ("https://login.contoso.com/?client_secret=abc", "address-with-secret"),
        ("https://localhost/x", "private-address"),
        ("https://127.0.0.1/x", "private-address"),
        ("https://[::1]/x", "private-address"),
        ("https://10.1.2.3/x", "private-address"),
        ("https://169.254.169.254/latest", "private-address"),
        ("https://[::ffff:192.168.0.1]/x", "private-address"),
        ("https://[64:ff9b::a00:1]/x", "private-address"),
        ("https://adfs.corp/x", "private-address"),
        ("https://intranet/x", "private-address"),
    ],
)
def test_addresses_that_are_refused_unasked(url: str, id_: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: pytest.fail("a name was looked up"))
    assert problem(url, Limits()).id == id_


def test_a_name_that_leads_inside_is_refused_at_the_address_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the name looks fine; what counts is the address that would be connected to."""
    there = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: there)
    monkeypatch.setattr(socket.socket, "connect", lambda *_a: pytest.fail("it was connected to"))
    assert problem("https://login.contoso.com/", Limits()).id == "private-address"


def test_http_stays_on_this_computer_even_when_local_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    there = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: there)
    assert problem("http://localhost/", HERE).id == "not-https"


@given(st.ip_addresses(v=4, network="10.0.0.0/8"))
def test_an_inner_address_stays_inner_in_every_dress(inner: ipaddress.IPv4Address) -> None:
    number = int(inner)
    dressed = [
        inner,
        ipaddress.IPv6Address(0xFFFF << 32 | number),
        ipaddress.IPv6Address(0x2002 << 112 | number << 80),
        ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) | number),
    ]
    assert not any(hosts.is_public(one) for one in dressed)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_one_clear_refusal(text: str) -> None:
    """No server is asked: the limits leave no time for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", lambda *_a, **_k: (_ for _ in ()).throw(OSError()))
        with pytest.raises(Problem):
            fetch(text, None, Limits())
        with pytest.raises(Problem):
            fetch("https://" + text, None, Limits())


# Redirects --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "id_"),
    [
        ("https://elsewhere.example/x", "redirect-elsewhere"),
        ("http://127.0.0.1:1/x", "redirect-elsewhere"),
        ("ftp://localhost/x", "redirect-insecure"),
        ("/again", "redirect-loop"),
        ("http://[", "not-http"),
    ],
)
def test_redirects_that_are_not_followed(where: str, id_: str) -> None:
    with serving({"/": redirect(where), "/again": redirect("/again")}) as server:
        assert problem(server.at()).id == id_
        assert len(server.asked) <= 6


@pytest.mark.parametrize("where", ["https://10.0.0.8/x", "http://169.254.169.254/latest/meta-data", "https://nas.lan/"])
def test_a_server_outside_does_not_lead_inside(where: str) -> None:
    from urllib.parse import urlsplit

    from latchkey.discovery.fetch import _next

    with pytest.raises(Problem) as told:
        _next(urlsplit("https://login.contoso.com/a"), where)
    assert told.value.id == "redirect-private"


@given(
    st.text(max_size=60) | st.sampled_from(["//a.example", "https:/x", "?x", "#y", "..", "http://login.contoso.com/"])
)
def test_a_redirect_stays_where_it_was_or_is_refused(where: str) -> None:
    from urllib.parse import urlsplit

    from latchkey.discovery.fetch import _next

    here = urlsplit("https://login.contoso.com/a/b")
    try:
        there = _next(here, where)
    except Problem as told:
        assert told.id.startswith("redirect-") or told.id == "not-http"
    else:
        assert (there.scheme, there.hostname, there.port) == ("https", "login.contoso.com", None)
        assert there.username is None


# Bad servers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "id_"),
    [
        (answer("gone", "text/html", "404 Not Found"), "not-found"),
        (answer("no", "text/html", "403 Forbidden"), "not-allowed"),
        (answer("oops", "text/html", "503 Service Unavailable"), "server-trouble"),
        (answer("tea", "text/html", "418 I'm a teapot"), "unexpected-status"),
        (answer("x" * 1_100_000), "too-big"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "not-http"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", "broken-off"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{", "broken-off"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{", "broken-off"),
        (b"", "broken-off"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n{}", "not-http"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n{}", "not-http"),
        (answer(b"not packed", "application/json", "200 OK", "Content-Encoding: gzip"), "not-http"),
        (answer(b"{}", "application/json", "200 OK", "Content-Encoding: br"), "not-http"),
    ],
)
def test_bad_answers(said: bytes, id_: str) -> None:
    with serving({"*": said}) as server:
        assert problem(server.at()).id == id_


def test_a_small_answer_that_unpacks_to_gigabytes_is_stopped_early() -> None:
    bomb = gzip.compress(b"\0" * 60_000_000)
    with serving({"*": answer(bomb, "application/json", "200 OK", "Content-Encoding: gzip")}) as server:
        assert problem(server.at()).id == "too-big"


@pytest.mark.parametrize(
    "speak",
    [
        silent,
        drip(b"HTTP/1.1 200 OK\r\n\r\n"),
        drip(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
)
def test_a_slow_server_is_given_up(speak: object) -> None:
    begun = time.monotonic()
    with serving({"*": speak}) as server:  # type: ignore[dict-item]
        assert problem(server.at(), Limits(local=True, seconds=0.4)).id == "too-slow"
    assert time.monotonic() - begun < 3


def test_nobody_listens() -> None:
    assert problem("http://localhost:9/").id == "no-connection"


def test_a_name_that_nobody_has(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_arguments: object, **_named: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "no")

    monkeypatch.setattr(socket, "getaddrinfo", fails)
    assert problem("https://login.contoso.example/", Limits()).id == "no-such-host"


# Certificates and TLS ---------------------------------------------------------------------------------------------


def test_certificates_are_never_waved_through(authority: certificates.Certificate, tmp_path: Path) -> None:
    stranger = certificates.make(tmp_path, "stranger")
    for id_, made in {
        "certificate-expired": certificates.make(tmp_path, "old", authority, begins=-9, days=-2),
        "certificate-not-yet": certificates.make(tmp_path, "young", authority, begins=5),
        "certificate-other-name": certificates.make(tmp_path, "other", authority, names=("elsewhere.example",)),
        "certificate-unknown-issuer": certificates.make(tmp_path, "unknown", stranger),
        "certificate-self-signed": stranger,
    }.items():
        with serving({"*": GOOD}, made.file) as server:
            assert problem(server.at()).id == id_
            assert server.asked == []


def test_old_tls_is_said(authority: certificates.Certificate, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    with serving({"*": GOOD}, certificates.make(tmp_path, "server", authority).file, context=context) as server:
        assert problem(server.at()).id == "tls-too-old"


def test_a_server_without_tls_is_said() -> None:
    with serving({"*": GOOD}) as server:
        assert problem(f"https://localhost:{server.port}/").id == "tls-not-spoken"


@pytest.mark.parametrize(
    ("said", "id_"),
    [
        (b"\x15\x03\x03\x00\x02\x02\x28", "tls-no-common-suite"),  # the alert "handshake failure"
        (b"\x15\x03\x03\x00\x02\x02\x46", "tls-too-old"),  # the alert "protocol version"
        (b"\x16\x03\x03\x00\x05hello", "tls-broken"),
        (b"", "broken-off"),
    ],
)
def test_a_handshake_that_fails_is_said(said: bytes, id_: str) -> None:
    with serving({"*": said}) as server:
        assert problem(f"https://localhost:{server.port}/").id == id_


# The proxy --------------------------------------------------------------------------------------------------------


def test_the_systems_proxy_is_asked_for_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({"*": answer("", "text/plain", "403 Forbidden")}) as server:
        monkeypatch.setenv("https_proxy", f"http://me:word@localhost:{server.port}")
        monkeypatch.delenv("no_proxy", raising=False)
        assert problem("https://login.contoso.com/x?y=1", Limits()).id == "proxy-refused"
    [question] = server.asked
    assert question.startswith("CONNECT login.contoso.com:443 HTTP/1.1\r\n")
    assert "Proxy-Authorization: Basic bWU6d29yZA==" in question
    assert "/x" not in question.replace("HTTP/1.1", "")


def carrying(port: int) -> Callable[[socket.socket, threading.Event], None]:
    """A proxy that leads every line to one port of this computer."""

    def speak(sock: socket.socket, stop: threading.Event) -> None:
        with socket.create_connection(("127.0.0.1", port)) as onward:
            sock.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            for one in (sock, onward):
                one.settimeout(0.02)
            while not stop.is_set():
                for source, target in ((sock, onward), (onward, sock)):
                    try:
                        data = source.recv(65536)
                    except TimeoutError:
                        continue
                    if not data:
                        return
                    target.sendall(data)

    return speak


def test_a_document_comes_through_the_proxy_whose_end_is_checked(
    authority: certificates.Certificate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("no_proxy", raising=False)
    made = certificates.make(tmp_path, "fabrikam", authority, names=("login.fabrikam.com",))
    with serving({"/doc": GOOD}, made.file) as server, serving({"*": carrying(server.port)}) as proxy:
        monkeypatch.setenv("https_proxy", f"localhost:{proxy.port}")
        found = fetch("https://login.fabrikam.com/doc", None, Limits(seconds=5))
        assert found.body == b'{"a": 1}'
        assert proxy.paths == ["login.fabrikam.com:443"]
        assert problem("https://other.fabrikam.com/doc", Limits(seconds=5)).id == "certificate-other-name"


def test_what_the_system_reaches_without_its_proxy_is_reached_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://localhost:9")
    monkeypatch.setenv("no_proxy", "fabrikam.com")
    there = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: there)
    assert problem("https://login.fabrikam.com/", Limits()).id == "private-address"


def test_a_proxy_of_another_kind_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "socks5://localhost:1080")
    assert problem("https://login.contoso.com/", Limits()).id == "proxy-kind"


def test_this_computer_is_never_asked_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://localhost:9")
    with serving({"*": GOOD}) as server:
        assert fetch(server.at(), None, HERE).body == b'{"a": 1}'


# Stopping ---------------------------------------------------------------------------------------------------------


def stopped_within(url: str) -> float:
    stopper = Stopper(0.15)
    with pytest.raises(Cancelled):
        fetch(url, stopper, HERE)
    return time.monotonic() - stopper.begun - stopper.after


def test_cancelling_works_at_once_while_reading() -> None:
    with serving({"*": drip(b"HTTP/1.1 200 OK\r\n\r\n")}) as server:
        assert stopped_within(server.at()) < 0.2


def test_cancelling_works_at_once_before_the_answer() -> None:
    with serving({"*": silent}) as server:
        assert stopped_within(server.at()) < 0.2


def test_cancelling_works_at_once_in_the_handshake() -> None:
    with serving({}, shake_hands=False) as server:
        assert stopped_within(server.at()) < 0.2


def test_cancelling_works_at_once_while_a_name_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    free = threading.Event()

    def looks_up(*_arguments: object, **_named: object) -> None:
        free.wait(20)
        raise socket.gaierror(socket.EAI_AGAIN, "late")

    monkeypatch.setattr(socket, "getaddrinfo", looks_up)
    took = stopped_within("https://login.contoso.com/")
    free.set()
    assert took < 0.2


def test_cancelling_works_at_once_while_connecting() -> None:
    """A server whose waiting room is full answers no new connection."""
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        waiting = [socket.socket() for _number in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        took = stopped_within(f"http://localhost:{port}/")
        for one in waiting:
            one.close()
    assert took < 0.2
