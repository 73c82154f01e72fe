"""Answers in the archive's own words."""

from collections.abc import Sequence

import pytest

from qa.answer import Verdict
from qa.fakes import article, evidence
from qa.quoting import nearest, quote
from qa.weighing.evidence import Evidence


def said(found: Sequence[Evidence], language: str = "en") -> list[str]:
    return [draft.text for draft in quote(found, language)]


def test_the_best_sentence_is_quoted_with_its_span() -> None:
    (draft,) = quote([evidence("It is so.", 19.0), evidence("It is not.", 11.0)], "en")
    assert (draft.text, draft.verdict) == ("It is so.", Verdict.VERBATIM)
    assert [source.text for source in draft.sources] == ["It is so."]


def test_sentences_nearly_as_good_come_along_but_never_more_than_three() -> None:
    found = [evidence(f"Number {number} is it.", 20 - number / 100) for number in range(6)]
    assert len(said(found)) == 3


@pytest.mark.parametrize(
    ("before", "leaning"),
    [
        ("Ada Reeve leads it.", "She was paid 30 euros."),
        ("Ada Reeve la dirige.", "Elle a reçu 30 euros."),
        ("Ada Reeve lo dirige.", "Lei ha ricevuto 30 euro."),
        ("Ada Reeve spoke first.", "“We were paid 30 euros.”"),
    ],
)
def test_a_sentence_that_leans_on_the_one_before_brings_it_along(before: str, leaning: str) -> None:
    whole = article(f"It rained. {before} {leaning}")
    found = [evidence(leaning, 20.0, whole), evidence("It rained.", 5.0, whole)]
    assert said([*found, evidence(before, 1.0, whole)]) == [before, leaning]


def test_a_sentence_that_stands_alone_brings_nothing_along() -> None:
    whole = article("Ada Reeve leads it. The editor was paid 30 euros.")
    found = [evidence("The editor was paid 30 euros.", 20.0, whole)]
    assert said([*found, evidence("Ada Reeve leads it.", 1.0, whole)]) == [found[0].text]


def test_nothing_to_quote_is_nothing() -> None:
    assert said([]) == []


def test_the_questions_own_language_comes_first() -> None:
    found = [evidence("La corte decide.", 0.9, language="it"), evidence("The court rules.", 0.89)]
    assert said(found, "en") == ["The court rules.", "La corte decide."]
    assert said(found, "it") == ["La corte decide.", "The court rules."]


def test_sentences_of_one_article_stand_in_reading_order() -> None:
    whole = article("First it was. Then it was. Last it was.")
    found = [
        evidence("Last it was.", 0.9, whole),
        evidence("First it was.", 0.89, whole),
    ]
    assert said(found) == ["First it was.", "Last it was."]


def test_every_outlet_that_printed_the_sentence_is_cited_and_it_is_said_once() -> None:
    outlets = [article("It is so.", publisher=f"Outlet {number}") for number in range(3)]
    drafts = list(quote([evidence("It is so.", 0.9, outlet) for outlet in outlets], "en"))
    assert [draft.text for draft in drafts] == ["It is so."]
    assert [source.article.publisher for source in drafts[0].sources] == [
        "Outlet 0", "Outlet 1", "Outlet 2",
    ]  # fmt: skip


def test_at_most_five_outlets_are_cited_for_one_sentence() -> None:
    outlets = [article("It is so.", publisher=f"Outlet {number}") for number in range(9)]
    (draft,) = quote([evidence("It is so.", 0.9, outlet) for outlet in outlets], "en")
    assert len(draft.sources) == 5


def test_the_nearest_passages_are_three_each_by_its_best_sentence() -> None:
    whole = article("Good one. Bad one.")
    found = [
        evidence("Good one.", 0.9, whole),
        evidence("Bad one.", 0.8, whole),
        *(evidence(f"Number {number}.", 0.5) for number in range(5)),
    ]
    assert [source.text for source in nearest(found)] == ["Good one.", "Number 0.", "Number 1."]
    assert nearest([]) == []
