"""Every composed file validates against Microsoft's schema, repaired in memory."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from helpers.composing import catalogue, draft, example, provider
from latchkey.compose.composer import compose
from latchkey.draft.draft import ClaimSource, Draft


def everything(accounts: str, **fields: object) -> Draft:
    """All provider types, languages and an extra claim."""
    chosen = [provider(type_, names={"ja": "名前", "pt-br": "nome"}) for type_ in catalogue()]
    extra = provider("openid-connect", name="Extra", claims={"city": ClaimSource("locality", "-", always=True)})
    return draft(accounts, *chosen, extra, **fields)


DRAFTS = {
    "contoso": example("contoso"),
    "china": example("china"),
    "social-only": example("social-only"),
    "social": everything("social"),
    "local": everything("social-and-local", cloud="us-government"),
    "mfa": everything("social-and-local-mfa", include=()),
    "separate": everything("social-and-local-mfa", password_reset="separate", ask_email="yes"),
    "asked": everything("social", ask_email="verified", page_design="classic"),
}


@cache
def schema(path: Path) -> etree.XMLSchema:
    """XSD patterns have no anchors, and `\\/` is no escape in them: with both, nothing would match."""
    text = re.sub(
        r'(<xs:pattern value=")\^?(.*?)\$?(")',
        lambda found: found[1] + found[2].replace("\\/", "/") + found[3],
        path.read_text("utf-8"),
    )
    return etree.XMLSchema(etree.fromstring(text.encode()))


@pytest.mark.parametrize("name", DRAFTS)
def test_files_are_valid(name: str, reference: Path) -> None:
    rules = schema(reference / "corpus/starterpack/TrustFrameworkPolicy_0.3.0.0.xsd")
    for file in compose(DRAFTS[name], catalogue()).files:
        assert rules.validate(etree.fromstring(file.data)), f"{file.file}: {rules.error_log}"
