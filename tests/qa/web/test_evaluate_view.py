"""The view that runs question sets, as HTML."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from qa.evaluation.background import Failed, Phase, Progress
from qa.evaluation.comparing import compare
from qa.evaluation.report import report_json
from qa.evaluation.runs import Headline, KeptRun, Order
from qa.evaluation.summary import summarise
from qa.evaluation.why import Why
from qa.http.fakes import HOSTILE
from qa.phrases import INTERFACE_LANGUAGES, phrases
from qa.web import evaluate, evaluate_run, evaluate_words
from tests.qa.evaluation.outcomes import outcome, quoting

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
WEB = Path(evaluate.__file__).parent


def run(name: str = "one", right: float | None = 0.5, **order: Any) -> KeptRun:
    headline = Headline(4, right, 0.25, 0.75)
    return KeptRun(Path("/kept") / name, Order("set.jsonl", **order), NOON, headline)


def report(*answers: str) -> dict[str, Any]:
    outcomes = [
        outcome(quoting(text, "a.md"), ["a.md"], id=f"q{place}", answer_groups=(("May",),))
        for place, text in enumerate(answers)
    ]
    return report_json(summarise(outcomes), outcomes, questions="set.jsonl", desk="a list")


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_each_set_is_offered_with_what_it_last_came_to() -> None:
    html = evaluate.setup({"a.csv": (), "set.jsonl": (run(),)}, "set.jsonl", {}, "en", "/sets")
    assert "a.csv not run yet" in words(html)
    assert "set.jsonl 50% right on 24 Nov 2026" in words(html)
    assert 'value="set.jsonl" checked' in html


def test_the_last_finished_run_is_offered_to_compare_with() -> None:
    unfinished = KeptRun(Path("/kept/new"), Order("set.jsonl"), NOON)
    html = evaluate.setup({"set.jsonl": (unfinished, run("old"))}, "set.jsonl", {}, "en", "/sets")
    assert 'name="against" value="old" checked' in html


def test_a_run_that_is_not_finished_can_go_on() -> None:
    unfinished = KeptRun(Path("/kept/new"), Order("set.jsonl"), NOON)
    html = evaluate.setup({"set.jsonl": (unfinished,)}, "set.jsonl", {"new": 34}, "fr", "/sets")
    assert "inachevé, 34 faites" in words(html)
    assert 'data-do="go_on"' in html


def test_without_sets_the_folder_for_them_is_named() -> None:
    assert "/home/question-sets" in evaluate.setup({}, None, {}, "en", "/home/question-sets")


def test_a_list_of_problems_is_shown_line_by_line() -> None:
    html = evaluate.problem("bad.jsonl: 2 problems\n  line 2: one\n  line 7: other", "en")
    assert '<li dir="auto">line 2: one</li><li dir="auto">line 7: other</li>' in html


def test_progress_shows_counts_the_time_left_and_what_went_wrong() -> None:
    failed = (Failed("q", "Who?", "en", Why.NOT_QUOTED),)
    told = Progress(run(), Phase.ASKING, done=34, total=120, right=27, wrong=7, failed=failed,
                    seconds_left=12.3)  # fmt: skip
    shown = words(evaluate_run.progress(told, "en"))
    assert "34 of 120 questions 27 right 7 wrong about 12 seconds left" in shown
    assert "found, but not quoted Who?" in shown
    assert 'data-do="stop"' in evaluate_run.progress(told, "en")


@pytest.mark.parametrize(
    ("phase", "button"),
    [(Phase.STOPPED, "go_on"), (Phase.FAILED, "go_on"), (Phase.OUTDATED, None),
     (Phase.STOPPING, None), (Phase.MEASURING, None)],
)  # fmt: skip
@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_what_can_be_done_depends_on_where_the_run_is(
    phase: Phase, button: str | None, language: str
) -> None:
    html = evaluate_run.progress(Progress(run(), phase, done=1, total=2), language)
    assert re.findall(r'data-do="(\w+)"', html) == ([button] if button else [])


def test_nothing_is_shown_of_a_run_that_is_over() -> None:
    assert evaluate_run.progress(None, "en") == ""
    assert evaluate_run.progress(Progress(run(), Phase.DONE), "en") == ""


def test_the_result_has_its_numbers_and_the_report_in_a_frame_that_reaches_nothing() -> None:
    html = evaluate_run.result(run(), report("In May.", "In June."), None, (), None, "en")
    assert "Right in all 50%" in words(html)
    (frame,) = re.findall(r"<iframe[^>]*>", html)
    assert 'sandbox="allow-scripts"' in frame
    assert 'src="evaluate/runs/set.jsonl/one/report.html"' in frame


def test_a_comparison_tells_wins_losses_and_the_change_in_points() -> None:
    before, after = report("In June.", "In May."), report("In May.", "In May.")
    others = (run("old"),)
    html = evaluate_run.result(run(), after, compare(before, after), others, "old", "en")
    assert "1 questions won, 0 lost, 1 as before. So little can be chance." in words(html)
    assert '<span class="better">+50.0 points</span>' in html
    assert "report.html?against=old" in html
    assert re.search(r'value="old" selected', html)


def test_numbers_are_written_as_the_language_does() -> None:
    assert evaluate_words.share(0.714, "fr") == "71\xa0%"
    assert evaluate_words.change("right", -0.0213, "it") == "−2,1 punti"
    assert evaluate_words.change("right", 0.0001, "en") == ""
    assert evaluate_words.time_left(130, "it") == "2 minuti"


def test_hostile_names_do_nothing() -> None:
    name = f"{HOSTILE}.jsonl"
    failed = (Failed("q", HOSTILE, HOSTILE, Why.ERROR),)
    kept = KeptRun(Path("/kept") / "x", Order(name), NOON, Headline(1, None, None, None))
    parts = [
        evaluate.setup({name: (kept,)}, name, {}, HOSTILE, HOSTILE),
        evaluate.setup({}, None, {}, "en", HOSTILE),
        evaluate.problem(f"{HOSTILE}\n{HOSTILE}", "en"),
        evaluate_run.progress(Progress(kept, Phase.FAILED, failed=failed, error=HOSTILE), "en"),
        evaluate_run.result(kept, report("In May."), None, (kept,), None, "en"),
    ]
    for html in parts:
        assert "<script" not in html
        assert "<img" not in html
        assert HOSTILE not in html


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_every_reason_phase_and_metric_has_its_words(language: str) -> None:
    said = phrases(language)
    assert {f"evaluate.why_{reason.name.lower()}" for reason in Why} <= said.keys()
    assert {f"evaluate.metric_{name}" for name in evaluate_run.HEADLINE} <= said.keys()
    spoken = set(Phase) - {Phase.DONE}
    assert {f"evaluate.{phase}" for phase in spoken} <= said.keys()


def test_no_phrase_of_the_view_is_left_over() -> None:
    sources = [*WEB.glob("*.py"), WEB / "evaluate.js", WEB.parent / "http" / "evaluating.py"]
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    keys = [key.removeprefix("evaluate.") for key in phrases("en") if key.startswith("evaluate.")]
    made = {str(phase) for phase in Phase} | {"right_so_far", "wrong_so_far"}
    made |= {"ask_view", "evaluate_view", "limit_count", "sample_count"}
    left = [
        key
        for key in keys
        if key not in made
        and not key.startswith(("why_", "metric_"))
        and not re.search(rf'["\'](evaluate\.)?{key}["\']', text)
    ]
    assert left == []
