"""A policy set: the policy files of one folder, their chains, and what each of them amounts to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from latchkey.policy.build import build
from latchkey.policy.effective import Effective, inherit
from latchkey.policy.model import BasePolicy, TrustFrameworkPolicy
from latchkey.policy.names import key
from latchkey.policy.reader import BadXml, Document, PolicyFile, read

__all__ = ["BrokenFile", "Chain", "PolicyFile", "PolicySet"]

ROOT = "TrustFrameworkPolicy"
MAX_LEVELS = (
    10  # a policy and all that it builds on: https://learn.microsoft.com/azure/active-directory-b2c/service-limits
)


class BrokenFile(NamedTuple):
    """A file that can't be read as XML, or not taken: why, in one line, and the rule it breaks."""

    file: str
    rule: str
    message: str
    hint: str
    line: int


class Chain(NamedTuple):
    """A policy and what it builds on, leaf first. `missing` is the base that is not here; `cycle`: it came back."""

    policies: tuple[TrustFrameworkPolicy, ...]
    missing: BasePolicy | None = None
    cycle: bool = False

    @property
    def complete(self) -> bool:
        """The chain ends in a policy without base."""
        return self.missing is None and not self.cycle


class PolicySet:
    """Files read once; chains and effective policies worked out when asked for and then kept.

    `others` are XML files that are no policies at all; of two files with one id the first stands in chains. `in_azure`
    are ids (folded) of policies that somebody says are in the tenant, though their files are not here.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        broken: Iterable[BrokenFile] = (),
        others: Iterable[str] = (),
        known: Mapping[str, TrustFrameworkPolicy] | None = None,
        in_azure: Iterable[str] = (),
    ) -> None:
        self._documents = {document.file: document for document in documents}
        built = known or {}
        self.policies: tuple[TrustFrameworkPolicy, ...] = tuple(
            [built[d.file] if d.file in built else build(d) for d in self._documents.values()]
        )
        self.broken = tuple(broken)
        self.others = tuple(others)
        self.in_azure = frozenset(key(policy_id) for policy_id in in_azure)
        self._by_id: dict[str, TrustFrameworkPolicy] = {}
        for policy in self.policies:
            self._by_id.setdefault(key(policy.id), policy)
        self._chains: dict[str, Chain] = {}
        self._effective: dict[str, Effective] = {}
        self._children: dict[str, list[TrustFrameworkPolicy]] | None = None

    @classmethod
    def of(cls, files: Iterable[PolicyFile], in_azure: Iterable[str] = ()) -> PolicySet:
        """Read the files. A file that can't be read is in `broken`; the rest is there all the same."""
        documents: list[Document] = []
        broken: list[BrokenFile] = []
        others: list[str] = []
        for file in files:
            try:
                document = read(file)
            except BadXml as error:
                broken.append(BrokenFile(file.file, error.rule, error.message, error.hint, error.line))
                continue
            tag = document.root.tag
            if tag == ROOT or tag.endswith("}" + ROOT):
                documents.append(document)
            else:
                others.append(file.file)
        return cls(documents, broken, others, in_azure=in_azure)

    def with_bytes(self, files: Mapping[str, bytes]) -> PolicySet:
        """The set with other bytes in some of its files; files that stay as they are aren't read again."""
        changed = {file: data for file, data in files.items() if self._documents[file].data != data}
        if not changed:
            return self
        documents = [
            read(PolicyFile(file, changed[file])) if file in changed else document
            for file, document in self._documents.items()
        ]
        known = {policy.file: policy for policy in self.policies if policy.file not in changed}
        return PolicySet(documents, self.broken, self.others, known, self.in_azure)

    def document(self, policy: TrustFrameworkPolicy) -> Document:
        """The file behind a policy of this set."""
        return self._documents[policy.file]

    def find(self, policy_id: str) -> TrustFrameworkPolicy | None:
        """The policy with that id, compared without case."""
        return self._by_id.get(key(policy_id))

    def chain(self, policy: TrustFrameworkPolicy) -> Chain:
        """The policy and its ancestors, leaf first."""
        known = self._chains.get(policy.file)
        if known is None:
            known = self._chains[policy.file] = self._walk(policy)
        return known

    def _walk(self, policy: TrustFrameworkPolicy) -> Chain:
        found = [policy]
        seen = {key(policy.id)}
        while (base := found[-1].base) is not None:
            if key(base.policy_id) in seen:
                return Chain(tuple(found), cycle=True)
            parent = self.find(base.policy_id)
            if parent is None:
                return Chain(tuple(found), missing=base)
            found.append(parent)
            seen.add(key(parent.id))
        return Chain(tuple(found))

    def effective(self, policy: TrustFrameworkPolicy) -> Effective:
        """What the policy amounts to with its ancestors, as far as they are here."""
        known = self._effective.get(policy.file)
        if known is not None:
            return known
        todo = [link for link in self.chain(policy).policies if link.file not in self._effective]
        result = None
        for link in reversed(todo):
            chain = self.chain(link).policies
            parent = self._effective[chain[1].file] if len(chain) > 1 and chain[1].file in self._effective else None
            result = self._effective[link.file] = inherit(parent, link)
        assert result is not None
        return result

    def children(self, policy: TrustFrameworkPolicy) -> tuple[TrustFrameworkPolicy, ...]:
        """The policies of this set that build directly on it."""
        if self._children is None:
            self._children = {}
            for child in self.policies:
                if child.base is not None:
                    self._children.setdefault(key(child.base.policy_id), []).append(child)
        return tuple(self._children.get(key(policy.id), ()))

    def upload_order(self) -> tuple[TrustFrameworkPolicy, ...]:
        """Every policy after the one it builds on, otherwise in the order of the files."""
        position = {policy.file: index for index, policy in enumerate(self.policies)}
        depth = {policy.file: len(self.chain(policy).policies) for policy in self.policies}
        return tuple(sorted(self.policies, key=lambda policy: (depth[policy.file], position[policy.file])))
