"""Where in an existing set a draft's providers belong: which relying parties, which journeys, which file.

By the contract: the relying parties that the draft names, else the sign-up and sign-in ones if all of them run one
journey; the file that the draft names, else the nearest common ancestor of those relying parties that is not the root.
What can't be decided is refused with the choices, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from latchkey.compose.into.whole import refuse_incomplete, refuse_missing_base
from latchkey.draft.draft import Policies
from latchkey.errors import Refused
from latchkey.policy.buttons import selection_steps
from latchkey.policy.effective import Effective
from latchkey.policy.model import OrchestrationStep, TrustFrameworkPolicy, UserJourney
from latchkey.policy.names import key
from latchkey.policy.policy_set import PolicySet
from latchkey.text import _, join_list

COMBINED = "CombinedSignInAndSignUp"  # the kind of step in which people sign up and in


@dataclass(frozen=True, slots=True)
class Page:
    """A journey that lets people choose, and the relying parties that run it.

    `step` shows the buttons, `following` holds what they do. `home` is the file in which the whole journey stands, if
    it may be edited there; None: it comes from an ancestor and has to be copied. `copy_to` is the file for the copy.
    """

    journey: UserJourney
    effective: Effective
    relying_parties: tuple[TrustFrameworkPolicy, ...]
    step: OrchestrationStep
    following: OrchestrationStep
    home: TrustFrameworkPolicy | None
    copy_to: TrustFrameworkPolicy

    @property
    def edits(self) -> bool:
        """People change their profile here, rather than sign up and in."""
        return self.step.type != COMBINED


@dataclass(frozen=True, slots=True)
class Places:
    """The file for what is new, and the pages to change: signing in first, then profile editing."""

    extensions: TrustFrameworkPolicy
    sign_in: tuple[Page, ...]
    profile_edit: tuple[Page, ...]

    @property
    def pages(self) -> tuple[Page, ...]:
        """All of them."""
        return self.sign_in + self.profile_edit


def find_places(policy_set: PolicySet, policies: Policies) -> Places:
    """Decide, by the draft and the set. Raises Refused naming what there is to choose from."""
    refuse_incomplete(policy_set)
    callable_ = [policy for policy in policy_set.policies if policy.relying_party is not None]
    sign_in = (
        _named(policy_set, policies.relying_parties) if policies.relying_parties else _sign_in(policy_set, callable_)
    )
    extensions = _extensions(policy_set, policies.extensions, sign_in)
    if policies.profile_edit_policies is not None:
        editing = _named(policy_set, policies.profile_edit_policies)
    else:
        editing = [
            policy
            for policy in callable_
            if policy not in sign_in
            and _below(policy_set, policy, extensions)
            and _chooses(policy_set, policy)
            and not _combined(policy_set, policy)
        ]
    for policy in (*sign_in, *editing):
        if not _below(policy_set, policy, extensions):
            raise Refused(
                _("{policy} does not build on {extensions}, so it can't show providers that are written there.").format(
                    policy=policy.id, extensions=extensions.id
                ),
                _("Name another file under policies.extensions, or leave this policy out."),
            )
    return Places(extensions, _pages(policy_set, extensions, sign_in), _pages(policy_set, extensions, editing))


def other_sign_in(policy_set: PolicySet, places: Places) -> tuple[TrustFrameworkPolicy, ...]:
    """Policies that sign people up and in as well, on pages that nothing is done to."""
    taken = {policy.file for page in places.pages for policy in page.relying_parties}
    return tuple(p for p in policy_set.policies if p.file not in taken and _combined(policy_set, p))


def choice(journey: UserJourney) -> tuple[OrchestrationStep, OrchestrationStep] | None:
    """The first step that offers a choice and the step after it, where the choices lead.

    A step of that kind in which nothing is left to choose will do too: all that it offered may have been ours.
    """
    steps = [(step, following) for step, following in selection_steps(journey) if following is not None]
    return next((pair for pair in steps if pair[0].selections), steps[0] if steps else None)


def default_journey(policy_set: PolicySet, policy: TrustFrameworkPolicy) -> UserJourney | None:
    """The journey that a relying party runs."""
    party = policy.relying_party
    if party is None or party.default_journey is None:
        return None
    return policy_set.effective(policy).journey(party.default_journey.id)


def _named(policy_set: PolicySet, ids: Sequence[str]) -> list[TrustFrameworkPolicy]:
    found = []
    for policy_id in ids:
        policy = policy_set.find(policy_id)
        if policy is None or policy.relying_party is None:
            raise Refused(
                _("There is no relying party policy {id} in this folder.").format(id=policy_id),
                _("These are there: {ids}.").format(
                    ids=_ids(p for p in policy_set.policies if p.relying_party is not None)
                ),
            )
        if default_journey(policy_set, policy) is None or not _chooses(policy_set, policy):
            raise Refused(
                _("{id} runs no journey in which people choose how to sign in.").format(id=policy.id),
                _("Name a policy that shows sign-in buttons."),
            )
        found.append(policy)
    return found


def _sign_in(policy_set: PolicySet, callable_: Iterable[TrustFrameworkPolicy]) -> list[TrustFrameworkPolicy]:
    showing = [policy for policy in callable_ if _chooses(policy_set, policy)]
    combined = [policy for policy in showing if _combined(policy_set, policy)]
    candidates = combined or showing
    if not candidates:
        refuse_missing_base(policy_set, policy_set.policies)
        raise Refused(
            _("No policy in this folder shows sign-in buttons."),
            _("Add the relying party policy that signs people in (often SignUpOrSignin.xml) to the folder."),
        )
    journeys = {
        key(journey.id) for policy in candidates if (journey := default_journey(policy_set, policy)) is not None
    }
    if len(journeys) > 1:
        raise Refused(
            _("Several policies sign people in, each in its own way: {ids}.").format(ids=_ids(candidates)),
            _("Say under policies.relying_parties which of them shall show the buttons."),
        )
    return candidates


def _chooses(policy_set: PolicySet, policy: TrustFrameworkPolicy) -> bool:
    journey = default_journey(policy_set, policy)
    return journey is not None and choice(journey) is not None


def _combined(policy_set: PolicySet, policy: TrustFrameworkPolicy) -> bool:
    journey = default_journey(policy_set, policy)
    found = choice(journey) if journey is not None else None
    return found is not None and found[0].type == COMBINED


def _extensions(policy_set: PolicySet, name: str, parties: Sequence[TrustFrameworkPolicy]) -> TrustFrameworkPolicy:
    if name:
        found = policy_set.find(name)
        if found is None:
            raise Refused(
                _("There is no policy {id} in this folder.").format(id=name),
                _("These are there: {ids}.").format(ids=_ids(policy_set.policies)),
            )
        return found
    chains = [policy_set.chain(policy) for policy in parties]
    for candidate in chains[0].policies[1:]:
        root = candidate.base is None
        if not root and all(candidate in chain.policies for chain in chains):
            return candidate
    raise Refused(
        _("{ids} have no policy between them and the base that new providers could go into.").format(ids=_ids(parties)),
        _("Say under policies.extensions which file shall take them, or add an extensions policy first."),
    )


def _below(policy_set: PolicySet, policy: TrustFrameworkPolicy, ancestor: TrustFrameworkPolicy) -> bool:
    return ancestor in policy_set.chain(policy).policies


def _pages(
    policy_set: PolicySet, extensions: TrustFrameworkPolicy, parties: Sequence[TrustFrameworkPolicy]
) -> tuple[Page, ...]:
    groups: dict[str, list[TrustFrameworkPolicy]] = {}
    for policy in parties:
        journey = default_journey(policy_set, policy)
        if journey is not None:
            groups.setdefault(_identity(policy_set, extensions, journey), []).append(policy)
    return tuple(_page(policy_set, extensions, group) for group in groups.values())


def _identity(policy_set: PolicySet, extensions: TrustFrameworkPolicy, journey: UserJourney) -> str:
    """Two relying parties share a page if their journey is the same and neither changes it in its own file."""
    above = {policy.file for policy in policy_set.chain(extensions).policies}
    own = [where.source.file for where in journey.layers if where.source.file not in above]
    return "\n".join([key(journey.id), *own])


def _page(policy_set: PolicySet, extensions: TrustFrameworkPolicy, parties: list[TrustFrameworkPolicy]) -> Page:
    first = parties[0]
    journey = default_journey(policy_set, first)
    assert journey is not None
    found = choice(journey)
    assert found is not None
    chain = policy_set.chain(first).policies
    files = {policy.file: policy for policy in chain}
    layers = {where.source.file for where in journey.layers}
    upto = chain[: chain.index(extensions) + 1]
    lowest = next(policy for policy in chain if policy.file in layers)
    home = files[lowest.file] if len(layers) == 1 and lowest in upto else None
    copy_to = lowest if lowest in upto else extensions
    return Page(journey, policy_set.effective(first), tuple(parties), *found, home, copy_to)


def _ids(policies: Iterable[TrustFrameworkPolicy]) -> str:
    return join_list(policy.id for policy in policies)
