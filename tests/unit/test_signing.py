"""Apple's client secret: a token that verifies, ends in time, and never gives the key away."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey

from latchkey.catalogue.loader import load_catalogue
from latchkey.errors import Refused
from latchkey.signing import AUDIENCE, LIFETIME, apple_client_secret, expiry_of

TEAM, SERVICES, KEY = "A1B2C3D4E5", "com.contoso.signin", "F6G7H8I9J0"
NOW = datetime(2026, 1, 31, 23, 30, 5, 999, tzinfo=UTC)


def pem(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, password: bytes = b"") -> str:
    encryption = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    data = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption)
    return data.decode()


@pytest.fixture(scope="module")
def private() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def test_the_token_is_what_apple_asks_for(private: ec.EllipticCurvePrivateKey) -> None:
    made = apple_client_secret(f" {TEAM} ", SERVICES, KEY, pem(private), NOW)
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    token = jwt.decode(made.text, ECKey.import_key(public), algorithms=["ES256"])
    assert token.header == {"typ": "JWT", "alg": "ES256", "kid": KEY}
    start = int(NOW.timestamp())
    assert token.claims == {
        "iss": TEAM,
        "iat": start,
        "exp": start + int(LIFETIME.total_seconds()),
        "aud": AUDIENCE,
        "sub": SERVICES,
    }
    assert made.expires == date(2026, 7, 30) == expiry_of(made.text)


def test_it_ends_before_apple_stops_taking_it() -> None:
    assert timedelta(days=170) < LIFETIME < timedelta(seconds=15_777_000)


def test_now_is_the_default(private: ec.EllipticCurvePrivateKey) -> None:
    made = apple_client_secret(TEAM, SERVICES, KEY, pem(private))
    left = made.expires - datetime.now(UTC).date()
    assert LIFETIME - timedelta(days=1) <= left <= LIFETIME


def test_line_ends_of_windows_are_fine(private: ec.EllipticCurvePrivateKey) -> None:
    assert apple_client_secret(TEAM, SERVICES, KEY, "\ufeff".strip("\ufeff") + pem(private).replace("\n", "\r\n"))


def test_audience_is_the_issuer_that_the_catalogue_has() -> None:
    entry = load_catalogue()["apple"]
    assert entry.metadata["issuer"] == AUDIENCE
    assert entry.secret is not None
    assert (entry.secret.kind, entry.secret.lifetime_months) == ("signed-token", 6)


@pytest.mark.parametrize(
    ("field", "value"),
    [("team", "A1B2C3D4E"), ("team", "a1b2c3d4e5"), ("team", ""), ("key", "F6G7 H8I9J"), ("services", "contoso")],
)
def test_ids_that_can_not_be(field: str, value: str, private: ec.EllipticCurvePrivateKey) -> None:
    given_ids = {"team": TEAM, "services": SERVICES, "key": KEY} | {field: value}
    with pytest.raises(Refused) as caught:
        apple_client_secret(given_ids["team"], given_ids["services"], given_ids["key"], pem(private))
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def keys_that_are_none() -> dict[str, str]:
    other = ec.generate_private_key(ec.SECP384R1())
    right = ec.generate_private_key(ec.SECP256R1())
    public = right.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    lines = pem(right).splitlines()
    return {
        "empty": "",
        "words": "my key",
        "another curve": pem(other),
        "rsa": pem(rsa.generate_private_key(65537, 2048)),
        "with a password": pem(right, b"secret"),
        "public": public.decode(),
        "cut off": "\n".join([*lines[:-2], lines[-1]]),
        "no base64": lines[0] + "\n????\n" + lines[-1],
        "endless": pem(right) + "x" * 20_000,
    }


@pytest.mark.parametrize("name", keys_that_are_none())
def test_a_file_that_is_not_apples_key(name: str) -> None:
    text = keys_that_are_none()[name]
    with pytest.raises(Refused, match="not the key") as caught:
        apple_client_secret(TEAM, SERVICES, KEY, text)
    said = f"{caught.value}{caught.value.hint}{caught.value.__cause__}"
    assert not any(line in said for line in text.splitlines() if len(line) > 30)


@pytest.mark.parametrize(
    "token", ["", "a.b", "a.b.c", "a.e30.c", "....", f"a.{base64.urlsafe_b64encode(b'[1]').decode()}.c"]
)
def test_what_says_no_day(token: str) -> None:
    assert expiry_of(token) is None


@given(st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.lists(st.integers(), max_size=2)))
def test_any_day_or_none(value: object) -> None:
    payload = base64.urlsafe_b64encode(json.dumps({"exp": value}).encode()).decode().rstrip("=")
    assert expiry_of(f"a.{payload}.c") is None or isinstance(value, int | float)


@given(st.text(max_size=60))
def test_any_text_as_token(text: str) -> None:
    expiry_of(text)
