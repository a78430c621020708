"""Everything that can be decided in the wizard, as named changes of the draft.

An `Edit` is made from what the person did and applied to the draft of that moment. It changes the fields that its
function names and nothing else; undo puts back the draft of before. Edits with the same `merge_key` that follow each
other are one step for undo (typing in one field); an empty one never merges.

Labels stand in the undo menu: whole sentences, read in the language of the moment. Providers are named by
`called`, what the person reads on screen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from latchkey.draft.characters import one_line, refused_character, shown
from latchkey.draft.draft import (
    Accounts,
    AskEmail,
    ClaimSource,
    CloudName,
    Draft,
    Journey,
    Kind,
    PageDesign,
    PasswordReset,
    Provider,
    frozen,
)
from latchkey.errors import Refused
from latchkey.text import _


@dataclass(frozen=True, slots=True)
class Edit:
    """One named change. `apply` is a pure function; on a draft without the row that it is for it changes nothing.

    It raises Refused for a text that no draft may hold.
    """

    label: str
    apply: Callable[[Draft], Draft]
    merge_key: str = ""


def together(label: str, changes: Sequence[Edit]) -> Edit:
    """Several edits, one after the other, as one step for undo."""

    def apply(draft: Draft) -> Draft:
        for change in changes:
            draft = change.apply(draft)
        return draft

    return Edit(label, apply)


# The tenant ------------------------------------------------------------------------------------------------------


def set_tenant_name(name: str) -> Edit:
    """`tenant.name`, as typed."""
    return _tenant(_("Change the tenant's name"), "name", name)


def set_custom_domain(domain: str) -> Edit:
    """`tenant.custom_domain`; empty takes it off."""
    return _tenant(_("Change the custom domain"), "custom_domain", domain)


def set_object_id(object_id: str) -> Edit:
    """`tenant.object_id`; empty takes it off."""
    return _tenant(_("Change the tenant's id"), "object_id", object_id)


def set_cloud(cloud: CloudName) -> Edit:
    """`tenant.cloud`."""
    return Edit(_("Choose the cloud"), lambda draft: replace(draft, tenant=replace(draft.tenant, cloud=cloud)))


def set_tenant(name: str = "", cloud: CloudName | None = None, custom_domain: str = "", object_id: str = "") -> Edit:
    """What was understood of a pasted text, in one step; what it did not say stays."""
    texts = {"name": name, "custom_domain": custom_domain, "object_id": object_id}

    def apply(draft: Draft) -> Draft:
        changes: dict[str, Any] = {field: _clean(text) for field, text in texts.items() if text}
        if cloud is not None:
            changes["cloud"] = cloud
        return replace(draft, tenant=replace(draft.tenant, **changes))

    return Edit(_("Take over the pasted tenant"), apply)


def _tenant(label: str, field: str, text: str) -> Edit:
    def apply(draft: Draft) -> Draft:
        change: dict[str, Any] = {field: _clean(text)}
        return replace(draft, tenant=replace(draft.tenant, **change))

    return Edit(label, apply, f"tenant.{field}")


# What is made ----------------------------------------------------------------------------------------------------


def set_kind(kind: Kind) -> Edit:
    """`policies.kind`: custom policies or user flows."""
    return _policies(_("Choose custom policies or user flows"), kind=kind)


def set_accounts(accounts: Accounts) -> Edit:
    """`policies.accounts`, and what of `include` and `password_reset` these accounts can't have."""

    def apply(draft: Draft) -> Draft:
        policies = replace(draft.policies, accounts=accounts)
        if not policies.local and policies.include is not None:
            policies = replace(policies, include=tuple(name for name in policies.include if name != "password-reset"))
        if not policies.local:
            policies = replace(policies, password_reset="")
        return replace(draft, policies=policies)

    return Edit(_("Choose who can have an account"), apply)


def set_include(include: tuple[Journey, ...] | None) -> Edit:
    """`policies.include`: the journeys beside sign-up and sign-in. None: all that fit the accounts."""
    return _policies(_("Choose the journeys"), include=include)


def set_password_reset(way: PasswordReset) -> Edit:
    """`policies.password_reset`: inside the sign-in page, or as a policy that the application calls."""
    return _policies(_("Choose where a forgotten password is replaced"), password_reset=way)


def set_ask_email(ask: AskEmail) -> Edit:
    """`policies.ask_email`: whether people are asked for the e-mail address that their provider does not give."""
    return _policies(_("Choose whether to ask for an e-mail address"), ask_email=ask)


def set_page_design(design: PageDesign) -> Edit:
    """`policies.page_design`: how Azure's pages look."""
    return _policies(_("Choose the page design"), page_design=design)


def set_id_prefix(prefix: str) -> Edit:
    """`policies.id_prefix`."""
    return _policy_text(_("Change the prefix of policy names"), "id_prefix", prefix)


def set_journey_id(journey_id: str) -> Edit:
    """`policies.journey_id`; empty means the default."""
    return _policy_text(_("Change the journey's id"), "journey_id", journey_id)


def set_extensions(policy_id: str) -> Edit:
    """`policies.extensions`: the policy that takes what is new; empty means that the set decides."""
    return _policies(_("Choose the file that gets the changes"), extensions=policy_id)


def set_relying_parties(ids: tuple[str, ...] | None) -> Edit:
    """`policies.relying_parties`: those that show the buttons; None means that the set decides."""
    return _policies(_("Choose the policies that show the buttons"), relying_parties=ids)


def set_profile_edit_policies(ids: tuple[str, ...] | None) -> Edit:
    """`policies.profile_edit_policies`: None means those that offer a choice of providers."""
    return _policies(_("Choose the policies for changing the profile"), profile_edit_policies=ids)


def take_over(draft: Draft) -> Edit:
    """All of another draft: what the policies of a folder say."""
    return Edit(_("Take over what the policies say"), lambda before: replace(draft, done=before.done))


def replace_all(draft: Draft, label: str) -> Edit:
    """All of another draft, as it was read from a file; `label` says why."""
    return Edit(label, lambda _before: draft)


def set_ief_app_id(app_id: str) -> Edit:
    """`policies.ief_app_id`: the app IdentityExperienceFramework."""
    return _policy_text(_("Change the id of IdentityExperienceFramework"), "ief_app_id", app_id)


def set_proxy_ief_app_id(app_id: str) -> Edit:
    """`policies.proxy_ief_app_id`: the app ProxyIdentityExperienceFramework."""
    return _policy_text(_("Change the id of ProxyIdentityExperienceFramework"), "proxy_ief_app_id", app_id)


def set_test_app_id(app_id: str) -> Edit:
    """`policies.test_app_id`: the app that test links sign in to."""
    return _policy_text(_("Change the test application's id"), "test_app_id", app_id)


def set_test_reply_url(url: str) -> Edit:
    """`policies.test_reply_url`: where test links end; empty means the default."""
    return _policy_text(_("Change the test application's reply address"), "test_reply_url", url)


def set_user_flow_name(name: str) -> Edit:
    """`user_flow.name`; empty means the default."""
    return Edit(
        _("Change the user flow's name"),
        lambda draft: replace(draft, user_flow=replace(draft.user_flow, name=_clean(name))),
        "user_flow.name",
    )


def _policies(label: str, **changes: Any) -> Edit:
    return Edit(label, lambda draft: replace(draft, policies=replace(draft.policies, **changes)))


def _policy_text(label: str, field: str, text: str) -> Edit:
    return Edit(label, lambda draft: _policies(label, **{field: _clean(text)}).apply(draft), f"policies.{field}")


# The list of sign-in buttons -------------------------------------------------------------------------------------


def fresh_key(draft: Draft, taken: Collection[str] = ()) -> str:
    """A key that no row of the draft has, nor is in `taken` (rows that undo could bring back)."""
    used = {provider.key for provider in draft.providers} | set(taken)
    numbers = [int(key[1:]) for key in used if key[:1] == "p" and key[1:].isascii() and key[1:].isdigit()]
    return f"p{max(numbers, default=0) + 1}"


def add_provider(type_: str, called: str, key: str, index: int | None = None, **stated: Any) -> Edit:
    """A new row with that key (see `fresh_key`), at the end or at `index`. `stated`: more fields of it, already known.

    Where the draft already has the key, the row gets a fresh one.
    """

    def apply(draft: Draft) -> Draft:
        taken = any(provider.key == key for provider in draft.providers)
        cleaned: dict[str, Any] = {
            field: _clean(value) if isinstance(value, str) else value for field, value in stated.items()
        }
        new = replace(Provider(type=type_, **cleaned), key=fresh_key(draft) if taken or not key else key)
        place = len(draft.providers) if index is None else max(0, min(index, len(draft.providers)))
        return replace(draft, providers=(*draft.providers[:place], new, *draft.providers[place:]))

    return Edit(_("Add {provider}").format(provider=called), apply)


def remove_providers(keys: Collection[str], called: str = "") -> Edit:
    """Take rows off the list. `called` names the one that is removed; with several it is not used."""
    gone = frozenset(keys)
    label = (
        _("Remove {provider}").format(provider=called)
        if len(gone) == 1 and called
        else _("Remove {count} sign-in buttons").format(count=len(gone))
    )
    return Edit(
        label, lambda draft: replace(draft, providers=tuple(row for row in draft.providers if row.key not in gone))
    )


def move_provider(key: str, index: int, called: str) -> Edit:
    """Put a row at `index` (from 0) of the list that results; beyond its ends means at the end."""

    def apply(draft: Draft) -> Draft:
        moved = [row for row in draft.providers if row.key == key]
        rest = [row for row in draft.providers if row.key != key]
        place = max(0, min(index, len(rest)))
        return replace(draft, providers=(*rest[:place], *moved, *rest[place:]))

    return Edit(_("Move {provider} to place {place}").format(provider=called, place=max(0, index) + 1), apply)


def move_providers(keys: Collection[str], index: int) -> Edit:
    """Put several rows together, in the order in which they stand, at `index` (from 0) of the list that results."""
    together = frozenset(keys)

    def apply(draft: Draft) -> Draft:
        moved = [row for row in draft.providers if row.key in together]
        rest = [row for row in draft.providers if row.key not in together]
        place = max(0, min(index, len(rest)))
        return replace(draft, providers=(*rest[:place], *moved, *rest[place:]))

    return Edit(_("Move {count} sign-in buttons").format(count=len(together)), apply)


# One provider ----------------------------------------------------------------------------------------------------


def rename_provider(key: str, name: str, called: str) -> Edit:
    """`name`: the text of the button; empty means the default."""
    return _provider_text(_("Rename {provider}").format(provider=called), key, "name", name)


def set_button_text(key: str, language: str, text: str, called: str) -> Edit:
    """`names.{language}`: the text of the button in one language (Azure's codes); empty takes it off."""
    label = _("Change the {language} text of {provider}").format(language=shown(language), provider=called)
    return _entry(label, key, "names", language, text)


def set_provider_id(key: str, identifier: str, called: str) -> Edit:
    """`id`: what the provider's ids derive from; empty means the default."""
    return _provider_text(_("Change the id of {provider}").format(provider=called), key, "id", identifier)


def set_profile(key: str, profile: str, called: str) -> Edit:
    """`profile`: the id of its technical profile; empty means the default."""
    label = _("Change the technical profile of {provider}").format(provider=called)
    return _provider_text(label, key, "profile", profile)


def set_client_id(key: str, client_id: str, called: str) -> Edit:
    """`client_id`: what the provider's portal gave out."""
    return _provider_text(_("Change the client id of {provider}").format(provider=called), key, "client_id", client_id)


def set_policy_key(key: str, name: str, called: str) -> Edit:
    """`policy_key`: the name of its secret in Azure; empty means the default."""
    return _provider_text(_("Change the policy key of {provider}").format(provider=called), key, "policy_key", name)


def set_domain_hint(key: str, hint: str, called: str) -> Edit:
    """`domain_hint`; empty means the default."""
    return _provider_text(_("Change the domain hint of {provider}").format(provider=called), key, "domain_hint", hint)


def set_identity_provider(key: str, identity: str | ClaimSource | None, called: str) -> Edit:
    """`identity_provider`: a fixed value, or the claim that carries it; None means the default."""
    label = _("Change what tells {provider}'s users apart").format(provider=called)
    merge = f"{key}.identity_provider" if isinstance(identity, str) else ""
    return Edit(label, _on(key, lambda row: replace(row, identity_provider=_cleaned(identity))), merge)


def set_secret_expiry(key: str, expires: date | None, called: str) -> Edit:
    """`secret_expires`: the day on which the provider's secret ends; None means not known."""
    label = _("Change when the secret of {provider} expires").format(provider=called)
    return Edit(label, _on(key, lambda row: replace(row, secret_expires=expires)), f"{key}.secret_expires")


def set_setting(key: str, name: str, value: str, called: str) -> Edit:
    """`settings.{name}`; empty means the default."""
    return _entry(_("Change a setting of {provider}").format(provider=called), key, "settings", name, value)


def set_settings(key: str, values: Mapping[str, str], called: str) -> Edit:
    """Several settings in one step (read from the provider); an empty one means the default, others stay."""

    def change(row: Provider) -> Provider:
        merged = {**row.settings, **{_clean(name): _clean(value) for name, value in values.items()}}
        return replace(row, settings=frozen({name: value for name, value in merged.items() if value}))

    return Edit(_("Change settings of {provider}").format(provider=called), _on(key, change))


def set_claim(key: str, claim: str, source: ClaimSource, called: str) -> Edit:
    """`claims.{claim}`: where it comes from. `ClaimSource()` means: do not take it from this provider."""
    label = _("Change claim {claim} of {provider}").format(claim=shown(claim), provider=called)
    return _entry(label, key, "claims", claim, source)


def reset_claim(key: str, claim: str, called: str) -> Edit:
    """`claims.{claim}` is no longer stated: the default of this type of provider holds, if it has one."""
    label = _("Reset claim {claim} of {provider}").format(claim=shown(claim), provider=called)
    return replace(_entry(label, key, "claims", claim, None), merge_key="")


def rename_claim(key: str, old: str, new: str, called: str) -> Edit:
    """Another policy claim for the same source, in the same place. A claim of that name gives way."""

    def change(row: Provider) -> Provider:
        if old not in row.claims:
            return row
        name = _clean(new)
        kept = {have: source for have, source in row.claims.items() if have == old or have != name}
        return replace(row, claims=frozen({name if have == old else have: kept[have] for have in kept}))

    label = _("Change a claim of {provider}").format(provider=called)
    return Edit(label, _on(key, change), f"{key}.claims.{old}.rename")


def _provider_text(label: str, key: str, field: str, text: str) -> Edit:
    def change(row: Provider) -> Provider:
        changed: dict[str, Any] = {field: _clean(text)}
        return replace(row, **changed)

    return Edit(label, _on(key, change), f"{key}.{field}")


def _entry(label: str, key: str, field: str, name: str, value: str | ClaimSource | None) -> Edit:
    """One entry of `names`, `settings` or `claims`; an empty text and None take it off."""

    def change(row: Provider) -> Provider:
        entries = dict(getattr(row, field))
        if value is None or value == "":
            entries.pop(_clean(name), None)
        else:
            entries[_clean(name)] = _cleaned(value)
        changed: dict[str, Any] = {field: frozen(entries)}
        return replace(row, **changed)

    return Edit(label, _on(key, change), f"{key}.{field}.{name}")


def _on(key: str, change: Callable[[Provider], Provider]) -> Callable[[Draft], Draft]:
    return lambda draft: replace(
        draft, providers=tuple(change(row) if row.key == key else row for row in draft.providers)
    )


# Checklists ------------------------------------------------------------------------------------------------------


def tick(item: str, on: bool = True) -> Edit:
    """Set or take off the tick of one thing that a person does by hand (`wechat/register/2`)."""
    label = _("Tick a step") if on else _("Untick a step")

    def apply(draft: Draft) -> Draft:
        ids = {_clean(item)}
        return replace(draft, done=draft.done | ids if on else draft.done - ids)

    return Edit(label, apply)


# Text ------------------------------------------------------------------------------------------------------------


def _clean(text: str) -> str:
    """Text as a draft holds it: one line. Raises Refused for other control characters, where they are typed."""
    flat = one_line(text)
    found = refused_character(flat)
    if found:
        raise Refused(
            _("This text holds a control character ({character}).").format(character=found),
            _("Take it out; such characters come along when text is copied from other programs."),
        )
    return flat


def _cleaned(value: str | ClaimSource | None) -> str | ClaimSource | None:
    if isinstance(value, ClaimSource):
        default = None if value.default is None else _clean(value.default)
        return replace(value, claim=_clean(value.claim), default=default)
    return None if value is None else _clean(value)
