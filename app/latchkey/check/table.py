"""All rules on policy files: id (as in the field's catalogue of refusals), level in our own files, level in other
people's.

Ours is stricter: what Latchkey writes has no excuse. In other people's sets a rule is an error only where no set that
works trips it. Each function's docstring is the sentence it enforces.
"""

from __future__ import annotations

from latchkey.check import (
    complete,
    directory,
    files,
    identity,
    journeys,
    known_names,
    metadata,
    pages,
    parties,
    profiles,
    referenced,
    selections,
    shape_rules,
    sign_in,
    transformations,
)
from latchkey.check.finding import Level
from latchkey.check.rule import Rule
from latchkey.check.view import View
from latchkey.policy.policy_set import PolicySet

_E, _W = Level.ERROR, Level.WARNING

# On the set as a whole.
SET_RULES: tuple[Rule[PolicySet], ...] = (
    Rule("tenant-matches", _E, _E, identity.tenant_matches),
    Rule("policy-id-unique", _E, _E, identity.policy_id_unique),
    Rule("base-exists", _E, _E, identity.base_exists),
    Rule("base-acyclic", _E, _E, identity.base_acyclic),
    Rule("policy-count", _W, _W, identity.policy_count),
    Rule("policy-file-name", _W, _W, identity.file_names),
    Rule("localized-button", _E, _W, referenced.localized_button),
    Rule("same-tp-same-exchange-id", _E, _W, selections.same_exchange_id),
)

# On each file by itself. Where the first one finds that nothing in the file can be understood, it is the only one.
FILE_RULES: tuple[Rule[View], ...] = (
    Rule("xml-namespace", _E, _E, files.namespace),
    Rule("xml-encoding", _W, _W, files.encoding),
    Rule("file-size", _E, _E, files.size),
    Rule("element-order", _E, _E, shape_rules.order),
    Rule("no-empty-container", _E, _E, shape_rules.empty),
    Rule("enum-values", _E, _E, shape_rules.values),
    Rule("schema-valid", _E, _E, shape_rules.valid),
    Rule("placeholder-left", _E, _E, files.placeholder_left),
    Rule("policy-schema-version", _E, _E, identity.schema_version),
    Rule("tenant-id-format", _E, _E, identity.tenant_id_format),
    Rule("policy-id-format", _E, _W, identity.policy_id_format),
    Rule("public-policy-uri", _E, _W, identity.public_policy_uri),
    Rule("deployment-mode", _W, _W, identity.deployment_mode),
    Rule("journey-recorder", _E, _E, identity.recorder_endpoint),
    Rule("base-not-user-flow", _E, _E, identity.base_not_user_flow),
    Rule("base-depth", _E, _E, identity.base_depth),
    Rule("duplicate-id-in-file", _E, _E, referenced.duplicate_id),
    Rule("duplicate-metadata-key", _E, _W, referenced.duplicate_metadata),
    Rule("claims-transformation-signature", _E, _E, transformations.signature),
    Rule("selection-exactly-one-attr", _E, _E, selections.exactly_one_attribute),
    Rule("rp-behaviors-order", _E, _E, shape_rules.behaviors),
    Rule("rp-profile-id", _E, _W, parties.profile_id),
    Rule("rp-subject", _E, _W, parties.subject),
    Rule("rp-protocol", _E, _W, parties.protocol),
    Rule("rp-profile-exists", _E, _W, complete.party_profile),
    Rule("listed-twice", _E, _W, complete.listed_twice),
    Rule("name-misspelt", _E, _W, known_names.misspelt),
    Rule("key-reference-format", _E, _W, profiles.key_reference_format),
    Rule("no-secret-in-xml", _E, _E, profiles.no_secret_in_xml),
)

# On each file with all that it builds on, where all of that is here.
LEVEL_RULES: tuple[Rule[View], ...] = (
    Rule("claim-type-exists", _E, _E, referenced.claim_type_exists),
    Rule("claims-transformation-exists", _E, _E, referenced.transformation_exists),
    Rule("technical-profile-exists", _E, _E, referenced.profile_exists),
    Rule("include-technical-profile", _E, _E, referenced.include_exists),
    Rule("content-definition-exists", _E, _E, referenced.content_definition_exists),
    Rule("other-references-exist", _E, _E, referenced.others_exist),
    Rule("id-case-drift", _W, _W, referenced.id_case_drift),
    Rule("tp-has-protocol", _E, _E, profiles.has_protocol),
    Rule("metadata-known", _W, _W, metadata.known),
    Rule("metadata-value", _E, _W, metadata.value),
    Rule("aad-claim-supported", _E, _W, directory.claim_supported),
    Rule("vtp-duplicate", _W, _W, pages.validated_twice),
    Rule("claim-resolver-switch", _E, _W, pages.resolver_switch),
    Rule("authentication-source-value", _E, _W, sign_in.source_value),
    Rule("claim-type-complete", _E, _W, complete.claim_types),
    Rule("content-definition-complete", _E, _W, complete.content_definitions),
    Rule("step-not-empty", _E, _W, complete.steps),
    Rule("localized-claim", _E, _W, complete.localized_claims),
    Rule("localized-language", _E, _W, complete.languages),
    Rule("steps-contiguous", _E, _E, journeys.steps_contiguous),
    Rule("first-step-valid", _E, _E, journeys.first_step),
    Rule("send-claims-last", _E, _E, journeys.send_claims_last),
    Rule("multi-exchange-needs-selection", _E, _E, selections.needs_selection),
    Rule("selection-target-in-next-step", _E, _E, selections.target_in_next_step),
    Rule("selection-validation-in-same-step", _E, _E, selections.validation_in_same_step),
    Rule("selection-on-wrong-type", _E, _W, selections.selection_on_wrong_type),
    Rule("precondition-valid", _E, _E, journeys.precondition_valid),
    Rule("exchange-id-unique-in-journey", _E, _E, journeys.exchange_unique),
    Rule("subjourney-rules", _E, _W, journeys.sub_journey_rules),
)

# On each relying party, whose journey is followed from its first step to the token.
PARTY_RULES: tuple[Rule[View], ...] = (
    Rule("rp-journey-exists", _E, _E, parties.journey_exists),
    Rule("required-input-produced", _E, _E, parties.required_input),
    Rule("rp-output-produced", _E, _W, parties.output_produced),
    Rule("signup-target", _E, _W, selections.signup_target),
    Rule("exchange-without-button", _W, _W, selections.without_button),
    Rule("client-id-present", _E, _E, profiles.client_id_present),
    Rule("idp-required-metadata", _E, _W, profiles.required_metadata),
    Rule("idp-claims-complete", _E, _W, profiles.claims_complete),
    Rule("use-policy-in-redirect-uri-false", _E, _W, profiles.redirect_uri),
    Rule("oidc-response", _E, _W, profiles.oidc_response),
    Rule("https-endpoints", _E, _W, profiles.https_endpoints),
    Rule("handler-required-metadata", _E, _W, complete.handler_settings),
    Rule("key-missing", _E, _W, complete.secrets),
    Rule("issuer-check", _E, _W, sign_in.issuer_check),
    Rule("enabled-for-user-journeys", _E, _W, sign_in.enabled),
    Rule("selection-step-position", _E, _W, sign_in.selection_position),
    Rule("self-asserted-output", _E, _W, pages.self_asserted_output),
    Rule("extension-attributes-app", _E, _W, directory.extension_app),
    Rule("domain-hint-unique", _W, _W, profiles.domain_hint_unique),
    Rule("display-name", _W, _W, profiles.display_name),
)
