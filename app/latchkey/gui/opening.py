"""What people have at hand, recognised: a file, a folder or a text that was dropped on the window, pasted, or named
when the program was started. Says what it is and never does anything with it; knows no Qt.

Whatever comes is somebody else's: only the beginning of a file is looked at, and a text that was not understood is
never shown again, since it may have been a secret.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import unquote, urlsplit

from latchkey.draft.pasting import Pasted, understand
from latchkey.draft.store import SUFFIX
from latchkey.errors import LatchkeyError
from latchkey.files.plain import open_plain
from latchkey.guide.callbacks import explain_callback
from latchkey.text import _, join_sentences

Kind = Literal["draft", "folder", "policy", "metadata", "address", "tenant", "azure", "unknown"]

_LOOKED_AT = 65_536  # bytes of a file
_LONGEST_TEXT = 100_000
_METADATA_KEYS = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
_WELL_KNOWN = re.compile(r"/\.well-known/(openid-configuration|oauth-authorization-server)", re.IGNORECASE)
_SAML = re.compile(r"<(\w+:)?Entit(y|ies)Descriptor[\s>]")
_AZURES_OWN = (".b2clogin.com", ".b2clogin.cn", ".b2clogin.us")
_AZURE_SAYS = re.compile(r"AADB2C\d{5}|Validation failed|validation error", re.IGNORECASE)
_TENANT_LIKE = re.compile(
    r"^\w+://|\.(onmicrosoft\.(com|us)|onmschina\.cn|b2clogin\.(com|cn|us))\b|^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$",
    re.IGNORECASE,
)
# A path on another computer. Merely looking whether it is there would make Windows prove the person's password to that
# computer, and the text may be a stranger's; a file or folder that is dropped is another matter.
_ELSEWHERE = re.compile(r"/?[/\\]{2}")
_KEY_FILES = (".p8", ".pem", ".key", ".pfx", ".p12", ".cer", ".crt")
_PACKED = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz")


class Found(NamedTuple):
    """What it is. `path` for files and folders; `text` for an address or a message; `tenant` for what a link says;
    `says`: a sentence for the person (for `unknown` why nothing is done with it).
    """

    kind: Kind
    path: Path | None = None
    text: str = ""
    tenant: Pasted = Pasted()
    says: str = ""


def of_argument(argument: str) -> Found:
    """What the program was started with: a path, or an address."""
    return of_text(argument) if "://" in argument else of_path(Path(argument))


def of_paths(paths: Sequence[Path]) -> Found:
    """Several files at once mean something only as the files of one folder."""
    if len(paths) == 1:
        return of_path(paths[0])
    folders = {path.parent for path in paths}
    if len(folders) == 1 and all(path.suffix.lower() == ".xml" for path in paths):
        return Found("folder", folders.pop())
    return _unknown(
        _("These are several things at once."), _("Drop one of them, or the folder that holds the policies.")
    )


def of_path(path: Path) -> Found:
    """What a file or folder is, by its name and its beginning."""
    try:
        if path.is_dir():
            return Found("folder", path)
        if not path.is_file():
            return _unknown(_("{file} is not there.").format(file=path.name), _("Check its name and place."))
        with open_plain(path) as file:
            start = file.read(_LOOKED_AT) or b""
    except (OSError, ValueError):
        return _unknown(_("{file} can't be read.").format(file=path.name), _("Copy it to a place of your own first."))
    suffix = path.suffix.lower()
    if suffix == ".toml":
        return Found("draft", path)
    if suffix in _PACKED:
        return _unknown(_("{file} is packed.").format(file=path.name), _("Unpack it, then drop the folder here."))
    if suffix in _KEY_FILES:
        return _unknown(
            _("{file} looks like a key or a certificate.").format(file=path.name),
            _("Latchkey asks for it on the page of the provider that it belongs to."),
        )
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = start.decode("utf-16" if wide else "utf-8-sig", "replace").lstrip()
    if text.startswith("<"):
        return _xml(path, text)
    if text.startswith("{"):
        return _json(path, text)
    return _unknown(
        _("Latchkey does not know what to do with {file}.").format(file=path.name),
        _("It opens folders and files of policies, drafts ({suffix}) and the metadata of providers.").format(
            suffix=SUFFIX
        ),
    )


def of_text(text: str) -> Found:
    """What a pasted or dropped text is: a path, an address, a link that names a tenant, a message of Azure's."""
    bare = text[:_LONGEST_TEXT].strip()
    if bare.lower().startswith("file:"):
        path = _path_in(bare.splitlines()[0])
        return of_path(path) if path is not None else _not_understood()
    if _is_path(bare):
        return of_path(Path(bare))
    if _AZURE_SAYS.search(bare):
        return Found("azure", text=bare)
    callback = explain_callback(bare)
    if callback:
        return Found("unknown", says=callback)
    if _is_metadata_address(bare):
        return Found("address", text=bare)
    if bare.startswith(("{", "<")):
        return _document(bare)
    # A word may be a secret: only what cannot be one is taken for a tenant, or spoken of.
    if not _TENANT_LIKE.search(bare):
        return _not_understood()
    try:
        tenant = understand(bare)
    except LatchkeyError as error:
        return Found("unknown", says=str(error))
    if not tenant.name and not tenant.object_id:
        return _unknown(
            _("This link does not say which tenant it is."),
            _("Paste the tenant's domain or a link to its page in the portal. A custom domain has a field of its own."),
        )
    return Found("tenant", tenant=tenant)


def _xml(path: Path, text: str) -> Found:
    if re.search(r"<(\w+:)?TrustFrameworkPolicy[\s>]", text):
        return Found("policy", path)
    if _SAML.search(text):
        return Found("metadata", path)
    return _unknown(
        _("{file} is XML, but neither a policy nor the metadata of a provider.").format(file=path.name),
        _("Policies begin with TrustFrameworkPolicy, metadata with EntityDescriptor."),
    )


def _json(path: Path, text: str) -> Found:
    if _names_a_provider(text):
        return Found("metadata", path)
    return _unknown(
        _("{file} is JSON, but not the metadata of a provider.").format(file=path.name),
        _("A provider's metadata names its issuer; its address ends in {address}.").format(
            address="/.well-known/openid-configuration"
        ),
    )


def _names_a_provider(text: str) -> bool:
    """Whether JSON has a word of a provider's metadata; it may be cut off where no more was looked at."""
    try:
        known = json.loads(text)
    except (ValueError, RecursionError):
        known = {key: True for key in _METADATA_KEYS if f'"{key}"' in text}
    return isinstance(known, dict) and any(key in known for key in _METADATA_KEYS)


def _path_in(address: str) -> Path | None:
    """The path in a `file:` address, on this computer; on Windows a drive stands behind the first stroke."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    path = unquote(parts.path)
    if parts.netloc not in ("", "localhost") or _ELSEWHERE.match(path):
        return None
    return Path(path[1:] if re.match(r"/[A-Za-z]:", path) else path)


def _document(text: str) -> Found:
    """A whole document as text: a provider's metadata, copied out of a browser."""
    is_xml = text.startswith("<") and _SAML.search(text)
    return Found("metadata", text=text) if is_xml or _names_a_provider(text) else _not_understood()


def _is_path(text: str) -> bool:
    if "\n" in text or "://" in text or len(text) > 1000 or _ELSEWHERE.match(text):
        return False
    path = Path(text)
    try:
        return path.is_absolute() and path.exists()
    except (OSError, ValueError):
        return False


def _is_metadata_address(text: str) -> bool:
    """A provider's, not that of the tenant itself."""
    if len(text.split()) != 1 or not _WELL_KNOWN.search(text):
        return False
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(host) and not host.endswith(_AZURES_OWN)


def _not_understood() -> Found:
    return _unknown(
        _("Latchkey does not know what to do with this text."),
        _("Click into the field that it belongs to, and paste it there."),
    )


def _unknown(says: str, hint: str) -> Found:
    return Found("unknown", says=join_sentences(says, hint))
