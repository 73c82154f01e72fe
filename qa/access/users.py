"""Users of the chat, and their log-ins.

A log-in is a random token in a cookie, of which the hash is kept: a log-out ends it wherever the
cookie was copied to, which a signed cookie could not.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from qa.access.file import AccessFile
from qa.access.names import checked_name
from qa.access.passwords import Cost, hash_password, is_password
from qa.access.roles import Role
from qa.errors import BadAccess

#: Seconds that a log-in is good for.
SESSION = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class User:
    """One who may log in; `created` in ISO 8601, UTC."""

    name: str
    role: Role
    created: str


class Users:
    """The users in a file.

    Args:
        cost: of hashing their passwords.
    """

    def __init__(
        self, file: AccessFile, now: Callable[[], float] = time.time, cost: Cost = Cost()
    ) -> None:
        self._file = file
        self._now = now
        self._cost = cost

    def add(self, name: str, role: Role, password: str) -> None:
        """Adds a user.

        Raises:
            BadAccess: the name is taken or none, or the password too short.
        """
        name = checked_name(name, "user")
        created = datetime.fromtimestamp(self._now(), UTC).isoformat(timespec="seconds")
        row = (name, hash_password(password, self._cost), role, created)
        if not self._file.write("INSERT OR IGNORE INTO users VALUES (?, ?, ?, ?)", row):
            raise BadAccess(
                f"there is a user named {name!r} already; for a new password or role, remove and "
                f"add them again: citedesk user remove {name}"
            )

    def all(self) -> tuple[User, ...]:
        """By name."""
        rows = self._file.rows("SELECT name, role, created FROM users ORDER BY name")
        return tuple(User(name, Role(role), created) for name, role, created in rows)

    def find(self, name: str) -> User | None:
        rows = self._file.rows("SELECT name, role, created FROM users WHERE name = ?", (name,))
        return User(rows[0][0], Role(rows[0][1]), rows[0][2]) if rows else None

    def remove(self, name: str) -> None:
        """Removes a user, and ends all their log-ins.

        Raises:
            BadAccess: there is none of this name.
        """
        if not self._file.write("DELETE FROM users WHERE name = ?", (checked_name(name, "user"),)):
            raise BadAccess(f"{name[:40]!r}: no user is named so; see citedesk user list")

    def log_in(self, name: str, password: str) -> str | None:
        """A token for a cookie, where name and password belong together.

        A name that nobody has takes as long as a wrong password, so that names cannot be tried.
        """
        try:
            name = checked_name(name, "user")
        except BadAccess:
            return None
        rows = self._file.rows("SELECT password FROM users WHERE name = ?", (name,))
        if not rows:
            hash_password(password[:1].ljust(20), self._cost)
            return None
        if not is_password(password, rows[0][0]):
            return None
        self._file.write("DELETE FROM sessions WHERE expires <= ?", (self._now(),))
        token = secrets.token_urlsafe(32)
        session = (_hash(token), name, self._now() + SESSION)
        self._file.write("INSERT INTO sessions VALUES (?, ?, ?)", session)
        return token

    def of_session(self, token: str) -> User | None:
        """Who logged in with this token, as long as it is good."""
        rows = self._file.rows(
            "SELECT user FROM sessions WHERE hash = ? AND expires > ?", (_hash(token), self._now())
        )
        return self.find(rows[0][0]) if rows else None

    def log_out(self, token: str) -> None:
        if self.of_session(token) is not None:
            self._file.write("DELETE FROM sessions WHERE hash = ?", (_hash(token),))


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="surrogatepass")).digest()
