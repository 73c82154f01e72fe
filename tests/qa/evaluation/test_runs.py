"""Evaluations that are kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qa.errors import UnknownRun
from qa.evaluation.runs import Headline, KeptRuns, Order, run_questions, run_report

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "set.jsonl"
    path.write_text("".join(f'{{"question": "What is {n}?"}}\n' for n in range(5)))
    return path


@pytest.fixture
def runs(tmp_path: Path) -> KeptRuns:
    return KeptRuns(tmp_path / "evaluations")


def test_a_run_that_has_begun_is_found_again_as_it_was(runs: KeptRuns, questions: Path) -> None:
    begun = runs.begin(Order("set.jsonl", limit=3, against="before"), questions, NOON)
    assert runs.find("set.jsonl", begun.name) == begun
    assert begun.name == "2026-11-24T120000Z"
    assert begun.headline is None


def test_its_questions_are_those_of_the_day_it_began(runs: KeptRuns, questions: Path) -> None:
    begun = runs.begin(Order("set.jsonl", limit=2), questions, NOON)
    questions.write_text('{"question": "Another?"}')
    asked = [gold.question for gold in run_questions(begun).questions]
    assert asked == ["What is 0?", "What is 1?"]


def test_runs_of_a_set_are_listed_from_the_newest(runs: KeptRuns, questions: Path) -> None:
    order = Order("set.jsonl")
    old, new = (runs.begin(order, questions, NOON + timedelta(hours=h)) for h in (0, 1))
    same = runs.begin(order, questions, NOON)
    assert runs.of("set.jsonl") == (new, same, old)
    assert runs.of("another.jsonl") == ()


def test_a_finished_run_has_its_headline_ever_after(runs: KeptRuns, questions: Path) -> None:
    begun = runs.begin(Order("set.jsonl"), questions, NOON)
    right = {"value": 0.5, "low": 0.25, "high": 0.75}
    finished = runs.finish(begun, {"questions": 4, "figures": {"right": right}})
    assert finished.headline == Headline(4, 0.5, 0.25, 0.75)
    assert runs.find("set.jsonl", begun.name) == finished


@pytest.mark.parametrize(
    ("name", "run"),
    [("..", "."), ("set.jsonl", ".."), ("set.jsonl", "gone"), ("../evaluations/set.jsonl", "")],
)
def test_no_name_leads_out_of_the_folder(
    runs: KeptRuns, questions: Path, name: str, run: str
) -> None:
    runs.begin(Order("set.jsonl"), questions, NOON)
    with pytest.raises(UnknownRun, match="no run"):
        runs.find(name, run)


def test_a_run_without_a_report_is_one_line(runs: KeptRuns, questions: Path) -> None:
    with pytest.raises(UnknownRun, match=r"report\.json: cannot be read"):
        run_report(runs.begin(Order("set.jsonl"), questions, NOON))
