"""Addresses that a page may lead to: an article's could be `javascript:…`."""

from __future__ import annotations

from urllib.parse import urlsplit


def web_address(url: str | None) -> str | None:
    """The address where a browser may open it."""
    try:
        parts = urlsplit(url or "")
    except ValueError:  # a bracket that opens no IPv6 address, say
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
