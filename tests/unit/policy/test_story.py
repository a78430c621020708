"""A journey in words, told over the packs that everybody knows and over awkward files."""

from __future__ import annotations

from pathlib import Path

from helpers.policy_files import policy, policy_set, profile, providers
from latchkey.policy.folder import read_set
from latchkey.policy.story import StoryNode, tell


def journey_of(folder: Path, policy_id: str, journey_id: str) -> StoryNode:
    found = read_set(folder)
    leaf = found.find(policy_id)
    assert leaf is not None
    effective = found.effective(leaf)
    journey = effective.journey(journey_id)
    assert journey is not None
    return tell(effective, journey)


def test_the_standard_journey_reads_like_what_happens(reference: Path) -> None:
    pack = reference / "corpus/starterpack/SocialAndLocalAccountsWithMfa"
    story = journey_of(pack, "B2C_1A_signup_signin", "SignUpOrSignIn")
    assert [(step.title, step.note) for step in story.children] == [
        ("1 · Show the sign-in page", ""),
        ("2 · Go to the chosen provider, or sign up", "skipped when the person is already known"),
        ("3 · Look the person up in the directory", "skipped for e-mail accounts"),
        ("4 · Ask for details on a page", "skipped when the person is already known"),
        ("5 · Look the person up in the directory", "skipped for people who come by a provider"),
        ("6 · Create the account", "skipped when the person is already known"),
        ("7 · Confirm with the phone", "skipped when the phone was confirmed in this session"),
        ("8 · Save to the directory", "only when a new phone number was entered"),
        ("9 · Tell your app who it is", ""),
    ]
    page = story.children[0]
    assert [(node.kind, node.title) for node in page.children] == [
        ("button", "Button “Facebook”"),
        ("form", "E-mail and password form"),
        ("link", "Link to sign up"),
    ]
    facebook = story.children[1].children[0]
    assert facebook.title == "Facebook → Facebook-OAUTH"
    (profile,) = facebook.children
    assert (profile.title, profile.note) == ("Technical profile Facebook-OAUTH", "OAuth2")
    assert [node.title for node in profile.children if node.kind == "claim"][:2] == [
        "issuerUserId ← id",
        "givenName ← first_name",
    ]
    assert all(node.where is not None for node in story.walk())


def test_every_journey_of_the_corpus_can_be_told(reference: Path) -> None:
    folders = {path.parent for path in (reference / "corpus").rglob("*.xml")}
    told = 0
    for folder in sorted(folders):
        found = read_set(folder)
        for leaf in found.policies:
            effective = found.effective(leaf)
            for journey in effective.journeys.values():
                assert all(node.title for node in tell(effective, journey).walk())
                told += 1
    assert told > 300


def test_circles_gaps_and_absent_profiles_end_in_words() -> None:
    body = providers(
        profile(
            "A",
            "<DisplayName>A</DisplayName><ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId='B'/></ValidationTechnicalProfiles>",
        ),
        profile(
            "B",
            "<ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId='A'/></ValidationTechnicalProfiles>",
        ),
    )
    journey = """<UserJourneys><UserJourney Id="J"><OrchestrationSteps>
      <OrchestrationStep Order="x" Type="Odd"/>
      <OrchestrationStep Order="2" Type="ClaimsProviderSelection"><ClaimsProviderSelections><ClaimsProviderSelection TargetClaimsExchangeId="Gone"/>
        <ClaimsProviderSelection ValidationClaimsExchangeId="Gone"/></ClaimsProviderSelections></OrchestrationStep>
      <OrchestrationStep Order="3" Type="ClaimsExchange"><Preconditions><Precondition Type="ClaimEquals" ExecuteActionsIf="false"><Value>a</Value><Value>b</Value></Precondition>
        <Precondition Type="ClaimsExist" ExecuteActionsIf="true"/></Preconditions>
        <ClaimsExchanges><ClaimsExchange Id="E" TechnicalProfileReferenceId="Nobody"/><ClaimsExchange Id="F" TechnicalProfileReferenceId="A"/></ClaimsExchanges></OrchestrationStep>
    </OrchestrationSteps></UserJourney></UserJourneys>"""
    files = policy_set(policy("B2C_1A_b", body + journey))
    effective = files.effective(files.policies[0])
    found = effective.journey("J")
    assert found is not None
    story = tell(effective, found)
    assert [step.title for step in story.children] == [
        "? · Odd",
        "2 · Ask how to sign in",
        "3 · Go to the chosen provider, or sign up",
    ]
    assert story.children[2].note == "only when a is “b”; skipped when ? has a value"
    assert story.children[2].children[0].note == "does not exist"
    assert [node.title for node in story.children[2].children[1].walk()][1:] == [
        "Technical profile A",
        "Checked by B",
        "Technical profile B",
        "Checked by A",
    ]


def test_a_link_of_the_form_is_no_button_and_a_sub_journey_is_told() -> None:
    """The way of a forgotten password, as new sets have it."""
    from helpers.composing import catalogue, draft, provider
    from latchkey.compose.composer import compose
    from latchkey.policy.policy_set import PolicySet

    found = PolicySet.of(compose(draft("social-and-local", provider("wechat")), catalogue()).files)
    leaf = found.find("B2C_1A_signup_signin")
    assert leaf is not None
    effective = found.effective(leaf)
    page, choice, call, *_rest = tell(effective, effective.journeys["customsignupsignin"]).children
    assert [node.title for node in page.children if node.kind in ("button", "link")] == [
        "Button “WeChat”",
        "Link to sign up",
        "Link “Forgot your password?”",
    ]
    assert choice.children[-1].title == "Forgot your password? → ForgotPassword"
    assert call.note == "only when the password was forgotten"
    (sub,) = call.children
    assert [step.title for step in sub.children] == ["1 · Ask for details on a page", "2 · Ask for details on a page"]


def told(body: str) -> StoryNode:
    files = policy_set(policy("B2C_1A_b", body))
    effective = files.effective(files.policies[0])
    journey = effective.journey("J")
    assert journey is not None
    return tell(effective, journey)


def calls(order: int, *names: str) -> str:
    candidates = "".join(f"<Candidate SubJourneyReferenceId='{name}'/>" for name in names)
    return f"<OrchestrationStep Order='{order}' Type='InvokeSubJourney'><JourneyList>{candidates}</JourneyList></OrchestrationStep>"


def test_sub_journeys_that_call_each_other_twice_and_twice_again_end_somewhere() -> None:
    subs = "".join(
        f"<SubJourney Id='S{n}' Type='Call'><OrchestrationSteps>{calls(1, f'S{n + 1}')}{calls(2, f'S{n + 1}')}</OrchestrationSteps></SubJourney>"
        for n in range(60)
    )
    journey = f"<UserJourneys><UserJourney Id='J'><OrchestrationSteps>{calls(1, 'S0')}</OrchestrationSteps></UserJourney></UserJourneys>"
    story = told(journey + f"<SubJourneys>{subs}</SubJourneys>")
    assert 100 < sum(1 for _node in story.walk()) < 1000


def test_checks_that_go_on_for_ever_end_somewhere() -> None:
    body = providers(
        *(
            profile(
                f"P{n}",
                f"<ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId='P{n + 1}'/></ValidationTechnicalProfiles>",
            )
            for n in range(3000)
        )
    )
    journey = """<UserJourneys><UserJourney Id="J"><OrchestrationSteps><OrchestrationStep Order="1" Type="ClaimsExchange">
      <ClaimsExchanges><ClaimsExchange Id="E" TechnicalProfileReferenceId="P0"/></ClaimsExchanges></OrchestrationStep></OrchestrationSteps></UserJourney></UserJourneys>"""
    assert 20 < sum(1 for _node in told(body + journey).walk()) < 100


def test_a_sub_journey_that_is_not_come_back_from_says_so() -> None:
    sub = "<SubJourney Id='S' Type='Transfer'><OrchestrationSteps><OrchestrationStep Order='1' Type='SendClaims'/></OrchestrationSteps></SubJourney>"
    journey = f"<UserJourneys><UserJourney Id='J'><OrchestrationSteps>{calls(1, 'S', 'Gone')}</OrchestrationSteps></UserJourney></UserJourneys>"
    step = told(journey + f"<SubJourneys>{sub}</SubJourneys>").children[0]
    assert [(node.kind, node.title, node.note, len(node.children)) for node in step.children] == [
        ("sub", "Sub journey S", "does not come back from there", 1),
        ("sub", "Sub journey Gone", "does not exist", 0),
    ]
