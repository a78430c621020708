"""`latchkey compose`: a draft becomes a policy set in a folder. What is written is exactly what was checked.

`--into`, where the policies are there already, has a module of its own.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from latchkey.catalogue.loader import load_catalogue
from latchkey.check.checker import check_set
from latchkey.check.draft_rules import check_draft
from latchkey.check.finding import Finding, Level
from latchkey.check.origin import traced
from latchkey.cli import findings as told
from latchkey.cli.terminal import DONE, REFUSED, Result, answer, flat
from latchkey.compose.composer import ComposedSet, compose
from latchkey.compose.writer import WritePlan, carry_out, difference, plan
from latchkey.draft.draft import Draft
from latchkey.draft.store import load
from latchkey.errors import Refused, WrongUsage
from latchkey.policy.policy_set import PolicySet
from latchkey.text import _, ngettext


def run(arguments: argparse.Namespace) -> Result:
    """Compose, check, look at the folder, write."""
    _refuse_switches_of_into(arguments)
    draft = load(arguments.draft)
    found, composed = _composed(draft, arguments.out)
    if composed is None or told.has_errors(found):
        return refused(arguments, found)
    planned = plan(composed, Path(arguments.out))
    if planned.refusal is not None:
        raise planned.refusal
    only_look = arguments.dry_run or arguments.diff
    if not only_look:
        carry_out(planned)
    shown = difference(planned) if arguments.diff else ""
    data = _json(arguments, planned, found) | ({"diff": shown} if arguments.diff else {})
    if arguments.diff and not arguments.json:
        return Result(DONE, shown)
    return answer(DONE, as_json=arguments.json, data=data, text=_text(arguments, planned, found, written=not only_look))


def _refuse_switches_of_into(arguments: argparse.Namespace) -> None:
    switches = {
        "--remove-unlisted": arguments.remove_unlisted,
        "--change-identity": arguments.change_identity,
        "--in-azure": arguments.in_azure,
    }
    for name, given in switches.items():
        if given:
            raise WrongUsage(
                _("{switch} goes with --into.").format(switch=name),
                _("A set that is written with --out is new; nothing is there that it could speak of."),
            )


def _composed(draft: Draft, out: str) -> tuple[tuple[Finding, ...], ComposedSet | None]:
    """The set and all findings, or what stands in the draft against composing it."""
    catalogue = load_catalogue()
    if draft.policies.kind == "custom":
        found = check_draft(draft, catalogue)
        if told.has_errors(found):
            return found, None
    else:
        found = ()
    composed = compose(draft, catalogue)  # refuses other kinds, saying what to do
    policy_set = PolicySet.of(composed.files)
    on_files = traced(check_set(policy_set, ours=True), policy_set, composed.setup)
    return (*found, *(one._replace(file=_path(out, one.file)) for one in on_files)), composed


def _path(out: str, name: str) -> str:
    return os.path.join(out, name) if name else ""  # noqa: PTH118  (the folder is kept as it was given)


def _json(arguments: argparse.Namespace, planned: WritePlan, found: Sequence[Finding]) -> dict[str, Any]:
    return {
        "written": [_path(arguments.out, name) for name in planned.written],
        "unchanged": [_path(arguments.out, name) for name in planned.unchanged],
        "removed": [_path(arguments.out, name) for name in planned.removed],
        "findings": findings_json(arguments, found),
    }


def findings_json(arguments: argparse.Namespace, found: Sequence[Finding]) -> list[dict[str, Any]]:
    """The findings; those on the draft carry its path, as those on files carry theirs."""
    return told.to_json([one if one.file else one._replace(file=arguments.draft) for one in found])


def refused(arguments: argparse.Namespace, found: Sequence[Finding]) -> Result:
    """Something is not in order: nothing is written. One error is told in two lines like every other refusal; more are
    listed.
    """
    errors = [finding for finding in found if finding.level is Level.ERROR]
    if arguments.json:
        data = {"written": [], "unchanged": [], "removed": [], "findings": findings_json(arguments, found)}
        return answer(REFUSED, as_json=True, data=data, text="")
    if len(errors) == 1:
        raise Refused(_with_place(arguments.draft, errors[0]), errors[0].hint)
    count = len(errors)
    head = ngettext(
        "{draft} can't be composed: {count} thing must be put right. Nothing was written.",
        "{draft} can't be composed: {count} things must be put right. Nothing was written.",
        count,
    ).format(draft=arguments.draft, count=count)
    return Result(REFUSED, errors="\n".join([flat(head), "", *told.to_text(errors)]))


def _with_place(draft: str, finding: Finding) -> str:
    place = finding.field or finding.file
    there = f"{draft}: {place}: " if place and not finding.message.startswith(place) else f"{draft}: "
    return there + finding.message


def _text(arguments: argparse.Namespace, planned: WritePlan, found: Sequence[Finding], *, written: bool) -> str:
    folder = flat(arguments.out)
    count, same, gone = len(planned.written), len(planned.unchanged), len(planned.removed)
    lines: list[str] = []
    if count:
        head = (
            ngettext("Wrote {count} file to {folder}:", "Wrote {count} files to {folder}:", count)
            if written
            else ngettext("Would write {count} file to {folder}:", "Would write {count} files to {folder}:", count)
        )
        lines += [head.format(count=count, folder=folder), *names(planned.written)]
    if same:
        head = ngettext("{count} file in {folder} is unchanged:", "{count} files in {folder} are unchanged:", same)
        lines += [head.format(count=same, folder=folder), *names(planned.unchanged)]
    if gone:
        head = (
            ngettext(
                "Removed {count} file that is no longer needed:",
                "Removed {count} files that are no longer needed:",
                gone,
            )
            if written
            else ngettext("Would remove {count} file:", "Would remove {count} files:", gone)
        )
        lines += [head.format(count=gone), *names(planned.removed)]
    if found:
        lines += ["", *told.to_text(found)]
    if written:
        lines += ["", _("latchkey guide {draft} says what is left to do by hand.").format(draft=flat(arguments.draft))]
    return "\n".join(lines)


def names(files: Sequence[str]) -> list[str]:
    """File names, one a line."""
    return [f"  {flat(name)}" for name in files]
