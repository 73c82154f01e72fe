"""Work that is begun before it is needed, and taken in its order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def in_order(
    items: Iterable[_Item], begin: Callable[[_Item], Callable[[], _Result]], ahead: int
) -> Iterator[tuple[_Item, _Result]]:
    """Each item with what was made of it, in the order of the items.

    Args:
        begin: begins to work on an item; what it returns waits for the result.
        ahead: items that may be begun after the one whose result is waited for; with 0, an item
            is taken only when the one before is done with.
    """
    begun: deque[tuple[_Item, Callable[[], _Result]]] = deque()
    for item in items:
        begun.append((item, begin(item)))
        if len(begun) > ahead:
            yield _finished(*begun.popleft())
    while begun:
        yield _finished(*begun.popleft())


def _finished(item: _Item, result: Callable[[], _Result]) -> tuple[_Item, _Result]:
    return item, result()
