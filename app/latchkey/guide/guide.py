"""Makes the guide: what a person still does by hand, with exact values.

One call makes the whole from a draft and, where there is one, the policy set that was composed from it or that it is
about. It works on a draft that is not complete: what can't be known yet is a `Value` that says what is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from latchkey.catalogue.catalogue import Catalogue
from latchkey.draft.draft import Draft
from latchkey.guide import connecting, golive
from latchkey.guide.model import Guide, ProviderGuide
from latchkey.guide.output import to_json, to_text
from latchkey.guide.places import places
from latchkey.guide.plan import planned_policies
from latchkey.guide.providers import as_in_set, planned_providers
from latchkey.guide.registration import provider_guide
from latchkey.guide.words import words
from latchkey.text import language as language_in_force

if TYPE_CHECKING:
    from latchkey.compose.composer import ComposedSet
    from latchkey.policy.policy_set import PolicySet

__all__ = ["Guide", "make_guide", "make_provider_guide", "to_json", "to_text"]


def make_guide(
    draft: Draft, catalogue: Catalogue, composed: ComposedSet | PolicySet | None = None, language: str | None = None
) -> Guide:
    """The guide for a draft. With `composed`, policy names, keys and upload order are that set's. `language` is `en` or
    `zh_CN`; by default the one that the person reads.
    """
    texts = words(language or language_in_force())
    where = places(draft.tenant, texts)
    policies = planned_policies(draft, _policy_set(composed))
    planned = tuple([as_in_set(one, policies) for one in planned_providers(draft, catalogue, texts)])
    providers = tuple([provider_guide(one, draft, where, policies, texts) for one in planned])
    sections = golive.sections(draft, where, policies, planned, texts)
    return Guide(
        language=texts.language,
        kind=draft.policies.kind,
        domain=where.domain,
        host=where.host,
        providers=providers,
        sections=sections,
        policy_keys=golive.policy_keys(draft, policies, planned, texts),
        app_registrations=golive.app_registrations(draft, where, sections, texts),
        uploads=golive.uploads(policies),
        test_links=golive.test_links(draft, where, policies, providers, texts),
        application=connecting.application(draft, where, policies, texts),
    )


def make_provider_guide(
    draft: Draft,
    catalogue: Catalogue,
    key: str,
    composed: ComposedSet | PolicySet | None = None,
    language: str | None = None,
) -> ProviderGuide:
    """What `make_guide` says of one provider, by its row's key, without the rest. Raises KeyError."""
    texts = words(language or language_in_force())
    policies = planned_policies(draft, _policy_set(composed))
    for one in planned_providers(draft, catalogue, texts):
        if one.provider.key == key:
            return provider_guide(as_in_set(one, policies), draft, places(draft.tenant, texts), policies, texts)
    raise KeyError(key)


def _policy_set(composed: ComposedSet | PolicySet | None) -> PolicySet | None:
    if composed is None:
        return None
    from latchkey.policy.policy_set import PolicySet

    return composed if isinstance(composed, PolicySet) else PolicySet.of(composed.files)
