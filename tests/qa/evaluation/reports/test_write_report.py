"""A report's files in a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa.errors import CannotWrite
from qa.evaluation.comparing import compare
from qa.evaluation.reports import report_files, write_report
from tests.qa.evaluation.reports.runs import hostile, made_up, report_of

FILES = {"report.html", "report.md", "report.json", "run.trec", "qrels.trec", "junit.xml"}


def test_every_file_is_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    report = report_of(made_up())
    folder = tmp_path / "new" / "folder"
    write_report(folder, report, compare(report, report))
    assert {path.name for path in folder.iterdir()} == FILES
    assert json.loads((folder / "report.json").read_text(encoding="utf-8")) == report


def test_a_report_replaces_an_earlier_one(tmp_path: Path) -> None:
    write_report(tmp_path, report_of(made_up(questions=30)))
    fewer = report_of(made_up(questions=3))
    write_report(tmp_path, fewer)
    for name, text in report_files(fewer).items():
        assert (tmp_path / name).read_text(encoding="utf-8") == text


def test_hostile_texts_can_be_written_and_read_again(tmp_path: Path) -> None:
    report = report_of(hostile())
    write_report(tmp_path, report)
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8")) == report


def test_a_folder_that_cannot_be_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(CannotWrite, match=r"taken: the report cannot be written \(.+\); choose"):
        write_report(tmp_path / "taken", report_of(made_up()))


def test_where_one_file_cannot_be_written_the_earlier_report_stays(tmp_path: Path) -> None:
    earlier = report_of(made_up(questions=3))
    write_report(tmp_path, earlier)
    (tmp_path / "report.md").unlink()
    (tmp_path / "report.md").mkdir()
    (tmp_path / "report.md" / "notes").touch()
    with pytest.raises(CannotWrite):
        write_report(tmp_path, report_of(made_up(questions=9)))
    kept = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert kept == earlier
    assert not list(tmp_path.glob(".report*"))
