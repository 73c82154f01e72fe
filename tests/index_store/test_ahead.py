"""Working ahead: what comes of it, in which order, and how much is under way."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hypothesis import given
from hypothesis import strategies as st

from index_store.ahead import in_order


@given(st.integers(0, 20), st.integers(0, 6))
def test_results_come_in_the_order_of_the_items_and_no_more_is_under_way_than_is_said(
    items: int, ahead: int
) -> None:
    under_way: set[int] = set()
    most = 0

    def begin(item: int) -> Callable[[], int]:
        nonlocal most
        under_way.add(item)
        most = max(most, len(under_way))

        def result() -> int:
            under_way.remove(item)
            return -item

        return result

    assert list(in_order(range(items), begin, ahead)) == [(item, -item) for item in range(items)]
    assert not under_way
    assert most == min(items, ahead + 1)


def test_with_nothing_ahead_an_item_is_taken_when_the_one_before_is_done_with() -> None:
    said: list[str] = []

    def items() -> Iterator[str]:
        for name in "ab":
            said.append(f"read {name}")
            yield name

    for item, _ in in_order(items(), lambda item: lambda: said.append(f"made {item}"), 0):
        said.append(f"stored {item}")
    assert said == ["read a", "made a", "stored a", "read b", "made b", "stored b"]
