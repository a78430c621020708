"""What the review shows of a composed set: each journey told in words, each file as text. Runs on a worker; no Qt."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from latchkey.gui.story_origins import Origin, identity, origins, root_of
from latchkey.jobs import Watch
from latchkey.text import _, language

if TYPE_CHECKING:
    from latchkey.compose.comparing import Row
    from latchkey.compose.writer import WritePlan
    from latchkey.draft.draft import Draft
    from latchkey.gui.composing import Composed
    from latchkey.gui.existing import Into
    from latchkey.policy.model import TrustFrameworkPolicy
    from latchkey.policy.policy_set import PolicySet
    from latchkey.policy.story import StoryNode


class FileText(NamedTuple):
    """A file as it is shown. `ends`: from the line of a start tag to that of its end tag; `comments`: the lines that
    begin within a comment.
    """

    file: str
    policy: str
    role: str
    text: str
    ends: Mapping[int, int]
    comments: frozenset[int]


class Difference(NamedTuple):
    """What changes in a file, line by line, and as a patch. `kind`: the file is new, changes, or goes."""

    file: str
    kind: Literal["new", "changed", "removed"]
    rows: tuple[Row, ...]
    patch: bytes


class Told(NamedTuple):
    """Journeys and files of one draft, in one language. With policies that were there before: what changes in them, and
    where each line comes from (`origins`).
    """

    draft: Draft
    language: str
    journeys: tuple[StoryNode, ...] = ()
    files: tuple[FileText, ...] = ()
    base: str = ""
    origins: Mapping[tuple[object, ...], Origin] | None = None
    words: tuple[str, ...] = ()
    changes: tuple[Difference, ...] = ()

    def origin(self, node: StoryNode) -> Origin:
        """Where a part comes from: "base" is as every set has it, "new" was put there by the person's choices,
        "changed" holds both. What a step does counts, not the file that its copy of the journey stands in.
        """
        if self.origins is not None:
            return self.origins.get(identity(node), "")
        if node.kind in ("step", "sub"):
            inside = {self.origin(child) for child in node.children} or {"base"}
            return "base" if inside == {"base"} else "new" if inside == {"new"} else "changed"
        if node.kind in ("exchange", "form") and node.children:
            return self._by_file(node.children[0])
        if node.kind in ("journey", "button", "link", "exchange", "form", "profile", "validation"):
            return self._by_file(node)
        return ""

    def _by_file(self, node: StoryNode) -> Origin:
        if node.where is None:
            return ""
        if node.where.source.policy_id == self.base:
            return "base"
        return "changed" if any(layer.source.policy_id == self.base for layer in node.layers) else "new"


def tell_all(composed: Composed, watch: Watch) -> Told:
    """Everything that the review shows."""
    from latchkey.policy.names import key
    from latchkey.policy.story import StoryNode, tell

    said = language()
    if composed.policy_set is None:
        return Told(composed.draft, said)
    if composed.into is not None:
        return _tell_into(composed, composed.into, composed.policy_set, watch)
    journeys = []
    for policy in composed.policy_set.policies:
        effective = composed.effective.get(policy.id)
        party = policy.relying_party
        if effective is None or party is None or party.default_journey is None:
            continue
        journey = effective.journeys.get(key(party.default_journey.id))
        if journey is None:
            continue
        told = tell(effective, journey)
        note = _("{journey}, used by {policy}").format(journey=told.id, policy=policy.id)
        title = _journey_title(composed, policy.id) or told.id
        journeys.append(StoryNode("journey", policy.id, title, note, told.where, told.layers, told.children))
        watch.step(0.5)
    base = next((policy.id for policy in composed.policy_set.policies if policy.base is None), "")
    files = _files(composed.policy_set)
    changes = _written_before(composed.plan) if composed.plan is not None else ()
    return Told(composed.draft, said, tuple(journeys), files, base, changes=changes)


def _tell_into(composed: Composed, into: Into, after: PolicySet, watch: Watch) -> Told:
    """Policies that were there before: first those that show the buttons, each beside what it was."""
    from latchkey.policy.story import StoryNode

    before = into.existing.policy_set
    pages = into.places.pages if into.places is not None else ()
    first = [policy.file for page in pages for policy in page.relying_parties]
    policies = sorted(
        (policy for policy in after.policies if policy.id in composed.effective),
        key=lambda policy: first.index(policy.file) if policy.file in first else len(first),
    )
    found: dict[tuple[object, ...], Origin] = {}
    journeys = []
    for policy in policies:
        told = _told(after, policy)
        if told is None:
            continue
        old = before.find(policy.id)
        node = StoryNode(
            "journey", policy.id, policy.id, _("{journey} ({file})").format(journey=told.id, file=policy.file),
            told.where, told.layers, told.children,
        )  # fmt: skip
        found.update(origins(_told(before, old) if old is not None else None, node, root_of(before)))
        journeys.append(node)
        watch.step(0.5)
    plan = into.plan
    words = plan.words if plan is not None else ()
    root = root_of(after)
    return Told(
        composed.draft, language(), tuple(journeys), _files(after), root, MappingProxyType(found), words, _changes(into)
    )


def _told(policy_set: PolicySet, policy: TrustFrameworkPolicy) -> StoryNode | None:
    from latchkey.policy.story import tell

    effective = policy_set.effective(policy)
    party = policy.relying_party
    journey = effective.journey(party.default_journey.id) if party and party.default_journey else None
    return tell(effective, journey) if journey is not None else None


def _changes(into: Into) -> tuple[Difference, ...]:
    changes = into.plan.changes if into.plan is not None else ()
    return tuple(_difference(change.file, change.before, change.after) for change in changes)


def _written_before(plan: WritePlan) -> tuple[Difference, ...]:
    """What Latchkey wrote into the folder before, beside what it would write now."""
    if not plan.before:
        return ()
    after = {file.file: file.data for file in plan.files}
    return tuple(_difference(name, plan.before.get(name), after.get(name)) for name in (*plan.written, *plan.removed))


def _difference(file: str, before: bytes | None, after: bytes | None) -> Difference:
    from latchkey.compose.comparing import compare
    from latchkey.compose.patch import patch

    name = file.replace("\\", "/").rpartition("/")[2]
    kind: Literal["new", "changed", "removed"] = "new" if before is None else "removed" if after is None else "changed"
    return Difference(file, kind, compare(before or b"", after or b""), patch(name, before, after))


def _journey_title(composed: Composed, policy: str) -> str:
    """What people do with a policy."""
    if composed.composed is None:
        return ""
    names = composed.composed.setup.policies
    titles: dict[str | None, str] = {
        names.sign_up_or_sign_in: _("Sign up or sign in"),
        names.profile_edit: _("Edit the profile"),
        names.password_reset: _("Set a new password"),
    }
    return titles.get(policy, "")


def _files(policy_set: PolicySet) -> tuple[FileText, ...]:
    texts = []
    for policy in policy_set.upload_order():
        document = policy_set.document(policy)
        text = document.body.decode("utf-8-sig", errors="replace")
        ends: dict[int, int] = {}
        starts = _line_starts(document.body)
        for element in document.elements:
            ends.setdefault(element.line, _line_of(starts, element.close))
        role = (
            _("builds on nothing")
            if policy.base is None
            else _("builds on {policy}").format(policy=policy.base.policy_id)
        )
        texts.append(FileText(policy.file, policy.id, role, text, MappingProxyType(ends), _inside_comments(text)))
    return tuple(texts)


def _line_starts(data: bytes) -> list[int]:
    return [0, *(found.end() for found in re.finditer(rb"\r\n|\n|\r", data))]


def _line_of(starts: list[int], place: int) -> int:
    return bisect_right(starts, max(0, place - 1))


def _inside_comments(text: str) -> frozenset[int]:
    """The lines (from 0) that begin within a comment."""
    lines: set[int] = set()
    for found in re.finditer(r"<!--.*?-->", text, re.DOTALL):
        first = text.count("\n", 0, found.start())
        lines.update(range(first + 1, first + 1 + found.group().count("\n")))
    return frozenset(lines)
