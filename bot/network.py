"""From which network a request comes: by what wrong guesses of strangers are counted."""

from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network
Host = IPv4Address | IPv6Address

LOOPBACK: tuple[Network, ...] = (ip_network("127.0.0.0/8"), ip_network("::1"))
PREFIX = 64  # of IPv6: what one line is given, whose devices change their addresses as they like
HOPS = 20  # of a forwarding header that are looked at


def of(peer: str, forwarded: str, trusted: Collection[Network]) -> str:
    """The network of whoever sent a request: an IPv4 address, or "2001:db8:1:2::/64".

    `peer` is the other end of the connection, "" of a Unix socket; `forwarded` the X-Forwarded-For header. It
    is believed as far as `trusted` proxies wrote it: from its end to the first host that is none of them.
    """
    host = _host(peer)
    if not trusted or (host and not _is_among(host, trusted)):
        return _named(host)
    for written in reversed(forwarded.split(",")[-HOPS:]):
        sender = _host(written.strip())
        if sender is None:
            break
        host = sender
        if not _is_among(host, trusted):
            break
    return _named(host)


def is_among(address: str, networks: Collection[Network]) -> bool:
    """Whether an address is in one of these networks."""
    host = _host(address)
    return host is not None and _is_among(host, networks)


def _host(text: str) -> Host | None:
    try:
        host = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (host.ipv4_mapped or host) if isinstance(host, IPv6Address) else host


def _is_among(host: Host, networks: Collection[Network]) -> bool:
    return any(host in network for network in networks)


def _named(host: Host | None) -> str:
    if isinstance(host, IPv6Address):
        return str(ip_network((host, PREFIX), strict=False))
    return str(host or "")
