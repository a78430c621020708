"""Checking a policy set: every rule, at every level of every chain, each thing told once.

files that can't be read ──▶ findings as they are
each policy, bases first ──▶ rules on the file ──▶ on its references and journeys, if its chain is complete
                                              ──▶ on the flow of claims, if it is a relying party
the set                  ──▶ rules on all files together
"""

from __future__ import annotations

from collections.abc import Iterable

from latchkey.check.finding import Finding, Level
from latchkey.check.rule import Hit, Rule, Subject
from latchkey.check.table import FILE_RULES, LEVEL_RULES, PARTY_RULES, SET_RULES
from latchkey.check.view import View, whole
from latchkey.jobs import Unwatched, Watch
from latchkey.policy.model import TrustFrameworkPolicy
from latchkey.policy.policy_set import ROOT, PolicySet
from latchkey.text import _

_LONG_LINE = 2000  # no person wrote it, and a hostile file may have everything on one


def check_set(policy_set: PolicySet, ours: bool = False, watch: Watch | None = None) -> tuple[Finding, ...]:
    """All findings, by file and line. `ours`: Latchkey has composed the set, so it is held to the stricter levels."""
    watch = watch or Unwatched()
    found = _Found(policy_set, ours)
    found.unreadable()
    policies = policy_set.upload_order()
    for number, policy in enumerate(policies):
        watch.step(number / len(policies), policy.file)
        view = View(policy_set, policy)
        chain = policy_set.chain(policy)
        above = chain.policies[1] if len(chain.policies) > 1 else None
        found.run(FILE_RULES if view.document.root.tag == ROOT else FILE_RULES[:1], view, policy, above)
        if whole(policy_set, policy):
            found.run(LEVEL_RULES, view, policy, above)
            if policy.relying_party is not None:
                found.run(PARTY_RULES, view, policy, above)
    for rule in SET_RULES:
        found.add(rule, rule.look(policy_set))
    watch.step(1.0)
    return found.sorted()


class _Found:
    """Findings so far, and what each policy was told already, so that the policies built on it are not told again."""

    def __init__(self, policy_set: PolicySet, ours: bool) -> None:
        self._set = policy_set
        self._ours = ours
        self._lines: dict[str, list[bytes]] = {}
        self._findings: dict[tuple[str, str, int, str], Finding] = {}
        self._told: dict[str, frozenset[tuple[str, str]]] = {}

    def unreadable(self) -> None:
        for broken in self._set.broken:
            self._put(Finding(broken.rule, Level.ERROR, broken.message, broken.hint, broken.file, broken.line))
        for file in self._set.others:
            # beside policies, a file of another kind does no harm; alone, it was meant to be one
            level = Level.WARNING if self._set.policies and not self._ours else Level.ERROR
            message = _("This is not an Azure AD B2C policy: its first element is something else.")
            hint = _(
                "A policy begins with <TrustFrameworkPolicy>. If the file is something else, take it out of the folder."
            )
            self._put(Finding("xml-namespace", level, message, hint, file, 1))

    def run(
        self, rules: Iterable[Rule[View]], view: View, policy: TrustFrameworkPolicy, above: TrustFrameworkPolicy | None
    ) -> None:
        """Rules on a policy. What is about the same thing as a finding of an ancestor is that finding again."""
        inherited = self._told.get(above.file, frozenset()) if above is not None else frozenset()
        told = set(self._told.get(policy.file, frozenset())) | inherited
        for rule in rules:
            hits = list(rule.look(view))
            if hits:
                self.add(rule, (hit for hit in hits if not hit.about or (rule.id, hit.about) not in inherited))
                told.update((rule.id, hit.about) for hit in hits if hit.about)
        self._told[policy.file] = frozenset(told)

    def add(self, rule: Rule[Subject], hits: Iterable[Hit]) -> None:
        usual = rule.ours if self._ours else rule.theirs
        for hit in hits:
            source = hit.where.source
            level = hit.level or usual
            line = hit.where.line
            column = hit.column or self._column(source.file, line)
            self._put(
                Finding(rule.id, level, hit.message, hit.hint, source.file, line, source.policy_id, column=column)
            )

    def _column(self, file: str, line: int) -> int:
        """Where the line's element begins; 0 where several do, so that none can be told."""
        if line <= 0:
            return 0
        lines = self._lines.get(file)
        if lines is None:
            policy = next((policy for policy in self._set.policies if policy.file == file), None)
            lines = self._lines[file] = self._set.document(policy).body.split(b"\n") if policy is not None else []
        text = lines[line - 1] if line <= len(lines) else b""
        if len(text) > _LONG_LINE or text.count(b"<") - text.count(b"</") > 1:
            return 0
        head = text[: len(text) - len(text.lstrip(b"\xef\xbb\xbf \t"))]
        return len(head.decode("utf-8", "replace").lstrip("\ufeff")) + 1

    def _put(self, finding: Finding) -> None:
        self._findings.setdefault((finding.rule, finding.file, finding.line, finding.message), finding)

    def sorted(self) -> tuple[Finding, ...]:
        order = {level: place for place, level in enumerate(Level)}
        return tuple(sorted(self._findings.values(), key=lambda f: (f.file, f.line, order[f.level], f.rule, f.message)))
