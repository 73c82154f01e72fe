"""Stories as a journalist reads them: who tells them, and who printed the same text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index_store.index import ArticleIndex
from index_store.stories import Story
from qa import cli
from qa.story_lines import several, stories_json, story_lines
from tests.index_store.archive import article

ONE = article("One.", source="one.txt", publisher="The Courier", language="en", title="First")
COPY = article("One.", source="copy.txt", publisher=None, language=None, published=None)
OTHER = article("Autre.", source="other.txt", publisher="Le Quai", language="fr", title="Autre")
ARTICLES = {each.id: each for each in (ONE, COPY, OTHER)}
STORY = Story((ONE.id, OTHER.id, COPY.id), ((ONE.id, COPY.id),), 2)


def test_a_story_names_its_sources_and_marks_the_same_text() -> None:
    assert list(story_lines([STORY], ARTICLES)) == [
        "2 independent sources, 3 articles",
        "  The Courier, 2025-01-14, en: First (one.txt)",
        "  Le Quai, 2025-01-14, fr: Autre (other.txt)",
        "  outlet not stated, undated, language not stated: A title (copy.txt)",
        "    same text as one.txt",
        "",
    ]


def test_one_source_is_said_in_the_singular() -> None:
    story = Story((ONE.id, COPY.id), ((ONE.id, COPY.id),), 1)
    assert next(story_lines([story], ARTICLES)) == "1 independent source, 2 articles"


def test_json_holds_every_article_with_those_that_have_its_text() -> None:
    (story,) = json.loads(json.dumps(stories_json([STORY], ARTICLES)))
    assert story["sources"] == 2
    told = {each["source"]: each for each in story["articles"]}
    assert list(told) == ["one.txt", "other.txt", "copy.txt"]
    assert told["one.txt"]["same_text"] == [COPY.id]
    assert told["copy.txt"]["same_text"] == [ONE.id]
    assert told["other.txt"]["same_text"] == []
    assert told["one.txt"]["title"] == "First"


def test_an_archive_without_such_stories_says_so() -> None:
    assert list(story_lines([], {})) == ["no two articles tell the same story"]
    assert stories_json([], {}) == []


def test_an_article_that_has_been_removed_meanwhile_is_passed_over() -> None:
    left = {OTHER.id: OTHER}
    assert "  Le Quai, 2025-01-14, fr: Autre (other.txt)" in list(story_lines([STORY], left))
    assert [each["id"] for each in stories_json([STORY], left)[0]["articles"]] == [OTHER.id]


def test_stories_of_the_sample_archive_are_the_largest_first(sample_index: ArticleIndex) -> None:
    stories, articles = several(sample_index)
    assert [(len(story.articles), story.sources) for story in stories] == [
        (4, 4), (3, 1), (2, 2), (2, 2),
    ]  # fmt: skip
    text = "\n".join(story_lines(stories, articles))
    assert text.count("same text as wire-2024-09-26-libgen-judgment.md") == 2


@pytest.mark.parametrize("as_json", [False, True])
def test_status_shows_the_stories(
    sample_index: ArticleIndex,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    as_json: bool,
) -> None:
    monkeypatch.setattr(cli, "_open_index", lambda settings, reading: sample_index)
    monkeypatch.setattr(
        "sys.argv",
        ["citedesk", "status", "--stories", "--home", str(tmp_path), *["--json"] * as_json],
    )
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert not left.value.code
    shown = capsys.readouterr().out
    if as_json:
        assert [story["sources"] for story in json.loads(shown)] == [4, 1, 2, 2]
    else:
        assert shown.startswith("4 independent sources, 4 articles\n  The Example Courier, 2025-01")
        assert (
            "\n1 independent source, 3 articles\n  Example Wire, 2024-09-26, en: US court" in shown
        )
