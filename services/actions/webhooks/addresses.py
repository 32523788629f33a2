"""Where a webhook may go: the rules for its URL and for the addresses behind its name. Pure.

`ipaddress.is_global` alone lets through multicast, what reaches inside by translation or tunnel, and, in older Pythons,
special-purpose ranges (IANA special-purpose registries, RFC 6890; NAT64 RFC 6052 and 8215; 6to4 RFC 3056; Teredo RFC 4380).
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address

_NOT_PUBLIC = tuple(
    ip_network(net)
    for net in (
        *("192.0.0.0/24", "192.88.99.0/24"),
        *("64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10"),
    )
)
_NAME = re.compile(r"^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$")


class Forbidden(Exception):
    """This destination may not be called. The text says why and holds no secret."""


@dataclass(frozen=True, slots=True)
class Target:
    """A checked URL: where to connect, and what to ask for there."""

    scheme: str
    host: str
    port: int
    path: str
    loopback: bool = False

    @property
    def authority(self) -> str:
        """For the `Host` header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == {"https": 443, "http": 80}[self.scheme] else f"{host}:{self.port}"


def check_url(url: str, *, loopback: bool = False) -> Target:
    """An https URL of a public DNS name, port 443, without user, or raise `Forbidden`.

    An address in place of the name is refused, however it is written. With `loopback`, which only a development
    configuration sets, it is the other way round: only 127.0.0.1 or [::1], any port, http too.
    """
    if not url.isascii() or re.search(r"[\x00-\x20\x7f\\]", url):
        raise Forbidden("the URL holds characters that clients read in different ways")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = parts.hostname or ""
    except ValueError:
        raise Forbidden("the URL cannot be parsed") from None
    if "@" in parts.netloc:
        raise Forbidden("the URL names a user")
    if parts.fragment or "%" in parts.netloc:
        raise Forbidden("the URL has a fragment or an escaped host")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if loopback:
        if parts.scheme not in ("http", "https") or host not in ("127.0.0.1", "::1"):
            raise Forbidden("a loopback destination must be 127.0.0.1 or [::1]")
        return Target(parts.scheme, host, port or (443 if parts.scheme == "https" else 80), path, loopback=True)
    if parts.scheme != "https" or port not in (None, 443):
        raise Forbidden("only https on port 443 is allowed")
    if not _NAME.match(host):
        raise Forbidden("only a full DNS name is allowed as the host")
    return Target("https", host, 443, path)


def public(address: Address) -> bool:
    """Whether this address is on the public internet and cannot lead back inside."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return public(address.ipv4_mapped)
    if any(address in net for net in _NOT_PUBLIC):
        return False
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_private
        and not address.is_loopback
        and not address.is_link_local
        and not address.is_unspecified
    )


def choose(target: Target, resolved: list[str]) -> str:
    """The address to connect to. One that is not public forbids all: a name with a foot inside is not to be trusted."""
    try:
        addresses = [ip_address(text.partition("%")[0]) for text in resolved]
    except ValueError:
        raise Forbidden("the name did not resolve to addresses") from None
    if not addresses:
        raise Forbidden("the name has no address")
    for address in addresses:
        if not (address.is_loopback if target.loopback else public(address)):
            raise Forbidden("the name leads to an address that is not public")
    return str(addresses[0])
