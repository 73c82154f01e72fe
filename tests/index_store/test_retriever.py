"""Our search inside LlamaIndex programs: a query engine, its evaluator, and alone."""

from __future__ import annotations

import asyncio

import pytest
from llama_index.core.evaluation import RetrieverEvaluator
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import get_response_synthesizer
from llama_index.core.schema import MetadataMode, QueryBundle, TextNode

from corpus.reading import FoundArticle
from index_store.fakes import memory_index
from index_store.index import ArticleIndex
from index_store.models import Filters
from tests.index_store.archive import article

STORIES = {
    "ferry.txt": ("The ferry to Sandholm stops in March, the harbour board said.", "en"),
    "library.txt": ("The library of Valmorin opens on Sundays from next year.", "en"),
    "mairie.txt": ("Le maire de Valmorin a démissionné lundi soir.", "fr"),
}
QUESTION = "When does the ferry to Sandholm stop?"


@pytest.fixture
def index() -> ArticleIndex:
    index = memory_index()
    index.sync(
        FoundArticle(article(text, source=name, language=code, section="Local"), f"/{name}")
        for name, (text, code) in STORIES.items()
    )
    return index


def test_a_node_is_a_passage_with_its_offsets_its_article_and_its_scores(
    index: ArticleIndex,
) -> None:
    found = index.as_retriever().retrieve(QUESTION)
    (hit, *_) = hits = index.search(QUESTION, language="en").hits
    assert [one.score for one in found] == [one.score for one in hits]
    node = found[0].node
    assert isinstance(node, TextNode)
    assert (node.node_id, node.text) == (hit.passage.id, hit.passage.text)
    assert (node.start_char_idx, node.end_char_idx) == (hit.passage.start, hit.passage.end)
    assert hit.article.text[node.start_char_idx : node.end_char_idx] == node.text
    of_article = {
        "title": "A title", "publisher": "The Courier", "author": None, "published": "2025-01-14",
        "language": "en", "url": None, "source": "ferry.txt", "section": "Local",
        "article_id": hit.article.id,
    }  # fmt: skip
    assert node.metadata == of_article | {f"score_{name}": it for name, it in hit.sides.items()}
    assert {"score_dense", "score_grams", "score_gram_sentence"} <= node.metadata.keys()


@pytest.mark.parametrize("mode", [MetadataMode.LLM, MetadataMode.EMBED])
def test_a_model_reads_what_a_reader_would_and_no_scores(
    index: ArticleIndex, mode: MetadataMode
) -> None:
    shown = index.as_retriever().retrieve(QUESTION)[0].node.get_content(mode)
    assert "publisher: The Courier" in shown
    assert STORIES["ferry.txt"][0] in shown
    assert "score_" not in shown
    assert "article_id" not in shown


def test_the_language_of_each_question_is_looked_at_unless_it_is_given(index: ArticleIndex) -> None:
    french = "Qui a démissionné à Valmorin ?"
    told = index.as_retriever().retrieve(french)[0]
    assert told.node.metadata["source"] == "mairie.txt"
    assert "score_stems" in told.node.metadata  # which only the question's own language has
    mistaken = index.as_retriever(language="en").retrieve(french)
    assert all(
        "score_stems" not in one.node.metadata
        for one in mistaken
        if one.node.metadata["language"] == "fr"
    )


def test_a_limit_and_filters_hold(index: ArticleIndex) -> None:
    retriever = index.as_retriever(limit=1, filters=Filters(languages=("fr",)))
    (only,) = retriever.retrieve(QUESTION)
    assert only.node.metadata["source"] == "mairie.txt"


def test_it_can_be_awaited(index: ArticleIndex) -> None:
    async def retrieve() -> list[str]:
        retriever = index.as_retriever()
        both = await asyncio.gather(retriever.aretrieve(QUESTION), retriever.aretrieve(QUESTION))
        return [one.node.node_id for found in both for one in found[:1]]

    assert asyncio.run(retrieve()) == [index.search(QUESTION).hits[0].passage.id] * 2


def test_a_query_engine_answers_from_it(index: ArticleIndex) -> None:
    engine = RetrieverQueryEngine(
        retriever=index.as_retriever(limit=2),
        response_synthesizer=get_response_synthesizer(llm=MockLLM()),
    )
    response = engine.query(QueryBundle(QUESTION))
    assert STORIES["ferry.txt"][0] in str(response)  # the mock repeats what it was shown
    assert response.source_nodes[0].node.metadata["source"] == "ferry.txt"


def test_an_evaluator_measures_it(index: ArticleIndex) -> None:
    wanted = {
        QUESTION: "ferry.txt",
        "Qui a démissionné à Valmorin ?": "mairie.txt",
        "When does the library of Valmorin open?": "library.txt",
    }
    everything = index.search("x", limit=9).hits
    ids = {hit.article.source: hit.passage.id for hit in everything}
    evaluator = RetrieverEvaluator.from_metric_names(
        ["hit_rate", "mrr"], retriever=index.as_retriever(limit=1)
    )
    for question, source in wanted.items():
        measured = evaluator.evaluate(query=question, expected_ids=[ids[source]])
        assert measured.metric_vals_dict == {"hit_rate": 1.0, "mrr": 1.0}
    missed = evaluator.evaluate(query=QUESTION, expected_ids=[ids["mairie.txt"]])
    assert missed.metric_vals_dict == {"hit_rate": 0.0, "mrr": 0.0}
