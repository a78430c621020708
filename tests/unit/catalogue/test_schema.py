"""The JSON schema of provider files is current, and says what the loader says."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest

from latchkey.catalogue.schema import schema_text
from latchkey.paths import resource

SCHEMA = json.loads(schema_text())
FILES = sorted(resource("providers").glob("*.toml"))


def test_the_file_is_current() -> None:
    assert resource("schema", "provider.json").read_text("utf-8") == schema_text(), "run: make schema"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_fits(path: Any) -> None:
    assert wrong(tomllib.loads(path.read_text("utf-8")), SCHEMA) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("title",), 5), (("colour",), "red"), (("protocol",), "OAuth3"), (("settings", 0, "kind"), "number"),
        (("gives_email",), "no"), (("ids", "sufix"), "x"), (("claims", "displayName"), 1), (("search",), "x"),
    ],
)  # fmt: skip
def test_what_the_loader_refuses_for_its_form_does_not_fit(path: tuple[Any, ...], value: Any) -> None:
    data = tomllib.loads(resource("providers", "openid-connect.toml").read_text("utf-8"))
    place: Any = data
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    assert len(wrong(data, SCHEMA)) == 1


def test_what_must_be_there_is_asked_for() -> None:
    assert {"type", "title", "protocol", "ids", "claims", "metadata"} <= set(SCHEMA["required"])
    assert "domain" not in SCHEMA["required"]
    assert SCHEMA["properties"]["gives_email"] == {"type": "boolean", "default": True}


def wrong(value: Any, schema: dict[str, Any], at: str = "") -> list[str]:
    """The small part of JSON schema that this one uses."""
    if "enum" in schema:
        return [] if value in schema["enum"] else [at]
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int}
    if not isinstance(value, kinds[schema["type"]]):
        return [at]
    found = []
    if isinstance(value, dict):
        known, others = schema.get("properties", {}), schema["additionalProperties"]
        found += [f"{at}.{name}" for name in schema.get("required", []) if name not in value]
        for name, item in value.items():
            inner = known.get(name, others)
            found += [f"{at}.{name}"] if inner is False else wrong(item, inner, f"{at}.{name}")
    if isinstance(value, list):
        for number, item in enumerate(value):
            found += wrong(item, schema["items"], f"{at}[{number}]")
    return found
