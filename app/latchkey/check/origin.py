"""A finding on composed files, traced back to the answer in the wizard that it comes from.

What Latchkey composes is found by its names: a technical profile or an exchange belongs to the provider whose setup
made that name. The rule says which of the provider's answers it is about.
"""

from __future__ import annotations

from collections.abc import Iterable

from latchkey.check.finding import Finding
from latchkey.compose.setup import ProviderSetup, Setup
from latchkey.policy.names import key
from latchkey.policy.policy_set import PolicySet
from latchkey.policy.tree import Element

# Rule → the key of the provider's answer in a draft; of other rules only the provider is known.
_ANSWERS = {
    "client-id-present": "client_id",
    "display-name": "name",
    "localized-button": "names",
    "domain-hint-unique": "domain_hint",
    "key-reference-format": "policy_key",
    "https-endpoints": "settings",
    "idp-required-metadata": "settings",
    "metadata-known": "settings",
    "metadata-value": "settings",
    "oidc-response": "settings.response_type",
    "issuer-check": "settings",
    "idp-claims-complete": "claims",
    "claim-type-exists": "claims",
    "claim-resolver-switch": "claims",
}
_OF_THE_SET = {
    "tenant-id-format": "tenant.name",
    "tenant-matches": "tenant.name",
    "policy-id-format": "policies.id_prefix",
    "policy-id-unique": "policies.id_prefix",
    "rp-journey-exists": "policies.journey_id",
}
_NAMED_BY = ("Id", "TargetClaimsExchangeId", "TechnicalProfileReferenceId", "StringId")


def traced(findings: Iterable[Finding], policy_set: PolicySet, setup: Setup) -> tuple[Finding, ...]:
    """The findings with `field` and `provider` where the answer behind them is known."""
    return tuple(_traced(finding, policy_set, setup) for finding in findings)


def _traced(finding: Finding, policy_set: PolicySet, setup: Setup) -> Finding:
    if finding.field:
        return finding
    number = _provider(finding, policy_set, setup)
    if number is None:
        return finding._replace(field=_OF_THE_SET.get(finding.rule, ""))
    answer = _ANSWERS.get(finding.rule, "")
    field = f"providers[{number}]" + (f".{answer}" if answer else "")
    return finding._replace(field=field, provider=setup.providers[number].provider.key)


def _provider(finding: Finding, policy_set: PolicySet, setup: Setup) -> int | None:
    """The number of the provider whose element is around the finding's line."""
    policy = next((policy for policy in policy_set.policies if policy.file == finding.file), None)
    if policy is None or not finding.line:
        return None
    around = _around(policy_set.document(policy).root, finding.line)
    for element in reversed(around):
        for name in _NAMED_BY:
            for number, provider in enumerate(setup.providers):
                if element.get(name) and key(element.get(name)) in _names(provider):
                    return number
        if element.tag == "ClaimsProvider":
            inside = [one for one in element.path("TechnicalProfiles", "TechnicalProfile")]
            for number, provider in enumerate(setup.providers):
                if any(key(one.get("Id")) == key(provider.technical_profile) for one in inside):
                    return number
    return None


def _names(provider: ProviderSetup) -> tuple[str, str]:
    return key(provider.technical_profile), key(provider.exchange)


def _around(root: Element, line: int) -> list[Element]:
    """The elements on the way from the root to the last one that begins on the line or before it."""
    way = [root]
    while True:
        below = [child for child in way[-1].children if child.line <= line]
        if not below:
            return way
        way.append(below[-1])
