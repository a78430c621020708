"""`latchkey show`: what customers meet, and where it stands: the sign-in buttons and journeys of each relying party."""

from __future__ import annotations

import argparse

from latchkey.cli.exporting import PRINT, export
from latchkey.cli.findings import underlined
from latchkey.cli.show_flow import drawn
from latchkey.cli.show_json import policy_json
from latchkey.cli.show_text import policy_text
from latchkey.cli.terminal import DONE, REFUSED, Result, answer, flat
from latchkey.cli.tree import tree_json, tree_text
from latchkey.errors import Refused
from latchkey.policy.folder import read_folder
from latchkey.policy.model import TrustFrameworkPolicy
from latchkey.policy.policy_set import PolicySet
from latchkey.text import _, join_list


def run(arguments: argparse.Namespace) -> Result:
    """Every relying party of the folder, or the one policy that was asked for."""
    files = read_folder(arguments.folder)
    if not files:
        raise Refused(
            _("There are no policy files in {folder}.").format(folder=flat(arguments.folder)),
            _("Name the folder that holds the .xml files."),
        )
    policy_set = PolicySet.of(files, arguments.in_azure)
    chosen = _chosen(policy_set, arguments.policy, arguments.folder)
    broken = [
        {"file": one.file, "line": one.line, "message": one.message, "hint": one.hint} for one in policy_set.broken
    ]
    status = REFUSED if broken else DONE
    picture = drawn(policy_set, chosen) if arguments.flow is not None else ""
    if picture and arguments.flow != PRINT:
        export(arguments.flow, picture, ".svg")
    if arguments.json:
        data = {
            "policies": [policy_json(policy_set, policy, sources=arguments.sources) for policy in chosen],
            "set": tree_json(policy_set),
            **({"broken": broken} if broken else {}),
            **({"flow": arguments.flow} if picture else {}),
            **({"picture": picture} if arguments.flow == PRINT else {}),
        }
        return answer(status, as_json=True, data=data, text="")
    if picture:
        return Result(
            status, picture if arguments.flow == PRINT else _("Wrote {file}.").format(file=flat(arguments.flow))
        )
    lines: list[str] = []
    if arguments.policy is None and policy_set.policies:
        lines += [*underlined(_("What builds on what"), "="), *tree_text(policy_set), ""]
    lines += [line for policy in chosen for line in policy_text(policy_set, policy, sources=arguments.sources)]
    for one in policy_set.broken:
        place = _("{file}, line {line}").format(file=one.file, line=one.line) if one.line else one.file
        lines += [flat(_("{place} was left out: {reason}").format(place=place, reason=one.message))]
    return Result(status, "\n".join(lines))


def _chosen(policy_set: PolicySet, policy_id: str | None, folder: str) -> list[TrustFrameworkPolicy]:
    parties = [policy for policy in policy_set.policies if policy.relying_party is not None]
    if policy_id is None:
        if not parties and not policy_set.broken:
            raise Refused(
                _("No policy in {folder} is one that an application can call (a relying party).").format(
                    folder=flat(folder)
                ),
                _("Name one with --policy to see the journeys that it holds."),
            )
        return parties
    policy = policy_set.find(policy_id) or policy_set.find(f"B2C_1A_{policy_id}")
    if policy is None:
        names = join_list(policy.id for policy in policy_set.policies)
        raise Refused(
            _("There is no policy {id} in {folder}.").format(id=policy_id, folder=folder),
            _("There are: {names}.").format(names=names) if names else _("Check the folder."),
        )
    return [policy]
