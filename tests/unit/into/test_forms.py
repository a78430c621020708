"""The laws hold however a file is written: line ends, encodings, indentation, quotes, prefixes, comments."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable

import pytest

from helpers.composing import catalogue, draft, provider
from latchkey.check.checker import check_set
from latchkey.check.finding import Level
from latchkey.compose.composer import compose
from latchkey.compose.into.importing import import_set
from latchkey.compose.into.peeling import peeled
from latchkey.compose.into.plan import plan_into
from latchkey.draft.draft import Draft
from latchkey.policy.policy_set import PolicyFile, PolicySet

_CONTAINERS = (
    rb"(</?(?:ClaimsProviders|OrchestrationSteps|ClaimsExchanges|ClaimsProviderSelections|TechnicalProfiles)>)"
)


def encoded(name: str) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        text = re.sub('encoding="[^"]*"', f'encoding="{name}"', data.decode("utf-8-sig"), count=1)
        return text.encode(name, "xmlcharrefreplace")

    return change


def mixed(data: bytes) -> bytes:
    lines = data.replace(b"\r\n", b"\n").split(b"\n")
    return b"".join(line + (b"\r\n" if number % 3 else b"\n") for number, line in enumerate(lines))


FORMS: dict[str, Callable[[bytes], bytes]] = {
    "LF": lambda data: data.replace(b"\r\n", b"\n"),
    "CRLF": lambda data: data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
    "both": mixed,
    "tabs": lambda data: re.sub(rb"(?m)^( +)", lambda found: b"\t" * (len(found[1]) // 2), data),
    "one-line": lambda data: re.sub(rb">\s+<", b"><", data),
    "trailing-blanks": lambda data: re.sub(rb"(\r?\n)", rb" \t\1", data),
    "no-last-line-end": lambda data: data.rstrip(),
    "BOM": lambda data: b"\xef\xbb\xbf" + data.removeprefix(b"\xef\xbb\xbf"),
    "no-BOM": lambda data: data.removeprefix(b"\xef\xbb\xbf"),
    "apostrophes": lambda data: re.sub(rb'="([^"\'<>]*)"', rb"='\1'", data),
    "prefix": lambda data: re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1p:", data).replace(b" xmlns=", b" xmlns:p=", 1),
    "comments": lambda data: re.sub(_CONTAINERS, rb"<!-- x -->\1<!-- y -->", data),
    "instructions": lambda data: re.sub(_CONTAINERS, rb"<?x > ?>\1<?y?>", data),
    "tags-over-lines": lambda data: re.sub(
        rb"(<(?:ClaimsExchange|ClaimsProviderSelection)) ",
        rb"\1\r\n\t\t",
        data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
    ),
    "UTF-16": encoded("utf-16"),
    "Latin-1": encoded("iso-8859-1"),
    "ASCII": encoded("us-ascii"),
}


def written(form: str) -> PolicySet:
    files = compose(draft("social-and-local", provider("facebook"), provider("wechat")), catalogue()).files
    return PolicySet.of(PolicyFile(file.file, FORMS[form](file.data)) for file in files)


def data(policy_set: PolicySet) -> dict[str, bytes]:
    return {policy.file: policy_set.document(policy).data for policy in policy_set.policies}


def plan(policy_set: PolicySet, wanted: Draft) -> PolicySet:
    return plan_into(policy_set, wanted, catalogue(), remove_unlisted=True).after


NAME = "微 & <b> \"q\" 'a' ]]> é --> ~1 --"
START = draft("social-and-local", provider("facebook"), provider("wechat"))
A = draft(
    "social-and-local", provider("wechat", name=NAME), provider("openid-connect", name=NAME, names={"de": NAME}),
    provider("qq"), provider("facebook"),
)  # fmt: skip
B = draft(
    "social-and-local", provider("qq"), provider("facebook", name="F\u00a0\u0416"), provider("openid-connect", id="O")
)


@pytest.mark.parametrize("form", FORMS)
def test_the_laws(form: str) -> None:
    before = written(form)
    assert before.broken == ()
    assert len(before.policies) == 6
    first = plan(before, A)
    assert [f for f in check_set(first) if f.level is Level.ERROR] == []
    assert data(plan(first, A)) == data(first)
    second = plan(first, B)
    assert data(plan(second, B)) == data(second)
    assert data(plan(second, A)) == data(first)
    assert data(plan(second, START)) == data(before)
    assert data(peeled(first)) == data(before)
    imported = import_set(first, catalogue())
    assert [p.name for p in imported.providers if p.type == "wechat"] == [NAME]
    assert data(plan(first, imported)) == data(first)
    for file, old in data(before).items():
        new = data(first)[file]
        if form in ("LF", "CRLF"):
            eol = b"\r\n" if form == "CRLF" else b"\n"
            assert new.count(b"\n") == new.count(eol)
            assert (b"\r" in new) == (b"\r" in old)
        if form == "BOM":
            assert new.startswith(b"\xef\xbb\xbf")
            assert new.count(b"\xef\xbb\xbf") == 1


def test_what_is_replaced_stands_beside_what_replaced_it() -> None:
    """All else of a file is there as it was."""
    before = written("CRLF")
    first = plan(before, A)
    for file, data_before in data(before).items():
        old, new = data_before.split(b"\r\n"), data(first)[file].split(b"\r\n")
        for what, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if what in ("replace", "delete"):
                now = b"\n".join(new[k:m])
                assert all(line.strip() in now for line in old[i:j]), old[i:j]
