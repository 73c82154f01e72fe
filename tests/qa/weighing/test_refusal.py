"""Whether the evidence answers at all."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from qa.fakes import evidence
from qa.weighing.evidence import Evidence
from qa.weighing.refusal import THRESHOLD, probability


def answers(found: Sequence[Evidence]) -> bool:
    return probability(found) >= THRESHOLD


def wanting(found: Evidence) -> Evidence:
    return replace(found, features=replace(found.features, offered=0.0))


def test_the_best_sentence_decides() -> None:
    best, other = evidence("The judge is here.", 3.0), evidence("Nobody is here.", -9.0)
    assert answers([best, other])
    assert not answers([other])
    assert probability([best, other]) == probability([best]) > probability([other])


def test_without_evidence_the_answer_is_no() -> None:
    assert probability([]) == 0.0
    assert not answers([])


def test_the_probability_is_that_of_the_odds() -> None:
    assert probability([evidence("It is.", 0.0)]) == pytest.approx(0.5)
    told = [probability([evidence("It is.", float(score))]) for score in range(-40, 40)]
    assert told == sorted(told)
    assert all(0.0 <= value <= 1.0 for value in told)
    assert 0 < THRESHOLD < 1


def test_evidence_that_does_not_offer_what_was_asked_for_counts_far_less() -> None:
    best = evidence("The judge is paid a lot.", 1.0)
    as_good, far_behind = evidence("He is paid 30 euros.", 0.5), evidence("It is 30.", -3.0)
    assert answers([best])
    assert not answers([wanting(best)])
    assert answers([wanting(best), as_good])
    assert not answers([wanting(best), far_behind])
