"""Names of keys and users."""

from __future__ import annotations

import unicodedata

from qa.errors import BadAccess

_LONGEST = 60


def checked_name(name: str, kind: str) -> str:
    """The name in one spelling: a name typed on another keyboard is the same.

    Raises:
        BadAccess: it is empty, too long, or holds what cannot be seen.
    """
    name = unicodedata.normalize("NFC", name).strip()
    if not 1 <= len(name) <= _LONGEST or not name.isprintable():
        raise BadAccess(f"the name of a {kind} has 1 to {_LONGEST} characters, all of them visible")
    return name
