"""What is composed, whole: the sets of the three drafts that ship, and one claims provider for each catalogue entry."""

from __future__ import annotations

import re

import pytest

from helpers.composing import catalogue, draft, example, filled
from helpers.golden import Golden
from latchkey.compose.composer import compose

ENTRIES = sorted(catalogue())


@pytest.mark.parametrize("name", ["contoso", "china", "social-only"])
def test_sets(name: str, golden: Golden) -> None:
    golden.check_folder(f"sets/{name}", {file.file: file.data for file in compose(example(name), catalogue()).files})


@pytest.mark.parametrize("type_", ENTRIES)
def test_claims_providers(type_: str, golden: Golden) -> None:
    made = compose(draft("social", filled(catalogue()[type_])), catalogue())
    extensions = made.files[2].data.decode("ascii")
    provider = re.search(r"(?s)  <ClaimsProviders>\n(.*?)  </ClaimsProviders>", extensions)
    assert provider is not None
    golden.check(f"providers/{type_}.xml", provider[1])
