"""Rules on sign-in buttons: what each starts, and that nothing is left without one.

Buttons stand in one step, what they start in the next
(https://learn.microsoft.com/azure/active-directory-b2c/userjourneys#claimsproviderselection).
"""

from __future__ import annotations

from latchkey.check.gather import by_exchange
from latchkey.check.journeys import mixed
from latchkey.check.rule import Hit, Hits
from latchkey.check.view import View, whole
from latchkey.policy.buttons import FEDERATED, SELECTION_STEPS, selection_steps
from latchkey.policy.names import key
from latchkey.policy.policy_set import PolicySet
from latchkey.text import _


def needs_selection(view: View) -> Hits:
    """A step with several exchanges follows the step in which the person chooses: "It must be preceded by a claims
    provider selection in order to determine which claims exchange can be used"
    (https://github.com/azure-ad-b2c/samples/issues/198).
    """
    for journey in view.all_journeys:
        by_order = {step.order: step for step in journey.steps}
        for step in journey.steps:
            if step.type != "ClaimsExchange" or len(step.exchanges) < 2 or step.order is None:
                continue
            before = by_order.get(step.order - 1)
            if before is None or before.type not in SELECTION_STEPS:
                yield Hit(
                    step.where,
                    _(
                        "Step {order} of “{journey}” has {count} exchanges, but no step before it lets people choose."
                    ).format(order=step.order, journey=journey.id, count=len(step.exchanges)),
                    mixed(journey)
                    or _("Put a step with sign-in buttons right before it, or leave one exchange in it."),
                    about=f"{key(journey.id)} {step.order}",
                )


def target_in_next_step(view: View) -> Hits:
    """What a button starts is an exchange of the next step ("executed in the next orchestration step",
    https://learn.microsoft.com/azure/active-directory-b2c/userjourneys#claimsproviderselection).
    """
    for journey in view.all_journeys:
        for step, following in selection_steps(journey):
            known = by_exchange(following)
            for selection in step.selections:
                if selection.target and key(selection.target) not in known:
                    yield Hit(
                        selection.where,
                        _("The button “{target}” is on the page but nothing happens behind it.").format(
                            target=selection.target
                        ),
                        _("Add a ClaimsExchange with this id to step {order}, or take the button out.").format(
                            order=(step.order or 0) + 1
                        ),
                        about=f"{key(journey.id)} {step.order} {key(selection.target)}",
                    )


def validation_in_same_step(view: View) -> Hits:
    """What the local form starts is an exchange of the same step.

    https://learn.microsoft.com/azure/active-directory-b2c/userjourneys#claimsproviderselection
    """
    for journey in view.all_journeys:
        for step, _following in selection_steps(journey):
            known = by_exchange(step)
            for selection in step.selections:
                if selection.validation and key(selection.validation) not in known:
                    yield Hit(
                        selection.where,
                        _("The e-mail form of step {order} starts “{id}”, which that step does not have.").format(
                            order=step.order, id=selection.validation
                        ),
                        _("Add a ClaimsExchange with this id to the same step."),
                        about=f"{key(journey.id)} {step.order} {key(selection.validation)}",
                    )


def exactly_one_attribute(view: View) -> Hits:
    """A selection names a target or a validation exchange, "but not both".

    https://learn.microsoft.com/azure/active-directory-b2c/userjourneys#claimsproviderselection
    """
    for journey in (*view.policy.journeys, *view.policy.sub_journeys):
        for step in journey.steps:
            for selection in step.selections:
                if bool(selection.target) == bool(selection.validation):
                    yield Hit(
                        selection.where,
                        _(
                            "A button of step {order} of “{journey}” says both what it starts and what it validates."
                        ).format(order=step.order, journey=journey.id)
                        if selection.target
                        else _("A button of step {order} of “{journey}” does not say what it starts.").format(
                            order=step.order, journey=journey.id
                        ),
                        _("Give it TargetClaimsExchangeId (a provider) or ValidationClaimsExchangeId (e-mail)."),
                    )


def selection_on_wrong_type(view: View) -> Hits:
    """Buttons belong to steps of the types CombinedSignInAndSignUp and ClaimsProviderSelection; elsewhere none is
    shown.
    """
    for journey in view.all_journeys:
        for step in journey.steps:
            if step.selections and step.type is not None and step.type not in SELECTION_STEPS:
                yield Hit(
                    step.selections[0].where,
                    _("Step {order} of “{journey}” has sign-in buttons, but its type {type} shows none.").format(
                        order=step.order, journey=journey.id, type=step.type
                    ),
                    _("Make it a ClaimsProviderSelection, or take the buttons out."),
                    about=f"{key(journey.id)} {step.order}",
                )


def same_exchange_id(policy_set: PolicySet) -> Hits:
    """A provider has one exchange id in all journeys that share a session: "Claims exchange with id … could not be
    found in orchestration step" (https://github.com/Azure-Samples/active-directory-b2c-advanced-policies/issues/51).
    """
    known: dict[tuple[str, str], tuple[str, str]] = {}
    told: set[tuple[str, str]] = set()
    for policy in policy_set.policies:
        if policy.relying_party is None or not whole(policy_set, policy):
            continue
        root = key(policy_set.chain(policy).policies[-1].id)
        flow = View(policy_set, policy).flow
        for call in flow.providers if flow is not None else ():
            name = (root, key(call.profile.id))
            exchange, journey = known.setdefault(name, (call.exchange, flow.journey.id if flow else ""))
            if key(exchange) != key(call.exchange) and (name[1], call.exchange) not in told:
                told.add((name[1], call.exchange))
                yield Hit(
                    call.where,
                    _("“{profile}” has the exchange id “{id}” here, but “{other}” in the journey “{journey}”.").format(
                        profile=call.profile.id, id=call.exchange, other=exchange, journey=journey
                    ),
                    _("Use one id for a provider in all journeys: people who move between them get an error."),
                )


def without_button(view: View) -> Hits:
    """An exchange that no button starts is never reached (https://github.com/MicrosoftDocs/azure-docs/issues/57020)."""
    flow = view.flow
    if flow is None:
        return
    for step, following in selection_steps(flow.journey):
        if following is None or following.type != "ClaimsExchange":
            continue
        reached = {key(selection.target) for selection in step.selections}
        for call in flow.calls(step):  # sign-up link, embedded password reset …: named in the form's metadata
            reached.update(key(item.value) for item in call.profile.metadata)
        content = view.effective.content_definitions.get(key(step.content_definition or ""))
        reached.update(key(item.value) for item in (content.metadata if content is not None else ()))
        for exchange in following.exchanges:
            profile = view.effective.expanded(exchange.technical_profile)
            if key(exchange.id) not in reached and profile is not None and profile.protocol in FEDERATED:
                yield Hit(
                    exchange.where,
                    _("“{exchange}” is set up in step {order} of “{journey}”, but no button starts it.").format(
                        exchange=exchange.id, order=following.order, journey=flow.journey.id
                    ),
                    _("Add a ClaimsProviderSelection for it to step {order}.").format(order=step.order),
                )


def signup_target(view: View) -> Hits:
    """The sign-up link leads to an exchange of the next step (metadata `SignUpTarget`).

    https://learn.microsoft.com/azure/active-directory-b2c/self-asserted-technical-profile
    """
    flow = view.flow
    for step, following in selection_steps(flow.journey) if flow is not None else ():
        if step.type != "CombinedSignInAndSignUp" or flow is None:
            continue
        known = by_exchange(following)
        for call in flow.calls(step):
            metadata = {item.key: item for item in call.profile.metadata}
            target = metadata.get("SignUpTarget")
            link = metadata.get("setting.showSignupLink")
            if target is None or (link is not None and link.value.lower() == "false"):
                continue
            if key(target.value) not in known:
                yield Hit(
                    target.where,
                    _("The sign-up link leads to “{target}”, which the next step of “{journey}” does not have.").format(
                        target=target.value, journey=flow.journey.id
                    ),
                    _("Name an exchange of step {order}, or set setting.showSignupLink to false.").format(
                        order=(step.order or 0) + 1
                    ),
                )
