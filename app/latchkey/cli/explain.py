"""`latchkey explain`: the long form of a rule; or what an error text of Azure's means, and where that is."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Any

from latchkey.check.explained import Explanation, Reading, Recognised, explained, recognise, rules
from latchkey.check.suggest import similar
from latchkey.cli import findings as told
from latchkey.cli.layout import wrapped
from latchkey.cli.terminal import DONE, REFUSED, Result, answer, flat
from latchkey.errors import Refused, WrongUsage
from latchkey.policy.policy_set import PolicySet
from latchkey.text import _, ngettext


def run(arguments: argparse.Namespace) -> Result:
    """Explain a rule, a text, or, with neither, list all rules."""
    if arguments.text is not None and arguments.rule is not None:
        raise WrongUsage(
            _("A rule and a text are two questions."),
            _("Say either latchkey explain RULE or latchkey explain --text …."),
        )
    if arguments.text is not None:
        return _of_text(arguments)
    if arguments.rule is None:
        found = [one for rule in rules() if (one := explained(rule)) is not None]
        text = "\n".join(f"{one.rule}\n{chr(10).join(wrapped(one.says, 4))}" for one in found)
        return answer(DONE, as_json=arguments.json, data={"rules": [_json(one) for one in found]}, text=text)
    one = explained(arguments.rule)
    if one is None:
        guess = similar(arguments.rule, rules())
        raise Refused(
            _("There is no rule {name}.").format(name=flat(arguments.rule)),
            _("Did you mean “{guess}”?").format(guess=guess) if guess else _("latchkey explain lists all rules."),
        )
    return answer(DONE, as_json=arguments.json, data=_json(one), text="\n".join(_long(one)))


def _json(one: Explanation) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "says": one.says,
        "why": one.why,
        "do": one.do,
        "azure": list(one.texts),
        "links": list(one.links),
    }


def _long(one: Explanation) -> Iterator[str]:
    yield one.rule
    yield from wrapped(one.says, 2)
    if one.why:
        yield ""
        yield from wrapped(one.why, 2)
    yield ""
    yield _("What to do")
    yield from wrapped(one.do, 2)
    if one.texts:
        yield ""
        yield _("What Azure says")
        for text in one.texts:
            yield from wrapped(text, 2)
    if one.links:
        yield ""
        yield _("More about it")
        yield from (f"  {link}" for link in one.links)


def _of_text(arguments: argparse.Namespace) -> Result:
    reading = recognise(sys.stdin.read() if arguments.text == "-" else arguments.text)
    policy_set = _read_set(arguments)
    if not reading.faults:
        raise Refused(
            _("Latchkey does not know this text."),
            _("Paste the whole message as Azure gives it. To look for faults in your files: latchkey check FOLDER."),
        )
    data: list[dict[str, Any]] = []
    lines: list[str] = []
    for fault in reading.faults:
        told_json, told_lines = _fault(fault, reading, policy_set)
        data.append(told_json)
        lines += [*told_lines, ""]
    if reading.said > len(reading.faults):
        lines.append(
            ngettext(
                "Azure speaks of {count} fault; the text names {known} that Latchkey knows.",
                "Azure speaks of {count} faults; the text names {known} that Latchkey knows.",
                reading.said,
            ).format(count=reading.said, known=len(reading.faults))
        )
    bad = any(finding["level"] == "error" for one in data for finding in one.get("findings", ()))
    status = REFUSED if bad else DONE
    return answer(status, as_json=arguments.json, data={"faults": data}, text="\n".join(lines).rstrip())


def _read_set(arguments: argparse.Namespace) -> PolicySet | None:
    if arguments.set is None:
        return None
    from latchkey.policy.folder import read_set

    return read_set(arguments.set)


def _fault(fault: Recognised, reading: Reading, policy_set: PolicySet | None) -> tuple[dict[str, Any], list[str]]:
    long = explained(fault.rule)
    assert long is not None  # every rule that a text leads to has its long form (under test)
    data: dict[str, Any] = {**_json(long), "text": fault.text, "names": dict(fault.names)}
    lines = list(_long(long._replace(texts=(fault.text,))))
    if policy_set is None:
        return data, lines
    from latchkey.check.cures import cure
    from latchkey.check.located import located, place_named

    found = located(policy_set, fault, reading.policy)
    cures = [(finding, cure(policy_set, finding)) for finding in found]
    data["findings"] = [
        {**one, **({"fix": found_cure.label} if found_cure is not None else {})}
        for one, (_finding, found_cure) in zip(told.to_json(found), cures, strict=True)
    ]
    file, line, shown = place_named(policy_set, fault, reading.policy)
    if file:
        data["place"] = {"file": file, "line": line, "text": shown}
    lines += ["", _("In your files")]
    if found:
        lines += [f"  {line}" for line in told.to_text(found)]
        lines += [f"      latchkey check --fix: {flat(one.label)}" for _finding, one in cures if one is not None]
    elif shown:
        lines += wrapped(_("{file}, line {line}: {text}").format(file=flat(file), line=line, text=flat(shown)), 2)
    else:
        lines += wrapped(_("This fault is not in these files: perhaps it is mended, or Azure has others."), 2)
    return data, lines
