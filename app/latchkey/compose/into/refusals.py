"""What a plan refuses though it could be done: other tenants, and what nobody may lose without having said so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from latchkey.compose.into import placeholders
from latchkey.compose.into.rows import EXISTING, Row
from latchkey.draft.draft import Draft, Provider
from latchkey.errors import Refused
from latchkey.policy.buttons import FEDERATED
from latchkey.policy.model import TechnicalProfile
from latchkey.policy.names import key
from latchkey.policy.policy_set import PolicySet
from latchkey.text import _, join_list


class Unlisted(Refused):
    """People see buttons that the draft does not name; `profiles` are their technical profiles."""

    def __init__(self, message: str, hint: str, profiles: Sequence[str]) -> None:
        super().__init__(message, hint)
        self.profiles = tuple(profiles)


class OtherPeople(Refused):
    """People who come by these technical profiles would no longer be who they were."""

    def __init__(self, message: str, hint: str, profiles: Sequence[str]) -> None:
        super().__init__(message, hint)
        self.profiles = tuple(profiles)


def refuse_more_than_order(draft: Draft) -> None:
    """Of a profile whose type nobody knows, only order and removal can be safe."""
    for index, provider in enumerate(draft.providers):
        plain = replace(provider, type=EXISTING, profile="", secret_expires=None)
        if provider.type == EXISTING and plain != Provider(EXISTING):
            raise Refused(
                _("providers[{index}]: a provider of type “existing” can be ordered and removed, nothing else.").format(
                    index=index
                ),
                _("Keep only type and profile there; change the rest in the policy file itself."),
            )


def refuse_other_tenants(policy_set: PolicySet, draft: Draft) -> None:
    """A draft for one tenant does not go into the policies of another. A fresh pack belongs to nobody yet."""
    known = placeholders.values(draft)
    domain = known[f"{placeholders.TENANT}.onmicrosoft.com"]
    for policy in policy_set.policies:
        if key(policy.tenant_id) not in (key(domain), f"{placeholders.TENANT}.onmicrosoft.com"):
            raise Refused(
                _("{file} belongs to the tenant {theirs}, the draft to {ours}.").format(
                    file=policy.file, theirs=policy.tenant_id, ours=domain
                ),
                _("Correct the tenant in the draft, or choose the folder of this tenant."),
            )


def refuse_unlisted(rows: Iterable[Row], remove_unlisted: bool | Collection[str]) -> None:
    """Buttons that people see and the draft does not name go only where somebody said so."""
    gone = [row for row in rows if not _allowed(row.profile.id, remove_unlisted)]
    if gone:
        names = join_list(f"“{row.text or row.profile.id}”" for row in gone)
        raise Unlisted(
            _("The policies show {names}, and the draft does not name them.").format(names=names),
            _("Add them to the draft, or take them off with --remove-unlisted."),
            [row.profile.id for row in gone],
        )


def _allowed(profile: str, switch: bool | Collection[str]) -> bool:
    return switch if isinstance(switch, bool) else any(key(profile) == key(name) for name in switch)


def refuse_other_people(before: PolicySet, after: PolicySet, *, change_identity: bool | Collection[str]) -> None:
    """Whoever changes where a person's number or provider comes from makes strangers of all who came this way."""
    if change_identity is True:
        return
    old, new = _identities(before), _identities(after)
    changed = sorted(
        name for name in old if name in new and old[name] != new[name] and not _allowed(name, change_identity)
    )
    if changed:
        raise OtherPeople(
            _(
                "This would change how people are recognised who come by {names}: all of them would become strangers."
            ).format(names=join_list(changed)),
            _("Keep issuerUserId and identityProvider as they are. If nobody has signed in yet: --change-identity."),
            changed,
        )


def _identities(policy_set: PolicySet) -> dict[str, tuple[object, ...]]:
    found: dict[str, tuple[object, ...]] = {}
    for policy in policy_set.policies:
        if policy.relying_party is None:
            continue
        effective = policy_set.effective(policy)
        for profile_id in effective.technical_profiles:
            profile = effective.expanded(profile_id)
            if profile is not None and profile.protocol in FEDERATED:
                found[profile.id] = _identity(profile)
    return found


def _identity(profile: TechnicalProfile) -> tuple[object, ...]:
    names = ("issueruserid", "socialidpuserid", "identityprovider", "numericuserid")
    return tuple(
        sorted(
            (key(c.claim), c.partner, c.default or "", c.always_default)
            for c in profile.output_claims
            if key(c.claim) in names
        )
    )
