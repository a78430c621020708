"""The example drafts say what the agreed ones say."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from latchkey.catalogue.loader import load_catalogue
from latchkey.paths import resource

NAMES = ["contoso", "china", "social-only"]


@pytest.mark.parametrize("name", NAMES)
def test_example_equals_the_agreed_one(name: str, reference: Path) -> None:
    agreed = tomllib.loads((reference / f"contract/{name}.latchkey.toml").read_text("utf-8"))
    assert tomllib.loads(resource("examples", f"{name}.latchkey.toml").read_text("utf-8")) == agreed


@pytest.mark.parametrize("name", NAMES)
def test_example_uses_types_and_settings_of_the_catalogue(name: str) -> None:
    catalogue = load_catalogue()
    for provider in tomllib.loads(resource("examples", f"{name}.latchkey.toml").read_text("utf-8"))["providers"]:
        entry = catalogue[provider["type"]]
        assert {setting.name for setting in entry.settings if setting.required} <= set(provider.get("settings", {}))
        for setting, value in provider.get("settings", {}).items():
            stated = entry.setting(setting)
            assert stated is not None
            assert not stated.choices or value in stated.choices
