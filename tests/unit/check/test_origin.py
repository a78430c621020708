"""A finding on composed files leads to the answer that it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from latchkey.catalogue.loader import load_catalogue
from latchkey.check.checker import check_set
from latchkey.check.origin import traced
from latchkey.compose.composer import compose
from latchkey.draft.store import load
from latchkey.policy.policy_set import PolicyFile, PolicySet

EXAMPLE = Path(__file__).parents[3] / "resources" / "examples" / "contoso.latchkey.toml"


def last_replaced(data: bytes, old: bytes, new: bytes) -> bytes:
    """Providers' own profiles stand behind those of the pack."""
    head, found, tail = data.rpartition(old)
    return head + new + tail if found and b"</UserJourneys>" in data and b"<BasePolicy>" in data else data


@pytest.mark.parametrize(
    ("old", "new", "rule", "field"),
    [
        ("wx0123456789abcdef", "", "client-id-present", "client_id"),
        ('Key="response_types"', 'Key="response_type"', "metadata-known", "settings"),
        ("<OutputClaim ClaimTypeReferenceId=\"issuerUserId\"", "<OutputClaim ClaimTypeReferenceId=\"UserId\"", "claim-type-exists", "claims"),
    ],
)  # fmt: skip
def test_a_finding_leads_to_the_providers_answer(old: str, new: str, rule: str, field: str) -> None:
    draft = load(EXAMPLE)
    composed = compose(draft, load_catalogue())
    files = [PolicyFile(f.file, last_replaced(f.data, old.encode(), new.encode())) for f in composed.files]
    assert any(a.data != b.data for a, b in zip(files, composed.files, strict=True))
    policy_set = PolicySet.of(files)
    traces = traced(check_set(policy_set, ours=True), policy_set, composed.setup)
    found = [f for f in traces if f.rule == rule]
    assert found
    changed = [b for a, b in zip(files, composed.files, strict=True) if a.data != b.data][-1]
    line = changed.data[: changed.data.rindex(old.encode())].count(b"\n") + 1
    for finding in found:
        number = int(finding.field.partition("[")[2].partition("]")[0])
        provider = composed.setup.providers[number]
        assert finding.field == f"providers[{number}].{field}"
        assert finding.provider == provider.provider.key
        around = changed.data.split(b"\n")[:line]
        assert any(provider.technical_profile.encode() in text for text in around[-40:])


def test_a_finding_on_the_set_leads_to_the_tenant() -> None:
    composed = compose(load(EXAMPLE), load_catalogue())
    first, *rest = composed.files
    policy_set = PolicySet.of(
        [PolicyFile(first.file, first.data.replace(b'TenantId="contoso.', b'TenantId="other.', 1)), *rest]
    )
    found = traced(check_set(policy_set, ours=True), policy_set, composed.setup)
    assert {(f.rule, f.field, f.provider) for f in found} == {("tenant-matches", "tenant.name", "")}
