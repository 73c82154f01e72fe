"""The chain of hashes: each entry's is made of its own text and of the hash before it.

Without a key, whoever can write the file can also write a whole new chain. What cannot be forged
is a hash that was noted elsewhere: it must still be one of the chain's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

#: What the first entry follows on.
GENESIS = "0" * 64


class Fault(StrEnum):
    """How a chain can be broken."""

    CHANGED = "changed"  # an entry is not what its own hash says
    REMOVED = "removed"  # a number is missing
    INSERTED = "inserted"  # two entries follow on the same one
    UNLINKED = "unlinked"  # removed, put in another place, or replaced together with its hash
    CUT = "cut"  # the last entries are missing
    UNKNOWN_HEAD = "unknown head"  # a hash that was noted is none of the chain's


@dataclass(frozen=True, slots=True)
class Link:
    """A row of the log.

    Attributes:
        number: from 1, without gaps.
        previous: hash of the row before.
        text: the entry in its canonical form.
    """

    number: int
    previous: str
    text: str
    hash: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a walk along the chain found.

    Attributes:
        entries: how many fit, from the first on.
        head: hash of the last of these.
        fault: None where the chain is whole.
        number: of the first entry that does not fit.
        since: how many entries came after the noted hash, where one was noted and found.
    """

    entries: int
    head: str
    fault: Fault | None = None
    number: int | None = None
    since: int | None = None


def link_hash(previous: str, text: str) -> str:
    """SHA-256 of the hash before, 64 hexadecimal digits, and the canonical entry."""
    return hashlib.sha256(f"{previous}{text}".encode()).hexdigest()


def check(links: Iterable[Link], last: int, noted: str | None = None) -> Checked:
    """Walks a chain from its first entry to the first that does not fit.

    Args:
        last: the highest number that the log has given out.
        noted: a hash that the log is known to have had.
    """
    before, head, entries = "", GENESIS, 0
    known_at = 0 if noted == GENESIS else None
    for link in links:
        fault = _fault(link, entries + 1, head, before)
        if fault is not None:
            return Checked(entries, head, fault, entries + 1)
        before, head, entries = head, link.hash, entries + 1
        if head == noted:
            known_at = entries
    if last != entries:
        return Checked(entries, head, Fault.CUT, entries + 1)
    if noted is not None and known_at is None:
        return Checked(entries, head, Fault.UNKNOWN_HEAD)
    return Checked(entries, head, since=None if known_at is None else entries - known_at)


def _fault(link: Link, expected: int, head: str, before: str) -> Fault | None:
    if link_hash(link.previous, link.text) != link.hash:
        return Fault.CHANGED
    if link.number != expected:
        return Fault.REMOVED
    if link.previous == head:
        return None
    return Fault.INSERTED if link.previous == before else Fault.UNLINKED
