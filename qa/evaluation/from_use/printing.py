"""Suggested questions as they are printed in a terminal, and as JSON."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus.characters import clean_line
from qa.evaluation.from_use.drafting import asked_as, conditions
from qa.evaluation.from_use.suggesting import Suggestion


def suggestion_lines(one: Suggestion, path: Path, home: Path | None) -> Iterator[str]:
    """A question with why it is suggested, and the command that adds it."""
    question, history = asked_as(one.entry)
    time = one.entry.time[:16].replace("T", " ")
    yield f"entry {one.number}, {time}: {one.why}{f', {one.times} times' * (one.times > 1)}"
    for turn in history:
        yield f"  before      {turn.role}: {clean_line(turn.content)}"
    yield f"  question    {clean_line(question)}"
    for name, said in (("reason", _reason(one)), ("comment", _comment(one))):
        if said:
            yield f"  {name:<11} {clean_line(said)}"
    for condition in conditions(one.entry):
        yield f"  asked with  {condition}"
    yield f"  {add_command(one, path, home)}"


def suggestion_json(one: Suggestion, path: Path, home: Path | None) -> dict[str, Any]:
    """The public form of a suggestion."""
    question, history = asked_as(one.entry)
    return {
        "entry": one.number,
        "answer_id": one.entry.answer["id"],
        "time": one.entry.time,
        "question": question,
        "history": [asdict(turn) for turn in history],
        "why": str(one.why),
        "times": one.times,
        "reason": _reason(one),
        "comment": _comment(one),
        "conditions": list(conditions(one.entry)),
        "command": add_command(one, path, home),
    }


def add_command(one: Suggestion, path: Path, home: Path | None) -> str:
    """What to type so that a suggestion becomes a question of a set."""
    words = ["citedesk", "eval", "add", str(one.number), "--to", str(path)]
    if conditions(one.entry):
        words.append("--without-filters")
    if home is not None:
        words += ["--home", str(home)]
    return shlex.join(words)


def _reason(one: Suggestion) -> str | None:
    return one.rating.reason if one.rating else None


def _comment(one: Suggestion) -> str | None:
    return one.rating.comment if one.rating else None
