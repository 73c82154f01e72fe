"""Answers over the sample archive are as good as they were, and it shows where they are not."""

import json
from collections.abc import Callable
from typing import Any

import pytest

import index_store.asked
import qa.answerer
from index_store.index import ArticleIndex
from qa.evaluation.comparing import compare
from qa.evaluation.worse import worse_lines
from tests.qa.evaluation.floors import FLOORS, SETS, Lowered, measured, pinned_figures, repinned

Report = dict[str, Any]
Measure = Callable[[str], Report]


@pytest.fixture(scope="module")
def reports(sample_index: ArticleIndex) -> dict[str, Report]:
    return {name: measured(sample_index, name) for name in SETS}


@pytest.mark.parametrize("name", SETS)
def test_no_figure_is_below_its_floor(name: str, reports: dict[str, Report]) -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))[name]
    assert set(floors) == set(pinned_figures(reports[name]))
    assert worse_lines(reports[name], None, floors, no_regression=False) == []


def test_a_floor_rises_with_what_is_measured_and_falls_only_where_that_is_said() -> None:
    floors = {"set": {"str_em": 0.8, "valid_citations": 1.0}}
    better, worse = ({"set": {"str_em": value, "valid_citations": 1.0}} for value in (0.9, 0.7))
    assert repinned(floors, better, lower=False)["set"] == {
        "str_em": 0.885, "valid_citations": 1.0,
    }  # fmt: skip
    with pytest.raises(Lowered, match=r"str_em from 0\.8 to 0\.685"):
        repinned(floors, worse, lower=False)
    assert repinned(floors, worse, lower=True)["set"]["str_em"] == 0.685


def test_a_floor_is_not_forgotten() -> None:
    with pytest.raises(Lowered):
        repinned({"set": {"str_em": 0.8}}, {"set": {}}, lower=False)
    with pytest.raises(Lowered):
        repinned({"set": {"str_em": 0.8}}, {}, lower=False)


def _right(report: Report) -> dict[str, bool]:
    return {one["id"]: one["why"] is None for one in report["outcomes"]}


def _named(before: Report, after: Report) -> set[str]:
    """Ids of the questions that the lines name."""
    lines = worse_lines(after, compare(before, after), {}, no_regression=True)
    told = [line.partition(" was right and is not any more (") for line in lines]
    return {name for name, found, _ in told if found}


def _lost(before: Report, after: Report) -> set[str]:
    was, now = _right(before), _right(after)
    return {name for name in was if was[name] and not now[name]}


def test_a_gate_that_refuses_nothing_is_caught(
    reports: dict[str, Report], sample_index: ArticleIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = reports["questions.jsonl"]
    monkeypatch.setattr(qa.answerer, "THRESHOLD", 0.0)
    after = measured(sample_index, "questions.jsonl")
    asked = {one["id"]: one for one in before["outcomes"]}
    lost = _lost(before, after)
    assert len(lost) > 5
    # Nothing else can be lost by answering more.
    assert {asked[name]["answerable"] for name in lost} == {False}
    assert _named(before, after) == lost


def test_a_broken_stemmer_is_caught(
    reports: dict[str, Report], sample_index: ArticleIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = reports["questions.jsonl"]
    # Every word is cut to its first letter, as a stemmer of another language might do at worst.
    monkeypatch.setattr(
        index_store.asked, "stems", lambda words, language: [word[:1] for word in words]
    )
    monkeypatch.setattr(index_store.terms, "grams", lambda word: [word[:1]])
    after = measured(sample_index, "questions.jsonl")
    lost = _lost(before, after)
    assert lost
    assert _named(before, after) == lost
