"""Which questions of a set are asked: the first, those with a tag, or a sample."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.readers.rows import listed
from qa.errors import BadSetting
from qa.evaluation.questions import GoldQuestion


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked of a set; each condition narrows what the one before it leaves.

    Attributes:
        tags: questions with any of these; all questions without.
        limit: the first so many; more than there are is all.
        sample: so many at random; more than there are is all.
        seed: of the sample. The same seed picks the same questions of the same set.

    Raises:
        BadSetting: a number is below 1.
    """

    tags: tuple[str, ...] = ()
    limit: int | None = None
    sample: int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        for name, number in (("--limit", self.limit), ("--sample", self.sample)):
            if number is not None and number < 1:
                raise BadSetting(f"{name} {number}: expected 1 or more questions")

    def admits(self, question: GoldQuestion) -> bool:
        """Whether its tags are such as are asked for."""
        return not self.tags or not set(self.tags).isdisjoint(question.tags)

    def positions(self, count: int) -> Sequence[int]:
        """Which of so many admitted questions are asked, by position from 0, ascending.

        The sample is `random.Random(seed).sample` of the positions.
        """
        first = range(count if self.limit is None else min(count, self.limit))
        if self.sample is None or self.sample >= len(first):
            return first
        return sorted(random.Random(self.seed).sample(first, self.sample))

    def check_tags(self, known: Iterable[str]) -> None:
        """Whether the set has the tags that are asked for.

        Raises:
            BadSetting: no question has one of them; says which there are.
        """
        there = set(known)
        for tag in self.tags:
            if tag not in there:
                raise BadSetting(
                    f"--tag {tag!r}: no question has this tag; there are: {listed(sorted(there))}"
                )


def select(questions: Sequence[GoldQuestion], selection: Selection) -> tuple[GoldQuestion, ...]:
    """The questions that are asked, in the order of the set.

    Raises:
        BadSetting: no question has a tag that is asked for.
    """
    selection.check_tags(tag for question in questions for tag in question.tags)
    admitted = [question for question in questions if selection.admits(question)]
    return tuple(admitted[position] for position in selection.positions(len(admitted)))
