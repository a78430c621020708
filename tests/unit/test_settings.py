"""Settings: a file that can't be used is never in the way, and nothing in it is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from latchkey import settings
from latchkey.errors import Unreadable
from latchkey.settings import Loaded, Settings


def test_without_a_file_all_is_default_and_nothing_is_said():
    assert settings.load() == Loaded(Settings(), "")
    assert not settings.settings_file().exists()


def test_the_file_is_in_the_persons_settings_folder():
    settings.save(Settings(language="zh_CN", theme="dark", recent=(Path("/a/b.latchkey.toml"),)))
    table = json.loads(settings.settings_file().read_text(encoding="utf-8"))
    assert table == {
        "language": "zh_CN", "theme": "dark", "recent": [str(Path("/a/b.latchkey.toml"))], "pinned": [],
        "welcomed": False, "updates": "ask", "update_address": "",
    }  # fmt: skip


KEYS = ("language", "theme", "recent", "pinned", "welcomed", "updates", "update_address")
names = st.text(min_size=1, max_size=30).filter(lambda name: "\0" not in name and Path(name).name)
values = st.builds(
    Settings,
    language=st.sampled_from(["", "en", "zh_CN"]),
    theme=st.sampled_from(settings.THEMES),
    recent=st.lists(names.map(Path), max_size=10, unique=True).map(tuple),
    pinned=st.lists(names.map(Path), max_size=10, unique=True).map(tuple),
    welcomed=st.booleans(),
    updates=st.sampled_from(["ask", "on", "off"]),
    update_address=st.text(max_size=30),
    unknown=st.dictionaries(
        st.text(max_size=8).filter(lambda key: key not in KEYS),
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8)),
        max_size=3,
    ),
)


@given(values)
def test_what_is_saved_is_read_back(tmp_path_factory, value):
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    settings.save(value, path)
    assert settings.load(path) == Loaded(value, "")


def test_keys_of_a_newer_version_are_kept(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "dark", "density": {"rows": 3}}', encoding="utf-8")
    settings.save(replace(settings.load(path).settings, theme="light"), path)
    assert json.loads(path.read_text(encoding="utf-8"))["density"] == {"rows": 3}
    assert settings.load(path).settings.theme == "light"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe{", b"[" * 100_000, b'{"a": "' + b"x" * 1_000_000 + b'"}'],
    ids=["empty", "cut", "list", "null", "utf-16", "deep", "big"],
)
def test_a_broken_file_is_told_and_put_aside(tmp_path, content):
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    value, warning = settings.load(path)
    assert value == Settings()
    assert str(path) in warning
    settings.save(value, path)
    assert (tmp_path / "settings.bad.json").read_bytes() == content
    assert settings.load(path) == Loaded(Settings(), "")


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({"language": "xx"}, Settings()),
        ({"language": ["en"], "theme": {}}, Settings()),
        ({"theme": "neon"}, Settings()),
        ({"recent": "a"}, Settings()),
        ({"recent": ["a", 1, "", "b", "a", "c\0"]}, Settings(recent=(Path("a"), Path("b")))),
    ],
)
def test_a_value_of_a_wrong_kind_is_its_default(tmp_path, table, expected):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(table), encoding="utf-8")
    assert settings.load(path) == Loaded(replace(expected, welcomed=bool(table)), "")


def test_a_folder_in_the_way_is_told_and_refused(tmp_path):
    path = tmp_path / "settings.json"
    path.mkdir()
    assert str(path) in settings.load(path).warning
    with pytest.raises(Unreadable) as refused:
        settings.save(Settings(), path)
    assert str(path) in refused.value.message
    assert refused.value.hint


def test_recent_drafts_are_the_last_opened_first_and_no_more_than_ten():
    value = Settings()
    for number in range(12):
        value = value.opened(Path(f"/drafts/{number}"))
    value = value.opened(Path("/drafts/5"))
    assert [path.name for path in value.recent] == ["5", "11", "10", "9", "8", "7", "6", "4", "3", "2"]
    assert [path.name for path in value.forgotten(Path("/drafts/11")).recent][:2] == ["5", "10"]


def test_pinned_drafts_stay_and_the_others_make_room():
    kept = Settings().opened(Path("/a/first.toml")).with_pin(Path("/a/first.toml"), on=True)
    for number in range(30):
        kept = kept.opened(Path(f"/a/{number}.toml"))
    assert len(kept.recent) == 11
    assert kept.recent[-1] == Path("/a/first.toml").absolute()
    assert kept.cleared().recent == (Path("/a/first.toml").absolute(),)
    assert kept.with_pin(Path("/a/first.toml"), on=False).cleared().recent == ()
    assert kept.forgotten(Path("/a/first.toml")).pinned == ()


def test_who_had_settings_before_there_was_a_welcome_needs_none(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "dark"}', encoding="utf-8")
    assert settings.load(path).settings.welcomed
    assert not settings.load(tmp_path / "none.json").settings.welcomed


some = st.lists(st.sampled_from([Path(f"/{letter}") for letter in "abcdef"]), unique=True, max_size=6).map(tuple)


@given(some, some, some)
def test_two_windows_lose_no_draft_of_the_other(base, ours, theirs):
    """Who stays: whoever is new on one side, or was left alone by both."""
    before = Settings(recent=base)
    merged = set(Settings(recent=ours).merged(before, Settings(recent=theirs)).recent)
    for path in {*base, *ours, *theirs}:
        expected = (path in ours and path in theirs) if path in base else True
        assert (path in merged) == expected


def test_of_two_windows_each_one_s_choice_counts():
    before = Settings()
    merged = Settings(theme="dark").merged(before, Settings(language="zh_CN", updates="on"))
    assert (merged.theme, merged.language, merged.updates) == ("dark", "zh_CN", "on")
