"""Carrying drafts into existing sets: what the contract promises, on a pack that everybody knows."""

from __future__ import annotations

import errno
import os
from collections import Counter
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from helpers.composing import IEF, PROXY, catalogue, provider
from latchkey.check.checker import check_set
from latchkey.check.finding import Level
from latchkey.compose.into import keeping
from latchkey.compose.into.importing import import_set
from latchkey.compose.into.plan import IntoPlan, peeled, plan_into
from latchkey.draft.draft import ClaimSource, Draft, Policies, Provider, Tenant, frozen
from latchkey.draft.store import dumps, loads
from latchkey.errors import Refused, Unreadable
from latchkey.policy.buttons import buttons
from latchkey.policy.folder import read_folder, read_set
from latchkey.policy.policy_set import PolicyFile, PolicySet

METADATA = "https://login.contoso.example/.well-known/openid-configuration"
FACEBOOK = Provider("facebook", client_id="123456789012345")
WECHAT = Provider("wechat", client_id="wx0123456789abcdef")
QQ = Provider("qq", client_id="101000001")
OIDC = Provider("openid-connect", name="Contoso", client_id="abc", settings=frozen({"metadata_url": METADATA}))


def draft(*providers: Provider, **policies: object) -> Draft:
    stated = Policies(accounts="social-and-local", ief_app_id=IEF, proxy_ief_app_id=PROXY)
    return Draft(Tenant("contoso"), replace(stated, **policies), providers=providers)  # type: ignore[arg-type]


def plan(policy_set: PolicySet, wanted: Draft, **switches: bool) -> IntoPlan:
    return plan_into(policy_set, wanted, catalogue(), **switches)


def data(policy_set: PolicySet) -> dict[str, bytes]:
    return {policy.file: policy_set.document(policy).data for policy in policy_set.policies}


def shown(policy_set: PolicySet, policy_id: str) -> list[tuple[str, str]]:
    policy = policy_set.find(policy_id)
    assert policy is not None
    effective = policy_set.effective(policy)
    assert effective.relying_party is not None
    assert effective.relying_party.default_journey is not None
    journey = effective.journey(effective.relying_party.default_journey.id)
    assert journey is not None
    return [(button.exchange, button.text) for button in buttons(effective, journey)]


@pytest.fixture(params=["SocialAndLocalAccounts", "SocialAndLocalAccountsWithMfa", "SocialAccounts"])
def pack(request: pytest.FixtureRequest, reference: Path) -> PolicySet:
    return read_set(reference / "corpus/starterpack" / request.param)


def test_a_fresh_pack_gets_providers_in_order_and_checks_clean(pack: PolicySet) -> None:
    after = plan(pack, draft(WECHAT, FACEBOOK, OIDC)).after
    assert [f for f in check_set(after) if f.level is Level.ERROR] == []
    for policy_id in ("B2C_1A_signup_signin", "B2C_1A_ProfileEdit"):
        assert [exchange for exchange, _ in shown(after, policy_id)] == [
            "WeChatExchange",
            "FacebookExchange",
            "ContosoExchange",
        ]


def test_the_base_is_left_alone_but_for_its_tenant(pack: PolicySet) -> None:
    after = plan(pack, draft(WECHAT, FACEBOOK)).after
    for policy in pack.policies:
        if policy.id.endswith(("Base", "Localization")):
            filled = pack.document(policy).data.replace(b"yourtenant", b"contoso")
            assert data(after)[policy.file] == filled


def test_twice_is_once_and_b_between_a_and_a_leaves_no_trace(pack: PolicySet) -> None:
    a = draft(WECHAT, replace(FACEBOOK, name="Face"), OIDC)
    b = draft(
        replace(OIDC, names=frozen({"de": "Beschäftigte", "en": "Staff"})), QQ, replace(FACEBOOK, domain_hint="fb.com")
    )
    first = plan(pack, a).after
    assert plan(first, a).changes == ()
    second = plan(first, b, remove_unlisted=True).after
    assert data(plan(second, a, remove_unlisted=True).after) == data(first)


def test_taking_everything_off_gives_back_the_filled_original(pack: PolicySet) -> None:
    filled = plan(pack, draft(FACEBOOK))
    after = plan(pack, draft(QQ, replace(FACEBOOK, name="F & <b>", names=frozen({"zh-Hans": "脸书"})), WECHAT)).after
    assert shown(after, "B2C_1A_signup_signin")[1] == ("FacebookExchange", "F & <b>")
    assert data(plan(after, draft(FACEBOOK), remove_unlisted=True).after) == data(filled.after)
    assert data(peeled(after)) == data(filled.after)


def test_what_is_shown_is_only_taken_off_when_asked(pack: PolicySet) -> None:
    with pytest.raises(Refused, match="Facebook"):
        plan(pack, draft(WECHAT))
    after = plan(pack, draft(WECHAT), remove_unlisted=True).after
    assert [exchange for exchange, _ in shown(after, "B2C_1A_signup_signin")] == ["WeChatExchange"]
    assert plan(after, draft(WECHAT)).changes == ()
    extensions = after.find("B2C_1A_TrustFrameworkExtensions")
    assert extensions is not None
    assert any(profile.id == "Facebook-OAUTH" for profile in extensions.technical_profiles)


def test_who_a_person_is_changes_only_when_asked(pack: PolicySet) -> None:
    other = replace(FACEBOOK, claims=frozen({"issuerUserId": ClaimSource("email")}))
    with pytest.raises(Refused, match="Facebook-OAUTH"):
        plan(pack, draft(other))
    changed = plan(pack, draft(other), change_identity=True)
    assert any("issuerUserId" in sentence for sentence in changed.words)
    with pytest.raises(Refused, match="strangers"):
        plan(changed.after, draft(replace(other, claims=frozen({"issuerUserId": ClaimSource("id")}))))


def test_a_new_name_goes_where_a_localized_string_would_mask_it(pack: PolicySet) -> None:
    after = plan(pack, draft(replace(FACEBOOK, name="Meta"))).after
    assert shown(after, "B2C_1A_signup_signin") == [("FacebookExchange", "Meta")]
    assert shown(after, "B2C_1A_ProfileEdit") == [("FacebookExchange", "Meta")]


def test_an_imported_draft_changes_nothing(pack: PolicySet) -> None:
    for policy_set in (pack, plan(pack, draft(OIDC, replace(FACEBOOK, name="F"), WECHAT, journey_id="Mine")).after):
        found = import_set(policy_set, catalogue())
        assert loads(dumps(found), "x") == found
        assert plan(policy_set, found).changes == ()


def edited(policy_set: PolicySet, old: bytes, new: bytes) -> PolicySet:
    """The set after somebody changed something by hand."""
    files = data(policy_set)
    assert sum(content.count(old) for content in files.values()) >= 1
    return PolicySet.of(PolicyFile(name, content.replace(old, new)) for name, content in files.items())


def test_what_a_person_changed_in_our_provider_is_theirs(pack: PolicySet) -> None:
    wanted = draft(WECHAT, FACEBOOK, QQ)
    theirs = edited(
        plan(pack, wanted).after, b'<Item Key="scope">get_user_info<', b'<Item Key="scope">get_user_info,more<'
    )
    assert plan(theirs, wanted).changes == ()
    after = plan(theirs, draft(QQ, FACEBOOK), remove_unlisted=True).after
    assert [exchange for exchange, _ in shown(after, "B2C_1A_signup_signin")] == ["QQExchange", "FacebookExchange"]
    assert b"get_user_info,more" in data(after)[next(f for f in data(after) if f.endswith("Extensions.xml"))]
    for policy_id in ("B2C_1A_signup_signin", "B2C_1A_ProfileEdit"):
        assert len(shown(after, policy_id)) == 2


def test_what_a_person_changed_in_our_journey_is_theirs(pack: PolicySet) -> None:
    wanted = draft(WECHAT, FACEBOOK)
    first = plan(pack, wanted).after
    theirs = edited(
        first, b'<UserJourney Id="CustomSignUpSignIn">', b'<UserJourney Id="CustomSignUpSignIn"><!-- mine -->'
    )
    assert plan(theirs, wanted).changes == ()
    after = plan(theirs, draft(QQ, FACEBOOK, WECHAT)).after
    assert [exchange for exchange, _ in shown(after, "B2C_1A_signup_signin")] == [
        "QQExchange",
        "FacebookExchange",
        "WeChatExchange",
    ]
    assert b"<!-- mine -->" in b"".join(data(after).values())
    assert data(plan(after, wanted, remove_unlisted=True).after) == data(theirs)
    assert [f for f in check_set(after) if f.level is Level.ERROR] == []


def test_a_provider_that_no_page_shows_gets_its_button(pack: PolicySet) -> None:
    """The commonest silent failure: set up as the articles say, but the journey was forgotten."""
    first = plan(pack, draft(WECHAT, FACEBOOK)).after
    forgotten = edited(
        plan(first, draft(FACEBOOK), remove_unlisted=True).after, b"</ClaimsProviders>", b"</ClaimsProviders>"
    )
    profile = next(p for p in data(first).items() if b"WeChat-OAuth2" in p[1])[1]
    start = profile.index(b"<ClaimsProvider>", profile.index(b"Latchkey added", profile.index(b"WeChat") - 80))
    provider_text = profile[start : profile.index(b"</ClaimsProvider>", start) + 17]
    by_hand = edited(forgotten, b"</ClaimsProviders>", provider_text + b"</ClaimsProviders>")
    assert len(shown(by_hand, "B2C_1A_signup_signin")) == 1
    after = plan(by_hand, draft(WECHAT, FACEBOOK)).after
    for policy_id in ("B2C_1A_signup_signin", "B2C_1A_ProfileEdit"):
        assert [exchange for exchange, _ in shown(after, policy_id)] == ["WeChatExchange", "FacebookExchange"]
    assert (
        b"".join(data(after).values()).count(b'TechnicalProfile Id="WeChat-OAuth2"') == 2
    )  # once in the base's file too


def test_words_say_what_is_different(pack: PolicySet) -> None:
    words = plan(pack, draft(WECHAT, FACEBOOK)).words
    assert "The technical profile WeChat-OAuth2 is new." in words
    assert "B2C_1A_signup_signin runs CustomSignUpSignIn now, before SignUpOrSignIn." in words
    assert "B2C_1A_signup_signin shows these buttons, in this order: WeChat, Facebook." in words


def test_a_composed_set_is_edited_in_place(reference: Path) -> None:
    from latchkey.compose.composer import compose

    composed = PolicySet.of(compose(draft(WECHAT, QQ), catalogue()).files)
    after = plan(composed, draft(QQ, provider("openid-connect", id="New"), WECHAT))
    assert [exchange for exchange, _ in shown(after.after, "B2C_1A_signup_signin")] == [
        "QQExchange",
        "NewExchange",
        "WeChatExchange",
    ]
    assert {change.file for change in after.changes} == {"TrustFrameworkExtensions.xml"}
    assert data(plan(after.after, draft(WECHAT, QQ), remove_unlisted=True).after) == data(composed)
    assert check_set(after.after) == ()


def test_e_mail_only_policies_are_refused_with_the_reason(reference: Path) -> None:
    with pytest.raises(Refused, match="no step that finds or opens the account"):
        plan(read_set(reference / "corpus/starterpack/LocalAccounts"), draft(WECHAT))


def test_a_journey_with_ways_of_its_own_is_not_called_one_for_e_mail_only() -> None:
    """It shows buttons already, and opens their accounts by profiles that new providers could not use."""
    from latchkey.compose.composer import compose

    files = compose(draft(WECHAT), catalogue()).files
    asked = b'InputClaim ClaimTypeReferenceId="alternativeSecurityId"'
    own = [PolicyFile(file.file, file.data.replace(asked, asked.replace(b"alternative", b"own"))) for file in files]
    with pytest.raises(Refused, match="no step that finds or opens the account") as refused:
        plan(PolicySet.of(own), draft(WECHAT, QQ))
    assert "e-mail accounts only" not in refused.value.hint
    assert "policies.relying_parties" in refused.value.hint


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (lambda files: [*files, PolicyFile("bad.xml", b"<a")], "bad.xml"),
        (lambda files: [*files, PolicyFile("twin.xml", files[0].data)], "same policy name"),
        (lambda files: [file for file in files if "Base" not in file.file], "Base"),
        (lambda files: [], "no policy file"),
    ],
)
def test_a_set_that_is_not_whole_is_refused_with_one_line(reference: Path, files: object, reason: str) -> None:
    found = read_folder(reference / "corpus/starterpack/SocialAndLocalAccounts")
    assert callable(files)
    with pytest.raises(Refused, match=reason) as refusal:
        plan(PolicySet.of(files(found)), draft(WECHAT, FACEBOOK))
    assert "\n" not in str(refusal.value)


def test_another_tenant_is_refused(pack: PolicySet) -> None:
    filled = plan(pack, draft(FACEBOOK)).after
    with pytest.raises(Refused, match=r"contoso\.onmicrosoft\.com"):
        plan(filled, replace(draft(FACEBOOK), tenant=Tenant("fabrikam")))


@pytest.mark.parametrize("eol", [b"\n", b"\r\n"])
def test_what_is_written_can_be_put_back(pack: PolicySet, tmp_path: Path, eol: bytes) -> None:
    folder, store = tmp_path / "policies", tmp_path / "kept"
    folder.mkdir()
    for policy in pack.policies:
        (folder / Path(policy.file).name).write_bytes(
            pack.document(policy).data.replace(b"\r\n", b"\n").replace(b"\n", eol)
        )
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    moment = datetime(2026, 11, 20, 12, 0, 0)
    todo = plan(read_set(folder), draft(WECHAT, FACEBOOK))
    kept = keeping.carry_out(todo, folder, store, moment)
    assert kept is not None
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {path: data(todo.after)[str(folder / path)] for path in after} == after
    assert all(content.count(b"\n") == content.count(eol) for content in after.values())
    with pytest.raises(Refused, match="in the meantime"):
        keeping.carry_out(todo, folder, store, moment)
    (folder / "ProfileEdit.xml").write_bytes(b"x")
    with pytest.raises(Refused, match=r"ProfileEdit\.xml"):
        keeping.put_back(folder, store)
    (folder / "ProfileEdit.xml").write_bytes(after["ProfileEdit.xml"])
    keeping.put_back(folder, store)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    with pytest.raises(Refused, match="nothing"):
        keeping.put_back(folder, store)


def test_a_failing_disk_changes_nothing(pack: PolicySet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, store = tmp_path / "policies", tmp_path / "kept"
    folder.mkdir()
    for policy in pack.policies:
        (folder / Path(policy.file).name).write_bytes(pack.document(policy).data)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    todo = plan(read_set(folder), draft(WECHAT, FACEBOOK))
    counts = Counter[str]()
    real = os.replace

    def failing(source: str, target: str) -> None:
        counts["renames"] += Path(target).name in before
        if counts["renames"] == 3 and Path(target).name in before:
            counts["failed"] += 1
            raise OSError(errno.ENOSPC, "No space left on device")
        real(source, target)

    monkeypatch.setattr("latchkey.files.disk.os.replace", failing)
    with pytest.raises(Unreadable, match="Nothing was changed"):
        keeping.carry_out(todo, folder, store, datetime(2026, 11, 20))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert counts["failed"] == 1
    assert keeping.history(folder, store) == ()
