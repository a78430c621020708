"""The keys that a provider signs with: a key set (JSON), or certificates.

https://datatracker.ietf.org/doc/html/rfc7517, https://datatracker.ietf.org/doc/html/rfc7518#section-6
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from latchkey.discovery.verdict import Verdict, note, ok, wont
from latchkey.text import _, ngettext

SOON_DAYS = 30
SMALLEST_RSA = 2048
_MOST = 100  # keys of one set that are looked at


@dataclass(frozen=True, slots=True)
class Key:
    """One key or certificate. `usable`: Azure can check signatures with it (RSA, for signatures, long enough)."""

    id: str  # its own name, or the start of its digest
    type: str  # RSA, EC …
    bits: int = 0
    signs: bool = True
    ends: datetime | None = None

    @property
    def usable(self) -> bool:
        """Azure does RSA only: https://github.com/azure-ad-b2c/samples/issues/643"""
        return self.signs and self.type == "RSA" and self.bits >= SMALLEST_RSA


def keys_of(document: Mapping[str, Any]) -> tuple[Key, ...] | None:
    """The keys of a key set; None if it is none."""
    listed = document.get("keys")
    if not isinstance(listed, list):
        return None
    return tuple(_key(one) for one in listed[:_MOST] if isinstance(one, dict))


def _key(members: Mapping[str, Any]) -> Key:
    def text(name: str) -> str:
        value = members.get(name)
        return value if isinstance(value, str) else ""

    kind = text("kty")
    bits = len(_bytes(text("n")).lstrip(b"\0")) * 8 if kind == "RSA" else 0
    chain = members.get("x5c")
    first = chain[0] if isinstance(chain, list) and chain and isinstance(chain[0], str) else ""
    certificate = certificate_key(first) if first else None
    operations = members.get("key_ops")
    signs = text("use") in ("", "sig") and (not isinstance(operations, list) or "verify" in operations)
    digest = hashlib.sha256(repr(sorted((name, str(value)) for name, value in members.items())).encode()).hexdigest()
    return Key(text("kid")[:100] or digest[:16], kind[:20], bits, signs, certificate.ends if certificate else None)


def _bytes(text: str) -> bytes:
    """base64url without padding; nothing for what is none."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def certificate_key(text: str, *, signs: bool = True) -> Key | None:
    """The key of a certificate in base64, as metadata carries it; None if it can't be read."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    try:
        data = base64.b64decode("".join(text.split()), validate=True)
        certificate = x509.load_der_x509_certificate(data)
        ends = certificate.not_valid_after_utc
        public = certificate.public_key()
    except Exception:  # noqa: BLE001  (whatever a library says of hostile bytes: it is no certificate)
        return None
    kind, bits = type(public).__name__, 0
    if isinstance(public, rsa.RSAPublicKey):
        kind, bits = "RSA", public.key_size
    elif isinstance(public, ec.EllipticCurvePublicKey):
        kind, bits = "EC", public.key_size
    return Key(hashlib.sha256(data).hexdigest()[:16], kind, bits, signs, ends)


def judge(keys: Sequence[Key], now: datetime | None = None) -> list[Verdict]:
    """Whether Azure can check signatures with them, and until when."""
    now = now or datetime.now(UTC)
    signing = [key for key in keys if key.signs]
    usable = [key for key in keys if key.usable]
    if not keys:
        return [
            wont(
                "keys-missing",
                _("The provider publishes no keys, so Azure can't check what it signs."),
                _("Ask the people who run the provider."),
            )
        ]
    if not usable:
        return [_unusable(signing)]
    ended = [key for key in usable if key.ends is not None and key.ends <= now]
    if len(ended) == len(usable):
        return [
            wont(
                "keys-ended",
                _("The provider's signing certificate ended on {date}.").format(date=_day(ended)),
                _("Ask the people who run the provider for metadata with a certificate that is valid."),
            )
        ]
    found = [
        ok(
            "keys",
            ngettext(
                "{count} key for signatures is there, and Azure can use it.",
                "{count} keys for signatures are there that Azure can use.",
                len(usable),
            ).format(count=len(usable)),
        )
    ]
    return found + _remarks(signing, usable, now)


def _remarks(signing: Sequence[Key], usable: Sequence[Key], now: datetime) -> list[Verdict]:
    found = []
    soon = [key for key in usable if key.ends is not None and (key.ends - now).days < SOON_DAYS]
    if soon:
        found.append(
            note(
                "keys-end-soon",
                _("A certificate that the provider signs with ends on {date}.").format(date=_day(soon)),
                _("Read from the provider again some days before: it should publish the next one by then."),
            )
        )
    if len(usable) < len(signing):
        found.append(
            note(
                "keys-mixed",
                _("Some of its keys are of a kind that Azure can't use."),
                _("Make sure that the provider signs for your application with RSA."),
            )
        )
    return found


def _unusable(signing: Sequence[Key]) -> Verdict:
    if any(key.type == "RSA" and key.bits for key in signing):
        bits = max(key.bits for key in signing if key.type == "RSA")
        return wont(
            "keys-weak",
            _("The provider's keys are too short: {bits} bits.").format(bits=bits),
            _("{needed} bits are needed. Ask the people who run the provider.").format(needed=SMALLEST_RSA),
        )
    return wont(
        "keys-unusable",
        _("None of the provider's keys is an RSA key for signatures, and Azure can use no other."),
        _("Ask the people who run the provider for an RSA key."),
    )


def _day(keys: Sequence[Key]) -> str:
    return min(key.ends for key in keys if key.ends is not None).date().isoformat()
