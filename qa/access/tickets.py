"""Tickets: what a page gets in the place of a key.

A newsroom's own server asks for one with its key and puts it into the page. A ticket is good for
some minutes, for pages of one origin, and for reading; what it says is signed, not kept.

The signature is HMAC-SHA256 (RFC 2104) of the standard library and not a token library's. There is
one sender, one reader and one algorithm, so that a header that names the algorithm, as JSON Web
Tokens have, could only be wrong. And a library decodes before it compares, which lets several
spellings of one signature pass; here a ticket is compared as it is written.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import math
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass

from qa.access.file import AccessFile
from qa.access.keys import Key
from qa.errors import AccessDenied

#: What every ticket starts with.
PREFIX = "cdt_"
#: Minutes.
USUAL = 10
LONGEST = 60

# A signature of something else that is ever signed with the same secret is none of a ticket.
_PURPOSE = b"citedesk ticket 1\n"
_UNKNOWN = "This ticket was not issued here, or was altered."


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a ticket says.

    Attributes:
        id: random, so that two tickets of one page are counted apart.
        key: id of the key that it was had with.
        origin: of the pages that may use it.
        expires: seconds since 1970.
    """

    id: str
    key: str
    origin: str
    expires: int


class Tickets:
    """Signs tickets, and reads them back."""

    def __init__(self, file: AccessFile, now: Callable[[], float] = time.time) -> None:
        self._file = file
        self._now = now

    def issue(self, key: Key, origin: str, minutes: int = USUAL) -> tuple[str, Ticket]:
        """A ticket as it is sent, and what it says."""
        expires = math.ceil(self._now()) + 60 * minutes
        ticket = Ticket(secrets.token_hex(8), key.id, origin, expires)
        said = json.dumps([ticket.id, ticket.key, ticket.origin, ticket.expires])
        payload = urlsafe_b64encode(said.encode()).decode()
        return f"{PREFIX}{payload}.{self._signature(payload)}", ticket

    def read(self, text: str, origin: str) -> Ticket:
        """What a ticket says, sent from a page of this origin.

        Raises:
            AccessDenied: it is altered, over, or another origin's.
        """
        payload, _, signature = text.removeprefix(PREFIX).partition(".")
        if not text.isascii() or not hmac.compare_digest(signature, self._signature(payload)):
            raise AccessDenied(_UNKNOWN)
        ticket = Ticket(*json.loads(urlsafe_b64decode(payload)))  # written by `issue`
        if ticket.expires <= self._now():
            raise AccessDenied("This ticket has expired; the page's own server can get a new one.")
        if ticket.origin != origin:
            raise AccessDenied(f"This ticket is good for pages of {ticket.origin} alone.")
        return ticket

    def _signature(self, payload: str) -> str:
        rows = self._file.rows("SELECT secret FROM signing")
        if not rows:  # no key was ever made here, so no ticket either
            raise AccessDenied(_UNKNOWN)
        mac = hmac.digest(rows[0][0], _PURPOSE + payload.encode(), hashlib.sha256)
        return urlsafe_b64encode(mac).decode()
