"""Policies that somebody has already, as the wizard works on them: the folder as it was read, what it holds, and what
a draft changes there. Runs on a worker, so it knows no Qt; the heavy parts are imported when they are first needed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from latchkey.draft.draft import Draft, Provider, frozen
from latchkey.errors import LatchkeyError, Refused
from latchkey.jobs import Watch
from latchkey.paths import kept_folder
from latchkey.text import _, language

if TYPE_CHECKING:
    from latchkey.catalogue.catalogue import Catalogue
    from latchkey.check.finding import Finding
    from latchkey.compose.into.keeping import Kept
    from latchkey.compose.into.places import Places
    from latchkey.compose.into.plan import IntoPlan
    from latchkey.compose.into.rows import Row
    from latchkey.policy.model import TrustFrameworkPolicy
    from latchkey.policy.policy_set import PolicySet
    from latchkey.policy.reader import PolicyFile

_DEEPEST = 50

Stamp = tuple[tuple[str, int, int], ...]


class Source(NamedTuple):
    """The policies that a draft changes, and what the person said about them: which missing bases are in Azure, which
    technical profiles may lose their button, and which may take their people for others.
    """

    folder: Path
    in_azure: tuple[str, ...] = ()
    removing: frozenset[str] = frozenset()
    changing: frozenset[str] = frozenset()


class Party(NamedTuple):
    """A policy that applications call: what the choice of policies needs to know of it."""

    id: str
    file: str
    journey: str
    chooses: bool  # people choose there how to sign in
    signs_in: bool  # and can sign up there
    above: frozenset[str]  # folded ids of what it builds on, without the root


class Link(NamedTuple):
    """A policy in the picture of what builds on what. `file` is empty for one that is not here; `said`: the person says
    that it is in Azure. `trouble`: why a file can't be read.
    """

    id: str
    file: str
    below: tuple[Link, ...] = ()
    said: bool = False
    trouble: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Existing:
    """A folder, read once. `files` are bare names; `imported` is its draft (or `refusal` why there is none);
    `baseline` is the set as it was before Latchkey first changed it; `apps_open`: the framework apps are placeholders.
    """

    folder: Path
    stamp: Stamp
    in_azure: tuple[str, ...]
    policy_set: PolicySet
    baseline: PolicySet
    history: tuple[Kept, ...]
    links: tuple[Link, ...]
    parties: tuple[Party, ...]
    apps_open: bool
    imported: Draft | None = None
    refusal: LatchkeyError | None = None
    checked: dict[str, tuple[Finding, ...]] = field(default_factory=dict)  # by language

    def findings(self, watch: Watch) -> tuple[Finding, ...]:
        """What the checks say of the set as it is."""
        from latchkey.check.checker import check_set

        if language() not in self.checked:
            self.checked[language()] = check_set(self.policy_set, watch=watch)
        return self.checked[language()]


class Into(NamedTuple):
    """What a draft does to a folder of policies. Where there is no plan, the composed draft's refusal says why.

    `rows` are the buttons that are there, by the draft's keys; `claims` where their claims come from now; `unlisted`
    are buttons that people see and the draft does not name; `strangers` technical profiles whose people would not be
    recognised; `before` findings that were there before; `kept` what can be put back; `uploads` are policies that are
    not as they were before Latchkey; `keys_there` are keys that they used before; `own` the rows that we put there.
    """

    existing: Existing
    plan: IntoPlan | None = None
    places: Places | None = None
    rows: Mapping[str, Row] = frozen({})
    claims: Mapping[str, Mapping[str, str]] = frozen({})
    unlisted: tuple[Row, ...] = ()
    strangers: tuple[str, ...] = ()
    before: tuple[Finding, ...] = ()
    kept: Kept | None = None
    uploads: frozenset[str] = frozenset()
    keys_there: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()

    @property
    def local(self) -> bool:
        """The sign-in page also asks for e-mail or user name and password."""
        pages = self.places.sign_in if self.places is not None else ()
        return any(selection.validation for page in pages for selection in page.step.selections)

    def has(self, key: str) -> bool:
        """Whether a row of the draft was in the policies before Latchkey."""
        return key in self.rows and key not in self.own


def read_existing(
    folder: Path, in_azure: tuple[str, ...], catalogue: Catalogue, previous: Existing | None, watch: Watch
) -> Existing:
    """The folder as it is now; the one read before, if it still is that. Raises Unreadable."""
    from latchkey.compose.into import keeping
    from latchkey.compose.into.importing import import_set
    from latchkey.policy.folder import read_folder
    from latchkey.policy.policy_set import PolicySet

    stamp, history = stamp_of(folder), keeping.history(folder, kept_folder())
    same = previous is not None and (previous.folder, previous.stamp) == (folder, stamp)
    if same and previous is not None and (previous.in_azure, previous.history) == (in_azure, history):
        return previous
    files = read_folder(folder)
    watch.step(0.1)
    policy_set = PolicySet.of(_named(files, watch), in_azure)
    watch.step(0.8)
    imported, refusal = None, None
    try:
        imported = import_set(policy_set, catalogue)
    except LatchkeyError as error:
        refusal = error
    return Existing(
        folder, stamp, in_azure, policy_set, _baseline(policy_set, history), history, _links(policy_set),
        _parties(policy_set), _apps_open(policy_set), imported, refusal,
    )  # fmt: skip


def _named(files: tuple[PolicyFile, ...], watch: Watch) -> Iterator[PolicyFile]:
    """The files by their bare names, and how far reading is."""
    for number, file in enumerate(files):
        name = Path(file.file).name
        watch.step(0.1 + 0.7 * number / len(files), name)
        yield file._replace(file=name)


def stamp_of(folder: Path) -> Stamp:
    """Names, sizes and times: whether to read again. Bytes are compared before anything is written."""
    try:
        with os.scandir(folder) as entries:
            found = [(one.name, one.stat()) for one in entries if one.name.lower().endswith(".xml")]
    except OSError:
        return ()  # reading says what is wrong
    return tuple(sorted((name, status.st_size, status.st_mtime_ns) for name, status in found))


def _baseline(policy_set: PolicySet, history: tuple[Kept, ...]) -> PolicySet:
    """The set with every file as it was before Latchkey first changed it, as far as that was kept."""
    there = {policy.file for policy in policy_set.policies}
    old: dict[str, bytes] = {}
    for kept in history:  # newest first, so the oldest wins
        for name in kept.files if not kept.put_back else ():
            if name in there:
                try:
                    old[name] = (kept.place / name).read_bytes()
                except OSError:
                    continue
    try:
        return policy_set.with_bytes(old)
    except Refused:
        return policy_set  # what was kept is damaged: then everything counts as it is


def _links(policy_set: PolicySet) -> tuple[Link, ...]:
    """What builds on what, from what builds on nothing here. Policies in a circle, or of one name, come last."""
    from latchkey.policy.names import key

    told: set[str] = set()

    def link(policy: TrustFrameworkPolicy, depth: int) -> Link:
        told.add(policy.file)
        below = [child for child in policy_set.children(policy) if child.file not in told and depth < _DEEPEST]
        return Link(policy.id, policy.file, tuple(link(child, depth + 1) for child in below))

    roots = [link(policy, 0) for policy in policy_set.policies if policy.base is None]
    missing: dict[str, list[TrustFrameworkPolicy]] = {}
    for policy in policy_set.policies:
        if policy.base is not None and policy_set.find(policy.base.policy_id) is None:
            missing.setdefault(policy.base.policy_id, []).append(policy)
    for name, children in missing.items():
        said = key(name) in policy_set.in_azure
        roots.append(Link(name, "", tuple(link(child, 1) for child in children), said))
    roots += [link(policy, 0) for policy in policy_set.policies if policy.file not in told]
    return (*roots, *(Link("", broken.file, trouble=broken.message) for broken in policy_set.broken))


def _parties(policy_set: PolicySet) -> tuple[Party, ...]:
    from latchkey.compose.into.places import choice, default_journey
    from latchkey.policy.names import key

    found = []
    for policy in policy_set.policies:
        journey = default_journey(policy_set, policy)
        if policy.relying_party is None or journey is None:
            continue
        steps = choice(journey)
        above = frozenset(key(link.id) for link in policy_set.chain(policy).policies if link.base is not None)
        signs_in = steps is not None and steps[0].type == "CombinedSignInAndSignUp"
        found.append(Party(policy.id, policy.file, journey.id, steps is not None, signs_in, above))
    return tuple(found)


def _apps_open(policy_set: PolicySet) -> bool:
    """Whether a fresh starter pack's placeholders for the two framework apps are still there."""
    from latchkey.compose.into import placeholders

    known = {name: "" for name in ("ProxyIdentityExperienceFrameworkAppId", "IdentityExperienceFrameworkAppId")}
    documents = [policy_set.document(policy) for policy in policy_set.policies]
    return any(placeholders.fill(document, known) != document.data for document in documents)


def imported_provider(existing: Existing, catalogue: Catalogue, profile: str) -> Provider | None:
    """What the policies say of a provider, by its technical profile."""
    from latchkey.compose.into.places import find_places
    from latchkey.compose.into.rows import rows_of
    from latchkey.policy.names import key

    if existing.imported is None:
        return None
    rows = rows_of(find_places(existing.policy_set, existing.imported.policies).sign_in, catalogue)
    pairs = zip(existing.imported.providers, rows, strict=True)
    return next((provider for provider, row in pairs if key(row.profile.id) == key(profile)), None)


def in_words(error: LatchkeyError) -> str:
    """A refusal as the wizard says it, without switches of the command line."""
    from latchkey.compose.into.whole import MissingBase

    if isinstance(error, MissingBase) and not error.said:
        return _("{what} Add that file to the folder, or say that it is in Azure already.").format(what=error.message)
    return str(error)


def missing_base(error: LatchkeyError | None) -> str:
    """The policy that a set lacks, where the person may say that it is in Azure."""
    from latchkey.compose.into.whole import MissingBase

    return error.base if isinstance(error, MissingBase) and not error.said else ""
