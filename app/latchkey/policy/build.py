"""Element tree → `TrustFrameworkPolicy`.

Lenient on purpose: a file that breaks the schema still becomes a model as far as it goes; what is wrong with it is for
the checks to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from latchkey.policy import model
from latchkey.policy.model import Node, Source, Where
from latchkey.policy.reader import Document
from latchkey.policy.tree import Element

_new = tuple.__new__  # for what a file has hundreds of: half the price of Where(…)
NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})

_BLOCKS = {
    "Predicates": "Predicate",
    "InputValidations": "InputValidation",
    "PredicateValidations": "PredicateValidation",
    "ClientDefinitions": "ClientDefinition",
    "DisplayControls": "DisplayControl",
}


def build(document: Document) -> model.TrustFrameworkPolicy:
    """The whole file as frozen values."""
    root = document.root
    return _Build(Source(document.file, root.get("PolicyId"))).policy(root)


def is_true(text: str) -> bool:
    """`true` or `1`, as the schema's booleans are written."""
    return text != "" and (text == "true" or text.strip().lower() in ("true", "1"))


class _Build:
    """Carries the source that every place names."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def where(self, element: Element) -> Where:
        return _new(Where, (self._source, element.line))

    def node(self, element: Element) -> Node:
        children = tuple([self.node(child) for child in element.children])
        return _new(Node, (element.tag, element.attributes, element.text.strip(), children, self.where(element)))

    def policy(self, root: Element) -> model.TrustFrameworkPolicy:
        blocks = root.child("BuildingBlocks") or Element("BuildingBlocks", {}, root.line, 0)
        base = root.child("BasePolicy")
        relying_party = root.child("RelyingParty")
        languages = blocks.path("Localization", "SupportedLanguages")
        return model.TrustFrameworkPolicy(
            source=self._source,
            where=self.where(root),
            schema_version=root.get("PolicySchemaVersion"),
            tenant_id=root.get("TenantId"),
            tenant_object_id=root.get("TenantObjectId"),
            public_policy_uri=root.get("PublicPolicyUri"),
            deployment_mode=root.get("DeploymentMode"),
            journey_recorder=root.get("UserJourneyRecorderEndpoint"),
            base=self._base(base) if base is not None else None,
            claim_types=tuple([self._claim_type(e) for e in blocks.path("ClaimsSchema", "ClaimType")]),
            claims_transformations=tuple(
                [self._transformation(e) for e in blocks.path("ClaimsTransformations", "ClaimsTransformation")]
            ),
            content_definitions=tuple(
                [self._content_definition(e) for e in blocks.path("ContentDefinitions", "ContentDefinition")]
            ),
            blocks=tuple(self._blocks(blocks)),
            localized_resources=tuple(
                [self._localized_resources(e) for e in blocks.path("Localization", "LocalizedResources")]
            ),
            supported_languages=self._languages(languages[0]) if languages else None,
            technical_profiles=tuple(self._technical_profiles(root)),
            journeys=tuple([self._journey(e, None) for e in root.path("UserJourneys", "UserJourney")]),
            sub_journeys=tuple([self._journey(e, e.get("Type")) for e in root.path("SubJourneys", "SubJourney")]),
            relying_party=self._relying_party(relying_party) if relying_party is not None else None,
        )

    def _base(self, element: Element) -> model.BasePolicy:
        return model.BasePolicy(_text(element, "TenantId") or "", _text(element, "PolicyId") or "", self.where(element))

    def _claim_type(self, element: Element) -> model.ClaimType:
        parts = {child.tag: self.node(child) for child in element.children}
        return model.ClaimType(element.get("Id"), parts, self.where(element))

    def _transformation(self, element: Element) -> model.ClaimsTransformation:
        def claims(*tags: str) -> tuple[model.TransformationClaim, ...]:
            return tuple(
                model.TransformationClaim(
                    e.get("ClaimTypeReferenceId"), e.get("TransformationClaimType"), self.where(e)
                )
                for e in element.path(*tags)
            )

        parameters = tuple(
            model.Parameter(e.get("Id"), e.get("DataType"), e.get("Value"), self.where(e))
            for e in element.path("InputParameters", "InputParameter")
        )
        return model.ClaimsTransformation(
            element.get("Id"),
            element.get("TransformationMethod"),
            claims("InputClaims", "InputClaim"),
            parameters,
            claims("OutputClaims", "OutputClaim"),
            self.where(element),
        )

    def _content_definition(self, element: Element) -> model.ContentDefinition:
        references = element.child("LocalizedResourcesReferences")
        localized = tuple(
            model.LocalizedReference(e.get("Language"), e.get("LocalizedResourcesReferenceId"), self.where(e))
            for e in (references.all("LocalizedResourcesReference") if references is not None else ())
        )
        return model.ContentDefinition(
            element.get("Id"),
            _text(element, "LoadUri"),
            _text(element, "RecoveryUri"),
            _text(element, "DataUri"),
            self._items(element),
            localized,
            references.get("MergeBehavior") if references is not None else "",
            self.where(element),
        )

    def _blocks(self, blocks: Element) -> Iterator[model.Block]:
        for container in blocks.children:
            kind = _BLOCKS.get(container.tag)
            if kind is not None:
                for element in container.all(kind):
                    yield model.Block(kind, element.get("Id"), self.node(element), self.where(element))

    def _localized_resources(self, element: Element) -> model.LocalizedResources:
        strings = tuple(
            [
                _new(
                    model.LocalizedString,
                    (e.get("ElementType"), e.get("ElementId"), e.get("StringId"), e.text, self.where(e)),
                )
                for e in element.path("LocalizedStrings", "LocalizedString")
            ]
        )
        collections = tuple([self.node(e) for e in element.path("LocalizedCollections", "LocalizedCollection")])
        return model.LocalizedResources(element.get("Id"), strings, collections, self.where(element))

    def _languages(self, element: Element) -> model.SupportedLanguages:
        languages = tuple(e.text.strip() for e in element.all("SupportedLanguage"))
        return model.SupportedLanguages(
            element.get("DefaultLanguage"), element.get("MergeBehavior"), languages, self.where(element)
        )

    def _technical_profiles(self, root: Element) -> Iterator[model.TechnicalProfile]:
        for provider in root.path("ClaimsProviders", "ClaimsProvider"):
            domain = _text(provider, "Domain")
            if domain is None:
                domain = next((e.text.strip() for e in provider.path("Domains", "Domain")), None)
            name = _text(provider, "DisplayName")
            for element in provider.path("TechnicalProfiles", "TechnicalProfile"):
                yield self._technical_profile(element, domain, name)

    def _technical_profile(
        self, element: Element, domain: str | None = None, provider_name: str | None = None
    ) -> model.TechnicalProfile:
        where = self.where(element)
        parts = {child.tag: child for child in element.children}
        protocol = parts.get("Protocol")
        subject = parts.get("SubjectNamingInfo")
        return model.TechnicalProfile(
            id=element.get("Id"),
            display_name=_own(parts.get("DisplayName")),
            description=_own(parts.get("Description")),
            protocol=protocol.attributes.get("Name") if protocol is not None else None,
            handler=protocol.attributes.get("Handler") if protocol is not None else None,
            input_token_format=_own(parts.get("InputTokenFormat")),
            output_token_format=_own(parts.get("OutputTokenFormat")),
            metadata=self._items(element),
            keys=tuple(
                model.CryptographicKey(e.get("Id"), e.get("StorageReferenceId"), self.where(e))
                for e in _children(parts, "CryptographicKeys", "Key")
            ),
            include_in_sso=_own(parts.get("IncludeInSso")),
            input_claims_transformations=self._references(parts, "InputClaimsTransformation"),
            input_claims=self._claims(parts, "InputClaims"),
            display_claims=self._claims(parts, "DisplayClaims"),
            persisted_claims=self._claims(parts, "PersistedClaims"),
            output_claims=self._claims(parts, "OutputClaims"),
            output_claims_transformations=self._references(parts, "OutputClaimsTransformation"),
            validation_profiles=tuple(
                model.ValidationProfile(
                    e.get("ReferenceId"), is_true(e.get("ContinueOnError")), self._preconditions(e), self.where(e)
                )
                for e in _children(parts, "ValidationTechnicalProfiles", "ValidationTechnicalProfile")
            ),
            subject_naming=subject.attributes.get("ClaimType") if subject is not None else None,
            include=self._reference(parts.get("IncludeTechnicalProfile")),
            session=self._reference(parts.get("UseTechnicalProfileForSessionManagement")),
            enabled_for_user_journeys=_own(parts.get("EnabledForUserJourneys")),
            provider_domain=domain,
            provider_display_name=provider_name,
            other=tuple(self.node(child) for child in element.children if child.tag not in _PROFILE_PARTS),
            where=where,
            layers=(where,),
        )

    def _items(self, element: Element) -> tuple[model.Item, ...]:
        metadata = element.child("Metadata")
        if metadata is None:
            return ()
        return tuple([_new(model.Item, (e.get("Key"), e.text.strip(), self.where(e))) for e in metadata.all("Item")])

    def _claims(self, parts: Mapping[str, Element], container: str) -> tuple[model.Claim, ...]:
        found = parts.get(container)
        if found is None:
            return ()
        return tuple([self._claim(e) for e in found.children if e.tag in _CLAIM_TAGS])

    def _claim(self, element: Element) -> model.Claim:
        get = element.attributes.get
        return _new(
            model.Claim,
            (
                get("ClaimTypeReferenceId", ""),
                get("PartnerClaimType", ""),
                get("DefaultValue"),
                is_true(get("AlwaysUseDefaultValue", "")),
                is_true(get("Required", "")),
                get("DisplayControlReferenceId", ""),
                self.where(element),
            ),
        )

    def _references(self, parts: Mapping[str, Element], tag: str) -> tuple[model.Reference, ...]:
        return tuple([model.Reference(e.get("ReferenceId"), self.where(e)) for e in _children(parts, tag + "s", tag)])

    def _reference(self, element: Element | None) -> model.Reference | None:
        return None if element is None else model.Reference(element.get("ReferenceId"), self.where(element))

    def _preconditions(self, element: Element) -> tuple[model.Precondition, ...]:
        return tuple(
            model.Precondition(
                e.get("Type"),
                is_true(e.get("ExecuteActionsIf")),
                tuple(value.text.strip() for value in e.all("Value")),
                _text(e, "Action") or "",
                self.where(e),
            )
            for e in element.path("Preconditions", "Precondition")
        )

    def _journey(self, element: Element, sub_type: str | None) -> model.UserJourney:
        where = self.where(element)
        attributes = {name: value for name, value in element.attributes.items() if name not in ("Id", "Type")}
        return model.UserJourney(
            id=element.get("Id"),
            sub_type=sub_type,
            attributes=attributes or NO_ATTRIBUTES,
            steps=tuple([self._step(e) for e in element.path("OrchestrationSteps", "OrchestrationStep")]),
            client_definition=self._reference(element.child("ClientDefinition")),
            other=tuple(
                self.node(e) for e in element.children if e.tag not in ("OrchestrationSteps", "ClientDefinition")
            ),
            where=where,
            layers=(where,),
        )

    def _step(self, element: Element) -> model.OrchestrationStep:
        where = self.where(element)
        order = element.get("Order").strip()
        selections = element.child("ClaimsProviderSelections")
        named = ("Order", "Type", "ContentDefinitionReferenceId", "CpimIssuerTechnicalProfileReferenceId")
        attributes = {name: value for name, value in element.attributes.items() if name not in named}
        return model.OrchestrationStep(
            order=int(order) if order.isascii() and order.isdigit() and len(order) < 7 else None,
            type=element.attributes.get("Type"),
            content_definition=element.attributes.get("ContentDefinitionReferenceId"),
            issuer=element.attributes.get("CpimIssuerTechnicalProfileReferenceId"),
            attributes=attributes or NO_ATTRIBUTES,
            preconditions=self._preconditions(element),
            selections=tuple(
                model.Selection(e.get("TargetClaimsExchangeId"), e.get("ValidationClaimsExchangeId"), self.where(e))
                for e in (selections.all("ClaimsProviderSelection") if selections is not None else ())
            ),
            display_option=selections.attributes.get("DisplayOption") if selections is not None else None,
            exchanges=tuple(
                model.Exchange(e.get("Id"), e.get("TechnicalProfileReferenceId"), self.where(e))
                for e in element.path("ClaimsExchanges", "ClaimsExchange")
            ),
            candidates=tuple(
                model.Candidate(e.get("SubJourneyReferenceId"), self.where(e))
                for e in element.path("JourneyList", "Candidate")
            ),
            where=where,
            layers=(where,),
        )

    def _relying_party(self, element: Element) -> model.RelyingParty:
        behaviors = element.child("UserJourneyBehaviors")
        profile = element.child("TechnicalProfile")
        return model.RelyingParty(
            default_journey=self._reference(element.child("DefaultUserJourney")),
            endpoints=tuple(
                model.Endpoint(e.get("Id"), e.get("UserJourneyReferenceId"), self.where(e))
                for e in element.path("Endpoints", "Endpoint")
            ),
            behaviors=self.node(behaviors) if behaviors is not None else None,
            technical_profile=self._technical_profile(profile) if profile is not None else None,
            where=self.where(element),
        )


_CLAIM_TAGS = frozenset(("InputClaim", "OutputClaim", "PersistedClaim", "DisplayClaim"))
_PROFILE_PARTS = frozenset(
    (
        "DisplayName", "Description", "Protocol", "InputTokenFormat", "OutputTokenFormat", "Metadata",
        "CryptographicKeys", "IncludeInSso", "InputClaimsTransformations", "InputClaims", "DisplayClaims",
        "PersistedClaims", "OutputClaims", "OutputClaimsTransformations", "ValidationTechnicalProfiles",
        "SubjectNamingInfo", "IncludeTechnicalProfile", "UseTechnicalProfileForSessionManagement",
        "EnabledForUserJourneys",
    )
)  # fmt: skip


def _children(parts: Mapping[str, Element], container: str, tag: str) -> Iterable[Element]:
    found = parts.get(container)
    return found.all(tag) if found is not None else ()


def _own(element: Element | None) -> str | None:
    return None if element is None else element.text.strip()


def _text(element: Element, tag: str) -> str | None:
    return _own(element.child(tag))
