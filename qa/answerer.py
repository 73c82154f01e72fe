"""One question's way, from the words typed to a proven answer. Read it from the top."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

from index_store.index import ArticleIndex
from index_store.models import Filters
from index_store.terms import names_a_subject
from qa.answer import Answer, Citation, Mode, Searched, Statement, as_json
from qa.audit.entry import Entry, Log, Request, shown_passages
from qa.citing import citations, cite, cite_versions
from qa.clock import QUESTION, Clock, in_one_context, span
from qa.composing import NOTHING, PATIENCE, Composition, compose
from qa.dates.as_of import as_of_note, as_read, known_by, known_day
from qa.disagreeing import find_disagreements, untold_correction
from qa.entailment import Entailment
from qa.errors import EmptyIndex
from qa.history import Turn
from qa.introducing import introduced
from qa.known_filters import known_filters
from qa.looking import UNSEARCHED, Findings, Looked, look
from qa.newer import newer_coverage
from qa.phrases import INTERFACE_LANGUAGES, phrase
from qa.prose.budget import spent
from qa.provenance import provenance
from qa.quoting import nearest
from qa.running_text import refusal_text, with_markers
from qa.understanding.question import Question, chosen, understand
from qa.understanding.respelling import respelled
from qa.understanding.rewriting import Rewriter
from qa.understanding.small_talk import SmallTalk, language_of, reply_to, small_talk
from qa.understanding.translating import Translator
from qa.verifying import check_citations, check_statements
from qa.weighing.evidence import PASSAGES as WEIGHED
from qa.weighing.evidence import weigh_sentences
from qa.weighing.refusal import THRESHOLD, probability

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

    from qa.query_engine import AnswerQueryEngine

#: Passages that a question is answered from.
PASSAGES = 10


class Answerer:
    """Answers questions from an index.

    Args:
        model: writes prose where there is one; exact quotes are given otherwise.
        translator: puts the question into the archive's other languages, where there is one.
        rewriter: puts a follow-up into words of its own, where there is one.
        entailment: judges prose whose sources are in another language, where there is one.
        log: takes every answer with what it came from, where there is one.
        patience: seconds to wait for the model in all.
        today: the day that "last week" is counted from.
    """

    def __init__(
        self,
        index: ArticleIndex,
        model: LLM | None = None,
        translator: Translator | None = None,
        rewriter: Rewriter | None = None,
        entailment: Entailment | None = None,
        log: Log | None = None,
        patience: float = PATIENCE,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.index = index
        self._model = model
        self._translator = translator
        self._rewriter = rewriter
        self._entailment = entailment
        self._log = log
        self._patience = patience
        self._today = today

    @property
    def language_model(self) -> str | None:
        """The name of the model that writes; None where the archive is quoted."""
        return self._model.metadata.model_name if self._model else None

    def unlogged(self) -> Answerer:
        """The same over the same index, with no log of its answers."""
        quiet = copy(self)
        quiet._log = None
        return quiet

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters = Filters(),
        language: str | None = None,
        standalone: str | None = None,
        as_of: str | None = None,
    ) -> Answer:
        """The answer to a question.

        Args:
            history: the conversation before it, oldest first.
            language: of the answer's own words, where the user chose one; the question's otherwise.
                Where it is none of English, French and Italian, they are English, and a note says
                so; quotes stay as they are printed.
            standalone: how the question is to be understood, instead of by its history.
            as_of: an ISO 8601 day, or "yesterday" and the like, counted from today; only what was
                published by then is known.

        Raises:
            BadQuestion: the question is empty or too long, `language` is not a language, or `as_of`
                not a day.
            BadFilter: the archive has no such outlet, language or section.
            EmptyIndex: nothing has been indexed.
            BrokenCitation: the answer failed its last check.
        """
        *_, answer = self.stream(question, history, filters, language, standalone, as_of)
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters = Filters(),
        language: str | None = None,
        standalone: str | None = None,
        as_of: str | None = None,
    ) -> Iterator[Statement | Answer]:
        """The statements of an answer, each once it is proven, then the whole; raises as `ask`."""
        request = Request(question, tuple(history), filters, language, standalone, as_of)
        yield from in_one_context(self._told(request))

    def _told(self, request: Request) -> Generator[Statement | Answer, None, None]:
        with span(QUESTION), self.index.followed_once():
            if request.standalone is None and (talk := small_talk(request.question)):
                yield self._talked(request, talk)
            else:
                yield from self._answered(self._settled(request))

    def _talked(self, request: Request, talk: SmallTalk) -> Answer:
        """What is said to a greeting; nothing is searched for."""
        clock = Clock()
        chose = chosen(request.language) if request.language else None
        reply = reply_to(talk, request.question, language_of(talk, request.history, chose))
        answer = replace(reply, timings_ms=clock.taken())
        self._record(request, UNSEARCHED, NOTHING, answer)
        return answer

    def _settled(self, request: Request) -> Request:
        """With what is filtered by as the archive names it, and a day for "yesterday"."""
        filters = known_filters(request.filters, self.index.catalogue())
        if request.as_of is None:
            return replace(request, filters=filters)
        day = known_day(request.as_of, self._today())
        return replace(request, filters=filters, as_of=day.isoformat())

    def _answered(self, request: Request) -> Iterator[Statement | Answer]:
        """The way of a question that is searched for."""
        clock = Clock()
        day = date.fromisoformat(request.as_of) if request.as_of else None
        known = known_by(request.filters, day) if day else request.filters
        with clock.step("understand"):
            searched = self._searched(known)
            asked = self._understood(request, searched.languages)
        with clock.step("search"):
            attempt = partial(self._findings, day=day, clock=clock)
            looked = look(asked, known, day or self._today(), attempt)
            searched = self._looked_through(request, searched, known, looked)
        composed, shown = NOTHING, 0
        try:
            with clock.step("write"):
                for composed in self._composed(asked, looked.findings):
                    statements, cited = _cited(asked, composed)
                    # A growing answer passes the same gate before any of it is shown.
                    with clock.step("verify"):
                        check_statements(statements, cited)
                    yield from statements[shown:]
                    shown = len(statements)
        except GeneratorExit:
            # What was shown is kept in the log, though nobody waits for the rest.
            answer = self._whole(request, asked, looked, searched, composed)
            self._record(request, looked.findings, composed, answer)
            raise
        with clock.step("compare"):
            answer = self._whole(request, asked, looked, searched, composed)
        with clock.step("verify"):
            check_citations(answer)
        answer = replace(answer, timings_ms=clock.taken())
        self._record(request, looked.findings, composed, answer)
        yield answer

    def _understood(self, request: Request, languages: Sequence[str]) -> Question:
        """The question made to stand alone, its names as the archive spells them; as the reader put
        it, where he did."""
        asked = understand(
            request.question, request.history, request.language, languages, request.standalone,
            self._rewriter,
        )  # fmt: skip
        return asked if request.standalone else respelled(asked, self.index.name_like)

    def _composed(self, asked: Question, findings: Findings) -> Iterator[Composition]:
        """The answer as it grows; nothing where the evidence does not answer."""
        if findings.answered:
            # What is written from is what is weighed, so that all of it can be compared.
            hits, evidence = findings.result.hits[:WEIGHED], findings.evidence
            yield from compose(asked, hits, evidence, self._model, self._entailment, self._patience)

    def _whole(
        self,
        request: Request,
        asked: Question,
        looked: Looked,
        searched: Searched,
        composed: Composition,
    ) -> Answer:
        """What was composed, numbered, with what else the reader should know."""
        found, evidence = looked.findings.result, looked.findings.evidence
        statements, cited = _cited(asked, composed)
        differing = find_disagreements(asked, found, evidence, composed.drafts)
        disagreements, cited = cite_versions(differing, cited)
        corrected = untold_correction(cited, evidence, asked.language)
        newer = newer_coverage(evidence, cited, found.terms)
        own = self._own_notes(request, asked, cited)
        notes = (*own, looked.note, composed.note, corrected)
        return Answer(
            id=uuid.uuid4().hex,
            question=asked.text,
            standalone_question=asked.standalone,
            language=asked.language,
            mode=composed.mode,
            refused=not statements,
            text=with_markers(statements) or refusal_text(asked, searched),
            statements=statements,
            citations=cited,
            searched=searched,
            disagreements=disagreements,
            provenance=provenance(cited, self.index.sketches),
            nearest=() if statements else citations(nearest(evidence)),
            newer=citations(newer, first=len(cited) + 1),
            probability=looked.findings.probability,
            usage=spent(composed.exchanges),
            note=" ".join(filter(None, notes)) or None,
        )

    def as_query_engine(
        self,
        filters: Filters = Filters(),
        language: str | None = None,
        as_of: str | None = None,
    ) -> AnswerQueryEngine:
        """These answers for any LlamaIndex program; source nodes are the citations.

        Args:
            language: of the questions; each is looked at where it is None.
            as_of: a day as `ask` takes it; only what was published by then is known.
        """
        # LlamaIndex takes 2 s to import.
        from qa.query_engine import AnswerQueryEngine

        return AnswerQueryEngine(self, filters, language, as_of)

    def _record(
        self,
        request: Request,
        findings: Findings,
        composed: Composition,
        answer: Answer,
    ) -> None:
        """Hands the log, where there is one, an answer with all that it came from."""
        if self._log is None:
            return
        entry = Entry(
            time=datetime.now(UTC).isoformat(timespec="milliseconds"),
            request=request,
            translations=findings.translations,
            passages=shown_passages(findings.result),
            exchanges=composed.exchanges,
            answer=as_json(answer),
            embedding_model=self.index.embedding_model,
            language_model=self.language_model,
            revision=self.index.revision,
        )
        self._log.append(entry)

    def _findings(
        self, asked: Question, filters: Filters, day: date | None, clock: Clock
    ) -> Findings:
        """What a search of what a filter admits comes to, as it was known on a day."""
        translations = self._translations(asked, filters)
        found = self.index.search(
            asked.standalone,
            language=asked.written_in,
            filters=filters,
            limit=PASSAGES,
            translations=translations,
        )
        found = replace(found, terms=replace(found.terms, carried=asked.carried))
        if day:
            found = as_read(found, day)
        with clock.step("evidence"):
            evidence = weigh_sentences(asked, found)
            says_what = names_a_subject(asked.standalone, asked.written_in)
            likely = probability(evidence) if says_what else 0.0
        return Findings(found, evidence, likely >= THRESHOLD, likely, translations)

    def _translations(self, asked: Question, filters: Filters) -> Mapping[str, str]:
        if self._translator is None:
            return {}
        languages = self._searched(filters).languages
        return self._translator.into(asked.standalone, asked.written_in, languages)

    def _own_notes(
        self, request: Request, asked: Question, cited: Sequence[Citation]
    ) -> Iterator[str]:
        """What the reader should know of a language that is not spoken here, and of a day that the
        answer is as of."""
        if request.language and asked.language not in INTERFACE_LANGUAGES:
            yield phrase(asked.language, "answer.own_words")
        if request.as_of:
            day = date.fromisoformat(request.as_of)
            entries = self.index.catalogue()
            yield as_of_note(day, request.filters, entries, cited, asked.language)

    def _looked_through(
        self, request: Request, searched: Searched, known: Filters, looked: Looked
    ) -> Searched:
        """What was searched in the end, which the question's own dates may have narrowed."""
        if looked.filters != known:
            searched = self._searched(looked.filters)
        newest = None if searched.articles else self.index.summary(known).last
        return replace(searched, period=looked.period, as_of=request.as_of, newest=newest)

    def _searched(self, filters: Filters) -> Searched:
        summary = self.index.summary(filters)
        if not summary.articles and not self.index.summary().articles:
            raise EmptyIndex("nothing has been indexed yet; run: citedesk index PATH")
        return Searched(
            articles=summary.articles,
            passages=summary.passages,
            languages=tuple(sorted(filter(None, summary.languages))),
            first=filters.published_from,
            last=filters.published_to,
        )


def _cited(
    asked: Question, composed: Composition
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """What was composed, numbered; quotations with who says them, where that is not clear."""
    statements, cited = cite(composed.drafts)
    if composed.mode is Mode.QUOTES:
        statements = introduced(statements, cited, asked.language)
    return statements, cited
