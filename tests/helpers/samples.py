"""The field's sample sets, each put together with the starter pack that it builds on.

Samples hold only the files that differ; the rest is "your own" extensions and base. Which pack that is, a sample says in
prose if at all, so the pack that leaves the fewest findings is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from latchkey.check.checker import check_set
from latchkey.check.finding import Finding, Level
from latchkey.policy.folder import read_folder
from latchkey.policy.names import key
from latchkey.policy.policy_set import PolicyFile, PolicySet

PACKS = ("SocialAndLocalAccounts", "SocialAndLocalAccountsWithMfa", "LocalAccounts", "SocialAccounts")
# what differs from set to set because nobody has put in values of their own yet
UNFILLED = ("placeholder-left", "tenant-matches")


class Sample(NamedTuple):
    """A sample folder (relative to the samples), the pack it was put together with, and what is found there."""

    folder: str
    pack: str
    findings: tuple[Finding, ...]

    def faults(self) -> list[str]:
        """Errors that are not merely values still to be filled in, as `rule file:line`."""
        return [
            f"{f.rule} {Path(f.file).name}:{f.line}"
            for f in self.findings
            if f.level is Level.ERROR and f.rule not in UNFILLED
        ]


def samples(reference: Path) -> Iterator[Sample]:
    """Every sample set of the reference folder."""
    top = reference / "corpus" / "samples"
    packs = {name: read_folder(reference / "corpus" / "starterpack" / name) for name in PACKS}
    for folder in sorted({path.parent for path in top.rglob("*.xml")}):
        files = read_folder(folder)
        tried = [
            Sample(folder.relative_to(top).as_posix(), name, check_set(PolicySet.of(completed(files, pack))))
            for name, pack in packs.items()
        ]
        yield min(tried, key=lambda sample: (len(sample.faults()), len(sample.findings)))


def completed(files: tuple[PolicyFile, ...], pack: tuple[PolicyFile, ...]) -> tuple[PolicyFile, ...]:
    """The files with those of the pack that they build on, and no others."""
    found = list(files)
    while missing := _missing(PolicySet.of(found)):
        added = [file for name in missing if (file := _from_pack(name, pack)) is not None]
        if not added:
            break
        found += added
    return tuple(found)


def _missing(policy_set: PolicySet) -> list[str]:
    ids = [policy.base.policy_id for policy in policy_set.policies if policy.base is not None]
    return [name for name in {key(name): name for name in ids}.values() if policy_set.find(name) is None]


def _from_pack(policy_id: str, pack: tuple[PolicyFile, ...]) -> PolicyFile | None:
    """The pack's file of that kind, under the name by which the sample asks for it."""
    for kind in ("TrustFrameworkExtensions", "TrustFrameworkLocalization", "TrustFrameworkBase"):
        if key(policy_id).endswith(key(kind)):
            file = next(file for file in pack if Path(file.file).stem == kind)
            named = re.sub(rb'(\sPolicyId=")[^"]*', rb"\g<1>" + policy_id.encode(), file.data, count=1)
            return PolicyFile(file.file, named)
    return None


def filled(file: PolicyFile) -> PolicyFile:
    """The file with values of one's own where the pack has sample text."""
    data = file.data
    for old, new in (
        (b"yourtenant", b"litware"),
        (b"ProxyIdentityExperienceFrameworkAppId", b"11111111-2222-4333-8444-555555555555"),
        (b"IdentityExperienceFrameworkAppId", b"66666666-7777-4888-9999-aaaaaaaaaaaa"),
        (b"facebook_clientid", b"123456789012345"),
    ):
        data = data.replace(old, new)
    return PolicyFile(file.file, data)
