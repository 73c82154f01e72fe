"""Reading the archive without a question: search, articles, passages."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from corpus import Article
from index_store.index import ArticleIndex
from index_store.question_language import question_language
from qa.answer import article_json
from qa.http.metrics import Metrics
from qa.http.problems import NOT_FOUND, ProblemError
from qa.http.responses import ArticleWithText, PassageOut, SearchOut, problem_responses
from qa.http.schemas import SearchBody
from qa.known_filters import known_filters
from qa.public import hit_json, passage_json


def archive_router(index: ArticleIndex, metrics: Metrics) -> APIRouter:
    router = APIRouter(tags=["archive"])

    @router.post(
        "/v1/search",
        response_model=SearchOut,
        responses=problem_responses(400, 413, 422, 503),
    )
    def search(body: SearchBody) -> Response:
        """Finds passages, best first."""
        metrics.searches.inc()
        found = index.search(
            body.query,
            language=question_language(body.query),
            filters=known_filters(body.filters.filters(), index.catalogue()),
            limit=body.limit,
        )
        return JSONResponse({"hits": [hit_json(hit, body.explain) for hit in found.hits]})

    @router.get(
        "/v1/articles/{article_id}",
        response_model=ArticleWithText,
        responses=problem_responses(404, 503),
    )
    def article(article_id: str) -> Response:
        """The stored article with its text, which all offsets count in."""
        stored = _known_article(index, article_id)
        return JSONResponse({**article_json(stored), "text": stored.text})

    @router.get(
        "/v1/passages/{passage_id}",
        response_model=PassageOut,
        responses=problem_responses(404, 503),
    )
    def passage(passage_id: str) -> Response:
        """One passage with its article."""
        stored = index.passage(passage_id)
        if stored is None:
            raise ProblemError(NOT_FOUND, "The archive has no passage with this id.")
        return JSONResponse(passage_json(stored, _known_article(index, stored.article_id)))

    return router


def _known_article(index: ArticleIndex, article_id: str) -> Article:
    article = index.article(article_id)
    if article is None:
        raise ProblemError(
            NOT_FOUND,
            "The archive has no article with this id; one that changes gets a new id.",
        )
    return article
