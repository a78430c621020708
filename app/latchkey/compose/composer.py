"""Draft + catalogue → the bytes of a complete new policy set.

The same draft gives the same bytes on every machine: no dates, no versions, LF, pure ASCII (tools that upload policies
are known to garble UTF-8; numeric references are immune).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from latchkey.catalogue.entries import Entry
from latchkey.compose.context import provider_context, set_context
from latchkey.compose.layout import indented
from latchkey.compose.naming import clean_prefix, resolve
from latchkey.compose.seal import sealed
from latchkey.compose.setup import ProviderSetup, Setup
from latchkey.draft.draft import Draft, Policies
from latchkey.errors import Refused
from latchkey.paths import template_root
from latchkey.policy.names import PolicyId, is_guid
from latchkey.policy.reader import PolicyFile
from latchkey.text import _


@dataclass(frozen=True, slots=True)
class ComposedSet:
    """A composed set: all names, and the files in upload order. `PolicyFile.file` is the bare file name.

    `missing` says what a preview still lacks; a set that may be written has None there.
    """

    setup: Setup
    files: tuple[PolicyFile, ...]
    missing: Refused | None = None


@dataclass(frozen=True, slots=True)
class _File:
    """One file to make: its template's name, the policy, its base, and the journey that it runs."""

    name: str
    policy: PolicyId
    builds_on: PolicyId | None
    journey: str = ""


def compose(draft: Draft, catalogue: Mapping[str, Entry], templates: Path | None = None) -> ComposedSet:
    """The set of a finished draft. Raises Refused, naming the first thing that is missing or can't be."""
    made = preview(draft, catalogue, templates)
    if made.missing is not None:
        raise made.missing
    return made


def preview(draft: Draft, catalogue: Mapping[str, Entry], templates: Path | None = None) -> ComposedSet:
    """The same for a draft that may still lack client ids, settings and app ids: to look at, never to write.

    Raises Refused where not even names can be decided.
    """
    _refuse_other_kinds(draft)
    setup = resolve(draft, catalogue)
    root = templates or template_root()
    context = set_context(setup, root)
    prefix = clean_prefix(draft.policies.id_prefix)
    files = tuple(_file(file, prefix, context, root) for file in _files(setup))
    return ComposedSet(setup, files, _missing(setup))


def _files(setup: Setup) -> list[_File]:
    """The files of the set in upload order: each after the one it builds on."""
    ids = setup.policies
    files = [
        _File("TrustFrameworkBase", ids.base, None),
        _File("TrustFrameworkLocalization", ids.localization, ids.base),
        _File("TrustFrameworkExtensions", ids.extensions, ids.localization, setup.journey_id),
        _File("SignUpOrSignin", ids.sign_up_or_sign_in, ids.extensions, setup.journey_id),
    ]
    if ids.profile_edit:
        files.append(_File("ProfileEdit", ids.profile_edit, ids.extensions, setup.profile_edit_journey_id))
    if ids.password_reset:
        files.append(_File("PasswordReset", ids.password_reset, ids.extensions, "PasswordReset"))
    return files


def _file(file: _File, prefix: str, context: dict[str, Any], root: Path) -> PolicyFile:
    from latchkey.compose.environment import environment

    template = environment(root).get_template(f"policies/{file.name}.xml.j2")
    own = {"policy": file.policy, "builds_on": file.builds_on or "", "journey": file.journey}
    text = indented(template.render(context | own))
    return PolicyFile(f"{prefix}{file.name}.xml", sealed(text))


def provider_xml(setup: ProviderSetup, templates: Path | None = None) -> str:
    """One provider's ClaimsProvider, for a set that people already have."""
    from latchkey.compose.environment import environment

    context = provider_context(setup)
    template = environment(templates or template_root()).get_template(context.template)
    return template.render(provider=context)


def block_xml(need: str, part: str, templates: Path | None = None) -> str:
    """What a building block has for one part of a policy (`claim_types`, `claims_transformations`, `claims_providers`),
    for a set that people already have; empty if nothing.
    """
    from latchkey.compose.environment import environment

    module = environment(templates or template_root()).get_template(f"providers/blocks/{need}.xml.j2").module
    made = getattr(module, part, None)
    return str(made()) if made is not None else ""


def _refuse_other_kinds(draft: Draft) -> None:
    policies = draft.policies
    if policies.kind == "user-flow":
        raise Refused(
            _("A user flow has no policy files: it is set up in the Azure portal."),
            _("`latchkey guide` lists the steps."),
        )
    if not policies.accounts:
        raise Refused(
            _("policies.accounts is missing."),
            _("Say which accounts people have: social, social-and-local or social-and-local-mfa."),
        )
    if not draft.providers:
        raise Refused(_("The draft has no providers."), _('Add at least one, for example type = "wechat".'))


def _missing(setup: Setup) -> Refused | None:
    """The first thing that a finished draft would have."""
    return next(_all_missing(setup), None)


def _all_missing(setup: Setup) -> Iterator[Refused]:
    for number, provider in enumerate(setup.providers):
        path, entry = f"providers[{number}]", provider.entry
        if entry.client_id is not None and not provider.client_id:
            yield Refused(
                _("{field} is missing.").format(field=f"{path}.client_id"),
                _("It is what {name} calls “{label}”.").format(name=provider.name, label=_(entry.client_id.label)),
            )
        for setting in entry.required_settings(bool(provider.provider.identity_provider)):
            if not provider.settings[setting.name]:
                yield Refused(
                    _("{field} is missing.").format(field=f"{path}.settings.{setting.name}"),
                    _("For example: {example}").format(example=setting.example),
                )
    if setup.draft.policies.local:
        yield from _missing_apps(setup.draft.policies)


def _missing_apps(policies: Policies) -> Iterator[Refused]:
    """E-mail accounts need the two framework apps."""
    for field, value in (("ief_app_id", policies.ief_app_id), ("proxy_ief_app_id", policies.proxy_ief_app_id)):
        if not is_guid(value.strip()):
            yield Refused(
                _("{field} is missing, or is no application id.").format(field=f"policies.{field}"),
                _("Sign-in with e-mail and password needs it: the application id, a GUID, as the portal shows it."),
            )
