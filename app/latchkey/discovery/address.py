"""What somebody typed or dropped: an issuer, the full address of a document, a file, or the document itself."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit, urlunsplit

from latchkey.discovery.places import DocumentKind
from latchkey.discovery.problems import Problem
from latchkey.draft.characters import shown
from latchkey.errors import Unreadable
from latchkey.files.plain import open_plain
from latchkey.text import _

OPENID = "/.well-known/openid-configuration"
OAUTH = "/.well-known/oauth-authorization-server"
_WELL_KNOWN = "/.well-known/"
_LARGEST = 1_000_000
_SAML_WORDS = (".xml", "metadata", "saml")


class Pasted(NamedTuple):
    """The document itself."""

    body: bytes


class OnDisk(NamedTuple):
    """A saved document."""

    path: Path


class OnWeb(NamedTuple):
    """Addresses where the document may be, the likeliest first; what was typed."""

    addresses: tuple[str, ...]
    typed: str


def understood(text: str, want: DocumentKind | None = None) -> Pasted | OnDisk | OnWeb:
    """What the text stands for. Raises Problem."""
    plain = text.strip().removeprefix("\ufeff").strip("\"'")
    if plain[:1] in ("{", "<"):
        return Pasted(plain.encode("utf-8", "replace"))
    if plain.startswith("file:"):
        return OnDisk(_path_in(plain))
    if "://" not in plain and _is_file(plain):
        return OnDisk(Path(plain))
    if "://" not in plain and _looks_like_host(plain):
        plain = "https://" + plain
    try:
        parts = urlsplit(plain)
        known = bool(parts.hostname)
    except ValueError:
        known = False
    if not known or parts.scheme not in ("https", "http"):
        raise _no_address(plain)
    return OnWeb(_candidates(parts, want), plain)


def _path_in(address: str) -> Path:
    """The path in a `file:` address. Raises Problem."""
    from urllib.request import url2pathname

    try:
        return Path(url2pathname(urlsplit(address).path))
    except (ValueError, OSError) as error:  # OSError: Windows' way to say that it is no path
        raise _no_address(address) from error


def _no_address(text: str) -> Problem:
    return Problem(
        "not-an-address",
        _("“{text}” is neither a web address nor a file.").format(text=shown(" ".join(text.split()))),
        _("Give the provider's issuer, for example https://login.contoso.com, or a saved metadata file."),
    )


def _is_file(text: str) -> bool:
    try:
        return bool(text) and Path(text).is_file()
    except (OSError, ValueError):
        return False


def _looks_like_host(text: str) -> bool:
    """`login.contoso.com/realms/shop`: the browser's bar shows addresses without https."""
    host = text.partition("/")[0].partition(":")[0]
    return (
        ("." in host or host == "localhost")
        and not host.startswith(".")
        and not host.endswith((".", ".json", ".xml", ".toml"))
        and "\\" not in text
        and not any(letter.isspace() for letter in text)
    )


def _candidates(parts: SplitResult, want: DocumentKind | None) -> tuple[str, ...]:
    """An issuer's documents are at well-known places; anything else is taken by its word.

    https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig,
    https://datatracker.ietf.org/doc/html/rfc8414#section-3
    """
    whole = urlunsplit(parts._replace(fragment=""))
    if _WELL_KNOWN in parts.path or parts.query or want == "saml":
        return (whole,)
    path = parts.path.rstrip("/")

    def at(place: str) -> str:
        return urlunsplit((parts.scheme, parts.netloc, place, "", ""))

    openid, oauth = (at(path + OPENID), at(OPENID + path)), (at(OAUTH + path), at(path + OAUTH))
    if want == "oauth2":
        return _each_once(*oauth, openid[0], whole)
    if want == "openid-connect":
        return _each_once(*openid, whole)
    if any(word in parts.path.lower() for word in _SAML_WORDS):
        return _each_once(whole, openid[0], *oauth)
    return _each_once(openid[0], *oauth, openid[1], whole)


def _each_once(*addresses: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(addresses))


def read_file(path: Path) -> bytes:
    """A saved document. Raises Unreadable for the path, Problem for what is in it."""
    called = shown(str(path), 200)
    try:
        if not path.is_file():
            raise Unreadable(
                _("{path} is not a file.").format(path=called),
                _("Give the provider's address, or the file that you saved its metadata in."),
            )
        with open_plain(path) as file:
            body = file.read(_LARGEST + 1) or b""
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
        raise Unreadable(
            _("{path} can't be read: {reason}.").format(path=called, reason=reason), _("Check the path and try again.")
        ) from error
    if len(body) > _LARGEST:
        raise Problem(
            "too-big",
            _("{path} is larger than 1 MB; a metadata document never is.").format(path=called),
            _("Choose the file that you saved the metadata in."),
        )
    return body
