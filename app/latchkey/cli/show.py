"""`latchkey show`: what customers meet: the sign-in buttons and journeys of each relying party."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from latchkey.cli.findings import underlined
from latchkey.cli.layout import columns
from latchkey.cli.terminal import DONE, REFUSED, Result, answer, flat
from latchkey.errors import Refused
from latchkey.policy.buttons import Button, buttons
from latchkey.policy.effective import Effective
from latchkey.policy.folder import read_folder
from latchkey.policy.model import OrchestrationStep, Precondition, TrustFrameworkPolicy, UserJourney
from latchkey.policy.names import key
from latchkey.policy.policy_set import PolicySet
from latchkey.policy.story import StoryNode, tell
from latchkey.text import _, language


def run(arguments: argparse.Namespace) -> Result:
    """Every relying party of the folder, or the one policy that was asked for."""
    files = read_folder(arguments.folder)
    if not files:
        raise Refused(
            _("There are no policy files in {folder}.").format(folder=flat(arguments.folder)),
            _("Name the folder that holds the .xml files."),
        )
    policy_set = PolicySet.of(files)
    chosen = _chosen(policy_set, arguments.policy, arguments.folder)
    broken = [
        {"file": one.file, "line": one.line, "message": one.message, "hint": one.hint} for one in policy_set.broken
    ]
    data = {
        "policies": [_policy_json(policy_set, policy) for policy in chosen],
        **({"broken": broken} if broken else {}),
    }
    lines = [line for policy in chosen for line in _policy_text(policy_set, policy)]
    for one in policy_set.broken:
        place = _("{file}, line {line}").format(file=one.file, line=one.line) if one.line else one.file
        lines += [flat(_("{place} was left out: {reason}").format(place=place, reason=one.message))]
    return answer(REFUSED if broken else DONE, as_json=arguments.json, data=data, text="\n".join(lines))


def _chosen(policy_set: PolicySet, policy_id: str | None, folder: str) -> list[TrustFrameworkPolicy]:
    parties = [policy for policy in policy_set.policies if policy.relying_party is not None]
    if policy_id is None:
        if not parties and not policy_set.broken:
            raise Refused(
                _("No policy in {folder} is one that an application can call (a relying party).").format(
                    folder=flat(folder)
                ),
                _("Name one with --policy to see the journeys that it holds."),
            )
        return parties
    policy = policy_set.find(policy_id) or policy_set.find(f"B2C_1A_{policy_id}")
    if policy is None:
        names = ", ".join(policy.id for policy in policy_set.policies)
        raise Refused(
            _("There is no policy {id} in {folder}.").format(id=policy_id, folder=folder),
            _("There are: {names}.").format(names=names) if names else _("Check the folder."),
        )
    return [policy]


def _own_journeys(effective: Effective, policy: TrustFrameworkPolicy) -> list[UserJourney]:
    """The default journey first, then those of endpoints."""
    party = policy.relying_party
    if party is None:
        return []
    names = [party.default_journey.id] if party.default_journey is not None else []
    names += [endpoint.journey for endpoint in party.endpoints]
    found = [effective.journeys.get(name) for name in dict.fromkeys(key(name) for name in names)]
    return [journey for journey in found if journey is not None]


def _default_journey(effective: Effective, policy: TrustFrameworkPolicy) -> UserJourney | None:
    party = policy.relying_party
    named = party.default_journey if party is not None else None
    return effective.journeys.get(key(named.id)) if named is not None else None


def _policy_json(policy_set: PolicySet, policy: TrustFrameworkPolicy) -> dict[str, Any]:
    effective = policy_set.effective(policy)
    default = _default_journey(effective, policy)
    named = policy.relying_party.default_journey if policy.relying_party is not None else None
    own = _own_journeys(effective, policy)
    shown = {key(journey.id) for journey in own}
    others = [journey for name, journey in effective.journeys.items() if name not in shown]
    found = {
        "id": policy.id,
        "file": policy.file,
        "journey": default.id if default is not None else named.id if named is not None else None,
        "buttons": [_button_json(button) for button in (buttons(effective, default) if default is not None else ())],
        "journeys": [_journey_json(journey) for journey in (*own, *others)],
    }
    if effective.sub_journeys:
        found["sub_journeys"] = [_journey_json(journey) for journey in effective.sub_journeys.values()]
    return found


def _button_json(button: Button) -> dict[str, Any]:
    return {
        "exchange": button.exchange,
        "technical_profile": button.technical_profile,
        "text": button.text,
        "texts": dict(button.texts),
        "protocol": button.protocol,
    }


def _journey_json(journey: UserJourney) -> dict[str, Any]:
    return {"id": journey.id, "steps": [_step_json(step) for step in journey.steps]}


def _step_json(step: OrchestrationStep) -> dict[str, Any]:
    selections = [{"target": one.target} if one.target else {"validation": one.validation} for one in step.selections]
    found: dict[str, Any] = {
        "order": step.order,
        "type": step.type,
        "selections": selections,
        "exchanges": [{"id": one.id, "technical_profile": one.technical_profile} for one in step.exchanges],
        "preconditions": [_precondition_json(one) for one in step.preconditions],
    }
    if step.content_definition:
        found["content_definition"] = step.content_definition
    if step.issuer:
        found["issuer"] = step.issuer
    if step.candidates:
        found["sub_journeys"] = [candidate.sub_journey for candidate in step.candidates]
    return found


def _precondition_json(precondition: Precondition) -> dict[str, Any]:
    return {
        "type": precondition.type,
        "execute_if": precondition.execute_if,
        "values": list(precondition.values),
        "action": precondition.action,
    }


def _policy_text(policy_set: PolicySet, policy: TrustFrameworkPolicy) -> Iterator[str]:
    effective = policy_set.effective(policy)
    yield from underlined(policy.id, "=")
    yield flat(_("File: {file}").format(file=policy.file))
    chain = policy_set.chain(policy)
    if chain.missing is not None:
        sentence = _("{id}, which it builds on, is not in this folder; what stands there is not shown.")
        yield flat(sentence.format(id=chain.missing.policy_id))
    default = _default_journey(effective, policy)
    if default is not None:
        yield ""
        yield from _buttons_text(buttons(effective, default))
    elif policy.relying_party is not None and policy.relying_party.default_journey is not None:
        missing = policy.relying_party.default_journey.id
        yield flat(_("Its journey {id} does not exist.").format(id=missing))
    for journey in _own_journeys(effective, policy) or list(effective.journeys.values()):
        yield ""
        yield from underlined(_("Journey {id}").format(id=journey.id))
        yield from _story_text(tell(effective, journey))
    yield ""


def _buttons_text(found: tuple[Button, ...]) -> Iterator[str]:
    if not found:
        yield _("No sign-in buttons.")
        return
    yield _("Sign-in buttons, in this order:")
    rows = [
        (f"{place}.", button.text or button.exchange, f"{button.technical_profile} ({button.protocol})", _texts(button))
        for place, button in enumerate(found, 1)
    ]
    yield from columns(rows, indent=2)


def _texts(button: Button) -> str:
    return ", ".join(f"{code}: {text}" for code, text in button.texts.items() if text != button.text)


def _story_text(journey: StoryNode) -> Iterator[str]:
    """The orchestration steps with what they offer and call."""
    for step in journey.children:
        yield f"  {flat(step.title)}{_note(step)}"
        for part in step.children:
            yield f"       {flat(part.title)}{_note(part)}"


def _note(node: StoryNode) -> str:
    if not node.note:
        return ""
    return f"（{flat(node.note)}）" if language() == "zh_CN" else f"  ({flat(node.note)})"
