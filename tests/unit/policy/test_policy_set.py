"""Sets: chains without case, what is missing, circles, one bad file among good ones."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.policy_files import claims, policy, policy_set
from latchkey.errors import Unreadable
from latchkey.policy.folder import read_file, read_folder, read_set, subfolders
from latchkey.policy.policy_set import PolicyFile


def test_chains_are_found_without_case() -> None:
    files = policy_set(
        policy("B2C_1A_Leaf", base="b2c_1a_MIDDLE"), policy("B2C_1A_Middle", base="B2C_1A_ROOT"), policy("B2C_1A_Root")
    )
    chain = files.chain(files.policies[0])
    assert [p.id for p in chain.policies] == ["B2C_1A_Leaf", "B2C_1A_Middle", "B2C_1A_Root"]
    assert chain.complete
    assert [p.id for p in files.upload_order()] == ["B2C_1A_Root", "B2C_1A_Middle", "B2C_1A_Leaf"]
    root = files.find("b2c_1a_root")
    assert root is not None
    assert [p.id for p in files.children(root)] == ["B2C_1A_Middle"]


def test_a_missing_base_ends_the_chain_and_is_named() -> None:
    files = policy_set(policy("B2C_1A_Leaf", claims("a"), base="B2C_1A_Gone"))
    chain = files.chain(files.policies[0])
    assert not chain.complete
    assert chain.missing is not None
    assert chain.missing.policy_id == "B2C_1A_Gone"
    assert "a" in files.effective(files.policies[0]).claim_types


@pytest.mark.parametrize("bases", [("A", "A"), ("B", "A"), ("B", "C", "A")])
def test_circles_end(bases: tuple[str, ...]) -> None:
    ids = "ABC"[: len(bases)]
    files = policy_set(*(policy(f"B2C_1A_{i}", claims(i), f"B2C_1A_{b}") for i, b in zip(ids, bases, strict=True)))
    for one in files.policies:
        assert files.chain(one).cycle
        assert files.effective(one).claim_types
    assert len(files.upload_order()) == len(bases)


def test_one_broken_file_does_not_hide_the_rest() -> None:
    files = policy_set(PolicyFile("bad.xml", b"<a"), policy("B2C_1A_Root"), PolicyFile("other.xml", b"<project/>"))
    assert [b.file for b in files.broken] == ["bad.xml"]
    assert files.others == ("other.xml",)
    assert [p.id for p in files.policies] == ["B2C_1A_Root"]


def test_of_two_files_with_one_id_the_first_stands_in_chains() -> None:
    files = policy_set(policy("B2C_1A_X", claims("a"), file="1.xml"), policy("b2c_1a_x", claims("b"), file="2.xml"))
    found = files.find("B2C_1A_x")
    assert found is not None
    assert found.file == "1.xml"
    assert [sorted(files.effective(p).claim_types) for p in files.policies] == [["a"], ["b"]]


@given(st.permutations(range(6)), st.randoms(use_true_random=False))
def test_upload_order_never_puts_a_child_before_its_base(order: list[int], rng: random.Random) -> None:
    parents = {i: rng.randrange(i) for i in range(1, 6)}
    files = policy_set(*(policy(f"B2C_1A_{i}", base=f"B2C_1A_{parents[i]}" if i else "") for i in order))
    seen: set[str] = set()
    for one in files.upload_order():
        assert one.base is None or one.base.policy_id in seen
        seen.add(one.id)


def test_folders(tmp_path: Path) -> None:
    (tmp_path / "b.XML").write_bytes(policy("B2C_1A_b").data)
    (tmp_path / "a.xml").write_bytes(policy("B2C_1A_a").data)
    (tmp_path / "notes.txt").write_text("<a")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.xml").write_bytes(policy("B2C_1A_c").data)
    assert [p.id for p in read_set(tmp_path).policies] == ["B2C_1A_a", "B2C_1A_b"]
    assert list(subfolders(tmp_path)) == [str(tmp_path), str(tmp_path / "sub")]
    with pytest.raises(Unreadable):
        read_folder(tmp_path / "nowhere")
    with pytest.raises(Unreadable):
        read_folder(tmp_path / "a.xml")


def test_devices_pipes_and_huge_files_are_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xml")
    with (tmp_path / "huge.xml").open("wb") as stream:
        stream.truncate(50 * 1_048_576)
    (tmp_path / "zero.xml").symlink_to("/dev/zero")
    (tmp_path / "folder.xml").mkdir()
    broken = {Path(b.file).name: b.rule for b in read_set(tmp_path).broken}
    assert broken == {
        "pipe.xml": "xml-well-formed",
        "huge.xml": "file-size",
        "zero.xml": "xml-well-formed",
        "folder.xml": "xml-well-formed",
    }
    assert "50 MB" in read_file(str(tmp_path / "huge.xml")).trouble


def test_other_bytes_in_one_file_leave_the_rest_as_it_was_read() -> None:
    files = policy_set(policy("B2C_1A_a"), policy("B2C_1A_b", base="B2C_1A_a"))
    assert files.with_bytes({p.file: files.document(p).data for p in files.policies}) is files
    changed = files.with_bytes({"B2C_1A_b.xml": policy("B2C_1A_b", claims("x"), "B2C_1A_a").data})
    assert changed.policies[0] is files.policies[0]
    assert list(changed.effective(changed.policies[1]).claim_types) == ["x"]
    assert not files.effective(files.policies[1]).claim_types
