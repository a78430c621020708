"""Rules on what must be there though the schema does not ask for it, and on what is there once too often."""

from __future__ import annotations

from collections.abc import Iterator

from latchkey.check.rule import Hit, Hits
from latchkey.check.suggest import similar
from latchkey.check.view import View
from latchkey.policy.model import TechnicalProfile
from latchkey.policy.names import key
from latchkey.policy.reader import column
from latchkey.policy.tree import Element
from latchkey.text import _

# What a handler can't do without (https://learn.microsoft.com/azure/active-directory-b2c/
# active-directory-technical-profile, …/self-asserted-technical-profile, …/restful-technical-profile: Metadata)
_NEEDED = {
    "AzureActiveDirectoryProvider": "Operation",
    "SelfAssertedAttributeProvider": "ContentDefinitionReferenceId",
    "RestfulProvider": "ServiceUrl",
}
_LISTS = frozenset(
    (
        "InputClaims", "OutputClaims", "PersistedClaims", "DisplayClaims", "InputParameters", "CryptographicKeys",
        "InputClaimsTransformations", "OutputClaimsTransformations", "ClaimsProviderSelections", "LocalizedStrings",
        "LocalizedResourcesReferences", "SupportedLanguages", "JourneyList",
    )
)  # fmt: skip
_GUESSES = 10  # of one file: comparing names is slow, and a hostile file may miss any number
_NAMELESS = frozenset(("SupportedLanguage",))  # told by their text


def claim_types(view: View) -> Hits:
    """Every claim says of what type it is.

    https://learn.microsoft.com/azure/active-directory-b2c/claimsschema#datatype
    """
    for own in view.policy.claim_types:
        claim = view.effective.claim_types[key(own.id)]
        # an element of another namespace is told by xml-namespace
        if not claim.data_type and not any(tag.startswith("{") for tag in claim.parts):
            yield Hit(
                own.where,
                _("The claim “{claim}” does not say of what type it is.").format(claim=own.id),
                _("Add <DataType>string</DataType>, or another type."),
                about=key(own.id),
            )


def content_definitions(view: View) -> Hits:
    """Every page says where its HTML is and which page of Azure's it dresses.

    https://learn.microsoft.com/azure/active-directory-b2c/contentdefinitions
    """
    for own in view.policy.content_definitions:
        page = view.effective.content_definitions[key(own.id)]
        missing = [tag for tag, value in (("LoadUri", page.load_uri), ("DataUri", page.data_uri)) if not value]
        if missing:
            yield Hit(
                own.where,
                _("The page “{page}” lacks {missing}.").format(page=own.id, missing=_(" and ").join(missing)),
                _("Copy it from another page of the same kind."),
                about=key(own.id),
            )


def party_profile(view: View) -> Hits:
    """A relying party has a technical profile: it says what the application gets.

    https://learn.microsoft.com/azure/active-directory-b2c/relyingparty#technicalprofile
    """
    party = view.policy.relying_party
    if party is not None and party.technical_profile is None:
        yield Hit(
            party.where,
            _("The sign-in policy does not say what your application gets."),
            _('Add <TechnicalProfile Id="PolicyProfile"> with a protocol and output claims to RelyingParty.'),
        )


def steps(view: View) -> Hits:
    """A step has something to do: exchanges, buttons or sub journeys, by its type.

    https://learn.microsoft.com/azure/active-directory-b2c/userjourneys#orchestrationsteps
    """
    for journey in view.all_journeys:
        for step in journey.steps:
            idle = {
                "ClaimsExchange": not step.exchanges,
                "InvokeSubJourney": not step.candidates,
                "ClaimsProviderSelection": not step.selections,
                "CombinedSignInAndSignUp": not step.selections,
            }.get(step.type or "", False)
            if idle:
                yield Hit(
                    step.where,
                    _("Step {order} of “{journey}” is a {type}, but there is nothing in it to do.").format(
                        order=step.order, journey=journey.id, type=step.type
                    ),
                    _("Put in what it should do, or take the step out and number the rest anew."),
                    about=f"{key(journey.id)} {step.order}",
                )


def handler_settings(view: View) -> Hits:
    """Directory profiles say what they do, pages which page they are, calls whom they call.

    https://learn.microsoft.com/azure/active-directory-b2c/active-directory-technical-profile#metadata, likewise
    self-asserted- and restful-technical-profile
    """
    flow = view.flow
    for profile, _where in flow.called if flow is not None else ():
        needed = _needed(profile)
        if needed and not profile.metadata_value(needed):
            yield Hit(
                profile.where,
                _("“{profile}” lacks the setting “{key}”, without which it can do nothing.").format(
                    profile=profile.id, key=needed
                ),
                _("Add it to the profile's Metadata."),
                about=key(profile.id),
            )


def _needed(profile: TechnicalProfile) -> str:
    return next((setting for name, setting in _NEEDED.items() if name in (profile.handler or "")), "")


def secrets(view: View) -> Hits:
    """Providers of OAuth know us by a secret, and tokens are signed.

    https://learn.microsoft.com/azure/active-directory-b2c/oauth2-technical-profile#cryptographic-keys,
    https://learn.microsoft.com/azure/active-directory-b2c/jwt-issuer-technical-profile#cryptographic-keys
    """
    flow = view.flow
    for call in flow.providers if flow is not None else ():
        if call.profile.protocol in ("OAuth1", "OAuth2") and not call.profile.keys:
            yield _keyless(call.profile, "client_secret")
    for step in flow.journey.steps if flow is not None else ():
        issuer = view.effective.expanded(step.issuer) if step.issuer and step.type == "SendClaims" else None
        if (
            issuer is not None
            and issuer.output_token_format == "JWT"
            and "issuer_secret" not in {k.id for k in issuer.keys}
        ):
            yield _keyless(issuer, "issuer_secret")


def _keyless(profile: TechnicalProfile, name: str) -> Hit:
    return Hit(
        profile.where,
        _("“{profile}” has no {key}.").format(profile=profile.id, key=name),
        _('Add <Key Id="{key}" StorageReferenceId="B2C_1A_…" /> to its CryptographicKeys.').format(key=name),
        about=f"{key(profile.id)} {name}",
    )


def languages(view: View) -> Hits:
    """Translations are for languages that the policy speaks; others are never shown.

    https://learn.microsoft.com/azure/active-directory-b2c/localization#supportedlanguages
    """
    supported = view.effective.supported_languages
    if supported is None or not supported.languages:
        return
    known = {key(code) for code in supported.languages}
    told: set[str] = set()
    for page in view.policy.content_definitions:
        for reference in page.localized:
            code = key(reference.language)
            if code not in known and code not in told:
                told.add(code)
                yield Hit(
                    reference.where,
                    _("There are texts for the language “{language}”, which the policy does not speak.").format(
                        language=reference.language
                    ),
                    _("Add it to SupportedLanguages, or take the texts out."),
                    about=code,
                )
    if supported.default and key(supported.default) not in known and view.policy.supported_languages is not None:
        yield Hit(
            view.child("BuildingBlocks", "Localization", "SupportedLanguages"),
            _("The default language “{language}” is not among those that the policy speaks.").format(
                language=supported.default
            ),
            _("Add it to SupportedLanguages, or make another one the default."),
        )


def localized_claims(view: View) -> Hits:
    """Translated labels are for claims that are defined; others are never shown.

    https://learn.microsoft.com/azure/active-directory-b2c/localization#localizedstrings (ElementType ClaimType)
    """
    claims = view.effective.claim_types
    told: set[str] = set()
    for resources in view.policy.localized_resources:
        for string in resources.strings:
            name = key(string.element_id)
            if (
                string.element_type != "ClaimType"
                or not name
                or name in claims
                or name in told
                or len(told) >= _GUESSES
            ):
                continue
            told.add(name)
            guess = similar(string.element_id, (claim.id for claim in claims.values()))
            # the packs bring labels for claims that only some sets have; what is near to one that is there is a slip
            if guess and not any(key(claim.id) == name for policy in view.set.policies for claim in policy.claim_types):
                yield Hit(
                    string.where,
                    _("This text is for the claim “{claim}”, which is defined nowhere.").format(
                        claim=string.element_id
                    ),
                    _("Did you mean “{guess}”?").format(guess=guess),
                )


def listed_twice(view: View) -> Hits:
    """Nothing stands twice in one list: a claim, a key, a button, a text.

    https://learn.microsoft.com/azure/active-directory-b2c/technicalprofiles
    """
    for container in [element for element in view.document.elements if element.tag in _LISTS]:
        children = container.children
        if len({tuple(child.attributes.values()) for child in children}) < len(children):
            yield from _doubles(view, container)


def _doubles(view: View, container: Element) -> Iterator[Hit]:
    first: dict[tuple[str, tuple[tuple[str, str], ...], str], Element] = {}
    for child in container.children:
        same = (child.tag, tuple(child.attributes.items()), child.text if child.tag in _NAMELESS else "")
        before = first.setdefault(same, child)
        if before is not child and (child.attributes or child.tag in _NAMELESS):
            yield Hit(
                view.at(child.line),
                _("This “{element}” is listed already, in line {line}.").format(element=child.tag, line=before.line),
                _("Take one of the two out."),
                column=column(view.document, child),
            )
