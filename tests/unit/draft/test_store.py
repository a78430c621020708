"""The draft's file: strict to read, canonical to write, whole or not at all."""

from __future__ import annotations

import os
import stat
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.any_draft import drafts
from latchkey.draft import store
from latchkey.draft.draft import ClaimSource, Draft, Policies, Provider, Tenant, frozen
from latchkey.errors import Refused, Unreadable

HEAD = 'format = 1\n[tenant]\nname = "contoso"\n[policies]\nkind = "custom"\n'


def refusal(text: str) -> Refused:
    with pytest.raises(Refused) as caught:
        store.loads(text, "x.latchkey.toml")
    message, hint = caught.value.message, caught.value.hint
    assert message.startswith("x.latchkey.toml")
    assert hint
    assert message.isprintable()
    assert hint.isprintable()
    return caught.value


# Reading ----------------------------------------------------------------------------------------------------------


def test_everything_that_the_contract_names_is_read() -> None:
    draft = store.loads(
        """
        format = 1
        [tenant]
        name = "contoso"
        cloud = "china"
        custom_domain = "login.contoso.com"
        object_id = "11111111-2222-3333-4444-555555555555"
        [policies]
        kind = "custom"
        accounts = "social-and-local-mfa"
        include = ["profile-edit"]
        password_reset = "separate"
        ask_email = "verified"
        page_design = "slate-gray"
        id_prefix = "Shop_"
        journey_id = "J"
        extensions = "B2C_1A_TrustFrameworkExtensions"
        relying_parties = ["B2C_1A_signup_signin"]
        profile_edit_policies = []
        ief_app_id = "a"
        proxy_ief_app_id = "b"
        test_app_id = "c"
        test_reply_url = "https://jwt.ms"
        [user_flow]
        name = "B2C_1_signup_signin"
        [[providers]]
        type = "openid-connect"
        profile = "Our-Own-IdP"
        id = "Contoso"
        name = "Contoso employees"
        names = { zh-Hans = "微信" }
        client_id = "x"
        policy_key = "ContosoSecret"
        domain_hint = "contoso.com"
        identity_provider = { claim = "iss" }
        secret_expires = 2027-05-01
        [providers.settings]
        scope = "openid"
        [providers.claims]
        issuerUserId = "sub"
        email = { claim = "email", default = "none", always = true }
        [[providers]]
        type = "wechat"
        identity_provider = "wechat.com"
        [progress]
        done = ["go-live/upload"]
        """,
        "x",
    )
    assert draft == Draft(
        tenant=Tenant("contoso", "china", "login.contoso.com", "11111111-2222-3333-4444-555555555555"),
        policies=Policies(
            kind="custom",
            accounts="social-and-local-mfa",
            include=("profile-edit",),
            password_reset="separate",
            ask_email="verified",
            page_design="slate-gray",
            id_prefix="Shop_",
            journey_id="J",
            extensions="B2C_1A_TrustFrameworkExtensions",
            relying_parties=("B2C_1A_signup_signin",),
            profile_edit_policies=(),
            ief_app_id="a",
            proxy_ief_app_id="b",
            test_app_id="c",
            test_reply_url="https://jwt.ms",
        ),
        user_flow=replace(draft.user_flow, name="B2C_1_signup_signin"),
        providers=(
            Provider(
                "openid-connect",
                "Our-Own-IdP",
                "Contoso",
                "Contoso employees",
                frozen({"zh-Hans": "微信"}),
                "x",
                "ContosoSecret",
                "contoso.com",
                ClaimSource("iss"),
                date(2027, 5, 1),
                frozen({"scope": "openid"}),
                frozen({"issuerUserId": ClaimSource("sub"), "email": ClaimSource("email", "none", True)}),
            ),
            Provider("wechat", identity_provider="wechat.com"),
        ),
        done=frozenset({"go-live/upload"}),
    )
    assert [provider.key for provider in draft.providers] == ["p1", "p2"]


def test_the_contract_s_own_drafts_load_and_come_back(reference: Path) -> None:
    files = sorted((reference / "contract").glob("*.latchkey.toml"))
    assert len(files) >= 3
    for file in files:
        draft = store.load(file)
        assert store.loads(store.dumps(draft), "again") == draft


def test_text_that_is_not_right_yet_is_kept_for_the_rules() -> None:
    draft = store.loads(HEAD.replace('"contoso"', '"con toso"') + '[[providers]]\ntype = "nothing"\n', "x")
    assert draft.tenant.name == "con toso"
    assert draft.providers[0].type == "nothing"


def test_a_draft_that_says_almost_nothing_yet_loads() -> None:
    assert store.loads('format = 1\n[policies]\nkind = "user-flow"\n', "x") == Draft(
        policies=Policies(kind="user-flow")
    )


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter() -> None:
    assert store.loads("\ufeff" + HEAD.replace("\n", "\r\n"), "x") == store.loads(HEAD, "x")


@pytest.mark.parametrize(
    ("extra", "path", "expected"),
    [
        ("[extra]", "extra", "not a key"),
        ('[tenant]\nnme = "x"', "tenant.nme", "not a key"),
        ('[tenant]\nname = ["x"]', "tenant.name", "text in quotes"),
        ('[tenant]\ncloud = "moon"', "tenant.cloud", "“global”, “china” or “us-government”"),
        ("[tenant]\ncloud = 1", "tenant.cloud", "“global”, “china” or “us-government”"),
        ("tenant = 3", "tenant", "a table"),
        ('[policies]\nkind = "magic"', "policies.kind", "“custom” or “user-flow”"),
        ('[policies]\nkind = "custom"\naccounts = "all"', "policies.accounts", "“social”, “social-and-local” or"),
        ('[policies]\nkind = "custom"\naccounts = ""', "policies.accounts", "“social”, “social-and-local” or"),
        ('[policies]\nkind = "custom"\ninclude = ["x"]', "policies.include[0]", "“profile-edit” or “password-reset”"),
        ('[policies]\nkind = "custom"\ninclude = "profile-edit"', "policies.include", "a list of texts"),
        ('[policies]\nkind = "custom"\nrelying_parties = [1]', "policies.relying_parties[0]", "text in quotes"),
        ('[policies]\njourney_id = "x"', "policies.kind", "missing"),
        ('[policies]\nkind = "custom"\n[user_flow]\nnames = ""', "user_flow.names", "not a key"),
        ('[policies]\nkind = "custom"\n[progress]\ndone = 1', "progress.done", "a list of texts"),
        ("providers = 1", "providers", "a list of tables"),
        ("providers = [1]", "providers[0]", "a table"),
        ('[[providers]]\nname = "x"', "providers[0].type", "missing"),
        ('[[providers]]\ntype = "qq"\nclient_id = 101000001', "providers[0].client_id", "text in quotes"),
        ('[[providers]]\ntype = "qq"\nnames = { en = 1 }', "providers[0].names.en", "text in quotes"),
        ('[[providers]]\ntype = "qq"\nsecret_expires = "2027-05-01"', "providers[0].secret_expires", "a date"),
        ('[[providers]]\ntype = "qq"\nsecret_expires = 2027-05-01T00:00:00', "providers[0].secret_expires", "a date"),
        ('[[providers]]\ntype = "qq"\nidentity_provider = 1', "providers[0].identity_provider", "text in quotes"),
        ('[[providers]]\ntype = "a"\n[[providers]]\ntype = "b"\n[providers.settings]\nscope = 1', "providers[1].settings.scope", "text"),
        ('[[providers]]\ntype = "qq"\n[providers.claims]\nemail = 1', "providers[0].claims.email", "text in quotes, or a table"),
        ('[[providers]]\ntype = "qq"\n[providers.claims]\nemail = { claim = 1 }', "providers[0].claims.email.claim", "text"),
        ('[[providers]]\ntype = "qq"\n[providers.claims]\nemail = { always = "yes" }', "providers[0].claims.email.always", "true or false"),
        ('[[providers]]\ntype = "qq"\n[providers.claims]\nemail = { from = "x" }', "providers[0].claims.email.from", "not a key"),
        ('[tenant]\n"a b\\u0007" = "x"', "tenant.“a b\ufffd”", "not a key"),
    ],
)  # fmt: skip
def test_a_refusal_names_the_key_and_what_is_expected(extra: str, path: str, expected: str) -> None:
    head = "format = 1\n" + ("" if "[policies]" in extra else 'policies = { kind = "custom" }\n')
    message = refusal(head + extra + "\n").message
    assert message.startswith(f"x.latchkey.toml: {path} ")
    assert expected in message


def test_a_typing_mistake_gets_the_nearest_key() -> None:
    assert "client_id" in refusal(HEAD + '[[providers]]\ntype = "qq"\nclientid = "1"\n').hint


def test_a_secret_in_the_file_is_told_where_it_belongs() -> None:
    refused = refusal(HEAD + '[[providers]]\ntype = "qq"\nclient_secret = "hush"\n')
    assert "keyring" in refused.hint
    assert "hush" not in str(refused)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "format is missing"),
        ('format = "1"\n', "format must be the number 1"),
        ("format = true\n", "format must be the number 1"),
        ("format = 0\n", "format must be the number 1"),
        ('format = 2\n[something]\nnew = "x"\n', "newer Latchkey"),
    ],
)
def test_the_format_comes_first(text: str, words: str) -> None:
    assert words in refusal(text).message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("format = 1\n[tenant\n", 2),
        ("format = 1\n\nname = contoso\n", 3),
        ('format = 1\na = "', 2),
        ("format = 1\nformat = 1\n", 2),
        ('format = 1\na = "x\x07"\n', 2),
    ],
)
def test_what_is_not_toml_is_told_with_its_line(text: str, line: int) -> None:
    assert refusal(text).message.startswith(f"x.latchkey.toml, line {line}: ")


@pytest.mark.parametrize("character", ["\\u0007", "\\n", "\\t", "\\u0085", "\\u001b", "\\uFFFF"])
@pytest.mark.parametrize(
    "place",
    [
        '[tenant]\nname = "a{}b"',
        '[[providers]]\ntype = "qq"\nname = "a{}b"',
        '[[providers]]\ntype = "qq"\nnames = {{ en = "a{}b" }}',
        '[[providers]]\ntype = "qq"\nnames = {{ "a{}b" = "x" }}',
        '[[providers]]\ntype = "qq"\n[providers.claims]\n"a{}b" = "x"',
        '[[providers]]\ntype = "qq"\n[providers.claims]\nemail = {{ claim = "e", default = "a{}b" }}',
        '[progress]\ndone = ["a{}b"]',
    ],
)
def test_control_characters_are_refused_everywhere(place: str, character: str) -> None:
    refused = refusal('format = 1\npolicies = { kind = "custom" }\n' + place.format(character))
    assert "U+" in refused.message


def test_a_lone_surrogate_is_refused() -> None:
    assert "U+D800" in refusal(HEAD.replace("contoso", "a\ud800")).message


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 20_000 + "]" * 20_000,
        "x = " + "1" * 10_000,
        ".".join(["a"] * 300_000) + " = 1",
        '"""\\"' * 200_000,
        "'''" * 300_000 + "a",
        '"' * 900_000,
        "[" * 900_000,
        "a" * 900_000,
        " . " * 300_000,
        "# " * 450_000 + "\n[",
    ],
    ids=["nested", "digits", "dots", "quotes", "literals", "one-quote", "brackets", "word", "spaces", "comment"],
)
def test_a_hostile_file_is_refused_quickly(text: str) -> None:
    start = time.process_time()
    refusal(HEAD + text)
    assert time.process_time() - start < 5


@given(st.text(max_size=200))
@example("a.b.c.d.e.f.g.h.i.j.k=1")
@example("[[providers]]\n[providers]\n")
def test_any_text_is_a_draft_or_refused(text: str) -> None:
    for candidate in (text, HEAD + text):
        try:
            store.loads(candidate, "x")
        except Refused as refused:
            assert refused.message.isprintable()
            assert refused.hint.isprintable()


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "name", "names", "claims", "settings", "claim", "x"]), inner, max_size=4), max_leaves=12))  # fmt: skip
def test_any_shape_is_a_draft_or_refused(value: object) -> None:
    from latchkey.draft.reading import BadValue, read

    for key in ("tenant", "policies", "user_flow", "providers", "progress"):
        for shape in (value, [value], {"name": value}):
            try:
                read({"format": 1, "policies": {"kind": "custom"}, key: shape})
            except BadValue as refused:
                assert refused.message.isprintable()


# Writing ----------------------------------------------------------------------------------------------------------


@given(drafts)
def test_what_is_written_reads_back(draft: Draft) -> None:
    text = store.dumps(draft)
    again = store.loads(text, "x")
    assert again == draft
    assert store.dumps(again) == text == store.dumps(draft)


def test_only_what_is_stated_is_written() -> None:
    assert store.dumps(Draft()) == 'format = 1\n\n[policies]\nkind = "custom"\n'


def test_a_control_character_is_never_written() -> None:
    with pytest.raises(Refused, match=r"U\+0007"):
        store.dumps(Draft(tenant=Tenant("a\x07")))


# Files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["missing.toml", "missing/deep.toml", "a\0b", "x" * 300, "folder"])
def test_a_path_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(Unreadable) as caught:
        store.load(tmp_path / name)
    assert caught.value.message.isprintable()
    assert caught.value.hint


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Unreadable, match="not an ordinary file"):
        store.load(tmp_path / "pipe")


def test_a_huge_file_is_refused_without_reading_all_of_it(tmp_path: Path) -> None:
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(Refused, match="1 MB"):
        store.load(tmp_path / "huge")


def test_bytes_that_are_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"format = 1\n# \xff\n")
    with pytest.raises(Refused, match="line 2: this is not UTF-8"):
        store.load(tmp_path / "x")


def test_saving_and_loading(tmp_path: Path) -> None:
    draft = Draft(tenant=Tenant("contoso"), providers=(Provider("wechat", key="p1"),))
    store.save(draft, tmp_path / "a.latchkey.toml")
    assert store.load(tmp_path / "a.latchkey.toml") == draft
    assert [path.name for path in tmp_path.iterdir()] == ["a.latchkey.toml"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_permissions_and_links_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    store.save(Draft(), real)
    real.chmod(0o640)
    link.symlink_to(real)
    store.save(Draft(tenant=Tenant("contoso")), link)
    assert link.is_symlink()
    assert store.load(real).tenant.name == "contoso"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_new_file_has_the_usual_rights(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    store.save(Draft(), tmp_path / "draft")
    assert (tmp_path / "draft").stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.parametrize("moment", ["os.fsync", "os.replace"])
def test_a_disk_that_fails_leaves_the_old_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    file = tmp_path / "x"
    store.save(Draft(), file)
    before = file.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(moment, full)
    with pytest.raises(Unreadable, match="No space left"):
        store.save(Draft(tenant=Tenant("contoso")), file)
    monkeypatch.undo()
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_is_no_draft_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "diary.txt"
    file.write_text("Dear diary,\n")
    with pytest.raises(Refused) as caught:
        store.save(Draft(), file)
    assert "another name" in caught.value.hint
    assert file.read_text() == "Dear diary,\n"


def test_a_place_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unreadable) as caught:
        store.save(Draft(), tmp_path / "file" / "x")
    assert caught.value.exit_status == 2


def test_a_draft_of_more_providers_than_anybody_has_is_refused() -> None:
    row = '[[providers]]\ntype = "wechat"\n'
    head = 'format = 1\n[policies]\nkind = "custom"\n'
    assert len(store.loads(head + row * 500, "x").providers) == 500
    with pytest.raises(Refused, match="501"):
        store.loads(head + row * 501, "x")
