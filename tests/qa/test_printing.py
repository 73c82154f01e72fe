"""What a terminal shows."""

from __future__ import annotations

import pytest

from qa.fakes import article
from qa.printing import article_line


@pytest.mark.parametrize(
    ("written", "reader", "line"),
    [
        ("fr", "fr", "Le Phare, 2025-01-14: Il ouvre. (article.txt)"),
        ("fr", "en", "Le Phare, 2025-01-14, French: Il ouvre. (article.txt)"),
        ("fr", "it", "Le Phare, 2025-01-14, francese: Il ouvre. (article.txt)"),
        (None, "en", "Le Phare, 2025-01-14: Il ouvre. (article.txt)"),
        ("klingon", "en", "Le Phare, 2025-01-14, klingon: Il ouvre. (article.txt)"),
    ],
)
def test_a_source_in_another_language_than_the_readers_says_so(
    written: str | None, reader: str, line: str
) -> None:
    printed = article("Il ouvre.", written, publisher="Le Phare", published="2025-01-14T10:00:00Z")
    assert article_line(printed, reader) == line
