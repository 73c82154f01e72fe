"""A manifest tells whoever has followed up to one of the last batches what to look at again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store import recent as module
from index_store.recent import next_manifest, touched_since
from index_store.store import Manifest
from index_store.version import FIRST, current

BATCHES = st.lists(st.lists(st.sampled_from("abcdefg"), max_size=4, unique=True), max_size=8)


def states(batches: list[list[str]]) -> list[Manifest]:
    """What the manifest was after each batch, and before the first."""
    made = [next_manifest(None, "m", [])]
    for batch in batches:
        made.append(next_manifest(made[-1], "m", batch))
    return made


@given(BATCHES, st.data())
def test_all_that_was_touched_since_is_named(batches: list[list[str]], data: st.DataObject) -> None:
    made = states(batches)
    seen = data.draw(st.integers(0, len(batches)))
    now = data.draw(st.integers(seen, len(batches)))
    is_settled = data.draw(st.booleans())
    touched = touched_since(made[seen].revision, is_settled, made[now])
    begun = seen if is_settled and seen < now else seen - 1
    if begun < 0:
        assert touched is None
    else:
        assert touched == frozenset().union(*batches[begun:now])


def test_whoever_has_fallen_behind_looks_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    first, second, third, fourth = states([["a", "b"], ["c"], ["d"]])
    assert touched_since(first.revision, True, third) == frozenset("abc")
    assert touched_since(first.revision, True, fourth) is None
    assert touched_since(second.revision, True, fourth) == frozenset("cd")
    assert touched_since("of another store", True, fourth) is None


def test_a_batch_that_is_too_large_to_be_named_is_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    before, large, after = states([["a", "b", "c", "d"], ["e"]])
    assert touched_since(before.revision, True, large) is None
    assert touched_since(before.revision, True, after) is None
    assert touched_since(large.revision, True, after) == frozenset("e")


def test_what_an_earlier_version_wrote_names_nothing() -> None:
    """Its manifest has no batches; the next one is followed from there."""
    theirs = Manifest("m", "theirs")
    assert touched_since("before", True, theirs) is None
    assert touched_since("theirs", True, next_manifest(theirs, "m", ["a"])) == frozenset("a")


def test_what_was_not_migrated_stays_of_the_earlier_version() -> None:
    theirs = Manifest("m", "theirs", written=FIRST)
    assert next_manifest(theirs, "m", ["a"]).written == replace(current(), number=FIRST.number)
    assert next_manifest(None, "m", ["a"]).written == current()


def test_a_state_under_way_goes_on_to_the_same_revision() -> None:
    before, after = states([["a"]])
    under_way = replace(after, pending=("a",))
    assert touched_since(before.revision, True, under_way) == frozenset("a")
    assert touched_since(under_way.revision, under_way.is_settled, after) == frozenset("a")
