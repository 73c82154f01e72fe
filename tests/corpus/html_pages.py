"""Hand-written pages with the text of their articles, and how well a reader finds it.

The text holds what was written to be read as the article: standfirst, paragraphs, headings, lists,
tables, quotations, corrections, and the captions of a gallery. It holds no headline, byline, date
line or furniture.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from corpus.cleaning import clean_body
from corpus.readers.html import read

FOLDER = Path(__file__).parent / "html"

_WORD = re.compile(r"\w+")
_SHINGLE = 4


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and the text of its article."""

    path: Path
    gold: str

    @property
    def name(self) -> str:
        return self.path.stem


def pages() -> list[Page]:
    """All pages, by name."""
    found = sorted(FOLDER.glob("*.html"))
    return [Page(path, path.with_suffix(".txt").read_text(encoding="utf-8")) for path in found]


def stored(page: Page) -> str:
    """What citedesk stores of a page."""
    draft = read(page.path, page.path.read_bytes())
    return clean_body(draft.text, draft.metadata.get("title")).text


def plain(page: Page) -> str:
    """What trafilatura makes of it when it is called as its documentation shows."""
    import trafilatura

    return trafilatura.extract(page.path.read_bytes()) or ""


def f1(text: str, gold: str) -> float:
    """F1 over the multisets of shingles of four words, 0 to 1.

    As in Scrapinghub's article extraction benchmark (2020,
    github.com/scrapinghub/article-extraction-benchmark): order counts, and furniture costs as
    much as what is missing.
    """
    found, wanted = _shingles(text), _shingles(gold)
    common = (found & wanted).total()
    return 2 * common / (found.total() + wanted.total())


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    last = max(len(words) - _SHINGLE + 1, 1)
    return Counter(tuple(words[start : start + _SHINGLE]) for start in range(last))
