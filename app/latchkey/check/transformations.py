"""Rules on claims transformations: do the names fit the method?"""

from __future__ import annotations

from collections.abc import Iterable

from latchkey.check.facts import SIGNATURES
from latchkey.check.rule import Hit, Hits
from latchkey.check.suggest import similar
from latchkey.check.view import View
from latchkey.policy.model import ClaimsTransformation, Where
from latchkey.text import _, join_list


def signature(view: View) -> Hits:
    """Claims and parameters carry the names that the method gives them: "The InputClaims mismatched in
    ClaimsTransformation with id …" (https://github.com/azure-ad-b2c/samples/issues/515).

    The names: https://learn.microsoft.com/azure/active-directory-b2c/claimstransformations. Methods that take any
    names, and methods not known here, are left alone.
    """
    if not view.policy.claims_transformations:
        return
    known = {method.lower(): found for method, found in SIGNATURES.items()}
    for transformation in view.policy.claims_transformations:
        expected = known.get(transformation.method.lower())
        if expected is None:
            continue
        inputs = [(claim.name, claim.where) for claim in transformation.inputs]
        parameters = [(parameter.id, parameter.where) for parameter in transformation.parameters]
        outputs = [(claim.name, claim.where) for claim in transformation.outputs]
        yield from _compare(transformation, inputs, expected.inputs, expected.inputs_too)
        yield from _compare(transformation, parameters, expected.parameters, expected.parameters_too)
        yield from _compare(transformation, outputs, expected.outputs, expected.outputs_too)


def _compare(transformation: ClaimsTransformation, found: Iterable[tuple[str, Where]], must: str, may: str) -> Hits:
    wanted, also = must.split(), may.split()
    there = [name.lower() for name, _where in found]
    missing = [name for name in wanted if name.lower() not in there]
    allowed = {name.lower() for name in (*wanted, *also)}
    for name, where in found:
        if name.lower() not in allowed:
            guess = missing.pop(0) if len(missing) == 1 else similar(name, missing)
            if guess in missing:
                missing.remove(guess)
            yield Hit(
                where,
                _("“{id}” uses the name “{name}”, which {method} does not have.").format(
                    id=transformation.id, name=name, method=transformation.method
                ),
                _("Write “{name}”.").format(name=guess)
                if guess
                else _("It has: {names}.").format(names=join_list((*wanted, *also)) or "–"),
            )
    if missing:
        yield Hit(
            transformation.where,
            _("“{id}” lacks “{names}”, which {method} needs.").format(
                id=transformation.id, names=join_list(missing), method=transformation.method
            ),
            _("Add it with that TransformationClaimType (for a claim) or Id (for a parameter)."),
        )
