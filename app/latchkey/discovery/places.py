"""Where the addresses of a type of provider stand: in which setting, under which metadata key. Nothing here is loaded
that talks to the network, so that a page knows at once which buttons it needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from latchkey.catalogue.answers import written_metadata
from latchkey.catalogue.entries import Entry
from latchkey.draft.draft import Provider

DocumentKind = Literal["openid-connect", "oauth2", "saml"]

_DOCUMENTS = ("METADATA", "PartnerEntity")  # the technical profile's keys that hold a document's address
# Metadata keys that hold other addresses, and the member of a metadata document that each is.
_ADDRESSES = {
    "authorization_endpoint": "authorization_endpoint",
    "AccessTokenEndpoint": "token_endpoint",
    "access_token_endpoint": "token_endpoint",
    "request_token_endpoint": "request_token_endpoint",
    "ClaimsEndpoint": "userinfo_endpoint",
    "JWKS": "jwks_uri",
}


def kind_of(entry: Entry) -> DocumentKind | None:
    """The kind of document that this type is set up from; None where its addresses are fixed."""
    if entry.type == "oauth2":
        return "oauth2"
    if not address_setting(entry):
        return None
    return "saml" if entry.protocol == "SAML2" else "openid-connect"


def address_setting(entry: Entry) -> str:
    """The setting that holds the document's address; empty where there is none."""
    return next((setting.name for setting in entry.settings if setting.metadata in _DOCUMENTS), "")


def document_address(entry: Entry, settings: Mapping[str, str]) -> str:
    """The address of the document as these answers give it; empty for none, or for the document itself."""
    written = written_metadata(entry, settings)
    address = next((written[key] for key in _DOCUMENTS if written.get(key)), "")
    return address if _is_address(address) else ""


def metadata_place(entry: Entry, provider: Provider) -> str:
    """Where this row's provider publishes its metadata, by what `seen.place_of` finds it again; empty if nowhere.

    OAuth 2.0 policies don't hold that address: there the sign-in address leads to the remembered one.
    """
    if entry.type == "oauth2":
        return written_metadata(entry, provider.settings).get("authorization_endpoint", "")
    return document_address(entry, provider.settings)


def addresses(entry: Entry, settings: Mapping[str, str]) -> dict[str, str]:
    """All addresses of this provider by what they are: the catalogue's, and what the answers make of them."""
    written = written_metadata(entry, settings)
    found = {member: written[key] for key, member in _ADDRESSES.items() if _is_address(written.get(key, ""))}
    document = document_address(entry, settings)
    return {**found, "metadata": document} if document else found


def _is_address(text: str) -> bool:
    return text.startswith(("https://", "http://")) and "{" not in text
