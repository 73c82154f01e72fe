"""Names that a server is reached under, as a browser states them in Host."""

from __future__ import annotations

import re

# RFC 1123, 2.1: labels of letters, digits and hyphens.
_NAME = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,20}")


def parse_hosts(text: str) -> tuple[str, ...]:
    """Names parted by commas, in small letters.

    Raises:
        ValueError: one of them is none, or stands for several.
    """
    return tuple(_parsed(part.strip()) for part in text.split(",") if part.strip())


def _parsed(text: str) -> str:
    try:
        name = text.encode("idna").decode().lower()
    except UnicodeError:
        name = ""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{text[:80]!r}: expected a name such as desk.example.org, without a port")
    return name
