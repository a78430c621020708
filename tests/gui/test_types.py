"""The page of every provider type, filled with its examples: it shows, nothing stands against it, and it keeps no file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from helpers.composing import catalogue, draft, filled
from latchkey.draft import store

TYPES = sorted(catalogue())


@pytest.mark.parametrize("type_", TYPES)
def test_a_page_for_every_type(type_: str, make_wizard: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "one.latchkey.toml"
    store.save(draft("social", replace(filled(catalogue()[type_]), name="One")), file)
    wizard = make_wizard(file)
    (row,) = wizard.session.draft.providers
    wizard.session.go(f"provider:{row.key}")
    page = wizard.window.content.page
    entry = catalogue()[type_]
    assert page.credentials.client_id.isVisibleTo(page) == (entry.client_id is not None)
    # A certificate is a file that goes straight to Azure: there is nothing to type and to keep.
    assert page.credentials.secret.isVisibleTo(page) == entry.keeps_secret(row.settings)
    assert len(page.settings.settings) == len(entry.settings)
