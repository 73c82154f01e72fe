"""NITF: the text of the body, and what head and body say about it."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest

from corpus.errors import Withdrawn
from corpus.reading import FoundArticle, read_articles
from tests.corpus.readers.wires import ITALIAN_TEXT, nitf, read_all, read_one, refusal


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "story.xml"


def body(inner: str, head: str = "", end: str = "") -> str:
    return (
        f"<body><body.head>{head}</body.head><body.content>{inner}</body.content>"
        f"<body.end>{end}</body.end></body>"
    )


def metadata(file: Path, *, head: str = "", of_body: str = "") -> dict[str, str]:
    document = nitf(head=f"<head>{head}</head>", body=body("<p>Il testo.</p>", of_body))
    return dict(read_one(file, document).metadata)


def test_a_story_is_read_in_order_without_captions_abstract_and_byline(file: Path) -> None:
    assert read_one(file, nitf()).text == ITALIAN_TEXT


def test_a_story_states_who_when_where_and_on_what_terms(file: Path) -> None:
    assert read_one(file, nitf()).metadata == {
        "title": "Il ponte di Lungariva chiude per lavori",
        "publisher": "Corriere della Riva",
        "author": "Carla Bonetti",
        "published": "2025-01-15",
        "modified": "2025-01-14T12:00:00+01:00",
        "language": "it",
        "url": "https://corriere-riva.example/ponte",
        "section": "Cronaca di Riva",
        "rights": "© 2025 Corriere della Riva; Foto Ida Sala",
        "embargo_until": "2025-01-14T18:00:00+01:00",
        "corrects": "COR-2025-0113-07",
    }


def test_what_a_story_does_not_state_stays_unknown(file: Path) -> None:
    """The dates on the root are those of the standard, not of the story."""
    assert metadata(file) == {}


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ("<title>Il ponte</title>", "title", "Il ponte"),
        (
            '<docdata><date.issue norm="20250114T103000Z"/></docdata>',
            "published",
            "2025-01-14T10:30:00+00:00",
        ),
        ('<docdata><date.issue norm="20250114"/></docdata>', "published", "2025-01-14"),
        ('<docdata><date.issue norm="January"/></docdata>', "published", None),
        (
            '<pubdata name="Prima"/><pubdata name="Seconda" date.publication="20250116"/>',
            "published",
            "2025-01-16",
        ),
        ('<docdata><date.expire norm="20250121"/></docdata>', "embargo_until", None),
        ('<pubdata ex-ref="page 4"/>', "url", None),
        (
            '<tobject><tobject.subject tobject.subject.type="Sport"/></tobject>',
            "section",
            "Sport",
        ),
        (
            '<docdata><doc.rights owner="Foto Riva" limitations="solo stampa"/></docdata>',
            "rights",
            "Foto Riva; solo stampa",
        ),
        ('<docdata><doc.copyright year="2025"/></docdata>', "rights", None),
        ('<docdata><correction info="un refuso"/></docdata>', "corrects", None),
    ],
)
def test_the_head_is_taken_where_it_states_something(
    file: Path, head: str, field: str, value: str | None
) -> None:
    assert metadata(file, head=head).get(field) == value


@pytest.mark.parametrize(
    ("of_body", "field", "value"),
    [
        ("<byline>By Ann Hale and Rui Sá</byline>", "author", "Ann Hale and Rui Sá"),
        ("<byline>By Ann Hale, <byttl>Staff Writer</byttl></byline>", "author", "Ann Hale"),
        (
            "<byline><person>Ann Hale</person> and <person>Rui Sá</person></byline>",
            "author",
            "Ann Hale, Rui Sá",
        ),
        ("<byline><byttl>Sports desk</byttl></byline>", "author", None),
        ("<distributor><org>Agenzia Riva</org></distributor>", "publisher", "Agenzia Riva"),
        (
            "<rights>© <rights.owner>Agenzia Riva</rights.owner></rights>",
            "rights",
            "© Agenzia Riva",
        ),
        ('<note noteclass="cpyrt"><p>© Riva</p></note>', "rights", "© Riva"),
        ('<note noteclass="editorsnote"><p>Non usare.</p></note>', "rights", None),
    ],
)
def test_the_head_of_the_body_is_taken_where_it_states_something(
    file: Path, of_body: str, field: str, value: str | None
) -> None:
    assert metadata(file, of_body=of_body).get(field) == value


def test_a_byline_can_stand_at_the_end(file: Path) -> None:
    document = nitf(head="", body=body("<p>Il testo.</p>", end="<tagline>di Ida Sala</tagline>"))
    draft = read_one(file, document)
    assert draft.metadata["author"] == "Ida Sala"
    assert draft.text == "Il testo."


def test_a_release_that_is_no_date_is_refused(file: Path) -> None:
    head = '<head><docdata><date.release norm="domani"/></docdata></head>'
    assert "embargo_until 'domani'" in refusal(file, nitf(head=head))


def managed(status: str, release: str = "") -> str:
    moment = f'<date.release norm="{release}"/>' if release else ""
    return f'<head><docdata management-status="{status}">{moment}</docdata></head>'


@pytest.mark.parametrize("status", ["withheld", "canceled", "cancelled", "Canceled", "embargoed"])
def test_a_story_that_is_not_usable_is_withdrawn(file: Path, status: str) -> None:
    (error,) = read_all(file, nitf(head=managed(status)))
    assert isinstance(error, Withdrawn)
    assert f"is {status.lower()!r} by its agency" in error.reason


def test_a_usable_story_is_read(file: Path) -> None:
    assert "embargo_until" not in read_one(file, nitf(head=managed("usable"))).metadata


def test_an_embargo_with_an_end_is_kept_until_then(file: Path) -> None:
    draft = read_one(file, nitf(head=managed("embargoed", "20250114T180000+0100")))
    assert draft.metadata["embargo_until"] == "2025-01-14T18:00:00+01:00"


def test_white_space_of_the_file_is_none_of_the_text(file: Path) -> None:
    inner = "<p>Uno\n\t   <em>due</em>\n tre<sub>2</sub>.</p>\n\n\n<p>  </p><p>Quattro</p>cinque"
    assert read_one(file, nitf(body=body(inner))).text == "Uno due tre2.\n\nQuattro\n\ncinque"


def test_a_body_in_several_parts_is_read_whole(file: Path) -> None:
    parts = "<body.content><p>Uno.</p></body.content><body.content><p>Due.</p></body.content>"
    assert read_one(file, nitf(head="", body=f"<body>{parts}</body>")).text == "Uno.\n\nDue."


def test_lines_of_preformatted_text_stay_lines(file: Path) -> None:
    inner = "<pre>Riva   2\nMonte  1</pre><p>Fine\npartita.</p>"
    assert read_one(file, nitf(body=body(inner))).text == "Riva   2\nMonte  1\n\nFine partita."


def test_spaces_around_lines_of_preformatted_text_are_none_of_it(file: Path) -> None:
    inner = "<pre>  Riva 2  \n  \n\t Monte  1 </pre>"
    assert read_one(file, nitf(body=body(inner))).text == "Riva 2\n\nMonte  1"


def test_preformatted_spaces_take_no_time(file: Path) -> None:
    inner = f"<pre>Riva{' ' * 300_000}Monte</pre>"
    started = perf_counter()
    assert read_one(file, nitf(body=body(inner))).text.endswith(" Monte")
    assert perf_counter() - started < 1


def test_cells_of_a_row_stay_on_one_line(file: Path) -> None:
    inner = "<table><tr><td><p>Nord</p><p>Est</p></td><td/><td>12\n%</td></tr></table>"
    assert read_one(file, nitf(body=body(inner))).text == "Nord Est |  | 12 %"


@pytest.mark.parametrize("inner", ["", "<media><media-caption>Il ponte.</media-caption></media>"])
def test_a_story_without_text_is_one_line(file: Path, inner: str) -> None:
    file.write_text(nitf(body=body(inner, "<hedline><hl2>Occhiello</hl2></hedline>")))
    (error,) = read_articles([(file, "story.xml")])
    assert "holds no text" in str(error)


def test_another_suffix_of_nitf_is_read_and_other_xml_under_it_is_not(tmp_path: Path) -> None:
    assert read_one(tmp_path / "story.nitf", nitf()).text == ITALIAN_TEXT
    assert "<rss>" in refusal(tmp_path / "feed.nitf", "<rss/>")


def test_a_story_becomes_an_article_whose_offsets_hold(file: Path) -> None:
    file.write_text(nitf())
    (found,) = read_articles([(file, "story.xml")])
    assert isinstance(found, FoundArticle)
    quote = "I lavori costano 2,3 milioni di euro."
    start = found.article.text.index(quote)
    assert found.article.text[start : start + len(quote)] == quote
    assert found.article.language == "it"
    assert found.origin == str(file.resolve())
