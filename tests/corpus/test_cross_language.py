"""The questions across languages ask what the archive says, and never in their own language."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus import Article
from corpus.files import find_files
from corpus.reading import FoundArticle, read_articles

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"
FIELDS = {"id", "question", "language", "answerable", "sources", "min_sources", "tags"}
KINDS = {"how-many", "what", "when", "where", "which", "who", "why"}

MINIMUM_ASKED = {"fr": 45, "it": 45, "en": 20}
MINIMUM_DIRECTION = {"fr-en": 30, "fr-it": 20, "it-en": 30, "it-fr": 20, "en-fr": 10, "en-it": 10}
MINIMUM_NEAR_MISSES = 25
NO_NAMES = {"December", "Saturdays"}  # English alone writes months and days with a capital


@cache
def articles() -> dict[str, Article]:
    """Every article of the archive as it is stored, by its source."""
    read = list(read_articles(find_files([SAMPLE / "articles"])))
    return {item.article.source: item.article for item in read if isinstance(item, FoundArticle)}


@cache
def asked(name: str = "cross_language.jsonl") -> tuple[dict[str, Any], ...]:
    """Every question of a set, in order."""
    lines = (SAMPLE / name).read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def golds(question: dict[str, Any]) -> list[str]:
    """The gold strings of a question, of whichever group."""
    groups = [*question.get("answer_groups", []), question.get("answers", [])]
    return [gold for group in groups for gold in group]


def fold(text: str) -> str:
    """The words of a text, case folded, with a space on either side of each."""
    words = re.findall(r"\w+", text.casefold())
    return f" {' '.join(words)} "


def names(question: str) -> set[str]:
    """Words with a capital, the first word left out."""
    return set(re.findall(r"(?<=\W)[A-ZÀ-Þ]\w*", question))


def tagged(tag: str) -> list[dict[str, Any]]:
    """The questions that carry a tag."""
    return [question for question in asked() if tag in question["tags"]]


def each(chosen: Iterable[dict[str, Any]]) -> list[Any]:
    """Questions as test parameters that carry their ids."""
    return [pytest.param(question, id=question["id"]) for question in chosen]


every_question = pytest.mark.parametrize("question", each(asked()))


def test_ids_are_unique_in_both_sets_together() -> None:
    counts = Counter(question["id"] for question in (*asked(), *asked("questions.jsonl")))
    assert [name for name, count in counts.items() if count > 1] == []


def test_no_question_is_asked_twice_in_a_language() -> None:
    both = (*asked(), *asked("questions.jsonl"))
    counts = Counter(
        (question["language"], fold(question["question"]))
        for question in both
        if "history" not in question
    )
    assert [text for text, count in counts.items() if count > 1] == []


@every_question
def test_a_question_has_the_form_of_the_set(question: dict[str, Any]) -> None:
    (gold_field,) = question.keys() - FIELDS
    assert gold_field in {"answers", "answer_groups"}
    assert question.keys() >= FIELDS
    assert question["answerable"] is True
    assert question["question"].endswith("?")
    assert 1 <= question["min_sources"] <= len(question["sources"])
    assert "cross-language" in question["tags"]
    assert len(KINDS.intersection(question["tags"])) == 1


@every_question
def test_every_source_is_an_article_of_another_language(question: dict[str, Any]) -> None:
    assert set(question["sources"]) <= articles().keys()
    languages = {articles()[source].language for source in question["sources"]}
    assert question["language"] not in languages


@every_question
def test_the_tags_and_the_id_name_the_direction(question: dict[str, Any]) -> None:
    languages = [articles()[source].language for source in question["sources"]]
    directions = [f"{question['language']}-{language}" for language in languages]
    assert set(directions) == MINIMUM_DIRECTION.keys() & set(question["tags"])
    assert re.fullmatch(rf"{directions[0]}-\d\d", question["id"])


@every_question
def test_every_answer_stands_in_the_text_of_a_source(question: dict[str, Any]) -> None:
    texts = [articles()[source].text for source in question["sources"]]
    assert golds(question)
    for gold in golds(question):
        assert any(gold in text and fold(gold) in fold(text) for text in texts), gold


@every_question
def test_every_source_holds_an_answer(question: dict[str, Any]) -> None:
    for source in question["sources"]:
        assert any(gold in articles()[source].text for gold in golds(question)), source


@every_question
def test_no_answer_stands_in_an_article_of_the_question_s_language(
    question: dict[str, Any],
) -> None:
    for article in articles().values():
        if article.language == question["language"]:
            said = fold(f"{article.title}\n{article.text}")
            assert [gold for gold in golds(question) if fold(gold) in said] == [], article.source


@every_question
def test_a_question_is_tagged_where_it_holds_no_name(question: dict[str, Any]) -> None:
    assert ("no-name" in question["tags"]) == (not names(question["question"]) - NO_NAMES)


@pytest.mark.parametrize(("language", "minimum"), MINIMUM_ASKED.items(), ids=MINIMUM_ASKED)
def test_a_language_asks_often_and_a_third_of_the_time_without_a_name(
    language: str, minimum: int
) -> None:
    total = sum(question["language"] == language for question in asked())
    nameless = sum(question["language"] == language for question in tagged("no-name"))
    assert total >= minimum
    assert nameless * 3 >= total


@pytest.mark.parametrize(("direction", "minimum"), MINIMUM_DIRECTION.items(), ids=MINIMUM_DIRECTION)
def test_every_direction_is_asked(direction: str, minimum: int) -> None:
    assert len(tagged(direction)) >= minimum


def test_many_questions_meet_a_like_story_in_their_own_language() -> None:
    assert len(tagged("near-miss")) >= MINIMUM_NEAR_MISSES


def test_questions_draw_on_every_article() -> None:
    sources = {source for question in asked() for source in question["sources"]}
    assert sources == articles().keys()
