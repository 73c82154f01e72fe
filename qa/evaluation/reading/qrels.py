"""Relevance judgements as BEIR writes them: query-id, corpus-id and score, parted by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qa.evaluation.reading.json_lines import opened
from qa.evaluation.reading.problems import Problems, shown

# TREC's own "not relevant" can be -1.
_GRADE = re.compile(r"-?[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Judgement:
    """How relevant a document is to a query.

    Attributes:
        grade: above 0 it is relevant.
        place: file and line.
    """

    query: str
    document: str
    grade: int
    place: str


def read_qrels(path: Path, problems: Problems) -> Iterator[Judgement]:
    """The judgements of a file in order; what is none becomes a problem.

    Raises:
        UnreadableFile: the file cannot be opened, or is damaged.
    """
    with opened(path) as file:
        for number, line in enumerate(file, start=1):
            place = f"{path.name}, line {number}"
            try:
                cells = line.decode("utf-8-sig").rstrip("\r\n").split("\t")
            except UnicodeDecodeError:
                problems.add(f"{place} is not valid UTF-8; save the file as UTF-8")
                continue
            if len(cells) == 3 and _GRADE.fullmatch(cells[2].strip()):
                yield Judgement(cells[0], cells[1], int(cells[2]), place)
            elif any(map(str.strip, cells)) and number > 1:  # the first line has the names
                problems.add(
                    f"{place} is {shown(' '.join(cells))}; expected query-id, corpus-id and a "
                    f"whole number, parted by tabs"
                )
