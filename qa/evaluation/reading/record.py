"""One question from what a line or a row states: the fields of the format, and what each may hold.

A field that is null counts as one that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from math import isfinite
from typing import Any

from corpus.readers.draft import language_code
from qa.evaluation.questions import GoldQuestion
from qa.evaluation.reading.problems import shown
from qa.history import Turn
from qa.understanding.question import MAX_CHARACTERS

# JSON can spell them, UTF-8 cannot: no report could be written.
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def is_text(value: object) -> bool:
    """Whether a value is text that can be written."""
    return isinstance(value, str) and (value.isascii() or not _HALF_CHARACTER.search(value))


def is_written(value: object) -> bool:
    """Whether a value is text with a letter or digit, without which no word can be found of it."""
    return isinstance(value, str) and is_text(value) and any(map(str.isalnum, value))


def is_question(value: object) -> bool:
    """Whether a value can be asked."""
    return isinstance(value, str) and is_written(value) and len(value) <= MAX_CHARACTERS


def is_id(value: object) -> bool:
    """Whether a value can be the id of a question or an article."""
    return _is_whole(value) or _is_name(value)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and is_text(value) and bool(value.strip())


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_language(value: object) -> bool:
    return isinstance(value, str) and language_code(value) is not None


def _is_answer(value: object) -> bool:
    return _is_whole(value) or is_written(value) or (isinstance(value, float) and isfinite(value))


def _are(fit: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, list) and all(map(fit, value))


def _is_turn(value: object) -> bool:
    match value:
        case {"role": "user" | "assistant", "content": str(content)}:
            return is_text(content)
    return False


@dataclass(frozen=True, slots=True)
class _Field:
    """What a field may hold, and how that is put to whoever wrote another thing."""

    fits: Callable[[object], bool]
    expected: str


#: The format, by names of fields.
FIELDS = {
    "id": _Field(is_id, "text or a whole number"),
    "question": _Field(
        is_question, f"text with a letter or digit, of up to {MAX_CHARACTERS:,} characters"
    ),
    "language": _Field(_is_language, 'an ISO 639-1 code such as "en"'),
    "answerable": _Field(lambda value: isinstance(value, bool), "true or false"),
    "answers": _Field(
        _are(_is_answer), 'a list of texts with a letter or digit: ["12 May", "May 12"]'
    ),
    "answer_groups": _Field(
        _are(lambda group: bool(group) and _are(_is_answer)(group)),
        'a list of lists, one text of each to be found: [["12 May", "May 12"], ["Rome"]]',
    ),
    "sources": _Field(_are(_is_name), 'a list of files: ["2025/story.md"]'),
    "min_sources": _Field(
        lambda value: isinstance(value, int) and _is_whole(value) and value >= 1,
        "a whole number, 1 or more",
    ),
    "history": _Field(
        _are(_is_turn), 'a list of {"role": "user" or "assistant", "content": "…"}, oldest first'
    ),
    "tags": _Field(_are(_is_name), 'a list of names: ["follow-up"]'),
}


def gold_question(stated: Mapping[str, Any], line: int) -> GoldQuestion | tuple[str, ...]:
    """The question that a line states, or everything that is wrong with it.

    Args:
        line: which makes the id of a question that has none.
    """
    record = {
        name: value for name, value in stated.items() if value is not None or name not in FIELDS
    }
    if problems := tuple(_problems(record)):
        return problems
    groups = [record["answers"]] if record.get("answers") else record.get("answer_groups", ())
    language = record.get("language")
    return GoldQuestion(
        id=str(record.get("id", f"line-{line}")),
        question=record["question"],
        language=language_code(language) if language else None,
        answerable=record.get("answerable"),
        answer_groups=tuple(tuple(map(str, group)) for group in groups),
        sources=tuple(record.get("sources", ())),
        min_sources=record.get("min_sources", 1),
        history=tuple(Turn(one["role"], one["content"]) for one in record.get("history", ())),
        tags=tuple(record.get("tags", ())),
    )


def _problems(record: Mapping[str, Any]) -> Iterator[str]:
    for name, value in record.items():
        field = FIELDS.get(name)
        if field is None:
            yield unknown_field(name)
        elif not field.fits(value):
            yield f'"{name}" is {shown(value)}; expected {field.expected}'
    if "question" not in record:
        yield '"question" is missing; every question needs one'
    yield from _contradictions(record)


def _contradictions(record: Mapping[str, Any]) -> Iterator[str]:
    given = [name for name in ("answers", "answer_groups") if record.get(name)]
    if len(given) > 1:
        yield (
            'has both "answers" and "answer_groups"; give answers of which any is right, or '
            "groups of which one of each is"
        )
    if record.get("answerable") is False:
        if given:
            yield f'has "{given[0]}" and yet "answerable": false; leave one of the two out'
        return
    for name in ("answers", "answer_groups"):
        if record.get(name) == []:
            yield (
                f'"{name}" is empty; give an answer, leave the field out, or say '
                f'"answerable": false'
            )


@lru_cache(maxsize=1024)
def unknown_field(name: str) -> str:
    """What is said of a field that the format has not; looking for likely names takes time."""
    near = get_close_matches(name.casefold(), FIELDS, n=1)
    meant = f'did you mean "{near[0]}"?' if near else "leave it out;"
    return f"unknown field {shown(name)}; {meant} known: {', '.join(FIELDS)}"
