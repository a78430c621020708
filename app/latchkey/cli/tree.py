"""What builds on what: the policies of a folder as a tree, and what is missing in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from latchkey.cli.layout import width
from latchkey.cli.terminal import flat
from latchkey.policy.model import TrustFrameworkPolicy
from latchkey.policy.names import key
from latchkey.policy.policy_set import MAX_LEVELS, PolicySet
from latchkey.text import _

Line = tuple[str, str, str]  # the branch and the id, the file, a remark
_DEEP = 40  # no chain that anybody uses; beyond it the picture stops moving to the right


def tree_json(policy_set: PolicySet) -> list[dict[str, Any]]:
    """Every policy of the folder, also those that no application calls, with what it builds on."""
    return [
        {
            "id": policy.id,
            "file": policy.file,
            "base": policy.base.policy_id if policy.base is not None else None,
            "relying_party": policy.relying_party is not None,
            "missing": _is_missing(policy_set, policy),
            "problem": _problem(policy_set, policy) or None,
        }
        for policy in policy_set.policies
    ]


def tree_text(policy_set: PolicySet) -> Iterator[str]:
    """The tree, one policy a line, with its file and what is to be said of it."""
    lines = list(_lines(policy_set))
    first = max((width(name) for name, file, _remark in lines if file), default=0)
    second = max((width(file) for _name, file, _remark in lines), default=0)
    for name, file, remark in lines:
        where = f"{' ' * (first - width(name))}  {file}{' ' * (second - width(file))}" if file else ""
        yield f"{name}{where}  {remark}".rstrip()


def missing_words(policy_set: PolicySet, policy_id: str) -> str:
    """What to do about a base that is not here."""
    if key(policy_id) in policy_set.in_azure:
        return _("in Azure, not here")
    return _("not here: add the file, or say that it is in Azure already (--in-azure {id})").format(id=flat(policy_id))


def _lines(policy_set: PolicySet) -> Iterator[Line]:
    roots = [policy for policy in policy_set.policies if policy.base is None]
    yield from _below(policy_set, roots)
    outside: dict[str, list[TrustFrameworkPolicy]] = {}
    for policy in policy_set.policies:
        if policy.base is not None and policy_set.find(policy.base.policy_id) is None:
            outside.setdefault(key(policy.base.policy_id), []).append(policy)
    for policies in outside.values():
        base = policies[0].base
        assert base is not None
        yield flat(base.policy_id) or "?", "", missing_words(policy_set, base.policy_id)
        yield from _below(policy_set, policies, hanging=True)
    for policy in policy_set.policies:
        if policy_set.chain(policy).cycle:
            yield _line(policy_set, policy, "")


def _below(policy_set: PolicySet, policies: list[TrustFrameworkPolicy], *, hanging: bool = False) -> Iterator[Line]:
    """Policies with all that builds on them; `hanging`: below a line that stands there already."""
    waiting = [(policy, "", hanging, policy is policies[-1]) for policy in reversed(policies)]
    while waiting:
        policy, indent, hangs, last = waiting.pop()
        branch = (indent + ("└─ " if last else "├─ ")) if hangs else ""
        yield _line(policy_set, policy, branch)
        if policy_set.find(policy.id) is policy:
            deeper = (indent + ("   " if last else "│  ") if hangs else "")[: 3 * _DEEP]
            children = policy_set.children(policy)
            waiting += [(child, deeper, True, child is children[-1]) for child in reversed(children)]


def _line(policy_set: PolicySet, policy: TrustFrameworkPolicy, branch: str) -> Line:
    party = policy.relying_party
    journey = party.default_journey.id if party is not None and party.default_journey is not None else ""
    remark = _problem(policy_set, policy) or (_("runs {journey}").format(journey=flat(journey)) if journey else "")
    return branch + (flat(policy.id) or "?"), flat(os.path.basename(policy.file)), remark  # noqa: PTH119


def _problem(policy_set: PolicySet, policy: TrustFrameworkPolicy) -> str:
    chain = policy_set.chain(policy)
    first = policy_set.find(policy.id)
    if first is not None and first is not policy:
        return _("has the same id as {file}").format(file=flat(first.file))
    if chain.cycle:
        base = policy.base.policy_id if policy.base is not None else ""
        return _("builds on {base}, and so in a circle").format(base=flat(base))
    if len(chain.policies) > MAX_LEVELS:
        return _("level {depth}; Azure allows {limit}").format(depth=len(chain.policies), limit=MAX_LEVELS)
    return ""


def _is_missing(policy_set: PolicySet, policy: TrustFrameworkPolicy) -> bool:
    """What it builds on is not here, and nobody has said that it is in Azure."""
    base = policy.base
    return (
        base is not None and policy_set.find(base.policy_id) is None and key(base.policy_id) not in policy_set.in_azure
    )
