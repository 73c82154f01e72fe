"""From passages to the sentences that answer."""

from dataclasses import replace

import pytest

from index_store.models import Hit, SearchResult
from index_store.terms import QueryTerms, words
from qa.evidence import PASSAGES, is_headline, weigh_sentences
from qa.fakes import article, hit
from qa.question import Question
from qa.wanted import Wanted


def asked(text: str, wanted: Wanted = Wanted.ANYTHING) -> Question:
    return Question(text, text, "en", wanted, "en")


def found(question: str, *hits: Hit) -> SearchResult:
    terms = QueryTerms({word: {word[:4]: 1.0} for word in words(question)})
    return SearchResult(hits, terms, served=True)


def test_the_sentence_with_the_questions_words_comes_first() -> None:
    passage = hit(article("It rained all day. The judge signed the order. Nobody came."))
    best, *others = weigh_sentences(asked("judge order"), found("judge order", passage))
    assert best.text == "The judge signed the order."
    assert best.coverage == 1.0
    assert len(others) == 2


def test_between_equal_words_the_cosine_decides() -> None:
    passage = hit(article("The judge is here. The judge is there."))
    passage = replace(passage, sentence_cosines=(0.1, 0.9))
    best, _ = weigh_sentences(asked("judge"), found("judge", passage))
    assert best.text == "The judge is there."


def test_a_headline_counts_less_than_a_sentence_that_says_the_same() -> None:
    passage = hit(article("Judge signs order\n\nJudge signs order."))
    best, other = weigh_sentences(asked("judge order"), found("judge order", passage))
    assert (best.text, other.text) == ("Judge signs order.", "Judge signs order")


@pytest.mark.parametrize(
    "text", ["It is so.", "Is it?", "No!", "So…", "“It is.”", "« Oui. »", "(So.)"]
)
def test_a_sentence_ends_like_one(text: str) -> None:
    assert not is_headline(text)


@pytest.mark.parametrize("text", ["Judge signs order", "Meta, Llama and the rest", "By Ada Reeve"])
def test_a_headline_does_not(text: str) -> None:
    assert is_headline(text)


def test_every_span_is_that_of_its_text() -> None:
    whole = article("Début.\n\nPARIS (Example Wire) — La cour a tranché. Fin 👩‍🚀.")
    for evidence in weigh_sentences(asked("cour"), found("cour", hit(whole))):
        assert whole.text[evidence.span.start : evidence.span.end] == evidence.text


STORY = "A court has ruled."


@pytest.mark.parametrize(
    "dateline",
    [
        "NEW YORK — ",
        "NEW YORK, Sept 26 (Example Wire) — ",
        "(Example Wire) — ",
        "Paris (AFP) – ",
        "Saint-Étienne, 12 mars (AFP) - ",
    ],
)
def test_a_dateline_is_not_part_of_the_sentence(dateline: str) -> None:
    (evidence,) = weigh_sentences(asked("court"), found("court", hit(article(dateline + STORY))))
    assert evidence.text == STORY
    assert evidence.span.start == len(dateline)


@pytest.mark.parametrize(
    "text",
    [
        "— Oui, dit-il.",
        "The company (Meta) — which was sued — said no.",
        "META — which was sued — said no.",
        "It fell (again) and rose - A lot.",
        "(Example Wire) — ",
    ],
)
def test_a_dash_alone_makes_no_dateline(text: str) -> None:
    (evidence,) = weigh_sentences(asked("no"), found("no", hit(article(text.strip()))))
    assert evidence.text == text.strip()


def test_a_sentence_is_marked_where_it_holds_what_was_asked_for() -> None:
    passage = hit(article("He owes $30 million. He owes a lot."))
    question = asked("how much does he owe", Wanted.MONEY)
    offered = {one.text: one.offered for one in weigh_sentences(question, found("owe", passage))}
    assert offered == {"He owes $30 million.": True, "He owes a lot.": False}


def test_only_the_best_passages_are_weighed() -> None:
    hits = [hit(article(f"Number {number} is here."), score=1 / number) for number in range(1, 20)]
    assert len(weigh_sentences(asked("number"), found("number", *hits))) == PASSAGES


def test_where_nothing_was_found_there_is_no_evidence() -> None:
    assert weigh_sentences(asked("judge"), found("judge")) == []
