"""Examples for the OpenAPI description, made by the code that makes the real ones."""

from __future__ import annotations

from typing import Any

from corpus import Article, Passage
from corpus.models import identified
from index_store.models import Hit
from qa.answer import (
    Answer,
    Citation,
    Mode,
    Provenance,
    Searched,
    Statement,
    Verdict,
    article_json,
    as_json,
)
from qa.http.problems import Kind
from qa.public import hit_json, passage_json

_ID = "5f0c1d2e3b4a49588776655443322110"
_QUESTION = "When did the Valmorin library close?"
_QUOTE = "The council closed the Valmorin library in March."
_OTHER = "Readers had asked for longer hours since January."

_ARTICLE = identified(
    Article(
        id="",
        title="Valmorin closes its library",
        text=f"{_QUOTE} {_OTHER}",
        source="2024/gazette-2024-03-14-library.md",
        publisher="The Example Gazette",
        author="Ada Reeve",
        published="2024-03-14",
        language="en",
        url="https://www.example.org/gazette/library",
        section="Local",
        indexed="2024-03-14T09:30:00+00:00",
    )
)
_PASSAGE = Passage(_ARTICLE.id, 0, len(_ARTICLE.text), _ARTICLE.text, ())


def _citation(quote: str) -> Citation:
    start = _ARTICLE.text.index(quote)
    return Citation(1, _PASSAGE.id, start, start + len(quote), quote, _ARTICLE)


def _answer(question: str, text: str, *statements: Statement) -> Answer:
    cited, nearest = ((_citation(_QUOTE),), ()) if statements else ((), (_citation(_OTHER),))
    return Answer(
        id=_ID,
        question=question,
        standalone_question=question,
        language="en",
        mode=Mode.QUOTES,
        refused=not statements,
        text=text,
        statements=statements,
        citations=cited,
        searched=Searched(18, 74, ("en", "fr", "it")),
        provenance=Provenance(1, 1) if statements else Provenance(),
        nearest=nearest,
        probability=0.97 if statements else 0.08,
        timings_ms={"search": 12.0, "total": 20.5},
    )


#: As the code knows it; what follows is its public form.
ANSWERED = _answer(_QUESTION, f"{_QUOTE} [1]", Statement(_QUOTE, (1,), verdict=Verdict.VERBATIM))
_REFUSED = _answer("Who will buy the building?", "The archive does not say.")

ANSWER: dict[str, Any] = as_json(ANSWERED)
REFUSAL: dict[str, Any] = as_json(_REFUSED)
STATEMENT: dict[str, Any] = ANSWER["statements"][0]
ARTICLE: dict[str, Any] = {**article_json(_ARTICLE), "text": _ARTICLE.text}
PASSAGE: dict[str, Any] = passage_json(_PASSAGE, _ARTICLE)
HITS: dict[str, Any] = {"hits": [hit_json(Hit(_PASSAGE, _ARTICLE, 0.93, {}, ()))]}
FEEDBACK: dict[str, Any] = {"time": "2024-03-15T08:00:00.000+00:00"}
UP: dict[str, Any] = {"status": "up"}
READY: dict[str, Any] = {"status": "ready"}
METRICS = 'citedesk_answers_total{outcome="answered"} 12.0\n'

TICKET = {
    "ticket": "cdt_…",
    "origin": "https://cms.example.org",
    "expires": "2026-03-02T09:45:00+00:00",
}

#: What a problem of each kind may say; its client reads nothing but this and the title.
_DETAILS = {
    "bad-request": "The body is not valid UTF-8.",
    "not-found": "The archive has no article with this id; one that changes gets a new id.",
    "method-not-allowed": "GET /v1/ask is no request of this API; see /docs.",
    "empty-index": "nothing has been indexed yet; run: citedesk index PATH",
    "too-large": "A request may have at most 1,048,576 bytes.",
    "bad-question": "the question is empty; type a question in your own words",
    "unknown-filter": "language 'de': the archive has none of this name; it has: 'en', 'fr'",
    "invalid-request": "question is missing.",
    "overloaded": "Too many questions are being answered; ask again in 3 s.",
    "unauthenticated": "This needs a key, a ticket or a log-in; none was sent.",
    "forbidden": "This takes the role editor; yours is reader.",
    "too-many-requests": "Too many requests; ask again in 4 s.",
    "access-unavailable": "The server's log says why.",
    "internal-error": "The error is in the server's log under the id of this request.",
    "feedback-not-stored": "The server cannot write its feedback file.",
    "index-unavailable": "the Chroma server at http://127.0.0.1:8000 does not answer",
    "model-unavailable": "the language model at http://127.0.0.1:11434/v1 does not answer",
}


def problem_example(kind: Kind) -> dict[str, Any]:
    """A problem of a kind, with its title for a detail where that says enough."""
    problem: dict[str, Any] = {
        "type": f"/docs#{kind.name}",
        "title": kind.title,
        "status": kind.status,
        "detail": _DETAILS.get(kind.name, f"{kind.title}."),
        "instance": "/v1/ask",
        "request_id": "9c1f0a2b3d4e5f60",
    }
    if kind.name == "invalid-request":
        problem["errors"] = [{"field": "question", "problem": "is missing"}]
    return problem
