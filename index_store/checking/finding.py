"""What a check tells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: Mends what is derived from what is sound.
REPAIR = "run: citedesk doctor --repair"

#: For what is derived from nothing.
RESTORE = "restore a backup (citedesk restore FILE), or index again into another --home"


class State(StrEnum):
    """How a thing is."""

    OK = "ok"
    WRONG = "wrong"
    UNCHECKED = "unchecked"  # what another finding tells is in the way


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, in one line for whoever runs the archive.

    Attributes:
        check: what was looked at, in one or two words.
        found: what it is like.
        fix: what mends it; None where nothing need be done.
    """

    check: str
    state: State
    found: str
    fix: str | None = None


def ok(check: str, found: str) -> Finding:
    """All is as it should be."""
    return Finding(check, State.OK, found)


def wrong(check: str, found: str, fix: str) -> Finding:
    """Something is not, and what mends it."""
    return Finding(check, State.WRONG, " ".join(found.split()), fix)


def unchecked(check: str, found: str, fix: str | None = None) -> Finding:
    """It could not be looked at, and why."""
    return Finding(check, State.UNCHECKED, " ".join(found.split()), fix)
