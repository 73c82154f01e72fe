"""Why a passage is where it is, in words."""

from __future__ import annotations

from dataclasses import fields, replace

from index_store.reranker import SIDE
from index_store.scoring import Sides
from qa.explaining import _SIDES, explanation_lines
from qa.fakes import article, hit
from qa.printing import hit_lines


def test_every_side_of_a_search_has_a_name_for_readers() -> None:
    assert _SIDES.keys() == {SIDE, *(field.name for field in fields(Sides))}


def test_what_counts_most_stands_first_with_its_own_measure() -> None:
    found = replace(
        hit(article("The ferry stops.")),
        sides={"dense": 0.43, "stems": 7.914, "reranker": -2.0},
        shares={"dense": 0.1, "stems": 0.25},
    )
    _, first, second, third = explanation_lines(found)
    assert " ".join(first.split()) == "word stems in and around the passage 0.25 BM25 7.91"
    assert " ".join(second.split()) == "meaning of the passage 0.10 cosine 0.43"
    assert third.split()[-3:] == ["-", "logit", "-2.00"]


def test_copies_are_one_line_and_reasons_only_shown_when_asked_for() -> None:
    copy = hit(article("The ferry stops.", publisher="The Post", published="2025-01-14T10:00"))
    found = replace(hit(article("The ferry stops.")), copies=(copy, hit(article("x"))))
    plain = list(hit_lines([found]))
    assert "   also printed by The Post (2025-01-14), outlet not stated (undated)" in plain
    assert "why it is here" not in "\n".join(plain)
    assert "why it is here" in "\n".join(hit_lines([found], explain=True))
