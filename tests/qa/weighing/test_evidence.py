"""From passages to the sentences that answer."""

from dataclasses import replace

import pytest

from index_store.models import Hit, SearchResult
from index_store.terms import QueryTerms, words
from qa.fakes import article, hit
from qa.understanding.question import Question
from qa.weighing.evidence import PASSAGES, weigh_sentences
from qa.weighing.telling import Kinship
from qa.weighing.wanted import Wanted


def asked(text: str, wanted: Wanted = Wanted.ANYTHING) -> Question:
    return Question(text, text, "en", wanted, "en")


def found(question: str, *hits: Hit) -> SearchResult:
    terms = QueryTerms({word: {word[:4]: 1.0} for word in words(question)})
    return SearchResult(hits, terms, served=frozenset({"en"}))


def test_the_sentence_with_the_questions_words_comes_first() -> None:
    passage = hit(article("It rained all day. The judge signed the order. Nobody came."))
    best, *others = weigh_sentences(asked("judge order"), found("judge order", passage))
    assert best.text == "The judge signed the order."
    assert best.features.words == 1.0
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
    weighed = weigh_sentences(question, found("owe", passage))
    offered = {one.text: one.features.offered for one in weighed}
    assert offered == {"He owes $30 million.": 1.0, "He owes a lot.": 0.0}


def test_only_the_best_passages_are_weighed() -> None:
    hits = [hit(article(f"Number {number} is here."), score=1 / number) for number in range(1, 20)]
    assert len(weigh_sentences(asked("number"), found("number", *hits))) == PASSAGES


def test_where_nothing_was_found_there_is_no_evidence() -> None:
    assert weigh_sentences(asked("judge"), found("judge")) == []


def test_the_question_and_a_sentence_are_akin_by_their_languages() -> None:
    hits = [hit(article(f"The judge {code}.", code)) for code in ("en", "fr")]
    kin = {
        one.hit.article.language: one.kinship
        for one in weigh_sentences(asked("judge"), found("judge", *hits))
    }
    assert kin == {"en": Kinship.MEANING, "fr": Kinship.COGNATES}
    unserved = replace(found("judge", *hits), served=frozenset[str | None]())
    assert {one.kinship for one in weigh_sentences(asked("judge"), unserved)} == {
        Kinship.WORDS,
        Kinship.COGNATES,
    }


def test_names_may_stand_in_the_headline_or_anywhere_in_the_passage() -> None:
    passage = hit(article("He signed it. Nobody came.", title="Chhabria rules"))
    question = asked("what did Chhabria sign")
    assert {
        one.features.named for one in weigh_sentences(question, found("Chhabria", passage))
    } == {1.0}
    other = asked("what did Alsup sign")
    assert {one.features.named for one in weigh_sentences(other, found("Alsup", passage))} == {0.0}


def test_a_word_counts_where_the_glossary_calls_it_otherwise() -> None:
    terms = QueryTerms({"lawsuit": {"_law": 1.0}}, {"lawsuit": ({"_pro": 1.0},)})
    passage = hit(article("Le procès commence. Le bac arrive.", "fr"))
    result = SearchResult((passage,), terms, served=frozenset())
    weighed = {one.text: one.features.words for one in weigh_sentences(asked("lawsuit"), result)}
    assert weighed == {"Le procès commence.": 1.0, "Le bac arrive.": 0.0}
