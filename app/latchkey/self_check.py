"""Whether this installation of Latchkey is whole: `latchkey --self-check`, and Help → About.

An installed program may have lost a file, or its packer may have left one out. Each probe opens a part of the program
as the program itself does, and says in a sentence what it found. `latchkey.gui.self_check` probes what needs Qt.
Nothing of the person's is changed; a keyring is looked for, and not asked for anything (it might want a password).
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import platform
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import latchkey
from latchkey.errors import LatchkeyError, Refused
from latchkey.log import logger
from latchkey.paths import config_folder, resource, state_folder, template_root
from latchkey.text import LANGUAGES, N_, _, join_list, ngettext

if TYPE_CHECKING:
    from latchkey.catalogue.catalogue import Catalogue
    from latchkey.draft.draft import Draft

_OTHER_GUIDES = {"go-live", "go-live-user-flow", "other"}  # about no provider of the catalogue
_log = logger(__name__)


class Seen(NamedTuple):
    """What one probe found: its name for other programs, whether all is well, and the same in a sentence."""

    name: str
    fine: bool
    says: str


class Probe(NamedTuple):
    """A look at one part. `look` returns a sentence or raises; `part` is what it is about, as the failure calls it."""

    name: str
    part: str
    look: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Report:
    """All that was seen, and what it was seen on."""

    version: str
    python: str
    system: str
    packed: bool  # frozen into a program of its own, so no Python is needed
    seen: tuple[Seen, ...]

    @property
    def fine(self) -> bool:
        """Whether nothing is wrong."""
        return all(one.fine for one in self.seen)

    def with_more(self, seen: Iterable[Seen]) -> Report:
        """This report with the findings of further probes behind its own."""
        return replace(self, seen=(*self.seen, *seen))


def check_installation() -> Report:
    """Run every probe that needs no Qt. Takes a second or two: call it on a worker thread. Raises nothing."""
    return Report(
        version=latchkey.__version__,
        python=platform.python_version(),
        system=platform.platform(terse=True),
        packed=bool(getattr(sys, "frozen", False)),
        seen=tuple(run(probes())),
    )


def run(wanted: Iterable[Probe]) -> Iterator[Seen]:
    """Each probe's finding. Whatever a probe raises is a finding as well."""
    for probe in wanted:
        try:
            yield Seen(probe.name, True, probe.look())
        except Exception as error:  # noqa: BLE001  (anything may be broken in a broken installation; it is told)
            _log.debug("self-check: %s", probe.name, exc_info=error)
            yield Seen(probe.name, False, _failure(probe, error))


def _failure(probe: Probe, error: Exception) -> str:
    if isinstance(error, LatchkeyError):
        return str(error)
    reason = " ".join(f"{type(error).__name__}: {error}".split())
    return _("{part} can't be used ({reason}). Please install Latchkey again.").format(
        part=_(probe.part), reason=reason
    )


def probes() -> tuple[Probe, ...]:
    """All probes of this floor, in the order in which they are told."""
    return (
        Probe("modules", N_("A part of the program"), modules),
        Probe("templates", N_("A template"), templates),
        Probe("providers", N_("A provider's file"), providers),
        Probe("guides", N_("A guide"), guides),
        Probe("languages", N_("A translation"), languages),
        Probe("rules", N_("The explanation of a rule"), rules),
        Probe("examples", N_("An example"), examples),
        Probe("connections", N_("What secures connections"), connections),
        Probe("keyring", N_("The keyring"), keyring),
        Probe("folders", N_("The folder for settings and drafts"), folders),
    )


def without_qt(error: ImportError) -> Probe:
    """The probe in place of the wizard's own. In a program that was packed with its wizard, it finds fault."""

    def look() -> str:
        if getattr(sys, "frozen", False):
            raise error
        return _("The commands work; the wizard needs Qt, which is not installed.")

    return Probe("qt", N_("Qt"), look)


def to_json(report: Report) -> dict[str, Any]:
    """The report for other programs."""
    return {
        "version": report.version,
        "python": report.python,
        "system": report.system,
        "packed": report.packed,
        "fine": report.fine,
        "checks": [one._asdict() for one in report.seen],
    }


def modules() -> str:
    """Import every module: one that was left out of a package is missed here, and not at the third click."""
    count = load_all("latchkey", but=("latchkey.gui", "latchkey.__main__"))
    return ngettext(
        "{count} part of the program can be loaded.", "{count} parts of the program can be loaded.", count
    ).format(count=count)


def load_all(below: str, but: tuple[str, ...] = ()) -> int:
    """Import every module below a package, and say how many there are. Raises what an import raises."""
    package = importlib.import_module(below)
    count = 0
    for found in pkgutil.walk_packages(package.__path__, f"{below}."):
        if not any(found.name == name or found.name.startswith(f"{name}.") for name in but):
            importlib.import_module(found.name)
            count += 1
    _refuse_none(Path(package.__path__[0]), count)
    return count


def templates() -> str:
    """Parse every template in the environment that it is made for."""
    from latchkey.compose.environment import environment as for_policies
    from latchkey.guide.html import environment as for_pages

    root = template_root()
    names = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.j2"))
    for name in names:
        (for_pages() if name.startswith("guide/") else for_policies(root)).get_template(name)
    _refuse_none(root, len(names))
    return ngettext("{count} template is there.", "{count} templates are there.", len(names)).format(count=len(names))


def providers() -> str:
    """Read every provider that ships, as strictly as ever; the person's own are another matter. Each has a guide, so a
    guide without one tells which is gone.
    """
    for name in _guide_names() - _OTHER_GUIDES:
        _refuse_missing(resource("providers", f"{name}.toml"))
    count = len(_catalogue())
    return ngettext("{count} provider is known.", "{count} providers are known.", count).format(count=count)


def guides() -> str:
    """Parse every guide in every language."""
    from latchkey.guide.words import words
    from latchkey.guide.written import written

    wanted = [(name, code) for code in LANGUAGES for name in sorted(_guide_names() | set(_catalogue()))]
    for code in LANGUAGES:
        _refuse_missing(resource("guides", f"words.{code}.toml"))
        words(code)
    for name, code in wanted:
        _refuse_missing(resource("guides", f"{name}.{code}.md"))
        written(name, code)
    return ngettext("{count} guide is there.", "{count} guides are there.", len(wanted)).format(count=len(wanted))


def languages() -> str:
    """Load every translation, without falling back to English."""
    import gettext

    for code in LANGUAGES:
        if code != "en":
            gettext.translation("latchkey", str(resource("locale")), [code])
    return _("It speaks {languages}.").format(languages=join_list(LANGUAGES.values()))


def rules() -> str:
    """Open all that the checks know and say: schemas, rules, Azure's error messages."""
    from latchkey.check.explained import explained
    from latchkey.check.explained import rules as all_rules

    for file in sorted([*resource("schema").glob("*.json"), *resource("rules").glob("*.json")]):
        json.loads(file.read_bytes())
    for code in LANGUAGES:
        tomllib.loads(resource("rules", f"{code}.toml").read_text(encoding="utf-8"))
    count = len(all_rules())
    _refuse_none(resource("rules"), count)
    for rule in all_rules():
        if explained(rule) is None:
            raise Refused(_("Nothing explains the rule {rule}.").format(rule=rule), _("Please install Latchkey again."))
    return ngettext("{count} rule is explained.", "{count} rules are explained.", count).format(count=count)


def examples() -> str:
    """The whole road: compose each example, check it, write it to a temporary folder, read it back, make its guide."""
    from latchkey.draft.store import load

    files = sorted(resource("examples").glob("*.latchkey.toml"))
    _refuse_none(resource("examples"), len(files))
    with tempfile.TemporaryDirectory(prefix="latchkey-") as folder:
        count = sum(_written(load(file), Path(folder, str(number))) for number, file in enumerate(files))
    return ngettext(
        "{count} policy file was composed from the examples, checked and written.",
        "{count} policy files were composed from the examples, checked and written.",
        count,
    ).format(count=count)


def connections() -> str:
    """Make what a secured connection needs, without connecting."""
    from latchkey.discovery.tls import azure_context, client_context, has_authorities

    azure_context()
    if not has_authorities(client_context()):
        return _("This system has no list of trusted authorities (ca-certificates), so no provider can be read.")
    return _("Connections to providers can be secured.")


def keyring() -> str:
    """Find the keyring, and load what this system's own needs. A computer without one is no fault of the program."""
    from latchkey.secrets import Keychain, load_system_backend

    load_system_backend()
    return _("Secrets are kept in {place}.").format(place=Keychain().place)


def folders() -> str:
    """Whether the person may write where settings and drafts belong. Makes nothing."""
    for folder in (config_folder(), state_folder()):
        there = next(path for path in (folder, *folder.parents) if path.exists())
        if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
            raise Refused(
                _("Nothing can be written to {folder}.").format(folder=there),
                _("See who owns it, and who may write there."),
            )
    return _("Settings are in {config}, drafts in {state}.").format(config=config_folder(), state=state_folder())


def _written(draft: Draft, folder: Path) -> int:
    """How many files a draft came to, once everything about them was seen to be right."""
    from latchkey.check.checker import check_set
    from latchkey.check.finding import Level
    from latchkey.compose.composer import compose
    from latchkey.compose.writer import carry_out, plan
    from latchkey.guide.guide import make_guide
    from latchkey.guide.html import to_html
    from latchkey.policy.policy_set import PolicySet

    composed = compose(draft, _catalogue())
    for finding in check_set(PolicySet.of(composed.files), ours=True):
        if finding.level is Level.ERROR:
            raise Refused(finding.message, finding.hint)
    carry_out(plan(composed, folder))
    for file in composed.files:
        if (folder / file.file).read_bytes() != file.data:
            raise Refused(
                _("{file} was not written as it should be.").format(file=file.file), _("See whether the disk is full.")
            )
    for code in LANGUAGES:
        to_html(make_guide(draft, _catalogue(), composed, code))
    return len(composed.files)


def _catalogue() -> Catalogue:
    """The providers that ship, without those of the person's own folder."""
    from latchkey.catalogue.loader import load_catalogue

    return load_catalogue(resource("providers", "none"))


def _guide_names() -> set[str]:
    return {file.name.removesuffix(".en.md") for file in resource("guides").glob("*.en.md")}


def _refuse_missing(path: Path) -> None:
    if not path.is_file():
        raise Refused(_("{path} is missing.").format(path=path), _("Please install Latchkey again."))


def _refuse_none(folder: Path, count: int) -> None:
    if not count:
        raise Refused(_("{path} is empty.").format(path=folder), _("Please install Latchkey again."))
