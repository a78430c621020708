"""Finding parts of told journeys by words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from latchkey.policy.story import StoryNode
from latchkey.policy.story_search import places, search, words_of

CLAIM = StoryNode("claim", "displayName", "displayName ← nickname")
PROFILE = StoryNode("profile", "WeChat-OAuth2", "Technical profile WeChat-OAuth2", "OAuth2", children=(CLAIM,))
BUTTON = StoryNode("button", "QQExchange", "Button “QQ”")
STEP = StoryNode("step", "1", "1 · Show the sign-in page", "skipped when known", children=(BUTTON, PROFILE))
OTHER = StoryNode("step", "2", "2 · Tell your app")
JOURNEY = StoryNode("journey", "J", "Sign up or sign in", children=(STEP, OTHER))


def test_hits_come_with_the_way_to_them_and_all_below() -> None:
    found = search([JOURNEY], "wechat")
    assert found is not None
    assert found.hits == ((JOURNEY, STEP, PROFILE),)
    assert found.kept == {id(JOURNEY), id(STEP), id(PROFILE), id(CLAIM)}


def test_every_word_counts_and_so_do_remarks_ids_and_badges() -> None:
    def hits(query: str) -> list[str]:
        found = search([JOURNEY], query, lambda node: "new" if node is BUTTON else "")
        assert found is not None
        return [chain[-1].id for chain in found.hits]

    assert hits("SHOW page") == ["1"]
    assert hits("show app") == []
    assert hits("skipped") == ["1"]
    assert hits("qqexchange") == ["QQExchange"]
    assert hits("new") == ["QQExchange"]
    assert hits('"sign-in page"') == ["1"]
    assert search([JOURNEY], '  ""') is None


def test_only_what_is_new_or_changed() -> None:
    """All of what is new; of what changed only what is new or changed in it."""
    origins = {id(JOURNEY): "changed", id(STEP): "changed", id(PROFILE): "new", id(BUTTON): "base"}

    def origin(node: StoryNode) -> str:
        return origins.get(id(node), "")

    found = search([JOURNEY], "", origin=origin)
    assert found is not None
    assert found.only
    assert found.hits == ((JOURNEY,), (JOURNEY, STEP), (JOURNEY, STEP, PROFILE))
    assert found.kept == {id(JOURNEY), id(STEP), id(PROFILE), id(CLAIM)}
    narrowed = search([JOURNEY], "wechat", origin=origin)
    assert narrowed is not None
    assert narrowed.hits == ((JOURNEY, STEP, PROFILE),)


def test_words_in_quotation_marks_stay_together() -> None:
    assert words_of("one “Two three” one") == ("one", "two three")


def test_places_of_words() -> None:
    assert places("WeChat → WeChat-OAuth2", ("wechat", "chat")) == ((0, 6), (9, 15))
    assert places("İstanbul", ("stan",)) == ((1, 5),)
    assert places("nothing", ("else",)) == ()


@given(st.text(max_size=30), st.lists(st.text(min_size=1, max_size=3), max_size=3))
def test_places_stand_within_the_text(text: str, words: list[str]) -> None:
    found = places(text, [word.casefold() for word in words if word.casefold()])
    ends = [end for pair in found for end in pair]
    assert ends == sorted(ends)
    assert all(0 <= end <= len(text) for end in ends)
