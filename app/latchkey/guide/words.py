"""The short texts around the guides, in the guide's own language.

They lie beside the guides and not in the program's translation catalogue, since a guide is a document: somebody who
uses Latchkey in English may hand a Chinese sheet to the colleague who registers the app with WeChat.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from latchkey.paths import resource
from latchkey.text import LANGUAGES

# Labels of no portal in particular, which are better read in the guide's language.
GENERAL = {
    "Redirect URI": "field_redirect_uri",
    "Client ID": "field_client_id",
    "Client secret": "field_client_secret",
    "Signing certificate": "field_certificate",
    "Metadata of your policy": "field_policy_metadata",
}


class Words:
    """Texts by key: `words("key_secret", label=…, name=…)`."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self.texts = texts

    def __call__(self, key: str, **fields: object) -> str:
        """The text of that key with its fields filled in. What is filled in is never read as a format itself."""
        return self.texts[key].format(**fields)

    def label(self, text: str) -> str:
        """What a provider's portal calls something: its own word; the field's general ones in the guide's language."""
        return self(GENERAL[text]) if text in GENERAL else text


@cache  # a read-only file of the program itself
def words(language: str) -> Words:
    """The texts of `en` or `zh_CN`; of English for anything else."""
    code = language if language in LANGUAGES else "en"
    with resource("guides", f"words.{code}.toml").open("rb") as file:
        return Words(code, tomllib.load(file))
