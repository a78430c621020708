"""A draft with every name decided: `resolve` turns what a person wrote, and left out, into a `Setup`.

The same draft gives the same names, whatever order things were typed in. Nothing here reads or writes a file, and
nothing is asked that an unfinished draft can't answer but the tenant: guides and previews need names before secrets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from latchkey.catalogue.answers import items
from latchkey.catalogue.entries import Entry
from latchkey.compose.base_ids import JOURNEYS, LOCAL_JOURNEYS
from latchkey.compose.claims import claims_of, identity_of
from latchkey.compose.ids import ProviderIds, Taken, provider_ids
from latchkey.compose.setup import PolicyNames, ProviderSetup, Setup
from latchkey.compose.wording import cleaned, wrong
from latchkey.draft.characters import shown
from latchkey.draft.draft import DEFAULT_JOURNEY_ID, Draft, Policies, Provider, frozen
from latchkey.policy.clouds import CLOUDS
from latchkey.policy.names import POLICY_PREFIX, BadName, Host, Identifier, PolicyId, TenantName, key
from latchkey.text import _, join_list

EXISTING = "existing"
_PREFIX = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-]{0,31}")
_LANGUAGE = re.compile(r"[A-Za-z]{1,3}(-[A-Za-z0-9]{2,4}){0,2}")
OUR_LANGUAGES = ("en", "zh-Hans")


def resolve(draft: Draft, catalogue: Mapping[str, Entry], taken: Taken | None = None) -> Setup:
    """All names of a draft, beside the ids `taken` (by default a composed base's). Raises Refused for what can't be
    composed.
    """
    policies = draft.policies
    journey_id = _journey_id(policies)
    return Setup(
        draft=draft,
        cloud=CLOUDS[draft.tenant.cloud],
        tenant=_tenant(draft.tenant.name),
        custom_domain=_custom_domain(draft.tenant.custom_domain),
        policies=policy_names(policies),
        journey_id=journey_id,
        profile_edit_journey_id=f"{journey_id}ProfileEdit",
        providers=_providers(draft, catalogue, taken),
    )


def _tenant(text: str) -> TenantName:
    try:
        return TenantName.parse(text)
    except BadName as error:
        raise wrong("tenant.name", text, error.hint) from error


def _custom_domain(text: str) -> Host | None:
    try:
        return Host.parse(text) if text.strip() else None
    except BadName as error:
        raise wrong("tenant.custom_domain", text, error.hint) from error


def policy_names(policies: Policies) -> PolicyNames:
    """The ids of the set's policies. Raises Refused."""
    prefix = clean_prefix(policies.id_prefix)
    if policies.accounts == "social" and "password-reset" in policies.journeys:
        raise wrong("policies.include", "password-reset", _("Without e-mail accounts there is no password to reset."))

    def named(name: str) -> PolicyId:
        return PolicyId.parse(POLICY_PREFIX + prefix + name)

    return PolicyNames(
        base=named("TrustFrameworkBase"),
        localization=named("TrustFrameworkLocalization"),
        extensions=named("TrustFrameworkExtensions"),
        sign_up_or_sign_in=named("signup_signin"),
        profile_edit=named("ProfileEdit") if "profile-edit" in policies.journeys else None,
        password_reset=named("PasswordReset") if "password-reset" in policies.journeys else None,
    )


def clean_prefix(text: str) -> str:
    """The prefix of policy ids and file names, without B2C_1A_. Raises Refused.

    Stricter than a policy id: with a dot, file names could be hidden or be devices' on some system.
    """
    bare = text.strip()
    bare = bare[len(POLICY_PREFIX) :] if bare.upper().startswith(POLICY_PREFIX) else bare
    if bare and _PREFIX.fullmatch(bare) is None:
        raise wrong("policies.id_prefix", text, _("Use letters, digits, _ and - only, 32 at most, for example Shop_."))
    return bare


def _journey_id(policies: Policies) -> str:
    """The composed journey's id: a new one, never one that the base has, since Azure would mix both step by step."""
    text = policies.journey_id.strip() or DEFAULT_JOURNEY_ID
    try:
        name = Identifier.parse(text)
    except BadName as error:
        raise wrong("policies.journey_id", policies.journey_id, error.hint) from error
    if key(name) in (LOCAL_JOURNEYS if policies.local else JOURNEYS):
        raise wrong(
            "policies.journey_id",
            policies.journey_id,
            _("The base policy has a journey of that name, and Azure would mix the two. Choose a name of your own."),
        )
    return name


def _providers(draft: Draft, catalogue: Mapping[str, Entry], taken: Taken | None) -> tuple[ProviderSetup, ...]:
    found = [(_clean(number, p), _entry(number, p, catalogue)) for number, p in enumerate(draft.providers)]
    ids = provider_ids(found, taken)
    hints = _domain_hints(found)
    languages = {key(code): code for code in OUR_LANGUAGES}
    return tuple(
        _provider(number, provider, draft.providers[number], entry, ids[number], hints[number], languages)
        for number, (provider, entry) in enumerate(found)
    )


def _entry(number: int, provider: Provider, catalogue: Mapping[str, Entry]) -> Entry:
    field = f"providers[{number}].type"
    if provider.type == EXISTING:
        raise wrong(
            field,
            provider.type,
            _("It stands for a provider of policies that you have already: write into their folder with --into."),
        )
    if provider.type not in catalogue:
        raise wrong(field, provider.type, _("`latchkey providers` lists the types that there are."))
    return catalogue[provider.type]


def _clean(number: int, provider: Provider) -> Provider:
    """The texts from which ids derive, as policies carry them."""
    path = f"providers[{number}]"
    return replace(
        provider,
        id=provider.id.strip(),
        profile=provider.profile.strip(),
        policy_key=provider.policy_key.strip(),
        name=cleaned(provider.name, f"{path}.name"),
        client_id=cleaned(provider.client_id, f"{path}.client_id"),
        domain_hint=cleaned(provider.domain_hint, f"{path}.domain_hint"),
    )


def _domain_hints(providers: list[tuple[Provider, Entry]]) -> list[str]:
    """What the draft states, else the entry's. Of two providers of one type only the first has the entry's: Azure could
    not tell them apart by it.
    """
    taken = {provider.domain_hint.lower() for provider, _entry in providers if provider.domain_hint}
    hints = []
    for provider, entry in providers:
        hint = provider.domain_hint
        if not hint and entry.domain and entry.domain.lower() not in taken:
            hint = entry.domain
            taken.add(hint.lower())
        hints.append(hint)
    return hints


def _provider(
    number: int,
    provider: Provider,
    stated: Provider,
    entry: Entry,
    ids: ProviderIds,
    hint: str,
    languages: dict[str, str],
) -> ProviderSetup:
    """`provider` is what is made of the draft's `stated` one: its texts as policies carry them."""
    path = f"providers[{number}]"
    settings = settings_of(provider, entry, path)
    return ProviderSetup(
        entry=entry,
        provider=stated,
        id=ids.id,
        technical_profile=ids.technical_profile,
        exchange=ids.exchange,
        client_id=provider.client_id if entry.client_id is not None else "",
        policy_key=ids.policy_key if needs_secret(entry, settings) else None,
        domain_hint=hint,
        name=provider.name or entry.title,
        claims=claims_of(provider, entry, f"{path}.claims"),
        settings=settings,
        identity_provider=identity_of(provider, entry, settings, hint or ids.id, f"{path}.identity_provider"),
        names=_names(provider, entry, path, languages),
    )


def settings_of(provider: Provider, entry: Entry, path: str) -> Mapping[str, str]:
    """The catalogue's defaults under the draft's answers; every setting of the type is there, "" = not answered.

    Raises Refused.
    """
    known = {setting.name: setting for setting in entry.settings}
    for name in provider.settings:
        if name not in known:
            raise wrong(
                f"{path}.settings",
                name,
                _("The settings of this type: {names}.").format(names=join_list(known) or _("none")),
            )
    found = {}
    for name, setting in known.items():
        field = f"{path}.settings.{name}"
        value = cleaned(provider.settings.get(name, ""), field) or setting.assumed
        if setting.kind == "list":
            value = ", ".join(items(setting, value))
        if value and setting.choices and value not in setting.choices:
            raise wrong(field, value, _("Choose one of: {choices}.").format(choices=join_list(setting.choices)))
        found[name] = value
    return frozen(found)


def needs_secret(entry: Entry, settings: Mapping[str, str]) -> bool:
    """With these settings, this type wants a policy key."""
    if entry.secret is None:
        return False
    return all(settings.get(name, "") == value for name, value in (entry.secret.when or {}).items())


def _names(provider: Provider, entry: Entry, path: str, languages: dict[str, str]) -> Mapping[str, str]:
    """Language → button text. The catalogue's translations go with the catalogue's own name only.

    `languages` keeps each code as it was first written in the draft, so that two spellings are one language.
    """
    found = {}
    titles = entry.titles or {}
    for code, text in (*(titles.items() if not provider.name else ()), *provider.names.items()):
        name = cleaned(text, f"{path}.names.{shown(code)}")
        if name:
            found[_language(code, f"{path}.names", languages)] = name
    return frozen(found)


def _language(code: str, field: str, languages: dict[str, str]) -> str:
    """A language's code as the schema wants it: the first part in small letters. Raises Refused."""
    if _LANGUAGE.fullmatch(code) is None:
        raise wrong(field, code, _("Use Azure's codes of languages, for example en, zh-Hans or pt-br."))
    first, dash, rest = code.partition("-")
    return languages.setdefault(key(code), first.lower() + dash + rest)
