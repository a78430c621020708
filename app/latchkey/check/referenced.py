"""Rules on names that must be defined: in the same file or in what it builds on.

https://learn.microsoft.com/azure/active-directory-b2c/troubleshoot-custom-policies lists the refusals: "makes a
reference to ClaimType with id … but neither the policy nor any of its base policies contain such an element".
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

from latchkey.check.finding import Level
from latchkey.check.gather import Ref
from latchkey.check.rule import Hit, Hits
from latchkey.check.suggest import similar
from latchkey.check.view import View, whole
from latchkey.policy.model import OrchestrationStep, TrustFrameworkPolicy, Where
from latchkey.policy.names import key
from latchkey.policy.policy_set import PolicySet
from latchkey.text import _

_GUESSES = 10  # per rule and file: comparing names is slow, and a hostile file may miss any number
# What the WeChat, QQ and Weibo articles and older packs call the provider's number for a person.
_USER_KEYS = ("issueruserid", "socialidpuserid", "userid")


class _Defined(Protocol):
    @property
    def id(self) -> str: ...


class _Missing(NamedTuple):
    """An id that nothing defines: its first use, and how many other ids were missing before it."""

    first: Ref
    number: int


def _missing(refs: Iterable[Ref], defined: Mapping[str, _Defined]) -> Iterator[_Missing]:
    first: dict[str, Ref] = {}
    for ref in refs:
        name = key(ref.id)
        if name not in defined:
            first.setdefault(name, ref)
    for number, ref in enumerate(first.values()):
        yield _Missing(ref, number)


def _hint(
    view: View,
    missing: _Missing,
    defined: Mapping[str, _Defined],
    defines: Callable[[TrustFrameworkPolicy], Iterable[_Defined]],
) -> str:
    """What to do about a name that nothing defines."""
    if missing.number < _GUESSES:
        name = key(missing.first.id)
        for policy in view.set.policies:
            if any(key(item.id) == name for item in defines(policy)):
                return _(
                    "{file} defines it, but this file does not build on that one; put it where both can see it."
                ).format(file=policy.file)
        guess = similar(missing.first.id, (item.id for item in defined.values()))
        if guess:
            return _("Did you mean “{guess}”?").format(guess=guess)
    return _("Add the definition, or take the reference out.")


def claim_type_exists(view: View) -> Hits:
    """Every claim that is used stands in the ClaimsSchema of the file or of one it builds on.

    "makes a reference to ClaimType with id "socialIdpUserId" but neither the policy nor any of its base policies
    contain such an element" (https://github.com/MicrosoftDocs/azure-docs/issues/27602).
    """
    defined = view.effective.claim_types
    for missing in _missing(view.references.claims, defined):
        first = missing.first
        if key(first.id) in _USER_KEYS:
            known = next((defined[name].id for name in _USER_KEYS if name in defined), "")
            hint = _("Your policies call a person's number at the provider “{claim}”: write that.").format(claim=known)
        else:
            known, hint = "", ""
        yield Hit(
            first.where,
            _("“{owner}” uses the claim “{claim}”, which neither this policy nor what it builds on defines.").format(
                owner=first.owner, claim=first.id
            ),
            hint if known else _hint(view, missing, defined, lambda policy: policy.claim_types),
            about=key(first.id),
        )


def transformation_exists(view: View) -> Hits:
    """Every claims transformation that is called is defined."""
    defined = view.effective.claims_transformations
    for missing in _missing(view.references.transformations, defined):
        yield Hit(
            missing.first.where,
            _("“{owner}” calls the claims transformation “{id}”, which does not exist.").format(
                owner=missing.first.owner, id=missing.first.id
            ),
            _hint(view, missing, defined, lambda policy: policy.claims_transformations),
            about=key(missing.first.id),
        )


def profile_exists(view: View) -> Hits:
    """Every technical profile that is named exists: by steps, validation, session management, issuers and controls.

    AADB2C90021 (https://learn.microsoft.com/azure/active-directory-b2c/error-codes).
    """
    defined = view.effective.technical_profiles
    for missing in _missing(view.references.profiles, defined):
        yield Hit(
            missing.first.where,
            _("“{owner}” points to the technical profile “{id}”, which does not exist.").format(
                owner=missing.first.owner, id=missing.first.id
            ),
            _hint(view, missing, defined, lambda policy: policy.technical_profiles),
            about=key(missing.first.id),
        )


def include_exists(view: View) -> Hits:
    """What a technical profile includes is in the same policy or in one below it, and nothing includes itself.

    https://learn.microsoft.com/azure/active-directory-b2c/technicalprofiles#include-technical-profile
    """
    profiles = view.effective.technical_profiles
    for missing in _missing(view.references.included_profiles, profiles):
        yield Hit(
            missing.first.where,
            _("“{owner}” includes the technical profile “{id}”, which does not exist.").format(
                owner=missing.first.owner, id=missing.first.id
            ),
            _hint(view, missing, profiles, lambda policy: policy.technical_profiles),
            about=key(missing.first.id),
        )
    clear: set[str] = set()
    for ref in view.references.included_profiles:
        trail: dict[str, None] = {}
        name = key(ref.owner)
        while name not in clear and name not in trail:
            trail[name] = None
            profile = profiles.get(name)
            if profile is None or profile.include is None:
                break
            name = key(profile.include.id)
        else:
            if name in trail and name == key(ref.owner):
                yield Hit(
                    ref.where,
                    _("The technical profile “{id}” includes itself, directly or through others.").format(id=ref.owner),
                    _("Take this IncludeTechnicalProfile out, or name the profile that was meant."),
                )
        clear.update(trail)


def content_definition_exists(view: View) -> Hits:
    """Every page that is named is defined, and steps with a page name one.

    AADB2C90277 (https://learn.microsoft.com/azure/active-directory-b2c/error-codes).
    """
    defined = view.effective.content_definitions
    for missing in _missing(view.references.content_definitions, defined):
        yield Hit(
            missing.first.where,
            _("“{owner}” shows the page “{id}”, which no content definition describes.").format(
                owner=missing.first.owner, id=missing.first.id
            ),
            _hint(view, missing, defined, lambda policy: policy.content_definitions),
            about=key(missing.first.id),
        )
    for journey in view.all_journeys:
        for step in journey.steps:
            if step.type in ("CombinedSignInAndSignUp", "ClaimsProviderSelection") and not step.content_definition:
                yield Hit(
                    step.where,
                    _("Step {order} of “{journey}” shows sign-in buttons but names no page for them.").format(
                        order=step.order, journey=journey.id
                    ),
                    _("Give it a ContentDefinitionReferenceId, usually api.signuporsignin."),
                    about=f"{key(journey.id)} {step.order}",
                )


def others_exist(view: View) -> Hits:
    """Sub journeys, translations, display controls, predicates … that are named are defined."""
    effective, refs = view.effective, view.references
    yield from _no_such(view, refs.sub_journeys, effective.sub_journeys, lambda policy: policy.sub_journeys)
    yield from _no_such(
        view, refs.localized_resources, effective.localized_resources, lambda policy: policy.localized_resources
    )
    for kind in dict.fromkeys(kind for kind, _ref in refs.blocks):
        of_kind = [ref for found, ref in refs.blocks if found == kind]
        defined = {name: block for (found, name), block in effective.blocks.items() if found == kind}
        yield from _no_such(view, of_kind, defined, lambda policy: policy.blocks)


def _no_such(
    view: View,
    refs: Iterable[Ref],
    defined: Mapping[str, _Defined],
    defines: Callable[[TrustFrameworkPolicy], Iterable[_Defined]],
) -> Hits:
    for missing in _missing(refs, defined):
        yield Hit(
            missing.first.where,
            _("“{owner}” names “{id}”, which is defined nowhere.").format(
                owner=missing.first.owner, id=missing.first.id
            ),
            _hint(view, missing, defined, defines),
            about=key(missing.first.id),
        )


def id_case_drift(view: View) -> Hits:
    """Names are written as they are defined; other capitals work today, since Azure compares without case."""
    effective, refs = view.effective, view.references
    groups: tuple[tuple[Iterable[Ref], Mapping[str, Any]], ...] = (
        (refs.claims, effective.claim_types),
        (refs.transformations, effective.claims_transformations),
        (refs.profiles, effective.technical_profiles),
        (refs.included_profiles, effective.technical_profiles),
        (refs.content_definitions, effective.content_definitions),
        (refs.sub_journeys, effective.sub_journeys),
    )
    for group, defined in groups:
        told: set[str] = set()
        for ref in group:
            definition = defined.get(key(ref.id))
            if definition is not None and definition.id != ref.id and ref.id not in told:
                told.add(ref.id)
                yield Hit(
                    ref.where,
                    _("“{written}” is defined as “{defined}”; only capitals differ.").format(
                        written=ref.id, defined=definition.id
                    ),
                    _("It works, but write “{defined}”.").format(defined=definition.id),
                )


def duplicate_id(view: View) -> Hits:
    """Within a file every id is given once; the schema says so for technical profiles, journeys, claims and the rest.

    https://learn.microsoft.com/azure/active-directory-b2c/trustframeworkpolicy. The schema compares exactly, the
    service without case: ids that differ in capitals only are a warning.
    """
    policy = view.policy
    yield from _twice((c.id, c.where) for c in policy.claim_types)
    yield from _twice((t.id, t.where) for t in policy.claims_transformations)
    yield from _twice((c.id, c.where) for c in policy.content_definitions)
    yield from _twice((p.id, p.where) for p in policy.technical_profiles)
    yield from _twice((j.id, j.where) for j in policy.journeys)
    yield from _twice((j.id, j.where) for j in policy.sub_journeys)
    for kind in dict.fromkeys(block.kind for block in policy.blocks):
        yield from _twice((block.id, block.where) for block in policy.blocks if block.kind == kind)
    for profile in policy.technical_profiles:
        if len(profile.validation_profiles) > 1:
            yield from _twice((v.id, v.where) for v in profile.validation_profiles)
    for journey in (*policy.journeys, *policy.sub_journeys):
        orders: dict[int | None, OrchestrationStep] = {}
        for step in journey.steps:
            before = orders.setdefault(step.order, step)
            if before is not step and step.order is not None:
                yield Hit(
                    step.where,
                    _("“{journey}” has two steps with the number {order} (also in line {line}).").format(
                        journey=journey.id, order=step.order, line=before.where.line
                    ),
                    _("Number the steps 1, 2, 3 … in the order in which they run."),
                )


def _twice(ids: Iterable[tuple[str, Where]]) -> Hits:
    first: dict[Hashable, tuple[str, Where]] = {}
    for name, where in ids:
        before = first.setdefault(key(name), (name, where))
        if before[1] is where:
            continue
        if before[0] == name:
            yield Hit(
                where,
                _("“{id}” is there already in line {line} of this file.").format(id=name, line=before[1].line),
                _("Give it another name, or take one of the two out."),
            )
        else:
            yield Hit(
                where,
                _(
                    "“{id}” differs from “{other}” in line {line} only by capitals; Azure takes them for the same."
                ).format(id=name, other=before[0], line=before[1].line),
                _("Give one of them another name."),
                level=Level.WARNING,
            )


def duplicate_metadata(view: View) -> Hits:
    """A metadata key is given once per technical profile; of two the service takes one."""
    for profile in view.policy.technical_profiles:
        if len(profile.metadata) > 1:
            first: dict[str, int] = {}
            for item in profile.metadata:
                line = first.setdefault(item.key, item.where.line)
                if line != item.where.line:
                    yield Hit(
                        item.where,
                        _("“{profile}” has the metadata item “{key}” twice (also in line {line}).").format(
                            profile=profile.id, key=item.key, line=line
                        ),
                        _("Keep one of the two."),
                    )


def localized_button(policy_set: PolicySet) -> Hits:
    """A translated button text names the button's ClaimsExchange, else it has no effect.

    https://learn.microsoft.com/azure/active-directory-b2c/localization#localizedstrings (ElementType ClaimsProvider)
    """
    if not all(whole(policy_set, policy) for policy in policy_set.policies):
        return  # the exchange may be in a file that is not here
    exchanges = {
        key(exchange.id): exchange.id
        for policy in policy_set.policies
        for journey in (*policy.journeys, *policy.sub_journeys)
        for step in journey.steps
        for exchange in step.exchanges
    }
    for policy in policy_set.policies:
        told: set[str] = set()
        for resources in policy.localized_resources:
            for string in resources.strings:
                name = key(string.string_id)
                if string.element_type == "ClaimsProvider" and name not in exchanges and name not in told:
                    told.add(name)
                    guess = similar(string.string_id, exchanges.values())
                    yield Hit(
                        string.where,
                        _("This button text is for “{id}”, but no sign-in button has that exchange.").format(
                            id=string.string_id
                        ),
                        _("Did you mean “{guess}”?").format(guess=guess)
                        if guess
                        else _("Write the id of the button's ClaimsExchange, or take the text out."),
                    )
