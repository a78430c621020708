"""Rules on the sign-in buttons of a draft: each by itself, then all beside each other."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping

from latchkey.catalogue.answers import written_metadata
from latchkey.catalogue.entries import Entry
from latchkey.check.draft_answers import called, characters, claims, client_id, domain_hint, settings
from latchkey.check.draft_notes import Notes, Row
from latchkey.check.facts import WHERE_PROVIDER_IS
from latchkey.compose import base_ids
from latchkey.draft.characters import shown
from latchkey.draft.draft import ClaimSource, Draft
from latchkey.policy.names import HtmlId, PolicyKeyName, TechnicalProfileId, key
from latchkey.text import _, language

EXISTING = "existing"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,4}){0,2}")
# Codes that people write, and what Azure calls these languages:
# https://learn.microsoft.com/azure/active-directory-b2c/language-customization#supported-languages
_CHINESE = {"zh-cn": "zh-Hans", "zh-tw": "zh-Hant", "zh": "zh-Hans"}


def check_providers(
    draft: Draft, catalogue: Mapping[str, Entry], notes: Notes, into: bool, present: Container[int]
) -> None:
    """All rules on all buttons."""
    if not draft.providers and not into:
        notes.error(
            "no-provider",
            "providers",
            _("There is no sign-in button yet."),
            _("Add at least one provider."),
        )
    known: list[tuple[Row, Entry]] = []
    for number, provider in enumerate(draft.providers):
        row = Row(number, provider, notes, present=number in present)
        characters(row)
        entry = catalogue.get(provider.type)
        if entry is None:
            _unknown_type(row, into=into)
        else:
            known.append((row, entry))
            _one(row, entry, draft, into=into)
    _beside_each_other(known)


def _unknown_type(row: Row, into: bool) -> None:
    if row.provider.type != EXISTING:
        row.error(
            "provider-type",
            "type",
            _("“{type}” is no type of provider that Latchkey knows.").format(type=shown(row.provider.type)),
            _("`latchkey providers` lists the types; for others take openid-connect."),
        )
    elif not into:
        row.error(
            "provider-type",
            "type",
            _("“existing” stands for a provider of policies that you have already."),
            _("Choose a type here, or change your existing policies instead of making new ones."),
        )
    elif not row.provider.profile.strip():
        row.error(
            "provider-type",
            "profile",
            _("It is not said which technical profile of your policies this is."),
            _("Name it under profile."),
        )


def _one(row: Row, entry: Entry, draft: Draft, into: bool) -> None:
    if draft.policies.kind not in entry.kinds:
        row.error(
            "provider-kind",
            "type",
            _("{title} can't be added to a user flow.").format(title=entry.title_in(language())),
            _("Choose custom policies, or take this button off."),
        )
    _ids(row, into=into)
    _button(row, entry)
    client_id(row, entry)
    domain_hint(row)
    settings(row, entry)
    claims(row, entry)


def _ids(row: Row, into: bool) -> None:
    """Ids that Azure and the sign-in page take, and that the base of a new set does not have already."""
    provider = row.provider
    if provider.id.strip():
        row.parsed("provider-id", "id", HtmlId.parse, provider.id.strip())
    profile = provider.profile.strip()
    fits = not profile or row.parsed("provider-id", "profile", TechnicalProfileId.parse, profile)
    if fits and not into and key(profile) in base_ids.TECHNICAL_PROFILES:
        row.error(
            "override-collision",
            "profile",
            _("The base policy has a technical profile “{id}” already.").format(id=profile),
            _("Choose a name of your own, or leave it empty."),
        )
    policy_key = provider.policy_key.strip()
    fits = not policy_key or row.parsed("key-reference-format", "policy_key", PolicyKeyName.parse, policy_key)
    if policy_key and fits and key(PolicyKeyName.parse(policy_key)) in base_ids.POLICY_KEYS:
        row.error(
            "override-collision",
            "policy_key",
            _("Azure signs and encrypts its tokens with “{name}”.").format(name=policy_key),
            _("Choose another name for this provider's key."),
        )


def _button(row: Row, entry: Entry) -> None:
    """What customers read."""
    provider = row.provider
    if entry.generic and not row.present and not provider.name.strip():
        row.warning(
            "display-name",
            "name",
            _("Customers will read “{title}” on this button.").format(title=entry.title),
            _("Give it the name by which they know this provider."),
        )
    for code, text in provider.names.items():
        better = _CHINESE.get(code.lower().replace("_", "-"), "")
        if _LANGUAGE.fullmatch(code) is None:
            row.error(
                "language-code",
                f"names.{code}",
                _("“{code}” is not a language as Azure calls them.").format(code=shown(code)),
                _("Write “{better}”.").format(better=better) if better else _("For example en, zh-Hans or pt-br."),
            )
        elif better:
            row.warning(
                "language-code",
                f"names.{code}",
                _("Azure has no language “{code}”; nobody would see this name.").format(code=code),
                _("Write “{better}”.").format(better=better),
            )
        if not text.strip():
            row.warning(
                "display-name",
                f"names.{code}",
                _("The name for the language “{code}” is empty.").format(code=shown(code)),
                _("Fill it in, or take it out."),
            )


def _beside_each_other(rows: list[tuple[Row, Entry]]) -> None:
    """What must, or should, differ from button to button."""
    ids: dict[str, Row] = {}
    names: dict[str, Row] = {}
    hints: dict[str, Row] = {}
    keys: dict[str, tuple[Row, Entry]] = {}
    sources: dict[str, tuple[Row, Entry]] = {}
    for row, entry in rows:
        provider = row.provider
        for field, value in (("id", provider.id), ("profile", provider.profile)):
            if value.strip() and ids.setdefault(f"{field} {key(value.strip())}", row) is not row:
                row.error(
                    "override-collision",
                    field,
                    _("Another button has the id “{id}” already.").format(id=value.strip()),
                    _("Choose another one; capitals make no difference."),
                )
        if not row.present and names.setdefault(key(called(row.provider, entry)), row) is not row:
            row.warning(
                "display-name",
                "name",
                _("Two buttons read “{name}”.").format(name=called(row.provider, entry)),
                _("Give them different names, so that people can tell them apart."),
            )
        hint = provider.domain_hint.strip()
        if hint and hints.setdefault(key(hint), row) is not row:
            row.warning(
                "domain-hint-unique",
                "domain_hint",
                _("Another button has the domain hint “{hint}” too.").format(hint=hint),
                _("Give each its own, or links with domain_hint lead to one of them by chance."),
            )
        policy_key = provider.policy_key.strip()
        if policy_key and keys.setdefault(key(policy_key), (row, entry))[0] is not row:
            row.warning(
                "policy-key-shared",
                "policy_key",
                _("Another button takes its secret from “{name}” too.").format(name=policy_key),
                _("That is right only if both have the same secret."),
            )
        _source(row, entry, sources)


def _source(row: Row, entry: Entry, sources: dict[str, tuple[Row, Entry]]) -> None:
    """Each provider calls itself something else; two at one address may be one provider indeed."""
    stated = row.provider.identity_provider
    if isinstance(stated, ClaimSource):
        value = (stated.default or "").strip() if stated.always or not stated.claim else ""
    else:
        own = entry.identity_provider
        value = (stated or "").strip() or row.provider.settings.get(own.setting, "").strip()
        value = value or ("" if row.present else own.value)
    if not value:
        return
    other, other_entry = sources.setdefault(key(value), (row, entry))
    if other is row:
        return
    message = _(
        "Two buttons call their provider “{value}”: people of one may be taken for people of the other."
    ).format(value=value)
    hint = _("Give each its own value before the first person signs in; it can't be changed later.")
    field = f"settings.{entry.identity_provider.setting}" if not stated and entry.identity_provider.setting else ""
    one_provider = entry.protocol == other_entry.protocol and _place(row, entry) == _place(other, other_entry)
    tell = row.warning if one_provider else row.error
    tell("idp-claims-complete", field or "identity_provider", message, hint)


def _place(row: Row, entry: Entry) -> tuple[str, ...]:
    """Where the provider is: its addresses."""
    written = written_metadata(entry, row.provider.settings)
    return tuple([written.get(name, "") for name in WHERE_PROVIDER_IS])
