"""Rules on the relying party: which journey it runs, what reaches it, and what it sends to the application.

They run where the chain ends in a relying party: that is where Azure looks at the flow of claims.
"""

from __future__ import annotations

from latchkey.check.gather import Flow
from latchkey.check.rule import Hit, Hits
from latchkey.check.suggest import similar
from latchkey.check.view import View
from latchkey.policy.model import TechnicalProfile
from latchkey.policy.names import key
from latchkey.text import _

_PROTOCOLS = frozenset(("OpenIdConnect", "SAML2", "None"))


def journey_exists(view: View) -> Hits:
    """The relying party runs a journey that exists, and so do its endpoints.

    AADB2C90031, AADB2C90288 (https://learn.microsoft.com/azure/active-directory-b2c/error-codes).
    """
    party = view.policy.relying_party
    if party is None:
        return
    journeys = view.effective.journeys
    if party.default_journey is None:
        yield Hit(
            party.where,
            _("The sign-in policy does not say which journey it runs."),
            _('Add <DefaultUserJourney ReferenceId="…" /> as the first element of RelyingParty.'),
        )
    named = [(party.default_journey.id, party.default_journey.where)] if party.default_journey is not None else []
    for journey, where in (*named, *((endpoint.journey, endpoint.where) for endpoint in party.endpoints)):
        if key(journey) not in journeys:
            guess = similar(journey, (known.id for known in journeys.values()))
            yield Hit(
                where,
                _("The sign-in policy runs the journey “{journey}”, which does not exist.").format(journey=journey),
                _("Did you mean “{guess}”?").format(guess=guess)
                if guess
                else _("Name a journey of this policy or of one that it builds on."),
            )


def profile_id(view: View) -> Hits:
    """The relying party's technical profile is called PolicyProfile.

    https://learn.microsoft.com/azure/active-directory-b2c/relyingparty#technicalprofile
    """
    party = view.policy.relying_party
    profile = party and party.technical_profile
    if profile and profile.id != "PolicyProfile":
        yield Hit(
            profile.where,
            _("The relying party's technical profile is called “{id}”.").format(id=profile.id),
            _("Microsoft asks for the name PolicyProfile."),
        )


def subject(view: View) -> Hits:
    """The claim that names the person (SubjectNamingInfo) is one of those that are sent.

    https://learn.microsoft.com/azure/active-directory-b2c/relyingparty#subjectnaminginfo
    """
    party = view.policy.relying_party
    profile = party and party.technical_profile
    if not profile or not profile.subject_naming:
        return
    sent = {key(name) for claim in profile.output_claims for name in (claim.claim, claim.partner) if name}
    if key(profile.subject_naming) not in sent:
        yield Hit(
            view.child("RelyingParty", "TechnicalProfile", "SubjectNamingInfo"),
            _("Your application is told that “{claim}” names the person, but that claim is not sent.").format(
                claim=profile.subject_naming
            ),
            _('Send a claim with PartnerClaimType="{claim}", usually objectId.').format(claim=profile.subject_naming),
        )


def protocol(view: View) -> Hits:
    """Applications speak OpenID Connect or SAML with Azure.

    https://learn.microsoft.com/azure/active-directory-b2c/relyingparty#protocol
    """
    party = view.policy.relying_party
    profile = party and party.technical_profile
    if profile and profile.protocol is not None and profile.protocol not in _PROTOCOLS:
        yield Hit(
            view.child("RelyingParty", "TechnicalProfile", "Protocol"),
            _("No application can sign in with the protocol “{protocol}”.").format(protocol=profile.protocol),
            _("Write OpenIdConnect or SAML2."),
        )


def required_input(view: View) -> Hits:
    """A claim that a step requires was made by an earlier step: "is the input claim of technical profile … but it is
    not an output claim in any of the previous steps" (https://github.com/MicrosoftDocs/azure-docs/issues/12948).
    """
    flow, party = view.flow, view.policy.relying_party
    if flow is None or party is None:
        return
    made = {key(claim.claim) for claim in (party.technical_profile.input_claims if party.technical_profile else ())}
    for step in flow.steps:
        calls = flow.calls(step)
        for call in calls:
            for claim in call.profile.input_claims:
                if not claim.required or claim.default is not None:
                    continue
                name = key(claim.claim)
                if name not in made and name not in _transformed(flow, call.profile):
                    yield Hit(
                        call.where,
                        _(
                            "Step {order} of “{journey}” (“{profile}”) needs “{claim}”, but no step before gives it."
                        ).format(order=step.order, journey=flow.journey.id, claim=claim.claim, profile=call.profile.id),
                        _cure(name),
                    )
        for call in calls:
            made |= flow.outputs(call.profile)


def _transformed(flow: Flow, profile: TechnicalProfile) -> set[str]:
    """What a profile makes for itself before it asks for its input claims."""
    return {name for ref in profile.input_claims_transformations for name in flow.transformed(ref.id)}


def _cure(name: str) -> str:
    if name == "alternativesecurityid":
        return _("This step is for people who come by a sign-in button: keep one provider, or take the step out.")
    return _("Let an earlier step output the claim, or take this step out.")


def output_produced(view: View) -> Hits:
    """What is sent to the application comes out of some step: "is the output claim of the relying party's technical
    profile, but it is not an output claim in any of the steps"
    (https://github.com/MicrosoftDocs/azure-docs/issues/12948).
    """
    flow, party = view.flow, view.policy.relying_party
    profile = party and party.technical_profile
    if flow is None or not profile:
        return
    made = {key(claim.claim) for claim in profile.input_claims}
    for step in flow.steps:
        for call in flow.calls(step):
            made |= flow.outputs(call.profile)
    for claim in profile.output_claims:
        if claim.default is None and claim.claim and key(claim.claim) not in made:
            yield Hit(
                claim.where,
                _("“{claim}” is to be sent to your application, but no step of “{journey}” gives it.").format(
                    claim=claim.claim, journey=flow.journey.id
                ),
                _("Take the claim out here, or let a step output it."),
            )
