"""The source panel: the marked text is the quote, to the character."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article
from qa.web.source import source_missing, source_panel

ARTICLE = Article(
    id="00000000000000aa",
    title="A <b>title</b>",
    text="One.",
    source="a.md",
    publisher="Example Courier",
    author="Ada Reeve",
    published="2025-01-14",
    language="en",
    url="https://www.example.org/a?b=1&c=2",
)
READABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


class Reader(HTMLParser):
    """The text of an element as a browser has it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.marked = ""
        self.links: list[dict[str, str | None]] = []
        self.tags: set[str] = set()
        self._inside = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._inside |= tag == "mark"
        if tag == "a":
            self.links.append(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        self._inside &= tag != "mark"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.marked += data


@given(before=READABLE, quote=READABLE.filter(bool), after=READABLE)
def test_the_mark_is_the_quote_to_the_character(before: str, quote: str, after: str) -> None:
    article = replace(ARTICLE, text=before + quote + after)
    html = source_panel(article, len(before), len(before) + len(quote), "en")
    assert Reader(html).marked == quote


@pytest.mark.parametrize(
    "quote",
    [
        "after an emoji",
        "👩‍👩‍👧 family",
        "cafe\u0301 noir",
        "two\n\nparagraphs",
        "a\r\nb",
        "<mark>&amp;</mark>",
        "\u202eright to left",
    ],
    ids=["astral", "joined", "combining", "paragraphs", "carriage-return", "markup", "bidi"],
)
def test_the_mark_survives(quote: str) -> None:
    text = f"📚🗞️ {quote} 🏁"
    start = text.index(quote)
    html = source_panel(replace(ARTICLE, text=text), start, start + len(quote), "en")
    assert Reader(html).marked == quote


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 5)])
def test_a_span_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no span"):
        source_panel(ARTICLE, start, end, "en")


def test_the_head_names_outlet_title_author_day_and_language() -> None:
    html = source_panel(ARTICLE, 0, 4, "fr")
    for part in ("Example Courier", "A &lt;b&gt;title&lt;/b&gt;", "Ada Reeve", "14 janvier 2025"):
        assert part in html
    assert "anglais" in html


def test_a_change_is_shown_only_where_it_came_on_another_day() -> None:
    assert "Changed" not in source_panel(replace(ARTICLE, modified="2025-01-14T09:00"), 0, 4, "en")
    assert "20 January 2025" in source_panel(replace(ARTICLE, modified="2025-01-20"), 0, 4, "en")


def test_the_link_goes_to_the_outlet_and_gives_nothing_away() -> None:
    (link,) = Reader(source_panel(ARTICLE, 0, 4, "en")).links
    assert link["href"] == ARTICLE.url
    assert link["rel"] == "noopener noreferrer"


@pytest.mark.parametrize(
    "url",
    [
        None,
        "javascript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "https:",
        "https://[",
        "a.md",
    ],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert Reader(source_panel(replace(ARTICLE, url=url), 0, 4, "en")).links == []


def test_hostile_fields_stay_text() -> None:
    bad = '"><img src=x onerror=alert(1)>'
    article = replace(
        ARTICLE,
        title=bad,
        text=bad,
        publisher=bad,
        author=bad,
        language=bad,
        url=f"https://a/{bad}",
    )
    assert "img" not in Reader(source_panel(article, 0, len(bad), "en")).tags
    assert "img" not in Reader(source_missing(bad)).tags


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Rights", "Corrected by")),
        ("fr", ("Droits", "Corrigé par")),
        ("it", ("Diritti", "Corretto da")),
    ],
)
def test_rights_and_corrections_are_shown_with_the_article(
    language: str, words: tuple[str, str]
) -> None:
    article = replace(ARTICLE, rights="© 2025 <The Courier>", corrected_by="later.md")
    html = source_panel(article, 0, 1, language)
    assert f'<dt>{words[0]}</dt><dd dir="auto">© 2025 &lt;The Courier&gt;</dd>' in html
    assert f'<dt>{words[1]}</dt><dd dir="auto">later.md</dd>' in html
