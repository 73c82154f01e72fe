"""What stands before a quotation: who says it, when, and in which language."""

from typing import Any

import pytest

from corpus import Article
from qa.answer import Citation, Statement, Verdict
from qa.fakes import article
from qa.introducing import introduced, without_leads
from qa.running_text import with_markers

DAY = "2024-05-03"


def led(*articles: Article, language: str = "en") -> list[str]:
    """The leads of one quotation of each article."""
    cited = [
        Citation(number, "p", 0, 1, "q", each) for number, each in enumerate(articles, start=1)
    ]
    statements = [Statement("So.", (one.number,), Verdict.VERBATIM) for one in cited]
    return [one.lead for one in introduced(statements, cited, language)]


def of(publisher: str | None, language: str | None = "en", **stated: Any) -> Article:
    return article(f"Text of {publisher}.", language, publisher=publisher, **stated)


@pytest.mark.parametrize(
    ("language", "leads"),
    [
        (
            "en",
            ["According to Courier, 3 May 2024:", "According to Le Courrier (in French):"],
        ),
        ("fr", ["Selon Courier (en anglais), 3 mai 2024 :", "Selon Le Courrier :"]),
        (
            "it",
            ["Secondo Courier (in inglese), 3 maggio 2024:", "Secondo Le Courrier (in francese):"],
        ),
        (
            "es",
            [
                "According to Courier (in English), 3 May 2024:",
                "According to Le Courrier (in French):",
            ],
        ),
    ],
)
def test_several_outlets_are_named_in_the_readers_language(language: str, leads: list[str]) -> None:
    outlets = [of("Courier", published=DAY), of("Le Courrier", "fr")]
    assert led(*outlets, language=language) == leads


def test_one_outlet_in_the_readers_language_is_not_named() -> None:
    assert led(of("Courier"), of("Courier", published=DAY)) == ["", ""]
    assert led() == []


def test_one_outlet_in_another_language_is_named_with_its_language() -> None:
    assert led(of("Le Courrier", "fr")) == ["According to Le Courrier (in French):"]


def test_an_outlet_is_named_once_where_it_says_more() -> None:
    assert led(of("A"), of("A"), of("B"), of("A")) == [
        "According to A:", "", "According to B:", "According to A:",
    ]  # fmt: skip


def test_an_article_without_an_outlet_is_named_by_its_title() -> None:
    titled = article("So.", title="The ferry is sold")
    assert led(of("A"), titled)[1] == "According to “The ferry is sold”:"


def test_a_title_is_named_without_marks_of_its_own() -> None:
    titled = article("So.", title="The “ferry” is sold: “We have no choice left”")
    assert led(of("A"), titled)[1] == "According to “The ferry is sold: We have no choice left”:"


def test_all_outlets_of_one_statement_are_named_and_the_day_that_they_share() -> None:
    cited = [
        Citation(number, "p", 0, 1, "q", of(name, published=DAY))
        for number, name in enumerate("ABCD", start=1)
    ]
    (one,) = introduced([Statement("So.", (1, 2, 3, 4), Verdict.VERBATIM)], cited, "en")
    assert one.lead == "According to A, B and C, 3 May 2024:"


def test_the_words_of_the_statement_stay_as_they_are() -> None:
    cited = [Citation(1, "p", 0, 1, "q", of("A")), Citation(2, "p", 0, 1, "q", of("B"))]
    statements = [Statement("So.", (number,), Verdict.VERBATIM) for number in (1, 2)]
    read = introduced(statements, cited, "en")
    assert [one.text for one in read] == ["So.", "So."]
    assert with_markers(read) == "According to A: So. [1] According to B: So. [2]"


@pytest.mark.parametrize("language", ["en", "fr", "it"])
def test_leads_can_be_taken_out_of_a_text_again(language: str) -> None:
    outlets = [of("A", published=DAY), of("B", "fr"), article("So.", title="Ferry sold")]
    cited = [Citation(number, "p", 0, 1, "q", each) for number, each in enumerate(outlets, start=1)]
    statements = [Statement(f"It: {number}.", (number,), Verdict.VERBATIM) for number in (1, 2, 3)]
    text = with_markers(introduced(statements, cited, language))
    assert without_leads(text) == "It: 1. [1] It: 2. [2] It: 3. [3]"
