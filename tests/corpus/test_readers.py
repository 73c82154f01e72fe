"""Each format: its text and the metadata that it states, however it states them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from corpus.errors import UnreadableFile
from corpus.readers import Draft, Record, format_of, jsonl
from corpus.readers.draft import language_code

Read = Callable[[str, bytes | str], list[Draft | UnreadableFile]]


def drafted(record: Record | UnreadableFile) -> Draft | UnreadableFile:
    if isinstance(record, UnreadableFile):
        return record
    try:
        return record.read()
    except UnreadableFile as error:
        return error


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(suffix: str, content: bytes | str) -> list[Draft | UnreadableFile]:
        path = tmp_path / f"file{suffix}"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return [drafted(record) for record in format_of(path).reader(path, {})]

    return read


@pytest.fixture
def one(read: Read) -> Callable[[str, bytes | str], Draft]:
    def one(suffix: str, content: bytes | str) -> Draft:
        (draft,) = read(suffix, content)
        assert isinstance(draft, Draft)
        return draft

    return one


One = Callable[[str, bytes | str], Draft]

# Metadata


@pytest.mark.parametrize(
    ("stated", "code"),
    [("en", "en"), ("EN_us", "en"), ("fr-CH", "fr"), ("English", None), ("ita", None), ("", None)],
)
def test_a_language_is_a_two_letter_code_or_nothing(stated: str, code: str | None) -> None:
    assert language_code(stated) == code


@pytest.mark.parametrize(
    ("record", "metadata"),
    [
        ({"title": 1984, "publisher": ["The Courier", "AP"]},
         {"title": "1984", "publisher": "The Courier, AP"}),
        ({"author": {"@type": "Person", "name": "Ann Author"}}, {"author": "Ann Author"}),
        ({"author": [{"name": "Ann"}, {"name": "Bo"}, {"url": "x"}]}, {"author": "Ann, Bo"}),
        ({"title": {"rendered": "A  title\n"}}, {"title": "A title"}),
        ({"title": "", "headline": "A title"}, {"title": "A title"}),
        ({"title": None, "author": [], "url": {}, "section": True, "publisher": " "}, {}),
        ({"datePublished": "2025-01-14", "date": "2020-01-01"}, {"published": "2025-01-14"}),
        ({"published": "yesterday", "language": "English"}, {}),
        ({"outlet": "The Courier", "byline": "Ann", "lang": "FR-fr", "link": "https://x.org"},
         {"publisher": "The Courier", "author": "Ann", "language": "fr", "url": "https://x.org"}),
    ],
)  # fmt: skip
def test_metadata_is_found_however_it_is_spelt(
    one: One, record: dict[str, Any], metadata: dict[str, str]
) -> None:
    assert one(".jsonl", json.dumps({"text": "x", **record})).metadata == metadata


def test_a_date_that_cannot_be_used_is_said(one: One, caplog: pytest.LogCaptureFixture) -> None:
    one(".jsonl", '{"text": "x", "date": "2025-02-30", "language": "English"}')
    assert "published '2025-02-30' is not a date such as 2025-01-14; left out" in caplog.text
    assert "language 'English' is not an ISO 639-1 code; left out" in caplog.text


# Plain text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_plain_text_is_read_in_every_unicode_encoding(one: One, encoding: str) -> None:
    draft = one(".txt", "L’été à Évreux\n".encode(encoding))
    assert draft == Draft("L’été à Évreux\n")


# Markdown


def test_front_matter_is_metadata_and_the_rest_is_body(one: One) -> None:
    draft = one(".md", "---\ntitle: 'A: title'\ndate: 2025-01-14\n---\n\n# Head\n\nText *as is*.")
    assert draft.text.strip() == "Head\n\nText *as is*."
    assert draft.metadata == {"title": "A: title", "published": "2025-01-14"}


def test_values_stay_as_they_are_written(one: One) -> None:
    header = "title: 010\npublisher: No\nauthor: null\nsection: ~\nurl:\ndate: 2025-02-30"
    draft = one(".md", f"---\n{header}\n---\ntext")
    assert draft.metadata == {"title": "010", "publisher": "No"}


def test_a_date_keeps_its_zone(one: One) -> None:
    draft = one(".md", "---\ndate: 2025-01-14 23:30:00 -05:00\n---\ntext")
    assert draft.metadata == {"published": "2025-01-14T23:30:00-05:00"}


@pytest.mark.parametrize("words", ["just some words", "- a\n- list", "'quoted'"])
def test_words_between_two_rules_are_text(one: One, words: str) -> None:
    draft = one(".md", f"---\n{words}\n---\nThe text.")
    assert words in draft.text
    assert "The text." in draft.text
    assert draft.metadata == {}


@pytest.mark.parametrize(
    "text", ["---\n---\nThe text.", "\n\n---\n\n---\nThe text.", "The text."], ids=repr
)
def test_empty_front_matter_is_none(one: One, text: str) -> None:
    draft = one(".md", text)
    assert draft.text.strip() == "The text."
    assert draft.metadata == {}


def test_rules_in_the_body_divide_nothing(one: One) -> None:
    text = "First.\n\n---\n\nSecond.\n\n---\n\nThird."
    assert one(".md", text).text == text
    assert one(".md", f"---\ntitle: t\n---\n{text}").text.strip() == text


def test_a_rule_that_opens_a_text_is_no_front_matter(one: One) -> None:
    assert one(".md", "---\nJust a rule, and then text.").text == "---\nJust a rule, and then text."


def test_front_matter_with_windows_line_breaks(one: One) -> None:
    draft = one(".markdown", b"\xef\xbb\xbf---\r\ntitle: t\r\n---\r\nText.\r\n")
    assert draft.metadata == {"title": "t"}
    assert draft.text.strip() == "Text."


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("One.\n\n![The dam](dam.jpg)\n\nTwo.", "One.\n\n\nTwo."),
        ('One.\n![The dam, 2019](img/dam_(2).jpg "Dam")\nTwo.', "One.\nTwo."),
        ("One.\n\n[![The dam](dam.jpg)](https://quay.example/dam)\r\n", "One."),
        ("The [council](https://quay.example/a_(b) 'Council') met.", "The council met."),
        ("The [*old* [first] council](/council) met.", "The *old* [first] council met."),
        ("The [council\nof Ashwell](https://quay.example) met.", "The council\nof Ashwell met."),
        ("| [A](/a) | 2 |\n|---|---|\n| b | **3** |", "| A | 2 |\n|---|---|\n| b | **3** |"),
        ("“We *never* [sic](laughs) said it,” [he] said [1].", None),
        ("A `code` and _emphasis_, a \\[word](https://quay.example), a < b.", None),
    ],
)
def test_images_leave_markdown_and_links_become_their_words(
    one: One, written: str, text: str | None
) -> None:
    assert one(".md", written).text.strip() == (written if text is None else text)


@pytest.mark.parametrize(
    "written",
    ["[" * 300_000, "![" * 150_000, "[a](" * 75_000, "[x](/ '" * 40_000, "[a\n \n" * 50_000,
     "[x](/a" + " " * 300_000 + "y", "![](" + "(" * 300_000],
    ids=lambda written: repr(written[:7]),
)  # fmt: skip
def test_markdown_that_is_never_closed_takes_no_time(one: One, written: str) -> None:
    started = perf_counter()
    one(".md", f"a {written}")
    # 0.2 s at most; 26 s with a title of any length.
    assert perf_counter() - started < 3


@pytest.mark.parametrize("suffix", [".txt", ".md", ".pdf", ".docx"])
def test_a_file_that_is_too_large_is_one_line_and_not_opened(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"file{suffix}"
    with path.open("wb") as sparse:
        sparse.truncate(200_000_001)
    with pytest.raises(
        UnreadableFile, match=r"has 200,000,001 bytes; .* up to 200,000,000"
    ) as found:
        list(format_of(path).reader(path, {}))
    assert "\n" not in found.value.reason


# Web pages

PAGE = """<html lang="fr"><head><meta charset="{charset}"><title>Un été à Évreux</title>
<meta property="og:site_name" content="Le Courrier"><meta property="og:title" content="Un été">
<meta property="article:published_time" content="2025-01-14T10:00:00+01:00"></head>
<body><nav><a href="/">Accueil</a></nav><article><h1>Un été</h1>
<p>L’élève a été reçu à l’école où naît la forêt, dès le mois d’août, a dit le préfet déçu.</p>
<p>Le procès s’ouvrira à Orléans en février, a indiqué le parquet général à la presse.</p>
<script>alert("x")</script></article><footer>© Le Courrier</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "utf-16"])
def test_a_page_is_read_in_the_encoding_that_it_declares(one: One, charset: str) -> None:
    draft = one(".html", PAGE.format(charset=charset).encode(charset))
    assert "L’élève a été reçu à l’école où naît la forêt, dès le mois d’août" in draft.text
    assert draft.metadata["title"] == "Un été"


def test_a_page_gives_its_article_and_metadata_without_its_furniture(one: One) -> None:
    draft = one(".htm", PAGE.format(charset="utf-8"))
    assert "Accueil" not in draft.text
    assert "alert" not in draft.text
    assert draft.metadata["publisher"] == "Le Courrier"
    assert draft.metadata["published"] == "2025-01-14T10:00:00+01:00"


# JSON Lines


def test_a_bad_line_in_the_middle_leaves_the_others(read: Read) -> None:
    lines = [
        b'{"id": "a", "text": "One."}', b"{not json", b"\xe9", b"[1]", b'{"id": "b"}', b"",
        b'{"id": "c", "text": " ", "body": "Two."}', b'{"text": "x", "n": ' + b"9" * 5000 + b"}",
        b'{"id": "a", "text": "Three."}',
    ]  # fmt: skip
    found = read(".jsonl", b"\n".join(lines))
    assert [item.text for item in found if isinstance(item, Draft)] == ["One.", "Two."]
    reasons = [item.reason for item in found if isinstance(item, UnreadableFile)]
    expected = [
        "line 2 is not JSON", "line 3 is not valid UTF-8", "line 4: expected a JSON object, found",
        'line 5 has no text; expected one of the keys "text", "body", "content"',
        "line 8 is not JSON", "line 9 has the id of line 1; give every article an id of its own",
    ]  # fmt: skip
    assert len(reasons) == len(expected)
    for reason, start in zip(reasons, expected, strict=True):
        assert reason.startswith(start)
        assert "\n" not in reason


def test_the_number_0_is_an_id(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": 0, "text": "One."}\n{"id": "", "guid": 0, "text": "Two."}\n')
    keys = [record.key for record in jsonl.records(path, {}) if isinstance(record, Record)]
    assert keys == ["0"]


def test_a_body_of_html_is_stored_as_its_paragraphs(one: One, read: Read) -> None:
    body = {"text": " ", "body": "<p></p>", "content": "<p>One &amp; two.</p><p>Three.</p>"}
    assert one(".jsonl", json.dumps(body)).text == "One & two.\n\nThree."
    (error,) = read(".jsonl", '{"text": "<p> </p>"}')
    assert "line 1 has no text" in str(error)


def test_a_record_without_an_id_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One."}\n{"text": "Two."}\n')
    first = [record.key for record in jsonl.records(path, {}) if isinstance(record, Record)]
    assert len(set(first)) == 2
    path.write_text('{"text": "Two."}\n')
    second = [record.key for record in jsonl.records(path, {}) if isinstance(record, Record)]
    assert second == first[1:]
