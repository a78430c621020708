"""The plan: what carrying a draft into an existing set changes, in words and as bytes. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from latchkey.catalogue.entries import Entry
from latchkey.compose.composer import provider_xml
from latchkey.compose.ids import Taken
from latchkey.compose.into import journeys, marks, needs, placeholders, values
from latchkey.compose.into.elements import Additions, marked, parsed
from latchkey.compose.into.journeys import Wanted
from latchkey.compose.into.known import clean, completed, known_rows, our_profiles
from latchkey.compose.into.peeling import peeled
from latchkey.compose.into.places import Page, Places, find_places
from latchkey.compose.into.refusals import (
    OtherPeople,
    Unlisted,
    refuse_more_than_order,
    refuse_other_people,
    refuse_other_tenants,
    refuse_unlisted,
)
from latchkey.compose.into.rows import Row, rows_of
from latchkey.compose.into.texts import Strings, renamed
from latchkey.compose.into.values import Stated
from latchkey.compose.into.whole import refuse_incomplete, refuse_missing_base
from latchkey.compose.into.words import differences
from latchkey.compose.naming import resolve
from latchkey.compose.setup import ProviderSetup
from latchkey.draft.draft import DEFAULT_JOURNEY_ID, Draft, Provider
from latchkey.policy import splice
from latchkey.policy.model import TechnicalProfile, TrustFrameworkPolicy
from latchkey.policy.names import POLICY_PREFIX, key
from latchkey.policy.policy_set import PolicySet
from latchkey.policy.splice import New, Splice

__all__ = ["FileChange", "IntoPlan", "OtherPeople", "Unlisted", "peeled", "plan_into"]


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that the plan changes."""

    file: str
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class IntoPlan:
    """What would change, file by file and in words; `after` is the whole set as it would be."""

    changes: tuple[FileChange, ...]
    unchanged: tuple[str, ...]
    words: tuple[str, ...]
    before: PolicySet
    after: PolicySet


def plan_into(
    policy_set: PolicySet,
    draft: Draft,
    catalogue: Mapping[str, Entry],
    *,
    remove_unlisted: bool | Collection[str] = False,
    change_identity: bool | Collection[str] = False,
) -> IntoPlan:
    """Plan a draft into a set. Raises Refused for what can't be, or was not asked for (the contract's switches; instead
    of True they may name the technical profiles that they are for).
    """
    draft = clean(draft)
    refuse_incomplete(policy_set)
    refuse_other_tenants(policy_set, draft)
    refuse_more_than_order(draft)
    known = _placeholders(policy_set, draft, catalogue)
    filled = _mapped(policy_set, lambda policy: placeholders.fill(policy_set.document(policy), known))
    work, shown = _start(filled, draft, catalogue)
    refuse_unlisted(work.unlisted(shown), remove_unlisted)
    after = work.carry_out()
    if any(marks.stale(filled.document(policy)) for policy in filled.policies):
        after = _settled(after, draft, catalogue)
    refuse_other_people(filled, after, change_identity=change_identity)
    return _as_plan(policy_set, after)


def _start(filled: PolicySet, draft: Draft, catalogue: Mapping[str, Entry]) -> tuple[_Work, tuple[Row, ...]]:
    """The work to be done on a set without our hand, and the buttons that people see now."""
    bare = peeled(filled)
    now = find_places(filled, draft.policies)
    ours = our_profiles(filled)
    draft = completed(draft, known_rows(filled, now, draft, catalogue, shown=True), ours, catalogue)
    work = _Work(bare, draft, catalogue, find_places(bare, draft.policies), ours)
    return work, rows_of(now.sign_in, catalogue)


def _settled(after: PolicySet, draft: Draft, catalogue: Mapping[str, Entry]) -> PolicySet:
    """The result when nothing more changes: what a person had made theirs may be as we wrote it again, and so ours."""
    for _again in range(3):
        work, _shown = _start(after, draft, catalogue)
        before, after = after, work.carry_out()
        if all(before.document(old).data == after.document(new).data for old, new in _pairs(before, after)):
            break
    return after


def _placeholders(policy_set: PolicySet, draft: Draft, catalogue: Mapping[str, Entry]) -> dict[str, str]:
    """What can be filled in; Facebook's only from the provider that stands for the button that still has it."""
    known = placeholders.values(draft)
    places = find_places(policy_set, draft.policies)
    for provider, row in zip(
        draft.providers, known_rows(policy_set, places, draft, catalogue, shown=True), strict=True
    ):
        open_ = row is not None and row.profile.metadata_value("client_id") == placeholders.FACEBOOK
        if open_ and provider.client_id:
            known[placeholders.FACEBOOK] = provider.client_id
    return known


def _mapped(policy_set: PolicySet, change: Callable[[TrustFrameworkPolicy], bytes]) -> PolicySet:
    """The set with files changed; itself where none is."""
    return policy_set.with_bytes({policy.file: change(policy) for policy in policy_set.policies})


@dataclass(slots=True)
class _Work:
    """One plan in the making, over a set without our hand."""

    policy_set: PolicySet
    draft: Draft
    catalogue: Mapping[str, Entry]
    places: Places
    ours: Mapping[str, bool]
    _splices: dict[str, list[Splice]] = field(default_factory=dict)
    _additions: dict[str, Additions] = field(default_factory=dict)
    _before: tuple[Row, ...] = ()
    _rows: list[Row | None] = field(default_factory=list)
    _new: dict[int, ProviderSetup] = field(default_factory=dict)
    _given_out: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        draft = self.draft
        self._before = rows_of(self.places.sign_in, self.catalogue)
        self._rows = known_rows(self.policy_set, self.places, draft, self.catalogue)
        new = [i for i, row in enumerate(self._rows) if row is None]
        if new:
            setups = resolve(
                replace(draft, providers=tuple(draft.providers[i] for i in new)), self.catalogue, self._taken()
            )
            self._new = dict(zip(new, setups.providers, strict=True))

    def unlisted(self, shown: Sequence[Row]) -> list[Row]:
        """The buttons that people see now and the draft does not name."""
        named = {key(row.profile.id) for row in self._rows if row is not None}
        named |= {key(setup.technical_profile) for setup in self._new.values()}
        return [row for row in shown if key(row.profile.id) not in named]

    def carry_out(self) -> PolicySet:
        """The whole set as it will be."""
        changes = self._changes()
        claims = [values.output_claim(*claim) for change in changes.values() for claim in change.claims.items()]
        made = self._add_providers()
        self._add_needs([*made, *claims])
        self._change_providers(changes)
        self._name_buttons()
        for number, page in enumerate(self.places.pages):
            self._arrange(page, number)
        return _mapped(self.policy_set, self._result)

    def _result(self, policy: TrustFrameworkPolicy) -> bytes:
        document = self.policy_set.document(policy)
        splices = list(self._splices.get(policy.file, ()))
        additions = self._additions.get(policy.file)
        if additions is not None:
            splices += additions.splices(document, document.root)
        return splice.apply(document, splices)

    def _taken(self) -> Taken:
        """Every id that any policy of the set has: a new one would silently mix with it."""
        taken = Taken()
        for policy in self.policy_set.policies:
            taken.profiles |= {key(profile.id) for profile in policy.technical_profiles}
            for profile in policy.technical_profiles:
                taken.keys |= {key(item.storage_reference_id.removeprefix(POLICY_PREFIX)) for item in profile.keys}
            for journey in (*policy.journeys, *policy.sub_journeys):
                taken.exchanges |= {key(exchange.id) for step in journey.steps for exchange in step.exchanges}
        return taken

    def _extensions(self) -> Additions:
        return self._additions.setdefault(self.places.extensions.file, Additions())

    def _add_providers(self) -> list[New]:
        """New ClaimsProviders, by id whatever the draft's order, so that reordering buttons moves nothing here."""
        if not self._new:
            return []
        refuse_missing_base(self.policy_set, [self.places.extensions])
        for page in self.places.pages:
            needs.refuse_without_accounts(page)
        effective = self.policy_set.effective(self.places.extensions)
        setups = sorted(self._new.values(), key=lambda setup: setup.technical_profile)
        made = [needs.fitted(parsed(provider_xml(setup)), effective) for setup in setups]
        for setup, provider in zip(setups, made, strict=True):
            label = setup.id + (marks.NAMED if self._by_name(setup) else "")
            self._extensions().put(("ClaimsProviders",), marked(provider, label))
        return made

    def _add_needs(self, items: Sequence[New]) -> None:
        """What new providers, and claims that old ones are to give, lean on and the set lacks."""
        if not items:
            return
        effective = self.policy_set.effective(self.places.extensions)
        needed = Additions()
        setups = sorted(self._new.values(), key=lambda setup: setup.technical_profile)
        given = needs.add_blocks(needed, [need for setup in setups for need in setup.entry.needs], effective)
        needs.add_missing(needed, items, effective, given)
        if needed.below:  # a base that is not here may well have it
            refuse_missing_base(self.policy_set, [self.places.extensions])
            self._extensions().add(needed)

    def _by_name(self, setup: ProviderSetup) -> bool:
        """Nobody chose these ids; once that is so, it stays so."""
        chosen = setup.provider.id or setup.provider.profile or setup.entry.ids.id
        return self.ours.get(key(setup.technical_profile), not chosen)

    def _changes(self) -> dict[int, Stated]:
        """What the draft says otherwise than the policies, by the place of the provider in the draft."""
        number = needs.user_id(self.policy_set.effective(self.places.extensions))
        found = {}
        for index, (provider, row) in enumerate(zip(self.draft.providers, self._rows, strict=True)):
            if row is not None:
                change = values.stated(provider, row, self.catalogue.get(provider.type), number)
                if change:
                    found[index] = change
        return found

    def _change_providers(self, changes: Mapping[int, Stated]) -> None:
        for index, change in changes.items():
            row = self._rows[index]
            assert row is not None
            home = self._home(row.profile)
            additions = self._additions.setdefault(home.file, Additions())
            found = self._splices.setdefault(home.file, [])
            found += values.carry_out(self.policy_set.document(home), change, additions, row)

    def _home(self, profile: TechnicalProfile) -> TrustFrameworkPolicy:
        """The file in which a profile is changed: the extensions file, by an override if need be; but a profile that is
        only defined below it, where it is defined.
        """
        above = {policy.file for policy in self.policy_set.chain(self.places.extensions).policies}
        files = [where.source.file for where in profile.layers]
        if any(file in above for file in files):
            return self.places.extensions
        return next(policy for policy in self.policy_set.policies if policy.file == files[0])

    def _name_buttons(self) -> None:
        strings = Strings(self.policy_set.effective(self.places.extensions))
        for index, (provider, row) in enumerate(zip(self.draft.providers, self._rows, strict=True)):
            for page in self.places.pages:
                texts, exchange = self._texts(page, provider, row, self._new.get(index))
                if texts and exchange:
                    strings.add(page, exchange, texts)
        file = self.places.extensions
        self._splices.setdefault(file.file, []).extend(strings.put(self.policy_set.document(file), self._extensions()))

    def _texts(
        self, page: Page, provider: Provider, row: Row | None, setup: ProviderSetup | None
    ) -> tuple[Mapping[str, str], str]:
        languages = page.effective.supported_languages
        if row is not None:
            default = languages.default if languages is not None else ""
            return renamed(row, provider.name, provider.names, default), journeys.target_of(page, row.profile.id)
        assert setup is not None
        known = {key(language) for language in languages.languages} if languages is not None else set()
        texts = {
            language: text
            for language, text in setup.names.items()
            if language in provider.names or key(language) in known
        }
        return texts, setup.exchange

    def _wanted(self, page: Page) -> list[Wanted]:
        """The buttons of a page in the draft's order. Profile editing gets what is new, and keeps what it had."""
        result = []
        for index, row in enumerate(self._rows):
            if row is None:
                setup = self._new[index]
                result.append(Wanted(setup.technical_profile, setup.exchange, ours=True))
            elif journeys.target_of(page, row.profile.id):
                result.append(Wanted(row.profile.id, journeys.target_of(page, row.profile.id), ours=False))
            elif page in self.places.sign_in or row not in self._before:
                result.append(Wanted(row.profile.id, row.exchange, ours=False))
        return result

    def _known(self, page: Page) -> set[str] | None:
        """The buttons that the draft speaks of. Profile editing may have others, which nobody asked to take off."""
        if page in self.places.sign_in:
            return None
        return {key(row.profile.id) for row in self._before}

    def _arrange(self, page: Page, number: int) -> None:
        wanted = self._wanted(page)
        known = self._known(page)
        if not journeys.changes(page, wanted, known):
            return
        if page.home is not None:
            document = self.policy_set.document(page.home)
            found = self._splices.setdefault(page.home.file, [])
            found += journeys.in_place(document, page, wanted, known)
            return
        new_id = self._journey_id(page, number)
        additions = self._additions.setdefault(page.copy_to.file, Additions())
        name = f"{page.journey.id} → {new_id}"
        copy = journeys.copy(self.policy_set, page, new_id, wanted, known)
        additions.put(("UserJourneys",), marked(copy, name))
        for party in page.relying_parties:
            self._repoint(party, new_id)

    def _journey_id(self, page: Page, number: int) -> str:
        wanted = self.draft.policies.journey_id or DEFAULT_JOURNEY_ID
        stem = wanted + ("ProfileEdit" if page in self.places.profile_edit else "")
        taken = {key(j.id) for p in self.policy_set.policies for j in (*p.journeys, *p.sub_journeys)}
        taken |= self._given_out
        found = next(name for name in journeys.numbered(stem) if key(name) not in taken)
        self._given_out.add(key(found))
        return found

    def _repoint(self, party: TrustFrameworkPolicy, new_id: str) -> None:
        document = self.policy_set.document(party)
        element = document.root.path("RelyingParty", "DefaultUserJourney")[0]
        one = values.with_attributes(document, element, {"ReferenceId": new_id})
        self._splices.setdefault(party.file, []).append(one)


def _pairs(before: PolicySet, after: PolicySet) -> Iterator[tuple[TrustFrameworkPolicy, TrustFrameworkPolicy]]:
    found = {policy.file: policy for policy in after.policies}
    yield from ((policy, found[policy.file]) for policy in before.policies)


def _as_plan(before: PolicySet, after: PolicySet) -> IntoPlan:
    changes, unchanged = [], []
    for policy, found in _pairs(before, after):
        old, new = before.document(policy).data, after.document(found).data
        if old == new:
            unchanged.append(policy.file)
        else:
            changes.append(FileChange(policy.file, old, new))
    return IntoPlan(tuple(changes), tuple(unchanged), differences(before, after), before, after)
