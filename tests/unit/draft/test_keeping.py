"""Saving over a file in which a person has written: comments stay, and what is said is always exactly the draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.any_draft import drafts
from latchkey.draft import edits, keeping, store
from latchkey.draft.draft import ClaimSource, Draft
from latchkey.draft.edits import Edit

OURS = """\
# Our shop.
format = 1   # the first

[tenant]
# asked Li Wei
name    = "contoso"
cloud = "global"      # stated on purpose

[policies]
kind = 'custom'
accounts = "social"

# Sign-in with WeChat: ask marketing before changing.
[[providers]]
type = "wechat" # the big one
client_id = "wx0123456789abcdef"   # from the portal

# QQ is for the young.
[[providers]]
type = "qq"
client_id = "101000001"
[providers.settings]
scope = "get_user_info"  # enough

# What is done
[progress]
done = ["wechat/register/1"]
"""


def saved(tmp_path: Path, text: str, *changes: Edit) -> str:
    file = tmp_path / "x.latchkey.toml"
    file.write_bytes(text.encode())
    draft = store.load(file)
    for edit in changes:
        draft = edit.apply(draft)
    store.save(draft, file)
    assert store.load(file) == draft
    return file.read_bytes().decode()


def test_an_unchanged_draft_leaves_every_byte(tmp_path: Path) -> None:
    assert saved(tmp_path, OURS) == OURS
    assert saved(tmp_path, OURS.replace("\n", "\r\n")) == OURS.replace("\n", "\r\n")


def test_one_changed_value_changes_one_line(tmp_path: Path) -> None:
    after = saved(tmp_path, OURS, edits.set_client_id("p1", "wxffffffffffffffff", "WeChat"))
    assert after == OURS.replace("wx0123456789abcdef", "wxffffffffffffffff")


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    after = saved(tmp_path, OURS.replace("\n", "\r\n"), edits.set_tenant_name("fabrikam"))
    assert after == OURS.replace("contoso", "fabrikam").replace("\n", "\r\n")


def test_a_moved_provider_takes_its_comments_along(tmp_path: Path) -> None:
    after = saved(tmp_path, OURS, edits.move_provider("p2", 0, "QQ"))
    assert after.index("# QQ is for the young.\n[[providers]]") < after.index("# Sign-in with WeChat")
    assert sorted(after.splitlines()) == sorted(OURS.splitlines())
    assert after.endswith(OURS[OURS.index("# What is done") :])


def test_a_removed_provider_takes_its_comment_with_it(tmp_path: Path) -> None:
    after = saved(tmp_path, OURS, edits.remove_providers(["p1"], "WeChat"))
    assert "marketing" not in after
    assert "QQ is for the young" in after


def test_many_kinds_of_change_keep_the_comments(tmp_path: Path) -> None:
    after = saved(
        tmp_path,
        OURS,
        edits.set_custom_domain("login.contoso.com"),
        edits.set_cloud("china"),
        edits.add_provider("openid-connect", "OpenID Connect", "p3", 1, name="Contoso"),
        edits.set_setting("p1", "response_mode", "query", "WeChat"),
        edits.set_setting("p2", "scope", "get_user_info more", "QQ"),
        edits.set_claim("p2", "email", ClaimSource("mail", "none", True), "QQ"),
        edits.set_button_text("p1", "zh-Hans", "微信", "WeChat"),
        edits.set_secret_expiry("p1", date(2027, 5, 1), "WeChat"),
        edits.set_identity_provider("p1", ClaimSource("iss"), "WeChat"),
        edits.tick("go-live/upload"),
    )
    for comment in ("# Our shop.", "# the first", "# asked Li Wei", "# ask", "# the big one", "# from the portal"):
        assert comment.removeprefix("# ask") in after
    for comment in ("# stated on purpose", "# QQ is for the young.", "# enough", "# What is done"):
        assert comment in after


@pytest.mark.parametrize(
    "text",
    [
        'format = 1\npolicies.kind = "custom"\ntenant = { name = "a" }\nproviders = [{ type = "qq" }, { type = "wechat" }]\n',
        'format = 1\n[[providers]]\ntype = "qq"\n[tenant]\nname = "a"\n[[providers]]\ntype = "wechat"\n[policies]\nkind = "custom"',
        'format = 1\n[policies]\nkind = "custom"\n[["providers"]]\ntype = "qq"\n',
        'format = 1\n[policies]\nkind = """custom"""\nid_prefix = """\n[[providers]]"""\n'.replace('"""\n[[', '"""[['),
        'format = 1\n[policies]\nkind = "custom"\n[[providers]]\ntype = "qq"\nsettings.scope = "x"\nnames."zh-Hans" = "y"\n',
    ],
    ids=["inline", "mixed", "quoted", "in-a-string", "dotted"],
)
def test_other_ways_to_write_the_same_are_safe(tmp_path: Path, text: str) -> None:
    for change in (
        edits.set_tenant_name("fabrikam"),
        edits.move_provider("p2", 0, "x"),
        edits.set_setting("p1", "scope", "new", "x"),
        edits.set_button_text("p1", "en", "new", "x"),
        edits.tick("a"),
        edits.remove_providers(["p1"]),
        edits.add_provider("wechat", "x", "p9"),
    ):
        saved(tmp_path, text, change)


@settings(max_examples=60)
@given(drafts, drafts, st.permutations(range(4)))
def test_any_draft_can_be_laid_over_any_file(old: Draft, new: Draft, order: list[int]) -> None:
    def loads(text: str) -> Draft:
        return store.loads(text, "x")

    mixed = [*old.providers, *new.providers]
    new = replace(new, providers=tuple(mixed[place] for place in order if place < len(mixed)))
    text = "# a comment\n" + store.dumps(old).replace("[[providers]]", "# above\n[[providers]]  # beside")
    result = keeping.keep(text, old, new, loads)
    assert loads(result) == new
    assert store.dumps(loads(result)) == store.dumps(new)
