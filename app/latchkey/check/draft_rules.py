"""Rules on a draft while it is typed: what is missing, what can't be, and what is only unusual.

An error stands against composing, a warning never does. Each finding carries the key's path as in the saved file
(`tenant.name`, `providers[1].client_id`) and, on a sign-in button, the row's `key`, so that the wizard shows it under
its field. These run at every keystroke: no file is read and nothing is composed here.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from urllib.parse import urlsplit

from latchkey.catalogue.catalogue import Catalogue
from latchkey.catalogue.entries import Entry
from latchkey.check.draft_notes import Notes
from latchkey.check.draft_providers import check_providers
from latchkey.check.finding import Finding, Level
from latchkey.compose import base_ids, naming
from latchkey.draft.draft import Draft
from latchkey.errors import Refused
from latchkey.policy.clouds import CLOUDS
from latchkey.policy.names import USER_FLOW_PREFIX, Host, Identifier, PolicyId, TenantName, is_guid, key
from latchkey.text import _

_USER_FLOW = re.compile(r"B2C_1_[A-Za-z0-9_\-]{1,64}", re.IGNORECASE)
_FIELD = re.compile(r"(?:tenant|policies|user_flow|providers)[A-Za-z0-9_.\[\]\-]*")
_LOCAL_HOSTS = frozenset(("localhost", "127.0.0.1", "::1"))


def check_draft(
    draft: Draft, catalogue: Mapping[str, Entry], into: bool = False, present: Container[int] = ()
) -> tuple[Finding, ...]:
    """All findings, in the order of the saved file.

    `into`: the draft changes policies that are there already; `present` are the places of the providers that these
    policies have, so that nothing need be said of them (see `compose.into.known.only_changes`).
    """
    notes = Notes()
    _tenant(draft, notes, into=into)
    if draft.policies.kind == "user-flow":
        _user_flow(draft, notes)
    else:
        _policies(draft, notes, into=into)
        _apps(draft, notes, into=into)
    _test(draft, notes)
    _own_files(catalogue, notes)
    check_providers(draft, catalogue, notes, into=into, present=present)
    if draft.policies.kind == "custom" and not into and not notes.has_error:
        _names(draft, catalogue, notes)
    return notes.findings()


def _tenant(draft: Draft, notes: Notes, into: bool) -> None:
    """Whose directory it is: a name of letters and digits, a bare host, a GUID.

    https://learn.microsoft.com/azure/active-directory-b2c/tenant-management-read-tenant-name
    """
    tenant = draft.tenant
    if not tenant.name.strip():
        notes.error(
            "tenant-id-format",
            "tenant.name",
            _("Your tenant's name is still missing."),
            _("It is the first part of its domain: contoso, if the portal shows contoso.onmicrosoft.com."),
        )
    # a fresh starter pack belongs to a sample tenant; who leaves that so changes nothing
    elif not notes.sample("tenant.name", tenant.name, level=Level.WARNING if into else Level.ERROR):
        notes.parsed("tenant-id-format", "tenant.name", TenantName.parse, tenant.name)
    domain = tenant.custom_domain.strip()
    if domain and notes.parsed("custom-domain", "tenant.custom_domain", Host.parse, domain):
        cloud = CLOUDS[tenant.cloud]
        if domain.lower().endswith((cloud.sign_in_suffix, cloud.tenant_suffix)):
            notes.warning(
                "custom-domain",
                "tenant.custom_domain",
                _("“{host}” is your tenant's usual host, not a domain of your own.").format(host=domain),
                _("Leave this empty if you have none."),
            )
    if tenant.object_id.strip() and not is_guid(tenant.object_id.strip()):
        notes.error(
            "tenant-id-format",
            "tenant.object_id",
            _("“{text}” is not the id of a directory.").format(text=tenant.object_id.strip()),
            _("It is a GUID; the portal shows it as Tenant ID. You may also leave it empty."),
        )


def _own_files(catalogue: Mapping[str, Entry], notes: Notes) -> None:
    """A provider file of the person's own that can't be used is told, and does no other harm."""
    for refused in catalogue.refused if isinstance(catalogue, Catalogue) else ():
        notes.about_file("provider-file", refused.file, refused.message, refused.hint)


def _user_flow(draft: Draft, notes: Notes) -> None:
    """A user flow is called B2C_1_ and something (https://learn.microsoft.com/azure/active-directory-b2c/user-flow-overview)."""
    name = draft.user_flow.name.strip()
    if name and _USER_FLOW.fullmatch(name) is None:
        notes.error(
            "user-flow-name",
            "user_flow.name",
            _("“{name}” can't be the name of a user flow.").format(name=name),
            _("User flows are called {prefix} and then letters, digits, _ and -.").format(prefix=USER_FLOW_PREFIX),
        )


def _policies(draft: Draft, notes: Notes, into: bool) -> None:
    """Which accounts, and names that Azure takes and that no policy of the base has already."""
    policies = draft.policies
    if not into:
        if not policies.accounts:
            notes.error(
                "accounts-missing",
                "policies.accounts",
                _("It is still open which accounts your customers have."),
                _("Choose: only by sign-in buttons, or also with e-mail address and password."),
            )
        elif "password-reset" in policies.journeys and not policies.local:
            notes.error(
                "include-fits-accounts",
                "policies.include",
                _("Without accounts with a password there is none to reset."),
                _("Take the password reset out, or let customers have e-mail accounts."),
            )
        elif policies.password_reset == "embedded" and not policies.local:
            notes.warning(
                "include-fits-accounts",
                "policies.password_reset",
                _("Without accounts with a password there is none to reset: the sign-in page has no such link."),
                _("Take password_reset out, or let customers have e-mail accounts."),
            )
        notes.parsed("policy-id-format", "policies.id_prefix", naming.clean_prefix, policies.id_prefix)
    journey = policies.journey_id.strip()
    if journey and notes.parsed("journey-id", "policies.journey_id", Identifier.parse, journey):
        taken = base_ids.LOCAL_JOURNEYS if policies.local else base_ids.JOURNEYS
        if not into and {key(journey), key(journey) + "profileedit"} & taken:
            notes.error(
                "override-collision",
                "policies.journey_id",
                _("The base policy has a journey “{journey}” already; Azure would mix the two step by step.").format(
                    journey=journey
                ),
                _("Choose a name of your own, for example CustomSignUpSignIn."),
            )
    for field, name in _policy_ids(draft):
        notes.parsed("policy-id-format", field, PolicyId.parse, name)


def _policy_ids(draft: Draft) -> Iterator[tuple[str, str]]:
    policies = draft.policies
    if policies.extensions.strip():
        yield "policies.extensions", policies.extensions.strip()
    for number, name in enumerate(policies.relying_parties or ()):
        yield f"policies.relying_parties[{number}]", name
    for number, name in enumerate(policies.profile_edit_policies or ()):
        yield f"policies.profile_edit_policies[{number}]", name


def _apps(draft: Draft, notes: Notes, into: bool) -> None:
    """E-mail sign-in needs two apps, IdentityExperienceFramework and its proxy, each with an id of its own.
    Policies that are there have them already.

    https://learn.microsoft.com/azure/active-directory-b2c/tutorial-create-user-flows (Register applications)
    """
    policies = draft.policies
    if not policies.local and not into:
        return
    apps = (
        ("policies.ief_app_id", policies.ief_app_id.strip(), "IdentityExperienceFramework"),
        ("policies.proxy_ief_app_id", policies.proxy_ief_app_id.strip(), "ProxyIdentityExperienceFramework"),
    )
    for field, value, app in apps:
        if not value:
            if into:
                continue
            notes.error(
                "app-id",
                field,
                _("The id of the app {app} is still missing.").format(app=app),
                _("Sign-in with e-mail needs it: App registrations, {app}, Application (client) ID.").format(app=app),
            )
        elif not notes.sample(field, value):
            _guid(field, value, notes)
    (_ief, ief, _name), (proxy_field, proxy, _proxy_name) = apps
    if ief and key(ief) == key(proxy):
        notes.error(
            "app-ids-differ",
            proxy_field,
            _("Both apps have the same id here."),
            _("They are two apps: IdentityExperienceFramework, and ProxyIdentityExperienceFramework beside it."),
        )


def _guid(field: str, value: str, notes: Notes) -> None:
    if not is_guid(value):
        notes.error(
            "app-id",
            field,
            _("“{text}” is not an application id.").format(text=value),
            _("It is a GUID such as 11111111-2222-3333-4444-555555555555; copy it from the portal."),
        )


def _test(draft: Draft, notes: Notes) -> None:
    """The app for test links: its id, and a reply address that Azure takes.

    https://learn.microsoft.com/azure/active-directory-b2c/tutorial-register-applications (Redirect URI)
    """
    policies = draft.policies
    app = policies.test_app_id.strip()
    if app and not notes.sample("policies.test_app_id", app):
        _guid("policies.test_app_id", app, notes)
    reply = policies.test_reply_url.strip()
    if not reply:
        return
    try:
        parts = urlsplit(reply)
        scheme, host = parts.scheme, parts.hostname or ""
    except ValueError:
        scheme, host = "", ""
    if not scheme or (scheme in ("http", "https") and not host) or re.search(r"\s", reply):
        notes.error(
            "reply-url",
            "policies.test_reply_url",
            _("“{url}” is not a full address.").format(url=reply),
            _("Write it as in the app registration, for example https://jwt.ms."),
        )
    elif scheme == "http" and host not in _LOCAL_HOSTS:
        notes.warning(
            "reply-url",
            "policies.test_reply_url",
            _("Azure takes reply addresses with https only, but for localhost."),
            _("Write https://."),
        )


def _names(draft: Draft, catalogue: Mapping[str, Entry], notes: Notes) -> None:
    """Ids that derive from answers can still collide: what composing would refuse is told here already."""
    try:
        naming.resolve(draft, catalogue)
    except Refused as refusal:
        found = _FIELD.search(refusal.message)
        field = found.group().rstrip(".") if found else ""
        row = re.match(r"providers\[(\d+)\]", field)
        provider = draft.providers[int(row.group(1))].key if row and int(row.group(1)) < len(draft.providers) else ""
        notes.error("override-collision", field, refusal.message, refusal.hint, provider)
