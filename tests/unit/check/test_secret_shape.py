"""What is said of a secret while it is typed."""

from __future__ import annotations

import pytest

from latchkey.catalogue.catalogue import Catalogue
from latchkey.catalogue.loader import load_catalogue
from latchkey.check.secret_shape import secret_doubt

GUID = "00001111-aaaa-2222-bbbb-3333cccc4444"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.mark.parametrize(
    ("type_", "secret", "said"),
    [
        ("wechat", "0123456789abcdef0123456789abcdef", ""),
        ("wechat", "  0123456789abcdef0123456789abcdef ", ""),
        ("wechat", "", ""),
        ("wechat", "0123456789abcdef", "does not look like the APP KEY of WeChat"),
        ("openid-connect", GUID, "looks like the id of a secret"),
        ("openid-connect", "kF8Q~3xV.anything-goes", ""),
        ("openid-connect", "two words", "There is a space"),
        ("openid-connect", "my-client", "This is the Client ID"),
    ],
)
def test_doubts(catalogue: Catalogue, type_: str, secret: str, said: str) -> None:
    doubt = secret_doubt(catalogue[type_], secret, client_id="my-client")
    assert said in doubt
    assert bool(said) == bool(doubt)


def test_no_doubt_repeats_the_secret(catalogue: Catalogue) -> None:
    for entry in catalogue.values():
        for secret in (GUID, "two words", "x" * 7):
            assert secret not in secret_doubt(entry, secret)
