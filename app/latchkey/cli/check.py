"""`latchkey check`: what is wrong with policy files."""

from __future__ import annotations

import argparse
import os
import stat
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from latchkey.check.checker import check_set
from latchkey.check.finding import Finding
from latchkey.cli import findings as told
from latchkey.cli.terminal import DONE, REFUSED, Result, answer, flat
from latchkey.errors import Refused, Unreadable, WrongUsage
from latchkey.policy.folder import read_file, read_folder, subfolders
from latchkey.policy.model import TrustFrameworkPolicy
from latchkey.policy.policy_set import PolicySet
from latchkey.policy.reader import PolicyFile
from latchkey.text import _, ngettext


class Part(NamedTuple):
    """A policy set that is checked; `only` names the files whose findings are wanted, None all of them."""

    policy_set: PolicySet
    only: frozenset[str] | None = None


def run(arguments: argparse.Namespace) -> Result:
    """Check every path; each folder is a set of its own."""
    if (arguments.diff or arguments.draft) and not arguments.fix:
        raise WrongUsage(_("--diff and --draft go with --fix."), _("For example: latchkey check --fix --diff FOLDER."))
    parts = [
        part for path in arguments.paths for part in _parts(path, arguments.in_azure, recursive=arguments.recursive)
    ]
    mended: dict[str, Any] = {}
    done: list[str] = []
    if arguments.fix:
        from latchkey.cli.mending import mend_all

        after, mended, done = mend_all(arguments, parts)
        parts = [part._replace(policy_set=policy_set) for part, policy_set in zip(parts, after, strict=True)]
    found: dict[Finding, None] = {}
    policies: dict[str, TrustFrameworkPolicy] = {}
    for part in parts:
        for finding in check_set(part.policy_set, ours=False):
            if part.only is None or finding.file in part.only:
                found[finding] = None
        wanted = [one for one in part.policy_set.policies if part.only is None or one.file in part.only]
        policies |= {policy.file: policy for policy in wanted}
    findings = tuple(found)
    status = REFUSED if told.has_errors(findings) else DONE
    if arguments.sarif:
        from latchkey.cli.sarif import to_sarif

        return answer(status, as_json=True, data=to_sarif(findings), text="")
    data = {
        "findings": told.to_json(findings),
        "policies": [_policy_json(policy) for policy in policies.values()],
        **mended,
    }
    text = "\n".join([*done, _text(findings, len(policies))])
    return answer(status, as_json=arguments.json, data=data, text=text)


def _parts(path: str, in_azure: Sequence[str], *, recursive: bool) -> Iterator[Part]:
    mode = _mode(path)
    if stat.S_ISDIR(mode):
        folders = list(subfolders(path)) if recursive else [path]
        files = [read_folder(folder) for folder in folders]
        if not any(files):
            raise Refused(
                _("There are no policy files in {folder}.").format(folder=flat(path)),
                _("Name the folder that holds the .xml files, or add --recursive to look into its subfolders."),
            )
        yield from (Part(PolicySet.of(one, in_azure)) for one in files)
    elif stat.S_ISREG(mode):
        yield _with_folder(path, in_azure)
    else:
        raise Unreadable(_("{path} is not an ordinary file.").format(path=flat(path)), _("Name a file or a folder."))


def _mode(path: str) -> int:
    """What stands at the path. Raises Unreadable for one that can't be read at all."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116  (the path is kept as it was given)
        if stat.S_ISREG(mode):
            with open(path, "rb"):  # noqa: PTH123
                pass
    except FileNotFoundError as error:
        raise Unreadable(
            _("{path} does not exist.").format(path=flat(path)), _("Check the spelling of the path.")
        ) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise Unreadable(
            _("{path} can't be read: {reason}.").format(path=flat(path), reason=reason),
            _("Check the path, and that you have the right to read it."),
        ) from error
    return mode


def _with_folder(path: str, in_azure: Sequence[str]) -> Part:
    """One file among its neighbours. Its findings count, and those of the files that it builds on."""
    folder, name = os.path.split(path)
    beside = [file for file in read_folder(folder or ".") if os.path.basename(file.file) != name]  # noqa: PTH119
    others = [_called(file, folder) for file in beside]
    policy_set = PolicySet.of([read_file(path), *others], in_azure)
    own = next((policy for policy in policy_set.policies if policy.file == path), None)
    chain = policy_set.chain(own).policies if own is not None else ()
    return Part(policy_set, frozenset({path, *(policy.file for policy in chain)}))


def _called(file: PolicyFile, folder: str) -> PolicyFile:
    """The neighbour as a person would write it beside the given path: without `./` where that had none."""
    return file._replace(file=os.path.join(folder, os.path.basename(file.file)))  # noqa: PTH118, PTH119


def _policy_json(policy: TrustFrameworkPolicy) -> dict[str, Any]:
    return {"id": policy.id, "file": policy.file, "base": policy.base.policy_id if policy.base is not None else None}


def _text(findings: tuple[Finding, ...], policies: int) -> str:
    checked = ngettext("{count} policy checked", "{count} policies checked", policies).format(count=policies)
    if not findings:
        return _("{checked}, nothing wrong.").format(checked=checked)
    lines = told.to_text(findings)
    return "\n".join([*lines, "", _("{checked}: {summary}.").format(checked=checked, summary=told.summary(findings))])
