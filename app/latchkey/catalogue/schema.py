"""The form of a provider file as a JSON schema, for editors: made from the dataclasses that the loader reads by.

`make schema` writes it to `resources/schema/provider.json`; a test says when that is due. It knows the form only: what
values may say is told by the loader.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from inspect import getdoc
from typing import Any, Literal, get_args, get_origin

from latchkey.catalogue.entries import Entry
from latchkey.catalogue.shape import keys_of, without_none

DRAFT = "http://json-schema.org/draft-07/schema#"


def schema_text() -> str:
    """The schema as the file holds it."""
    schema = {"$schema": DRAFT, "title": "Latchkey provider", **_of(Entry)}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _of(kind: Any) -> dict[str, Any]:
    kind = without_none(kind)
    origin = get_origin(kind)
    if is_dataclass(kind):
        return _table(kind)
    if origin is Literal:
        return {"enum": list(get_args(kind))}
    if origin is tuple:
        return {"type": "array", "items": _of(get_args(kind)[0])}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": {"type": "string"}}
    return {"type": {str: "string", bool: "boolean", int: "integer"}[kind]}


def _table(form: Any) -> dict[str, Any]:
    defaults = {field.name: field.default for field in fields(form) if isinstance(field.default, str | bool | int)}
    properties = {}
    for key in keys_of(form):
        shown = {"default": defaults[key.name]} if defaults.get(key.name, MISSING) not in (MISSING, "") else {}
        properties[key.name] = _of(key.kind) | shown
    return {
        "type": "object",
        "description": " ".join((getdoc(form) or "").split()),
        "additionalProperties": False,
        "required": [key.name for key in keys_of(form) if key.required],
        "properties": properties,
    }
