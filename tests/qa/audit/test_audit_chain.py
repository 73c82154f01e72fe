"""Whatever is done to a chain is seen, and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.audit.chain import GENESIS, Checked, Fault, Link, check, link_hash


def chain(*texts: str) -> list[Link]:
    links: list[Link] = []
    for number, text in enumerate(texts, start=1):
        previous = links[-1].hash if links else GENESIS
        links.append(Link(number, previous, text, link_hash(previous, text)))
    return links


WHOLE = chain(*"abcdef")
FORGED = Link(4, WHOLE[2].hash, "x", link_hash(WHOLE[2].hash, "x"))


def numbered(links: list[Link]) -> list[Link]:
    return [replace(link, number=number) for number, link in enumerate(links, start=1)]


def test_a_whole_chain_is_said_to_be_whole_and_its_head_is_the_last_hash() -> None:
    assert check(WHOLE, 6) == Checked(6, WHOLE[-1].hash)
    assert check([], 0) == Checked(0, GENESIS)


def test_a_hash_is_that_of_the_hash_before_and_the_text() -> None:
    # printf '%064d{}' 0 | sha256sum
    assert link_hash(GENESIS, "{}") == (
        "5508d2b710e64bc470079e1b211d9c58e21011e59d0559e422345dc19d659a75"
    )


TAMPERED: list[tuple[str, Callable[[], list[Link]], Fault, int]] = [
    ("text", lambda: [*WHOLE[:3], replace(WHOLE[3], text="D"), *WHOLE[4:]], Fault.CHANGED, 4),
    ("hash", lambda: [*WHOLE[:3], replace(WHOLE[3], hash="0" * 64), *WHOLE[4:]], Fault.CHANGED, 4),
    ("previous", lambda: [replace(WHOLE[0], previous="1" * 64), *WHOLE[1:]], Fault.CHANGED, 1),
    ("number", lambda: [*WHOLE[:5], replace(WHOLE[5], number=9)], Fault.REMOVED, 6),
    ("removed", lambda: [*WHOLE[:3], *WHOLE[4:]], Fault.REMOVED, 4),
    ("the first removed", lambda: WHOLE[1:], Fault.REMOVED, 1),
    ("removed and renumbered", lambda: numbered([*WHOLE[:3], *WHOLE[4:]]), Fault.UNLINKED, 4),
    ("inserted", lambda: numbered([*WHOLE[:3], FORGED, *WHOLE[3:]]), Fault.INSERTED, 5),
    ("repeated", lambda: numbered([*WHOLE[:3], *WHOLE[2:]]), Fault.INSERTED, 4),
    ("replaced with its hash", lambda: [*WHOLE[:3], FORGED, *WHOLE[4:]], Fault.UNLINKED, 5),
    ("two swapped", lambda: numbered([*WHOLE[:2], WHOLE[3], WHOLE[2], *WHOLE[4:]]),
     Fault.UNLINKED, 3),
    ("cut", lambda: WHOLE[:4], Fault.CUT, 5),
    ("emptied", lambda: [], Fault.CUT, 1),
]  # fmt: skip


@pytest.mark.parametrize(
    ("tamper", "fault", "number"),
    [case[1:] for case in TAMPERED],
    ids=[case[0] for case in TAMPERED],
)
def test_the_first_entry_that_does_not_fit_is_named_with_what_was_done(
    tamper: Callable[[], list[Link]], fault: Fault, number: int
) -> None:
    found = check(tamper(), 6)
    assert (found.fault, found.number) == (fault, number)


def test_a_noted_hash_tells_how_much_came_after_it() -> None:
    assert check(WHOLE, 6, noted=WHOLE[3].hash).since == 2
    assert check(WHOLE, 6, noted=WHOLE[5].hash).since == 0
    assert check(WHOLE, 6, noted=GENESIS).since == 6


def test_a_chain_that_was_written_anew_does_not_have_the_noted_hash() -> None:
    forged = chain(*"abcdeF")
    assert check(forged, 6).fault is None
    assert check(forged, 6, noted=WHOLE[5].hash).fault is Fault.UNKNOWN_HEAD
    assert check(WHOLE[:4], 4, noted=WHOLE[5].hash).fault is Fault.UNKNOWN_HEAD


@given(st.lists(st.text(max_size=3), max_size=6), st.permutations(range(6)), st.integers(0, 6))
def test_any_other_order_or_selection_is_seen(
    texts: list[str], order: list[int], kept: int
) -> None:
    links = chain(*texts)
    chosen = [links[at] for at in order if at < len(links)][:kept]
    found = check(chosen, len(links))
    assert (found.fault is None) == (chosen == links)
    assert (check(numbered(chosen), len(links)).fault is None) == (numbered(chosen) == links)
