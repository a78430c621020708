"""The work behind the pages for policies that are there already: the plan of a draft, checked before and after.

Runs on a worker thread, so it knows no Qt. The folder is read once and again when it has changed on the disk; files
that a plan leaves alone are not read twice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from latchkey.draft.draft import Draft, frozen
from latchkey.errors import LatchkeyError
from latchkey.gui.composing import Composed, guided
from latchkey.gui.existing import Existing, Into, Source, in_words, read_existing
from latchkey.jobs import Watch
from latchkey.text import _, join_list

if TYPE_CHECKING:
    from latchkey.catalogue.catalogue import Catalogue
    from latchkey.check.finding import Finding
    from latchkey.compose.into.keeping import Kept
    from latchkey.compose.into.places import Places
    from latchkey.compose.into.plan import IntoPlan
    from latchkey.compose.into.rows import Row
    from latchkey.guide.model import Guide
    from latchkey.policy.policy_set import PolicySet

_HERE = "policies.extensions"  # owned by the step about the policies
_ROW = re.compile(r"providers\[(\d+)\][A-Za-z0-9_.\-]*")


def plan_and_check(
    draft: Draft, catalogue: Catalogue, source: Source, previous: Existing | None, watch: Watch
) -> Composed:
    """Read, plan, check: the bytes that are shown are the bytes that would be written."""
    made = Composed(draft, folder=source.folder, source=source)
    try:
        existing = read_existing(source.folder, source.in_azure, catalogue, previous, watch)
    except LatchkeyError as error:
        found = (_as_finding(error),)
        return made._replace(refusal=error, guided=guided(draft, catalogue), draft_findings=found)
    watch.step(0.3)
    into, findings, refusal = _into(draft, catalogue, source, existing, watch)
    shown = into.plan.after if into.plan is not None else existing.policy_set
    whole = into.places is not None
    effective = {p.id: shown.effective(p) for p in shown.policies if p.relying_party is not None} if whole else {}
    watch.step(0.6)
    new, old = _findings(existing, into.plan, watch)
    if any(finding.level.name == "ERROR" for finding in findings):
        new = ()  # what is missing in the draft is said already; on its files it would only be said twice
    todo = guided(draft, catalogue, shown if whole else None)
    return made._replace(
        policy_set=shown,
        effective=frozen(effective),
        findings=new,
        refusal=refusal,
        guided=cache(lambda: _left_to_do(todo(), into)),
        into=into._replace(before=old),
        draft_findings=findings,
    )


def _into(
    draft: Draft, catalogue: Catalogue, source: Source, existing: Existing, watch: Watch
) -> tuple[Into, tuple[Finding, ...], LatchkeyError | None]:
    """What the draft does to the policies, and what is to be said of the draft; the refusal, if there is one, and then
    only what can be said all the same.
    """
    from latchkey.compose.into.plan import OtherPeople, plan_into

    into = Into(existing, kept=_kept(existing))
    findings: tuple[Finding, ...] = ()
    try:
        into, findings = _understood(draft, catalogue, source, into)
        watch.step(0.4)
        plan = plan_into(
            existing.policy_set, draft, catalogue, remove_unlisted=source.removing, change_identity=source.changing
        )  # fmt: skip
    except LatchkeyError as refusal:
        if isinstance(refusal, OtherPeople):
            into = into._replace(strangers=refusal.profiles)
        if not any(finding.level.name == "ERROR" for finding in findings):
            findings = (*findings, *_refused(refusal, draft, into))
        return into, findings, refusal
    watch.step(0.5)
    there = _keys(existing.baseline)
    names = tuple(name for folded, name in _keys(plan.after).items() if folded in there)
    return into._replace(plan=plan, uploads=_uploads(existing, plan), keys_there=names), findings, None


def _refused(refusal: LatchkeyError, draft: Draft, into: Into) -> Iterator[Finding]:
    """A refusal as findings, each with its place in the draft, so that the window can lead there."""
    from latchkey.compose.into.plan import OtherPeople, Unlisted
    from latchkey.policy.names import key

    if isinstance(refusal, Unlisted):
        message = _("Your policies also show {names}, which is not in this list.")
        names = join_list(row.text or row.profile.id for row in into.unlisted)
        hint = _("Put it into the list, or say that it shall go.")
        yield _as_finding(refusal, "providers", message=message.format(names=names), hint=hint)
    elif isinstance(refusal, OtherPeople):
        rows = {key(row.profile.id): name for name, row in into.rows.items()}
        for profile in refusal.profiles:
            row = rows.get(key(profile), "")
            number = next((n for n, provider in enumerate(draft.providers) if provider.key == row), -1)
            provider = draft.providers[number] if row else None
            stated = provider is not None and provider.identity_provider is not None and not provider.claims
            place = "identity_provider" if stated else "claims.issuerUserId"
            field = f"providers[{number}].{place}" if row else "providers"
            message = _("This would change how people are recognised who come by {provider}.").format(provider=profile)
            hint = _("All of them would become strangers. Put it back as it was, or say that you know.")
            yield _as_finding(refusal, field, row, message=message, hint=hint)
    else:
        found = _ROW.match(refusal.message)
        number = int(found.group(1)) if found else -1
        row = draft.providers[number].key if 0 <= number < len(draft.providers) else ""
        yield _as_finding(refusal, found.group() if row and found else _HERE, row)


def _as_finding(
    refusal: LatchkeyError, field: str = _HERE, provider: str = "", *, message: str = "", hint: str = ""
) -> Finding:
    from latchkey.check.finding import Finding, Level

    words = in_words(refusal)
    return Finding(
        "into-refused", Level.ERROR, message or words, hint if message else "", field=field, provider=provider
    )


def _understood(
    draft: Draft, catalogue: Catalogue, source: Source, into: Into
) -> tuple[Into, tuple[Finding, ...]]:  # fmt: skip
    """Places and rows; and what is to be said of the draft, but of nothing that the policies hold already."""
    from latchkey.check.draft_rules import check_draft
    from latchkey.compose.into.known import clean, known_rows, only_changes
    from latchkey.compose.into.places import find_places
    from latchkey.compose.into.rows import rows_of
    from latchkey.policy.names import key

    policy_set = into.existing.policy_set
    places = find_places(policy_set, draft.policies)
    found = known_rows(policy_set, places, clean(draft), catalogue, shown=True)
    rows = {p.key: row for p, row in zip(draft.providers, found, strict=True) if row is not None}
    changes, present = only_changes(policy_set, draft, catalogue)
    named = {key(row.profile.id) for row in rows.values()} | {key(name) for name in source.removing}
    theirs = {key(p.id) for policy in into.existing.baseline.policies for p in policy.technical_profiles}
    into = into._replace(
        places=places,
        rows=frozen(rows),
        own=frozenset(name for name, row in rows.items() if key(row.profile.id) not in theirs),
        claims=frozen({name: _claims(row, places, policy_set) for name, row in rows.items()}),
        unlisted=tuple(row for row in rows_of(places.sign_in, catalogue) if key(row.profile.id) not in named),
    )
    return into, check_draft(changes, catalogue, into=True, present=present)


def _claims(row: Row, places: Places, policy_set: PolicySet) -> Mapping[str, str]:
    """Policy claim → the provider's claim, as the policies have it; the set's own claim for a person's number is told
    as the draft's.
    """
    from latchkey.compose.into.needs import USER_ID, user_id
    from latchkey.policy.names import key

    number = user_id(policy_set.effective(places.extensions))
    return frozen(
        {
            USER_ID if key(claim.claim) == key(number) else claim.claim: claim.partner or claim.claim
            for claim in row.profile.output_claims
            if claim.default is None
        }
    )


def _findings(
    existing: Existing, plan: IntoPlan | None, watch: Watch
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What is new with the plan, and what was there before and still is."""
    from latchkey.check.checker import check_set
    from latchkey.check.worse import new_findings
    from latchkey.compose.into.peeling import peeled

    before = existing.findings(watch)
    if plan is None or not plan.changes:
        return (), before
    after = check_set(plan.after, watch=watch)
    new = new_findings(before, after)
    if any(finding.level.name == "ERROR" for finding in new):
        # perhaps a fault of their own, which we had taken off with its button
        new = new_findings(before, after, check_set(peeled(plan.before), watch=watch))
    left = Counter(new)
    old = []
    for finding in after:
        if left[finding]:
            left[finding] -= 1
        else:
            old.append(finding)
    return new, tuple(old)


def _kept(existing: Existing) -> Kept | None:
    from latchkey.compose.into import keeping
    from latchkey.errors import Refused
    from latchkey.paths import kept_folder

    try:
        return keeping.last(existing.folder, kept_folder())
    except Refused:
        return None


def _uploads(existing: Existing, plan: IntoPlan) -> frozenset[str]:
    """The policies that are not, or will not be, as they were before Latchkey."""
    after = plan.after
    found = set()
    for policy in after.policies:
        old = existing.baseline.find(policy.id)
        if old is None or existing.baseline.document(old).data != after.document(policy).data:
            found.add(policy.id)
    return frozenset(found)


def _keys(policy_set: PolicySet) -> dict[str, str]:
    """The names of policy keys, without their prefix, by folded name."""
    from latchkey.policy.names import POLICY_PREFIX, key

    profiles = [profile for policy in policy_set.policies for profile in policy.technical_profiles]
    names = [item.storage_reference_id for profile in profiles for item in profile.keys]
    bare = [name[len(POLICY_PREFIX) :] if key(name).startswith(key(POLICY_PREFIX)) else name for name in names]
    return {key(name): name for name in bare if name}


def _left_to_do(guide: Guide, into: Into) -> Guide:
    """Without what is there already: keys that the policies used before, files that are as they were, applications
    whose ids are in the files.
    """
    from latchkey.policy.names import key

    if into.plan is None:
        return guide
    there = {key(name) for name in into.keys_there}
    gone = () if into.existing.apps_open else ("ief-app", "proxy-app")
    return replace(
        guide,
        sections=tuple(section for section in guide.sections if section.id not in gone),
        policy_keys=tuple(one for one in guide.policy_keys if key(one.name) not in there),
        uploads=tuple(upload for upload in guide.uploads if upload.policy in into.uploads),
    )
