"""Whole guides as people get them: text, JSON and pages, in both languages."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from helpers.composing import catalogue, example
from helpers.golden import Golden
from latchkey.draft.draft import Draft, Policies
from latchkey.guide.guide import make_guide, to_json, to_text
from latchkey.guide.html import handover_html, to_html
from latchkey.guide.output import handover_text
from latchkey.text import LANGUAGES

NAMES = ("contoso", "china", "social-only", "user-flow")


def sample(name: str) -> Draft:
    if name != "user-flow":
        return example(name)
    found = example("contoso")
    return replace(found, policies=Policies(kind="user-flow", test_app_id=found.policies.test_app_id))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_guides(golden: Golden, name: str, language: str) -> None:
    made = sample(name)
    guide = make_guide(made, catalogue(), language=language)
    done = {"wechat/register/1", "go-live/keys/TokenSigningKeyContainer"}
    golden.check_folder(
        f"guide/{name}.{language}",
        {
            "guide.txt": to_text(guide),
            "guide.json": json.dumps(to_json(guide), ensure_ascii=False, indent=1) + "\n",
            "guide.html": to_html(guide, done),
        },
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets(golden: Golden, language: str) -> None:
    guide = make_guide(example("contoso"), catalogue(), language=language)
    sheets = {}
    for provider in guide.providers:
        sheets[f"{provider.slug}.txt"] = handover_text(guide, provider.key)
        sheets[f"{provider.slug}.html"] = handover_html(guide, provider.key)
    golden.check_folder(f"guide/sheets.{language}", sheets)
