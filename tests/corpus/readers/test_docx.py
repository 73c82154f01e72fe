"""Word documents: the text as Word shows it, and no harm from files that are none."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.readers import Draft, format_of, package
from corpus.readers.docx import FORMAT, read

PATH = Path("story.docx")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def saved(document: Document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def draft_of(*elements: str) -> Draft:
    """What is read from a document with these elements."""
    document = docx.Document()
    for element in parse_xml(f"<w:body {W} {MC}>{''.join(elements)}</w:body>"):
        document.element.body.append(element)
    return read(PATH, saved(document))


def changed(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The file with every part changed, or left out where the change gives None."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return file.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(PATH, data)
    assert "\n" not in str(caught.value)
    return caught.value.reason


@pytest.fixture
def story() -> Document:
    document = docx.Document()
    document.add_heading("The harbour wall", 0)
    document.add_paragraph("The council met on Tuesday.")
    return document


# Text


def test_headings_paragraphs_and_items_are_paragraphs(story: Document) -> None:
    story.add_heading("What comes next", 2)
    story.add_paragraph("A survey", style="List Bullet")
    story.add_paragraph("A vote", style="List Number")
    story.add_paragraph("  ")
    assert read(PATH, saved(story)).text.split("\n\n") == [
        "The harbour wall", "The council met on Tuesday.", "What comes next", "A survey", "A vote",
    ]  # fmt: skip


def test_a_table_is_read_row_by_row_where_it_stands(story: Document) -> None:
    table = story.add_table(2, 2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells), ["Year", "Floods", "2019", "5"],
        strict=True,
    ):  # fmt: skip
        cell.text = text
    story.add_paragraph("After it.")
    assert read(PATH, saved(story)).text.split("\n\n")[2:] == [
        "Year | Floods", "2019 | 5", "After it.",
    ]  # fmt: skip


def test_a_table_of_one_cell_is_a_box_around_paragraphs(story: Document) -> None:
    cell = story.add_table(1, 1).cell(0, 0)
    cell.text = "Background"
    cell.add_paragraph("It began in 2019.")
    assert read(PATH, saved(story)).text.endswith("\n\nBackground\n\nIt began in 2019.")


def test_headers_and_footers_are_left_out(story: Document) -> None:
    story.sections[0].header.paragraphs[0].text = "The Courier"
    story.sections[0].footer.paragraphs[0].text = "Page 1"
    text = read(PATH, saved(story)).text
    assert "Courier" not in text
    assert "Page" not in text


def test_tracked_changes_are_accepted() -> None:
    draft = draft_of(
        "<w:p><w:r><w:t>It will cost </w:t></w:r><w:del><w:r><w:delText>two</w:delText></w:r>"
        "</w:del><w:ins><w:r><w:t>three</w:t></w:r></w:ins><w:r><w:t> million</w:t></w:r>"
        "<w:moveFrom><w:r><w:t> euros</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t> dollars</w:t></w:r></w:moveTo></w:p>"
    )
    assert draft.text == "It will cost three million dollars"


def test_a_deleted_paragraph_break_joins_and_a_deleted_row_goes() -> None:
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    draft = draft_of(
        f"<w:p>{mark}<w:r><w:t>One sentence, </w:t></w:r></w:p>",
        "<w:p><w:r><w:t>in two.</w:t></w:r></w:p>",
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>Gone</w:t></w:r></w:p></w:tc>"
        "</w:tr><w:tr><w:tc><w:p><w:r><w:t>Kept</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    )
    assert draft.text == "One sentence, in two.\n\nKept"


def test_links_fields_and_controls_keep_their_text_and_hidden_text_goes() -> None:
    draft = draft_of(
        "<w:p><w:hyperlink><w:r><w:t>The report</w:t></w:r></w:hyperlink>"
        '<w:fldSimple w:instr="DATE"><w:r><w:t>, of May,</w:t></w:r></w:fldSimple>'
        "<w:r><w:instrText>SECRET</w:instrText></w:r>"
        "<w:sdt><w:sdtContent><w:r><w:t> is out.</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Note to self</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> Shown.</w:t></w:r></w:p>',
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Within.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    )
    assert draft.text == "The report, of May, is out. Shown.\n\nWithin."


def test_breaks_tabs_and_hyphens_are_characters() -> None:
    draft = draft_of(
        "<w:p><w:r><w:t>One</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t>"
        "<w:noBreakHyphen/><w:t>four</w:t><w:softHyphen/><w:t>five</w:t></w:r></w:p>"
    )
    assert draft.text == "One\ntwo\tthree-fourfive"


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Boxed.</w:t></w:r></w:p></w:txbxContent>"
    draft = draft_of(
        "<w:p><w:r><w:t>Before</w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t> and after.</w:t></w:r></w:p>"
    )
    assert draft.text == "Before and after.\n\nBoxed."


def test_notes_come_last(story: Document) -> None:
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>---</w:t></w:r>'
        '</w:p></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>See the minutes.</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"

    def with_notes(name: str, part: bytes) -> bytes:
        link = f'<Relationship Id="n" Type="{kind}" Target="styles2.xml"/></Relationships>'
        if name == "word/_rels/document.xml.rels":
            return part.replace(b"</Relationships>", link.encode())
        return part

    file = BytesIO(changed(saved(story), with_notes))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/styles2.xml", notes)
    assert read(PATH, file.getvalue()).text.endswith("\n\nSee the minutes.")


# Metadata


def test_properties_state_title_author_and_language_but_no_dates() -> None:
    document = docx.Document()
    document.add_paragraph("The council met.")
    properties = document.core_properties
    properties.title, properties.author, properties.language = "The wall", "Ann Author", "en-GB"
    assert read(PATH, saved(document)).hints == {
        "title": "The wall", "author": "Ann Author", "language": "en",
    }  # fmt: skip


def test_the_printed_title_goes_before_the_property(story: Document) -> None:
    story.core_properties.title = "Template of 2019"
    assert read(PATH, saved(story)).hints == {"title": "The harbour wall"}


@pytest.mark.parametrize(
    ("title", "author"),
    [
        ("Microsoft Word - wall_v3_FINAL.doc", "Administrator"),
        ("wall.docx", "user"),
        ("Untitled-1", "Windows User"),
        ("Word Document", "python-docx"),
        ("", ""),
    ],
)
def test_what_programs_fill_in_is_no_title_and_no_author(title: str, author: str) -> None:
    document = docx.Document()
    document.add_paragraph("The council met.")
    document.core_properties.title = title
    document.core_properties.author = author
    assert read(PATH, saved(document)).metadata == {}


def test_a_document_without_properties_states_nothing(story: Document) -> None:
    def without(name: str, part: bytes) -> bytes | None:
        if name == "_rels/.rels":
            return part.replace(b"core-properties", b"other-properties")
        return None if name == "docProps/core.xml" else part

    data = changed(saved(docx.Document()), without)
    assert refusal(data).startswith("holds no text")
    draft = read(PATH, changed(saved(story), lambda name, part: (
        part.replace(b"core-properties+xml", b"x+xml") if "Types" in name else part)))  # fmt: skip
    assert draft.hints == {"title": "The harbour wall"}


# Recognition


def test_a_document_is_recognised_under_any_name(story: Document, tmp_path: Path) -> None:
    path = tmp_path / "story.bin"
    path.write_bytes(saved(story))
    assert format_of(path) is FORMAT
    path.write_bytes(b"PK\3\4" + b"\0" * 60 + b"word of a zip")
    with pytest.raises(UnreadableFile, match="expected one of"):
        format_of(path)


def zipped(*names: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return file.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (OLE, "is protected by a password or an old .doc file; save it as DOCX without"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "is protected by a password; save it as"),
        (b"{\\rtf1 Hello}", "is an RTF file; save it as DOCX"),
        (b"<html>", "is not a DOCX (a zip of XML) but another kind of file; save it as DOCX"),
        (zipped("xl/workbook.xml"), "is an Excel workbook; export its table as CSV"),
        (zipped("ppt/presentation.xml"), "is a PowerPoint presentation; export its text"),
        (zipped("mimetype", "content.xml"), "is an OpenDocument file; save it as DOCX"),
        (zipped("META-INF/container.xml"), "is an EPUB book; export its chapters"),
        (zipped("photo.jpg"), "is a zip, not a DOCX; unpack it first"),
        (zipped("word/document.xml"), "is damaged or no Word document"),
        (b"PK\3\4" + b"x" * 100, "is damaged or cut off"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_another_kind_of_file_is_named(data: bytes, said: str) -> None:
    assert refusal(data).startswith(said)


def test_the_strict_format_is_named(story: Document) -> None:
    transitional = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    strict = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    data = changed(saved(story), lambda _, part: part.replace(transitional, strict))
    assert refusal(data) == "is in Word's strict format; save it as an ordinary DOCX"


# Hostile files


def bomb(megabytes: int) -> bytes:
    def grown(name: str, part: bytes) -> bytes:
        return part + b" " * megabytes * 1_000_000 if name == "word/document.xml" else part

    return changed(saved(docx.Document()), grown)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    data = bomb(60)
    assert len(data) < 200_000
    assert refusal(data).startswith("unpacks to more than 50,000,000 bytes of XML")


def test_a_bomb_whose_directory_lies_is_refused_too() -> None:
    data = bomb(60)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        size = archive.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    assert data.count(size) == 2  # in the part's header and in the directory
    assert refusal(data.replace(size, (5000).to_bytes(4, "little"))).startswith("is damaged")


def test_large_parts_add_up(monkeypatch: pytest.MonkeyPatch, story: Document) -> None:
    data = saved(story)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        sizes = [part.file_size for part in archive.infolist() if part.filename.endswith(".xml")]
    monkeypatch.setattr(package, "MOST_XML", max(sizes) + 1)
    assert refusal(data).startswith("unpacks to more than")


def test_a_document_of_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_PARTS", 5)
    assert "more than 5" in refusal(zipped(*(f"word/{n}.xml" for n in range(6))))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["word/document.xml", "_rels/.rels", "docProps/core.xml"])
def test_entities_are_refused(story: Document, encoding: str, part: str) -> None:
    def with_entity(name: str, xml: bytes) -> bytes:
        if name != part:
            return xml
        start = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        rest = xml.decode().partition("?>")[2]
        return f'<?xml version="1.0" encoding="{encoding}"?>{start}{rest}'.encode(encoding)

    assert refusal(changed(saved(story), with_entity)).startswith(f"declares entities in '{part}'")


def test_a_picture_that_word_lost_is_no_damage(story: Document) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    link = f'<Relationship Id="p" Type="{kind}" Target="NULL"/></Relationships>'.encode()

    def with_link(name: str, part: bytes) -> bytes:
        return part.replace(b"</Relationships>", link) if "document.xml.rels" in name else part

    assert read(PATH, changed(saved(story), with_link)).text.startswith("The harbour wall")


def test_pictures_are_not_unpacked(story: Document) -> None:
    file = BytesIO(saved(story))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image1.png", b"\0" * 100_000_000)
    assert read(PATH, file.getvalue()).text.startswith("The harbour wall")


def test_a_compression_that_asks_for_gigabytes_is_refused() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refusal(file.getvalue()).startswith("is compressed in a way")


@settings(max_examples=60)
@given(st.randoms(use_true_random=False))
def test_a_damaged_document_is_read_or_refused(chance: random.Random) -> None:
    document = docx.Document()
    document.add_heading("The wall", 0)
    document.add_table(1, 2).cell(0, 1).text = "5"
    data = bytearray(saved(document))
    for _ in range(chance.randint(1, 5)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if chance.random() < 0.3:
        del data[chance.randrange(len(data)) :]
    read_or_refuse(bytes(data))


@settings(max_examples=60)
@given(st.randoms(use_true_random=False))
def test_a_document_of_damaged_xml_is_read_or_refused(chance: random.Random) -> None:
    """Damage in a zip is mostly found by its checksums, so that XML is damaged by itself."""
    document = docx.Document()
    document.add_heading("The wall", 0)
    document.add_table(1, 2).cell(0, 1).text = "5"

    def damaged(name: str, part: bytes) -> bytes | None:
        if chance.random() < 0.7 or not name.endswith((".xml", ".rels")):
            return part
        if chance.random() < 0.1:
            return None
        tags = part.split(b"<")
        position = chance.randrange(len(tags))
        tags[position : position + chance.randint(0, 2)] = [chance.choice(tags)]
        return b"<".join(tags)

    read_or_refuse(changed(saved(document), damaged))


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\3\4", b"PK\5\6", OLE]))
def test_any_bytes_are_refused(data: bytes, start: bytes) -> None:
    assert refusal(start + data)


def read_or_refuse(data: bytes) -> None:
    try:
        said = read(PATH, data).text
    except UnreadableFile as error:
        said = "" if "\n" in error.reason else error.reason
    assert said.strip()
