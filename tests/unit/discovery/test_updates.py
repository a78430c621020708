"""Whether there is a newer version: one line is read, compared, and whatever else comes is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.bad_server import answer, drip, redirect, serving
from latchkey.discovery import updates
from latchkey.discovery.fetch import Limits
from latchkey.discovery.problems import Problem

HERE = Limits(local=True, seconds=5, size=10_000)


@pytest.mark.parametrize(
    ("said", "here", "newer"),
    [
        ("0.2.0", "0.1.0", True), ("v0.2.0\n", "0.1.0", True), ("0.1.0", "0.1.0", False), ("0.0.9", "0.1.0", False),
        ("0.10.0", "0.9.0", True), ("1", "0.9.9", True), ("0.1", "0.1.0", False), ("0.2.0rc1", "0.2.0", False),
        ("0.2.0", "0.2.0rc1", True), ("0.2.0b2", "0.2.0b1", True), ("0.2.0\nand more text", "0.1.0", True),
    ],
)  # fmt: skip
def test_a_version_is_read_and_compared(said: str, here: str, newer: bool) -> None:
    with serving({"/version": answer(said, "text/plain")}) as server:
        found = updates.look(server.at("/version"), None, HERE, here)
    assert found.is_newer == newer
    assert found.here == here
    assert found.version == said.partition("\n")[0].strip().removeprefix("v")


def test_the_question_holds_nothing_but_the_program_s_name() -> None:
    with serving({"/version": answer("0.1.0", "text/plain")}) as server:
        updates.look(server.at("/version"), None, HERE)
        (question,) = server.asked
    names = {line.partition(":")[0].lower() for line in question.splitlines()[1:] if line}
    assert names <= {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert server.paths == ["/version"]


@pytest.mark.parametrize(
    "said", ["", "<html>", "latest", "1.2.3.4.5", "0.1.0; rm -rf", "9" * 40, '{"version": "2.0"}', "1.0\x1b[31m"]
)
def test_what_is_no_version_is_refused(said: str) -> None:
    with serving({"/version": answer(said, "text/plain")}) as server, pytest.raises(Problem) as told:
        updates.look(server.at("/version"), None, HERE)
    assert told.value.id == "no-version"


def test_a_server_that_misbehaves_is_one_clear_sentence() -> None:
    pages = {
        "/big": answer("1" * 20_000, "text/plain"), "/gone": answer("no", "text/plain", "404 Not Found"),
        "/away": redirect("https://elsewhere.example/version"),
        "/slow": drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"),
    }  # fmt: skip
    with serving(pages) as server:
        for path in pages:
            with pytest.raises(Problem):
                updates.look(server.at(path), None, Limits(local=True, seconds=0.5, size=10_000))


def test_only_https_leaves_this_computer() -> None:
    with pytest.raises(Problem):
        updates.look("http://example.org/version")
    with pytest.raises(Problem):
        updates.look("file:///etc/passwd")


@given(st.lists(st.integers(0, 999), min_size=1, max_size=4), st.lists(st.integers(0, 999), min_size=1, max_size=4))
def test_versions_are_ordered_as_their_numbers(one: list[int], other: list[int]) -> None:
    first, second = updates.order(".".join(map(str, one))), updates.order(".".join(map(str, other)))
    assert first is not None
    assert second is not None
    pad = [(*numbers, 0, 0, 0, 0)[:4] for numbers in (one, other)]
    assert (first > second) == (pad[0] > pad[1])


def test_the_address_of_a_release_is_https_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "release.json"
    monkeypatch.setattr(updates, "resource", lambda *_parts: file)
    assert updates.released_address() == ""
    for content, expected in (
        ({"version_address": "https://example.org/v"}, "https://example.org/v"),
        ({"version_address": "http://example.org/v"}, ""), ({"version_address": 1}, ""), ([], ""), ({}, ""),
    ):  # fmt: skip
        file.write_text(json.dumps(content), encoding="utf-8")
        assert updates.released_address() == expected
