"""TREC files: another program must read a run out of them as the report tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from io import StringIO
from typing import Any
from urllib.parse import unquote

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, R, Success, nDCG

from qa.evaluation.reports.trec import escaped, qrels_trec, run_trec
from tests.qa.evaluation.outcomes import outcome, quoting
from tests.qa.evaluation.reports.runs import hostile, made_up, report_of


def read(report: Mapping[str, Any]) -> tuple[list[Any], list[Any]]:
    """The right articles and the run, as another program reads them."""
    readers: Any = ir_measures  # its functions that read have no types
    return (
        list(readers.read_trec_qrels(StringIO(qrels_trec(report)))),
        list(readers.read_trec_run(StringIO(run_trec(report)))),
    )


def test_the_report_s_figures_come_out_of_the_files_again() -> None:
    report = report_of(made_up(questions=40))
    found = ir_measures.calc_aggregate(
        [Success @ 1, R @ 5, RR, nDCG @ 10],
        *read(report),
    )
    told = report["summary"]
    assert 0 < told["hit_at_1"] < 1
    assert found[Success @ 1] == pytest.approx(told["hit_at_1"])
    assert found[R @ 5] == pytest.approx(told["recall_at_5"])
    assert found[RR] == pytest.approx(told["mrr"])
    assert found[nDCG @ 10] == pytest.approx(told["ndcg_at_10"])


def test_a_question_for_which_nothing_was_found_counts_in_the_files_too() -> None:
    report = report_of([
        outcome(quoting("It is two.", "a.md"), ["a.md"], id="one", sources=("a.md",)),
        outcome(None, id="two", sources=("a.md",)),
    ])  # fmt: skip
    assert ir_measures.calc_aggregate([RR], *read(report))[RR] == report["summary"]["mrr"] == 0.5


@given(st.text())
def test_a_name_is_one_field_and_can_be_had_back(name: str) -> None:
    assert unquote(escaped(name)) == name
    assert len(f"x{escaped(name)}".split()) == 1


def test_hostile_names_make_no_more_fields_than_there_are() -> None:
    report = report_of(hostile())
    assert all(len(line.split()) == 6 for line in run_trec(report).splitlines())
    assert all(len(line.split()) == 4 for line in qrels_trec(report).splitlines())


def test_grades_are_kept_where_the_set_grades() -> None:
    graded = outcome(None, id="q", sources=("a.md",), relevance=(("a.md", 2), ("b.md", 0)))
    assert qrels_trec(report_of([graded])) == "q 0 a.md 2\nq 0 b.md 0\n"


def test_every_run_of_a_question_is_a_topic_of_its_own() -> None:
    one = outcome(quoting("It is two.", "a.md"), ["a.md"], id="q 1", sources=("a.md",))
    lines = run_trec(report_of([one, replace(one, repeat=1)])).splitlines()
    assert lines == ["q%201 Q0 a.md 1 1 citedesk", "q%201#2 Q0 a.md 1 1 citedesk"]


def test_questions_that_have_no_right_article_are_left_out() -> None:
    report = report_of([outcome(None, ["a.md"], id="q", answerable=False)])
    assert run_trec(report) == qrels_trec(report) == ""
