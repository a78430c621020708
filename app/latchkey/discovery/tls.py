"""TLS as a careful client speaks it, what Azure needs of it, and certificates' faults in words."""

from __future__ import annotations

import ssl
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from latchkey.discovery.problems import Problem, from_a_file
from latchkey.text import _, join_sentences

# TLS 1.2 and one of these, by OpenSSL's names for them:
# https://learn.microsoft.com/azure/active-directory-b2c/https-cipher-tls-requirements
AZURE_SUITES = (
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES128-GCM-SHA256",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-AES128-SHA256",
    "ECDHE-ECDSA-AES256-SHA384",
    "ECDHE-RSA-AES128-SHA256",
    "ECDHE-RSA-AES256-SHA384",
)
# Where Linux systems keep the authorities that they trust, for a packed program that was built on another one.
_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
_EXPIRED, _NOT_YET, _REVOKED = 10, 9, 23  # X509_V_ERR_… of OpenSSL
_SELF_SIGNED, _SELF_SIGNED_IN_CHAIN, _UNKNOWN_ISSUER, _UNVERIFIABLE = 18, 19, 20, 21
_OTHER_NAME, _OTHER_ADDRESS = 62, 64
_TOO_OLD = ("UNSUPPORTED_PROTOCOL", "PROTOCOL_VERSION", "NO_PROTOCOLS_AVAILABLE", "WRONG_SSL_VERSION")
_NO_COMMON = ("HANDSHAKE_FAILURE", "NO_SHARED_CIPHER", "INSUFFICIENT_SECURITY", "DH_KEY_TOO_SMALL")
_NOT_TLS = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG")


class Tls(NamedTuple):
    """How a connection is secured, and when the server's certificate ends."""

    version: str
    suite: str
    ends: datetime | None

    @property
    def is_azures(self) -> bool:
        """Azure would speak in the very same way."""
        return self.version == "TLSv1.2" and self.suite in AZURE_SUITES


def client_context() -> ssl.SSLContext:
    """Trusts what the system trusts; TLS 1.2 or newer; certificates and names are checked."""
    if sys.platform in ("win32", "darwin"):  # their stores are read by the system itself, and filled on demand
        import truststore

        context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    else:
        context = ssl.create_default_context()
        if not context.cert_store_stats()["x509_ca"] and not _system_has_authorities():
            bundle = next((file for file in _BUNDLES if Path(file).is_file()), None)
            if bundle is not None:
                context.load_verify_locations(bundle)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def azure_context() -> ssl.SSLContext:
    """Offers what Azure offers and nothing else. Whose certificate it is was looked at before."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(":".join(AZURE_SUITES))
    return context


def has_authorities(context: ssl.SSLContext) -> bool:
    """Somebody is trusted at all; a bare Linux system has no list of authorities."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(context.cert_store_stats()["x509_ca"]) or _system_has_authorities()


def _system_has_authorities() -> bool:
    """OpenSSL's own place for them is there; it reads a folder only when it needs one of them."""
    paths = ssl.get_default_verify_paths()
    return bool(paths.cafile) or (paths.capath is not None and any(Path(paths.capath).iterdir()))


def described(secured: ssl.SSLSocket) -> Tls:
    """What was agreed on this connection."""
    suite = secured.cipher()
    certificate: dict[str, Any] = secured.getpeercert() or {}
    ends = certificate.get("notAfter")
    return Tls(
        secured.version() or "",
        suite[0] if suite is not None else "",
        datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) if isinstance(ends, str) else None,
    )


def explained(error: ssl.SSLError, host: str) -> Problem:
    """A failed handshake as something that a person can act on."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _certificate(error, host)
    reason = (error.reason or str(error)).upper()
    if any(word in reason for word in _TOO_OLD):
        return Problem(
            "tls-too-old",
            _("{host} only speaks TLS older than 1.2.").format(host=host),
            _("Azure needs TLS 1.2. Ask the people who run the provider to switch it on."),
        )
    if any(word in reason for word in _NO_COMMON):
        return Problem(
            "tls-no-common-suite",
            _("{host} and Latchkey have no way of encryption in common.").format(host=host),
            _("Azure is just as strict. Ask the people who run the provider to allow a cipher suite of today."),
        )
    if any(word in reason for word in _NOT_TLS):
        return Problem(
            "tls-not-spoken",
            _("{host} does not answer in https.").format(host=host),
            _("Azure only takes https. Check the address, also the number after the colon if there is one."),
        )
    return Problem(
        "tls-broken",
        _("A secure connection to {host} could not be made.").format(host=host),
        _("Try again. If it stays so, ask the people who run the provider; Azure would fail in the same way."),
    )


def _certificate(error: ssl.SSLCertVerificationError, host: str) -> Problem:
    """Never waved through: Azure refuses such a server as well."""
    code, said = error.verify_code, (error.verify_message or str(error)).lower()
    renew = _("Azure refuses it too. Ask the people who run the provider for a certificate that is valid.")
    if code == _EXPIRED or "expired" in said:
        return Problem("certificate-expired", _("The certificate of {host} has expired.").format(host=host), renew)
    if code == _NOT_YET or "not yet valid" in said:
        hint = _("Check the clock of this computer. If it is right, ask the people who run the provider.")
        return Problem("certificate-not-yet", _("The certificate of {host} is not valid yet.").format(host=host), hint)
    if code == _REVOKED or "revoked" in said:
        return Problem("certificate-revoked", _("The certificate of {host} was revoked.").format(host=host), renew)
    if code in (_OTHER_NAME, _OTHER_ADDRESS) or "mismatch" in said or "not valid for" in said:
        hint = _("Check the address. If it is right, its certificate must name it, or Azure refuses it too.")
        message = _("The certificate that {host} shows belongs to another name.").format(host=host)
        return Problem("certificate-other-name", message, hint)
    if code == _SELF_SIGNED or (said.startswith("self-signed certificate") and "chain" not in said):
        message = _("{host} has signed its certificate itself, so nobody vouches for it.").format(host=host)
        return Problem("certificate-self-signed", message, renew)
    if code in (_SELF_SIGNED_IN_CHAIN, _UNKNOWN_ISSUER, _UNVERIFIABLE):
        message = _("Nobody that this computer trusts vouches for the certificate of {host}.").format(host=host)
        hint = _(
            "The server may not send the certificates between its own and the authority's, which Azure refuses too; "
            "or a device of your own network looks into the connection."
        )
        return Problem("certificate-unknown-issuer", message, join_sentences(hint, from_a_file()))
    return Problem("certificate", _("The certificate of {host} is not valid.").format(host=host), renew)
