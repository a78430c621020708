"""The hardened reader: what it takes, what it refuses, and where it says things stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.policy_files import NAMESPACE
from latchkey.policy.reader import MAX_DEPTH, READ_LIMIT, BadXml, PolicyFile, column, decode, read

ROOT = f'<TrustFrameworkPolicy xmlns="{NAMESPACE}"'


def refusal(data: bytes) -> BadXml:
    with pytest.raises(BadXml) as caught:
        read(PolicyFile("x.xml", data))
    return caught.value


def test_positions_are_those_of_the_tags() -> None:
    data = f'{ROOT}\n  PolicyId="B2C_1A_x">\n  <BuildingBlocks>\n\t<ClaimsSchema\n /></BuildingBlocks>\n</TrustFrameworkPolicy>'.encode()
    document = read(PolicyFile("x.xml", data))
    root = document.root
    blocks = root.children[0]
    schema = blocks.children[0]
    assert (root.line, blocks.line, schema.line) == (1, 3, 4)
    assert [column(document, element) for element in (root, blocks, schema)] == [1, 3, 2]
    assert data[blocks.start :].startswith(b"<BuildingBlocks>")
    assert data[blocks.close :].startswith(b"</BuildingBlocks>")
    assert data[schema.start :].startswith(b"<ClaimsSchema\n />")
    assert data[schema.close :].startswith(b"</BuildingBlocks>")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_encodings(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?>{ROOT}><A>é</A></TrustFrameworkPolicy>'
    data = text.encode(encoding)
    assert read(PolicyFile("x.xml", data)).root.children[0].text == "é"
    assert decode(data) == text


def test_bytes_that_do_not_fit_the_encoding_are_named_with_their_line() -> None:
    error = refusal(f"{ROOT}>\n<A>".encode() + b"\xe9</A></TrustFrameworkPolicy>")
    assert (error.rule, error.line) == ("xml-encoding", 2)


def test_an_unknown_encoding_is_refused() -> None:
    assert refusal(b'<?xml version="1.0" encoding="klingon"?><a/>').rule == "xml-encoding"


@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE x>",
        '<!DOCTYPE x [<!ENTITY a "b">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>',
    ],
)
def test_a_document_type_is_refused_before_anything_is_made_of_it(prolog: str) -> None:
    error = refusal(f"<?xml version='1.0'?>\n<!-- x -->\n{prolog}\n<x>&c;</x>".encode())
    assert (error.rule, error.line) == ("xml-no-dtd", 3)


def test_a_document_type_in_utf16_is_seen_too() -> None:
    assert refusal('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x><x/>'.encode("utf-16")).rule == "xml-no-dtd"


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"<a>", b"<a b='1' b='2'/>", b"<a>&unknown;</a>", b"<a>\x0b</a>", b"<a>\x00</a>"]
)
def test_what_is_not_xml(data: bytes) -> None:
    error = refusal(data)
    assert error.rule == "xml-well-formed"
    assert error.line >= 1
    assert "\n" not in error.message


def test_depth_size_and_count_are_limited() -> None:
    assert refusal(b"<a>" * (MAX_DEPTH + 1)).rule == "xml-well-formed"
    assert refusal(b"<a>" + b"<b/>" * 200_001 + b"</a>").rule == "xml-well-formed"
    assert refusal(b" " * (READ_LIMIT + 1)).rule == "file-size"


def test_other_namespaces_do_not_pass_for_policies() -> None:
    root = read(
        PolicyFile("x.xml", b'<TrustFrameworkPolicy xmlns:q="u" q:a="1"><q:b/><c xmlns=""/></TrustFrameworkPolicy>')
    ).root
    assert root.tag == "{}TrustFrameworkPolicy"
    assert root.attributes == {"{u}a": "1"}
    assert [child.tag for child in root.children] == ["{u}b", "{}c"]


def test_comments_and_instructions_leave_text_and_structure_alone() -> None:
    root = read(PolicyFile("x.xml", f"{ROOT}><A>one<!-- no -->two<?pi x?></A></TrustFrameworkPolicy>".encode())).root
    assert root.children[0].text == "onetwo"


@given(st.binary(max_size=400))
def test_any_bytes_give_a_document_or_one_refusal(data: bytes) -> None:
    try:
        read(PolicyFile("x.xml", data))
    except BadXml as error:
        assert error.message


def test_an_attribute_in_the_policies_namespace_is_not_theirs() -> None:
    text = (
        f'<TrustFrameworkPolicy xmlns="{NAMESPACE}" xmlns:p="{NAMESPACE}"><a p:Id="x" Id="y"/></TrustFrameworkPolicy>'
    )
    (element,) = read(PolicyFile("a.xml", text.encode())).root.children
    assert element.attributes == {f"{{{NAMESPACE}}}Id": "x", "Id": "y"}
