"""What readers thought is read as the server keeps it, and the last word of each counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa.audit.ratings import Rating, Ratings, read_ratings
from qa.errors import LogUnavailable
from qa.http.feedback import FeedbackLog

TIME = "2026-03-05T09:30:00.000+00:00"


def kept(answer: str, rating: str, **said: object) -> dict[str, object]:
    """A line as the server writes it."""
    return {"time": TIME, "answer_id": answer, "rating": rating, **said}


def test_the_last_rating_of_an_answer_counts_and_they_stand_as_they_came(tmp_path: Path) -> None:
    log = FeedbackLog(tmp_path / "feedback.jsonl")
    log.append(kept("a", "up", reason=None, comment=None))
    log.append(kept("b", "down", reason="wrong source", comment="Another year’s."))
    log.append(kept("a", "down", reason=None, comment=None))
    ratings = read_ratings(tmp_path / "feedback.jsonl")
    assert list(ratings.latest.values()) == [
        Rating("b", False, TIME, "wrong source", "Another year’s."),
        Rating("a", False, TIME),
    ]
    assert ratings.damaged == ()


def test_a_line_that_holds_no_rating_is_named_and_the_others_count(tmp_path: Path) -> None:
    lines = (
        b'{"time": "2026-03-0',
        json.dumps(kept("a", "up")).encode(),
        b"",
        json.dumps(kept("b", "great")).encode(),
        json.dumps(kept("c", "up", reason=7)).encode(),
        b'["a", "up"]',
        b"\xff\xfe",
    )
    (tmp_path / "feedback.jsonl").write_bytes(b"\n".join(lines))
    ratings = read_ratings(tmp_path / "feedback.jsonl")
    assert ratings == Ratings({"a": Rating("a", True, TIME)}, (1, 4, 5, 6, 7))


def test_before_the_first_rating_there_is_none(tmp_path: Path) -> None:
    assert read_ratings(tmp_path / "feedback.jsonl") == Ratings({})


def test_a_file_that_cannot_be_opened_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(LogUnavailable, match="cannot be read"):
        read_ratings(tmp_path)
