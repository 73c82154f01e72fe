"""Whether the evidence answers at all."""

from dataclasses import replace

import pytest

from qa.fakes import evidence
from qa.refusal import THRESHOLD, answers, features, probability
from qa.telling import Kinship


@pytest.mark.parametrize("kinship", Kinship)
def test_evidence_on_the_subject_answers_and_off_it_does_not(kinship: Kinship) -> None:
    assert answers([evidence("The judge signed the order.", 25.0, kinship=kinship)])
    assert not answers([evidence("The ferry sails at noon.", 5.0, kinship=kinship)])


def test_without_evidence_the_answer_is_no() -> None:
    assert probability([]) == 0.0
    assert not answers([])


def test_the_best_sentence_decides() -> None:
    best, other = evidence("The judge is here.", 25.0), evidence("Nobody is here.", 1.0)
    assert probability([best, other]) == probability([best]) > probability([other])
    assert features([best, other]) == (25.0, 1.0, 1.0)


def test_evidence_that_does_not_offer_what_was_asked_for_counts_far_less() -> None:
    best = evidence("The judge is paid a lot.", 18.0)
    wanting = replace(best, features=replace(best.features, offered=0.0))
    as_good, far_behind = evidence("He is paid 30 euros.", 17.5), evidence("It is 30.", 12.0)
    assert answers([best])
    assert not answers([wanting])
    assert answers([wanting, as_good])
    assert not answers([wanting, far_behind])


@pytest.mark.parametrize("kinship", Kinship)
def test_more_telling_evidence_and_more_of_the_names_never_make_an_answer_less_likely(
    kinship: Kinship,
) -> None:
    by_score = [
        probability([evidence("It is.", float(score), kinship=kinship)]) for score in range(-5, 40)
    ]
    by_names = [
        probability([evidence("It is.", 16.0, kinship=kinship, named=names / 4)])
        for names in range(5)
    ]
    for told in (by_score, by_names):
        assert told == sorted(told)
        assert all(0.0 <= value <= 1.0 for value in told)


def test_the_threshold_is_a_probability() -> None:
    assert 0 < THRESHOLD < 1
