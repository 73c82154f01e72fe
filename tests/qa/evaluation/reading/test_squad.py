"""SQuAD-format files: what is missing is told with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qa.errors import BadQuestionSet
from qa.evaluation.reading import read_questions
from qa.evaluation.selecting import Selection


def _answer(text: str, start: int = 0) -> dict[str, Any]:
    return {"text": text, "answer_start": start}


def _asked(identifier: str, *answers: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": identifier, "question": "Who won?", "answers": list(answers), **more}


def _squad(tmp_path: Path, *paragraphs: Any, title: str = "The_race") -> Path:
    path = tmp_path / "squad.json"
    document = {"title": title, "paragraphs": list(paragraphs)}
    path.write_text(json.dumps({"version": "v2.0", "data": [document]}), encoding="utf-8")
    return path


def test_paragraphs_are_articles_in_the_language_of_their_document(tmp_path: Path) -> None:
    french = "La course a été gagnée par Ada, qui est partie de la dernière place de la grille."
    names = {"context": "Los Angeles Lakers, Los Angeles Clippers", "qas": []}
    path = _squad(tmp_path, {"context": french, "qas": [_asked("1", _answer("Ada", 27))]}, names)
    first, second = (found.article for found in read_questions(path).articles)
    assert (first.title, first.text, first.language) == ("The race", french, "fr")
    assert second.language == "fr"
    assert first.id != second.id


def test_selecting_questions_leaves_all_articles(tmp_path: Path) -> None:
    paragraphs = [{"context": f"Ada won {n}.", "qas": [_asked(str(n))]} for n in range(3)]
    found = read_questions(_squad(tmp_path, *paragraphs), selection=Selection(limit=1))
    assert ([one.id for one in found.questions], len(found.articles)) == (["0"], 3)


def test_an_answer_that_does_not_stand_where_it_is_said_to_is_counted(tmp_path: Path) -> None:
    golds = [_answer("Ada", 0), _answer("Ada", 3), _answer("won", 4), _answer(".", 7)]
    path = _squad(tmp_path, {"context": "Ada won.", "qas": [_asked("1", *golds)]})
    found = read_questions(path)
    assert found.questions[0].answer_groups == (("Ada", "won", "."),)
    assert found.warnings == (
        'answers that do not stand at their "answer_start": 1',
        "answers without a letter or digit, which cannot be found: 1",
    )


FIRST = 'document 1 ("The race"), paragraph 1'
TOLD: dict[str, tuple[Any, str]] = {
    "no context": ({"qas": []}, f'{FIRST}: "context" is missing; expected text'),
    "empty context": (
        {"context": " ", "qas": []},
        f'{FIRST}: "context" is " "; expected text',
    ),
    "no questions": ({"context": "Ada won."}, f'{FIRST}: "qas" is missing; expected a list'),
    "paragraph of another kind": ("Ada won.", f'{FIRST} is "Ada won."; expected a JSON object'),
    "no id": (
        {"context": "Ada won.", "qas": [{"question": "Who?", "answers": []}]},
        f'{FIRST}, question 1: "id" is missing; expected text or a whole number',
    ),
    "no question": (
        {"context": "Ada won.", "qas": [{"id": "1", "answers": []}]},
        f'{FIRST}, question 1: "question" is missing; expected text with a letter or digit',
    ),
    "no answers": (
        {"context": "Ada won.", "qas": [{"id": "1", "question": "Who?"}]},
        f'{FIRST}, question 1: "answers" is missing; expected a list',
    ),
    "answer without text": (
        {"context": "Ada won.", "qas": [_asked("1", {"answer_start": 0})]},
        f'{FIRST}, question 1, answer 1: "text" is missing; expected text',
    ),
    "is_impossible as a word": (
        {"context": "Ada won.", "qas": [_asked("1", is_impossible="no")]},
        f'{FIRST}, question 1: "is_impossible" is "no"; expected true or false',
    ),
    "duplicate id": (
        {"context": "Ada won.", "qas": [_asked("1"), _asked("1")]},
        f'{FIRST}, question 2: the id "1" is that of {FIRST}, question 1; give each an id of its '
        f"own",
    ),
}


@pytest.mark.parametrize(("paragraph", "told"), TOLD.values(), ids=TOLD)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, paragraph: Any, told: str) -> None:
    path = _squad(tmp_path, paragraph)
    with pytest.raises(BadQuestionSet) as refused:
        read_questions(path)
    assert str(refused.value) == f"{path}: {told}"


def test_json_lines_in_a_json_file_are_told_how_to_be_named(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_text('{"question": "Who?"}\n{"question": "When?"}\n', encoding="utf-8")
    with pytest.raises(BadQuestionSet, match=r"is it JSON Lines\? name it \.jsonl"):
        read_questions(path)
