"""CSV and TSV: rows as articles, whatever the program that exported them."""

from __future__ import annotations

import csv
import io
import tracemalloc
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.readers import Draft, Record, format_of, rows


def read(
    folder: Path,
    content: bytes | str,
    columns: Mapping[str, str] | None = None,
    suffix: str = "csv",
) -> list[Draft | str]:
    """Drafts in order, errors as their reasons."""
    path = folder / f"export.{suffix}"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found: list[Draft | str] = []
    try:
        for record in format_of(path).reader(path, columns or {}):
            found.append(record.reason if isinstance(record, UnreadableFile) else drafted(record))
    except UnreadableFile as error:
        found.append(error.reason)
    return found


def drafted(record: Record) -> Draft | str:
    try:
        return record.read()
    except UnreadableFile as error:
        return error.reason


def records(path: Path) -> list[Record]:
    return [each for each in format_of(path).reader(path, {}) if isinstance(each, Record)]


# What is read


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("suffix", ["csv", "tsv"])
def test_the_delimiter_is_found_in_the_header(tmp_path: Path, delimiter: str, suffix: str) -> None:
    lines = (delimiter.join(cells) for cells in (("Title", "Text"), ("A head", "One. Two.")))
    assert read(tmp_path, "\n".join(lines), suffix=suffix) == [
        Draft("One. Two.", {"title": "A head"})
    ]


def test_the_delimiter_is_the_one_that_finds_known_columns(tmp_path: Path) -> None:
    content = "title|text|a, b, c, d\nHead|Body|x"
    assert read(tmp_path, content) == [Draft("Body", {"title": "Head"})]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_every_unicode_encoding_and_line_break_is_read(
    tmp_path: Path, encoding: str, line_break: str
) -> None:
    content = line_break.join(("text,author", "L’été à Évreux,Zoë", ""))
    assert read(tmp_path, content.encode(encoding)) == [Draft("L’été à Évreux", {"author": "Zoë"})]


def test_a_cell_in_quotes_keeps_its_lines_delimiters_and_quotes(tmp_path: Path) -> None:
    content = 'text,title\n"One, two.\n\nHe said ""no"".",Head\nThree.,"Last"\n'
    assert read(tmp_path, content) == [
        Draft('One, two.\n\nHe said "no".', {"title": "Head"}),
        Draft("Three.", {"title": "Last"}),
    ]


def test_names_of_columns_are_found_in_any_case_and_spacing(tmp_path: Path) -> None:
    content = " ID , Headline ,DATEPUBLISHED,Body \n7,Head,2025-01-14,Text."
    assert read(tmp_path, content) == [Draft("Text.", {"title": "Head", "published": "2025-01-14"})]


def test_the_user_names_the_columns(tmp_path: Path) -> None:
    content = "Hed,Title,BodyCopy,text\nThe head,Mrs,The body.,no"
    columns = {"text": "bodycopy ", "title": "Hed"}
    assert read(tmp_path, content, columns) == [Draft("The body.", {"title": "The head"})]


def test_a_named_column_is_not_replaced_by_another_where_it_is_empty(tmp_path: Path) -> None:
    assert read(tmp_path, "text,Hed,title\nBody.,,Mrs", {"title": "Hed"}) == [Draft("Body.", {})]


@pytest.mark.parametrize("padding", ["\n\n", ",,\n", " , , \n"])
def test_blank_rows_are_passed_over(tmp_path: Path, padding: str) -> None:
    content = f"text,title,author\n{padding}One.,,\n{padding}Two.,,\n{padding}"
    assert read(tmp_path, content) == [Draft("One.", {}), Draft("Two.", {})]


def test_empty_cells_behind_the_last_column_are_no_cells(tmp_path: Path) -> None:
    assert read(tmp_path, "text,title\nOne.,Head,,\n") == [Draft("One.", {"title": "Head"})]


def test_a_cell_longer_than_the_usual_limit_of_csv_is_read(tmp_path: Path) -> None:
    text = "word " * 100_000
    assert read(tmp_path, f"text,title\n{text},Head") == [Draft(text, {"title": "Head"})]


# Keys


def test_a_row_is_known_by_its_id_and_changed_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,text\n7,One.\n8,Two.\n")
    first = records(path)
    path.write_text("text,id\nOne.,7\nTwo!,8\n")
    second = records(path)
    assert [record.key for record in first] == [record.key for record in second] == ["7", "8"]
    # A column that moved changes nothing.
    assert first[0].content == second[0].content
    assert first[1].content != second[1].content


def test_a_row_without_an_id_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text\nOne.\nTwo.\n")
    first = [record.key for record in records(path)]
    path.write_text("text\nTwo.\n")
    assert [record.key for record in records(path)] == first[1:]


def test_the_user_names_the_column_of_the_ids(tmp_path: Path) -> None:
    content = "ArticleNo,text\n1,One.\n1,Two.\n"
    assert read(tmp_path, content, {"id": "ArticleNo"}) == [
        Draft("One.", {}),
        "line 3 has the id of line 2; give every article an id of its own",
    ]


# Bad rows


def test_a_bad_row_leaves_the_others(tmp_path: Path) -> None:
    content = b"\n".join(
        [b"id,title,text", b"a,Head,One.", b"b,Head", b"c,Head,Two,three", b"d,He\0ad,Four.",
         b"e,Head,\xe9t\xe9", b"f,Head,", b'g,Head,"Five" six', b"a,Head,Seven.",
         b"h,Head,Eight.", b",Head,Nine.", b",Head,Nine.", b'i,Head,"Ten.']
    )  # fmt: skip
    found = read(tmp_path, content)
    reasons = [item for item in found if isinstance(item, str)]
    assert [item.text for item in found if isinstance(item, Draft)] == ["One.", "Eight.", "Nine."]
    expected = [
        "line 3 has 2 cells, expected 3; put cells with",
        "line 4 has 4 cells, expected 3",
        "line 5 holds NUL bytes",
        "line 6 is not valid UTF-8",
        "line 7 has no text",
        "line 8: row is not valid CSV (',' expected after '\"'); double the quotation marks",
        "line 9 has the id of line 2; give every article an id of its own",
        "line 12 repeats line 11; leave one out",
        "line 13: row is not valid CSV (unexpected end of data)",
    ]
    assert len(reasons) == len(expected)
    for reason, start in zip(reasons, expected, strict=True):
        assert reason.startswith(start)


def test_an_embargo_that_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    first, second = read(tmp_path, "text,embargo\nOne.,tomorrow\nTwo.,\n")
    assert isinstance(first, str)
    assert first.startswith("line 2: embargo_until 'tomorrow' is not")
    assert second == Draft("Two.", {})


@pytest.mark.parametrize("row", ['"{},a\n', "{},a\n", '"{}\n,a\n'], ids=["open", "long", "lines"])
def test_a_row_without_end_is_cut_off_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str
) -> None:
    monkeypatch.setattr(rows, "LONGEST_ROW", 1000)
    filling = "word " * 300 if row.startswith("{") else "a line of words\n" * 100
    content = "text,title\nOne.,a\n" + row.format(filling) + "Two.,b\n"
    found = read(tmp_path, content)
    assert found[0] == Draft("One.", {"title": "a"})
    assert found[-1] == Draft("Two.", {"title": "b"})
    assert any("row longer than" in item for item in found if isinstance(item, str))


# Bad files


@pytest.mark.parametrize(
    ("content", "columns", "said"),
    [
        (b"", {}, "is empty (0 rows); nothing to index"),
        (b"\n \n", {}, "is empty (0 rows); nothing to index"),
        (b"name,price\nx,1", {}, 'has no column for the text; expected "text", "body" or "content"'
         " in its first row, found 'name', 'price'"),
        (b"text,title\nx,1", {"text": "BodyCopy"},
         "expected text in the column 'BodyCopy', found only 'text', 'title'"),
        (b"text,title\nx,1", {"title": "Hed"}, "expected title in the column 'Hed', found only"),
        (b"text,title\nx,1", {"txet": "text"}, "a column is named for the field 'txet'; expected "),
        (b"text,Text\nx,1", {}, "has two columns 'text'; rename one of them"),
        (b"PK\x03\x04\0\0", {}, "its header row holds NUL bytes"),
        (b"t\xe9xt,title\nx,y", {}, "its header row is not valid UTF-8; export it as CSV in UTF-8"),
        (b'"text\n', {}, "its header row (line 1) is not valid CSV"),
        ("text\nx".encode("utf-16") + b"\0\xd8", {}, "is not valid UTF-16; save it as UTF-8"),
        (",".join(f"c{n}" for n in range(99)).encode(), {}, "'c19' and 79 more"),
    ],
)  # fmt: skip
def test_a_bad_table_is_one_line_that_says_what_to_do(
    tmp_path: Path, content: bytes, columns: Mapping[str, str], said: str
) -> None:
    *_, reason = read(tmp_path, content, columns)
    assert isinstance(reason, str)
    assert said in reason
    assert "\n" not in reason


def test_an_archive_passes_in_the_memory_of_a_few_rows(tmp_path: Path) -> None:
    """100,000 rows with ids were measured at 11 MB, all of it the hashes of their ids."""
    path = tmp_path / "archive.csv"
    with path.open("w") as file:
        file.write("id,text\n")
        file.writelines(f"{number},{'some words ' * 200}\n" for number in range(5_000))
    assert path.stat().st_size > 10_000_000
    found = format_of(path).reader(path, {})
    list(islice(found, 10))
    tracemalloc.start()
    count = sum(isinstance(record, Record) for record in found)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 4_990
    assert peak < 1_500_000


# Any input

CELLS = st.lists(
    st.sampled_from(
        [b"text", b"title", b",", b";", b"\t", b"|", b'"', b'""', b"\n", b"\r\n", b"\r", b"\0",
         b"\xe9", b"\xef\xbb\xbf", b"\xff\xfe", b"id", b"7", b"word ", b"2025-01-14", b"=1+1"]
    ),
    max_size=40,
).map(b"".join)  # fmt: skip


@settings(max_examples=150)
@given(st.one_of(CELLS, CELLS.map(lambda cells: b"id,text,title\n" + cells), st.binary()))
@example(b"\xff\xfe")
@example(b'text\n"\n')
@example(b"text\n\xed\xa0\x80\n")
def test_any_bytes_give_rows_or_complaints(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz.csv"
    path.write_bytes(data)
    try:
        found = list(format_of(path).reader(path, {}))
    except UnreadableFile as error:
        found = [error]
    for record in found:
        if isinstance(record, UnreadableFile):
            assert "\n" not in str(record)
            str(record).encode()
    keys = [record.key for record in found if isinstance(record, Record)]
    assert len(keys) == len(set(keys))


STORABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@settings(max_examples=100)
@given(
    st.lists(st.tuples(STORABLE.filter(str.strip), STORABLE), max_size=5),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_spreadsheet_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    cells: list[tuple[str, str]],
    delimiter: str,
    encoding: str,
) -> None:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("id", "text", "title"), *((n, *row) for n, row in enumerate(cells, 1))])
    path = tmp_path_factory.getbasetemp() / "round.csv"
    path.write_bytes(written.getvalue().encode(encoding))
    found = records(path)
    assert [record.key for record in found] == [str(n) for n in range(1, len(cells) + 1)]
    assert [record.read().text for record in found] == [text for text, _ in cells]
