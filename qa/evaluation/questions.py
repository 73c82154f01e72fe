"""Question sets: JSON Lines, or SQuAD-format JSON whose paragraphs become articles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import Article
from corpus.characters import clean_text
from corpus.models import identified
from corpus.reading import FoundArticle
from qa.errors import BadQuestionSet
from qa.history import Turn


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with what a right answer holds.

    Attributes:
        answerable: None where the set does not say.
        answer_groups: a right answer holds one string of every group.
        sources: `Article.source` of the articles that answer it, any of them.
    """

    id: str
    question: str
    language: str | None = None
    answerable: bool | None = None
    answer_groups: tuple[tuple[str, ...], ...] = ()
    sources: tuple[str, ...] = ()
    min_sources: int = 1
    history: tuple[Turn, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions, and the articles to index for them where the set brings its own."""

    questions: tuple[GoldQuestion, ...]
    articles: tuple[FoundArticle, ...] = ()


_FIELDS: dict[str, type | tuple[type, ...]] = {
    "id": (str, int),
    "question": str,
    "language": str,
    "answerable": bool,
    "answers": list,
    "answer_groups": list,
    "sources": list,
    "min_sources": int,
    "history": list,
    "tags": list,
}


def read_questions(path: Path) -> QuestionSet:
    """A question set from a `.jsonl` file or a SQuAD-format `.json` file.

    Raises:
        BadQuestionSet: the file cannot be read, or a line of it is wrong; says which and how.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise BadQuestionSet(f"{path}: cannot be read ({reason})") from error
    if path.suffix.lower() == ".json":
        return _read_squad(path, text)
    questions = tuple(_read_lines(path, text))
    if not questions:
        raise BadQuestionSet(f"{path}: holds no question; expected one JSON object a line")
    return QuestionSet(questions)


def _read_lines(path: Path, text: str) -> Iterator[GoldQuestion]:
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadQuestionSet(f"{where}: is not JSON ({error})") from error
        question = _question(where, number, record)
        if question.id in seen:
            raise BadQuestionSet(f"{where}: the id {question.id!r} was used before")
        seen.add(question.id)
        yield question


def _question(where: str, number: int, record: Any) -> GoldQuestion:
    if not isinstance(record, dict):
        raise BadQuestionSet(f"{where}: expected a JSON object, found {type(record).__name__}")
    for name, value in record.items():
        kind = _FIELDS.get(name)
        if kind is None:
            raise BadQuestionSet(f"{where}: unknown field {name!r}; known: {', '.join(_FIELDS)}")
        if not isinstance(value, kind):
            raise BadQuestionSet(f"{where}: {name!r} cannot be {json.dumps(value)[:60]}")
    if not record.get("question", "").strip():
        raise BadQuestionSet(f'{where}: "question" is missing or empty')
    groups = [record["answers"]] if record.get("answers") else record.get("answer_groups", [])
    return GoldQuestion(
        id=str(record.get("id", f"line-{number}")),
        question=record["question"],
        language=record.get("language"),
        answerable=record.get("answerable"),
        answer_groups=tuple(tuple(map(str, group)) for group in groups),
        sources=tuple(record.get("sources", ())),
        min_sources=record.get("min_sources", 1),
        history=tuple(_turn(where, turn) for turn in record.get("history", ())),
        tags=tuple(record.get("tags", ())),
    )


def _turn(where: str, turn: Any) -> Turn:
    match turn:
        case {"role": "user" | "assistant" as role, "content": str(content)}:
            return Turn(role, content)
    raise BadQuestionSet(
        f'{where}: a turn of "history" must be {{"role": "user" or "assistant", "content": "…"}}'
    )


def _read_squad(path: Path, text: str) -> QuestionSet:
    """Every paragraph becomes an article; SQuAD 2's impossible questions are unanswerable."""
    questions: list[GoldQuestion] = []
    articles: list[FoundArticle] = []
    try:
        for title, paragraph in _paragraphs(json.loads(text)):
            source = f"{len(articles):05d}"
            article = Article("", title, clean_text(paragraph["context"]), source)
            articles.append(FoundArticle(identified(article), f"{path.name}#{source}"))
            for asked in paragraph["qas"]:
                golds = tuple(dict.fromkeys(gold["text"] for gold in asked["answers"]))
                questions.append(
                    GoldQuestion(
                        id=str(asked["id"]),
                        question=asked["question"],
                        answerable=not asked.get("is_impossible", False),
                        answer_groups=(golds,) if golds else (),
                        sources=(source,),
                    )
                )
    except json.JSONDecodeError as error:
        raise BadQuestionSet(f"{path}: is not JSON ({error})") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise BadQuestionSet(
            f"{path}: is not in SQuAD format (data → paragraphs → context, qas); "
            f"a set of your own is one JSON object a line in a .jsonl file"
        ) from error
    return QuestionSet(tuple(questions), tuple(articles))


def _paragraphs(squad: Any) -> Iterator[tuple[str, Any]]:
    for document in squad["data"]:
        for paragraph in document["paragraphs"]:
            # As they stand in Wikipedia's addresses, a title's words are joined by underscores.
            yield document.get("title", "").replace("_", " "), paragraph
