"""A policy set for people: what builds on what, then each policy with its buttons and the story of its journeys."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from latchkey.cli.findings import underlined
from latchkey.cli.layout import columns
from latchkey.cli.show_json import default_journey, own_journeys
from latchkey.cli.terminal import flat
from latchkey.cli.tree import missing_words
from latchkey.policy.buttons import Button, buttons
from latchkey.policy.effective import Effective
from latchkey.policy.model import Claim, TechnicalProfile, TrustFrameworkPolicy, Where
from latchkey.policy.names import key
from latchkey.policy.origins import CLAIM_LISTS, Origins, profiles_of
from latchkey.policy.policy_set import PolicySet
from latchkey.policy.story import StoryNode, tell
from latchkey.policy.story_words import claim_words
from latchkey.text import _, join_list, language

_MOST_PLACES = 20  # of one thing: a chain of policies has ten levels at most


def policy_text(policy_set: PolicySet, policy: TrustFrameworkPolicy, *, sources: bool) -> Iterator[str]:
    """One policy. `sources`: with the file and line of everything, and with the technical profiles."""
    effective = policy_set.effective(policy)
    yield from underlined(policy.id, "=")
    yield flat(_("File: {file}").format(file=policy.file))
    chain = policy_set.chain(policy)
    if chain.missing is not None:
        sentence = _("{id}, which it builds on, is not in this folder; what stands there is not shown.")
        yield flat(sentence.format(id=chain.missing.policy_id))
        yield f"  {missing_words(policy_set, chain.missing.policy_id)}"
    default = default_journey(effective, policy)
    if default is not None:
        yield ""
        yield from _buttons(buttons(effective, default), sources=sources)
    elif policy.relying_party is not None and policy.relying_party.default_journey is not None:
        missing = policy.relying_party.default_journey.id
        yield flat(_("Its journey {id} does not exist.").format(id=missing))
    journeys = own_journeys(effective, policy) or list(effective.journeys.values())
    for journey in journeys:
        yield ""
        title = _("Journey {id}").format(id=journey.id)
        yield from underlined(title + (_places(journey.layers) if sources else ""))
        yield from _story(tell(effective, journey), sources=sources)
    if sources:
        yield from _profiles(effective, profiles_of(effective, journeys))
    yield ""


def _buttons(found: tuple[Button, ...], *, sources: bool) -> Iterator[str]:
    if not found:
        yield _("No sign-in buttons.")
        return
    yield _("Sign-in buttons, in this order:")
    rows = [
        (
            f"{place}.",
            button.text or button.exchange,
            f"{button.technical_profile} ({button.protocol})",
            _texts(button),
            _place(button.where) if sources else "",
        )
        for place, button in enumerate(found, 1)
    ]
    yield from columns(rows, indent=2)


def _texts(button: Button) -> str:
    return join_list(f"{code}: {text}" for code, text in button.texts.items() if text != button.text)


def _story(journey: StoryNode, *, sources: bool) -> Iterator[str]:
    """The orchestration steps with what they offer and call."""
    for step in journey.children:
        yield f"  {flat(step.title)}{_note(step)}{_places(step.layers) if sources else ''}"
        for part in step.children:
            yield f"       {flat(part.title)}{_note(part)}{_places(part.layers) if sources else ''}"


def _note(node: StoryNode) -> str:
    if not node.note:
        return ""
    return f"（{flat(node.note)}）" if language() == "zh_CN" else f"  ({flat(node.note)})"


def _profiles(effective: Effective, profiles: Iterable[TechnicalProfile]) -> Iterator[str]:
    origins = Origins(effective)
    for profile in profiles:
        yield ""
        title = _("Technical profile {id}").format(id=profile.id)
        yield from underlined(title + _places(origins.profile(profile.id)))
        if profile.include is not None:
            yield "  " + flat(_("includes {id}").format(id=profile.include.id))
        rows = [(f"{item.key} = {item.value}", origins.metadata(profile.id)[item.key]) for item in profile.metadata]
        rows += [
            (f"{item.id} = {item.storage_reference_id}", origins.keys(profile.id)[item.id]) for item in profile.keys
        ]
        yield from _rows(_("Settings"), rows)
        for which, heading in zip(CLAIM_LISTS, _headings(), strict=True):
            places = origins.claims(profile.id, which)
            claims = getattr(profile, which)
            yield from _rows(heading, [(_claim(claim, which), places[key(claim.claim)]) for claim in claims])


def _claim(claim: Claim, which: str) -> str:
    """What is sent and saved goes the other way."""
    if which in ("input_claims", "persisted_claims") and claim.partner and claim.default is None:
        return f"{claim.claim} → {claim.partner}"
    return claim_words(claim)


def _headings() -> tuple[str, ...]:
    return _("Claims that go in"), _("Claims on the page"), _("Claims that are saved"), _("Claims that come out")


def _rows(heading: str, rows: Sequence[tuple[str, Sequence[Where]]]) -> Iterator[str]:
    if rows:
        yield f"  {heading}"
        yield from (f"    {flat(text)}{_places(places)}" for text, places in rows)


def _places(layers: Sequence[Where]) -> str:
    """`  [Extensions.xml:12, over Base.xml:34]`: the place that holds, then those that it overrides, nearest first."""
    places = [_place(where) for where in reversed(layers[-_MOST_PLACES:])]
    if not places:
        return ""
    if len(places) == 1:
        return f"  [{places[0]}]"
    return "  [{}]".format(_("{place}, over {others}").format(place=places[0], others=join_list(places[1:])))


def _place(where: Where) -> str:
    return flat(f"{os.path.basename(where.source.file)}:{where.line}")  # noqa: PTH119
