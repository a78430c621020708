"""Cures that change a value: an attribute, or an element's text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

from latchkey.check.cure import Cure, Place
from latchkey.check.moves import shape_of
from latchkey.check.placeholders import sample_in
from latchkey.policy import splice
from latchkey.policy.names import NAMESPACE, SCHEMA_VERSION, key
from latchkey.policy.splice import New, Splice
from latchkey.policy.tree import Element
from latchkey.text import _

_REFERENCES = (
    "ClaimTypeReferenceId", "ReferenceId", "TechnicalProfileReferenceId", "ContentDefinitionReferenceId",
    "CpimIssuerTechnicalProfileReferenceId", "DefaultCpimIssuerTechnicalProfileReferenceId", "SubJourneyReferenceId",
)  # fmt: skip
_KINDS = ("ClaimType", "TechnicalProfile", "ContentDefinition", "SubJourney")
_USER_KEYS = ("issueruserid", "socialidpuserid", "userid")
_TENANT_SAMPLES = ("yourtenant.onmicrosoft.com", "your-tenant.onmicrosoft.com", "your_tenant.onmicrosoft.com")


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def renumbered(place: Place) -> Cure | None:
    """Steps numbered 1, 2, 3 … in the order in which they stand, where this file has the whole journey."""
    step = place.only("OrchestrationStep")
    steps = place.parents.get(step.start) if step is not None else None
    journey = place.parents.get(steps.start) if steps is not None else None
    if steps is None or journey is None or _elsewhere(place, journey):
        return None
    found = steps.all("OrchestrationStep")
    orders = [one.get("Order") for one in found]
    if not all(order.isdecimal() for order in orders) or [int(o) for o in orders] != sorted(int(o) for o in orders):
        return None
    splices = tuple(
        splice.set_attribute(place.document, one, "Order", str(number))
        for number, one in enumerate(found, 1)
        if one.get("Order") != str(number)
    )
    label = _("Number the steps of “{journey}” from 1 to {count}.").format(journey=journey.get("Id"), count=len(found))
    return Cure(label, splices) if splices else None


def _elsewhere(place: Place, journey: Element) -> bool:
    """Another file defines or changes the same journey: its numbers are meant to fit this one's."""
    name = key(journey.get("Id"))
    return any(
        key(other.id) == name
        for policy in place.set.policies
        if policy is not place.policy
        for other in (*policy.journeys, *policy.sub_journeys)
    )


def exact_case(place: Place) -> Cure | None:
    """A name written as it is defined, everywhere in the file. In what is sent to applications it stays."""
    for element in place.here():
        for attribute in _REFERENCES:
            written, kind = element.get(attribute), _kind(element, attribute)
            defined = _defined(place, kind).get(key(written)) if written else None
            if defined is None or defined.id == written:
                continue
            splices = tuple(_rewritten(place, kind, written, defined.id))
            label = _("Write “{right}” for “{written}”.").format(right=defined.id, written=written)
            return Cure(label, splices) if splices else None
    return None


def _kind(element: Element, attribute: str) -> str:
    """What a reference names. A claim and a transformation may be called alike but for their capitals."""
    if attribute == "ReferenceId":
        return "ClaimsTransformation" if element.tag.endswith("ClaimsTransformation") else "TechnicalProfile"
    return next(kind for kind in _KINDS if f"{kind}ReferenceId" in attribute)


def _defined(place: Place, kind: str) -> Mapping[str, _Named]:
    effective = place.view.effective
    if kind == "ClaimType":
        return effective.claim_types
    if kind == "ClaimsTransformation":
        return effective.claims_transformations
    if kind == "ContentDefinition":
        return effective.content_definitions
    return effective.sub_journeys if kind == "SubJourney" else effective.technical_profiles


def _rewritten(place: Place, kind: str, written: str, name: str) -> Iterator[Splice]:
    party = place.document.root.child("RelyingParty")
    for element in place.document.elements:
        to_application = (
            party is not None
            and party.start < element.start < party.close
            and element.tag == "OutputClaim"
            and not element.get("PartnerClaimType")
        )
        for attribute in _REFERENCES:
            if element.get(attribute) == written and _kind(element, attribute) == kind and not to_application:
                yield splice.set_attribute(place.document, element, attribute, name)


def user_key(place: Place) -> Cure | None:
    """The person's number at a provider by the name that the set has for it."""
    element = place.only(such=lambda one: key(one.get("ClaimTypeReferenceId")) in _USER_KEYS)
    claims = place.view.effective.claim_types
    known = next((claims[name].id for name in _USER_KEYS if name in claims), "")
    if element is None or not known:
        return None
    written = element.get("ClaimTypeReferenceId")
    splices = tuple(
        splice.set_attribute(place.document, one, "ClaimTypeReferenceId", known)
        for one in place.document.elements
        if key(one.get("ClaimTypeReferenceId")) == key(written)
    )
    return Cure(_("Write “{right}” for “{written}”.").format(right=known, written=written), splices)


def redirect_uri(place: Place) -> Cure | None:
    """`UsePolicyInRedirectUri` set to false."""
    name = "UsePolicyInRedirectUri"
    label = _("Set {key} to false.").format(key=name)
    item = place.only("Item")
    if item is not None and item.get("Key") == name:
        return Cure(label, (splice.set_text(place.document, item, "false"),))
    profile = place.only("TechnicalProfile")
    metadata = profile.child("Metadata") if profile is not None else None
    if metadata is None or not metadata.children:
        return None
    new = New("Item", {"Key": name}, (), "false")
    return Cure(label, (splice.insert_after(place.document, metadata, metadata.children[-1], [new]),))


def schema_version(place: Place) -> Cure | None:
    """The one version that Azure knows."""
    return _root_attribute(place, "PolicySchemaVersion", SCHEMA_VERSION)


def public_uri(place: Place) -> Cure | None:
    """The address that the format asks for, made from tenant and policy."""
    policy = place.policy
    if not policy.tenant_id or not policy.id:
        return None
    return _root_attribute(place, "PublicPolicyUri", f"http://{policy.tenant_id}/{policy.id}")


def _root_attribute(place: Place, name: str, value: str) -> Cure:
    change = splice.set_attribute(place.document, place.document.root, name, value)
    return Cure(_('Write {attribute}="{value}".').format(attribute=name, value=value), (change,))


def namespace(place: Place) -> Cure | None:
    """The namespace of policies on the root, and no other one below."""
    root = place.document.root
    if root.tag.startswith("{"):
        tag = place.document.body[root.start : splice.tag_end(place.document, root)]
        found = re.search(rb"""\sxmlns\s*=\s*("[^"]*"|'[^']*')""", tag)
        if found is None:
            return None
        start, end = root.start + found.start(1) + 1, root.start + found.end(1) - 1
        return Cure(_("Write the namespace of policies."), (Splice(start, end, NAMESPACE),))
    element = place.only(such=lambda one: one.tag.startswith("{"))
    if element is None:
        return None
    tag = place.document.body[element.start : splice.tag_end(place.document, element)]
    declared = re.search(rb"""\s+xmlns\s*=\s*(?:"[^"]*"|'[^']*')""", tag)
    if declared is None:
        return None
    change = Splice(element.start + declared.start(), element.start + declared.end(), "")
    return Cure(_("Take the xmlns attribute off this element."), (change,))


def exact_value(place: Place) -> Cure | None:
    """One of the possible values, where only capitals differ or a boolean is written another way."""
    for element in place.here():
        shape = shape_of(place, element)
        if shape is None:
            continue
        for name, kind in shape.checked:
            right = _right(element.get(name), kind.choices) if name in element.attributes else ""
            if right:
                change = splice.set_attribute(place.document, element, name, right)
                return Cure(
                    _("Write “{right}” for “{written}”.").format(right=right, written=element.get(name)), (change,)
                )
        right = _right(element.text.strip(), shape.text.choices) if shape.text is not None else ""
        if right:
            change = splice.set_text(place.document, element, right)
            return Cure(
                _("Write “{right}” for “{written}”.").format(right=right, written=element.text.strip()), (change,)
            )
    return None


def _right(written: str, choices: tuple[str, ...]) -> str:
    if written in choices:
        return ""
    return next((choice for choice in choices if choice.lower() == written.strip().lower()), "")


def without_blanks(place: Place) -> Cure | None:
    """Blanks around a value, or in an element that must be empty, gone."""
    for element in place.here():
        shape = shape_of(place, element)
        text = element.text
        if shape is None or element.children or not text:
            continue
        if shape.text is None and not shape.parts and text.isspace():
            start = len(place.document.body[: splice.tag_end(place.document, element) - 1].rstrip())
            return Cure(
                _("Close “{element}” at once.").format(element=element.tag),
                (Splice(start, splice.end(place.document, element), " />"),),
            )
        if shape.text is not None and shape.text.name and not shape.text.fits(text) and shape.text.fits(text.strip()):
            return Cure(
                _("Take the blanks around “{value}” away.").format(value=text.strip()),
                (splice.set_text(place.document, element, text.strip()),),
            )
    return None


def boolean_value(place: Place) -> Cure | None:
    """A boolean claim compared with `True` or `False`, as Azure writes them."""
    condition = place.only("Precondition")
    values = condition.all("Value") if condition is not None else []
    claim = place.view.effective.claim_types.get(key(values[0].text.strip())) if len(values) == 2 else None
    if claim is None or claim.data_type != "boolean" or values[1].text.strip() not in ("true", "false"):
        return None
    right = values[1].text.strip().capitalize()
    change = splice.set_text(place.document, values[1], right)
    return Cure(_("Write “{right}” for “{written}”.").format(right=right, written=values[1].text.strip()), (change,))


def profile_id(place: Place) -> Cure | None:
    """The relying party's technical profile by the name that Microsoft asks for."""
    party = place.document.root.child("RelyingParty")
    profiles = party.all("TechnicalProfile") if party is not None else []
    if len(profiles) != 1:
        return None
    change = splice.set_attribute(place.document, profiles[0], "Id", "PolicyProfile")
    return Cure(
        _("Write “{right}” for “{written}”.").format(right="PolicyProfile", written=profiles[0].get("Id")), (change,)
    )


def placeholder(place: Place) -> Cure | None:
    """Sample text replaced by what a draft knows, or a sample tenant by the one that the rest of the set names."""
    known = dict(place.known)
    tenants = {key(p.tenant_id): p.tenant_id for p in place.set.policies if p.tenant_id and not sample_in(p.tenant_id)}
    if len(tenants) == 1:
        (tenant,) = tenants.values()
        known = {**dict.fromkeys(_TENANT_SAMPLES, tenant), "yourtenant": tenant.partition(".")[0], **known}
    comments = [(comment.start, comment.end) for comment in place.document.comments]
    splices: list[Splice] = []
    for written in sorted(known, key=len, reverse=True):
        for found in re.finditer(re.escape(written.encode()) + rb"(?![A-Za-z0-9_])", place.document.body):
            start, end = found.span()
            taken = any(one.start < end and start < one.end for one in splices)
            if not taken and not any(first <= start < last for first, last in comments):
                splices.append(Splice(start, end, splice.attribute_text(known[written])))
    return Cure(_("Replace the sample text by your own values."), tuple(splices)) if splices else None
