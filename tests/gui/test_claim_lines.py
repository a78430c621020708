"""The claims table of a provider."""

from __future__ import annotations

from latchkey.catalogue.loader import load_catalogue
from latchkey.draft.draft import ClaimSource, Provider, frozen
from latchkey.gui.models.claim_lines import STANDARD, ClaimLine, claim_lines


def lines(type_: str, **claims: ClaimSource) -> dict[str, ClaimLine]:
    provider = Provider(type_, claims=frozen(claims))
    return {line.claim: line for line in claim_lines(provider, load_catalogue()[type_], "WeChat")}


def test_the_usual_five_are_always_there() -> None:
    found = lines("wechat")
    assert tuple(found) == STANDARD
    assert found["issuerUserId"].source == ClaimSource("unionid")
    assert found["email"].source == ClaimSource()
    assert "no e-mail address of people who come by WeChat" in found["email"].absent


def test_the_draft_goes_before_the_type() -> None:
    found = lines("openid-connect", displayName=ClaimSource("nickname"))
    assert found["displayName"].source == ClaimSource("nickname")
    assert found["displayName"].default == "name"
    assert found["displayName"].stated
    assert not found["email"].stated


def test_capitals_make_no_second_line() -> None:
    found = lines("openid-connect", displayname=ClaimSource("nickname"))
    assert list(found) == ["issuerUserId", "displayname", "givenName", "surname", "email"]
    assert found["displayname"].name == "Display name"


def test_own_claims_come_last() -> None:
    found = lines("qq", phoneNumber=ClaimSource("phone"))
    assert list(found)[-1] == "phoneNumber"
    assert found["phoneNumber"].own
