"""Search, articles and passages."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from corpus import Article
from corpus.reading import FoundArticle
from index_store.fakes import memory_index
from qa.answer import article_json
from qa.answerer import Answerer
from qa.fakes import article as published
from qa.http.fakes import ARTICLES, ATTACK, BIBLIOTHEQUE, LIBRARY
from qa.http.responses import ArticleWithText, PassageOut, SearchOut


def test_a_hit_is_the_stored_text_at_its_offsets(client: TestClient) -> None:
    found = client.post("/v1/search", json={"query": "bibliothèque Valmorin"}).json()
    assert SearchOut.model_validate(found).model_dump(mode="json", exclude_unset=True) == found
    assert [hit["article"]["source"] for hit in found["hits"]] == ["courrier.md", "gazette.md"]
    for hit, article in zip(found["hits"], (BIBLIOTHEQUE, LIBRARY), strict=True):
        assert article.text[hit["start"] : hit["end"]] == hit["text"]


def test_a_search_obeys_its_limit_and_filters(client: TestClient) -> None:
    body = {"query": "bibliothèque Valmorin", "limit": 1.0}  # to JSON the same as 1
    assert len(client.post("/v1/search", json=body).json()["hits"]) == 1
    for filters in ({"to": "2024-03-14"}, {"languages": ["en"]}):
        hits = client.post("/v1/search", json={**body, "filters": filters}).json()["hits"]
        assert [hit["article"]["id"] for hit in hits] == [LIBRARY.id]


def test_a_search_can_say_why_and_always_says_where_else_a_text_was_printed(
    make_client: Callable[..., TestClient],
) -> None:
    wire = "The harbour board voted on Monday to end the ferry to Sandholm in March."
    index = memory_index()
    index.sync(
        FoundArticle(published(wire, publisher=name, source=name), f"/{name}")
        for name in ("The Gazette", "The Post")
    )
    client = make_client(Answerer(index))
    body = {"query": "When does the ferry to Sandholm end?", "explain": True}
    found = client.post("/v1/search", json=body).json()
    assert SearchOut.model_validate(found).model_dump(mode="json") == found
    (hit,) = found["hits"]
    (copy,) = hit["copies"]
    assert {one["article"]["publisher"] for one in (hit, copy)} == {"The Gazette", "The Post"}
    assert wire[copy["start"] : copy["end"]] == copy["text"]
    assert {"dense", "grams", "stems"} <= hit["sides"].keys()
    assert sum(side["share"] for side in hit["sides"].values()) == pytest.approx(hit["score"])
    plain = client.post("/v1/search", json={**body, "explain": False}).json()["hits"][0]
    assert plain == {key: value for key, value in hit.items() if key != "sides"}


def test_a_section_narrows_a_search(make_client: Callable[..., TestClient]) -> None:
    index = memory_index()
    index.sync(
        FoundArticle(published(f"The ferry to {name}.", section=name), f"/{name}")
        for name in ("Économie", "Local")
    )
    body = {"query": "ferry", "filters": {"sections": ["Économie"]}}
    (hit,) = make_client(Answerer(index)).post("/v1/search", json=body).json()["hits"]
    assert hit["article"]["section"] == "Économie"
    refused = make_client(Answerer(index)).post(
        "/v1/search", json={**body, "filters": {"sections": [""]}}
    )
    assert refused.status_code == 422


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.source[:12])
def test_an_article_comes_with_the_text_that_offsets_count_in(
    client: TestClient, article: Article
) -> None:
    found = client.get(f"/v1/articles/{article.id}").json()
    assert found == {**article_json(article), "text": article.text}
    assert ArticleWithText.model_validate(found).model_dump() == found


def test_a_passage_comes_with_its_article(client: TestClient) -> None:
    hit = client.post("/v1/search", json={"query": "hostility"}).json()["hits"][0]
    found = client.get(f"/v1/passages/{hit['passage_id']}").json()
    assert PassageOut.model_validate(found).model_dump() == found
    assert found == {key: hit[key] for key in found}
    assert hit.keys() - found.keys() == {"score", "copies"}
    assert found["article"]["id"] == ATTACK.id


@pytest.mark.parametrize("kind", ["articles", "passages"])
@pytest.mark.parametrize("name", ["0" * 16, "x", "a b", "\0", "<script>", "..", "é" * 500])
def test_what_the_archive_does_not_have_is_not_found(
    client: TestClient, kind: str, name: str
) -> None:
    response = client.get(f"/v1/{kind}/{quote(name)}")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
