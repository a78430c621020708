"""`latchkey --self-check`."""

from __future__ import annotations

from latchkey.cli import commands, self_checking
from latchkey.self_check import Probe


def told(capsys, *words: str, probe: Probe) -> tuple[int, str, str]:
    """How the switch ends with one more probe."""
    status = commands.finish(lambda: self_checking.check(words, lambda: (probe,)), words)
    out, err = capsys.readouterr()
    return status, out, err


def test_it_says_line_by_line_what_it_found(capsys, monkeypatch):
    monkeypatch.setattr("latchkey.self_check.probes", lambda: (Probe("a", "A", lambda: "One is there."),))
    status, out, err = told(capsys, probe=Probe("b", "B", lambda: "Two is there."))
    head, *lines, end = out.splitlines()
    assert (status, err) == (0, "")
    assert head.startswith("Latchkey ")
    assert [line.split(maxsplit=1) for line in lines] == [["fine", "One is there."], ["fine", "Two is there."]]
    assert end == "This installation is whole."


def test_what_is_wrong_ends_with_one(capsys, monkeypatch):
    monkeypatch.setattr("latchkey.self_check.probes", tuple)

    def broken() -> str:
        raise OSError("gone")

    status, out, _err = told(capsys, probe=Probe("b", "The thing", broken))
    assert status == 1
    assert "WRONG   The thing can't be used (OSError: gone). Please install Latchkey again." in out
    assert out.splitlines()[-1] == "This installation is not whole: see above."


def test_as_json_there_is_one_document(capsys, monkeypatch):
    import json

    monkeypatch.setattr("latchkey.self_check.probes", tuple)
    status, out, _err = told(capsys, "--json", probe=Probe("b", "B", lambda: "Two."))
    assert status == 0
    assert json.loads(out)["checks"] == [{"name": "b", "fine": True, "says": "Two."}]


def test_other_words_are_refused(capsys):
    status, out, err = told(capsys, "compose", probe=Probe("b", "B", lambda: "Two."))
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 2


def test_it_speaks_the_language_asked_for(capsys, monkeypatch):
    monkeypatch.setattr("latchkey.self_check.probes", tuple)
    asked: list[str] = []
    told(capsys, "--language", "zh_CN", probe=Probe("b", "B", lambda: asked.append(_language()) or "x"))
    assert asked == ["zh_CN"]


def _language() -> str:
    from latchkey.text import language

    return language()
