"""Rules on the structure of a file, each a part of what the one walk over it finds (`latchkey.check.structure`)."""

from __future__ import annotations

from latchkey.check import structure
from latchkey.check.rule import Hits
from latchkey.check.view import View


def order(view: View) -> Hits:
    """Elements stand where the schema has them, in its order: "The element … has invalid child element …. List of
    possible elements expected: …" (https://github.com/MicrosoftDocs/azure-docs/issues/99326).
    """
    return _of(view, structure.ORDER)


def empty(view: View) -> Hits:
    """Lists that the schema wants filled are left out rather than left empty.

    https://learn.microsoft.com/azure/active-directory-b2c/trustframeworkpolicy
    """
    return _of(view, structure.EMPTY)


def behaviors(view: View) -> Hits:
    """The parts of UserJourneyBehaviors stand in the schema's order.

    https://github.com/MicrosoftDocs/azure-docs/issues/101198
    """
    return _of(view, structure.BEHAVIORS)


def values(view: View) -> Hits:
    """Where the schema lists what is possible, one of these is written, with these capitals.

    https://learn.microsoft.com/azure/active-directory-b2c/trustframeworkpolicy
    """
    return _of(view, structure.VALUES)


def valid(view: View) -> Hits:
    """Attributes and texts are those that the schema knows.

    https://learn.microsoft.com/azure/active-directory-b2c/trustframeworkpolicy
    """
    return _of(view, structure.SCHEMA)


def _of(view: View, rule: str) -> Hits:
    return iter(view.structure.get(rule, ()))
