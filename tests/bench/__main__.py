"""`make bench`: every figure beside a baseline that was measured in the same run.

`python -m tests.bench search growth` runs some parts alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.bench import (
    answering,
    cold,
    corpus,
    costs,
    doors,
    evaluating,
    faults,
    growth,
    html,
    ingest,
    learning,
    load,
    ray_workers,
    search,
    speed,
)

DATA = "CITEDESK_BENCH_DATA"

#: Runs a part; given the folder of question sets, if there is one.
_Part = Callable[[Path | None], None]


def _on_data(run: Callable[[Path], None]) -> _Part:
    """A part that is nothing without the question sets."""

    def part(folder: Path | None) -> None:
        if folder is None:
            print(f"skipped: {DATA} names no folder of SQuAD-format files (xquad.en.json …)")
        else:
            run(folder)

    return part


PARTS: Mapping[str, _Part] = {
    "cold": lambda folder: cold.run(),
    "reading": lambda folder: corpus.run(),
    "html": lambda folder: html.run(),
    "search": search.run,
    "learning": _on_data(learning.run),
    "ingest": _on_data(ingest.run),
    "ray": _on_data(ray_workers.run),
    "speed": _on_data(speed.run),
    "growth": _on_data(growth.run),
    "capacity": _on_data(costs.run),
    "load": _on_data(load.run),
    "faults": lambda folder: faults.run(),
    "doors": lambda folder: doors.run(),
    "answering": _on_data(answering.run),
    "evaluating": _on_data(evaluating.run),
}


def main(names: Sequence[str]) -> int:
    """Runs the parts that are named, or all of them."""
    if unknown := [name for name in names if name not in PARTS]:
        print(f"no part is called {', '.join(unknown)}; there are {', '.join(PARTS)}")
        return 2
    stated = os.environ.get(DATA)
    for name in names or PARTS:
        print(f"\n== {name}", flush=True)
        PARTS[name](Path(stated) if stated else None)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
