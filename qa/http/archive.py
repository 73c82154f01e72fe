"""Reading the archive without a question: search, articles, passages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import JSONResponse, Response

from corpus import Article
from qa.answer import article_json
from qa.desk import Desk
from qa.http.examples import ARTICLE, HITS, PASSAGE
from qa.http.problems import (
    BAD_REQUEST,
    INDEX_UNAVAILABLE,
    INVALID_REQUEST,
    NOT_FOUND,
    TOO_LARGE,
    UNKNOWN_FILTER,
    ProblemError,
)
from qa.http.responses import (
    ArticleWithText,
    PassageOut,
    SearchOut,
    documented,
    links,
    problem_responses,
)
from qa.http.schemas import SearchBody
from qa.public import hit_json, passage_json
from qa.rights import shown_text


def archive_router(desk: Desk) -> APIRouter:
    router = APIRouter(tags=["archive"])

    @router.post(
        "/v1/search",
        response_model=SearchOut,
        responses={
            200: {**documented(HITS, "passages, best first"), "links": links("/hits/0")},
            **problem_responses(
                BAD_REQUEST, TOO_LARGE, UNKNOWN_FILTER, INVALID_REQUEST, INDEX_UNAVAILABLE
            ),
        },
    )
    def search(body: SearchBody) -> Response:
        """Finds passages, best first."""
        hits = desk.search(body.query, body.filters.filters(), body.limit)
        return JSONResponse({"hits": [hit_json(hit, body.explain) for hit in hits]})

    @router.get(
        "/v1/articles/{article_id}",
        response_model=ArticleWithText,
        responses={
            200: documented(ARTICLE, "the article with its text"),
            **problem_responses(NOT_FOUND, INDEX_UNAVAILABLE),
        },
    )
    def get_article(article_id: Annotated[str, Path(examples=[ARTICLE["id"]])]) -> Response:
        """The stored article with its text, which all offsets count in.

        Of an article that states `max_quote_words`, `text` is empty: it may be quoted alone.
        """
        stored = _known_article(desk, article_id)
        return JSONResponse({**article_json(stored), "text": shown_text(stored)})

    @router.get(
        "/v1/passages/{passage_id}",
        response_model=PassageOut,
        responses={
            200: documented(PASSAGE, "the passage with its article"),
            **problem_responses(NOT_FOUND, INDEX_UNAVAILABLE),
        },
    )
    def get_passage(passage_id: Annotated[str, Path(examples=[PASSAGE["passage_id"]])]) -> Response:
        """One passage with its article."""
        stored = desk.index.passage(passage_id)
        if stored is None:
            raise ProblemError(NOT_FOUND, "The archive has no passage with this id.")
        return JSONResponse(passage_json(stored, _known_article(desk, stored.article_id)))

    return router


def _known_article(desk: Desk, article_id: str) -> Article:
    article = desk.article(article_id)
    if article is None:
        raise ProblemError(
            NOT_FOUND,
            "The archive has no article with this id; one that changes gets a new id.",
        )
    return article
