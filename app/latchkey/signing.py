"""Client secrets that are tokens, signed with a private key: Apple's.

https://developer.apple.com/documentation/accountorganizationaldatasharing/creating-a-client-secret: a JSON Web Token,
ES256, that names team, Services ID and key and ends six months later at the latest. The private key is read, used and
forgotten: it is in no draft, no keyring, no message and no log.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from latchkey.errors import Refused, Unreadable
from latchkey.text import _

if TYPE_CHECKING:
    from joserfc.jwk import ECKey

AUDIENCE = "https://appleid.apple.com"
LIFETIME = timedelta(days=180)  # Apple's limit is 15,777,000 seconds, some 182 days
_TEN = re.compile(r"[A-Z0-9]{10}")
_SERVICES_ID = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_LONGEST_KEY = 10_000
_KEY_FILE = re.compile(r"AuthKey_([A-Z0-9]{10})\.p8")


class KeyFile(NamedTuple):
    """What stands in a key file, and the key's id, where the file still has the name that Apple gave it."""

    text: str
    key_id: str


class SignedToken(NamedTuple):
    """The secret for the policy key, and the last day on which Apple takes it (in UTC)."""

    text: str
    expires: date


def apple_client_secret(
    team_id: str, services_id: str, key_id: str, private_key: str, now: datetime | None = None
) -> SignedToken:
    """A new client secret from the text of the .p8 file. Raises Refused for what can't be a secret of Apple's."""
    from joserfc import jwt

    team, key = _ten(team_id, _("Team ID")), _ten(key_id, _("Key ID"))
    services = services_id.strip()
    if _SERVICES_ID.fullmatch(services) is None:
        raise Refused(
            _("“{text}” is not the identifier of a Services ID.").format(text=services[:60]),
            _("It is a name with dots like com.contoso.signin."),
        )
    start = (now or datetime.now(UTC)).replace(microsecond=0)
    end = start + LIFETIME
    claims = {
        "iss": team,
        "iat": int(start.timestamp()),
        "exp": int(end.timestamp()),
        "aud": AUDIENCE,
        "sub": services,
    }
    text = jwt.encode({"alg": "ES256", "kid": key}, claims, _private_key(private_key))
    return SignedToken(text, end.astimezone(UTC).date())


def read_key_file(path: Path) -> KeyFile:
    """The key file, as it is: whether it holds a key is said where it is used. Raises Unreadable."""
    try:
        with path.open("rb") as file:
            text = file.read(_LONGEST_KEY + 1).decode("ascii", "replace")
    except OSError as error:
        raise Unreadable(
            _("{path} can't be read: {reason}.").format(path=path, reason=error.strerror or error),
            _("It is the file AuthKey_….p8 that you downloaded from Apple."),
        ) from error
    named = _KEY_FILE.fullmatch(path.name)
    return KeyFile(text, named.group(1) if named else "")


def expiry_of(token: str) -> date | None:
    """The day on which a token that somebody pasted ends (in UTC); None if it is no token, or says no such day."""
    parts = token.strip().split(".")
    if len(parts) != 3:
        return None
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        return datetime.fromtimestamp(claims["exp"], UTC).date()
    except (binascii.Error, ValueError, KeyError, TypeError, OverflowError, OSError, RecursionError):
        return None


def _ten(text: str, label: str) -> str:
    if _TEN.fullmatch(text.strip()) is None:
        raise Refused(
            _("“{text}” is not a {label}.").format(text=text.strip()[:60], label=label),
            _("It has 10 capital letters and digits; Apple's portal shows it."),
        )
    return text.strip()


def _private_key(text: str) -> ECKey:
    """The key in a .p8 file: PKCS #8, elliptic curve P-256, without a password."""
    from joserfc.errors import JoseError
    from joserfc.jwk import ECKey

    wrong = Refused(
        _("This is not the key that Apple made for you."),
        _("It is in the file AuthKey_….p8, a few lines from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----."),
    )
    if len(text) > _LONGEST_KEY or "-----BEGIN PRIVATE KEY-----" not in text:
        raise wrong
    try:
        key = ECKey.import_key(text.strip())
    except (JoseError, ValueError, TypeError):
        raise wrong from None  # what the library says might quote the key
    if key.curve_name != "P-256" or not key.is_private:
        raise wrong
    return key
