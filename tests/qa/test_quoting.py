"""Answers in the archive's own words."""

from collections.abc import Sequence

from corpus import Article, Span
from qa.answer import Verdict
from qa.evidence import Evidence
from qa.fakes import article, hit
from qa.quoting import nearest, quote


def evidence(
    text: str, score: float, of: Article | None = None, offered: bool = True, language: str = "en"
) -> Evidence:
    whole = of or article(text, language)
    start = whole.text.index(text)
    span = Span(start, start + len(text))
    return Evidence(hit(whole), span, text, score, cosine=0.5, coverage=0.5, offered=offered)


def said(found: Sequence[Evidence], language: str = "en") -> list[str]:
    return [draft.text for draft in quote(found, language)]


def test_the_best_sentence_is_quoted_with_its_span() -> None:
    (draft,) = quote([evidence("It is so.", 0.9), evidence("It is not.", 0.1)], "en")
    assert (draft.text, draft.verdict) == ("It is so.", Verdict.VERBATIM)
    assert [source.text for source in draft.sources] == ["It is so."]


def test_sentences_nearly_as_good_come_along_but_never_more_than_three() -> None:
    found = [evidence(f"Number {number} is it.", 0.9 - number / 100) for number in range(6)]
    assert len(said(found)) == 3


def test_a_sentence_that_does_not_offer_what_was_asked_is_not_quoted() -> None:
    found = [evidence("It is a lot.", 0.9, offered=False), evidence("It is 30.", 0.5)]
    assert said(found) == ["It is 30."]
    assert said(found[:1]) == []


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
