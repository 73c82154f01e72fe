"""Answers in the archive's own words."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from qa.alternatives import alternatives
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


@pytest.mark.parametrize(
    ("language", "before", "alone"),
    [
        ("en", "Ada Reeve leads it.", "The editor was paid 30 euros."),
        # Who speaks is named inside the marks.
        ("fr", "Le port est fermé.", "« On nous doit 30 euros, a dit mardi Ada Reeve. Et plus. »"),
    ],
)
def test_a_sentence_that_stands_alone_brings_nothing_along(
    language: str, before: str, alone: str
) -> None:
    whole = article(f"{before} {alone}", language)
    found = [evidence(alone, 20.0, whole), evidence(before, 1.0, whole)]
    assert said(found, language) == [alone]


def test_where_the_best_has_what_was_asked_for_nothing_without_it_comes_along() -> None:
    best, filler = evidence("It cost 30 euros.", 20.0), evidence("It was in the news.", 19.5)
    without = replace(filler, features=replace(filler.features, offered=0.0))
    assert said([best, filler]) == [best.text, filler.text]
    assert said([best, without]) == [best.text]
    assert said([without]) == [without.text]


def test_nothing_to_quote_is_nothing() -> None:
    assert said([]) == []


FERRY = "The islanders of Valmorin and Captain Oduya sold the ferry Marigold for 412,000 euros."
TRAGHETTO = (
    "Gli isolani di Valmorin e il capitano Oduya hanno venduto il Marigold per 412.000 euro."
)
BAKERY = "A bakery in Leeds burned down on Friday."


def test_the_questions_own_language_comes_first_in_a_story() -> None:
    found = [evidence(TRAGHETTO, 0.9, language="it"), evidence(FERRY, 0.89)]
    assert said(found, "en") == [FERRY, TRAGHETTO]
    assert said(found, "it") == [TRAGHETTO, FERRY]


def test_sentences_of_one_story_stand_together_the_best_story_first() -> None:
    found = [evidence(FERRY, 3.0), evidence(BAKERY, 2.0), evidence(TRAGHETTO, 1.0, language="it")]
    assert said(found, "en") == [FERRY, TRAGHETTO, BAKERY]


def test_another_languages_story_comes_first_where_it_answers_best() -> None:
    found = [evidence(TRAGHETTO, 3.0, language="it"), evidence(BAKERY, 2.0)]
    assert said(found, "en") == [TRAGHETTO, BAKERY]


@pytest.mark.parametrize(
    ("asking", "language"),
    [("And the ferry?", "en"), ("Et le bac ?", "fr"), ("- Ferry 3's Performance:", "en")],
)
def test_no_question_and_no_label_is_quoted(asking: str, language: str) -> None:
    found = [evidence(asking, 9.0, language=language), evidence(FERRY, 1.0)]
    assert said(found) == [FERRY]


def test_a_question_is_quoted_for_nothing_that_leans_on_it() -> None:
    whole = article("Who leads it? She was paid 30 euros.")
    found = [evidence("She was paid 30 euros.", 9.0, whole), evidence("Who leads it?", 1.0, whole)]
    assert said(found) == ["She was paid 30 euros."]


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


def test_outlets_that_say_nearly_the_same_are_cited_together() -> None:
    texts = [
        "The council of Valmorin closed the old library on Friday.",
        "On Friday, the council of Valmorin has closed its old library.",
    ]
    outlets = [article(text, publisher=text) for text in texts]
    found = [evidence(one.text, 2.0 - n, one) for n, one in enumerate(outlets)]
    (draft,) = quote(found, "en")
    assert draft.text == texts[0]
    assert [source.text for source in draft.sources] == texts


@pytest.mark.parametrize(
    "other",
    [
        "The council of Valmorin closed 13 libraries on Friday.",
        "The council of Valmorin closed 12 libraries on Monday.",
        "The council of Harbourton closed 12 libraries on Friday.",
        "The council of Valmorin never closed 12 libraries on Friday.",
    ],
)
def test_what_differs_in_a_figure_a_day_a_name_or_a_denial_is_quoted_apart(other: str) -> None:
    text = "The council of Valmorin closed 12 libraries on Friday."
    assert set(said([evidence(text, 2.0), evidence(other, 1.0)])) == {text, other}


CHOICE = alternatives("Was it the harbour or the library that they sold?", "en")


def test_of_two_things_to_choose_from_both_are_told() -> None:
    texts = [f"The harbour has number {number} on it." for number in range(4)]
    found = [*(evidence(text, 5.0) for text in texts), evidence("The library is sold.", 3.0)]
    quoted = [draft.text for draft in quote(found, "en", CHOICE)]
    assert quoted == [*texts[:3], "The library is sold."]
    assert said(found) == texts[:3]


def test_what_hardly_answers_is_not_told_as_the_other_side() -> None:
    found = [evidence("The harbour is sold.", 5.0), evidence("The library is old.", 1.0)]
    assert [draft.text for draft in quote(found, "en", CHOICE)] == ["The harbour is sold."]


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
