"""Our description of the policy language against Microsoft's own schema: declaration by declaration, on real files, and
on files with one thing changed. Where the two disagree stands here, with the reason.

libxml2 can't use Microsoft's file as it is: it reads `^`, `$` and `\\/` in patterns as letters, .NET does not.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from helpers.samples import filled
from latchkey.check.checker import check_set
from latchkey.check.schema import ROOT, Shape, load
from latchkey.check.structure import problems
from latchkey.policy.names import NAMESPACE
from latchkey.policy.policy_set import PolicyFile, PolicySet

XS = "{http://www.w3.org/2001/XMLSchema}"
# (type here, what) → why ours is not what Microsoft's file says.
OTHERWISE = {
    ("ContentDefinition", "LoadUri"): "it has no type there, which allows anything; it is an address",
    ("TrustFrameworkPolicy", "PublicPolicyUri"): "any text: the service makes no use of it",
    ("DocumentReference", "Url"): "any text: nobody reads it",
}
# Where the service knows more than Microsoft's schema: (type, attribute) and (kind of value, value).
# https://learn.microsoft.com/azure/active-directory-b2c/display-control-captcha
NEWER = {("DisplayControl", "DisplayName"), ("control", "CaptchaControl")}
# Rules that tell what Microsoft's schema would: each knows more of its own matter than the walk over elements.
TELL = frozenset(
    (
        "schema-valid", "element-order", "enum-values", "no-empty-container", "rp-behaviors-order", "xml-namespace",
        "policy-schema-version", "tenant-id-format", "policy-id-format", "public-policy-uri", "precondition-valid",
        "subjourney-rules", "duplicate-id-in-file", "exchange-id-unique-in-journey",
    )
)  # fmt: skip


@pytest.fixture(scope="module")
def source(reference: Path) -> etree._Element:
    path = next(iter((reference / "corpus" / "starterpack").glob("*.xsd")))
    text = path.read_text(encoding="utf-8-sig")
    text = re.sub(r'(<xs:pattern value=")\^?(.*?)\$?("\s*/>)', lambda m: m[1] + m[2].replace("\\/", "/") + m[3], text)
    return etree.fromstring(text.encode())


@pytest.fixture(scope="module")
def microsofts(source: etree._Element) -> etree.XMLSchema:
    return etree.XMLSchema(source)


class Declared:
    """Microsoft's file, as far as it is needed."""

    def __init__(self, source: etree._Element) -> None:
        self.types = {e.get("name"): e for e in source.findall(f"{XS}complexType")}
        self.values = {e.get("name"): e for e in source.findall(f"{XS}simpleType")}
        self.root = source.find(f"{XS}element").find(f"{XS}complexType")

    def type_of(self, element: etree._Element) -> etree._Element | None:
        inner = element.find(f"{XS}complexType")
        return inner if inner is not None else self.types.get((element.get("type") or "").rpartition(":")[2])

    def parts(self, kind: etree._Element) -> Iterator[etree._Element]:
        for group in kind:
            if group.tag in (f"{XS}sequence", f"{XS}choice"):
                yield from self._elements(group)

    def _elements(self, group: etree._Element) -> Iterator[etree._Element]:
        for element in group:
            if element.tag == f"{XS}element":
                yield element
            elif element.tag in (f"{XS}sequence", f"{XS}choice"):
                yield from self._elements(element)

    def attributes(self, kind: etree._Element) -> list[etree._Element]:
        inner = kind.find(f"{XS}simpleContent")
        return (kind if inner is None else inner[0]).findall(f"{XS}attribute")

    def choices(self, name: str | None) -> list[str]:
        found = self.values.get((name or "").rpartition(":")[2])
        return [e.get("value") for e in found.iter(f"{XS}enumeration")] if found is not None else []


def test_every_declaration_is_as_in_microsofts_schema(source: etree._Element) -> None:
    declared, schema = Declared(source), load()
    todo, seen = [(declared.root, schema.root)], set()
    while todo:
        kind, shape = todo.pop()
        if shape.name in seen:
            continue
        seen.add(shape.name)
        assert [e.get("name") for e in declared.parts(kind)] == list(shape.parts), shape.name
        _same_attributes(declared, kind, shape)
        for element in declared.parts(kind):
            part = shape.parts[element.get("name")]
            often = (element.get("minOccurs", "1"), element.get("maxOccurs", "1"))
            assert often == ("1" if part.needed else "0", "1" if part.once else "unbounded"), (shape.name, part.tag)
            below = schema.shape(part.shape)
            inner = declared.type_of(element)
            if inner is not None:
                todo.append((inner, below))
            elif (shape.name, part.tag) not in OTHERWISE:
                assert below.text is not None
                assert list(below.text.choices) == (
                    ["true", "false"] if element.get("type") == "xs:boolean" else declared.choices(element.get("type"))
                ), (shape.name, part.tag)
    assert seen == set(schema.names())


def _same_attributes(declared: Declared, kind: etree._Element, shape: Shape) -> None:
    attributes = declared.attributes(kind)
    assert [a.get("name") for a in attributes] == [n for n in shape.attributes if (shape.name, n) not in NEWER], (
        shape.name
    )
    assert [a.get("name") for a in attributes if a.get("use") == "required"] == shape.needed
    for attribute in attributes:
        ours = shape.attributes[attribute.get("name")]
        theirs = attribute.get("type")
        if theirs == "xs:boolean":
            assert ours.name == "boolean"
        elif (shape.name, attribute.get("name")) not in OTHERWISE:
            choices = [choice for choice in ours.choices if (ours.name, choice) not in NEWER]
            assert choices == declared.choices(theirs), (shape.name, attribute.get("name"))
            assert bool(ours.name) == (theirs != "xs:string"), (shape.name, attribute.get("name"))


def verdicts(data: bytes, schema: etree.XMLSchema) -> tuple[bool, bool]:
    """Whether Microsoft's schema takes the file, and whether we do."""
    theirs = schema.validate(etree.fromstring(data))
    found = check_set(PolicySet.of([PolicyFile("x.xml", data)]), ours=True)
    nameless = any(f.rule == "base-exists" and "which policy" in f.message for f in found)
    return theirs, not nameless and not any(finding.rule in TELL for finding in found)


def policies(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*.xml")):
        data = path.read_bytes()
        try:
            root = etree.fromstring(data)
        except etree.XMLSyntaxError:
            continue
        if root.tag == f"{{{NAMESPACE}}}{ROOT}":
            yield path.relative_to(folder).as_posix(), data


def test_real_files_get_the_same_verdict(reference: Path, microsofts: etree.XMLSchema) -> None:
    """What the walk tells of a file, Microsoft's schema tells too, on the same lines or in a tag that begins there."""
    count = 0
    for name, data in policies(reference / "corpus"):
        count += 1
        microsofts.validate(etree.fromstring(data))
        theirs = {error.line for error in microsofts.error_log}
        policy_set = PolicySet.of([PolicyFile(name, data)])
        policy = policy_set.policies[0]
        ours = {
            hit.where.line for hits in problems(policy_set.document(policy), policy.source).values() for hit in hits
        }
        assert ours <= theirs, name
        if theirs - ours:  # then a rule of its own has told it
            assert {f.rule for f in check_set(policy_set) if f.rule in TELL | {"placeholder-left"}}, name
    assert count > 150


def changed(kind: str, element: etree._Element, all_: list[etree._Element], dice: random.Random) -> bool:
    """Change one thing about the element; whether that could be done."""
    other, target = element.getnext(), dice.choice(all_)
    names = sorted(element.attrib)
    if kind == "drop":
        element.getparent().remove(element)
    elif kind == "double":
        element.addnext(etree.fromstring(etree.tostring(element, with_tail=False)))
    elif kind == "swap" and other is not None:
        other.addnext(element)
    elif kind == "rename":
        element.tag = dice.choice((target.tag, element.tag + "s", f"{{{NAMESPACE}}}Nonsense"))
    elif kind in ("new", "text"):
        _write(kind, element, dice)
    elif kind == "move" and element not in target.iterancestors() and target is not element:
        target.append(element)
    elif kind in ("gone", "value") and names:
        name = dice.choice(names)
        element.set(name, dice.choice(("true", "Nonsense", "7", "OpenIdConnect", "")))
        if kind == "gone":
            del element.attrib[name]
    else:
        return False
    return True


def _write(kind: str, element: etree._Element, dice: random.Random) -> None:
    if kind == "new":
        element.set(dice.choice(("Id", "Name", "Required", "Nonsense", "DisplayOption")), "true")
    else:
        element.text = (element.text or "") + dice.choice(("nonsense", "true", " "))


def mutations(data: bytes, dice: random.Random, many: int) -> Iterator[tuple[str, bytes]]:
    """The file with one thing changed, in many ways."""
    for number in range(many):
        root = etree.fromstring(data, etree.XMLParser(remove_comments=True))
        elements = list(root.iter(f"{{{NAMESPACE}}}*"))
        element = dice.choice(elements[1:])
        kind = dice.choice(("drop", "double", "swap", "rename", "gone", "new", "value", "text", "move"))
        told = f"{number} {kind} {etree.QName(element).localname}"
        if changed(kind, element, elements, dice):
            yield told, etree.tostring(root)


@pytest.mark.parametrize("seed", [1, 2, pytest.param(3, marks=pytest.mark.slow)])
def test_changed_files_get_the_same_verdict(seed: int, reference: Path, microsofts: etree.XMLSchema) -> None:
    dice = random.Random(seed)
    packs = reference / "corpus" / "starterpack"
    files = [data for name, data in policies(packs) if "WithMfa" in name or "SocialAccounts" in name]
    files = [filled(PolicyFile("", data)).data for data in files]
    apart: list[str] = []
    for data in files:
        for told, mutant in mutations(data, dice, 12 if seed < 3 else 200):
            theirs, ours = verdicts(mutant, microsofts)
            if theirs != ours and not re.search(rb"<LoadUri( |>[^<]*<[^/])", mutant):  # see OTHERWISE
                apart.append(f"{told}: {'taken' if theirs else 'refused'} there")
    assert apart == []
