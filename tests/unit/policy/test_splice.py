"""Splices: what is not changed stays byte for byte, and removing is the inverse of inserting."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.policy_files import NAMESPACE
from latchkey.policy import splice
from latchkey.policy.reader import Document, PolicyFile, read
from latchkey.policy.splice import New
from latchkey.policy.tree import Element

BODY = """<?xml version="1.0" encoding="{encoding}"?>
<!-- kept -->
<TrustFrameworkPolicy
  xmlns="{namespace}"
  PolicyId = 'B2C_1A_x' >
  <BuildingBlocks>

  </BuildingBlocks>
  <ClaimsProviders>  <!-- trailing -->
    <ClaimsProvider><DisplayName>é &amp; b</DisplayName></ClaimsProvider> <!-- about it -->
    <!-- <ClaimsProvider>not me</ClaimsProvider> -->
    <ClaimsProvider Note="a &gt; b" />{blank}
  </ClaimsProviders>
  <Inline><A/><B/></Inline>
</TrustFrameworkPolicy>
"""


def document(encoding: str = "utf-8", eol: str = "\n") -> Document:
    text = BODY.format(encoding=encoding.removesuffix("-sig"), namespace=NAMESPACE, blank="   ").replace("\n", eol)
    return read(PolicyFile("x.xml", text.encode(encoding)))


def child(parent: Element, tag: str) -> Element:
    found = parent.child(tag)
    assert found is not None
    return found


KINDS = [(encoding, eol) for encoding in ("utf-8", "utf-8-sig", "utf-16", "iso-8859-1") for eol in ("\n", "\r\n")]


@pytest.mark.parametrize(("encoding", "eol"), KINDS)
def test_an_insertion_takes_over_the_neighbours_ways_and_touches_nothing_else(encoding: str, eol: str) -> None:
    before = document(encoding, eol)
    providers = child(before.root, "ClaimsProviders")
    new = New("ClaimsProvider", {}, (New("DisplayName", text="微 < & >"), New("TechnicalProfiles")), comment="new")
    after = splice.apply(before, [splice.insert_after(before, providers, providers.children[0], [new])])
    old_lines, new_lines = before.data.decode(encoding).split(eol), after.decode(encoding).split(eol)
    position = next(i for i, line in enumerate(new_lines) if "<!-- new -->" in line)
    added = new_lines[position : position + 5]
    assert new_lines[:position] + new_lines[position + 5 :] == old_lines
    name = "&#24494;" if encoding == "iso-8859-1" else "微"
    assert added == [
        "    <!-- new -->", "    <ClaimsProvider>", f"      <DisplayName>{name} &lt; &amp; &gt;</DisplayName>", "      <TechnicalProfiles/>", "    </ClaimsProvider>",
    ] or added[3] == "      <TechnicalProfiles />"  # fmt: skip
    again = read(PolicyFile("x.xml", after))
    assert child(again.root, "ClaimsProviders").children[1].children[0].text == "微 < & >"


@pytest.mark.parametrize(("encoding", "eol"), KINDS)
@pytest.mark.parametrize(
    ("parent", "after"),
    [
        ("ClaimsProviders", None),
        ("ClaimsProviders", 0),
        ("ClaimsProviders", 1),
        ("BuildingBlocks", None),
        ("Inline", None),
        ("Inline", 0),
        ("Inline", 1),
    ],
)
def test_removing_gives_back_the_bytes_before_inserting(
    encoding: str, eol: str, parent: str, after: int | None
) -> None:
    before = document(encoding, eol)
    where = child(before.root, parent)
    anchor = None if after is None else where.children[after]
    data = splice.apply(before, [splice.insert_after(before, where, anchor, [New("New", {"Id": "1"}, (New("X"),))])])
    assert data != before.data
    changed = read(PolicyFile("x.xml", data))
    added = next(e for e in changed.root.walk() if e.tag == "New")
    assert splice.apply(changed, [splice.remove(changed, added)]) == before.data


def test_attributes_and_texts() -> None:
    before = document()
    provider = child(before.root, "ClaimsProviders").children[1]
    name = child(child(before.root, "ClaimsProviders").children[0], "DisplayName")
    data = splice.apply(
        before,
        [
            splice.set_attribute(before, before.root, "PolicyId", "B2C_1A_it's"),
            splice.set_attribute(before, provider, "Note", "\t<"),
            splice.set_text(before, name, "]]>"),
            splice.set_attribute(before, child(before.root, "Inline").children[0], "Id", "7"),
        ],
    )
    root = read(PolicyFile("x.xml", data)).root
    assert root.get("PolicyId") == "B2C_1A_it's"
    assert child(root, "ClaimsProviders").children[1].get("Note") == "\t<"
    assert child(child(root, "ClaimsProviders").children[0], "DisplayName").text == "]]>"
    assert b'<A Id="7"/>' in data
    assert b"PolicyId = 'B2C_1A_it&apos;s' >" in data


def test_an_empty_tag_is_opened() -> None:
    before = document()
    provider = child(before.root, "ClaimsProviders").children[1]
    data = splice.apply(before, [splice.fill(before, provider, [New("DisplayName", text="x")])])
    assert b'<ClaimsProvider Note="a &gt; b">\n      <DisplayName>x</DisplayName>\n    </ClaimsProvider>   \n' in data
    data = splice.apply(before, [splice.set_text(before, provider, "y")])
    assert b'<ClaimsProvider Note="a &gt; b">y</ClaimsProvider>' in data


def test_overlapping_splices_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        splice.apply(document(), [splice.Splice(3, 9, ""), splice.Splice(5, 6, "")])


@given(st.text(max_size=40))
def test_comments_stay_comments(text: str) -> None:
    written = splice.comment_text(text)
    assert "--" not in written
    assert not written.endswith("-")


SAFE = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), max_size=30)


@given(SAFE, SAFE)
def test_what_is_written_is_what_is_read(attribute: str, text: str) -> None:
    before = document()
    where = child(before.root, "BuildingBlocks")
    data = splice.apply(before, [splice.insert_after(before, where, None, [New("X", {"a": attribute}, text=text)])])
    found = child(read(PolicyFile("x.xml", data)).root, "BuildingBlocks").children[0]
    assert (found.get("a"), found.text) == (attribute, text)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_over_real_files(reference: Path, data: st.DataObject) -> None:
    files = sorted((reference / "corpus").rglob("*.xml"))
    path = data.draw(st.sampled_from(files))
    before = read(PolicyFile(str(path), path.read_bytes()))
    parents = [e for e in before.root.walk() if e.children and not splice.is_empty_tag(before, e)]
    parent = data.draw(st.sampled_from(parents))
    after = data.draw(st.sampled_from([None, *parent.children]))
    changed = read(
        PolicyFile(
            str(path),
            splice.apply(
                before,
                [
                    splice.insert_after(
                        before, parent, after, [New("LatchkeyNew", {}, (New("X", text="1"),), comment="c")]
                    )
                ],
            ),
        )
    )
    added = next(e for e in changed.root.walk() if e.tag == "LatchkeyNew")
    comment = next((c for c in changed.comments if c.text == " c " and c.end <= added.start), None)
    back = splice.apply(changed, [splice.remove(changed, added, comment.start if comment else None)])
    assert back == before.data
