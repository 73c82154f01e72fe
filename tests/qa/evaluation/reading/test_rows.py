"""Sets of any size: all of a set is checked, and only what is asked is kept."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.errors import BadQuestionSet, BadSetting
from qa.evaluation.reading import read_questions, rows
from qa.evaluation.selecting import Selection, select


def _numbered(path: Path, count: int, last: str = "") -> Path:
    tags = ("even", "odd")
    lines = (json.dumps({"question": f"Who is {n}?", "tags": [tags[n % 2]]}) for n in range(count))
    path.write_text("\n".join([*lines, last]), encoding="utf-8")
    return path


def test_of_many_problems_the_first_ten_are_told_a_line_each_and_the_rest_counted(
    tmp_path: Path,
) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"question": "Who?"}\n' + '{"question": 7}\n' * 2_013, encoding="utf-8")
    with pytest.raises(BadQuestionSet) as refused:
        read_questions(path)
    first, *told = str(refused.value).split("\n")
    assert first == f"{path}: 2,013 problems"
    assert [line.strip().partition(":")[0] for line in told[:10]] == [
        f"line {number}" for number in range(2, 12)
    ]
    assert told[10:] == ["  and 2,003 more"]


def test_every_problem_of_a_line_is_told(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"tag": "x", "answerable": "yes", "min_sources": 0}\n', encoding="utf-8")
    with pytest.raises(BadQuestionSet, match="4 problems") as refused:
        read_questions(path)
    assert all(line.startswith("  line 1: ") for line in str(refused.value).split("\n")[1:])


def test_what_is_wrong_behind_the_questions_that_are_asked_is_found(tmp_path: Path) -> None:
    path = _numbered(tmp_path / "set.jsonl", 50, last="{oops")
    with pytest.raises(BadQuestionSet, match="line 51 is not JSON"):
        read_questions(path, selection=Selection(limit=1))


def test_more_questions_than_one_run_takes_are_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "MOST_QUESTIONS", 10)
    path = _numbered(tmp_path / "set.jsonl", 50)
    with pytest.raises(BadQuestionSet, match=r"50 questions to ask.* up to 10; .*--limit N") as one:
        read_questions(path)
    assert "\n" not in str(one.value)
    with pytest.raises(BadQuestionSet, match="25 questions to ask"):
        read_questions(path, selection=Selection(tags=("odd",)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    limit=st.none() | st.integers(1, 60),
    sample=st.none() | st.integers(1, 60),
    seed=st.integers(0, 9),
    tags=st.sampled_from([(), ("odd",), ("even", "odd")]),
)
def test_what_is_asked_of_a_set_too_large_to_hold_is_what_is_selected_of_it(
    tmp_path: Path, limit: int | None, sample: int | None, seed: int, tags: tuple[str, ...]
) -> None:
    path = _numbered(tmp_path / "set.jsonl", 50)
    selection = Selection(tags, limit, sample, seed)
    expected = select(read_questions(path).questions, selection)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "MOST_QUESTIONS", 10)
        if len(expected) > 10:
            with pytest.raises(BadQuestionSet, match="up to 10"):
                read_questions(path, selection=selection)
        else:
            assert read_questions(path, selection=selection).questions == expected


def test_a_set_passes_in_the_memory_of_what_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    line = json.dumps({"question": "Who? " * 200, "answers": ["x" * 1_000]}) + "\n"
    path.write_text(line * 5_000, encoding="utf-8")
    tracemalloc.start()
    try:
        assert len(read_questions(path, selection=Selection(limit=10)).questions) == 10
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < path.stat().st_size / 5


def test_a_tag_that_no_question_has_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"'od'.*'even', 'odd'"):
        read_questions(_numbered(tmp_path / "set.jsonl", 4), selection=Selection(("od",)))
