"""Our answers as a LlamaIndex query engine, for its tools, routers and evaluators.

LlamaIndex takes 2 s to import: `Answerer.as_query_engine` imports this module when it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.response.schema import Response
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from index_store.models import Filters
from qa.answer import Answer, Citation, Verdict, as_json

if TYPE_CHECKING:
    from qa.answerer import Answerer

#: What a language model is shown beside the quote, of all the metadata.
_TOLD = frozenset({"title", "publisher", "published"})


class AnswerQueryEngine(BaseQueryEngine):
    """Answers questions from an archive.

    A response's text is the answer with its numbers, its source nodes are the citations in their
    order, and its metadata is the answer's JSON. A refusal has no source nodes, and `refused` in
    its metadata. Errors are those of `Answerer.ask`.

    Args:
        filters: which articles are searched.
        language: of the questions, ISO 639-1; each is looked at where it is None.
        as_of: a day, read anew with each question; only what was published by then is known.
    """

    def __init__(
        self,
        answerer: Answerer,
        filters: Filters = Filters(),
        language: str | None = None,
        as_of: str | None = None,
    ) -> None:
        super().__init__(callback_manager=None)
        self._answerer = answerer
        self._filters = filters
        self._language = language
        self._as_of = as_of

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = self._answerer.ask(
            query_bundle.query_str,
            filters=self._filters,
            language=self._language,
            as_of=self._as_of,
        )
        return as_response(answer)

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        import asyncio

        # An answer computes and reads the disk: the loop goes on meanwhile.
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


def as_response(answer: Answer) -> Response:
    """An answer as LlamaIndex hands it on."""
    nodes = [NodeWithScore(node=as_node(citation, answer)) for citation in answer.citations]
    return Response(answer.text, source_nodes=nodes, metadata=as_json(answer))


def as_node(citation: Citation, answer: Answer) -> TextNode:
    """A citation as a node; `article.text[start_char_idx:end_char_idx] == text`."""
    metadata = _metadata(citation, answer)
    kept_quiet = [name for name in metadata if name not in _TOLD]
    return TextNode(
        id_=citation.passage_id,
        text=citation.quote,
        start_char_idx=citation.start,
        end_char_idx=citation.end,
        metadata=metadata,
        excluded_embed_metadata_keys=kept_quiet,
        excluded_llm_metadata_keys=kept_quiet,
    )


def _metadata(citation: Citation, answer: Answer) -> dict[str, Any]:
    article = citation.article
    return {
        "number": citation.number,
        "verdict": str(_verdict(citation.number, answer)),
        "article_id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published,
        "url": article.url,
        "source": article.source,
    }


def _verdict(number: int, answer: Answer) -> Verdict:
    """The weakest of the statements that cite it: no citation is to look better than it proves."""
    verdicts = [one.verdict for one in answer.statements if number in one.citations]
    # What only a version of a disagreement cites is quoted as it stands.
    return max(verdicts, key=list(Verdict).index, default=Verdict.VERBATIM)
