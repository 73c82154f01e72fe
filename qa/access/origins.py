"""Origins of pages (RFC 6454): which sites may ask, and which may show us in a frame."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

_EXPECTED = "expected an origin such as https://cms.example.org, without a path"
_USUAL_PORTS = {"http": 80, "https": 443}


def parse_origin(text: str) -> str:
    """An origin as a browser writes it: in small letters, without its scheme's usual port.

    Raises:
        ValueError: it is none, or stands for several.
    """
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(f"{text[:80]!r}: {_EXPECTED}") from None
    extra = parts.path.removeprefix("/") + parts.query + parts.fragment
    # Whatever else the host could hold would end up in a header that lists origins.
    named = host is not None and all(letter.isalnum() or letter in ".-_:" for letter in host)
    if parts.scheme not in _USUAL_PORTS or not named or extra or "@" in parts.netloc:
        raise ValueError(f"{text[:80]!r}: {_EXPECTED}")
    assert host is not None
    try:
        host = f"[{host}]" if ":" in host else host.encode("idna").decode()
    except UnicodeError:
        raise ValueError(f"{text[:80]!r}: {_EXPECTED}") from None
    shown = "" if port in (None, _USUAL_PORTS[parts.scheme]) else f":{port}"
    return f"{parts.scheme}://{host}{shown}"


def parse_origins(text: str) -> tuple[str, ...]:
    """Origins parted by commas.

    Raises:
        ValueError: one of them is none.
    """
    return tuple(parse_origin(part) for part in text.split(",") if part.strip())


def frame_ancestors(origins: Collection[str]) -> str:
    """The directive of a Content-Security-Policy that lets pages of these origins frame ours."""
    return " ".join(("frame-ancestors", "'self'", *sorted(origins)))
