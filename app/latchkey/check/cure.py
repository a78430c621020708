"""What a cure is, and the place in a file that it starts from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from latchkey.check.finding import Finding
from latchkey.check.view import View
from latchkey.policy.model import TrustFrameworkPolicy
from latchkey.policy.policy_set import PolicySet
from latchkey.policy.reader import Document
from latchkey.policy.splice import Splice
from latchkey.policy.tree import Element


class Cure(NamedTuple):
    """What would be done, in one sentence, and the bytes that change in the finding's file."""

    label: str
    splices: tuple[Splice, ...]


class Place:
    """Where a finding points: its file, and the elements that begin on its line."""

    def __init__(
        self, policy_set: PolicySet, policy: TrustFrameworkPolicy, finding: Finding, known: Mapping[str, str]
    ) -> None:
        self.set = policy_set
        self.policy = policy
        self.finding = finding
        self.known = known
        self.view = View(policy_set, policy)
        self.document: Document = policy_set.document(policy)

    @cached_property
    def parents(self) -> dict[int, Element]:
        """Each element's parent, by the element's start."""
        return {child.start: element for element in self.document.elements for child in element.children}

    def here(self, *tags: str) -> Iterator[Element]:
        """The elements on the line, of these tags only if any are named."""
        for element in self.document.elements:
            if element.line == self.finding.line and (not tags or element.tag in tags):
                yield element

    def only(self, *tags: str, such: Callable[[Element], bool] | None = None) -> Element | None:
        """The one element on the line that is meant; None where several could be, or none."""
        found = [element for element in self.here(*tags) if such is None or such(element)]
        return found[0] if len(found) == 1 else None

    def above(self, element: Element, tag: str) -> Element | None:
        """The nearest element of that tag around another one."""
        around = self.parents.get(element.start)
        while around is not None and around.tag != tag:
            around = self.parents.get(around.start)
        return around

    def shape_path(self, element: Element) -> list[str]:
        """The tags from the root down to the element, for looking up its shape."""
        path = [element.tag]
        around = self.parents.get(element.start)
        while around is not None:
            path.append(around.tag)
            around = self.parents.get(around.start)
        return path[::-1]
