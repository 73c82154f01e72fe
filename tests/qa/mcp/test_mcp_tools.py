"""The tools without the protocol: what they are told, and what they tell."""

from collections.abc import Mapping
from typing import Any, cast

import pytest

from index_store.errors import StoreUnavailable
from qa.desk import Desk
from qa.errors import EmptyIndex
from qa.history import Turn
from qa.http.fakes import ARTICLES, LIBRARY, FakeAnswerer
from qa.mcp.tools import TOOLS, Result

QUESTION = "When did the Valmorin library close?"


@pytest.fixture
def answerer() -> FakeAnswerer:
    return FakeAnswerer(ARTICLES)


@pytest.fixture
def desk(answerer: FakeAnswerer) -> Desk:
    return Desk(answerer, cast(Any, answerer.index))


def call(desk: Desk, name: str, arguments: Mapping[str, Any]) -> Result:
    (tool,) = (tool for tool in TOOLS if tool.name == name)
    result = tool.call(lambda: desk, arguments)
    if not result.failed:
        tool.gives.model_validate(result.data)
    return result


def told(result: Result) -> str:
    """The one line of a call that failed."""
    assert result.failed
    (line,) = result.paragraphs
    assert "\n" not in line
    return line


def test_an_answer_is_its_text_with_numbers_then_its_sources(desk: Desk) -> None:
    result = call(desk, "ask", {"question": QUESTION})
    text, sources = result.paragraphs
    assert text == result.data["text"]
    assert text.startswith("The council closed the Valmorin library in March. [1]")
    place = f"article id {LIBRARY.id}, characters 0–49"
    assert f"[1] The Example Gazette, 2024-03-14: {LIBRARY.title} (gazette.md); {place}" in sources
    # What the text has word for word is not said twice.
    assert "The council closed" not in sources


def test_an_empty_answer_is_no_failure_and_shows_what_came_close(desk: Desk) -> None:
    result = call(desk, "ask", {"question": "Is there a zebra?"})
    text, nearest = result.paragraphs
    assert result.data["refused"] is True
    assert text == "The archive does not say."
    assert nearest.startswith("Nearest passages, which do not answer the question:\n[1] ")
    assert "    The council closed the Valmorin library in March." in nearest


def test_filters_day_and_conversation_reach_the_answerer(
    desk: Desk, answerer: FakeAnswerer
) -> None:
    call(
        desk,
        "ask",
        {
            "question": QUESTION,
            "publishers": ["The Example Gazette"],
            "languages": ["en"],
            "from": "2024-01-01",
            "to": "2024-12-31",
            "as_of": "2024-06-01",
            "history": [{"role": "user", "content": "Before"}],
        },
    )
    _, history, filters, _ = answerer.heard[0]
    assert history == (Turn("user", "Before"),)
    assert (filters.publishers, filters.languages) == (("The Example Gazette",), ("en",))
    assert (filters.published_from, filters.published_to) == ("2024-01-01", "2024-12-31")
    assert answerer.days == ["2024-06-01"]


def test_a_search_gives_passages_to_cite(desk: Desk) -> None:
    result = call(desk, "search", {"query": "Valmorin library", "limit": 1})
    (hit,) = result.data["hits"]
    assert hit["text"] == LIBRARY.text
    (text,) = result.paragraphs
    assert text.endswith(LIBRARY.text)
    assert f"article id {LIBRARY.id}" in text


def test_a_search_that_finds_nothing_says_so(desk: Desk) -> None:
    assert call(desk, "search", {"query": "zebra"}).paragraphs == ("Nothing found.",)


@pytest.mark.parametrize(
    ("bounds", "part"),
    [
        ({}, LIBRARY.text),
        ({"start": 4, "end": 11}, "council"),
        ({"start": 50, "end": 51}, "📚"),
        ({"end": 10**9}, LIBRARY.text),
        ({"start": len(LIBRARY.text)}, ""),
    ],
    ids=["all", "a part", "one code point", "an end beyond it", "nothing"],
)
def test_a_part_of_an_article_is_counted_as_citations_are(
    desk: Desk, bounds: dict[str, int], part: str
) -> None:
    data = call(desk, "get_article", {"id": LIBRARY.id, **bounds}).data
    assert data["text"] == part == LIBRARY.text[data["start"] : data["end"]]
    assert data["characters"] == len(LIBRARY.text)


@pytest.mark.parametrize(
    ("name", "arguments", "line"),
    [
        ("ask", {}, "question is missing."),
        ("ask", {"question": 7}, "question must be text."),
        ("ask", {"question": " "}, "a question has 1 to 2,000 characters"),
        ("ask", {"question": "x", "publisher": "y"}, "publisher is not a field of this request."),
        ("ask", {"question": "x", "from": "May"}, "from does not have the expected form."),
        ("search", {"query": "x", "limit": 0}, "limit must be at least 1."),
        ("get_article", {"id": "none"}, "The archive has no article with this id"),
        ("get_article", {"id": LIBRARY.id, "start": 9, "end": 2}, 'has a "start" that is behind'),
        ("get_article", {"id": LIBRARY.id, "start": 999}, "start is 999, but the article has"),
        ("search", {"query": "x", "languages": ["Martian"]}, "Martian"),
    ],
)
def test_what_is_wrong_with_a_call_is_one_line(
    desk: Desk, name: str, arguments: dict[str, Any], line: str
) -> None:
    assert line in told(call(desk, name, arguments))


@pytest.mark.parametrize(
    "error", [EmptyIndex("nothing yet;\nrun: citedesk index"), StoreUnavailable("no store")]
)
def test_an_archive_that_cannot_be_opened_is_told_by_each_call(error: Exception) -> None:
    def broken() -> Desk:
        raise error

    for tool in TOOLS:
        arguments = {"question": "x", "query": "x", "id": "x"}
        taken = {key: arguments[key] for key in arguments if key in tool.takes.model_fields}
        assert told(tool.call(broken, taken)) == " ".join(str(error).split())
