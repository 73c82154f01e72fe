"""`make bench`: every figure beside a baseline that was measured in the same run."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.bench import cold, corpus, html, refusal, speed

DATA = "CITEDESK_BENCH_DATA"


def main() -> int:
    """Runs every benchmark whose data is there; says which were skipped."""
    print("== cold start")
    cold.run()
    print("\n== reading")
    corpus.run()
    print("\n== web pages")
    html.run()
    folder = os.environ.get(DATA)
    if not folder:
        print(f"skipped: {DATA} names no folder of SQuAD-format files (xquad.en.json …)")
        return 0
    for name, benchmark in (("speed", speed.run), ("refusal", refusal.run)):
        print(f"\n== {name}")
        benchmark(Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
