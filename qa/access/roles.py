"""What a caller may do, and who a caller is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum


class Role(StrEnum):
    """Each may do what those before it may."""

    READER = "reader"  # asks, searches, reads, says what an answer was worth
    EDITOR = "editor"  # also indexes, uploads, runs evaluations
    ADMIN = "admin"  # also reads metrics and the log of answers

    def covers(self, needed: Role) -> bool:
        order = tuple(Role)
        return order.index(self) >= order.index(needed)


class Kind(Enum):
    """How a caller showed who they are."""

    ANYONE = "anyone"  # access is not required
    STRANGER = "stranger"  # it is, but not on this route
    KEY = "key"
    TICKET = "ticket"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request.

    Attributes:
        name: of the key or user; of a ticket, that of its key.
        id: what requests are counted by.
    """

    kind: Kind
    name: str
    role: Role
    id: str


#: Whoever asks where access is not required.
ANYONE = Caller(Kind.ANYONE, "", Role.ADMIN, "")
#: Whoever asks for what is open to everybody where access is required.
STRANGER = Caller(Kind.STRANGER, "", Role.READER, "")
