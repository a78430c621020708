"""`latchkey show --flow FILE.svg`: one journey as a picture."""

from __future__ import annotations

from latchkey.cli.show_json import own_journeys
from latchkey.cli.terminal import flat
from latchkey.errors import Refused
from latchkey.policy.model import TrustFrameworkPolicy, UserJourney
from latchkey.policy.policy_set import PolicySet
from latchkey.text import _


def drawn(policy_set: PolicySet, policies: list[TrustFrameworkPolicy]) -> str:
    """What the one policy runs, as SVG. Raises Refused where there are several to choose from or none."""
    from latchkey.policy.flow import flow
    from latchkey.policy.flow_svg import to_svg
    from latchkey.policy.story import tell

    policy = _one(policies)
    effective = policy_set.effective(policy)
    journey = _journey(policy, own_journeys(effective, policy) or list(effective.journeys.values()))
    return to_svg(flow(tell(effective, journey)))


def _one(policies: list[TrustFrameworkPolicy]) -> TrustFrameworkPolicy:
    if len(policies) == 1:
        return policies[0]
    if not policies:
        raise Refused(_("There is no journey to draw."), _("Mend the files that were left out, then try again."))
    names = ", ".join(flat(policy.id) for policy in policies)
    raise Refused(
        _("A picture shows one policy, and there are several: {names}.").format(names=names),
        _("Say which with --policy."),
    )


def _journey(policy: TrustFrameworkPolicy, journeys: list[UserJourney]) -> UserJourney:
    """The one that applications start; of a policy that none can call, its only one."""
    if journeys and (len(journeys) == 1 or policy.relying_party is not None):
        return journeys[0]
    if not journeys:
        raise Refused(
            _("{id} has no journey.").format(id=flat(policy.id)), _("Name a policy that an application can call.")
        )
    names = ", ".join(flat(journey.id) for journey in journeys)
    raise Refused(
        _("{id} holds several journeys: {names}.").format(id=flat(policy.id), names=names),
        _("Name a policy that an application can call: it says which one it runs."),
    )
