"""`latchkey compose DRAFT --into FOLDER`: a draft is brought into policies that are there.

Read, plan, check the plan's result, show; and only then keep the old files and write.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from latchkey.catalogue.loader import load_catalogue
from latchkey.check.checker import check_set
from latchkey.check.draft_rules import check_draft
from latchkey.check.finding import Finding, Level
from latchkey.check.worse import new_findings
from latchkey.cli import findings as told
from latchkey.cli.compose import findings_json, names, refused
from latchkey.cli.layout import wrapped
from latchkey.cli.terminal import DONE, REFUSED, Result, answer, flat, to_json
from latchkey.compose.into import keeping
from latchkey.compose.into.known import only_changes
from latchkey.compose.into.peeling import peeled
from latchkey.compose.into.plan import FileChange, IntoPlan, plan_into
from latchkey.compose.into.whole import refuse_incomplete
from latchkey.draft.draft import Draft
from latchkey.draft.store import load
from latchkey.errors import LatchkeyError, Refused
from latchkey.paths import kept_folder
from latchkey.policy.folder import read_set
from latchkey.policy.policy_set import PolicySet
from latchkey.text import _, ngettext


class Outcome(NamedTuple):
    """A plan, all that is found in its result, and which of that is new."""

    plan: IntoPlan
    findings: tuple[Finding, ...]
    new: tuple[Finding, ...]


def run(arguments: argparse.Namespace) -> Result:
    """Plan, check, show, write."""
    draft = load(arguments.draft)
    policy_set = read_set(arguments.into, arguments.in_azure)
    on_draft = _check(draft, policy_set, arguments)
    if told.has_errors(on_draft):
        return refused(arguments, on_draft)
    outcome = _outcome(draft, policy_set, on_draft, arguments)
    if told.has_errors(outcome.new):
        return refused(arguments, outcome.new)
    kept = None
    if not (arguments.dry_run or arguments.diff):
        try:
            kept = keeping.carry_out(outcome.plan, Path(arguments.into), kept_folder(), datetime.now().astimezone())
        except Refused as refusal:
            changed = keeping.changed_since(outcome.plan, Path(arguments.into))
            return refused_with_difference(arguments, refusal, changed)
    return _answer(arguments, outcome, kept)


def _check(draft: Draft, policy_set: PolicySet, arguments: argparse.Namespace) -> tuple[Finding, ...]:
    """What is to be said of the draft, but of nothing that the policies hold already. Raises Refused."""
    if draft.policies.kind == "user-flow":
        raise Refused(
            _("A user flow has no policy files: it is set up in the Azure portal."),
            _("latchkey guide {draft} lists the steps.").format(draft=flat(arguments.draft)),
        )
    refuse_incomplete(policy_set)
    catalogue = load_catalogue()
    changes, present = only_changes(policy_set, draft, catalogue)
    return check_draft(changes, catalogue, into=True, present=present)


def _outcome(
    draft: Draft, policy_set: PolicySet, on_draft: tuple[Finding, ...], arguments: argparse.Namespace
) -> Outcome:
    plan = plan_into(
        policy_set,
        draft,
        load_catalogue(),
        remove_unlisted=arguments.remove_unlisted,
        change_identity=arguments.change_identity,
    )
    after = check_set(plan.after)
    before = check_set(plan.before) if plan.changes else after
    new = new_findings(before, after)
    if told.has_errors(new):  # perhaps a fault of their own, which we had taken off with its button
        new = new_findings(before, after, check_set(peeled(plan.before)))
    return Outcome(plan, (*on_draft, *after), (*on_draft, *new))


def refused_with_difference(
    arguments: argparse.Namespace, refusal: LatchkeyError, changed: Sequence[FileChange]
) -> Result:
    """The refusal, and before anything else is done what is different. Raises the refusal where nothing is."""
    if not changed:
        raise refusal
    shown = keeping.difference(changed)
    if arguments.json:
        error = {"message": refusal.message, "hint": refusal.hint}
        return Result(
            REFUSED, to_json({"error": error, "diff": shown}), f"{flat(refusal.message)}\n{flat(refusal.hint)}"
        )
    return Result(REFUSED, shown, f"{flat(refusal.message)}\n{flat(refusal.hint)}")


def _answer(arguments: argparse.Namespace, outcome: Outcome, kept: keeping.Kept | None) -> Result:
    plan = outcome.plan
    shown = keeping.difference(plan.changes) if arguments.diff else ""
    data: dict[str, Any] = {
        "written": [change.file for change in plan.changes],
        "unchanged": list(plan.unchanged),
        "changes": list(plan.words),
        "kept": str(kept.place) if kept is not None else None,
        "findings": findings_json(arguments, outcome.findings),
        **({"diff": shown} if arguments.diff else {}),
    }
    if arguments.json:
        return answer(DONE, as_json=True, data=data, text="")
    if arguments.diff and not arguments.dry_run:
        return Result(DONE, shown)
    text = _text(arguments, outcome, kept)
    return Result(DONE, f"{text}\n\n{shown}" if shown else text)


def _text(arguments: argparse.Namespace, outcome: Outcome, kept: keeping.Kept | None) -> str:
    plan, folder = outcome.plan, flat(arguments.into)
    if not plan.changes:
        lines = [_("Nothing to change: the policies in {folder} are as the draft says.").format(folder=folder)]
        return "\n".join([*lines, *_findings(outcome)])
    lines = [_("What changes:")]
    alone = _("Nothing that people notice: only the place of something in the files, or a remark of Latchkey's.")
    for sentence in plan.words or (alone,):
        first, *rest = wrapped(sentence, 4)
        lines += [f"  - {first.lstrip()}", *rest]
    count, same = len(plan.changes), len(plan.unchanged)
    head = (
        ngettext("Changed {count} file in {folder}:", "Changed {count} files in {folder}:", count)
        if kept is not None
        else ngettext("Would change {count} file in {folder}:", "Would change {count} files in {folder}:", count)
    )
    lines += ["", head.format(count=count, folder=folder), *names([change.file for change in plan.changes])]
    if same:
        head = ngettext("{count} file stays as it is.", "{count} files stay as they are.", same)
        lines.append(head.format(count=same))
    lines += _findings(outcome)
    if kept is not None:
        lines += [
            "",
            _("The old files are kept in {place}").format(place=flat(str(kept.place))),
            _("latchkey undo {folder} puts them back.").format(folder=folder),
            _("latchkey guide {draft} --set {folder} says what is left to do by hand.").format(
                draft=flat(arguments.draft), folder=folder
            ),
        ]
    return "\n".join(lines)


def _findings(outcome: Outcome) -> list[str]:
    """What is new in full; what was there before only by number."""
    new = outcome.new
    lines = ["", *told.to_text(new)] if new else []
    old = len(outcome.findings) - len(new)
    if old:
        errors = sum(f.level is Level.ERROR for f in outcome.findings) - sum(f.level is Level.ERROR for f in new)
        sentence = ngettext(
            "{count} finding was there before ({errors} of level error): latchkey check lists it.",
            "{count} findings were there before ({errors} of level error): latchkey check lists them.",
            old,
        )
        lines += ["", sentence.format(count=old, errors=errors)]
    return lines
