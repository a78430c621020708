"""The part of a guide about one provider."""

from __future__ import annotations

from latchkey.catalogue.answers import written_metadata
from latchkey.draft.draft import Draft
from latchkey.guide.callbacks import CallbackAddress, also_address, callback_addresses
from latchkey.guide.filling import Facts, fill
from latchkey.guide.model import ProviderGuide, Row, Section
from latchkey.guide.places import Places
from latchkey.guide.plan import PlannedPolicies, user_flow_name
from latchkey.guide.prose import Value
from latchkey.guide.providers import PlannedProvider
from latchkey.guide.words import Words
from latchkey.guide.written import has_guide, written

# The portal's fields for claims, by the claim of the policy language that carries the same.
CLAIM_FIELDS = {
    "issuerUserId": "claim_user_id",
    "displayName": "claim_display_name",
    "givenName": "claim_given_name",
    "surname": "claim_surname",
    "email": "claim_email",
}
# The placeholders for what else a form wants, by its form.
ALSO = {"origin": "callback_origin", "host": "callback_host", "saml-metadata": "callback_metadata"}
ANY = "other"  # the guide for types that came without one


def provider_guide(
    planned: PlannedProvider, draft: Draft, places: Places, policies: PlannedPolicies, words: Words
) -> ProviderGuide:
    """Everything about one provider."""
    entry = planned.entry
    callbacks = callback_rows(planned, places, policies, words)
    also = _also_rows(planned, places, policies, words)
    facts = _facts(planned, draft, places, {"callback": callbacks, **also}, words)
    sections = {
        section.id: fill(section, facts, planned.slug)
        for section in written(entry.type if has_guide(entry.type) else ANY, words.language).sections
    }
    return ProviderGuide(
        slug=planned.slug,
        key=planned.provider.key,
        type=entry.type,
        name=planned.name,
        portal_url=entry.portal_url,
        callbacks=callbacks,
        client_id_is=words.label(entry.client_id.label) if entry.client_id else "",
        secret_is=_secret_is(planned, words),
        policy_key=planned.policy_key.text if planned.policy_key and planned.policy_key.complete else "",
        domain_hint=planned.domain_hint,
        register=sections["register"],
        credentials=sections["credentials"],
        user_flow=_user_flow(sections, draft),
        good_to_know=sections["good-to-know"],
    )


def _secret_is(planned: PlannedProvider, words: Words) -> str:
    """What the provider calls the secret. A certificate is ours: there the provider has none."""
    secret = planned.entry.secret
    return words.label(secret.label) if secret and not secret.shared and planned.policy_key is not None else ""


def _user_flow(sections: dict[str, Section], draft: Draft) -> Section | None:
    return sections.get("user-flow") if draft.policies.kind == "user-flow" else None


def _facts(
    planned: PlannedProvider, draft: Draft, places: Places, addresses: dict[str, tuple[Row, ...]], words: Words
) -> Facts:
    entry = planned.entry
    holds = {"user-flow": draft.policies.kind == "user-flow", "secret": planned.policy_key is not None} | tenant_facts(
        places
    )
    return Facts(
        values={
            "name": Value(planned.name),
            "host": places.host,
            "policy_key": planned.policy_key or Value(words("missing_policy"), complete=False),
            "client_id": Value(words.label(entry.client_id.label if entry.client_id else "Client ID")),
            "secret": Value(words.label(entry.secret.label if entry.secret else "Client secret")),
            "user_flow": Value(user_flow_name(draft)),
        },
        rows={
            **addresses,
            "user_flow_form": _user_flow_form(planned, words),
            "claims_mapping": _claims_mapping(planned, words),
        },
        holds=frozenset([name for name, true in holds.items() if true]),
    )


def tenant_facts(places: Places) -> dict[str, bool]:
    """The conditions that hang on the tenant."""
    return {
        "custom-domain": places.custom,
        "china": places.cloud.name == "china",
        "us-government": places.cloud.name == "us-government",
    }


def callback_rows(planned: PlannedProvider, places: Places, policies: PlannedPolicies, words: Words) -> tuple[Row, ...]:
    """What to enter at the provider: the address on the host that customers see and, with a domain of one's own, also
    the one on the tenant's other host.

    https://learn.microsoft.com/azure/active-directory-b2c/custom-domain advises to add the new address, not to replace
    the old one: links and applications that still use the tenant's own host would break.
    """
    main = _addresses(planned, places, policies)
    rows = [_callback_row(address, planned, places.value(address.value), words) for address in main]
    if places.custom and places.complete:
        note = words("callback_also", host=places.own_host.text)
        own = Places(places.cloud, places.domain, places.own_host, places.own_host, custom=False)
        for address in _addresses(planned, own, policies):
            row = _callback_row(address, planned, Value(address.value), words)
            rows.append(row._replace(note=f"{row.note}; {note}" if row.note else note))
    return tuple(rows)


def _addresses(planned: PlannedProvider, places: Places, policies: PlannedPolicies) -> tuple[CallbackAddress, ...]:
    with_buttons = [name for name in (policies.relying_parties or policies.sign_in) if name != policies.password_reset]
    return callback_addresses(
        planned.entry.callback.form, places.host.text, places.domain.text, with_buttons, policies.base
    )


def _callback_row(address: CallbackAddress, planned: PlannedProvider, value: Value, words: Words) -> Row:
    label = words.label(planned.entry.callback.label)
    match address.role:
        case "entity-id":
            label = words("callback_entity_id")
        case "acs":
            label = words("callback_acs")
    note = words("callback_policy", policy=address.policy) if address.policy else ""
    return Row(label, value, note, address.policy)


def _also_rows(
    planned: PlannedProvider, places: Places, policies: PlannedPolicies, words: Words
) -> dict[str, tuple[Row, ...]]:
    """What else the provider's form wants, by placeholder; for the tenant's other host, too, where it has two."""
    found: dict[str, tuple[Row, ...]] = dict.fromkeys(ALSO.values(), ())
    hosts = [(places.host, "")]
    if places.custom and places.complete:
        hosts.append((places.own_host, words("callback_also", host=places.own_host.text)))
    policy = policies.sign_in[0] if policies.sign_in else ""
    for field in planned.entry.callback.also:
        rows = []
        for host, note in hosts if field.form != "saml-metadata" else hosts[:1]:
            made = also_address(field.form, host.text, places.domain.text, policy, planned.technical_profile)
            value = places.value(made)
            if field.form == "saml-metadata" and not planned.technical_profile:
                value = Value(words("missing_name"), complete=False)
            rows.append(Row(words.label(field.label), value, note))
        found[ALSO[field.form]] = tuple(rows)
    return found


def _user_flow_form(planned: PlannedProvider, words: Words) -> tuple[Row, ...]:
    """The portal's form for this provider: https://learn.microsoft.com/azure/active-directory-b2c/add-identity-provider."""
    entry = planned.entry
    client_id = planned.provider.client_id.strip()
    rows = [Row(words("field_name"), Value(planned.name))]
    if entry.user_flow.way == "openid-connect":
        rows.append(_setting(planned, "metadata_url", "METADATA", words("field_metadata"), words))
    if entry.client_id is not None:
        missing = Value(words("missing_client_id", label=words.label(entry.client_id.label)), complete=False)
        rows.append(Row(words("field_client_id"), Value(client_id) if client_id else missing))
    if entry.user_flow.way == "built-in":
        # What only the provider's own form asks for, like Apple's team and key.
        rows += [
            _setting(planned, setting.name, "", words.label(setting.label), words)
            for setting in entry.settings
            if not setting.metadata
        ]
    if entry.secret is not None and planned.policy_key is not None:
        secret = Value(words("secret_words", label=words.label(entry.secret.label)))
        rows.append(Row(words("field_client_secret"), secret, kind="secret"))
    if entry.user_flow.way == "openid-connect":
        rows += [
            _setting(planned, "scope", "scope", words("field_scope_asked"), words),
            _setting(planned, "response_type", "response_types", words("field_response_type"), words),
            _setting(planned, "response_mode", "response_mode", words("field_response_mode"), words),
        ]
        if planned.domain_hint:
            rows.append(Row(words("field_domain_hint"), Value(planned.domain_hint)))
    return tuple(rows)


def _setting(planned: PlannedProvider, name: str, metadata: str, label: str, words: Words) -> Row:
    written_there = written_metadata(planned.entry, planned.settings) | dict(planned.entry.user_flow.metadata or {})
    value = written_there.get(metadata, "") or planned.settings.get(name, "")
    return Row(label, Value(value) if value else Value(words("missing_setting", label=label), complete=False))


def _claims_mapping(planned: PlannedProvider, words: Words) -> tuple[Row, ...]:
    if planned.entry.user_flow.way != "openid-connect":
        return ()
    sources = {claim: source.claim for claim, source in planned.claims.items() if source.claim}
    return tuple(
        [Row(words(field), Value(sources[claim])) for claim, field in CLAIM_FIELDS.items() if claim in sources]
    )
