"""Where a Ray cluster is."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_and_port(address: str) -> tuple[str, int]:
    """Where a cluster's address leads: `HOST:PORT`, or `ray://HOST:PORT` for Ray's client.

    Raises:
        ValueError: it is no such address.
    """
    try:
        parts = urlsplit(address if "://" in address else f"//{address}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port or parts.scheme not in ("", "ray") or parts.path:
        raise ValueError(f"{address[:80]!r}: expected an address such as 10.0.0.5:6379")
    return host, port


def parse_ray_address(text: str) -> str:
    """The same text, where it is an address.

    Raises:
        ValueError: it is none.
    """
    host_and_port(text)
    return text
