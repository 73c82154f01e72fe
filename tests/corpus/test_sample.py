"""The sample archive holds what its questions ask for, and what its README says is planted."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"
ARTICLES = SAMPLE / "articles"

WIRE = "wire-2024-09-26-libgen-judgment.md"
CARRIERS = (
    "courier-2024-09-26-pirate-library-bill.md",
    "harbour-post-2024-09-27-textbook-publishers-win.md",
)
PLAIN_TEXT_LANGUAGE = "en"  # a .txt article carries no metadata; the only one is English

SINGLE, DOUBLE = "\u2018\u2019\u02bc", "\u201c\u201d\u201e\u00ab\u00bb"
QUOTES = str.maketrans(dict.fromkeys(SINGLE, "'") | dict.fromkeys(DOUBLE, '"'))
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"})
FURNITURE = frozenset({"script", "style", "nav", "aside", "header", "footer", "form", "section"})

MINIMUM_TAGS = {
    "who": 4,
    "when": 5,
    "how-many": 10,
    "which": 3,
    "why": 4,
    "where": 2,
    "keywords": 3,
    "misspelt": 3,
    "cross-language": 8,
    "follow-up": 5,
    "multi-fact": 4,
    "wire": 4,
    "quote-variants": 2,
    "disagreement": 4,
    "correction": 2,
    "fr-only": 2,
    "it-only": 2,
    "html": 3,
    "txt": 3,
    "noise": 1,
    "other-subject": 6,
    "unanswerable-on-topic": 10,
    "unanswerable-off-topic": 4,
}


@dataclass(frozen=True)
class SampleArticle:
    """One file of the archive, with the little metadata that these tests look at."""

    name: str
    text: str
    language: str
    title: str
    publisher: str | None = None
    url: str | None = None
    modified: str | None = None


class Page(HTMLParser):
    """The paragraphs of <article>, furniture left out, and the metadata of the page."""

    def __init__(self) -> None:
        """Start with nothing read and no element open."""
        super().__init__()
        self.open: list[str] = []
        self.paragraphs: list[str] = []
        self.meta: dict[str, str] = {}
        self.language = ""
        self.canonical = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the metadata, and start a paragraph where one opens."""
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = values["lang"]
        if tag == "meta" and "property" in values:
            self.meta[values["property"]] = values["content"]
        if tag == "link" and values.get("rel") == "canonical":
            self.canonical = values["href"]
        if tag == "p":
            self.paragraphs.append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the element; the sample page is well formed."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep the text of paragraphs of the article proper."""
        if "p" in self.open and "article" in self.open and FURNITURE.isdisjoint(self.open):
            self.paragraphs[-1] += data


def read_markdown(name: str, content: str) -> SampleArticle:
    """An article whose metadata stands in YAML front matter, every value a string."""
    _, header, body = content.split("---\n", 2)
    front = yaml.safe_load(header)
    assert all(isinstance(value, str) for value in front.values()), name
    return SampleArticle(
        name,
        body.strip(),
        front["language"],
        front["title"],
        front["publisher"],
        front["url"],
        front.get("modified"),
    )


def read_page(name: str, content: str) -> SampleArticle:
    """An article as a scraper saves it."""
    page = Page()
    page.feed(content)
    text = "\n\n".join(paragraph for paragraph in page.paragraphs if paragraph)
    title, publisher = page.meta["og:title"], page.meta["og:site_name"]
    return SampleArticle(name, text, page.language, title, publisher, page.canonical)


def read_article(path: Path) -> SampleArticle:
    """An article in any of the three formats of the archive."""
    content = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return read_markdown(path.name, content)
    if path.suffix == ".html":
        return read_page(path.name, content)
    title, text = content.split("\n\n", 1)
    return SampleArticle(path.name, text, PLAIN_TEXT_LANGUAGE, title)


@cache
def articles() -> dict[str, SampleArticle]:
    """Every article of the archive by its file name."""
    return {path.name: read_article(path) for path in sorted(ARTICLES.iterdir())}


@cache
def questions() -> tuple[dict[str, Any], ...]:
    """Every question of the set, in order."""
    lines = (SAMPLE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def fold(text: str) -> str:
    """Text with case, compatibility forms, quotation marks and spaces folded."""
    plain = unicodedata.normalize("NFKC", text.translate(QUOTES)).casefold()
    return " ".join(plain.split())


def gold_groups(question: dict[str, Any]) -> list[list[str]]:
    """The groups of gold strings of a question; one string of each group must be found."""
    groups: list[list[str]] = [*question.get("answer_groups", [])]
    if "answers" in question:
        groups.append(question["answers"])
    return groups


def sentences(text: str) -> set[str]:
    """The folded sentences of a text, datelines and other short pieces left out."""
    pieces = re.split(r"(?<=[.!?])[\"']?\s+", fold(text))
    return {piece for piece in pieces if len(piece) > 30}


def each(chosen: Iterable[dict[str, Any]]) -> list[Any]:
    """Questions as test parameters that carry their ids."""
    return [pytest.param(question, id=question["id"]) for question in chosen]


def tagged(tag: str) -> list[dict[str, Any]]:
    """The questions that carry a tag."""
    return [question for question in questions() if tag in question["tags"]]


def answerable() -> list[dict[str, Any]]:
    """The questions that the archive can answer."""
    return [question for question in questions() if question["answerable"]]


def test_question_ids_are_unique() -> None:
    """No two questions share an id."""
    counts = Counter(question["id"] for question in questions())
    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("question", each(questions()))
def test_an_answerable_question_has_gold_and_sources(question: dict[str, Any]) -> None:
    """Answerable questions name their evidence; the others name none."""
    assert question["question"].strip()
    assert question["language"] in {"en", "fr", "it"}
    has_evidence = bool(gold_groups(question)) and bool(question.get("sources"))
    assert has_evidence == question["answerable"]
    refused = any(tag.startswith("unanswerable") for tag in question["tags"])
    assert refused != question["answerable"]
    if question["answerable"]:
        assert 1 <= question["min_sources"] <= len(question["sources"])


@pytest.mark.parametrize("question", each(answerable()))
def test_every_source_exists(question: dict[str, Any]) -> None:
    """A source is the name of a file of the archive."""
    assert [name for name in question.get("sources", []) if name not in articles()] == []


@pytest.mark.parametrize("question", each(answerable()))
def test_every_gold_string_occurs_in_a_source(question: dict[str, Any]) -> None:
    """Each gold string stands in the text, not in the furniture, of a named source."""
    texts = [fold(articles()[name].text) for name in question.get("sources", [])]
    golds = [gold for group in gold_groups(question) for gold in group]
    assert [gold for gold in golds if not any(fold(gold) in text for text in texts)] == []


@pytest.mark.parametrize("question", each(answerable()))
def test_every_source_holds_a_gold_string(question: dict[str, Any]) -> None:
    """No file is named as a source that offers nothing to the answer."""
    golds = [fold(gold) for group in gold_groups(question) for gold in group]
    for name in question.get("sources", []):
        assert any(gold in fold(articles()[name].text) for gold in golds), name


@pytest.mark.parametrize("question", each(questions()))
def test_a_follow_up_has_a_history_of_whole_turns(question: dict[str, Any]) -> None:
    """A history starts with the user, ends with the answer, and marks a follow-up."""
    history = question.get("history", [])
    assert bool(history) == ("follow-up" in question["tags"])
    assert [turn["role"] for turn in history] == ["user", "assistant"] * (len(history) // 2)


@pytest.mark.parametrize(("tag", "minimum"), MINIMUM_TAGS.items(), ids=MINIMUM_TAGS.keys())
def test_every_kind_of_question_is_asked(tag: str, minimum: int) -> None:
    """Each kind of question occurs often enough to mean something."""
    assert len(tagged(tag)) >= minimum


def test_questions_come_in_three_languages() -> None:
    """Each language asks at least fifteen questions, some of them unanswerable on topic."""
    asked = Counter(question["language"] for question in questions())
    assert asked.keys() == {"en", "fr", "it"}
    assert min(asked.values()) >= 15
    unanswerable = Counter(question["language"] for question in tagged("unanswerable-on-topic"))
    assert unanswerable.keys() == {"en", "fr", "it"}
    assert min(unanswerable.values()) >= 3


@pytest.mark.parametrize("question", each(answerable()))
def test_a_cross_language_answer_stands_in_another_language(question: dict[str, Any]) -> None:
    """A question has a source in its own language unless it is tagged as crossing languages."""
    languages = {articles()[name].language for name in question.get("sources", [])}
    if "cross-language" in question["tags"]:
        assert languages - {question["language"]}
    else:
        assert question["language"] in languages


@pytest.mark.parametrize("question", each(tagged("disagreement")))
def test_a_disagreement_asks_for_both_versions(question: dict[str, Any]) -> None:
    """Both versions are gold, and where two outlets disagree both must be cited."""
    assert len(question["answer_groups"]) >= 2
    assert question["min_sources"] == min(2, len(question["sources"]))


def test_the_archive_has_its_breadth() -> None:
    """Enough articles, languages, publishers and file formats."""
    everything = articles().values()
    assert len(everything) >= 12
    assert {article.language for article in everything} == {"en", "fr", "it"}
    assert len({article.publisher for article in everything} - {None}) >= 4
    assert {Path(article.name).suffix for article in everything} == {".md", ".html", ".txt"}


@pytest.mark.parametrize("name", sorted(path.name for path in ARTICLES.iterdir()))
def test_an_article_has_the_length_of_a_news_story(name: str) -> None:
    """Every text has between 180 and 420 words."""
    assert 180 <= len(articles()[name].text.split()) <= 420


def test_every_url_is_an_example() -> None:
    """No article points at a real site, and no two share an address."""
    urls = [article.url for article in articles().values() if article.url]
    assert {urlsplit(url).hostname for url in urls} == {"www.example.org"}
    assert len(urls) == len(set(urls)) == len(articles()) - 1


@pytest.mark.parametrize("name", CARRIERS)
def test_the_wire_story_is_carried_nearly_word_for_word(name: str) -> None:
    """A carrier credits the agency at the top, keeps most sentences, and heads it anew."""
    wire, carrier = articles()[WIRE], articles()[name]
    assert "Example Wire" in carrier.text[:60]
    shared = sentences(wire.text) & sentences(carrier.text)
    assert len(shared) >= 0.8 * len(sentences(carrier.text))
    assert len(shared) >= 0.5 * len(sentences(wire.text))
    assert len(carrier.text) < len(wire.text)
    assert carrier.title != wire.title
    assert carrier.publisher != wire.publisher


def test_the_corrected_article_says_what_was_wrong() -> None:
    """One article was modified: it states the wrong figure, the right one, and the correction."""
    (corrected,) = [article for article in articles().values() if article.modified]
    assert corrected.text.startswith("Correction:")
    assert "450 billion" in corrected.text
    assert "405 billion" in corrected.text
    uncorrected = articles()["courier-2024-07-24-llama-open-model.md"].text
    assert "450 billion" in uncorrected
    assert "405 billion" not in uncorrected


@pytest.mark.parametrize(
    ("pattern", "language"),
    [
        pytest.param(r"\b250\s*(mil|m€)|€\s*250\s*m", "fr", id="fine-of-google"),
        pytest.param(r"\b15\s*(mil|m€)|€\s*15\s*m", "it", id="fine-of-openai"),
    ],
)
def test_a_fact_of_one_language_stands_in_no_other(pattern: str, language: str) -> None:
    """The amount occurs in articles of one language alone, title and furniture included."""
    found = {
        article.language
        for name, article in articles().items()
        if re.search(pattern, fold((ARTICLES / name).read_text(encoding="utf-8")))
    }
    assert found == {language}
