"""Whether one question gets the same sources in every language that it is asked in.

Questions that ask the same thing have one tag in common that begins with `same:` and names it
("same:library-budget"); ids mean nothing. Their languages are as many as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import permutations

SAME = "same:"


def sibling_tag(tags: Iterable[str]) -> str | None:
    """The tag that a question has in common with its other languages; None where it has none."""
    return next((tag for tag in tags if tag.startswith(SAME)), None)


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Size of the intersection by size of the union (Jaccard 1912); 1 of two empty sets."""
    union = one | other
    return len(one & other) / len(union) if union else 1.0


def language_invariance(asked: Sequence[tuple[str | None, frozenset[str]]]) -> list[float | None]:
    """Of each question the mean likeness of what it cites to what its siblings cite, 0 to 1.

    The mean over a group's questions is the mean over its pairs. Two refusals are alike.

    Args:
        asked: of each question its sibling tag and the articles cited.

    Returns:
        In the same order; None where a question has no siblings.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for position, (tag, _) in enumerate(asked):
        if tag is not None:
            groups[tag].append(position)
    likeness: list[list[float]] = [[] for _ in asked]
    for group in groups.values():
        for one, other in permutations(group, 2):
            likeness[one].append(jaccard(asked[one][1], asked[other][1]))
    return [sum(each) / len(each) if each else None for each in likeness]
