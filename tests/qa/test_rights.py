"""Of an article that may only be quoted, no door shows more than a quotation of that length."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, Span
from corpus.models import identified
from index_store.index import ArticleIndex
from qa.answer import Citation, Mode, as_json
from qa.answerer import Answerer
from qa.desk import Desk
from qa.errors import BrokenCitation
from qa.evaluation.server_desk import ServerDesk
from qa.fakes import StubbornModel
from qa.http import create_app
from qa.mcp.tools import TOOLS
from qa.rights import quotable_part, shown_passage, shown_text
from qa.verifying import check_citations
from qa.web.source import source_panel
from qa.web.surroundings import surroundings

Make = Callable[[Iterable[Article]], ArticleIndex]

SHORT = "The Valmorin ferry carried 4,210 passengers in March."
LONG = (
    "The Valmorin ferry carried 5,800 passengers in April, said its harbour master Odile Brasseur, "
    "who added that two more boats had been ordered from a yard in Kerlan for the summer, that the "
    "quay would be dredged before June, and that fares would stay as they were until the autumn."
)
TEXT = f"{SHORT} {LONG} The crew numbers eleven people."
LIMIT = 12
WORD = re.compile(r"[^\W_]+")


def ferry(most: int | None = LIMIT, text: str = TEXT) -> Article:
    return identified(
        Article("", "Ferry figures", text, "ferry.md", "The Courier", None, "2025-04-30",
                language="en", max_quote_words=most)
    )  # fmt: skip


@pytest.fixture
def index(archive: Make) -> ArticleIndex:
    return archive([ferry()])


def runs_of_words(said: str, most: int) -> list[str]:
    """What of the article's text stands in something said, at a stretch longer than is allowed."""
    flat = " ".join(WORD.findall(said))
    words = WORD.findall(TEXT)
    stretches = (" ".join(words[at : at + most + 1]) for at in range(len(words) - most))
    return [stretch for stretch in stretches if stretch in flat]


@given(st.text(max_size=200), st.integers(0, 5), st.integers(0, 200), st.integers(0, 200))
def test_what_may_be_quoted_is_a_beginning_with_no_more_words_than_that(
    text: str, most: int, one: int, other: int
) -> None:
    whole = Span(*sorted((min(one, len(text)), min(other, len(text)))))
    part = quotable_part(ferry(most, text), whole)
    assert part.start == whole.start <= part.end <= whole.end
    assert len(WORD.findall(text[part.start : part.end])) <= most
    assert quotable_part(ferry(None, text), whole) == whole
    assert quotable_part(ferry(most, text), part) == part


def test_a_sentence_that_is_short_enough_answers(index: ArticleIndex) -> None:
    answer = Answerer(index).ask("How many passengers did the Valmorin ferry carry in March?")
    assert [statement.text for statement in answer.statements][:1] == [SHORT]
    assert runs_of_words(json.dumps(as_json(answer)), LIMIT) == []


def test_where_words_have_no_spaces_each_character_counts() -> None:
    for text in ("渡轮公司出售了三艘船。", "フェリー会社は船を売った。", "บริษัทเรือขายเรือ"):
        article = replace(identified(Article("", "t", text, "a.txt")), max_quote_words=4)
        start, end = quotable_part(article, Span(0, len(text)))
        assert (start, end) == (0, 4)


@pytest.mark.parametrize("most", [0, 1, 5, LIMIT])
@pytest.mark.parametrize(
    "question",
    [
        "How many passengers did the Valmorin ferry carry in April?",
        "What did Odile Brasseur say about the Valmorin ferry?",
        "Which boats were ordered from Kerlan?",
        "What is the price of a house in Kerlan?",
    ],
)
def test_no_answer_and_no_refusal_quotes_more(archive: Make, question: str, most: int) -> None:
    written = f"The Valmorin ferry carried 5,800 passengers in April [1]. {LONG[:-1]} [1]."
    for model in (None, StubbornModel(written)):
        answer = Answerer(archive([ferry(most)]), model).ask(question)
        for citation in (*answer.citations, *answer.nearest, *answer.newer):
            assert len(WORD.findall(citation.quote)) <= most
        assert runs_of_words(json.dumps(as_json(answer)), max(most, LIMIT)) == []
        assert answer.mode in Mode


def test_a_longer_quotation_does_not_pass_the_last_gate(archive: Make) -> None:
    free = Answerer(archive([ferry(None)])).ask(
        "How many passengers did the Valmorin ferry carry in April?"
    )
    assert any(LONG in citation.quote for citation in free.citations)

    def bound(citation: Citation) -> Citation:
        return replace(citation, article=replace(citation.article, max_quote_words=LIMIT))

    with pytest.raises(BrokenCitation, match="longer than the 12 words"):
        check_citations(replace(free, citations=tuple(map(bound, free.citations))))


def test_the_api_gives_out_quotations_alone(index: ArticleIndex, tmp_path: Path) -> None:
    client = TestClient(create_app(Answerer(index), feedback_log=tmp_path / "feedback.jsonl"))
    (found,) = client.post("/v1/search", json={"query": "Valmorin ferry", "limit": 1}).json()[
        "hits"
    ]
    passage = client.get(f"/v1/passages/{found['passage_id']}").json()
    for shown in (found, passage):
        assert shown["text"] == TEXT[shown["start"] : shown["end"]]
        assert len(WORD.findall(shown["text"])) == LIMIT
    article = client.get(f"/v1/articles/{ferry().id}").json()
    assert (article["text"], article["max_quote_words"]) == ("", LIMIT)


def test_mcp_gives_out_quotations_alone(index: ArticleIndex) -> None:
    desk = Desk(Answerer(index), index)
    tools = {tool.name: tool for tool in TOOLS}
    refused = tools["get_article"].call(lambda: desk, {"id": ferry().id})
    assert refused.failed
    assert "at most 12 words" in refused.paragraphs[0]
    found = tools["search"].call(lambda: desk, {"query": "Valmorin ferry"})
    asked = tools["ask"].call(lambda: desk, {"question": "What did Odile Brasseur say?"})
    for result in (found, asked):
        said = "\n".join(result.paragraphs) + json.dumps(result.data)
        assert runs_of_words(said, LIMIT) == []


@pytest.mark.parametrize("language", ["en", "fr", "it"])
def test_the_source_panel_shows_the_quotation_and_says_why_no_more(language: str) -> None:
    start = TEXT.index(LONG)
    panel = source_panel(ferry(), start, start + len(LONG), language)
    assert runs_of_words(re.sub(r"<[^>]*>", " ", panel), LIMIT) == []
    assert SHORT not in panel
    assert "12" in panel
    assert "12" not in source_panel(ferry(None), start, start + len(LONG), language)


def test_a_card_shows_no_surroundings() -> None:
    start = TEXT.index(LONG)
    assert surroundings(ferry(None), start, start + len(LONG)) != ("", "")
    assert surroundings(ferry(), start, start + len(LONG)) == ("", "")
    assert shown_text(ferry()) == ""


def test_a_passage_that_is_cut_has_only_whole_sentences(index: ArticleIndex) -> None:
    (hit,) = index.search("Valmorin ferry", limit=1).hits
    cut = shown_passage(hit.passage, ferry())
    assert len(WORD.findall(cut.text)) == LIMIT
    assert all(cut.start <= start < end <= cut.end for start, end in cut.sentences)
    assert shown_passage(hit.passage, ferry(None)) == hit.passage


def test_a_server_that_gives_out_no_text_can_be_measured(
    index: ArticleIndex, serve: Callable[..., str], tmp_path: Path
) -> None:
    address = serve(create_app(Answerer(index), feedback_log=tmp_path / "feedback.jsonl"))
    reply = ServerDesk(address).reply("How many passengers did the ferry carry in March?", ())
    assert reply.answer["citations"]
    assert all(reply.valid)
