"""Composing and checking all provider types together, and loading the catalogue, against lxml reading the same bytes.

Processor time in one process after its start; the least of several runs in turn.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from lxml import etree

from latchkey.catalogue.catalogue import Catalogue
from latchkey.catalogue.entries import Entry
from latchkey.catalogue.loader import load_catalogue
from latchkey.check.checker import check_set
from latchkey.compose.composer import ComposedSet, compose
from latchkey.draft.draft import Draft, Policies, Provider, Tenant, frozen
from latchkey.policy.policy_set import PolicySet

RUNS = 15
GOAL = 12


def everything(catalogue: Catalogue) -> Draft:
    """A draft with every type, filled with its examples."""

    def provider(entry: Entry) -> Provider:
        client_id = entry.client_id.example if entry.client_id else ""
        settings = {setting.name: setting.example for setting in entry.settings}
        return Provider(entry.type, client_id=client_id, settings=frozen(settings))

    ids = ("11111111-2222-3333-4444-555555555555", "66666666-7777-8888-9999-aaaaaaaaaaaa")
    policies = Policies(accounts="social-and-local-mfa", ief_app_id=ids[0], proxy_ief_app_id=ids[1])
    return Draft(Tenant("contoso"), policies, providers=tuple(provider(entry) for entry in catalogue.values()))


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Measure and print."""
    catalogue = load_catalogue()
    draft = everything(catalogue)
    made = compose(draft, catalogue)

    def both() -> ComposedSet:
        found = compose(draft, catalogue)
        assert not check_set(PolicySet.of(found.files), ours=True)
        return found

    def parse() -> None:
        for file in made.files:
            etree.fromstring(file.data)

    works: dict[str, Callable[[], object]] = {
        f"compose and check all {len(catalogue)} types": both,
        "compose them": lambda: compose(draft, catalogue),
        "load the catalogue": load_catalogue,
    }
    for work in (parse, *works.values()):
        work()
    times = [[seconds(parse), *(seconds(work) for work in works.values())] for _ in range(RUNS)]
    theirs, *ours = (min(column) for column in zip(*times, strict=True))
    size = sum(len(file.data) for file in made.files) // 1024
    for number, (name, took) in enumerate(zip(works, ours, strict=True)):
        goal = f"(goal {GOAL})" if number == 0 else ""
        word = "! " if number == 0 and took / theirs > GOAL else "  "
        shown = f"{took * 1000:.0f} ms : {theirs * 1000:.1f} ms"
        print(
            f"{word}{took / theirs:5.2f}   {goal:<10}   {shown:>16}   {name} : lxml parsing the {size} KB", flush=True
        )


if __name__ == "__main__":
    main()
