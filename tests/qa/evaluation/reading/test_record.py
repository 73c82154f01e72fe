"""The lines of a set: what is told of each malformed one; what is written reads back."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.errors import BadQuestionSet
from qa.evaluation.questions import GoldQuestion
from qa.evaluation.reading import read_questions
from qa.history import Turn

GOOD = '{"question": "Who?"}'

#: The second line of a set, and all that is said behind the file's name.
TOLD = {
    "bad JSON": (
        "{oops",
        "line 2 is not JSON (Expecting property name enclosed in double quotes: line 1 column 2 "
        "(char 1)); correct the line or take it out",
    ),
    "no object": (
        "[1]",
        "line 2: expected a JSON object, found list; correct the line or take it out",
    ),
    "not UTF-8": (
        b'{"question": "caf\xe9?"}',
        "line 2 is not valid UTF-8 (byte 18); correct the line or take it out",
    ),
    "no question": ('{"id": "a"}', 'line 2: "question" is missing; every question needs one'),
    "null for a question": (
        '{"question": null}',
        'line 2: "question" is missing; every question needs one',
    ),
    "blank question": (
        '{"question": " ?"}',
        'line 2: "question" is " ?"; expected text with a letter or digit, of up to 2,000 '
        "characters",
    ),
    "unknown field with a near name": (
        '{"question": "Who?", "anwsers": ["x"]}',
        'line 2: unknown field "anwsers"; did you mean "answers"? known: id, question, language, '
        "answerable, answers, answer_groups, sources, min_sources, history, tags",
    ),
    "unknown field": (
        '{"question": "Who?", "x": 1}',
        'line 2: unknown field "x"; leave it out; known: id, question, language, answerable, '
        "answers, answer_groups, sources, min_sources, history, tags",
    ),
    "duplicate id": (
        '{"id": "line-1", "question": "Who?"}',
        'line 2: the id "line-1" is that of line 1; give each an id of its own',
    ),
    "id is true": (
        '{"id": true, "question": "Who?"}',
        'line 2: "id" is true; expected text or a whole number',
    ),
    "language is a name": (
        '{"question": "Who?", "language": "English"}',
        'line 2: "language" is "English"; expected an ISO 639-1 code such as "en"',
    ),
    "answerable is a word": (
        '{"question": "Who?", "answerable": "yes"}',
        'line 2: "answerable" is "yes"; expected true or false',
    ),
    "one answer without a list": (
        '{"question": "Who?", "answers": "Ada"}',
        'line 2: "answers" is "Ada"; expected a list of texts with a letter or digit: '
        '["12 May", "May 12"]',
    ),
    "empty answer": (
        '{"question": "Who?", "answers": ["Ada", ""]}',
        'line 2: "answers" is ["Ada", ""]; expected a list of texts with a letter or digit: '
        '["12 May", "May 12"]',
    ),
    "no answers": (
        '{"question": "Who?", "answers": []}',
        'line 2: "answers" is empty; give an answer, leave the field out, or say '
        '"answerable": false',
    ),
    "a group without answers": (
        '{"question": "Who?", "answer_groups": [["Ada"], []]}',
        'line 2: "answer_groups" is [["Ada"], []]; expected a list of lists, one text of each to '
        'be found: [["12 May", "May 12"], ["Rome"]]',
    ),
    "answers and groups": (
        '{"question": "Who?", "answers": ["a"], "answer_groups": [["a"]]}',
        'line 2: has both "answers" and "answer_groups"; give answers of which any is right, or '
        "groups of which one of each is",
    ),
    "answers where there are none": (
        '{"question": "Who?", "answerable": false, "answers": ["a"]}',
        'line 2: has "answers" and yet "answerable": false; leave one of the two out',
    ),
    "min_sources 0": (
        '{"question": "Who?", "min_sources": 0}',
        'line 2: "min_sources" is 0; expected a whole number, 1 or more',
    ),
    "history of pairs": (
        '{"question": "Who?", "history": [["Where?", "There."]]}',
        'line 2: "history" is [["Where?", "There."]]; expected a list of {"role": "user" or '
        '"assistant", "content": "…"}, oldest first',
    ),
    "tags as text": (
        '{"question": "Who?", "tags": "who"}',
        'line 2: "tags" is "who"; expected a list of names: ["follow-up"]',
    ),
    "half a character": (
        '{"question": "Who?", "tags": ["\\ud800"]}',
        'line 2: "tags" is ["\\ud800"]; expected a list of names: ["follow-up"]',
    ),
}


@pytest.mark.parametrize(("line", "told"), TOLD.values(), ids=TOLD)
def test_a_malformed_line_is_told(tmp_path: Path, line: str | bytes, told: str) -> None:
    path = tmp_path / "set.jsonl"
    second = line if isinstance(line, bytes) else line.encode()
    path.write_bytes(GOOD.encode() + b"\n" + second + b"\n")
    with pytest.raises(BadQuestionSet) as refused:
        read_questions(path)
    assert str(refused.value) == f"{path}: {told}"


@pytest.mark.parametrize("nothing", [b"", b"\n \r\n", b"\xef\xbb\xbf"])
def test_a_file_without_a_line_holds_no_question(tmp_path: Path, nothing: bytes) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes(nothing)
    with pytest.raises(BadQuestionSet, match="holds no question; expected one a line"):
        read_questions(path)


def test_a_mark_of_byte_order_and_carriage_returns_are_nothing(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + f"{GOOD}\r\n\r\n{GOOD}\r\n".encode())
    assert [one.id for one in read_questions(path).questions] == ["line-1", "line-3"]


def test_a_field_that_is_null_is_not_stated(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"question": "Who?", "language": null, "answers": null}', encoding="utf-8")
    assert read_questions(path).questions == (GoldQuestion("line-1", "Who?"),)


def test_nothing_is_to_be_found_where_nothing_can_be_answered(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"question": "Who?", "answerable": false, "answers": []}', encoding="utf-8")
    assert read_questions(path).questions == (GoldQuestion("line-1", "Who?", answerable=False),)


@pytest.mark.parametrize("depth", range(900, 1_000, 7))
def test_a_value_nested_as_deep_as_can_be_read_is_told(tmp_path: Path, depth: int) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"question": "Who?", "tags": ' + "[" * depth + "]" * depth + "}")
    with pytest.raises(BadQuestionSet, match="line 1"):
        read_questions(path)


_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_words = _texts.map(lambda text: f"{text}a")
_many = st.lists(_words, max_size=3).map(tuple)
_some = st.lists(_words, min_size=1, max_size=3).map(tuple)


@st.composite
def _golds(draw: st.DrawFn) -> GoldQuestion:
    answerable = draw(st.sampled_from([None, True, False]))
    return GoldQuestion(
        id=draw(_words),
        question=draw(_words),
        language=draw(st.sampled_from([None, "en", "fr", "it"])),
        answerable=answerable,
        answer_groups=() if answerable is False else draw(st.lists(_some, max_size=2).map(tuple)),
        sources=draw(_many),
        min_sources=draw(st.integers(1, 9)),
        history=draw(
            st.lists(
                st.builds(Turn, st.sampled_from(["user", "assistant"]), _texts), max_size=2
            ).map(tuple)
        ),
        tags=draw(_many),
    )


def _stated(gold: GoldQuestion) -> dict[str, Any]:
    stated: dict[str, Any] = {
        "id": gold.id,
        "question": gold.question,
        "language": gold.language,
        "answerable": gold.answerable,
        "sources": gold.sources,
        "min_sources": gold.min_sources,
        "history": [{"role": one.role, "content": one.content} for one in gold.history],
        "tags": gold.tags,
    }
    match gold.answer_groups:
        case ():
            return stated
        case (only,):
            return {**stated, "answers": only}
    return {**stated, "answer_groups": gold.answer_groups}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    golds=st.lists(_golds(), min_size=1, max_size=5, unique_by=lambda gold: gold.id),
    ascii_only=st.booleans(),
    packed=st.booleans(),
)
def test_any_set_that_is_written_reads_back_equal(
    tmp_path: Path, golds: list[GoldQuestion], ascii_only: bool, packed: bool
) -> None:
    lines = [json.dumps(_stated(gold), ensure_ascii=ascii_only) for gold in golds]
    data = "\n".join(lines).encode()
    path = tmp_path / ("set.jsonl.gz" if packed else "set.jsonl")
    path.write_bytes(gzip.compress(data) if packed else data)
    assert read_questions(path).questions == tuple(golds)
