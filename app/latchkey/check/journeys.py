"""Rules on orchestration: the steps of a journey, in which order and on which conditions they run.

They look at the journey as Azure would run it, with what it inherits: Azure merges a redefined journey step by step
(https://learn.microsoft.com/azure/active-directory-b2c/userjourneys), which is what trips most people.
"""

from __future__ import annotations

from collections.abc import Iterator

from latchkey.check.finding import Level
from latchkey.check.rule import Hit, Hits
from latchkey.check.view import View
from latchkey.policy.buttons import SELECTION_STEPS
from latchkey.policy.model import OrchestrationStep, Precondition, UserJourney
from latchkey.policy.names import key
from latchkey.text import _, join_list

_CAN_BE_FIRST = SELECTION_STEPS | frozenset(
    ("ClaimsExchange", "GetClaims", "InvokeSubJourney", "UserDialog", "ConsentScreen", "ReviewScreen", "Noop")
)
_VALUES = {"ClaimsExist": 1, "ClaimEquals": 2}
_SKIP_STEP = "SkipThisOrchestrationStep"
_SKIP_VALIDATION = "SkipThisValidationTechnicalProfile"


def steps_contiguous(view: View) -> Hits:
    """Steps are numbered 1, 2, 3 … without gaps, also after inheritance.

    https://learn.microsoft.com/azure/active-directory-b2c/userjourneys#orchestrationsteps
    """
    for journey in view.all_journeys:
        expected = 1
        for step in journey.steps:
            if step.order == expected:
                expected += 1
                continue
            if step.order is not None and step.order == expected - 1 > 0:
                continue  # twice the same number: told by duplicate-id-in-file
            if step.order is None:
                message = _("A step of “{journey}” has no number.").format(journey=journey.id)
            elif step.order == 0:
                message = _("The steps of “{journey}” start with 0; they must start with 1.").format(journey=journey.id)
            else:
                message = _("The steps of “{journey}” jump from {before} to {order}.").format(
                    journey=journey.id, before=expected - 1, order=step.order
                )
            yield Hit(step.where, message, mixed(journey) or _number_them(), about=f"{key(journey.id)} {step.order}")
            if step.order is None:
                break
            expected = step.order + 1


def _number_them() -> str:
    return _("Number the steps 1, 2, 3 … in the order in which they run.")


def mixed(journey: UserJourney) -> str:
    """The cure where files redefine one journey, which is what is wrong nearly always then."""
    files = dict.fromkeys(where.source.file for where in journey.layers)
    if len(files) < 2:
        return ""
    return _("“{journey}” is defined in {files}, and Azure mixes all versions: give yours a name of its own.").format(
        journey=journey.id, files=join_list(files)
    )


def first_step(view: View) -> Hits:
    """A journey begins with an exchange of claims or with a choice: "does not specify first step or the first step is
    not a claims exchange" (https://github.com/MicrosoftDocs/azure-docs/issues/64364).
    """
    for journey in view.journeys:
        if not journey.steps:
            yield Hit(
                journey.where,
                _("The journey “{journey}” has no steps.").format(journey=journey.id),
                _("Give it steps, or take it out."),
                about=key(journey.id),
            )
        elif journey.steps[0].order == 1 and journey.steps[0].type not in _CAN_BE_FIRST and len(journey.steps) > 1:
            yield Hit(
                journey.steps[0].where,
                _("The first step of “{journey}” ends the journey before anybody has signed in.").format(
                    journey=journey.id
                )
                if journey.steps[0].type == "SendClaims"
                else _("The first step of “{journey}” is of a type that Azure does not know.").format(
                    journey=journey.id
                ),
                _("Let it begin with a sign-in page or another exchange of claims."),
                about=key(journey.id),
            )


def send_claims_last(view: View) -> Hits:
    """The last step hands the result to the application: SendClaims, with the technical profile that writes the token.

    AADB2C90040, AADB2C90108 (https://learn.microsoft.com/azure/active-directory-b2c/error-codes).
    """
    default = "DefaultCpimIssuerTechnicalProfileReferenceId"
    for journey in view.journeys:
        if not journey.steps:
            continue
        last = journey.steps[-1]
        sends = [step for step in journey.steps if step.type == "SendClaims"]
        if not sends or (last.type != "SendClaims" and default not in journey.attributes):
            yield Hit(
                last.where,
                _(
                    "The journey “{journey}” never finishes: its last step must hand the result to your application."
                ).format(journey=journey.id),
                mixed(journey)
                or _("End it with a step of type SendClaims that names a token issuer, usually JwtIssuer."),
                about=key(journey.id),
            )
        for step in sends:
            if not step.issuer and default not in journey.attributes:
                yield Hit(
                    step.where,
                    _(
                        "Step {order} of “{journey}” hands over the result but does not say who writes the token."
                    ).format(order=step.order, journey=journey.id),
                    _('Add CpimIssuerTechnicalProfileReferenceId="JwtIssuer".'),
                    about=f"{key(journey.id)} {step.order}",
                )


def precondition_valid(view: View) -> Hits:
    """ClaimsExist has one value, ClaimEquals two; the action is to skip. Booleans compare with `True` and `False`.

    https://learn.microsoft.com/azure/active-directory-b2c/userjourneys#preconditions
    """
    for journey in (*view.policy.journeys, *view.policy.sub_journeys):
        for step in journey.steps:
            for precondition in step.preconditions:
                yield from _precondition(view, precondition, journey.id, _SKIP_STEP)
    for profile in view.policy.technical_profiles:
        for validation in profile.validation_profiles:
            for precondition in validation.preconditions:
                yield from _precondition(view, precondition, profile.id, _SKIP_VALIDATION)


def _precondition(view: View, condition: Precondition, owner: str, action: str) -> Hits:
    if condition.type not in _VALUES:
        yield Hit(
            condition.where,
            _("A condition of “{owner}” is of the type “{type}”, which Azure does not know.").format(
                owner=owner, type=condition.type
            ),
            _("Write ClaimsExist or ClaimEquals."),
        )
        return
    if len(condition.values) != _VALUES[condition.type]:
        yield Hit(
            condition.where,
            _("A condition of “{owner}” has {count} values; {type} takes {expected}.").format(
                owner=owner, count=len(condition.values), type=condition.type, expected=_VALUES[condition.type]
            ),
            _("ClaimsExist names a claim; ClaimEquals names a claim and the value to compare it with."),
        )
    elif condition.type == "ClaimEquals" and condition.values[1] in ("true", "false"):
        claim = view.effective.claim_types.get(key(condition.values[0]))
        if claim is not None and claim.data_type == "boolean":
            yield Hit(
                condition.where,
                _(
                    "A condition of “{owner}” compares with “{value}”; Azure writes {right}, so they never match."
                ).format(owner=owner, value=condition.values[1], right=condition.values[1].capitalize()),
                _("Write {right}.").format(right=condition.values[1].capitalize()),
                level=Level.WARNING,
            )
    if condition.action != action:
        yield Hit(
            condition.where,
            _("A condition of “{owner}” does “{action}”; here it can only do “{right}”.").format(
                owner=owner, action=condition.action, right=action
            ),
            _("Write <Action>{right}</Action>.").format(right=action),
        )


def exchange_unique(view: View) -> Hits:
    """An exchange's id is given once in a journey; the schema says so within a file, and two files can't share one
    either.

    https://learn.microsoft.com/azure/active-directory-b2c/userjourneys#claimsexchanges
    """
    for journey in view.all_journeys:
        first: dict[str, tuple[OrchestrationStep, str]] = {}
        for step in journey.steps:
            for exchange in step.exchanges:
                before, file = first.setdefault(key(exchange.id), (step, exchange.where.source.file))
                if before is not step:
                    yield Hit(
                        exchange.where,
                        _("“{journey}” uses the exchange id “{id}” in step {first} and again in step {second}.").format(
                            journey=journey.id, id=exchange.id, first=before.order, second=step.order
                        ),
                        mixed(journey) or _("Give one of the two another id."),
                        about=f"{key(journey.id)} {key(exchange.id)}",
                        level=None if file == exchange.where.source.file else Level.WARNING,
                    )
    for own in (*view.policy.journeys, *view.policy.sub_journeys):
        for step in own.steps:
            names: set[str] = set()
            for exchange in step.exchanges:
                if key(exchange.id) in names:
                    yield Hit(
                        exchange.where,
                        _("Step {order} of “{journey}” has the exchange “{id}” twice.").format(
                            order=step.order, journey=own.id, id=exchange.id
                        ),
                        _("Take one of the two out."),
                    )
                names.add(key(exchange.id))


def sub_journey_rules(view: View) -> Hits:
    """A sub journey is of the type Call or Transfer.

    https://learn.microsoft.com/azure/active-directory-b2c/subjourneys
    """
    for journey in _defined_sub_journeys(view):
        if journey.sub_type not in ("Call", "Transfer"):
            yield Hit(
                journey.where,
                _("The sub journey “{journey}” does not say whether it comes back.").format(journey=journey.id),
                _('Write Type="Call" (it comes back) or Type="Transfer" (it does not).'),
                about=key(journey.id),
            )


def _defined_sub_journeys(view: View) -> Iterator[UserJourney]:
    for journey in view.policy.sub_journeys:
        yield view.effective.sub_journeys[key(journey.id)]
