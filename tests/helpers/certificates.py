"""Certificates for servers on this computer: a made-up authority, and what it vouches for."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

DAY = timedelta(days=1)


class Certificate(NamedTuple):
    """A certificate with its key, and the file that holds both."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    file: Path


def make(
    folder: Path,
    name: str,
    issuer: Certificate | None = None,
    *,
    days: int = 30,
    begins: int = -1,
    names: tuple[str, ...] = ("localhost",),
    bits: int = 0,
) -> Certificate:
    """A certificate called `name`, signed by `issuer` or by itself, that ends in `days`; with an RSA key if `bits` says how long."""
    now = datetime.now(UTC)
    key = rsa.generate_private_key(65537, bits) if bits else ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer is not None else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + begins * DAY)
        .not_valid_after(now + days * DAY)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    if issuer is not None:
        alternatives: list[x509.GeneralName] = [x509.DNSName(one) for one in names]
        alternatives.append(x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
        if names == ("localhost",):
            builder = builder.add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        else:
            builder = builder.add_extension(x509.SubjectAlternativeName(alternatives[:-1]), critical=False)
    signed = builder.sign(issuer.key if issuer is not None else key, hashes.SHA256())
    file = folder / f"{name}.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return Certificate(signed, key, file)
