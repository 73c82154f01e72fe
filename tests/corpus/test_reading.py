"""From paths to articles: which files, with what ids, and what is said of bad input."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus import Article
from corpus.errors import NothingToRead, UnreadableFile
from corpus.files import find_files
from corpus.readers import FORMATS
from corpus.reading import ArticleRead, FoundArticle, read_articles
from tests.corpus.strategies import any_text

SUFFIXES = [suffix for each in FORMATS for suffix in each.suffixes]

Write = Callable[[str, bytes | str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def read(path: Path) -> list[ArticleRead | UnreadableFile]:
    return list(read_articles([(path, path.name)]))


def articles(path: Path) -> list[Article]:
    found = read(path)
    assert [item for item in found if isinstance(item, UnreadableFile)] == []
    return [item.article for item in found if isinstance(item, FoundArticle)]


def complaint(path: Path) -> str:
    (found,) = read(path)
    assert isinstance(found, UnreadableFile)
    return str(found)


# Finding files


def test_a_folder_is_read_in_order_and_sources_are_relative_to_it(write: Write) -> None:
    for name in ("b.txt", "a/2.md", "a/1.txt", "a/b/c.html"):
        write(name, "text")
    folder = write("z.txt", "text").parent
    assert [source for _, source in find_files([folder])] == [
        "a/1.txt", "a/2.md", "a/b/c.html", "b.txt", "z.txt",
    ]  # fmt: skip


def test_hidden_files_and_folders_are_left_out(write: Write) -> None:
    write(".hidden.txt", "text")
    write(".git/a.txt", "text")
    folder = write("seen.txt", "text").parent
    assert [source for _, source in find_files([folder])] == ["seen.txt"]


def test_a_single_file_is_its_own_source(write: Write) -> None:
    path = write("a/b.txt", "text")
    assert find_files([path]) == [(path, "b.txt")]


def test_a_file_that_two_paths_lead_to_comes_once(write: Write) -> None:
    path = write("a/b.txt", "text")
    (path.parent / "link.txt").symlink_to(path)
    assert find_files([path.parent.parent, path.parent, path]) == [(path, "a/b.txt")]


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match="no such file or folder; check the spelling") as caught:
        find_files([tmp_path / "nowhere"])
    assert str(tmp_path / "nowhere") in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_empty_folder_says_what_was_expected(tmp_path: Path) -> None:
    (tmp_path / ".hidden").mkdir()
    with pytest.raises(NothingToRead, match=r"empty; expected articles \(\.") as caught:
        find_files([tmp_path])
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can start a process of another user")
def test_a_folder_that_cannot_be_listed_is_not_passed_over(open_folder: Path) -> None:
    """Otherwise its articles would count as gone, and be removed."""
    locked = open_folder / "open" / "locked"
    locked.mkdir(parents=True)
    (locked / "a.txt").write_text("text")
    (locked.parent / "b.txt").write_text("text")
    locked.chmod(0o700)
    code = (
        "import os, sys; from pathlib import Path; from corpus.files import find_files\n"
        "os.setuid(65534)\n"
        "try: find_files([Path(sys.argv[1])])\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, str(locked.parent)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    ).stdout  # fmt: skip
    assert said.startswith("NothingToRead")
    assert f"{locked}: the folder cannot be listed (Permission denied)" in said


# Articles


def test_the_same_bytes_give_equal_articles(samples: Path) -> None:
    files = find_files([samples])
    assert list(read_articles(files)) == list(read_articles(files))


def test_every_sample_is_read_with_its_metadata(samples: Path) -> None:
    found = [item.article for item in read_articles(find_files([samples]))
             if isinstance(item, FoundArticle)]  # fmt: skip
    assert len(found) == len(list(samples.glob("*.*[!y]")))
    assert {article.language for article in found} == {"en", "fr", "it"}
    for article in found:
        assert article.title
        if not article.source.endswith(".txt"):
            assert None not in (article.publisher, article.published, article.url)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Headline\n\nBody.", "Headline"),
        ("Short text.", "Short text."),
        ("word " * 50, "word " * 19 + "word…"),
        ("x" * 300, "x" * 100 + "…"),
    ],
    ids=["headline", "short", "long", "one-long-word"],
)
def test_a_text_without_a_title_is_called_by_its_start(write: Write, text: str, title: str) -> None:
    (article,) = articles(write("a.txt", text))
    assert article.title == title


def test_the_origin_is_absolute_and_tells_records_apart(write: Write) -> None:
    path = write("a.jsonl", '{"id": 7, "text": "One."}\n{"id": 8, "text": "Two."}')
    origins = [item.origin for item in read(path) if isinstance(item, FoundArticle)]
    assert origins == [f"{path.resolve()}#7", f"{path.resolve()}#8"]


def test_a_file_name_that_is_not_utf8_can_be_stored(tmp_path: Path) -> None:
    path = Path(os.fsdecode(bytes(tmp_path) + b"/caf\xe9.txt"))
    path.write_text("Some text.")
    (found,) = read_articles(find_files([tmp_path]))
    assert isinstance(found, FoundArticle)
    assert found.article.source == "caf\\udce9.txt"
    found.origin.encode()


@settings(max_examples=25)
@given(any_text, st.sampled_from([".txt", ".md"]))
def test_any_text_is_read_or_refused_and_always_the_same(
    tmp_path_factory: pytest.TempPathFactory, text: str, suffix: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert list(map(repr, read(path))) == list(map(repr, read(path)))


# Bad input


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "is empty (0 characters of text); nothing to index"),
        ("a.md", b" \n\t ", "is empty (0 characters of text); nothing to index"),
        ("a.html", b"", "is empty (0 characters of text); nothing to index"),
        ("a.jsonl", b"", "is empty (0 lines of JSON); nothing to index"),
        ("a.jsonl", b"\n \n", "is empty (0 lines of JSON); nothing to index"),
        ("a.txt", "\u200e\x00".encode(), "is not text but binary data; expected UTF-8"),
        ("a.txt", b"\x01\x02", "holds no text; nothing to index"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0", "is not text but binary data; expected UTF-8 text"),
        ("a.txt", "été".encode("latin-1"), "is not valid UTF-8: byte 0xE9 at position 0; save it"),
        ("a.txt", b"\xef\xbb\xbfab\xe9", "is not valid UTF-8: byte 0xE9 at position"),
        ("a.txt", b"\xff\xfea", "is not valid UTF-16"),
        ("a.md", "é\n".encode("latin-1"), "is not valid UTF-8"),
        ("a.md", b"---\ntitle: a: b\n---\ntext", "front matter is not valid YAML near line 2"),
        ("a.md", b"---\ntitle: A\nSome text.", "front matter is never closed; put a line of ---"),
        ("a.md", b"---\nx: \"\n---\ntext", "front matter is not valid YAML"),
        ("a.md", b"---\nx: " + b"[" * 5000 + b"]" * 5000 + b"\n---\ntext", "is not valid YAML"),
        ("a.html", b"<ul><li><a href=/>x</a></ul>", "no article text was found in this page"),
        ("a.jpg", b"\xff\xd8", 'has ".jpg"; expected one of .'),
        ("noname", b"text", "has no suffix; expected one of ."),
    ],
)  # fmt: skip
def test_a_bad_file_is_one_line_that_says_what_to_do(
    write: Write, name: str, content: bytes, said: str
) -> None:
    path = write(name, content)
    message = complaint(path)
    assert message.startswith(f"{path}: ")
    assert said in message
    assert "\n" not in message


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        path = tmp_path / f"gone{suffix}"
        assert complaint(path) == f"{path}: cannot be opened (No such file or directory)"


def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "is not a regular file" in complaint(tmp_path / "pipe.txt")


def test_bad_files_do_not_keep_good_ones_from_being_read(write: Write) -> None:
    write("a.txt", b"\xe9")
    write("b.txt", "Good text.")
    folder = write("c.jpg", b"\xff\xd8").parent
    kinds = [type(item) for item in read_articles(find_files([folder]))]
    assert kinds == [UnreadableFile, FoundArticle, UnreadableFile]


MARKUP = st.lists(
    st.sampled_from(
        [b"---\n", b"{", b"}", b'"text": "', b'"', b"<html>", b"<p>", b"<!--", b"<script>", b"\0",
         b"\xff\xfe", b"\xef\xbb\xbf", b"\xe9", b"title: ", b"!!int x", b"&a [*a]", b"\n", b"[",
         b"date: 2025-02-30\n", b"\\ud800", b"&#0;", b"&#xD800;", b"text ", b"? ", b"<<: "]
    ),
    max_size=20,
).map(b"".join)  # fmt: skip


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=40)
@given(data=st.one_of(st.binary(max_size=200), MARKUP))
@example(data=b"---\na: !!int ''\n---\nx")
@example(data=b"---\n&a [*a]\n---\nx")
@example(data=b"---\nauthor: &a [*a]\ntitle: {name: *a}\n---\nx")
@example(data=b'{"text": "x", "n": ' + b"9" * 5000 + b"}")
@example(data=b'{"text": "x", "id": "\\ud800", "title": "\\udfff"}')
@example(data=b'{"a":' * 20_000)
@example(data=b"<div>" * 20_000 + b"text")
def test_any_bytes_give_articles_or_complaints(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / f"fuzz{suffix}"
    path.write_bytes(data)
    for item in read(path):
        if isinstance(item, FoundArticle):
            repr(item).encode()
            item.origin.encode()
            assert item.article.text
            assert item.article.title
        else:
            assert "\n" not in str(item)
