"""Our answers inside LlamaIndex programs: a tool, a query transformation, an evaluator."""

from __future__ import annotations

import asyncio

import pytest
from llama_index.core.base.response.schema import Response
from llama_index.core.evaluation import FaithfulnessEvaluator
from llama_index.core.indices.query.query_transform.base import IdentityQueryTransform
from llama_index.core.query_engine import TransformQueryEngine
from llama_index.core.schema import MetadataMode, QueryBundle, TextNode
from llama_index.core.tools import QueryEngineTool

from corpus.reading import FoundArticle
from index_store.fakes import memory_index
from index_store.index import ArticleIndex
from index_store.models import Filters
from qa.answer import as_json
from qa.answerer import Answerer
from qa.fakes import ScriptedModel, article

FERRY = "The ferry to Sandholm stops in March, the harbour board said."
QUESTION = "When does the ferry to Sandholm stop?"
UNANSWERED = "Who won the chess championship?"


@pytest.fixture
def index() -> ArticleIndex:
    index = memory_index()
    texts = {
        "ferry.txt": f"A long winter is over. {FERRY}",
        "baker.txt": "The bakery of Valmorin was sold to a baker.",
    }
    index.sync(
        FoundArticle(article(text, source=name, publisher="The Courier"), f"/{name}")
        for name, text in texts.items()
    )
    return index


@pytest.fixture
def answerer(index: ArticleIndex) -> Answerer:
    return Answerer(index)


def test_a_source_node_is_a_citation_with_its_offsets_and_its_article(
    answerer: Answerer, index: ArticleIndex
) -> None:
    response = answerer.as_query_engine().query(QUESTION)
    answer = answerer.ask(QUESTION)
    assert str(response) == answer.text
    assert [one.node.node_id for one in response.source_nodes] == [
        citation.passage_id for citation in answer.citations
    ]
    node = response.source_nodes[0].node
    assert isinstance(node, TextNode)
    stored = index.article(node.metadata["article_id"])
    assert stored is not None
    assert stored.text[node.start_char_idx : node.end_char_idx] == node.text == FERRY
    assert node.metadata == {
        "number": 1, "verdict": "verbatim", "article_id": stored.id, "title": stored.title,
        "publisher": "The Courier", "published": None, "url": None, "source": "ferry.txt",
    }  # fmt: skip


def test_its_metadata_is_the_answer_as_every_door_gives_it(answerer: Answerer) -> None:
    metadata = answerer.as_query_engine().query(QUESTION).metadata
    once_more = as_json(answerer.ask(QUESTION))
    assert metadata is not None
    assert metadata.keys() == once_more.keys()
    assert metadata["statements"] == once_more["statements"]


def test_a_refusal_has_no_source_and_says_that_it_is_one(answerer: Answerer) -> None:
    response = answerer.as_query_engine().query(UNANSWERED)
    assert response.source_nodes == []
    assert response.metadata is not None
    assert response.metadata["refused"] is True
    assert str(response).startswith("The archive does not say.")


def test_filters_and_language_hold(answerer: Answerer, index: ArticleIndex) -> None:
    in_french = article("La boulangerie est fermée.", "fr", source="pain.txt")
    index.sync([FoundArticle(in_french, "/pain.txt")])
    engine = answerer.as_query_engine(Filters(languages=("fr",)), language="fr")
    response = engine.query(QUESTION)
    assert response.metadata is not None
    assert (response.metadata["refused"], response.metadata["language"]) == (True, "fr")


def test_it_knows_what_was_known_on_a_day(answerer: Answerer, index: ArticleIndex) -> None:
    later = article("The ferry to Sandholm stops in May.", source="may.txt", published="2024-05-02")
    then = article(FERRY, source="then.txt", published="2024-02-01")
    index.sync(FoundArticle(one, f"/{one.source}") for one in (then, later))
    response = answerer.as_query_engine(as_of="2024-03-01").query(QUESTION)
    assert {one.node.metadata["source"] for one in response.source_nodes} == {"then.txt"}
    assert response.metadata is not None
    assert response.metadata["searched"]["as_of"] == "2024-03-01"


def test_it_can_be_awaited(answerer: Answerer) -> None:
    async def ask() -> list[str]:
        engine = answerer.as_query_engine()
        both = await asyncio.gather(engine.aquery(QUESTION), engine.aquery(QUESTION))
        return [one.source_nodes[0].node.get_content(MetadataMode.NONE) for one in both]

    assert asyncio.run(ask()) == [FERRY, FERRY]


def test_a_model_reads_the_quote_with_its_outlet_and_no_offsets(answerer: Answerer) -> None:
    (shown,) = [
        one.node.get_content(MetadataMode.LLM)
        for one in answerer.as_query_engine().query(QUESTION).source_nodes
    ]
    assert "publisher: The Courier" in shown
    assert "article_id" not in shown
    assert "verdict" not in shown


def test_an_agent_calls_it_as_a_tool_and_gets_the_citations(answerer: Answerer) -> None:
    tool = QueryEngineTool.from_defaults(
        answerer.as_query_engine(), name="archive", description="The newsroom's own articles."
    )
    called = tool.call(QUESTION)
    assert FERRY in called.content
    assert called.raw_output.source_nodes[0].node.metadata["source"] == "ferry.txt"


def test_it_can_be_part_of_another_engine(answerer: Answerer) -> None:
    engine = TransformQueryEngine(answerer.as_query_engine(), IdentityQueryTransform())
    assert FERRY in str(engine.query(QueryBundle(QUESTION)))


@pytest.mark.parametrize(("said", "passing"), [("YES", True), ("NO", False)])
def test_an_evaluator_judges_the_answer_by_its_quotes(
    answerer: Answerer, said: str, passing: bool
) -> None:
    model = ScriptedModel(*[said] * 4)
    response = answerer.as_query_engine().query(QUESTION)
    assert isinstance(response, Response)
    judged = FaithfulnessEvaluator(llm=model).evaluate_response(QUESTION, response)
    assert judged.passing is passing
    assert judged.contexts == [one.node.get_content() for one in response.source_nodes]


def test_what_only_a_disagreement_cites_is_word_for_word(
    index: ArticleIndex, answerer: Answerer
) -> None:
    told = {
        "fire-a.txt": ("Nine people died in the fire at the Tarnow mill.", "The Courier"),
        "fire-b.txt": ("Twelve people died in the fire at the Tarnow mill.", "The Gazette"),
    }
    index.sync(
        FoundArticle(article(text, source=name, publisher=outlet), f"/{name}")
        for name, (text, outlet) in told.items()
    )
    response = answerer.as_query_engine().query("How many people died in the Tarnow mill fire?")
    assert {one.node.metadata["verdict"] for one in response.source_nodes} == {"verbatim"}
    assert {one.node.metadata["source"] for one in response.source_nodes} == set(told)
