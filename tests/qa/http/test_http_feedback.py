"""POST /v1/feedback."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from qa.http.fakes import HOSTILE
from qa.http.feedback import FeedbackLog


def test_feedback_is_one_line_with_a_utc_time(client: TestClient, feedback_log: Path) -> None:
    for rating in ("up", "down"):
        body = {"answer_id": "1", "rating": rating, "comment": f"two\nlines {HOSTILE}"}
        assert client.post("/v1/feedback", json=body).status_code == 201
    first, second = map(json.loads, feedback_log.read_text(encoding="utf-8").splitlines())
    assert (first["rating"], second["rating"]) == ("up", "down")
    assert first["comment"] == f"two\nlines {HOSTILE}"
    assert first["reason"] is None
    time = datetime.fromisoformat(first["time"])
    assert time.utcoffset() == timedelta(0)
    assert datetime.now(UTC) - time < timedelta(minutes=1)


def test_only_its_owner_can_read_the_file(client: TestClient, feedback_log: Path) -> None:
    client.post("/v1/feedback", json={"answer_id": "1", "rating": "up"})
    assert stat.S_IMODE(feedback_log.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "body",
    [
        {"rating": "up"},
        {"answer_id": "", "rating": "up"},
        {"answer_id": "1", "rating": "great"},
        {"answer_id": "1", "rating": "up", "comment": "x" * 4001},
        {"answer_id": "1", "rating": "up", "time": "2020-01-01"},
    ],
    ids=["no answer", "empty answer", "unknown rating", "too long", "a time of its own"],
)
def test_feedback_that_is_not_as_documented_is_not_stored(
    client: TestClient, feedback_log: Path, body: dict[str, str]
) -> None:
    assert client.post("/v1/feedback", json=body).status_code == 422
    assert not feedback_log.exists()


def test_a_file_that_cannot_be_written_is_said(client: TestClient, feedback_log: Path) -> None:
    feedback_log.mkdir(parents=True)
    response = client.post("/v1/feedback", json={"answer_id": "1", "rating": "up"})
    assert (response.status_code, response.json()["type"]) == (503, "/docs#feedback-not-stored")


def test_lines_written_at_once_do_not_mix(tmp_path: Path) -> None:
    logs = [FeedbackLog(tmp_path / "log.jsonl") for _ in range(2)]  # as two processes would
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: logs[n % 2].append({"n": n, "pad": "é" * 5000}), range(60)))
    lines = (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert sorted(json.loads(line)["n"] for line in lines) == list(range(60))
