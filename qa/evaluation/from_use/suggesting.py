"""Which logged questions should be tests: with a thumbs-down, or refused repeatedly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from corpus.characters import clean_line, fold
from qa.audit.entry import Entry
from qa.audit.ratings import Rating
from qa.evaluation.from_use.drafting import asked_as, default_id
from qa.evaluation.questions import GoldQuestion
from qa.history import Turn

#: A logged answer with its number.
Numbered = tuple[int, Entry]
#: What makes two questions one test: their words but for case and accents, and what went before.
_Key = tuple[str, tuple[Turn, ...]]

#: A question that was refused once may be a slip; twice, somebody wants to know.
_OFTEN = 2


class Why(StrEnum):
    """Why a question is suggested."""

    DISLIKED = "thumbs-down"
    REFUSED = "refused repeatedly"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A logged question that should be a test.

    Attributes:
        number: of its entry; of several, the last.
        times: how often it was asked with that outcome.
        rating: that counts for that entry, where there is one.
    """

    number: int
    entry: Entry
    why: Why
    times: int
    rating: Rating | None


def suggest(
    disliked: Iterable[Numbered],
    refused: Iterable[Numbered],
    ratings: Mapping[str, Rating],
    known: Iterable[GoldQuestion] = (),
) -> Iterator[Suggestion]:
    """Questions for a set, each once: the last thumbs-down first, then the last refusal.

    Args:
        disliked: answers whose rating that counts is a thumbs-down.
        refused: refusals, newest first.
        ratings: by the answer's id, in the order in which they came.
        known: questions of the set, which are not suggested again.
    """
    order = {answer: position for position, answer in enumerate(ratings)}
    disliked = sorted(disliked, key=lambda row: order[row[1].answer["id"]], reverse=True)
    refusals = (row for row in refused if not row[1].answer.get("small_talk"))
    golds = list(known)
    seen = {_key(gold.question, gold.history) for gold in golds}
    ids = {gold.id for gold in golds}
    for why, rows, least in ((Why.DISLIKED, disliked, 1), (Why.REFUSED, refusals, _OFTEN)):
        for key, (number, entry, times) in _grouped(rows).items():
            if key not in seen and default_id(entry) not in ids and times >= least:
                seen.add(key)
                yield Suggestion(number, entry, why, times, ratings.get(entry.answer["id"]))


def _grouped(rows: Iterable[Numbered]) -> dict[_Key, tuple[int, Entry, int]]:
    """The first of the rows of each question, and how many it has: a log can hold many."""
    groups: dict[_Key, tuple[int, Entry, int]] = {}
    for row in rows:
        key = _key(*asked_as(row[1]))
        number, entry, times = groups.get(key, (*row, 0))
        groups[key] = number, entry, times + 1
    return groups


def _key(question: str, history: tuple[Turn, ...]) -> _Key:
    return fold(clean_line(question)), history
