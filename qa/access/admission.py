"""Who sent a request, from all that it shows."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from qa.access import tickets
from qa.access.file import AccessFile
from qa.access.keys import Keys
from qa.access.passwords import Cost
from qa.access.proxies import Proxies
from qa.access.roles import Caller, Kind, Role
from qa.access.tickets import Tickets
from qa.access.users import Users
from qa.errors import AccessDenied, NotAllowed


class Mode(StrEnum):
    """Whether callers must show who they are."""

    AUTO = "auto"  # once anything is there that they could show
    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a request shows of who sent it.

    Attributes:
        bearer: of its Authorization header, a key or a ticket.
        session: of its cookie.
        user: as a trusted proxy names them.
        origin: of the page that sent it, if a page did.
        own: whether that page is one of ours.
        changes: whether it may do more than read.
    """

    bearer: str | None = None
    session: str | None = None
    user: str | None = None
    origin: str = ""
    own: bool = True
    changes: bool = False


class Access:
    """The keys, tickets and users of a home.

    Args:
        home: folder whose access file is used; nothing is made in it but with the first key.
        proxies: who may name a user in a header.
    """

    def __init__(
        self,
        home: Path,
        mode: Mode = Mode.AUTO,
        proxies: Proxies = Proxies(),
        *,
        now: Callable[[], float] = time.time,
        cost: Cost = Cost(),
    ) -> None:
        self._file = AccessFile(home)
        self.mode = mode
        self.proxies = proxies
        self.keys = Keys(self._file, now)
        self.tickets = Tickets(self._file, now)
        self.users = Users(self._file, now, cost)

    def is_required(self) -> bool:
        """Whether callers must show who they are.

        The end of the last key does not open an archive that was closed: a file that was made once
        keeps it closed until CITEDESK_ACCESS=off says otherwise.
        """
        if self.mode is Mode.AUTO:
            return self._file.exists() or self.proxies.user_header is not None
        return self.mode is Mode.ON

    def require(self) -> None:
        """Requires it from now on, whatever becomes of the file."""
        self.mode = Mode.ON

    def has_anyone(self) -> bool:
        """Whether there is anyone who could show who they are."""
        by_proxy = self.proxies.user_header is not None
        return by_proxy or bool(self.keys.all()) or bool(self.users.all())

    def caller(self, shown: Shown) -> Caller:
        """Who sent a request.

        Raises:
            AccessDenied: what it shows is nothing, unknown, or over.
            NotAllowed: it is known, but not to be shown from there.
        """
        if shown.bearer is not None:
            if shown.bearer.startswith(tickets.PREFIX):
                return self._page(shown.bearer, shown.origin)
            return self._key(shown.bearer, own=shown.own)
        user = self._user(shown)
        if user is None:
            raise AccessDenied("Log in, or send a key or a ticket as “Authorization: Bearer …”.")
        if shown.changes and not shown.own:
            # The browser adds the cookie, whoever's page it is that asks.
            raise NotAllowed("A log-in works in pages of this address alone.")
        return user

    def _key(self, text: str, *, own: bool) -> Caller:
        key = self.keys.recognise(text)
        if not own:
            raise NotAllowed(
                "A key in a page is a key for everyone who reads the page; get a ticket for it "
                "(POST /v1/tickets), and revoke this key."
            )
        return Caller(Kind.KEY, key.name, key.role, key.id)

    def _page(self, text: str, origin: str) -> Caller:
        ticket = self.tickets.read(text, origin)
        key = self.keys.of_id(ticket.key)
        return Caller(Kind.TICKET, key.name, Role.READER, ticket.id)

    def _user(self, shown: Shown) -> Caller | None:
        if shown.user is not None:
            known = self.users.find(shown.user)
            role = known.role if known else Role.READER
            return Caller(Kind.USER, shown.user, role, f"user {shown.user}")
        user = self.users.of_session(shown.session) if shown.session else None
        return Caller(Kind.USER, user.name, user.role, f"user {user.name}") if user else None
