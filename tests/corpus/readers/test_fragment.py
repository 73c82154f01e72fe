"""Bodies of exports: HTML becomes paragraphs, anything else stays as it is."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.readers.fragment import MAX_DEPTH, plain_text

PATH = Path("export.jsonl")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One.\n<p>Two.", "One.\n\nTwo."),
        ("One.<br>Two.<br/><br />Three.", "One.\nTwo.\n\nThree."),
        ("<p>An &eacute;cluse &amp; 2 &lt; 3 &#8220;so&#8221;.</p>", "An écluse & 2 < 3 “so”."),
        ("<h2>Head</h2><ul><li>One</li><li>Two</li></ul>", "Head\n\nOne\n\nTwo"),
        ("<p>The <a href='/x'><b>old <i>grey</i></b> dam</a>.</p>", "The old grey dam."),
        ("<p>One.</p><script>var p = '<p>x</p>';</script><style>p {}</style><p>Two.</p>",
         "One.\n\nTwo."),
        ("<!-- first --><p>One<!-- a --> more.</p><?php x ?>", "One more."),
        ("<figure><img src='d.jpg'><figcaption>A dam.</figcaption></figure><p>One.</p>", "One."),
        ("<table><tr><td>One</td><td>2</td></tr></table>", "One | 2"),
        ("</div><p>One.</p></div>", "One."),
        ("<p></p>", ""), ("</p>", ""), ("<p><!--", ""), ("<P>One.</P>", "One."),
    ],
)  # fmt: skip
def test_html_becomes_its_paragraphs(body: str, text: str) -> None:
    assert plain_text(PATH, body) == text


@pytest.mark.parametrize(
    "body",
    ["One.\n\nTwo  spaces.\n", "She typed <b> and waited.", "a < b, and c > d", "<3 & you",
     "Mail <ann@quay.example>, said <Ann>.", "AT&amp;T", "x<y>z", "\x00\ud800 <i", "", "1 <p 2"],
)  # fmt: skip
def test_any_other_text_stays_as_it_is(body: str) -> None:
    assert plain_text(PATH, body) == body


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<ul><li>", "<blockquote>"])
def test_deep_nesting_is_one_line(tag: str) -> None:
    with pytest.raises(UnreadableFile, match=f"nests elements more than {MAX_DEPTH} deep") as found:
        plain_text(PATH, f"<p>{tag * 20_000}One.</b></p>")
    assert "\n" not in found.value.reason


def test_as_deep_as_news_is_nothing_is_lost() -> None:
    deep = MAX_DEPTH - 5
    assert plain_text(PATH, f"{'<div>' * deep}One.{'</div>' * deep}") == "One."


@pytest.mark.parametrize(
    "body",
    ["<p>" + "x" * 12_000_000 + "</p>", "<p>x" * 250_000, "<p>x</p>" + "<" * 1_000_000,
     "<p>x</p>" + "&" * 1_000_000, "<pre>x" + " " * 1_000_000 + "y</pre>",
     "<p>x" + "<!--" * 250_000],
    ids=["text", "paragraphs", "less", "ampersands", "spaces", "comments"],
)  # fmt: skip
def test_a_large_body_is_read_in_seconds_and_whole(body: str) -> None:
    started = perf_counter()
    text = plain_text(PATH, body)
    assert text.count("x") == body.count("x")
    assert perf_counter() - started < 10


def test_characters_that_no_parser_takes_are_left_out() -> None:
    assert plain_text(PATH, "<p>O\x00ne\ud800 \uffffmore.</p>\x0b") == "One more."


PIECES = ["<p>", "</p>", "<div>", "</b>", "<br>", "<!--", "-->", "<![CDATA[", "]]>", "<?x", "&#0;",
          "&#xD800;", "\x00", "\ud800", "<html>", "<body>", "<head>", "<frameset>", "<table>",
          "<td>",
          "<a href='", "'>", "<svg>", "<x:y>", "<p xmlns:x='", "</", "One. ", "<!doctype html>",
          "<?xml version='1.0' encoding='utf-16'?>"]  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=30).map("".join))
def test_any_body_has_a_text(body: str) -> None:
    text = plain_text(PATH, body)
    assert text == body or text == text.strip()
