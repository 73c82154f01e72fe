"""JSON Lines with keys of the user's own, and lines that no memory would hold."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.readers import Draft, Record, jsonl, rows


def read(folder: Path, lines: list[Any], columns: Mapping[str, str]) -> list[Draft | str]:
    """Drafts in order, errors as their reasons."""
    path = folder / "export.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    found: list[Draft | str] = []
    try:
        for record in jsonl.records(path, columns):
            found.append(record.reason if isinstance(record, UnreadableFile) else record.read())
    except UnreadableFile as error:
        found.append(error.reason)
    return found


ARTICLE = {
    "article": {"body": "The body.", "head": {"main": "The head"}},
    "text": "A summary.",
    "a.b": "Dotted.",
    "by": ["Ann Author", "Bo Writer"],
    "nr": 7,
}


@pytest.mark.parametrize(
    ("columns", "draft"),
    [
        ({"text": "article.body"}, Draft("The body.", {})),
        ({"title": "article.head.main"}, Draft("A summary.", {"title": "The head"})),
        ({"title": "a.b"}, Draft("A summary.", {"title": "Dotted."})),
        ({"author": "by"}, Draft("A summary.", {"author": "Ann Author, Bo Writer"})),
        ({"author": "by.1"}, Draft("A summary.", {"author": "Bo Writer"})),
        ({"id": "nr"}, Draft("A summary.", {})),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_the_user_names_keys_within_keys(
    tmp_path: Path, columns: dict[str, str], draft: Draft
) -> None:
    assert read(tmp_path, [ARTICLE], columns) == [draft]


def test_the_user_names_the_key_of_the_ids(tmp_path: Path) -> None:
    _, second = read(tmp_path, [ARTICLE, {**ARTICLE, "text": "Another."}], {"id": "nr"})
    assert second == "line 2 has the id of line 1; give every article an id of its own"


def test_a_named_key_is_not_replaced_by_another_where_it_is_empty(tmp_path: Path) -> None:
    lines = [{"text": "One.", "Hed": "", "title": "Mrs"}]
    assert read(tmp_path, lines, {"title": "Hed"}) == [Draft("One.", {})]


def test_a_key_can_be_missing_in_some_lines(tmp_path: Path) -> None:
    lines = [{"text": "One."}, {"text": "Two.", "Hed": "Head"}]
    assert read(tmp_path, lines, {"title": "Hed"}) == [
        Draft("One.", {}),
        Draft("Two.", {"title": "Head"}),
    ]


@pytest.mark.parametrize("key", ["Hed", "text.body", "by.9", "by.x", "article.body.x", "article."])
def test_a_key_that_no_line_has_is_one_error(tmp_path: Path, key: str) -> None:
    (reason,) = read(tmp_path, [ARTICLE] * 200, {"title": key})
    assert reason == (
        f"expected title in the column {key!r}, found only 'article', 'text', 'a.b', 'by', 'nr'"
    )


def test_a_field_that_no_article_has_is_an_error(tmp_path: Path) -> None:
    (reason,) = read(tmp_path, [ARTICLE], {"headline": "Hed"})
    assert isinstance(reason, str)
    assert reason.startswith("a column is named for the field 'headline'; expected one of text, id")


def test_equal_lines_without_ids_are_told_apart_from_equal_ids(tmp_path: Path) -> None:
    _, second = read(tmp_path, [{"text": "One."}] * 2, {})
    assert second == "line 2 repeats line 1; leave one out"


def test_a_line_without_end_is_cut_off_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "LONGEST_ROW", 1000)
    lines = [{"text": "One."}, {"text": "x" * 2000}, {"text": "y" * 980}, {"text": "Two."}]
    first, second, third, last = read(tmp_path, lines, {})
    assert (first, last) == (Draft("One.", {}), Draft("Two.", {}))
    assert isinstance(second, str)
    assert second.startswith("line 2 is longer than")
    assert third == Draft("y" * 980, {})


def test_an_archive_passes_in_the_memory_of_a_few_lines(tmp_path: Path) -> None:
    path = tmp_path / "archive.jsonl"
    with path.open("w") as file:
        for number in range(5_000):
            file.write(json.dumps({"id": number + 1, "text": "some words " * 200}) + "\n")
    assert path.stat().st_size > 10_000_000
    found = jsonl.records(path, {})
    list(islice(found, 10))
    tracemalloc.start()
    count = sum(isinstance(record, Record) for record in found)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 4_990
    assert peak < 1_500_000


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["a", "b", "0", "text", ""]), inner, max_size=3),
    ),
    max_leaves=8,
)
PATHS = st.lists(st.sampled_from(["a", "b", "0", "1", "text", "", "²"]), max_size=4).map(".".join)


@settings(max_examples=200)
@given(st.lists(JSON, max_size=4), PATHS, PATHS)
def test_any_key_is_found_or_said_to_be_missing(
    tmp_path_factory: pytest.TempPathFactory, lines: list[Any], text: str, title: str
) -> None:
    found = read(tmp_path_factory.getbasetemp(), lines, {"text": text, "title": title})
    for item in found:
        assert item.text.strip() if isinstance(item, Draft) else "\n" not in item
