"""Which addresses lie on the open internet, where Azure can reach them, and which in somebody's own network."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from urllib.parse import urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Names that no server on the internet can have: https://www.iana.org/assignments/special-use-domain-names, and what
# company networks use in their place.
_INNER = (
    "localhost",
    "local",
    "internal",
    "lan",
    "home",
    "corp",
    "intranet",
    "private",
    "home.arpa",
    "test",
    "invalid",
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # https://datatracker.ietf.org/doc/html/rfc6052
_LOWEST_4 = 0xFFFFFFFF


def is_web_address(text: str) -> bool:
    """A whole http or https address, without an account in it. Documents may hold anything in its place."""
    try:
        parts = urlsplit(text)
        sound = parts.port is None or parts.port > 0
    except ValueError:
        return False
    plain = parts.username is None and parts.password is None and not any(letter.isspace() for letter in text)
    return sound and plain and parts.scheme in ("https", "http") and bool(parts.hostname)


def host_in(text: str) -> str:
    """The host of an address; empty for what is none."""
    return (urlsplit(text).hostname or "").rstrip(".") if is_web_address(text) else ""


def parsed(host: str) -> Address | None:
    """The address that a host is written as; None if it is a name."""
    try:
        return ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None


def is_public(address: Address) -> bool:
    """On the open internet, and so is the older address that this one may carry inside."""
    return all(one.is_global and not one.is_multicast and not one.is_reserved for one in _unwrapped(address))


def is_loopback(address: Address) -> bool:
    """This very computer."""
    return any(one.is_loopback for one in _unwrapped(address))


def _unwrapped(address: Address) -> Iterator[Address]:
    """The address itself, or the ones of version 4 that it stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        yield address
    elif address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    elif address.sixtofour is not None:
        yield address.sixtofour
    elif address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & _LOWEST_4)
    else:
        yield address


def is_inner_name(host: str) -> bool:
    """A name that only means something inside a network: one word, or with an ending that the internet doesn't have."""
    name = host.rstrip(".").lower()
    return parsed(name) is None and ("." not in name or name.endswith(tuple(f".{ending}" for ending in _INNER)))


def seems_public(host: str) -> bool:
    """By its look alone, without asking anybody, the host may be on the internet."""
    address = parsed(host)
    return is_public(address) if address is not None else not is_inner_name(host)


def names_this_computer(host: str) -> bool:
    """`localhost` and its like, by the look alone."""
    address = parsed(host)
    if address is not None:
        return is_loopback(address)
    name = host.rstrip(".").lower()
    return name == "localhost" or name.endswith(".localhost")
