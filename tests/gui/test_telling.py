"""What the review shows: journeys in words with where each part comes from, and files with their lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from latchkey.catalogue.loader import load_catalogue
from latchkey.draft.draft import Draft, Policies, Provider, Tenant
from latchkey.draft.store import load
from latchkey.gui.composing import compose_and_check
from latchkey.gui.telling import Told, tell_all
from latchkey.jobs import Unwatched

if TYPE_CHECKING:
    from latchkey.policy.story import StoryNode


@pytest.fixture(scope="module")
def told(root: Path) -> Told:
    draft = load(root / "resources/examples/contoso.latchkey.toml")
    return tell_all(compose_and_check(draft, load_catalogue(), None, Unwatched()), Unwatched())


def find(told: Told, kind: str, id_: str) -> StoryNode:
    return next(node for journey in told.journeys for node in journey.walk() if (node.kind, node.id) == (kind, id_))


def test_each_policy_that_applications_call_is_a_journey(told: Told) -> None:
    assert [journey.title for journey in told.journeys] == [
        "Sign up or sign in",
        "Edit the profile",
        "Set a new password",
    ]
    assert "used by B2C_1A_signup_signin" in told.journeys[0].note


def test_what_the_person_chose_is_new_and_the_rest_is_base(told: Told) -> None:
    assert told.origin(find(told, "button", "WeChatExchange")) == "new"
    assert told.origin(find(told, "exchange", "WeChatExchange")) == "new"
    steps = told.journeys[0].children
    assert [told.origin(step) for step in steps[:2]] == ["changed", "changed"]
    plain = [step for step in steps if "directory" in step.title or "account" in step.title or "your app" in step.title]
    assert len(plain) == 4
    assert {told.origin(step) for step in plain} == {"base"}


def test_every_line_of_the_story_stands_where_it_says(told: Told) -> None:
    files = {file.file: file.text.splitlines() for file in told.files}
    for journey in told.journeys:
        for node in journey.walk():
            if node.kind in ("button", "exchange") and node.where is not None:
                line = files[node.where.source.file][node.where.line - 1]
                assert f'"{node.id}"' in line


def test_marked_lines_end_where_the_element_ends(told: Told) -> None:
    journey = told.journeys[0]
    assert journey.where is not None
    file = next(file for file in told.files if file.file == journey.where.source.file)
    lines = file.text.splitlines()
    assert lines[journey.where.line - 1].strip().startswith("<UserJourney ")
    assert lines[file.ends[journey.where.line] - 1].strip() == "</UserJourney>"


def test_files_come_in_the_order_of_upload(told: Told) -> None:
    assert [file.file for file in told.files][:3] == [
        "TrustFrameworkBase.xml",
        "TrustFrameworkLocalization.xml",
        "TrustFrameworkExtensions.xml",
    ]


def test_lines_within_comments_are_known(told: Told) -> None:
    for file in told.files:
        lines = file.text.splitlines()
        for number in file.comments:
            assert "<!--" not in lines[number].split("-->")[0]


def test_a_draft_without_answers_tells_nothing() -> None:
    draft = Draft(Tenant("con toso"), Policies(accounts="social"), providers=(Provider("wechat", key="p1"),))
    told = tell_all(compose_and_check(draft, load_catalogue(), None, Unwatched()), Unwatched())
    assert (told.journeys, told.files) == ((), ())
