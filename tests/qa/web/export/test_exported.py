"""A conversation as text, as Markdown and as a page: nothing is lost, nothing becomes markup."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from corpus import Article
from qa.answer import (
    Answer,
    Citation,
    Disagreement,
    Mode,
    Provenance,
    Searched,
    Statement,
    Verdict,
    Version,
)
from qa.phrases import INTERFACE_LANGUAGES
from qa.web.export.document import document
from qa.web.export.formats import exported

DAY = "2025-02-03"
HOSTILE = '[a](javascript:x) <b>*#`| "><img src=x onerror=alert(1)> \u202e\u200b 1. & _u_ $x$'
COURIER = Article(
    id="00000000000000aa",
    title="Bridge reopens",
    text="The bridge opened. Nobody came.",
    source="bridge.md",
    publisher="Example Courier",
    author="Ada Reeve",
    published="2025-01-14",
    language="en",
    url="https://www.example.org/bridge",
)
POST = replace(COURIER, id="00000000000000bb", publisher="Example Post", author=None, url=None)


def cited(number: int, article: Article, start: int = 0, end: int = 18) -> Citation:
    quote = article.text[start:end]
    return Citation(number, f"{article.id}.{start}-{end}", start, end, quote, article)


def answered(**changes: object) -> Answer:
    answer = Answer(
        id="a",
        question="Did the bridge open?",
        standalone_question="Did the bridge open?",
        language="en",
        mode=Mode.QUOTES,
        refused=False,
        text="The bridge opened. [1][2]",
        statements=(Statement("The bridge opened.", (1, 2), Verdict.VERBATIM, "Both say:"),),
        citations=(cited(1, COURIER), cited(2, POST)),
        searched=Searched(2, 2, ("en",)),
        provenance=Provenance(2, 2),
    )
    return replace(answer, **changes)  # type: ignore[arg-type]  # fields of Answer


def test_the_copied_text_has_its_numbers_and_its_sources() -> None:
    text = exported([answered()], "copy", "en", DAY)["text"]
    assert text.split("\n\n") == [
        "Did the bridge open?",
        "Both say:",
        "The bridge opened. [1][2]",
        "2 outlets, 2 independent sources.",
        "Searched 2 articles (English).",
        "Sources\n"
        "[1] Example Courier, Ada Reeve, 14 January 2025 · Bridge reopens · "
        "https://www.example.org/bridge · characters 0–18 of article 00000000000000aa\n"
        "[2] Example Post, 14 January 2025 · Bridge reopens · "
        "characters 0–18 of article 00000000000000bb\n",
    ]


def test_a_passage_cited_twice_is_one_endnote_and_numbers_run_through_the_conversation() -> None:
    second = answered(
        question="Who came?",
        statements=(Statement("Nobody came.", (1,), Verdict.VERBATIM),),
        citations=(cited(1, COURIER, 19, 31),),
    )
    made = document([answered(), second, answered()], "en", DAY)
    assert [line.notes for line in made.lines if line.notes] == [(1, 2), (3,), (1, 2)]
    assert [note.number for note in made.endnotes] == [1, 2, 3]


def test_a_written_sentence_has_the_words_that_bear_it_out_in_its_endnote() -> None:
    prose = Statement("It opened.", (1,), Verdict.SUPPORTED)
    written = answered(mode=Mode.PROSE, statements=(prose,))
    assert document([written], "en", DAY).endnotes[0].quote == "The bridge opened."
    assert document([answered()], "en", DAY).endnotes[0].quote is None


def test_a_refusal_keeps_what_was_searched_and_what_came_close() -> None:
    refusal = answered(refused=True, statements=(), citations=(), nearest=(cited(1, COURIER),))
    text = exported([refusal], "copy", "fr", DAY)["text"]
    for part in ("The archive does not say.", "The nearest passages:", "The bridge opened. [1]"):
        assert part in text
    assert "Sources\n[1] Example Courier, Ada Reeve, 14 janvier 2025" in text


def test_versions_that_differ_stand_under_what_they_differ_in() -> None:
    versions = (Version("Ten came.", (1,)), Version("Twenty came.", (2,)))
    made = document([answered(disagreements=(Disagreement("guests", versions),))], "en", DAY)
    said = [(line.text, line.notes) for line in made.lines]
    at = said.index(("The sources give different figures: guests", ()))
    assert said[at + 1 : at + 3] == [("Ten came.", (1,)), ("Twenty came.", (2,))]


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
@pytest.mark.parametrize(("form", "suffix"), [("markdown", ".md"), ("page", ".html")])
def test_a_file_is_named_by_its_day_and_first_question(
    language: str, form: str, suffix: str
) -> None:
    asked = answered(question="Où est « l’été » / ../../etc?")
    name = exported([asked], form, language, DAY)["name"]
    assert name == f"2025-02-03-où-est-l-été-etc{suffix}"


def test_there_is_no_other_format() -> None:
    with pytest.raises(ValueError, match="expected copy, markdown or page; found 'pdf'"):
        exported([answered()], "pdf", "en", DAY)


def test_each_number_on_the_page_leads_to_its_source_and_back() -> None:
    html = exported([answered(), answered()], "page", "en", DAY)["text"]
    ids = re.findall(r' id="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    assert {link for link in re.findall(r'href="#([^"]*)"', html)} == set(ids)
    assert "#" not in exported([answered()], "copy", "en", DAY)["html"]


def hostile(odd: str = "") -> Answer:
    text = f"{HOSTILE}{odd}"
    article = replace(COURIER, title=text, text=text, publisher=text, author=text, language="en")
    article = replace(article, url="javascript:alert(1)")
    return answered(
        question=text,
        standalone_question=f"{text}?",
        note=text,
        statements=(Statement(text, (1,), Verdict.VERBATIM, text),),
        citations=(cited(1, article, 0, len(text)),),
        disagreements=(Disagreement(text, (Version(text, (1,)),)),),
    )


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.links: set[str | None] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.links |= {value for name, value in attrs if name in ("href", "src")}
        assert not any(name.startswith("on") for name, _ in attrs)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_hostile_text_does_nothing_on_the_page(odd: str) -> None:
    tags = Tags(exported([hostile(odd)], "page", "en", DAY)["text"])
    assert not tags.seen & {"img", "script", "b", "iframe"}
    assert all(link and link.startswith("#") for link in tags.links)


# What a line of an article may be: anything that begins some markup is in it.
_words = st.text(st.sampled_from("ab 1.)#>-+*=_`~[]()<>!|\\&;:$\"'é📚"), min_size=1, max_size=30)


@given(_words.filter(str.strip))
def test_what_is_quoted_is_no_markup_in_markdown(said: str) -> None:
    quote = " ".join(said.split())
    article = replace(COURIER, text=quote)
    answer = answered(
        statements=(Statement(quote, (1,), Verdict.VERBATIM),),
        citations=(cited(1, article, 0, len(quote)),),
    )
    text = exported([answer], "markdown", "en", DAY)["text"]
    html = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    (quoted,) = re.findall(r"<blockquote>\s*<p>(.*?)</p>\s*</blockquote>", html, re.S)
    assert unescape(quoted) == f"{quote}[^1]"


def test_hostile_text_does_nothing_in_markdown() -> None:
    text = exported([hostile()], "markdown", "en", DAY)["text"]
    tags = Tags(MarkdownIt("commonmark").render(text))
    assert tags.seen <= {"h1", "h2", "p", "blockquote", "em", "strong", "a"}
    assert tags.links == set()
