"""`latchkey --self-check`: whether this installation is whole, in words or as JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from latchkey.cli.opening import SELF_CHECK
from latchkey.cli.terminal import DONE, REFUSED, Result, answer, flat
from latchkey.cli.wording import Parser
from latchkey.self_check import Probe, Report, check_installation, run, to_json
from latchkey.text import LANGUAGES, _


def check(arguments: Sequence[str], window_probes: Callable[[], tuple[Probe, ...]]) -> Result:
    """Look at everything; `window_probes` are those that need Qt, which this floor does not know."""
    given = _parser().parse_args(arguments)
    report = check_installation().with_more(run(window_probes()))
    return answer(DONE if report.fine else REFUSED, as_json=given.json, data=to_json(report), text=_text(report))


def _parser() -> Parser:
    parser = Parser(prog=f"latchkey {SELF_CHECK}", description=_("Check that this installation of Latchkey is whole."))
    parser.add_argument("--json", action="store_true", help=_("print one JSON document for other programs"))
    parser.add_argument(
        "--language", choices=LANGUAGES, metavar=_("LANGUAGE"), help=_("the language of the answer: en or zh_CN")
    )
    return parser


def _text(report: Report) -> str:
    head = _("Latchkey {version}, Python {python}, {system}").format(
        version=report.version, python=report.python, system=report.system
    )
    good, bad = _("fine"), _("WRONG")
    lines = [f"  {good if one.fine else bad:<7} {flat(one.says)}" for one in report.seen]
    end = _("This installation is whole.") if report.fine else _("This installation is not whole: see above.")
    return "\n".join([flat(head), *lines, end])
