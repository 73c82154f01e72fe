"""What a terminal shows."""

from __future__ import annotations

import pytest

from qa.answer import Answer, Citation, Mode, Searched, Statement, Verdict
from qa.fakes import article
from qa.printing import answer_lines, article_line


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


def test_who_says_it_stands_before_what_is_quoted() -> None:
    whole = article("It opens.", publisher="The Lamp")
    answer = Answer(
        id="a",
        question="Does it?",
        standalone_question="Does it?",
        language="en",
        mode=Mode.QUOTES,
        refused=False,
        text="According to The Lamp: It opens. [1]",
        statements=(Statement("It opens.", (1,), Verdict.VERBATIM, "According to The Lamp:"),),
        citations=(Citation(1, "p", 0, 9, "It opens.", whole),),
        searched=Searched(1, 1, ("en",)),
    )
    assert next(iter(answer_lines(answer))) == answer.text
