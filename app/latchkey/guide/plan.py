"""The policies that a guide speaks of: in which order they go up, which have buttons, which keys they use.

They come from the set that was composed or opened, if there is one; else from the draft. Nothing here refuses a draft
that is not complete: the wizard shows the guide while somebody types.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from latchkey.compose.naming import clean_prefix
from latchkey.draft.draft import DEFAULT_USER_FLOW, Draft
from latchkey.errors import Refused
from latchkey.policy.names import POLICY_PREFIX, USER_FLOW_PREFIX, key

if TYPE_CHECKING:
    from latchkey.policy.model import TechnicalProfile, TrustFrameworkPolicy
    from latchkey.policy.policy_set import PolicySet

LOCAL_SIGN_IN = "login-NonInteractive"
FORGOT_PASSWORD_LINK = "setting.forgotPasswordLinkOverride"
SIGN_IN_STEP = "CombinedSignInAndSignUp"


@dataclass(frozen=True, slots=True)
class PlannedPolicy:
    """A policy to upload, with the file it is in."""

    id: str
    file: str
    relying_party: bool


@dataclass(frozen=True, slots=True)
class KeyUse:
    """A policy key that a set uses: as what (`client_secret`, `issuer_secret` …), and in which technical profile."""

    name: str
    use: str
    profile: str


@dataclass(frozen=True, slots=True)
class PlannedPolicies:
    """The policies, in the order of upload. `sign_in`: the ids of those with the buttons; `base`: what all build on;
    `embedded_reset`: the sign-in page answers a forgotten password itself; `domains`: the domain hint of each technical
    profile in the set, by folded id.
    """

    policies: tuple[PlannedPolicy, ...]
    sign_in: tuple[str, ...]
    base: str
    password_reset: str
    profile_edit: str
    local: bool
    embedded_reset: bool
    keys: tuple[KeyUse, ...]
    domains: Mapping[str, str] = field(default_factory=dict)

    @property
    def relying_parties(self) -> tuple[str, ...]:
        """The policies that applications call, those with the buttons first."""
        found = [policy.id for policy in self.policies if policy.relying_party]
        return tuple([name for name in found if name in self.sign_in] + [n for n in found if n not in self.sign_in])


def user_flow_name(draft: Draft) -> str:
    """The flow's whole name; the portal puts the prefix before what is typed there."""
    name = draft.user_flow.name.strip() or DEFAULT_USER_FLOW
    return name if key(name).startswith(key(USER_FLOW_PREFIX)) else USER_FLOW_PREFIX + name


def prefix(draft: Draft) -> str:
    """What stands before the names of the draft's policies and files; what was typed, where it can't be."""
    try:
        return clean_prefix(draft.policies.id_prefix)
    except Refused:
        return draft.policies.id_prefix


def planned_policies(draft: Draft, composed: PolicySet | None) -> PlannedPolicies:
    """The policies of the set, or those that the draft will make."""
    if draft.policies.kind == "user-flow":
        flow = user_flow_name(draft)
        return PlannedPolicies((), (flow,), "", "", "", local=False, embedded_reset=False, keys=())
    if composed is not None:
        return _of_set(draft, composed)
    if not draft.policies.accounts and draft.policies.relying_parties:
        return _of_existing(draft)
    return _of_new(draft)


def _of_new(draft: Draft) -> PlannedPolicies:
    """A new set: https://learn.microsoft.com/azure/active-directory-b2c/tutorial-create-user-flows has the order."""
    bare = prefix(draft)
    journeys = draft.policies.journeys

    def policy(name: str, file: str = "") -> PlannedPolicy:
        return PlannedPolicy(f"{POLICY_PREFIX}{bare}{name}", f"{bare}{file or name}.xml", relying_party=bool(file))

    policies = [
        policy("TrustFrameworkBase"),
        policy("TrustFrameworkLocalization"),
        policy("TrustFrameworkExtensions"),
        policy("signup_signin", file="SignUpOrSignin"),
    ]
    if "profile-edit" in journeys:
        policies.append(policy("ProfileEdit", file="ProfileEdit"))
    if "password-reset" in journeys:
        policies.append(policy("PasswordReset", file="PasswordReset"))
    return PlannedPolicies(
        tuple(policies),
        sign_in=(policies[3].id,),
        base=policies[0].id,
        password_reset=policies[-1].id if "password-reset" in journeys else "",
        profile_edit=policies[4].id if "profile-edit" in journeys else "",
        local=draft.policies.local,
        embedded_reset=draft.policies.embeds_reset,
        keys=(
            KeyUse("TokenSigningKeyContainer", "issuer_secret", "JwtIssuer"),
            KeyUse("TokenEncryptionKeyContainer", "issuer_refresh_token_key", "JwtIssuer"),
        ),
    )


def _of_existing(draft: Draft) -> PlannedPolicies:
    """Policies that are there already, as far as the draft names them; a folder says more."""
    sign_in = draft.policies.relying_parties or ()
    names = [*([draft.policies.extensions] if draft.policies.extensions else [])]
    callable_ = [*sign_in, *(draft.policies.profile_edit_policies or ())]
    policies = [PlannedPolicy(name, "", relying_party=False) for name in names]
    policies += [PlannedPolicy(name, "", relying_party=True) for name in callable_]
    local = draft.policies.local
    return PlannedPolicies(tuple(policies), tuple(sign_in), "", "", "", local, embedded_reset=False, keys=())


def _of_set(draft: Draft, composed: PolicySet) -> PlannedPolicies:
    ordered = composed.upload_order()
    policies = [PlannedPolicy(p.id, _file_name(p.file), p.relying_party is not None) for p in ordered]
    wanted = {key(name) for name in draft.policies.relying_parties or ()}
    callable_ = [policy for policy in ordered if policy.relying_party is not None]
    sign_in = [
        policy.id for policy in callable_ if (key(policy.id) in wanted if wanted else _signs_in(composed, policy))
    ]
    roots = [policy.id for policy in ordered if policy.base is None]
    resets = [policy.id for policy in callable_ if "passwordreset" in key(policy.id).replace("_", "")]
    edits = [policy.id for policy in callable_ if "profileedit" in key(policy.id).replace("_", "")]
    return PlannedPolicies(
        tuple(policies),
        tuple(sign_in),
        roots[0] if roots else "",
        resets[0] if resets else "",
        edits[0] if edits else "",
        any(key(profile.id) == key(LOCAL_SIGN_IN) for policy in ordered for profile in policy.technical_profiles),
        any(p.metadata_value(FORGOT_PASSWORD_LINK) for policy in ordered for p in policy.technical_profiles),
        tuple(_keys_used(ordered)),
        {key(p.id): p.provider_domain for policy in ordered for p in policy.technical_profiles if p.provider_domain},
    )


def _signs_in(composed: PolicySet, policy: TrustFrameworkPolicy) -> bool:
    """Its journey starts on the page for signing up and in."""
    effective = composed.effective(policy)
    party = effective.relying_party
    journey = effective.journeys.get(key(party.default_journey.id)) if party and party.default_journey else None
    return journey is not None and any(step.type == SIGN_IN_STEP for step in journey.steps)


def _keys_used(policies: tuple[TrustFrameworkPolicy, ...]) -> Iterator[KeyUse]:
    for policy in policies:
        for profile in _profiles(policy):
            for used in profile.keys:
                name = used.storage_reference_id
                bare = name[len(POLICY_PREFIX) :] if key(name).startswith(key(POLICY_PREFIX)) else name
                if bare:
                    yield KeyUse(bare, used.id, profile.id)


def _profiles(policy: TrustFrameworkPolicy) -> Iterator[TechnicalProfile]:
    yield from policy.technical_profiles
    if policy.relying_party is not None and policy.relying_party.technical_profile is not None:
        yield policy.relying_party.technical_profile


def _file_name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]
