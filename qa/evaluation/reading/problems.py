"""What is wrong with a question set: all of it is looked for, the first of it is told."""

from __future__ import annotations

import json
from pathlib import Path

from qa.errors import BadQuestionSet

#: Problems that are told one by one; of the rest the number is.
_TOLD = 10
_LONGEST = 60


class Problems:
    """Collects what is wrong with one set, in the memory of what is told."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._told: list[str] = []
        self._count = 0

    def add(self, problem: str) -> None:
        """One more: where, what was found, what was expected or is to be done."""
        self._count += 1
        if len(self._told) < _TOLD:
            self._told.append(problem)

    def check(self) -> None:
        """Raises `BadQuestionSet` where there was any problem: a line for one, a list of more."""
        if self._count == 1:
            raise BadQuestionSet(f"{self._path}: {self._told[0]}")
        if self._count:
            more = self._count - len(self._told)
            told = [*self._told, f"and {more:,} more"] if more else self._told
            lines = "".join(f"\n  {problem}" for problem in told)
            raise BadQuestionSet(f"{self._path}: {self._count:,} problems{lines}")


def shown(value: object) -> str:
    """A value as JSON on one line, short enough for a message."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except RecursionError:  # as deep as could just be parsed
        return "nested too deep"
    if not text.isprintable():
        text = json.dumps(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
