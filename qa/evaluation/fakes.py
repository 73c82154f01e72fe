"""A desk that answers from a list, for tests of what is done with its answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qa.errors import QaError
from qa.evaluation.desks import Reply
from qa.evaluation.outcome import Retrieved
from qa.history import Turn

#: The public form of a refusal, as far as an evaluation reads it.
REFUSAL: Mapping[str, Any] = {
    "language": "en",
    "mode": "quotes",
    "refused": True,
    "probability": 0.1,
    "statements": [],
    "citations": [],
    "disagreements": [],
}


class FakeDesk:
    """Gives each question the answer that it is to give, and refuses all others.

    Args:
        answers: public answers, or the error instead, by question.

    Attributes:
        heard: every question with its history so far.
    """

    def __init__(
        self,
        answers: Mapping[str, Mapping[str, Any] | QaError] | None = None,
        state: str = "one archive",
        at_once: int = 1,
    ) -> None:
        self._answers = answers or {}
        self.name = "a list"
        self.state = state
        self.at_once = at_once
        self.heard: list[tuple[str, tuple[Turn, ...]]] = []

    def reply(self, question: str, history: Sequence[Turn]) -> Reply:
        self.heard.append((question, tuple(history)))
        found = self._answers.get(question, REFUSAL)
        if isinstance(found, QaError):
            raise found
        sources = dict.fromkeys(one["article"]["source"] for one in found["citations"])
        retrieved = tuple(Retrieved(source, 1.0) for source in sources)
        return Reply(found, retrieved, (True,) * len(found["citations"]), elapsed_ms=1.0)
