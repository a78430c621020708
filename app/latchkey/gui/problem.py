"""The report of a problem: versions, how the wizard is set up, what kind of draft is open, and what was logged last.

It is made of what is on a list here and of nothing else: types, counts, ids of rules. No answer, name, address or path
of the person's comes into it, and no secret ever came near. No Qt, so that the whole can be tested by itself.
"""

from __future__ import annotations

import platform
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from latchkey import __version__
from latchkey.draft.draft import frozen
from latchkey.gui.installed import parts

if TYPE_CHECKING:
    from latchkey.catalogue.catalogue import Catalogue
    from latchkey.check.finding import Finding
    from latchkey.draft.draft import Draft
    from latchkey.settings import Settings

_LOG_LINES = 200


@dataclass(frozen=True, slots=True)
class Scene:
    """What the window looked like; `seen` are facts such as Qt's version, the platform, the screen."""

    draft: Draft
    catalogue: Catalogue
    settings: Settings
    step: str
    findings: tuple[Finding, ...] = ()
    improving: bool = False
    seen: Mapping[str, str] = field(default_factory=lambda: frozen({}))


def report(scene: Scene, log: Iterable[str] = (), now: datetime | None = None) -> str:
    """The whole report, in English: it is read by whoever mends the program. `log` is redacted already."""
    sections = (
        ("Latchkey", _versions(scene, now)),
        ("Window", [f"{name}: {value}" for name, value in scene.seen.items()]),
        ("Settings", _settings(scene.settings)),
        ("Draft", _draft(scene)),
        ("Findings", _findings(scene.findings)),
        ("Packages", [f"{part.name} {part.version}" for part in parts()]),
        ("Log", list(log)[-_LOG_LINES:] or ["nothing"]),
    )
    return "\n\n".join("\n".join([title, "-" * len(title), *lines]) for title, lines in sections) + "\n"


def _versions(scene: Scene, now: datetime | None) -> list[str]:
    how = "packed program" if getattr(sys, "frozen", False) else "Python package"
    return [
        f"Version {__version__} ({how})",
        f"Python {platform.python_version()} on {platform.platform(terse=True)} {platform.machine()}",
        *([f"Made {now.astimezone():%Y-%m-%d %H:%M %z}"] if now is not None else []),
    ]


def _settings(settings: Settings) -> list[str]:
    return [
        f"Language: {settings.language or 'like the system'}",
        f"Theme: {settings.theme}",
        f"Newer versions: {settings.updates}",
        f"Recent drafts: {len(settings.recent)}, pinned: {len(settings.pinned)}",
    ]


def _draft(scene: Scene) -> list[str]:
    draft, policies = scene.draft, scene.draft.policies
    known = [row.type if row.type in scene.catalogue else "own" for row in draft.providers]
    step = "provider" if scene.step.startswith("provider:") else scene.step
    return [
        f"Kind: {policies.kind}, {'policies that are there' if scene.improving else 'new policies'}",
        f"Cloud: {draft.tenant.cloud}, custom domain: {'yes' if draft.tenant.custom_domain else 'no'}",
        f"Accounts: {policies.accounts}, journeys: {', '.join(policies.journeys)}",
        f"Providers: {', '.join(known) or 'none'}",
        f"Ticks: {len(draft.done)}",
        f"Step: {step}",
    ]


def _findings(findings: Iterable[Finding]) -> list[str]:
    counted = Counter((finding.level.name, finding.rule) for finding in findings)
    return [f"{count} × {rule} ({level})" for (level, rule), count in sorted(counted.items())] or ["none"]
