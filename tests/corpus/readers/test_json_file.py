"""JSON files: one article or many, however the export wraps them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.readers import Draft, Record, format_of
from corpus.readers.json_file import MAX_BYTES
from corpus.reading import FoundArticle, read_articles
from tests.corpus.readers.wires import read_all, read_one, refusal

ARTICLE = {
    "id": 41,
    "title": "La digue de Valmer tient bon",
    "text": "La digue a tenu toute la nuit, dit la mairie.",
    "author": ["Odile Marchetti", "Jo Lind"],
    "date": "2025-01-14",
    "lang": "fr",
}
OTHER = {"id": 42, "headline": "Due ponti chiusi", "body": "Due ponti sono chiusi per la piena."}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "export.json"


def read(file: Path, content: object) -> list[Draft | UnreadableFile]:
    return read_all(file, json.dumps(content))


def test_the_number_0_is_an_id(file: Path) -> None:
    assert keys(file, [{"id": 0, "text": "One."}, {"id": 1, "text": "Two."}]) == ["0", "1"]


def test_a_body_of_html_is_stored_as_its_paragraphs(file: Path) -> None:
    (draft,) = read(file, {"text": "<p></p>", "body": "<p>Une &eacute;cluse.</p><p>Deux.</p>"})
    assert isinstance(draft, Draft)
    assert draft.text == "Une écluse.\n\nDeux."
    assert "has no text" in refusal(file, json.dumps({"text": "<p> </p>"}))


def keys(file: Path, content: object) -> list[str]:
    file.write_text(json.dumps(content))
    return [each.key for each in format_of(file).reader(file, {}) if isinstance(each, Record)]


# Articles


def test_an_object_is_an_article(file: Path) -> None:
    draft = read_one(file, json.dumps(ARTICLE))
    assert draft == Draft(
        text="La digue a tenu toute la nuit, dit la mairie.",
        metadata={
            "title": "La digue de Valmer tient bon",
            "author": "Odile Marchetti, Jo Lind",
            "published": "2025-01-14",
            "language": "fr",
        },
    )
    assert keys(file, ARTICLE) == [""]


@pytest.mark.parametrize(
    "wrap",
    [
        pytest.param(lambda articles: articles, id="bare"),
        *(
            pytest.param(lambda articles, name=name: {"total": 2, name: articles}, id=name)
            for name in ("articles", "items", "data", "docs")
        ),
        pytest.param(
            lambda articles: {
                "took": 3,
                "hits": {"hits": [{"_index": "news", "_source": each} for each in articles]},
            },
            id="Elasticsearch",
        ),
        pytest.param(lambda articles: {"response": {"docs": articles}}, id="Solr"),
    ],
)
def test_an_array_of_articles_is_found_however_it_is_wrapped(file: Path, wrap: object) -> None:
    assert callable(wrap)
    content = wrap([ARTICLE, OTHER])
    first, second = read(file, content)
    assert isinstance(first, Draft)
    assert isinstance(second, Draft)
    assert (first.metadata["title"], second.metadata["title"]) == (
        ARTICLE["title"],
        "Due ponti chiusi",
    )
    assert keys(file, content) == ["41", "42"]


def test_an_id_that_elasticsearch_gave_tells_articles_apart(file: Path) -> None:
    hits = [{"_id": name, "_source": {"text": "Le même texte."}} for name in ("x", "y")]
    assert keys(file, {"hits": {"hits": hits}}) == ["x", "y"]


def test_an_article_with_a_list_of_items_is_still_one_article(file: Path) -> None:
    assert read_one(file, json.dumps({**ARTICLE, "items": [OTHER]})).text == ARTICLE["text"]


def test_the_content_of_an_article_changes_with_it_alone(file: Path) -> None:
    def contents(articles: list[object]) -> list[bytes]:
        file.write_text(json.dumps(articles, indent=2))
        return [
            each.content for each in format_of(file).reader(file, {}) if isinstance(each, Record)
        ]

    before, after = contents([ARTICLE, OTHER]), contents([ARTICLE, {**OTHER, "body": "Tre ponti."}])
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_the_user_names_keys_within_keys(file: Path) -> None:
    article = {"attributes": {"copy": "Le texte.", "head": "Un titre"}, "text": "furniture"}
    file.write_text(json.dumps({"data": [article]}))
    columns = {"text": "attributes.copy", "title": "attributes.head"}
    (record,) = format_of(file).reader(file, columns)
    assert isinstance(record, Record)
    assert record.read() == Draft("Le texte.", {"title": "Un titre"})


def test_a_key_that_is_in_no_article_is_refused_with_those_that_are(file: Path) -> None:
    file.write_text(json.dumps([ARTICLE]))
    with pytest.raises(UnreadableFile, match=r"'copy', found only 'id', 'title', 'text'"):
        list(format_of(file).reader(file, {"text": "copy"}))


def test_an_array_becomes_articles_with_origins_of_their_own(file: Path) -> None:
    file.write_text(json.dumps([ARTICLE, OTHER]))
    found = list(read_articles([(file, "export.json")]))
    assert all(isinstance(each, FoundArticle) for each in found)
    assert [each.origin.rpartition("#")[2] for each in found if isinstance(each, FoundArticle)] == [
        "41",
        "42",
    ]


# What is none


def test_an_article_that_cannot_be_read_takes_no_other_with_it(file: Path) -> None:
    first, text, number, embargo, last = read(
        file, [ARTICLE, {"id": 7}, 8, {"text": "t", "embargo": "soon"}, OTHER]
    )
    assert isinstance(first, Draft)
    assert 'article 2: has no text; expected one of the keys "text"' in str(text)
    assert "article 3: expected a JSON object, found int" in str(number)
    assert "article 4: embargo_until 'soon'" in str(embargo)
    assert isinstance(last, Draft)


def test_an_id_that_comes_twice_is_read_once(file: Path) -> None:
    first, second = read(file, [ARTICLE, {**OTHER, "id": 41}])
    assert isinstance(first, Draft)
    assert "article 2 has the id of article 1" in str(second)


@pytest.mark.parametrize("version", ["1.1", "v2.0"])
def test_a_question_set_is_told_from_an_archive(file: Path, version: str) -> None:
    paragraph = {"context": "Le port.", "qas": [{"id": "1", "question": "Où ?", "answers": []}]}
    squad = {"version": version, "data": [{"title": "Port", "paragraphs": [paragraph]}]}
    assert "is a question set; run: citedesk eval" in refusal(file, json.dumps(squad))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[]", "an empty array"),
        ('{"articles": []}', "an empty array"),
        ('{"name": "x", "scripts": {}}', "found the keys 'name', 'scripts'"),
        ("{}", "holds no article"),
        ('"text"', "holds no article"),
        ("7", "holds no article"),
        ('{"text": " "}', "has no text"),
        ('{"text": "a"', "is not JSON"),
        ('{"text": "a"}\n{"text": "b"}', "is it JSON Lines? name it .jsonl"),
        ("[" * 100_000, "is not JSON that can be read"),
        ('{"text": "a", "id": ' + "9" * 5000 + "}", "is not JSON that can be read"),
        ("   ", "is empty"),
        ("\0\1", "is not text"),
    ],
)
def test_what_holds_no_article_is_one_line(file: Path, content: str, said: str) -> None:
    assert said in refusal(file, content)


def test_a_document_that_is_too_large_is_not_even_read(file: Path) -> None:
    with file.open("wb") as sparse:
        sparse.write(b"[")
        sparse.truncate(MAX_BYTES + 1)
    with pytest.raises(UnreadableFile, match="as JSON Lines"):
        list(format_of(file).reader(file, {}))


# Anything at all

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["text", "body", "id", "url", "title", "date", "embargo", "articles", "data", "hits",
             "docs", "_source", "_id", "paragraphs", "response"]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=20,
)  # fmt: skip


@given(st.one_of(values.map(json.dumps), st.binary(max_size=100)))
def test_any_json_and_any_bytes_give_articles_or_one_line(
    tmp_path_factory: pytest.TempPathFactory, content: str | bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.json"
    for found in read_all(file, content):
        assert not isinstance(found, UnreadableFile) or "\n" not in str(found)
