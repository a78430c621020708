"""Whatever needs attention: choosing it in the list puts the cursor into the field that it is about."""

from __future__ import annotations

import re
from typing import Any

import pytest

from latchkey.draft import edits
from latchkey.draft.draft import Draft


def unanswered() -> Draft:
    """Everything is missing."""
    draft = Draft()
    for number, kind in enumerate(("wechat", "openid-connect", "saml")):
        draft = edits.add_provider(kind, kind, f"k{number}").apply(draft)
    return draft


def wrong(catalogue: Any) -> Draft:
    """Everything is answered, and wrong."""
    draft = unanswered()
    changes = [
        edits.set_tenant_name("bad name!"), edits.set_custom_domain("https://x/"), edits.set_object_id("zz"),
        edits.set_id_prefix("1 !"), edits.set_journey_id("1 !"), edits.set_ief_app_id("x"),
        edits.set_proxy_ief_app_id("x"), edits.set_test_app_id("x"), edits.set_test_reply_url("x"),
    ]  # fmt: skip
    for row in draft.providers:
        changes += [
            edits.set_client_id(row.key, "bad id", "x"), edits.set_policy_key(row.key, "bad key!", "x"),
            edits.set_domain_hint(row.key, "bad hint!", "x"), edits.set_provider_id(row.key, "1 bad", "x"),
            *(edits.set_setting(row.key, one.name, "http://bad value", "x") for one in catalogue[row.type].settings),
        ]  # fmt: skip
    for change in changes:
        draft = change.apply(draft)
    return draft


@pytest.mark.parametrize("kind", ["unanswered", "wrong", "user-flow"])
def test_every_finding_leads_to_its_field(wizard: Any, kind: str) -> None:
    draft = unanswered() if kind == "unanswered" else wrong(wizard.session.catalogue)
    if kind == "user-flow":
        draft = edits.set_kind("user-flow").apply(edits.set_user_flow_name("1 !").apply(draft))
    wizard.session.attempt(edits.replace_all(draft, "x"))
    window = wizard.window
    window.activateWindow()
    lost, seen = [], set()
    for finding in wizard.session.findings:
        known = (finding.rule, re.sub("[0-9]", "", finding.field))
        if known in seen:
            continue
        seen.add(known)
        window.content.go_to(finding)
        page, focus = window.content.page, window.focusWidget()
        if focus is None or focus is page or not page.isAncestorOf(focus):
            lost.append((*known, page.step))
    assert len(seen) >= 4
    assert lost == []
