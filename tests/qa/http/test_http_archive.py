"""Search, articles and passages."""

from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from corpus import Article
from qa.answer import article_json
from qa.http.fakes import ARTICLES, ATTACK, BIBLIOTHEQUE, LIBRARY
from qa.http.responses import ArticleWithText, PassageOut, SearchOut


def test_a_hit_is_the_stored_text_at_its_offsets(client: TestClient) -> None:
    found = client.post("/v1/search", json={"query": "bibliothèque Valmorin"}).json()
    assert SearchOut.model_validate(found).model_dump(mode="json") == found
    assert [hit["article"]["source"] for hit in found["hits"]] == ["courrier.md", "gazette.md"]
    for hit, article in zip(found["hits"], (BIBLIOTHEQUE, LIBRARY), strict=True):
        assert article.text[hit["start"] : hit["end"]] == hit["text"]


def test_a_search_obeys_its_limit_and_filters(client: TestClient) -> None:
    body = {"query": "bibliothèque Valmorin", "limit": 1.0}  # to JSON the same as 1
    assert len(client.post("/v1/search", json=body).json()["hits"]) == 1
    for filters in ({"to": "2024-03-14"}, {"languages": ["en"]}):
        hits = client.post("/v1/search", json={**body, "filters": filters}).json()["hits"]
        assert [hit["article"]["id"] for hit in hits] == [LIBRARY.id]


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
    assert found == {key: value for key, value in hit.items() if key != "score"}
    assert found["article"]["id"] == ATTACK.id


@pytest.mark.parametrize("kind", ["articles", "passages"])
@pytest.mark.parametrize("name", ["0" * 16, "x", "a b", "\0", "<script>", "..", "é" * 500])
def test_what_the_archive_does_not_have_is_not_found(
    client: TestClient, kind: str, name: str
) -> None:
    response = client.get(f"/v1/{kind}/{quote(name)}")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
