"""Good sets with one thing changed, in every way and at every kind of node; what the checker makes of it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from latchkey.check.checker import check_set
from latchkey.check.finding import Finding
from latchkey.policy.policy_set import PolicySet

CHANGES = ("drop", "double", "swap", "rename", "attribute gone", "attribute renamed", "value", "text", "no text")


class Mutant(NamedTuple):
    """A file with one change. `kind` is what was changed, by the path of tags; `attribute` which attribute, if one."""

    change: str
    kind: str
    attribute: str
    file: str
    data: bytes

    @property
    def name(self) -> str:
        """The sort of change: `value of TechnicalProfiles/TechnicalProfile@Id`."""
        return f"{self.change} of {self.kind}" + (f"@{self.attribute}" if self.attribute else "")


def mutants(policy_set: PolicySet, each: int, seed: int) -> Iterator[Mutant]:
    """At most `each` of every sort, chosen by chance."""
    sorts: dict[tuple[str, str, str], list[tuple[str, int]]] = {}
    for policy in policy_set.policies:
        for number, element in enumerate(_elements(policy_set.document(policy).data)[0]):
            kind = _kind(element)
            for change in CHANGES:
                for attribute in _attributes(change, element):
                    sorts.setdefault((change, kind, attribute), []).append((policy.file, number))
    dice = random.Random(seed)
    data = {policy.file: policy_set.document(policy).data for policy in policy_set.policies}
    for (change, kind, attribute), places in sorted(sorts.items()):
        for file, number in dice.sample(places, min(each, len(places))):
            elements, root = _elements(data[file])
            if _changed(change, attribute, elements[number]):
                yield Mutant(change, kind, attribute, file, etree.tostring(root, encoding="utf-8"))


def noticed(policy_set: PolicySet, before: frozenset[tuple[str, str, str]], mutant: Mutant) -> tuple[Finding, ...]:
    """What the change brings up."""
    after = check_set(policy_set.with_bytes({mutant.file: mutant.data}), ours=True)
    return tuple(finding for finding in after if told(finding) not in before)


def told(finding: Finding) -> tuple[str, str, str]:
    """A finding without its line, which a change above it shifts."""
    return finding.rule, finding.file, finding.message


def _elements(data: bytes) -> tuple[list[etree._Element], etree._Element]:
    root = etree.fromstring(data, etree.XMLParser(remove_comments=True))
    return [element for element in root.iter("*") if element is not root], root


def _kind(element: etree._Element) -> str:
    parent = element.getparent()
    assert parent is not None
    return f"{etree.QName(parent).localname}/{etree.QName(element).localname}"


def _attributes(change: str, element: etree._Element) -> list[str]:
    return sorted(map(str, element.attrib)) if change.startswith("attribute") or change == "value" else [""]


def _changed(change: str, attribute: str, element: etree._Element) -> bool:
    parent, following = element.getparent(), element.getnext()
    if change == "drop":
        parent.remove(element)
    elif change == "double":
        element.addnext(etree.fromstring(etree.tostring(element, with_tail=False)))
    elif change == "swap" and following is not None and following.tag != element.tag:
        following.addnext(element)
    elif change == "rename":
        element.tag = f"{element.tag}x"
    elif change.startswith("attribute"):
        value = element.attrib.pop(attribute)
        if change == "attribute renamed":
            element.set(f"{attribute}x", value)
    elif change == "value":
        element.set(attribute, f"{element.get(attribute)}x")
    elif change == "text" and len(element) == 0 and element.text:
        element.text += "x"
    elif change == "no text" and len(element) == 0 and element.text:
        element.text = ""
    else:
        return False
    return True
