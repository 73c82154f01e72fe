"""What readers thought of answers, as the server keeps it: JSON Lines, a rating a line.

A reader can change their mind: the last rating of an answer counts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qa.errors import LogUnavailable

#: Under a home.
FILE = "feedback.jsonl"


@dataclass(frozen=True, slots=True)
class Rating:
    """What a reader thought of an answer.

    Attributes:
        time: ISO 8601, UTC.
        reason, comment: in the reader's words, where there are any.
    """

    answer_id: str
    is_up: bool
    time: str
    reason: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Ratings:
    """All that is kept of what readers thought.

    Attributes:
        latest: the rating that counts by the answer's id, in the order in which they came.
        damaged: lines that hold none; a full disk can cut one short.
    """

    latest: Mapping[str, Rating]
    damaged: tuple[int, ...] = ()


def read_ratings(file: Path) -> Ratings:
    """What a file holds; nothing where there is none, since the first rating makes it.

    Raises:
        LogUnavailable: it cannot be opened.
    """
    try:
        lines = file.read_bytes().split(b"\n")
    except FileNotFoundError:
        return Ratings({})
    except OSError as error:
        raise LogUnavailable(f"{file}: cannot be read ({error.strerror})") from error
    latest: dict[str, Rating] = {}
    damaged = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        rating = _rating(line)
        if rating is None:
            damaged.append(number)
            continue
        latest.pop(rating.answer_id, None)  # a dictionary remembers where a key first stood
        latest[rating.answer_id] = rating
    return Ratings(latest, tuple(damaged))


def _rating(line: bytes) -> Rating | None:
    try:
        stated = json.loads(line)
    except (ValueError, RecursionError):
        return None
    match stated:
        case {"answer_id": str(answer), "rating": "up" | "down" as rating, "time": str(time)}:
            reason, comment = stated.get("reason"), stated.get("comment")
            if isinstance(reason, str | None) and isinstance(comment, str | None):
                return Rating(answer, rating == "up", time, reason, comment)
    return None
