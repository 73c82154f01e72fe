"""PDF: the text as it was written, before a printer broke it into lines and pages."""

from __future__ import annotations

import logging
import random
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from corpus.errors import UnreadableFile
from corpus.readers import format_of, pdf
from corpus.readers.pdf import FORMAT, read
from tests.corpus.readers.pdf_writer import TOP, At, column, write

PATH = Path("story.pdf")


def text_of(*pages: list[At]) -> list[str]:
    """The paragraphs of these pages."""
    return read(PATH, write(pages)).text.split("\n\n")


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(PATH, data)
    assert "\n" not in str(caught.value)
    return caught.value.reason


# Paragraphs


FIRST = [
    "The council met on Tuesday in the old town hall",
    "and put off its vote on the harbour wall,",
    "since a report had come too late.",
]
SECOND = [
    "Joan Pickering, who keeps two boats there, said",
    "that she had waited for the wall since 2019",
    "and would wait no longer than the spring.",
]
WHOLE = [" ".join(FIRST), " ".join(SECOND)]


def test_the_lines_of_a_paragraph_are_joined() -> None:
    assert text_of(column(FIRST)) == WHOLE[:1]


def test_a_gap_divides_paragraphs() -> None:
    assert text_of(column([*FIRST, "", *SECOND])) == WHOLE


def test_an_indent_divides_paragraphs() -> None:
    assert text_of(column(["  " + FIRST[0], *FIRST[1:], "  " + SECOND[0], *SECOND[1:]])) == WHOLE


def test_a_sentence_that_ends_before_the_line_does_divides_paragraphs() -> None:
    assert text_of(column([*FIRST, *SECOND])) == WHOLE


def test_a_headline_stands_alone() -> None:
    headline = [At("A wall too late", y=TOP + 40, size=24)]
    assert text_of([*headline, *column(FIRST)]) == ["A wall too late", *WHOLE[:1]]


def test_a_bold_heading_of_the_same_size_stands_alone() -> None:
    lines = column([*FIRST, "The long wait for it", *SECOND])
    bold = [At(line.text, line.x, line.y, font="F2") if "long wait" in line.text else line
            for line in lines]  # fmt: skip
    assert text_of(bold) == [WHOLE[0], "The long wait for it", WHOLE[1]]


def test_items_of_a_list_stand_alone_with_their_wrapped_lines() -> None:
    lines = [
        At("1. A survey of the harbour which is to"),
        At("come in May", x=86, y=TOP - 12),
        At("2. A vote of the council", y=TOP - 24),
        At("- A last word", y=TOP - 36),
    ]
    assert text_of(lines) == [
        "1. A survey of the harbour which is to come in May",
        "2. A vote of the council",
        "- A last word",
    ]


def test_columns_are_read_one_after_the_other() -> None:
    left = column([*FIRST[:2]], x=72)
    right = column([FIRST[2], *SECOND], x=320)
    assert text_of([*left, *right]) == WHOLE


def test_a_sentence_goes_on_behind_a_picture() -> None:
    assert text_of([*column(FIRST[:1]), *column(FIRST[1:], y=TOP - 200)]) == WHOLE[:1]


def test_a_paragraph_goes_on_over_the_page() -> None:
    assert text_of(column([*FIRST, "", SECOND[0]]), column(SECOND[1:])) == WHOLE


def test_a_drop_cap_belongs_to_its_word() -> None:
    cap = [At("T", size=40, y=TOP - 24)]
    assert text_of([*cap, *column(["he council met on Tuesday.", "It was late."], x=100)]) == [
        "The council met on Tuesday. It was late."
    ]


def test_a_page_that_lies_on_its_side_is_read_alike() -> None:
    drawing = b"\n".join(
        b"BT /F1 10 Tf 0 1 -1 0 %d 72 Tm (%s) Tj ET" % (100 + 12 * number, line.encode())
        for number, line in enumerate([*FIRST, *SECOND])
    )
    assert read(PATH, write([drawing])).text.split("\n\n") == WHOLE


def test_headings_in_the_letters_of_the_text_are_told_by_the_indent_behind_them() -> None:
    """Each paragraph is indented, so that the second of two indents is a border as well."""
    heading = "  A long heading that nearly fills its line"
    lines = ["  " + FIRST[0], *FIRST[1:], heading, "  " + SECOND[0], *SECOND[1:]]
    assert text_of(column(lines)) == [WHOLE[0], heading.strip(), WHOLE[1]]


# Words


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["The harbour was pro-", "tected by a wall."], "The harbour was protected by a wall."),
        (["The Franco-", "Italian talks failed."], "The Franco-Italian talks failed."),
        (["It is a mother-in-", "law of the mayor."], "It is a mother-in-law of the mayor."),
        (["An e-", "mail was sent to all."], "An e-mail was sent to all."),
        (["The 10-", "year plan was dropped."], "The 10-year plan was dropped."),
        (["It ran 2019–", "2025 in all."], "It ran 2019–2025 in all."),
        (["Il faut partir, dit-", "il au conseil."], "Il faut partir, dit-il au conseil."),
        (["A well-known man is well-", "known to all."], "A well-known man is well-known to all."),
        (["The wall –", "if it comes – is late."], "The wall – if it comes – is late."),
        (["The har\u00ad", "bour was closed."], "The harbour was closed."),
        (["The ﬁrst oﬃcer was oﬀ", "duty at ten."], "The first officer was off duty at ten."),
    ],
)  # fmt: skip
def test_a_broken_word_is_mended_and_a_hyphen_kept(lines: list[str], text: str) -> None:
    assert text_of(column(lines)) == [text]


# Running heads


def test_running_heads_and_page_numbers_go() -> None:
    def page(number: int, lines: list[str]) -> list[At]:
        name = "The Eastmere Courier" if number % 2 else "14 January 2025"
        return [At(name, y=770), *column(lines), At(f"Page {number} of 4", x=280, y=30)]

    bodies = [FIRST, SECOND, ["A third page."], ["A fourth page."]]
    assert text_of(*(page(number, body) for number, body in enumerate(bodies, start=1))) == [
        *WHOLE, "A third page.", "A fourth page.",
    ]  # fmt: skip


def test_what_differs_in_more_than_the_number_of_the_page_stays() -> None:
    pages = [
        [At("Floods in 2019: 5", y=770), *column(FIRST)],
        [At("Floods in 2025: 9", y=770), *column(SECOND)],
    ]
    assert text_of(*pages) == ["Floods in 2019: 5", WHOLE[0], "Floods in 2025: 9", WHOLE[1]]


@pytest.mark.parametrize("mark", ["Page 1", "page 1 of 1", "Seite 1 von 1", "1/1"])
def test_a_single_page_loses_a_number_that_is_plainly_its_own(mark: str) -> None:
    assert text_of([*column(FIRST), At(mark, y=30)]) == WHOLE[:1]
    assert text_of([*column(FIRST), At("Page 7", y=30)]) == [WHOLE[0], "Page 7"]


def test_a_line_that_comes_back_within_the_text_stays() -> None:
    body = [f"Line {'abcdefghij'[n]} of the text." for n in range(10)]
    body[5] = "No comment."
    other = [line.replace("text", "page") for line in body]
    text = " ".join(text_of(column(body), column(other)))
    assert text.count("No comment.") == 2


def test_pages_that_all_say_the_same_are_not_emptied() -> None:
    assert text_of(column(["Closed."]), column(["Closed."])) == ["Closed.", "Closed."]


# Metadata


def test_the_document_information_states_title_and_author_but_no_date() -> None:
    data = write(
        [column(FIRST)],
        info="/Title (The wall) /Author (Ann Author) /CreationDate (D:20250114103000+01'00')",
        catalog="/Lang (en-GB)",
    )
    assert read(PATH, data).hints == {
        "title": "The wall", "author": "Ann Author", "language": "en",
    }  # fmt: skip


XMP = """<rdf:Description rdf:about="uuid:1" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:prism="http://prismstandard.org/namespaces/basic/2.1/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreateDate="2024-12-24T10:00:00+01:00"
  prism:publicationName="The Courier"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">The wall
  </rdf:li><rdf:li xml:lang="fr">Le mur</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq>
  <rdf:li>Ann Author</rdf:li><rdf:li>Bo Writer</rdf:li></rdf:Seq></dc:creator>
  <prism:publicationDate>2025-01-14T23:30:00+01:00</prism:publicationDate>
  <prism:embargoDate>2025-01-15</prism:embargoDate></rdf:Description>"""


def test_xmp_states_when_and_where_it_was_published() -> None:
    data = write([column(FIRST)], info="/Title (wall_v3.indd) /Author (admin)", xmp=XMP)
    assert read(PATH, data).hints == {
        "title": "The wall", "author": "Ann Author, Bo Writer", "publisher": "The Courier",
        "published": "2025-01-14T23:30:00+01:00", "embargo_until": "2025-01-15",
    }  # fmt: skip


def test_damaged_xmp_is_told_and_the_rest_is_read(caplog: pytest.LogCaptureFixture) -> None:
    data = write([column(FIRST)], info="/Title (The wall)", xmp="<rdf:Description>")
    assert read(PATH, data).hints == {"title": "The wall"}
    assert "its XMP metadata cannot be read" in caplog.text


def test_entities_in_xmp_are_not_expanded(caplog: pytest.LogCaptureFixture) -> None:
    data = write([column(FIRST)], xmp=XMP).replace(b"<x:xmpmeta ", b'<!DOCTYPE x [<!ENTITY e "E">]>'
                                                   b"<x:xmpmeta ")  # fmt: skip
    assert "title" not in read(PATH, data).hints
    assert "its XMP metadata cannot be read" in caplog.text


@pytest.mark.parametrize("title", ["Microsoft Word - wall.doc", "wall.indd", "Untitled", ""])
def test_the_name_of_a_file_is_no_title(title: str) -> None:
    assert read(PATH, write([column(FIRST)], info=f"/Title ({title})")).hints == {}


# Recognition


@pytest.mark.parametrize(
    "junk", [b"", b"\xef\xbb\xbf", b"\r\n", b"\x1b%-12345X@PJL\r\n", b"\0" * 128]
)
def test_a_pdf_is_recognised_behind_what_was_put_before_it(tmp_path: Path, junk: bytes) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(junk + write([column(FIRST)]))
    assert format_of(path) is FORMAT
    assert read(path, path.read_bytes()).text == WHOLE[0]


def test_a_text_about_pdf_is_no_pdf(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("The first bytes of a PDF are %PDF-1.4, experts say.")
    assert format_of(path) is not FORMAT


# Files that cannot be read


def encrypted(user: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(write([column(FIRST)]))))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def test_a_file_that_anyone_may_open_is_read_though_encrypted() -> None:
    assert read(PATH, encrypted("")).text == WHOLE[0]


def test_a_file_with_a_password_is_named() -> None:
    assert refusal(encrypted("secret")) == (
        "is protected by a password; save a copy without it (qpdf --decrypt IN OUT)"
    )


GOOD = write([column(FIRST), column(SECOND)])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (write([b"", b"q Q"]), "holds no text on its 2 pages; if it is a scan, run OCR first"),
        (write([]), "has no pages; get the file again"),
        (write([column(FIRST)], kids="2 0 R"), "is damaged or cut off (Detected cyclic page"),
        (b"<html>Not found</html>", "is not a PDF, which begins with %PDF-; what is it?"),
        (b"%PDF-1.4\n", "is damaged or cut off"),
        (GOOD.replace(b"/FlateDecode", b"/Fl         "), "is damaged or cut off (The filter name"),
        (GOOD[:400], "is damaged or cut off"),
        (b"%PDF-1.4\n" + b"1 0 obj\n" * 10_000, "is damaged or cut off"),
        (b"%PDF-1.4\nxref\n0 0\ntrailer <</Prev 9 /Size 1>>\nstartxref\n9\n%%EOF",
         "is damaged or cut off (Cannot find Root object in pdf)"),
        (write([b"[" * 100_000]), "is damaged or cut off"),
        (write([b"BT /F1 10 Tf (x) Tj ET" + b" " * 60_000_000]),
         "is larger inside than is safe to read (Limit reached while decompressing"),
        (write([b"q Q " * 600_000]), "is larger inside than is safe to read (Reached maximum numb"),
        (write([column(FIRST)], kids="7 0 R " * 20_000), "has 20,000 pages; divide it into"),
        (write([b"BT /F1 10 Tf <0405060708> Tj ET"]), "has fonts that do not say which letters"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_bad_pdf_is_one_line_that_says_what_to_do(
    data: bytes, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert refusal(data).startswith(said)
    assert capfd.readouterr() == ("", "")


def test_an_hour_of_drawing_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_SECONDS", 0.2)
    data = write([b"BT /F1 10 Tf 10 TL " + b"(x) Tj T* " * 100_000 + b"ET"])
    assert refusal(data).startswith("takes more than 0 s of computing; divide it into articles")


def test_a_text_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_TEXT", 100)
    assert refusal(GOOD).startswith("holds more than 100 characters; divide it into articles")


def test_a_page_without_text_among_others_is_told(caplog: pytest.LogCaptureFixture) -> None:
    assert read(PATH, write([column(FIRST), b"", b""])).text == WHOLE[0]
    assert "story.pdf: no text on 2 of 3 pages (2, 3)" in caplog.text


def test_the_repairs_of_the_parser_are_not_told(capfd: pytest.CaptureFixture[str]) -> None:
    data = GOOD.replace(b"startxref\n", b"startxref\n9")
    assert read(PATH, data).text
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("pypdf").level == logging.NOTSET


def test_letters_without_size_are_read() -> None:
    hidden = b"BT /F1 0 Tf 72 700 Td (One line,) Tj 0 -20 Td (Two.) Tj ET"
    assert "One line," in read(PATH, write([hidden, column(FIRST)])).text


# Any input


@settings(max_examples=100)
@given(st.randoms(use_true_random=False))
def test_a_damaged_pdf_is_read_or_refused(chance: random.Random) -> None:
    data = bytearray(write([column(FIRST)], info="/Title (The wall)", xmp=XMP))
    for _ in range(chance.randint(1, 6)):
        position, other = chance.randrange(len(data)), chance.randrange(len(data))
        length = chance.randint(0, 20)
        data[position : position + length] = chance.choice(
            [chance.randbytes(1), b"<<", b"]", b"2 0 R", b"-1", b"", bytes(data[other : other + 9])]
        )
    if chance.random() < 0.2:
        del data[chance.randrange(len(data)) :]
    read_or_refuse(bytes(data))


@settings(max_examples=100)
@given(
    st.lists(
        st.sampled_from(
            [b"BT", b"ET", b"(x)", b"Tj", b"TJ", b"[", b"]", b"/F1", b"9", b"0", b"-1e9", b"Tf",
             b"Tm", b"1 0 0 1 72 700", b"0 0 0 0 0 0", b"Td", b"T*", b"q", b"Q", b"cm", b"Do",
             b"'", b'"', b"<<", b">>", b"(", b"<", b"(\xfe\xff\xd8\x00)", b"9" * 320,
             b"9" * 320 + b".5", b"/F1 0 Tf", b"/F1 9 Tf", b"ET BT", b"0 -12 Td (Line) Tj"]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_any_drawing_is_read_or_refused(signs: list[bytes]) -> None:
    read_or_refuse(write([b" ".join(signs), column(FIRST)]))


@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.7\n", b"\0%PDF-1.1"]))
def test_any_bytes_are_refused(data: bytes, start: bytes) -> None:
    assert refusal(start + data)


def read_or_refuse(data: bytes) -> None:
    try:
        said = read(PATH, data).text
    except UnreadableFile as error:
        said = "" if "\n" in error.reason else error.reason
    assert said.strip()
