"""Web pages: how much of an article is stored, against `trafilatura.extract(page)` called plainly.

One set of hand-written pages, one run; see `tests.corpus.html_pages` for the measure.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from time import perf_counter

import trafilatura

from corpus.readers.html import read
from tests.corpus.html_pages import Page, f1, pages, plain, stored

_ROUNDS = 3


def run() -> None:
    """Prints mean F1 of both, the pages where they differ, and the time of a page."""
    found = pages()
    stored(found[0]), plain(found[0])  # libraries are imported before any clock is started
    ours = [f1(stored(page), page.gold) for page in found]
    theirs = [f1(plain(page), page.gold) for page in found]
    body = [f1(_without_headline(page), page.gold) for page in found]
    mean = statistics.mean
    print(f"{len(found)} pages, mean F1 over shingles of four words: {mean(ours):.3f}, "
          f"plain trafilatura {mean(theirs):.3f} "
          f"({mean(body):.3f} without the headline that it puts into the text)")  # fmt: skip
    pairs = list(zip(ours, theirs, strict=True))
    print(f"better on {sum(a > b for a, b in pairs)}, worse on {sum(a < b for a, b in pairs)}, "
          f"lowest {min(ours):.3f} (plain {min(theirs):.3f})")  # fmt: skip
    spent = _seconds(stored, found)
    print(f"time of a page: {spent / _seconds(plain, found):.2f}× plain, which reads no metadata, "
          f"{spent / _seconds(_with_metadata, found):.2f}× plain with metadata")  # fmt: skip


def _without_headline(page: Page) -> str:
    """Plain extraction without its first line where that is the headline."""
    title = read(page.path, page.path.read_bytes()).metadata.get("title", "")
    first, _, rest = plain(page).partition("\n")
    return rest if title and first.strip() == title else plain(page)


def _with_metadata(page: Page) -> str:
    return trafilatura.extract(page.path.read_bytes(), with_metadata=True) or ""


def _seconds(work: Callable[[Page], str], found: list[Page]) -> float:
    """Median over the pages of the shortest of several rounds."""
    return statistics.median(min(_once(work, page) for _ in range(_ROUNDS)) for page in found)


def _once(work: Callable[[Page], str], page: Page) -> float:
    started = perf_counter()
    work(page)
    return perf_counter() - started
