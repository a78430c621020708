"""What fuzzing hands bytes to: one target for each way in, from the bytes to the end of what the program does with them.

A target answers with what it made of them, so that a run can tell that it got further than the first refusal. A
`LatchkeyError` is an answer; any other exception is a fault.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from helpers.composing import EXAMPLES, catalogue, draft, provider
from helpers.small_set import PARTY, small_set
from latchkey import settings
from latchkey.catalogue.catalogue import Catalogue
from latchkey.catalogue.loader import parse_entry
from latchkey.check.checker import check_set
from latchkey.check.cures import mend
from latchkey.check.draft_rules import check_draft
from latchkey.check.explained import recognise
from latchkey.cli.sarif import to_sarif
from latchkey.cli.show_text import policy_text
from latchkey.cli.terminal import safe
from latchkey.compose.composer import compose, preview
from latchkey.compose.into.keeping import history
from latchkey.compose.into.plan import plan_into
from latchkey.compose.patch import patch
from latchkey.discovery import fill, keys, seen
from latchkey.discovery.document import json_object
from latchkey.discovery.reading import read_provider
from latchkey.draft import pasting, store
from latchkey.draft.draft import Draft, Provider, Tenant
from latchkey.errors import LatchkeyError
from latchkey.files.healing import heal_all
from latchkey.files.journal import MARKER, recorded
from latchkey.files.replacing import replace_files
from latchkey.gui import opening, recovery
from latchkey.guide.guide import make_guide
from latchkey.guide.html import to_html
from latchkey.paths import resource
from latchkey.policy.flow import flow
from latchkey.policy.flow_svg import to_svg
from latchkey.policy.policy_set import PolicyFile, PolicySet
from latchkey.policy.story import tell
from latchkey.secrets.index import Index

REFUSED = "refused"
SAML = b"""<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example/saml">
<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing">
<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>MIIB</X509Certificate></X509Data></KeyInfo>
</KeyDescriptor><NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</NameIDFormat>
<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso"/>
<Attribute xmlns="urn:oasis:names:tc:SAML:2.0:assertion" Name="mail" FriendlyName="mail"/>
</IDPSSODescriptor></EntityDescriptor>"""
OPENID = json.dumps(
    {
        "issuer": "https://id.example", "authorization_endpoint": "https://id.example/a", "jwks_uri": "https://id.example/k",
        "token_endpoint": "https://id.example/t", "response_types_supported": ["code"], "scopes_supported": ["openid"],
        "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"],
        "claims_supported": ["sub", "email"], "keys": [{"kty": "RSA", "kid": "1", "use": "sig", "n": "sX" * 171, "e": "AQAB"}],
    }
).encode()  # fmt: skip
PASTED = (
    b"contoso.onmicrosoft.com",
    b"https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1A_signup/v2.0/.well-known/openid-configuration",
    b"https://portal.azure.com/#@contoso.onmicrosoft.com/resource/tenantId/11111111-2222-3333-4444-555555555555",
    b"AADB2C90057: Validation failed: 2 validation error(s) found in policy B2C_1A_X",
    b"file:///nowhere/shop.latchkey.toml",
)
TOKEN = "0123456789abcdef" * 2
JOURNAL = json.dumps(
    {
        "token": TOKEN,
        "writer": ["here", 4_194_304, "boot"],
        "made": [],
        "entries": [["A.xml", "0.new", "0.old", "", ""]],
    }
).encode()
STATES = (
    JOURNAL,
    json.dumps({"folder": "/nowhere", "token": TOKEN, "made": [], "elsewhere": []}).encode(),
    json.dumps({"language": "en", "theme": "dark", "recent": ["/a/b.toml"], "pinned": [], "welcomed": True}).encode(),
    json.dumps({"stored": [["contoso", "B2C_1A_X"]], "expires": {"contoso/B2C_1A_X": "2031-01-01"}}).encode(),
    json.dumps({"format": 1, "address": "https://a", "day": "2031-01-01", "facts": {"a": ["b"]}, "keys": {"a": ""}}).encode(),
    json.dumps({"folder": "/x", "when": "1", "put_back": False, "files": [{"name": "a", "before": "", "after": ""}]}).encode(),
)  # fmt: skip


class Target(NamedTuple):
    """Where bytes go in; `seeds` are good ones, `words` what is put in between."""

    run: Callable[[bytes], str]
    seeds: Callable[[], tuple[bytes, ...]]
    words: tuple[bytes, ...] = ()


def policies(data: bytes) -> str:
    """A policy file among good ones: checked, mended, told, drawn, and printed in every form."""
    good = [PolicyFile(name, text.encode()) for name, text in small_set().items() if name != PARTY]
    policy_set = PolicySet.of([*good, PolicyFile(PARTY, data)])
    findings = check_set(policy_set)
    assert all(finding.message and finding.line >= 0 for finding in findings)
    json.dumps(to_sarif(findings))
    mend(policy_set)
    policy = next((one for one in policy_set.policies if one.file == PARTY), None)
    if policy is None:
        return REFUSED
    safe("\n".join(policy_text(policy_set, policy, sources=True)))
    effective = policy_set.effective(policy)
    for journey in list(effective.journeys.values())[:3]:
        ET.fromstring(to_svg(flow(tell(effective, journey))))
    return "read"


def drafts(data: bytes) -> str:
    """A draft file: read, written and read again, judged, composed, and its guide made."""
    text = data.decode("utf-8", "replace")
    found = store.loads(text, "x.latchkey.toml")
    assert store.loads(store.dumps(found), "x") == found, "what was written is not what was read"
    check_draft(found, catalogue())
    ET.fromstring(to_html(make_guide(found, catalogue()), found.done).replace("<!DOCTYPE html>", ""))
    known = tuple(one for one in found.providers if one.type in catalogue())
    composed = preview(replace(found, tenant=Tenant("contoso"), providers=known), catalogue())
    assert not PolicySet.of(composed.files).broken, "what was composed can't be read"
    return "composed"


def metadata(data: bytes) -> str:
    """A document of a provider: read, judged, its values proposed and remembered."""
    text = data.decode("utf-8", "replace")
    if text.strip()[:1] not in ("{", "<"):
        return "not a document"  # an address: that is for the network
    if text.strip().startswith("{"):
        keys.judge(keys.keys_of(json_object(data, "x")) or ())
    reading = read_provider(text)
    assert all(verdict.message for verdict in reading.verdicts)
    kind = {"openid-connect": "openid-connect", "oauth2": "oauth2", "saml": "saml"}[reading.kind]
    entry = next((one for one in catalogue().values() if one.type == kind), None)
    if entry is not None:
        fill.proposals(reading, entry, Provider(entry.type))
    fill.offered_claims(reading)
    seen.facts_of(reading)
    return reading.kind


def entries(data: bytes) -> str:
    """A provider file of a person's own: read, and policies made of it."""
    name = next((line.split(b'"')[1] for line in data.splitlines() if line.startswith(b'type = "')), b"x")
    entry = parse_entry(data, f"{name.decode('utf-8', 'replace')}.toml")
    theirs = Catalogue.of([entry], ())
    answers = {setting.name: setting.example for setting in entry.settings if setting.example}
    chosen = Provider(entry.type, client_id=entry.client_id.example if entry.client_id else "", settings=answers)
    composed = compose(draft("social", chosen), theirs)
    assert not PolicySet.of(composed.files).broken, "what was composed can't be read"
    return "composed"


def pasted(data: bytes) -> str:
    """A text out of the clipboard, or dropped: what is it, and which tenant does it name?"""
    text = data.decode("utf-8", "replace")
    recognise(text[:2000])
    kind = opening.of_text(text).kind
    pasting.understand(text)
    return kind


def state(data: bytes) -> str:
    """Our own files between two runs, and a journal that lies in a policy folder: as somebody else left them."""
    with tempfile.TemporaryDirectory(dir=_memory()) as place, _Home(place):
        folder = Path(place, "policies")
        (folder / MARKER).mkdir(parents=True)
        unfinished, kept = Path(place, "latchkey/unfinished"), Path(place, "kept")
        unfinished.mkdir(parents=True)
        for file in (folder / MARKER / "journal.json", unfinished / f"{TOKEN}.json", Path(place, "x.json")):
            file.write_bytes(data)
        (folder / MARKER / "0.old").write_bytes(b"old")
        _refusable(lambda: replace_files(folder, {"B.xml": b"new"}))
        heal_all()
        list(recorded())
        settings.save(settings.load(Path(place, "x.json")).settings, Path(place, "y.json"))
        Index(Path(place, "x.json")).read()
        _kept(kept, folder, data)
        _seen(data)
        recovery.find(_written(Path(place, "recovered.toml"), data))
    return "read"


def into(data: bytes) -> str:
    """A set with this file, a draft brought into it, and the same draft once more."""
    good = [PolicyFile(name, text.encode()) for name, text in small_set().items() if name != PARTY]
    policy_set = PolicySet.of([*good, PolicyFile(PARTY, data)])
    planned = plan_into(policy_set, wanted(), catalogue(), remove_unlisted=True, change_identity=True)
    assert not planned.after.broken, "the plan leaves what can't be read"
    for change in planned.changes:
        patch(change.file, change.before, change.after)
    again = plan_into(planned.after, wanted(), catalogue(), remove_unlisted=True, change_identity=True)
    assert not again.changes, "twice is not once"
    return "planned"


@cache
def wanted() -> Draft:
    """What is brought into the small set."""
    return draft("social", provider("wechat"), provider("qq"), tenant="litware")


XML = tuple(
    b'<!DOCTYPE a [<!ENTITY b "c">]>|<!-- -->|<![CDATA[x]]>|]]>|&#0;|&#x10FFFF;|&amp;|&b;|{{ 7 * 7 }}|{% raw %}|{Settings:x}|\x00|'
    b'\xff\xfe|\xef\xbb\xbf|encoding="utf-16"|encoding="punycode"|xmlns:x="y"|xml:space="preserve"|Id=""|Order="-1"|'
    b'Order="99999999999999999999"|latchkey:|<?x?>|\xe2\x80\xae|B2C_1A_Base|AAD-Common|CustomSignUpOrSignIn'.split(b"|")
)  # fmt: skip
TEXT = tuple(
    b"'''|\"\"\"|[[providers]]|[tenant]|= 1e999|= nan|= 1979-05-27|= {a = 1}|\\u0000|\\ud800|a.a.a.a.a.a.a.a.a.a|#|\x00|\x1b[2J|\r\n|\r|"
    b"{{ 7 * 7 }}|{% raw %}|\xe2\x80\xae|\xe2\x80\xa8|[[[[[[[|{{{{{{{|9999999999999999999999|true|[]|{}|\"\"|''".split(
        b"|"
    )
)
JSON = tuple(
    b'null|true|-1|1e999|NaN|1e5|"\\ud800"|"\\u0000"|[]|{}|[[]]|"../../x"|"/etc/passwd"|"a\\nb"|99999999999999999999999|""|"x\\u202e"|'
    b'-Infinity|["a"]|{"a":"b"}'.split(b"|")
)
LINKS = tuple(
    b"file:|//|\\\\server\\share|../|%00|%2e%2e|@|:|#|?|[::1]|\xe3\x80\x82|xn--|onmicrosoft.com|b2clogin.com|\x00|\n|/te/|"
    b"tenantId=|https://|{|<|AADB2C".split(b"|")
)
TARGETS: Mapping[str, Target] = {
    "policies": Target(policies, lambda: tuple(text.encode() for text in small_set().values()), XML),
    "into": Target(into, lambda: (small_set()[PARTY].encode(), *_joined()), XML),
    "drafts": Target(drafts, lambda: tuple(path.read_bytes() for path in sorted(EXAMPLES.glob("*.toml"))), TEXT),
    "metadata": Target(metadata, lambda: (OPENID, SAML), (*JSON, *XML)),
    "providers": Target(
        entries, lambda: tuple(path.read_bytes() for path in sorted(resource("providers").glob("*.toml"))), TEXT
    ),
    "pasted": Target(pasted, lambda: PASTED, LINKS),
    "state": Target(state, lambda: STATES, JSON),
}


def answer(target: Target, data: bytes) -> str:
    """What a target says to these bytes. Raises whatever is no answer."""
    try:
        return target.run(data)
    except LatchkeyError as error:
        assert error.message, error
        assert "\n" not in error.message, error.message
        return REFUSED


def _joined() -> tuple[bytes, ...]:
    """The same file after a draft was brought in: with our own marks."""
    files = [PolicyFile(name, text.encode()) for name, text in small_set().items()]
    try:
        planned = plan_into(PolicySet.of(files), wanted(), catalogue(), remove_unlisted=True, change_identity=True)
    except LatchkeyError:
        return ()
    return tuple(change.after for change in planned.changes if change.file == PARTY)


def _refusable(work: Callable[[], object]) -> None:
    with contextlib.suppress(OSError, LatchkeyError):
        work()


def _kept(store_: Path, folder: Path, data: bytes) -> None:
    import hashlib

    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    (store_ / name / "1").mkdir(parents=True)
    (store_ / name / "1" / "kept.json").write_bytes(data)
    history(folder, store_)


def _seen(data: bytes) -> None:
    place = "https://a"
    file = seen._file(place)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    seen.recall(place)


def _written(file: Path, data: bytes) -> Path:
    file.write_bytes(data)
    return file


def _memory() -> str | None:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


class _Home:
    """The state and settings folders elsewhere, as long as it lasts."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._before: dict[str, str | None] = {}

    def __enter__(self) -> None:
        for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
            self._before[name] = os.environ.get(name)
            os.environ[name] = self._place

    def __exit__(self, *_error: object) -> None:
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
