"""Proxies that are trusted to say who asks, and from where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Proxies:
    """Whose headers are believed.

    Attributes:
        networks: of the proxies.
        user_header: in which they name who has logged in with them.
    """

    networks: tuple[Network, ...] = ()
    user_header: str | None = None

    def trusts(self, address: str) -> bool:
        try:
            found = ip_address(address)
        except ValueError:  # a socket file, or what a header holds
            return False
        return any(found in network for network in self.networks)

    def user(self, peer: str, named: Sequence[str]) -> str | None:
        """Who a proxy says has logged in.

        A header that comes twice is one that somebody sent through a proxy that adds its own, and
        is not believed.
        """
        if not self.trusts(peer) or len(named) != 1:
            return None
        return named[0].strip() or None

    def client(self, peer: str, forwarded_for: Sequence[str]) -> str:
        """The address that a request comes from: the last one in X-Forwarded-For that is no proxy
        of ours. What stands before it, anyone can have written."""
        hops = [hop.strip() for value in forwarded_for for hop in value.split(",")]
        while hops and self.trusts(peer):
            peer = hops.pop()
        return peer


def parse_networks(text: str) -> tuple[Network, ...]:
    """Addresses and networks, parted by commas.

    Raises:
        ValueError: one of them is none.
    """
    try:
        return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise ValueError(f"expected addresses such as 127.0.0.1 or 10.0.0.0/8 ({error})") from None
