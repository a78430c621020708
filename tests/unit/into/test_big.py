"""A folder of many policies: nothing is read twice, and work grows with the number of files, not faster."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from helpers.big_set import big_set
from helpers.composing import catalogue, draft, provider
from latchkey.check.checker import check_set
from latchkey.compose.into.importing import import_set
from latchkey.compose.into.plan import plan_into
from latchkey.policy import policy_set as module
from latchkey.policy.effective import inherit
from latchkey.policy.folder import read_set
from latchkey.policy.policy_set import PolicySet
from latchkey.policy.reader import Document, PolicyFile, read

COUNT = 60
WANTED = draft(
    "social-and-local", *(provider(name) for name in ("facebook", "wechat", "qq", "openid-connect")),
    relying_parties=("B2C_1A_party11",),
)  # fmt: skip


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Counter[tuple[str, int]]:
    """How often each content of each file has been parsed."""
    found: Counter[tuple[str, int]] = Counter()

    def counting(file: PolicyFile) -> Document:
        found[file.file, hash(file.data)] += 1
        return read(file)

    monkeypatch.setattr(module, "read", counting)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in big_set(COUNT):
        (tmp_path / file.file).write_bytes(file.data)
    return tmp_path


def test_opening_resolving_and_checking_reads_each_file_once(folder: Path, reads: Counter[tuple[str, int]]) -> None:
    policy_set = read_set(folder)
    for policy in policy_set.policies:
        policy_set.effective(policy)
    assert check_set(policy_set) == ()
    assert len(policy_set.policies) == COUNT
    assert len(reads) == COUNT
    assert set(reads.values()) == {1}


def test_planning_reads_only_what_it_changes(folder: Path, reads: Counter[tuple[str, int]]) -> None:
    policy_set = read_set(folder)
    plan = plan_into(policy_set, WANTED, catalogue())
    assert len(plan.changes) == 1
    assert sum(reads.values()) == COUNT + 1
    check_set(plan.after)
    import_set(plan.after, catalogue())
    assert max(reads.values()) <= 2
    assert sum(reads.values()) <= COUNT + 3


def test_each_level_is_resolved_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    levels: Counter[str] = Counter()

    def counting(parent: module.Effective | None, policy: module.TrustFrameworkPolicy) -> module.Effective:
        levels[policy.id] += 1
        return inherit(parent, policy)

    monkeypatch.setattr(module, "inherit", counting)
    policy_set = read_set(folder)
    check_set(policy_set)
    assert len(levels) == COUNT
    assert set(levels.values()) == {1}


def test_the_set_is_sound_at_the_limit() -> None:
    policy_set = PolicySet.of(big_set(200))
    assert (len(policy_set.policies), policy_set.broken, check_set(policy_set)) == (200, (), ())
