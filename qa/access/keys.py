"""API keys: made, listed, revoked, recognised.

A key is `cdk_`, twelve digits that name it, and 32 random bytes. What is kept is its SHA-256. That
hash is fast, which is wrong for a password that somebody thought of, and right here: nobody tries
2^256 keys, however fast, and a slow hash would cost each request what a log-in costs once.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from qa.access.file import AccessFile
from qa.access.names import checked_name
from qa.access.roles import Role
from qa.errors import AccessDenied, BadAccess

#: What every key starts with, so that one is known in a log or a repository.
PREFIX = "cdk_"

_KEY = re.compile(rf"({PREFIX}[0-9a-f]{{12}})_[A-Za-z0-9_-]{{43}}")
_COLUMNS = "id, name, role, origins, created, expires"


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key; the key itself is not.

    Attributes:
        id: how the key begins, `cdk_` and twelve digits.
        origins: of pages for which tickets may be had with it.
        created: ISO 8601, UTC.
        expires: the last day on which it is good, UTC; without one it is good until it is revoked.
    """

    id: str
    name: str
    role: Role
    origins: tuple[str, ...]
    created: str
    expires: str | None

    def is_expired(self, now: float) -> bool:
        """At `now`, in seconds since 1970."""
        return self.expires is not None and _moment(now)[:10] > self.expires


class Keys:
    """The keys in a file."""

    def __init__(self, file: AccessFile, now: Callable[[], float] = time.time) -> None:
        self._file = file
        self._now = now

    def create(
        self, name: str, role: Role, origins: Sequence[str] = (), expires: str | None = None
    ) -> str:
        """Makes a key and returns it; from then on only its hash is known.

        Raises:
            BadAccess: the name is taken or none, or the last day is over.
        """
        name = checked_name(name, "key")
        now = _moment(self._now())
        if name.startswith(PREFIX):
            raise BadAccess(f"{name!r}: a name that starts like a key; choose another")
        if expires is not None and expires < now[:10]:
            raise BadAccess(f"the key would have expired already, on {expires}; name a later day")
        identifier = PREFIX + secrets.token_hex(6)
        key = f"{identifier}_{secrets.token_urlsafe(32)}"
        row = (identifier, name, _hash(key), role, json.dumps(list(origins)), now, expires)
        if not self._file.write("INSERT OR IGNORE INTO keys VALUES (?, ?, ?, ?, ?, ?, ?)", row):
            raise BadAccess(
                f"there is a key named {name!r} already; choose another name, or revoke that one "
                f"first: citedesk key revoke {name}"
            )
        return key

    def all(self) -> tuple[Key, ...]:
        """By name, those that have expired too."""
        rows = self._file.rows(f"SELECT {_COLUMNS} FROM keys ORDER BY name")
        return tuple(map(_key, rows))

    def revoke(self, named: str) -> Key:
        """Ends the key of this name, or of this beginning of an id, with all its tickets.

        Raises:
            BadAccess: no key, or several, are named so.
        """
        keys = self.all()
        found = [key for key in keys if key.name == named] or [
            key for key in keys if len(named) > len(PREFIX) and key.id.startswith(named)
        ]
        if len(found) != 1:
            several = ", ".join(key.id for key in found)
            wrong = f"several keys begin so: {several}" if found else "no key is named so"
            raise BadAccess(f"{named[:40]!r}: {wrong}; see citedesk key list")
        self._file.write("DELETE FROM keys WHERE id = ?", (found[0].id,))
        return found[0]

    def recognise(self, text: str) -> Key:
        """The key of this text.

        Raises:
            AccessDenied: there is none, or it has expired.
        """
        shaped = _KEY.fullmatch(text)
        rows = self._file.rows(
            f"SELECT hash, {_COLUMNS} FROM keys WHERE id = ?", (shaped[1] if shaped else "",)
        )
        if not rows or not hmac.compare_digest(rows[0][0], _hash(text)):
            raise AccessDenied("This key is not known here; it may have been revoked.")
        return self._unexpired(_key(rows[0][1:]))

    def of_id(self, identifier: str) -> Key:
        """The key that a ticket was had with.

        Raises:
            AccessDenied: it has been revoked, or has expired.
        """
        rows = self._file.rows(f"SELECT {_COLUMNS} FROM keys WHERE id = ?", (identifier,))
        if not rows:
            raise AccessDenied("The key of this ticket has been revoked.")
        return self._unexpired(_key(rows[0]))

    def origins(self) -> frozenset[str]:
        """Of pages for which some key may have tickets."""
        return frozenset(
            origin
            for key in self.all()
            if not key.is_expired(self._now())
            for origin in key.origins
        )

    def _unexpired(self, key: Key) -> Key:
        if key.is_expired(self._now()):
            raise AccessDenied(f"This key expired at the end of {key.expires}.")
        return key


def _key(row: tuple[str, ...]) -> Key:
    identifier, name, role, origins, created, expires = row
    return Key(identifier, name, Role(role), tuple(json.loads(origins)), created, expires)


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _moment(now: float) -> str:
    return datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
