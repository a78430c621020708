"""A policy file as frozen values, each knowing where it stands.

Names are those of the element reference
(https://learn.microsoft.com/azure/active-directory-b2c/trustframeworkpolicy). Ids are kept as written; look-ups
compare them without case (`names.key`). A value that a file does not state is None or empty, so that inheritance can
tell "not said here" from "said". What no rule needs one by one is kept whole as a `Node`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Source(NamedTuple):
    """A policy file: its path as given, and the policy id written in it."""

    file: str
    policy_id: str


class Where(NamedTuple):
    """A place in a policy file; lines count from 1."""

    source: Source
    line: int


class Node(NamedTuple):
    """An element kept whole: local name, attributes, own text (stripped), element children."""

    tag: str
    attributes: Mapping[str, str]
    text: str
    children: tuple[Node, ...]
    where: Where


class Reference(NamedTuple):
    """An id that names something defined elsewhere."""

    id: str
    where: Where


class Item(NamedTuple):
    """`Metadata/Item`."""

    key: str
    value: str
    where: Where


class CryptographicKey(NamedTuple):
    """`CryptographicKeys/Key`: which policy key a profile uses, and as what."""

    id: str
    storage_reference_id: str
    where: Where


class Claim(NamedTuple):
    """A claim in an Input-, Display-, Persisted- or OutputClaims list."""

    claim: str
    partner: str
    default: str | None
    always_default: bool
    required: bool
    display_control: str
    where: Where


class TransformationClaim(NamedTuple):
    """`ClaimsTransformation/*/InputClaim|OutputClaim`: a claim and the name the method gives it."""

    claim: str
    name: str
    where: Where


class Parameter(NamedTuple):
    """`ClaimsTransformation/InputParameters/InputParameter`."""

    id: str
    data_type: str
    value: str
    where: Where


class Precondition(NamedTuple):
    """`Preconditions/Precondition`."""

    type: str
    execute_if: bool
    values: tuple[str, ...]
    action: str
    where: Where


class Selection(NamedTuple):
    """`ClaimsProviderSelection`: a button (target) or the local form (validation)."""

    target: str
    validation: str
    where: Where


class Exchange(NamedTuple):
    """`ClaimsExchange`."""

    id: str
    technical_profile: str
    where: Where


class Candidate(NamedTuple):
    """`JourneyList/Candidate`: a sub journey that a step may call."""

    sub_journey: str
    where: Where


class ValidationProfile(NamedTuple):
    """`ValidationTechnicalProfile`."""

    id: str
    continue_on_error: bool
    preconditions: tuple[Precondition, ...]
    where: Where


class LocalizedString(NamedTuple):
    """`LocalizedString`."""

    element_type: str
    element_id: str
    string_id: str
    text: str
    where: Where


class LocalizedReference(NamedTuple):
    """`LocalizedResourcesReference`."""

    language: str
    resources_id: str
    where: Where


class ClaimType(NamedTuple):
    """`ClaimsSchema/ClaimType`; `parts` are its child elements by local name."""

    id: str
    parts: Mapping[str, Node]
    where: Where

    @property
    def data_type(self) -> str:
        """`DataType`, or empty."""
        return self.parts["DataType"].text if "DataType" in self.parts else ""

    @property
    def user_input_type(self) -> str:
        """`UserInputType`, or empty."""
        return self.parts["UserInputType"].text if "UserInputType" in self.parts else ""


class ClaimsTransformation(NamedTuple):
    """`ClaimsTransformations/ClaimsTransformation`."""

    id: str
    method: str
    inputs: tuple[TransformationClaim, ...]
    parameters: tuple[Parameter, ...]
    outputs: tuple[TransformationClaim, ...]
    where: Where


class ContentDefinition(NamedTuple):
    """`ContentDefinitions/ContentDefinition`: one page."""

    id: str
    load_uri: str | None
    recovery_uri: str | None
    data_uri: str | None
    metadata: tuple[Item, ...]
    localized: tuple[LocalizedReference, ...]
    localized_merge: str
    where: Where


class LocalizedResources(NamedTuple):
    """`Localization/LocalizedResources`; `collections` are its LocalizedCollections, whole."""

    id: str
    strings: tuple[LocalizedString, ...]
    collections: tuple[Node, ...]
    where: Where


class SupportedLanguages(NamedTuple):
    """`Localization/SupportedLanguages`."""

    default: str
    merge: str
    languages: tuple[str, ...]
    where: Where


class Block(NamedTuple):
    """A building block that is replaced whole: Predicate, PredicateValidation, InputValidation, DisplayControl or
    ClientDefinition.
    """

    kind: str
    id: str
    node: Node
    where: Where


class TechnicalProfile(NamedTuple):
    """`TechnicalProfile`, with the Domain and DisplayName of the ClaimsProvider it stands in.

    `other` are child elements that no field carries (ErrorHandlers, Extensions …). `layers` are the places that
    define it, root ancestor first; more than one after inheritance.
    """

    id: str
    display_name: str | None
    description: str | None
    protocol: str | None
    handler: str | None
    input_token_format: str | None
    output_token_format: str | None
    metadata: tuple[Item, ...]
    keys: tuple[CryptographicKey, ...]
    include_in_sso: str | None
    input_claims_transformations: tuple[Reference, ...]
    input_claims: tuple[Claim, ...]
    display_claims: tuple[Claim, ...]
    persisted_claims: tuple[Claim, ...]
    output_claims: tuple[Claim, ...]
    output_claims_transformations: tuple[Reference, ...]
    validation_profiles: tuple[ValidationProfile, ...]
    subject_naming: str | None
    include: Reference | None
    session: Reference | None
    enabled_for_user_journeys: str | None
    provider_domain: str | None
    provider_display_name: str | None
    other: tuple[Node, ...]
    where: Where
    layers: tuple[Where, ...]

    def metadata_value(self, key: str) -> str | None:
        """The value of a metadata item, or None. Keys are compared as written."""
        return next((item.value for item in self.metadata if item.key == key), None)


class OrchestrationStep(NamedTuple):
    """`OrchestrationStep`. `order` is None where the file has no whole number there."""

    order: int | None
    type: str | None
    content_definition: str | None
    issuer: str | None
    attributes: Mapping[str, str]
    preconditions: tuple[Precondition, ...]
    selections: tuple[Selection, ...]
    display_option: str | None
    exchanges: tuple[Exchange, ...]
    candidates: tuple[Candidate, ...]
    where: Where
    layers: tuple[Where, ...]


class UserJourney(NamedTuple):
    """`UserJourney` or `SubJourney` (`sub_type` = Call or Transfer, None for a user journey)."""

    id: str
    sub_type: str | None
    attributes: Mapping[str, str]
    steps: tuple[OrchestrationStep, ...]
    client_definition: Reference | None
    other: tuple[Node, ...]
    where: Where
    layers: tuple[Where, ...]


class Endpoint(NamedTuple):
    """`RelyingParty/Endpoints/Endpoint`."""

    id: str
    journey: str
    where: Where


class RelyingParty(NamedTuple):
    """`RelyingParty`. Its TechnicalProfile is read like any other."""

    default_journey: Reference | None
    endpoints: tuple[Endpoint, ...]
    behaviors: Node | None
    technical_profile: TechnicalProfile | None
    where: Where


class BasePolicy(NamedTuple):
    """`BasePolicy`: what this file builds on."""

    tenant_id: str
    policy_id: str
    where: Where


class TrustFrameworkPolicy(NamedTuple):
    """One policy file."""

    source: Source
    where: Where
    schema_version: str
    tenant_id: str
    tenant_object_id: str
    public_policy_uri: str
    deployment_mode: str
    journey_recorder: str
    base: BasePolicy | None
    claim_types: tuple[ClaimType, ...]
    claims_transformations: tuple[ClaimsTransformation, ...]
    content_definitions: tuple[ContentDefinition, ...]
    blocks: tuple[Block, ...]
    localized_resources: tuple[LocalizedResources, ...]
    supported_languages: SupportedLanguages | None
    technical_profiles: tuple[TechnicalProfile, ...]
    journeys: tuple[UserJourney, ...]
    sub_journeys: tuple[UserJourney, ...]
    relying_party: RelyingParty | None

    @property
    def id(self) -> str:
        """The PolicyId as written."""
        return self.source.policy_id

    @property
    def file(self) -> str:
        """The path as given."""
        return self.source.file
