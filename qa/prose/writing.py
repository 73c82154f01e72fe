"""Writing mode: a language model writes sentences with numbers, code proves each of them.

A sentence is proven before it is shown. What fails is asked for once more, with the reasons; what
fails again is left to the caller, who has the archive's own words for it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from corpus import Span
from index_store.models import Hit
from index_store.terms import terms, words
from qa.answer import Verdict
from qa.audit.exchange import Exchange
from qa.claims import Reason, literal
from qa.draft import Draft, Source
from qa.entailment import Entailment
from qa.errors import ContextOverflow, ModelUnavailable
from qa.prose.budget import within_budget
from qa.prose.deadline import Deadline
from qa.prose.language_model import Prompt, stream_model
from qa.prose.prompts import NO_ANSWER, SENTENCES, correction_prompt, system_prompt, user_prompt
from qa.prose.reasons import Flaw, is_in_another_language, why
from qa.prose.reply import Sentence, read_sentences
from qa.quotable import is_headline
from qa.rights import quotable_part
from qa.understanding.question import Question
from qa.verifying import verify

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

#: Sentences of a reply that are read; a model that has shown nothing by then ignores the rules.
_MOST_READ = 3 * SENTENCES

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """A sentence that was written but not proven.

    Attributes:
        sources: what it cites.
    """

    text: str
    sources: tuple[Source, ...]
    reason: Flaw | Reason


class Writer:
    """One question put to a model, and what became of the reply.

    Args:
        hits: the passages, as many of which are sent as fit.
        patience: seconds for all requests together.
        entailment: judges sentences whose sources are in another language, where there is one.

    Attributes:
        proven: drafts that the verifier passed, in the order that they came.
        failed: sentences that it did not, after they were asked for again.
        found_nothing: the model says that the passages do not answer.
        is_cut_off: the reply broke off behind what was proven.
        exchanges: with the model, word for word.
    """

    def __init__(
        self,
        model: LLM,
        question: Question,
        hits: Sequence[Hit],
        patience: float,
        entailment: Entailment | None = None,
    ) -> None:
        self._model = model
        self._entailment = entailment
        self._question = question
        self._passages = within_budget(hits)
        self._deadline = Deadline.after(patience)
        self.proven: list[Draft] = []
        self.failed: list[Failure] = []
        self.found_nothing = False
        self.is_cut_off = False
        self.exchanges: list[Exchange] = []

    def write(self) -> Iterator[Draft]:
        """Each draft as soon as it is proven.

        Raises:
            ModelUnavailable: nothing was proven, and the model did not write a whole sentence.
        """
        try:
            yield from self._first_reply()
        except ContextOverflow:
            self._passages = self._passages[: max(1, len(self._passages) // 2)]
            yield from self._first_reply()
        if self._is_worth_correcting():
            yield from self._corrected()

    def _first_reply(self) -> Iterator[Draft]:
        try:
            yield from self._read(self._told())
        except ModelUnavailable as error:
            if not self.proven:
                raise
            logger.warning("the language model broke off: %s", error)
            self.is_cut_off = True

    def _corrected(self) -> Iterator[Draft]:
        """What the model makes of its failures; where it does not reply, they stay as they are."""
        failed, self.failed = self.failed, []
        correction = correction_prompt((one.text, one.reason) for one in failed)
        try:
            yield from self._read(f"{self._told()}\n\n{correction}")
        except ModelUnavailable as error:
            logger.warning("the language model did not correct itself: %s", error)
            self.failed = failed
        # It has found something before, so what that was stands in the archive's own words.
        self.found_nothing = False

    def _told(self) -> str:
        return user_prompt(self._question.standalone, self._passages)

    def _is_worth_correcting(self) -> bool:
        if self.proven:
            # A heading or a phrase that leads in says nothing beside what is proven.
            self.failed = [one for one in self.failed if one.sources or not is_headline(one.text)]
        is_over = self.is_cut_off or self.found_nothing or len(self.proven) >= SENTENCES
        return bool(self.failed) and not is_over and self._deadline.left() > 0

    def _read(self, user: str) -> Iterator[Draft]:
        """The proven sentences of one reply.

        Raises:
            ModelUnavailable: it does not reply, breaks off, or writes no whole sentence.
        """
        prompt: Prompt = (("system", system_prompt(self._question.language)), ("user", user))
        said: list[str] = []
        try:
            with closing(stream_model(self._model, prompt, self._deadline)) as pieces:
                yield from self._judged(_kept(pieces, said))
        finally:
            self.exchanges.append(Exchange(prompt, "".join(said)))

    def _judged(self, pieces: Iterator[str]) -> Iterator[Draft]:
        read = 0
        for sentence in islice(read_sentences(pieces, self._question.language), _MOST_READ):
            if not words(sentence.text):
                continue
            if _says_nothing(sentence):
                self.found_nothing = True
                return
            if not sentence.is_whole:
                self.is_cut_off = bool(self.proven)
                break
            read += 1
            draft = self._proven(sentence)
            if draft is not None:
                yield draft
            if len(self.proven) == SENTENCES:
                return
        if not read:
            raise ModelUnavailable("empty reply")

    def _proven(self, sentence: Sentence) -> Draft | None:
        """A draft that may be shown and was not yet; what may not be is remembered with why."""
        language = self._question.language
        sources = _sources(sentence, self._passages)
        draft = verify(Draft(sentence.text, sources, Verdict.PARTIAL), language, self._entailment)
        is_foreign = is_in_another_language(sentence.text, language)
        if draft is None or (is_foreign and draft.verdict is not Verdict.VERBATIM):
            reason = why(sentence.text, sentence.numbers, sources, language)
            failure = Failure(sentence.text, sources, reason)
            if failure not in self.failed:
                self.failed.append(failure)
            return None
        if any(literal(draft.text) == literal(other.text) for other in self.proven):
            return None
        self.proven.append(draft)
        return draft


def _kept(pieces: Iterator[str], said: list[str]) -> Iterator[str]:
    for piece in pieces:
        said.append(piece)
        yield piece


def _says_nothing(sentence: Sentence) -> bool:
    return NO_ANSWER in sentence.text or words(sentence.text) == words(NO_ANSWER)


def _sources(sentence: Sentence, passages: Sequence[Hit]) -> tuple[Source, ...]:
    """The sentence of each named passage that shares most with what was written, of those whose
    owner allows so long a quotation.

    A number out of range names nothing: `[0]` must not mean the last passage.
    """
    said = set(terms(sentence.text))
    named = [number for number in sentence.numbers if 1 <= number <= len(passages)]
    sources = []
    for hit in (passages[number - 1] for number in named):

        def shared(span: Span, hit: Hit = hit) -> int:
            return len(said & set(terms(hit.article.text[span.start : span.end])))

        allowed = [
            span for span in hit.passage.sentences if quotable_part(hit.article, span) == span
        ]
        if allowed:
            sources.append(Source(hit.passage.id, hit.article, max(allowed, key=shared)))
    return tuple(sources)
