"""Inheritance, field by field, against the rules that the reference gives for each collection."""

from __future__ import annotations

from helpers.policy_files import claims, policy, policy_set, profile, providers
from latchkey.policy.effective import Effective
from latchkey.policy.model import TechnicalProfile
from latchkey.policy.policy_set import PolicyFile


def leaf(*files: PolicyFile) -> Effective:
    chain = policy_set(*files)
    return chain.effective(chain.policies[-1])


def merged(base: str, child: str) -> TechnicalProfile:
    effective = leaf(
        policy("B2C_1A_b", providers(profile("T", base, "a.com"))),
        policy("B2C_1A_c", providers(profile("t", child)), "b2c_1a_B"),
    )
    found = effective.expanded("T")
    assert found is not None
    return found


def test_a_profile_is_one_across_case_and_providers_and_keeps_the_first_spelling() -> None:
    found = merged("<DisplayName>one</DisplayName><Protocol Name='OAuth2'/>", "<DisplayName>two</DisplayName>")
    assert (found.id, found.display_name, found.protocol, found.provider_domain) == ("T", "two", "OAuth2", "a.com")
    assert [where.source.policy_id for where in found.layers] == ["B2C_1A_b", "B2C_1A_c"]


def test_metadata_and_keys_merge_by_name() -> None:
    base = "<Metadata><Item Key='a'>1</Item><Item Key='b'>2</Item></Metadata><CryptographicKeys><Key Id='k' StorageReferenceId='B2C_1A_1'/></CryptographicKeys>"
    child = "<Metadata><Item Key='b'>3</Item><Item Key='c'>4</Item></Metadata><CryptographicKeys><Key Id='k' StorageReferenceId='B2C_1A_2'/></CryptographicKeys>"
    found = merged(base, child)
    assert [(item.key, item.value) for item in found.metadata] == [("a", "1"), ("b", "3"), ("c", "4")]
    assert [key.storage_reference_id for key in found.keys] == ["B2C_1A_2"]


def test_claims_of_the_child_come_first_and_win() -> None:
    base = "<OutputClaims><OutputClaim ClaimTypeReferenceId='a'/><OutputClaim ClaimTypeReferenceId='surname' PartnerClaimType='x'/></OutputClaims>"
    child = "<OutputClaims><OutputClaim ClaimTypeReferenceId='surName' PartnerClaimType='y'/><OutputClaim ClaimTypeReferenceId='b'/></OutputClaims>"
    assert [(c.claim, c.partner) for c in merged(base, child).output_claims] == [("surName", "y"), ("b", ""), ("a", "")]


def test_a_validation_profile_listed_again_runs_twice() -> None:
    part = "<ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId='V'/></ValidationTechnicalProfiles>"
    assert [v.id for v in merged(part, part).validation_profiles] == ["V", "V"]


def test_an_empty_text_is_said_and_an_absent_one_is_not() -> None:
    assert merged("<DisplayName>one</DisplayName>", "<DisplayName/>").display_name == ""
    assert merged("<DisplayName>one</DisplayName>", "").display_name == "one"


def test_inclusion_gives_what_is_not_said_and_survives_circles() -> None:
    effective = leaf(
        policy(
            "B2C_1A_b",
            providers(
                profile("Common", "<Protocol Name='Proprietary' Handler='H'/><IncludeInSso>false</IncludeInSso>"),
                profile(
                    "Read",
                    "<Metadata><Item Key='Operation'>Read</Item></Metadata><IncludeTechnicalProfile ReferenceId='common'/>",
                ),
                profile("ReadSoftly", "<IncludeTechnicalProfile ReferenceId='Read'/>"),
                profile("A", "<DisplayName>a</DisplayName><IncludeTechnicalProfile ReferenceId='B'/>"),
                profile("B", "<Protocol Name='None'/><IncludeTechnicalProfile ReferenceId='A'/>"),
            ),
        )
    )
    found = effective.expanded("readsoftly")
    assert found is not None
    assert (found.id, found.protocol, found.handler, found.metadata_value("Operation"), found.include_in_sso) == (
        "ReadSoftly", "Proprietary", "H", "Read", "false",
    )  # fmt: skip
    circle = effective.expanded("A")
    assert circle is not None
    assert (circle.display_name, circle.protocol) == ("a", "None")
    assert effective.expanded("nobody") is None


def step(order: int, body: str, kind: str = "ClaimsExchange", more: str = "") -> str:
    return f'<OrchestrationStep Order="{order}" Type="{kind}"{more}>{body}</OrchestrationStep>'


def journey(*steps: str, name: str = "SignUpOrSignIn") -> str:
    return f'<UserJourneys><UserJourney Id="{name}"><OrchestrationSteps>{"".join(steps)}</OrchestrationSteps></UserJourney></UserJourneys>'


def exchanges(*ids: str) -> str:
    return (
        "<ClaimsExchanges>"
        + "".join(f'<ClaimsExchange Id="{i}" TechnicalProfileReferenceId="{i}-T"/>' for i in ids)
        + "</ClaimsExchanges>"
    )


def test_a_redefined_journey_merges_step_by_step() -> None:
    effective = leaf(
        policy(
            "B2C_1A_b",
            journey(
                step(1, exchanges("a")),
                step(2, exchanges("b")),
                step(3, "", "SendClaims", ' CpimIssuerTechnicalProfileReferenceId="J"'),
            ),
        ),
        policy(
            "B2C_1A_c",
            journey(
                step(2, exchanges("B", "c")), step(3, exchanges("d")), step(4, "", "SendClaims"), name="signuporsignin"
            ),
            "B2C_1A_b",
        ),
    )
    found = effective.journey("SIGNUPORSIGNIN")
    assert found is not None
    assert found.id == "SignUpOrSignIn"
    assert [(s.order, s.type, [e.id for e in s.exchanges]) for s in found.steps] == [
        (1, "ClaimsExchange", ["a"]), (2, "ClaimsExchange", ["B", "c"]), (3, "ClaimsExchange", ["d"]), (4, "SendClaims", []),
    ]  # fmt: skip
    assert found.steps[2].issuer == "J"


def test_claim_types_merge_part_by_part_and_restrictions_as_they_say() -> None:
    def claim(restriction: str) -> str:
        return claims(
            extra=f'<ClaimType Id="city"><DisplayName>C</DisplayName><Restriction{restriction}</Restriction></ClaimType>'
        )

    base = policy("B2C_1A_b", claim('><Enumeration Text="a"/>'))
    effective = leaf(base, policy("B2C_1A_c", claim(' MergeBehavior="Append"><Enumeration Text="b"/>'), "B2C_1A_b"))
    assert [n.attributes["Text"] for n in effective.claim_types["city"].parts["Restriction"].children] == ["a", "b"]
    effective = leaf(base, policy("B2C_1A_c", claim('><Enumeration Text="b"/>'), "B2C_1A_b"))
    assert [n.attributes["Text"] for n in effective.claim_types["city"].parts["Restriction"].children] == ["b"]


def test_localized_strings_override_one_by_one() -> None:
    def localization(*strings: str) -> str:
        inner = "".join(
            f'<LocalizedString ElementType="ClaimsProvider" StringId="{s}">{s}{len(strings)}</LocalizedString>'
            for s in strings
        )
        return f'<BuildingBlocks><Localization><LocalizedResources Id="p.en"><LocalizedStrings>{inner}</LocalizedStrings></LocalizedResources></Localization></BuildingBlocks>'

    effective = leaf(policy("B2C_1A_b", localization("x", "y")), policy("B2C_1A_c", localization("y"), "B2C_1A_b"))
    assert [s.text for s in effective.localized_resources["p.en"].strings] == ["x2", "y1"]


def test_a_level_shares_what_it_does_not_change_with_its_parent() -> None:
    files = policy_set(policy("B2C_1A_b", claims("a")), policy("B2C_1A_c", "", "B2C_1A_b"))
    base, child = (files.effective(p) for p in files.policies)
    assert child.claim_types is base.claim_types
    assert [p.id for p in child.chain] == ["B2C_1A_c", "B2C_1A_b"]
