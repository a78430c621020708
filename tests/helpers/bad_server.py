"""A server on this computer that answers exactly as badly as a test wants: raw bytes, late, endless, cut off."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Speak = Callable[[socket.socket, threading.Event], None]


@dataclass
class Server:
    """What it was asked, and how it is reached."""

    port: int
    scheme: str
    asked: list[str] = field(default_factory=list)  # each question whole, with its headers
    pages: dict[str, Any] = field(default_factory=dict)  # for tests that change what it says

    def at(self, path: str = "/", host: str = "localhost") -> str:
        """The address of a path on it."""
        return f"{self.scheme}://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [question.split(" ")[1] for question in self.asked if " " in question]


def answer(body: bytes | str, kind: str = "application/json", status: str = "200 OK", *headers: str) -> bytes:
    """A whole answer, as a good server sends it."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(data)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + data


def redirect(where: str, status: str = "302 Found") -> bytes:
    """An answer that sends on."""
    return answer(b"", "text/plain", status, f"Location: {where}")


def drip(head: bytes, letter: bytes = b" ", pause: float = 0.05) -> Speak:
    """One letter now and then, for ever."""

    def speak(sock: socket.socket, stop: threading.Event) -> None:
        sock.sendall(head)
        while not stop.wait(pause):
            sock.sendall(letter)

    return speak


def silent(_sock: socket.socket, stop: threading.Event) -> None:
    """Takes the question and says nothing."""
    stop.wait(30)


@contextlib.contextmanager
def serving(
    pages: Mapping[str, bytes | Speak],
    certificate: Path | None = None,
    *,
    context: ssl.SSLContext | None = None,
    shake_hands: bool = True,
) -> Iterator[Server]:
    """A server for the `with` block. `pages`: what is said for each path (`*`: for any other)."""
    stop = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.05)
    if certificate is not None and context is None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if context is not None and certificate is not None:
        context.load_cert_chain(certificate)
    server = Server(listening.getsockname()[1], "https" if context is not None or not shake_hands else "http")
    threads: list[threading.Thread] = []

    def one(sock: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), sock:
            sock.settimeout(5)
            if not shake_hands:
                stop.wait(30)
                return
            with context.wrap_socket(sock, server_side=True) if context is not None else sock as talking:
                _answer(talking, server, pages, stop)

    def listen() -> None:
        while not stop.is_set():
            try:
                sock, _where = listening.accept()
            except TimeoutError:
                continue
            thread = threading.Thread(target=one, args=(sock,), daemon=True)
            threads.append(thread)
            thread.start()

    main = threading.Thread(target=listen, daemon=True)
    main.start()
    try:
        yield server
    finally:
        stop.set()
        main.join(2)
        listening.close()
        for thread in threads:
            thread.join(2)


def _answer(talking: socket.socket, server: Server, pages: Mapping[str, bytes | Speak], stop: threading.Event) -> None:
    """Hear the question out, and say what the page for it says."""
    question = b""
    while b"\r\n\r\n" not in question and question[:1] != b"\x16" and (part := talking.recv(65536)):
        question += part
    server.asked.append(question.decode("latin-1"))
    path = question.split(b" ")[1].decode("latin-1") if b" " in question else ""
    said = pages.get(path, pages.get("*", answer("nothing here", "text/plain", "404 Not Found")))
    if callable(said):
        said(talking, stop)
    else:
        talking.sendall(said)
