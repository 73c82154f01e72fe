"""Average linkage: groups whose members are alike on the whole, not in a chain of neighbours."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping


def average_linkage(
    groups: Iterable[tuple[int, ...]], pairs: Mapping[tuple[int, int], float], least: float
) -> list[tuple[int, ...]]:
    """Joins the two groups that are most alike, again and again, until no two are enough.

    How alike two groups are is the mean over all pairs of their members; a pair that is not
    given counts 0. So a long affair does not become one group because each day's report is like
    the next. O(p log p) for p pairs.

    Args:
        groups: to begin with; every member of a pair is in one of them.
        pairs: how alike two members are.
        least: the mean from which groups are joined.
    """
    members = {min(group): tuple(group) for group in groups}
    home = {member: name for name, group in members.items() for member in group}
    sums: dict[int, dict[int, float]] = {name: {} for name in members}
    for (one, other), alike in pairs.items():
        a, b = home[one], home[other]
        if a != b:
            sums[a][b] = sums[b][a] = sums[a].get(b, 0.0) + alike

    def mean(a: int, b: int) -> float:
        return sums[a][b] / (len(members[a]) * len(members[b]))

    queue = [(-mean(a, b), a, b) for a in sums for b in sums[a] if a < b and mean(a, b) >= least]
    heapq.heapify(queue)
    while queue:
        alike, a, b = heapq.heappop(queue)
        if b not in sums.get(a, {}) or -alike != mean(a, b):
            continue  # one of them has been joined to another since
        members[a] += members.pop(b)
        for other, alike in sums.pop(b).items():
            del sums[other][b]
            if other != a:
                sums[a][other] = sums[other][a] = sums[a].get(other, 0.0) + alike
        for other in sums[a]:
            if mean(a, other) >= least:
                heapq.heappush(queue, (-mean(a, other), min(a, other), max(a, other)))
    return [tuple(sorted(group)) for group in members.values()]
