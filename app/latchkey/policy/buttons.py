"""The sign-in buttons of a journey: which, in which order, and the text that customers read.

Order is the order of the `ClaimsProviderSelections`
(https://learn.microsoft.com/azure/active-directory-b2c/userjourneys); the text is the technical profile's DisplayName
unless the page's localized resources carry a `ClaimsProvider` string for the exchange
(https://learn.microsoft.com/azure/active-directory-b2c/localization).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from latchkey.policy.effective import Effective
from latchkey.policy.model import LocalizedString, OrchestrationStep, UserJourney, Where
from latchkey.policy.names import key

SELECTION_STEPS = frozenset(("CombinedSignInAndSignUp", "ClaimsProviderSelection"))
FEDERATED = frozenset(("OAuth1", "OAuth2", "OpenIdConnect", "SAML2", "WsFed"))


class Button(NamedTuple):
    """A federated provider on the page. `texts` are localized texts by language; `text` is what is read by default."""

    exchange: str
    technical_profile: str
    text: str
    texts: Mapping[str, str]
    protocol: str
    where: Where


def buttons(effective: Effective, journey: UserJourney) -> tuple[Button, ...]:
    """The federated providers of a journey in page order. The local form and local accounts are not buttons."""
    found: dict[str, Button] = {}
    for step, following in selection_steps(journey):
        exchanges = {key(e.id): e for e in (following.exchanges if following is not None else ())}
        named = button_texts(effective, step)
        for selection in step.selections:
            exchange = exchanges.get(key(selection.target)) if selection.target else None
            if exchange is None:
                continue
            profile = effective.expanded(exchange.technical_profile)
            if profile is None or profile.protocol not in FEDERATED:
                continue
            texts = named.get(key(exchange.id), {})
            default = effective.supported_languages.default if effective.supported_languages else ""
            text = texts.get(default) or profile.display_name or ""
            button = Button(exchange.id, profile.id, text, texts, profile.protocol, selection.where)
            found.setdefault(key(exchange.id), button)
    return tuple(found.values())


def selection_steps(journey: UserJourney) -> Iterator[tuple[OrchestrationStep, OrchestrationStep | None]]:
    """Each step that shows buttons, with the step after it, where their exchanges are."""
    by_order = {step.order: step for step in journey.steps}
    for step in journey.steps:
        if step.type in SELECTION_STEPS and step.order is not None:
            yield step, by_order.get(step.order + 1)


def localized_texts(effective: Effective, step: OrchestrationStep, exchange_id: str) -> dict[str, str]:
    """Language → text that masks the display name of an exchange's button on that step's page."""
    return button_texts(effective, step).get(key(exchange_id), {})


def button_texts(effective: Effective, step: OrchestrationStep) -> dict[str, dict[str, str]]:
    """Exchange (folded) → language → text, of all buttons of that step's page."""
    found: dict[str, dict[str, str]] = {}
    for language, string in page_strings(effective, step):
        if string.element_type == "ClaimsProvider":
            found.setdefault(key(string.string_id), {}).setdefault(language, string.text)
    return found


def page_strings(effective: Effective, step: OrchestrationStep) -> Iterator[tuple[str, LocalizedString]]:
    """Every localized text of a step's page, with its language; of two for one place the first counts."""
    content = effective.content_definitions.get(key(step.content_definition or ""))
    for reference in content.localized if content is not None else ():
        resources = effective.localized_resources.get(key(reference.resources_id))
        for string in resources.strings if resources is not None else ():
            yield reference.language, string
