from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, Passage, Span
from corpus.models import ID_DIGITS, identified
from tests.corpus.strategies import any_text

ARTICLE = Article(
    id="",
    title="A title",
    text="Some text.",
    source="folder/a.md",
    publisher="The Courier",
    author="Ann Author",
    published="2025-01-14",
    modified="2025-01-15",
    language="en",
    url="https://www.example.org/a",
    section="News",
)
STATED = [field.name for field in fields(Article) if field.name not in ("id", "indexed")]


def test_equal_content_has_equal_ids() -> None:
    assert identified(ARTICLE) == identified(replace(ARTICLE, id="whatever it was"))


@pytest.mark.parametrize("name", STATED)
def test_a_change_of_any_field_changes_the_id(name: str) -> None:
    another: Any = {name: "another"}
    changed: Article = replace(ARTICLE, **another)
    assert identified(changed).id != identified(ARTICLE).id


def test_when_it_was_indexed_does_not_change_the_id() -> None:
    indexed = replace(ARTICLE, indexed="2025-01-16T08:00:00+00:00")
    assert identified(indexed).id == identified(ARTICLE).id


def test_what_is_not_stated_differs_from_what_is_empty() -> None:
    unstated, empty = replace(ARTICLE, author=None), replace(ARTICLE, author="")
    assert identified(unstated).id != identified(empty).id


@given(st.lists(any_text, min_size=2, max_size=2))
def test_ids_tell_any_two_contents_apart(texts: list[str]) -> None:
    one, other = (identified(replace(ARTICLE, text=text)) for text in texts)
    assert (one.id == other.id) == (texts[0] == texts[1])
    assert len(one.id) == ID_DIGITS
    assert set(one.id) <= set("0123456789abcdef")


def test_a_value_does_not_move_from_one_field_to_the_next() -> None:
    one = replace(ARTICLE, publisher="x", author=None)
    other = replace(ARTICLE, publisher=None, author="x")
    assert identified(one).id != identified(other).id


def test_a_passage_gives_the_text_of_its_sentences() -> None:
    passage = Passage("a1", 10, 20, "One. Two!!", (Span(10, 14), Span(15, 20)))
    assert passage.id == "a1.10-20"
    assert passage.sentence_texts() == ["One.", "Two!!"]
