"""A journey told in words: a tree from journey to orchestration steps, buttons, exchanges, technical profiles, claims.

For people who have never seen a policy file; the field's word is always there too. What a step does is read from its
type and from the profiles it runs, what skips it from its preconditions
(https://learn.microsoft.com/azure/active-directory-b2c/userjourneys).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from latchkey.policy.buttons import FEDERATED, SELECTION_STEPS, localized_texts
from latchkey.policy.effective import Effective
from latchkey.policy.model import (
    Candidate,
    Exchange,
    OrchestrationStep,
    Selection,
    TechnicalProfile,
    UserJourney,
    Where,
)
from latchkey.policy.names import key
from latchkey.policy.story_words import claim_words, skip_words, what_words
from latchkey.text import _

Kind = Literal[
    "journey",
    "step",
    "button",
    "link",
    "form",
    "exchange",
    "sub",
    "profile",
    "claim",
    "transformation",
    "validation",
    "key",
]

FORGOT_PASSWORD_LINK = "setting.forgotPasswordLinkOverride"
SIGN_UP_LINK = "SignUpTarget"
# Sub journeys told with their steps, and levels of them and of checks: hostile files may go on for ever.
_MOST_SUB_JOURNEYS = 100
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class StoryNode:
    """One line of the tree: what it is, in words; a quieter remark; where it stands (None: nowhere).

    `layers` are all places that define it, root ancestor first: more than one where a child overrides its base.
    `skips`: of a step, when it is skipped, one remark for each condition (`note` holds them all).
    """

    kind: Kind
    id: str
    title: str
    note: str = ""
    where: Where | None = None
    layers: tuple[Where, ...] = ()
    children: tuple[StoryNode, ...] = ()
    skips: tuple[str, ...] = ()

    def walk(self) -> Iterator[StoryNode]:
        """This node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


def tell(effective: Effective, journey: UserJourney) -> StoryNode:
    """The whole journey as a tree."""
    told = _Teller(effective).steps(journey, frozenset())
    return StoryNode("journey", journey.id, journey.id, "", journey.where, journey.layers, told)


class _Teller:
    """Tells one journey; knows how many sub journeys it has told already."""

    def __init__(self, effective: Effective) -> None:
        self._effective = effective
        self._left = _MOST_SUB_JOURNEYS

    def steps(self, journey: UserJourney, above: frozenset[str]) -> tuple[StoryNode, ...]:
        """`above`: the sub journeys that led here."""
        befores = (None, *journey.steps)
        followings = (*journey.steps[1:], None)
        return tuple(
            self._step(before, step, following, above)
            for before, step, following in zip(befores, journey.steps, followings, strict=False)
        )

    def _step(
        self,
        before: OrchestrationStep | None,
        step: OrchestrationStep,
        following: OrchestrationStep | None,
        above: frozenset[str],
    ) -> StoryNode:
        chosen = before is not None and before.type in SELECTION_STEPS
        children = [part for selection in step.selections for part in self._selection(step, following, selection)]
        forms = {key(selection.validation) for selection in step.selections if selection.validation}
        children += [
            self._exchange(before if chosen else None, exchange)
            for exchange in step.exchanges
            if key(exchange.id) not in forms
        ]
        children += [self._sub_journey(candidate, above) for candidate in step.candidates]
        order = str(step.order) if step.order is not None else "?"
        title = _("{order} · {what}").format(order=order, what=what_words(self._effective, step, chosen=chosen))
        skips = tuple(skip_words(precondition) for precondition in step.preconditions)
        return StoryNode("step", order, title, _("; ").join(skips), step.where, step.layers, tuple(children), skips)

    def _exchange(self, page: OrchestrationStep | None, exchange: Exchange) -> StoryNode:
        profile = self._effective.expanded(exchange.technical_profile)
        title = _exchange_title(self._effective, page, exchange.id, profile)
        arrow = f"{title} → {exchange.technical_profile}" if title else exchange.technical_profile
        inner, note = ((self._profile(profile),), "") if profile is not None else ((), _("does not exist"))
        return StoryNode("exchange", exchange.id, arrow, note, exchange.where, (exchange.where,), inner)

    def _sub_journey(self, candidate: Candidate, above: frozenset[str]) -> StoryNode:
        """What a step calls, with its own steps; a sub journey that calls itself ends there."""
        name = key(candidate.sub_journey)
        found = self._effective.sub_journeys.get(name)
        inner: tuple[StoryNode, ...] = ()
        if found is not None and name not in above and self._left and len(above) < _DEEPEST:
            self._left -= 1
            inner = self.steps(found, above | {name})
        note = "" if found is not None else _("does not exist")
        if found is not None and key(found.sub_type or "") == "transfer":
            note = _("does not come back from there")
        title = _("Sub journey {id}").format(id=candidate.sub_journey)
        layers = found.layers if found is not None else (candidate.where,)
        return StoryNode("sub", candidate.sub_journey, title, note, candidate.where, layers, inner)

    def _selection(
        self, step: OrchestrationStep, following: OrchestrationStep | None, selection: Selection
    ) -> Iterator[StoryNode]:
        where = selection.where
        if selection.validation:
            yield from self._form(step, following, selection)
            return
        profile = self._target_profile(following, selection.target)
        text = _button_text(self._effective, step, selection.target, profile)
        if self._is_link(step, selection):
            yield StoryNode("link", selection.target, _("Link “{text}”").format(text=text), "", where, (where,))
        else:
            yield StoryNode("button", selection.target, _("Button “{text}”").format(text=text), "", where, (where,))

    def _form(
        self, step: OrchestrationStep, following: OrchestrationStep | None, selection: Selection
    ) -> Iterator[StoryNode]:
        """The form of the page, and its link for those who have no account yet
        (https://learn.microsoft.com/azure/active-directory-b2c/self-asserted-technical-profile).
        """
        where = selection.where
        exchange = next((e for e in step.exchanges if key(e.id) == key(selection.validation)), None)
        profile = self._effective.expanded(exchange.technical_profile) if exchange is not None else None
        inner = (self._profile(profile),) if profile is not None else ()
        note = profile.id if profile is not None else _("does not exist")
        yield StoryNode("form", selection.validation, _("E-mail and password form"), note, where, (where,), inner)
        target = profile.metadata_value(SIGN_UP_LINK) if profile is not None else None
        if profile is not None and target and self._target_profile(following, target) is not None:
            item = next(item.where for item in profile.metadata if item.key == SIGN_UP_LINK)
            yield StoryNode("link", target, _("Link to sign up"), "", item, (item,))

    def _is_link(self, step: OrchestrationStep, selection: Selection) -> bool:
        """The page's form shows it as its link for a forgotten password, not as a button
        (https://learn.microsoft.com/azure/active-directory-b2c/add-password-reset-policy).
        """
        forms = (self._effective.expanded(exchange.technical_profile) for exchange in step.exchanges)
        links = (form.metadata_value(FORGOT_PASSWORD_LINK) for form in forms if form is not None)
        return any(link is not None and key(link) == key(selection.target) for link in links)

    def _target_profile(self, following: OrchestrationStep | None, target: str) -> TechnicalProfile | None:
        for exchange in following.exchanges if following is not None else ():
            if key(exchange.id) == key(target):
                return self._effective.expanded(exchange.technical_profile)
        return None

    def _profile(self, profile: TechnicalProfile, above: frozenset[str] = frozenset()) -> StoryNode:
        """A technical profile with what comes out of it; `above`: those whose checks led here."""
        deeper = above | {key(profile.id)}
        parts = [
            StoryNode("claim", claim.claim, claim_words(claim), "", claim.where) for claim in profile.output_claims
        ]
        parts += [
            StoryNode("transformation", reference.id, reference.id, _("worked out afterwards"), reference.where)
            for reference in profile.output_claims_transformations
        ]
        parts += [
            StoryNode("key", item.storage_reference_id, item.storage_reference_id, _("policy key"), item.where)
            for item in profile.keys
        ]
        for validation in profile.validation_profiles:
            found = self._effective.expanded(validation.id)
            known = found is not None and key(found.id) not in deeper and len(deeper) < _DEEPEST
            inner = (self._profile(found, deeper),) if found is not None and known else ()
            title = _("Checked by {id}").format(id=validation.id)
            parts.append(StoryNode("validation", validation.id, title, "", validation.where, (), inner))
        title = _("Technical profile {id}").format(id=profile.id)
        note = profile.protocol if profile.protocol in FEDERATED else ""
        return StoryNode("profile", profile.id, title, note or "", profile.where, profile.layers, tuple(parts))


def _button_text(
    effective: Effective, step: OrchestrationStep, exchange_id: str, profile: TechnicalProfile | None
) -> str:
    texts = localized_texts(effective, step, exchange_id)
    default = effective.supported_languages.default if effective.supported_languages else ""
    own = profile.display_name if profile is not None else None
    return texts.get(default) or own or exchange_id


def _exchange_title(
    effective: Effective, page: OrchestrationStep | None, exchange_id: str, profile: TechnicalProfile | None
) -> str:
    if page is not None and any(key(s.target) == key(exchange_id) for s in page.selections):
        return _button_text(effective, page, exchange_id, profile)
    return (profile.display_name or "") if profile is not None else ""
