"""What is new or changed in journeys told in words: the tree of after beside that of before. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from latchkey.policy.policy_set import PolicySet
    from latchkey.policy.story import StoryNode

Origin = Literal["base", "yours", "new", "changed", ""]

_QUIET = ("claim", "transformation", "key")  # say where they are from only when they are not from there


def identity(node: StoryNode) -> tuple[object, ...]:
    """What tells a line of one telling from the others."""
    return node.kind, node.id, node.title, node.where


def origins(before: StoryNode | None, after: StoryNode, root: str) -> dict[tuple[object, ...], Origin]:
    """Where each line of `after` comes from; `root` is the id of the policy that builds on nothing.

    What a line says counts, not the file that a copy of it stands in: a step of a copied journey is the base's still.
    """
    found: dict[tuple[object, ...], Origin] = {}
    _compare(before, after, root, found)
    return found


def _compare(
    before: StoryNode | None, after: StoryNode, root: str, found: dict[tuple[object, ...], Origin]
) -> Origin:  # fmt: skip
    old = _by_id(before.children) if before is not None else {}
    now = _by_id(after.children)
    inner = [_compare(old.get(name), child, root, found) for name, child in now.items()]
    other = before is not None and after.kind != "journey" and (before.title, before.note) != (after.title, after.note)
    if before is None:
        origin: Origin = "new"
    elif other or any(inner) or list(old) != list(now):
        origin = "changed"
    elif after.kind in _QUIET:
        origin = ""
    else:
        where = before.where
        origin = "" if where is None else "base" if where.source.policy_id == root else "yours"
    found[identity(after)] = origin
    return "changed" if origin in ("new", "changed") else ""


def _by_id(nodes: tuple[StoryNode, ...]) -> dict[str, StoryNode]:
    seen: dict[str, int] = {}
    found = {}
    for node in nodes:
        name = f"{node.kind}/{node.id}"
        seen[name] = seen.get(name, 0) + 1
        found[f"{name}/{seen[name]}"] = node
    return found


def root_of(policy_set: PolicySet) -> str:
    """The policy that all build on."""
    return next((policy.id for policy in policy_set.policies if policy.base is None), "")
