"""Whether the evidence answers at all."""

from dataclasses import replace

import pytest

from index_store.models import SearchResult
from index_store.terms import QueryTerms
from qa.evidence import Evidence
from qa.fakes import article, hit
from qa.refusal import THRESHOLD, answers, features, probability

TERMS = QueryTerms({"judge": {"judg": 1.0, "udge": 1.0}, "order": {"orde": 1.0, "rder": 1.0}})


def evidence(text: str, cosine: float = 0.6, offered: bool = True) -> Evidence:
    found = hit(article(text))
    (span,) = found.passage.sentences
    return Evidence(found, span, text, 1.0, cosine, TERMS.coverage(text), offered)


def found(served: bool = True) -> SearchResult:
    return SearchResult((), TERMS, served)


ON_SUBJECT = evidence("The judge signed the order.", 0.8)
OFF_SUBJECT = evidence("The ferry sails at noon.", 0.05)


@pytest.mark.parametrize("served", [True, False])
def test_evidence_on_the_subject_answers_and_off_it_does_not(served: bool) -> None:
    assert answers([ON_SUBJECT], found(served))
    assert not answers([OFF_SUBJECT], found(served))


def test_without_evidence_the_answer_is_no() -> None:
    assert probability([], found()) == 0.0
    assert not answers([], found())


def test_evidence_that_does_not_offer_what_was_asked_does_not_count() -> None:
    assert not answers([replace(ON_SUBJECT, offered=False)], found())
    assert answers([replace(OFF_SUBJECT, offered=False), ON_SUBJECT], found())


def test_more_words_and_a_higher_cosine_never_make_an_answer_less_likely() -> None:
    by_cosine = [probability([evidence("Judge.", cosine / 10)], found()) for cosine in range(11)]
    assert by_cosine == sorted(by_cosine)
    by_words = [
        probability([evidence(text)], found())
        for text in ("Nothing here.", "The judge.", "The judge in order.")
    ]
    assert by_words == sorted(by_words)
    assert all(0.0 <= value <= 1.0 for value in (*by_cosine, *by_words))


def test_in_a_language_that_the_embedder_does_not_know_its_cosine_is_not_heard() -> None:
    low, high = (probability([evidence("The judge.", cosine)], found(False)) for cosine in (0, 1))
    assert low == high


def test_the_features_are_of_the_best_three_sentences() -> None:
    assert features([OFF_SUBJECT, OFF_SUBJECT, OFF_SUBJECT, ON_SUBJECT], TERMS) == (0.05, 0.0, 0.0)
    assert features([OFF_SUBJECT, ON_SUBJECT], TERMS) == (0.8, 1.0, 1.0)


def test_the_threshold_is_a_probability() -> None:
    assert 0 < THRESHOLD < 1
