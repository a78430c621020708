"""Rules on technical profiles, above all those of identity providers.

What a profile says may be spread over the chain (`client_id` usually stands in the extensions), so most of these look
at the finished profile from the relying party, and only at providers that its journey uses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from latchkey.check.facts import ENDPOINTS, REQUIRED_METADATA, WELL_KNOWN, WHERE_PROVIDER_IS
from latchkey.check.finding import Level
from latchkey.check.placeholders import sample_in
from latchkey.check.rule import Hit, Hits
from latchkey.check.view import View
from latchkey.policy.buttons import buttons
from latchkey.policy.model import Claim, Item, TechnicalProfile, Where
from latchkey.policy.names import key
from latchkey.policy.tree import Element
from latchkey.text import _, join_list

_STORAGE_ID = re.compile(r"B2C_1A_[A-Za-z0-9_\-]+", re.IGNORECASE)
_HAVE_CLIENT_ID = frozenset(("OAuth1", "OAuth2", "OpenIdConnect"))
_SOCIAL = "socialIdpAuthentication"
_UNAMBIGUOUS = "CreateAlternativeSecurityId"


def has_protocol(view: View) -> Hits:
    """Every technical profile has a protocol, its own or inherited; a proprietary one names its handler.

    https://learn.microsoft.com/azure/active-directory-b2c/technicalprofiles#protocol
    """
    for own, profile in view.profiles:
        if not profile.protocol:
            if _includes_unknown(view, own.id):
                continue
            yield Hit(
                own.where,
                _(
                    "The technical profile “{id}” has no protocol, neither of its own nor from what it builds on."
                ).format(id=own.id),
                _('Add <Protocol Name="…" />, or include a profile that has one.'),
                about=key(own.id),
            )
        elif profile.protocol == "Proprietary" and not profile.handler:
            yield Hit(
                own.where,
                _("The technical profile “{id}” is Proprietary but names no handler.").format(id=own.id),
                _("Add the Handler attribute to its Protocol."),
                about=key(own.id),
            )


def _includes_unknown(view: View, profile_id: str) -> bool:
    """The profile gets its protocol from one that is missing: that is told by include-technical-profile."""
    seen: set[str] = set()
    profile = view.effective.technical_profiles.get(key(profile_id))
    while profile is not None and profile.include is not None:
        name = key(profile.include.id)
        if name in seen:
            return True
        seen.add(name)
        profile = view.effective.technical_profiles.get(name)
    return profile is None


def client_id_present(view: View) -> Hits:
    """OAuth and OpenID Connect profiles have a client id: "defines an invalid value "" for the metadata item
    client_id" (https://github.com/azure-ad-b2c/samples/issues/278). Local sign-in may send it as a claim instead.
    """
    for profile, _where in view.flow.called if view.flow is not None else ():
        if profile.protocol not in _HAVE_CLIENT_ID:
            continue
        item = _item(profile, "client_id")
        if (item is None and not _sends_client_id(profile)) or (item is not None and not item.value):
            yield Hit(
                profile.where if item is None else item.where,
                _("“{profile}” has no client id.").format(profile=profile.id),
                _("Enter the App ID you got from {provider}.").format(provider=_called(profile)),
            )


def _sends_client_id(profile: TechnicalProfile) -> bool:
    return any(key(claim.partner or claim.claim) == "client_id" and claim.default for claim in profile.input_claims)


def _item(profile: TechnicalProfile, name: str) -> Item | None:
    for item in profile.metadata:
        if item.key == name:
            return item
    return None


def _called(profile: TechnicalProfile) -> str:
    return profile.provider_display_name or profile.display_name or profile.id


def required_metadata(view: View) -> Hits:
    """A provider's profile says where its end points are.

    https://learn.microsoft.com/azure/active-directory-b2c/oauth2-technical-profile,
    …/openid-connect-technical-profile, …/oauth1-technical-profile, …/saml-identity-provider-technical-profile
    (Metadata)
    """
    for profile in _providers(view):
        for choices in REQUIRED_METADATA.get(profile.protocol or "", ()):
            if not any(profile.metadata_value(name) for name in choices):
                yield Hit(
                    profile.where,
                    _("“{profile}” ({protocol}) lacks the setting “{key}”.").format(
                        profile=profile.id, protocol=profile.protocol, key=choices[0]
                    ),
                    _("Add it to the profile's Metadata."),
                )


def _providers(view: View) -> Iterator[TechnicalProfile]:
    return (call.profile for call in view.flow.providers) if view.flow is not None else iter(())


def claims_complete(view: View) -> Hits:
    """A provider gives the person's number, its own name and the mark of a social account, and builds the key from
    them.

    https://learn.microsoft.com/azure/active-directory-b2c/add-identity-provider; what is missing shows at sign-in
    only: "A claim with id … was not found, which is required by ClaimsTransformation 'CreateAlternativeSecurityId'"
    (https://github.com/MicrosoftDocs/azure-docs/issues/29431).
    """
    sources: dict[str, TechnicalProfile] = {}
    for profile in _providers(view):
        claims = {key(claim.claim): claim for claim in profile.output_claims}
        number = _number_claim(view, profile)
        if number and key(number) not in claims and key(number) not in _made(view, profile):
            yield Hit(
                profile.where,
                _("“{profile}” does not give “{claim}”, the person's number at {provider}.").format(
                    profile=profile.id, claim=number, provider=_called(profile)
                ),
                _("Without it Azure cannot recognise returning people: output it from the provider's own number."),
            )
        missing = list(_missing_parts(view, profile, claims, number))
        if missing:
            yield Hit(
                profile.where,
                _("“{profile}” lacks what recognises people who come back: {missing}.").format(
                    profile=profile.id, missing=join_list(missing)
                ),
                _("Copy these from another sign-in button of yours, for example Facebook's."),
            )
        yield from _same_source(profile, claims.get("identityprovider"), sources)


def _number_claim(view: View, profile: TechnicalProfile) -> str:
    """The claim that becomes the key of the person's account: the `key` input of the transformation used."""
    transformations = view.effective.claims_transformations
    used = [transformations.get(key(ref.id)) for ref in profile.output_claims_transformations]
    for transformation in (*used, transformations.get(key(_UNAMBIGUOUS))):
        if transformation is not None and transformation.method == _UNAMBIGUOUS:
            return next((claim.claim for claim in transformation.inputs if claim.name == "key"), "")
    return ""


def _made(view: View, profile: TechnicalProfile) -> set[str]:
    flow = view.flow
    refs = profile.output_claims_transformations
    return {name for ref in refs for name in flow.transformed(ref.id)} if flow is not None else set()


def _missing_parts(view: View, profile: TechnicalProfile, claims: dict[str, Claim], number: str) -> Iterator[str]:
    transformations = view.effective.claims_transformations
    source = claims.get("identityprovider")
    if source is None or not (source.partner or source.default):
        yield "identityProvider"
    mark = claims.get("authenticationsource")
    if mark is None or mark.default != _SOCIAL:
        yield f"authenticationSource = {_SOCIAL}"
    used = {key(ref.id) for ref in profile.output_claims_transformations}
    methods = {found.method for name in used if (found := transformations.get(name)) is not None}
    if number and _UNAMBIGUOUS not in methods:
        yield _UNAMBIGUOUS
    for name in ("CreateRandomUPNUserName", "CreateUserPrincipalName"):
        if key(name) in transformations and key(name) not in used:
            yield name
    if profile.session is None:
        yield "UseTechnicalProfileForSessionManagement"


def _same_source(profile: TechnicalProfile, claim: Claim | None, sources: dict[str, TechnicalProfile]) -> Hits:
    if (
        claim is None
        or not claim.default
        or (claim.partner and not claim.always_default)
        or claim.default.startswith("{")
    ):
        return
    other = sources.setdefault(key(claim.default), profile)
    if other is not profile:
        yield Hit(
            claim.where,
            _("“{profile}” and “{other}” both call themselves “{source}”, so their people may be mixed up.").format(
                profile=profile.id, other=other.id, source=claim.default
            ),
            _("Give each its own identityProvider value before the first person signs in; it can't be changed later."),
            level=Level.WARNING if _one_provider(profile, other) else None,
        )


def _one_provider(one: TechnicalProfile, other: TechnicalProfile) -> bool:
    """Both lead to the same provider, so that one name for it may be meant: its people are one and the same."""
    places = [tuple([profile.metadata_value(name) for name in WHERE_PROVIDER_IS]) for profile in (one, other)]
    return one.protocol == other.protocol and places[0] == places[1] and any(places[0])


def redirect_uri(view: View) -> Hits:
    """`UsePolicyInRedirectUri` is false, so that one callback address serves all policies.

    https://learn.microsoft.com/azure/active-directory-b2c/oauth2-technical-profile#metadata,
    https://github.com/MicrosoftDocs/azure-docs/issues/59502
    """
    for profile in _providers(view):
        if profile.protocol not in ("OAuth2", "OpenIdConnect"):
            continue
        item = _item(profile, "UsePolicyInRedirectUri")
        if item is None or item.value.lower() not in ("false", "0"):
            yield Hit(
                profile.where if item is None else item.where,
                _("“{profile}” may send people back to an address that contains the policy's name.").format(
                    profile=profile.id
                ),
                _("Set UsePolicyInRedirectUri to false: the provider then needs to know one callback address only."),
            )


def oidc_response(view: View) -> Hits:
    """`response_types` = code needs a secret and POST; id_token comes back by form_post.

    https://learn.microsoft.com/azure/active-directory-b2c/openid-connect-technical-profile
    """
    for profile in _providers(view):
        if profile.protocol != "OpenIdConnect":
            continue
        kind, mode = _item(profile, "response_types"), _item(profile, "response_mode")
        if kind is not None and kind.value == "code":
            signed = profile.metadata_value("token_endpoint_auth_method") == "private_key_jwt"
            needed = "assertion_signing_key" if signed else "client_secret"
            if not any(found.id == needed for found in profile.keys):
                yield Hit(
                    kind.where,
                    _("“{profile}” asks for a code but has no {key} to redeem it with.").format(
                        profile=profile.id, key=needed
                    ),
                    _("Add the key to CryptographicKeys, or ask for an id_token."),
                )
            binding = _item(profile, "HttpBinding")
            if binding is not None and binding.value != "POST":
                yield Hit(
                    binding.where,
                    _("“{profile}” redeems its code with {binding}; OpenID Connect wants POST.").format(
                        profile=profile.id, binding=binding.value
                    ),
                    _("Set HttpBinding to POST."),
                )
        elif kind is not None and kind.value == "id_token" and mode is not None and mode.value != "form_post":
            yield Hit(
                mode.where,
                _("“{profile}” gets an id_token by “{mode}”, which providers refuse.").format(
                    profile=profile.id, mode=mode.value
                ),
                _("Set response_mode to form_post."),
            )


def https_endpoints(view: View) -> Hits:
    """Addresses are absolute and https; OpenID Connect's metadata address is the well-known one.

    https://learn.microsoft.com/azure/active-directory-b2c/openid-connect-technical-profile#metadata
    """
    for profile in _providers(view):
        for item in profile.metadata:
            if item.key not in ENDPOINTS or not item.value:
                continue
            if not item.value.lower().startswith("https://"):
                if not sample_in(item.value):
                    yield Hit(
                        item.where,
                        _("“{key}” of “{profile}” is not a full https address.").format(
                            key=item.key, profile=profile.id
                        ),
                        _("It must start with https://."),
                    )
            elif (
                item.key == "METADATA"
                and profile.protocol == "OpenIdConnect"
                and WELL_KNOWN not in item.value
                and not sample_in(item.value)
            ):
                yield Hit(
                    item.where,
                    _("The metadata address of “{profile}” does not end in {end}.").format(
                        profile=profile.id, end=WELL_KNOWN
                    ),
                    _("Open it in a browser: it must show the provider's addresses as JSON."),
                )


def domain_hint_unique(view: View) -> Hits:
    """`domain_hint` picks the provider whose Domain matches, so each has its own.

    https://learn.microsoft.com/azure/active-directory-b2c/direct-signin#redirect-sign-in-to-a-social-provider
    """
    first: dict[str, TechnicalProfile] = {}
    for profile in _providers(view):
        if not profile.provider_domain:
            continue
        other = first.setdefault(key(profile.provider_domain), profile)
        if other is not profile:
            yield Hit(
                _part(view, profile, "Domain"),
                _("“{profile}” and “{other}” share the domain hint “{domain}”.").format(
                    profile=profile.id, other=other.id, domain=profile.provider_domain
                ),
                _("Give each its own Domain, or links with domain_hint lead to one of them by chance."),
            )


def display_name(view: View) -> Hits:
    """Each button has a text, and no two have the same: the technical profile's DisplayName is what people read.

    https://learn.microsoft.com/azure/active-directory-b2c/technicalprofiles#displayname
    """
    flow = view.flow
    if flow is None:
        return
    first: dict[str, str] = {}
    for button in buttons(view.effective, flow.journey):
        profile = view.effective.expanded(button.technical_profile)
        if profile is None:
            continue
        if not button.text.strip():
            yield Hit(
                profile.where,
                _("The sign-in button of “{profile}” has no text.").format(profile=profile.id),
                _("Give the technical profile a DisplayName."),
            )
            continue
        other = first.setdefault(key(button.text.strip()), profile.id)
        if other != profile.id:
            yield Hit(
                _part(view, profile, "DisplayName"),
                _("Two sign-in buttons read “{text}”: “{profile}” and “{other}”.").format(
                    text=button.text, profile=profile.id, other=other
                ),
                _("Give them different names, so that people can tell them apart."),
            )


def _part(view: View, profile: TechnicalProfile, tag: str) -> Where:
    """Where the profile's DisplayName, or the Domain of its ClaimsProvider, is written; else the profile itself."""
    for where in reversed(profile.layers):
        policy = next((link for link in view.effective.chain if link.file == where.source.file), None)
        root = view.set.document(policy).root if policy is not None else None
        for provider in root.path("ClaimsProviders", "ClaimsProvider") if root is not None else ():
            for element in provider.path("TechnicalProfiles", "TechnicalProfile"):
                if element.line == where.line and key(element.get("Id")) == key(profile.id):
                    found: Element | None = (provider if tag == "Domain" else element).child(tag)
                    if found is not None:
                        return Where(where.source, found.line)
    return profile.where


def key_reference_format(view: View) -> Hits:
    """A policy key is named with its prefix, B2C_1A_, which the portal adds by itself.

    https://learn.microsoft.com/azure/active-directory-b2c/policy-keys-overview
    """
    for profile in view.policy.technical_profiles:
        for found in profile.keys:
            if _STORAGE_ID.fullmatch(found.storage_reference_id) is None and not sample_in(found.storage_reference_id):
                yield Hit(
                    found.where,
                    _("“{name}” can't be a policy key.").format(name=found.storage_reference_id)
                    if found.storage_reference_id
                    else _("“{profile}” does not say which policy key it uses.").format(profile=profile.id),
                    _("Policy keys are called B2C_1A_ and then letters, digits, _ and -."),
                )


def no_secret_in_xml(view: View) -> Hits:
    """A client secret is stored as a policy key and never written into a policy.

    https://learn.microsoft.com/azure/active-directory-b2c/policy-keys-overview
    """
    for profile in view.policy.technical_profiles:
        for item in profile.metadata:
            if item.value and key(item.key) == "client_secret":
                yield Hit(
                    item.where,
                    _("“{profile}” has its secret in the file, for everybody to read.").format(profile=profile.id),
                    _("Store it as a policy key, name that under CryptographicKeys, and get a new secret."),
                )
