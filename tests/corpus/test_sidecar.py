"""What is noted beside a file fills what the file does not state, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import Article
from corpus.errors import UnreadableFile
from corpus.files import find_files
from corpus.reading import (
    FoundArticle,
    ReadingOptions,
    UnchangedArticle,
    WithdrawnArticle,
    read_articles,
)

Write = Callable[[str, str], Path]

STORY = "---\ntitle: The ferry\npublisher: The Courier\n---\nThe ferry sails again."


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, content: str) -> Path:
        (tmp_path / name).write_text(content, encoding="utf-8")
        return tmp_path

    return write


def one(folder: Path, options: ReadingOptions = ReadingOptions()) -> Article:
    (found,) = read_articles(find_files([folder]), options)
    assert isinstance(found, FoundArticle), found
    return found.article


@pytest.mark.parametrize(
    "name", ["story.md.meta.yaml", "story.meta.yaml", "story.md.meta.yml", "story.meta.yml"]
)
def test_a_sidecar_fills_what_its_article_lacks(write: Write, name: str) -> None:
    write("story.md", STORY)
    article = one(write(name, "publisher: Another\nauthor: Ann Author\nrights: © The Courier"))
    assert article.publisher == "The Courier"
    assert (article.author, article.rights) == ("Ann Author", "© The Courier")


def test_the_sidecar_with_the_whole_name_goes_before_the_one_with_the_stem(write: Write) -> None:
    write("story.md", STORY)
    write("story.meta.yaml", "author: By stem")
    assert one(write("story.md.meta.yaml", "author: By name")).author == "By name"


def test_a_sidecar_goes_before_what_is_said_of_the_whole_run(write: Write) -> None:
    write("story.md", STORY)
    folder = write("story.meta.yaml", "author: Ann Author")
    article = one(folder, ReadingOptions(metadata={"author": "Bo", "section": "News"}))
    assert (article.author, article.section) == ("Ann Author", "News")


def test_a_sidecar_carries_what_binds_the_newsroom(write: Write) -> None:
    write("story.md", STORY)
    article = one(
        write(
            "story.meta.yaml",
            "embargo_until: 2024-01-01T06:00:00+01:00\nmax_quote_words: 40\ncorrected_by: later.md",
        )
    )
    assert article.embargo_until == "2024-01-01T06:00:00+01:00"
    assert article.max_quote_words == 40
    assert article.corrected_by == "later.md"


def test_a_changed_sidecar_changes_its_article(write: Write) -> None:
    folder = write("story.md", STORY)
    (before,) = read_articles(find_files([folder]))
    assert isinstance(before, FoundArticle)
    write("story.meta.yaml", "author: Ann Author")
    (after,) = read_articles(find_files([folder]))
    assert isinstance(after, FoundArticle)
    assert after.origin == before.origin
    assert after.digest != before.digest
    assert after.article.id != before.article.id
    seen = {after.origin: after.digest}
    (again,) = read_articles(
        find_files([folder]), is_current=lambda origin, digest: seen.get(origin) == digest
    )
    assert again == UnchangedArticle(after.origin, after.digest)


@pytest.mark.parametrize(
    ("sidecar", "said"),
    [
        ("embargoed_till: 2027-01-01", "its story.meta.yaml states 'embargoed_till'; expected fi"),
        ("embargo_until: soon", "embargo_until 'soon' is not "),
        ("max_quote_words: few", "max_quote_words 'few' is not a whole number of words"),
        ("just words", "its story.meta.yaml holds no fields; expected lines such as: publisher"),
        ("", "its story.meta.yaml holds no fields"),
        ("a: [", "its story.meta.yaml is not YAML"),
        ("a: b: c", "its story.meta.yaml is not YAML"),
    ],
)
def test_a_sidecar_that_cannot_be_understood_keeps_its_article_out(
    write: Write, sidecar: str, said: str
) -> None:
    """An embargo that is misspelt must not lead to its article being shown."""
    write("story.md", STORY)
    (found,) = read_articles(find_files([write("story.meta.yaml", sidecar)]))
    assert isinstance(found, WithdrawnArticle)
    assert said in str(found.reason)
    assert "\n" not in str(found.reason)


def test_of_two_embargoes_the_later_one_holds(write: Write) -> None:
    write("story.md", STORY.replace("title:", "embargo_until: 2024-01-01\ntitle:"))
    folder = write(
        "story.meta.yaml", "embargo_until: 2024-06-01T06:00:00+02:00\nmax_quote_words: 9"
    )
    article = one(folder, ReadingOptions(metadata={"max_quote_words": "30"}))
    assert article.embargo_until == "2024-06-01T06:00:00+02:00"
    assert article.max_quote_words == 9


def test_an_embargo_in_a_form_of_its_own_keeps_its_article_out(write: Write) -> None:
    folder = write("a.jsonl", '{"id": 1, "text": "Secret.", "embargoed": true}')
    (found,) = read_articles(find_files([folder]))
    assert isinstance(found, WithdrawnArticle)
    assert "embargo_until in a form of its own is not" in str(found.reason)


def test_a_sidecar_of_no_file_is_told_of(write: Write) -> None:
    write("story.md", STORY)
    article, orphan = sorted(read_articles(find_files([write("storry.meta.yaml", "")])), key=repr)
    assert isinstance(article, FoundArticle)
    assert isinstance(orphan, UnreadableFile)
    assert "describes no file; one of its name has to be beside it" in str(orphan)


def test_a_name_as_long_as_names_can_be_has_no_sidecar(write: Write) -> None:
    assert one(write(f"{'a' * 252}.md", STORY)).title == "The ferry"
