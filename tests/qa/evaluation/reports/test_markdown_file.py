"""The report of a pull request."""

from __future__ import annotations

import pytest

from qa.evaluation.comparing import compare
from qa.evaluation.reports.markdown import MOST, escaped, markdown
from tests.qa.evaluation.reports.runs import HOSTILE, hostile, made_up, report_of

NOW = report_of(made_up())


def test_every_number_has_its_interval_and_what_it_is_of() -> None:
    lines = markdown(NOW).splitlines()
    found = next(line for line in lines if "Right in all" in line)
    value, low, high = (NOW["figures"]["right"][key] for key in ("value", "low", "high"))
    label = "Right in all: answer, source, citations, refusal"
    assert found == f"| {label} | {value:.3f} | {low:.3f} to {high:.3f} | 12 |"
    assert "| refused wrongly | 1 |" in lines


def test_what_was_lost_and_won_is_named_and_the_change_told() -> None:
    text = markdown(NOW, compare(report_of(made_up(wrong=[4, 5])), NOW))
    assert "**2 questions won, 1 lost**" in text
    lost, won = text.split("### Lost: 1\n")[1].split("### Won: 2\n")
    assert "- **q-3** How many ferries left on day 3? — refused wrongly" in lost
    assert "**q-4**" in won
    assert "**q-5**" in won
    assert "| 0.833 | 0.917 | +0.083 (" in text


def test_every_row_of_a_table_has_as_many_cells() -> None:
    text = markdown(NOW, compare(NOW, NOW))
    rows = [line for line in text.splitlines() if line.startswith("|")]
    figures = [row for row in rows if row.count("|") > 3]
    assert {row.count("|") for row in figures} == {8}


def test_a_long_list_ends_with_the_number_of_those_that_have_no_room() -> None:
    many = report_of(made_up(wrong=range(1_600), questions=1_600))
    before = report_of(made_up(wrong=(), questions=1_600))
    text = markdown(many, compare(before, many, resamples=20))
    named = text.count("\n- **q-")
    assert len(text.encode()) <= MOST
    assert named > 100
    assert f"- and {1_200 - named:,} more, in report.html" in text


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_stays_one_short_line(text: str) -> None:
    line = escaped(text)
    assert "\n" not in line
    assert len(line) < 500
    assert "@somebody" not in line
    assert "](" not in line.replace("\\]", "").replace("\\(", "")


def test_a_hostile_run_has_no_html_and_few_bytes() -> None:
    report = report_of(hostile())
    text = markdown(report, compare(report_of(made_up()), report))
    assert len(text.encode("utf-8", "backslashreplace")) <= MOST
    assert "<" not in text.replace("\\<", "")
