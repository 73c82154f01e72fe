"""Our search as a LlamaIndex retriever, for its query engines and evaluators.

LlamaIndex takes 2 s to import: `ArticleIndex.as_retriever` imports this module when it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from index_store.models import Filters, Hit
from index_store.question_language import question_language

if TYPE_CHECKING:
    from index_store.index import ArticleIndex

#: What an embedding model or a language model is shown beside the text, of all the metadata.
_TOLD = frozenset({"title", "publisher", "author", "published"})


class ArticleRetriever(BaseRetriever):
    """Finds passages of an index, best first.

    Each node is a passage: its id, its text, where it starts and ends in the article's stored
    text, and in its metadata the article and what each side of the search says (`score_dense` …).
    Errors are those of `ArticleIndex.search`.

    Args:
        limit: nodes that are returned, at most.
        language: of the questions, ISO 639-1; each is looked at where it is None.
        filters: which articles are searched.
    """

    def __init__(
        self,
        index: ArticleIndex,
        limit: int = 10,
        language: str | None = None,
        filters: Filters = Filters(),
    ) -> None:
        super().__init__()
        self._index = index
        self._limit = limit
        self._language = language
        self._filters = filters

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        question = query_bundle.query_str
        found = self._index.search(
            question,
            language=self._language or question_language(question),
            filters=self._filters,
            limit=self._limit,
        )
        return [NodeWithScore(node=as_node(hit), score=hit.score) for hit in found.hits]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        import asyncio

        # A search computes and reads the disk: the loop goes on meanwhile.
        return await asyncio.to_thread(self._retrieve, query_bundle)


def as_node(hit: Hit) -> TextNode:
    """A passage as a node; `article.text[start_char_idx:end_char_idx] == text`."""
    metadata = _metadata(hit)
    kept_quiet = [name for name in metadata if name not in _TOLD]
    return TextNode(
        id_=hit.passage.id,
        text=hit.passage.text,
        start_char_idx=hit.passage.start,
        end_char_idx=hit.passage.end,
        metadata=metadata,
        excluded_embed_metadata_keys=kept_quiet,
        excluded_llm_metadata_keys=kept_quiet,
    )


def _metadata(hit: Hit) -> dict[str, Any]:
    article = hit.article
    return {
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "published": article.published,
        "language": article.language,
        "url": article.url,
        "source": article.source,
        "section": article.section,
        "article_id": article.id,
        **{f"score_{name}": score for name, score in hit.sides.items()},
    }
