"""What a set must be before anybody can say what a change to it would do: all there, readable, and each file once."""

from __future__ import annotations

from collections.abc import Iterable

from latchkey.errors import Refused
from latchkey.policy.model import TrustFrameworkPolicy
from latchkey.policy.names import key
from latchkey.policy.policy_set import MAX_LEVELS, PolicySet
from latchkey.text import _


class MissingBase(Refused):
    """A policy builds on `base`, which is not here. `said`: somebody says that it is in Azure."""

    def __init__(self, message: str, hint: str, base: str, *, said: bool) -> None:
        super().__init__(message, hint)
        self.base = base
        self.said = said


def refuse_incomplete(policy_set: PolicySet) -> None:
    """Raises Refused for the first thing that stands against working with the set, in one line."""
    for broken in policy_set.broken:
        raise Refused(f"{broken.file}: {broken.message}", broken.hint or _("Mend or remove this file first."))
    if not policy_set.policies:
        raise Refused(_("There is no policy file in this folder."), _("Name the folder that holds your policies."))
    _refuse_twins(policy_set)
    for policy in policy_set.policies:
        _refuse_chain(policy_set, policy)
    refuse_missing_base(
        policy_set,
        [policy for policy in policy_set.policies if _missing(policy_set, policy) not in policy_set.in_azure],
    )


def refuse_missing_base(policy_set: PolicySet, policies: Iterable[TrustFrameworkPolicy]) -> None:
    """What a policy builds on has to be here to be understood. Raises Refused, naming what is missing."""
    for policy in policies:
        missing = policy_set.chain(policy).missing
        if missing is None:
            continue
        said = key(missing.policy_id) in policy_set.in_azure
        if said:
            hint = _("It may be in Azure, but here it has to be read: download it from the portal into the folder.")
        else:
            hint = _("Add that file to the folder, or say that it is in Azure already: --in-azure {base}").format(
                base=missing.policy_id
            )
        raise MissingBase(
            _("{file} builds on {base}, which is not in this folder.").format(
                file=missing.where.source.file, base=missing.policy_id or _("nothing that has a name")
            ),
            hint,
            missing.policy_id,
            said=said,
        )


def _missing(policy_set: PolicySet, policy: TrustFrameworkPolicy) -> str:
    missing = policy_set.chain(policy).missing
    return key(missing.policy_id) if missing is not None else ""


def _refuse_twins(policy_set: PolicySet) -> None:
    seen: dict[str, TrustFrameworkPolicy] = {}
    for policy in policy_set.policies:
        other = seen.setdefault(key(policy.id), policy)
        if other is not policy:
            raise Refused(
                _("{file} and {other} have the same policy name {id}.").format(
                    file=other.file, other=policy.file, id=policy.id
                ),
                _("Keep only the one that is in use; the second upload would replace the first."),
            )


def _refuse_chain(policy_set: PolicySet, policy: TrustFrameworkPolicy) -> None:
    """No circle, and no more levels than Azure allows."""
    chain = policy_set.chain(policy)
    if chain.cycle:
        base = chain.policies[-1].base
        back = next(
            i for i, link in enumerate(chain.policies) if base is not None and key(link.id) == key(base.policy_id)
        )
        circle = chain.policies[back:]
        raise Refused(
            _("The policies build on each other in a circle: {names}.").format(
                names=" → ".join(link.id for link in (*circle, circle[0]))
            ),
            _("One of them must build on nothing, or on a policy outside the circle."),
        )
    if len(chain.policies) > MAX_LEVELS:
        raise Refused(
            _("{file} builds on a chain of {depth} levels; Azure allows {limit}.").format(
                file=policy.file, depth=len(chain.policies), limit=MAX_LEVELS
            ),
            _("Merge some of the files between."),
        )
