"""One question's way, from the words typed to a proven answer. Read it from the top."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from time import perf_counter
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError

from index_store.index import ArticleIndex
from index_store.models import Filters
from qa.answer import Answer, Mode, Searched, Statement
from qa.citing import citations, cite, cite_versions
from qa.composing import Composition, compose
from qa.disagreeing import find_disagreements, untold_correction
from qa.errors import EmptyIndex
from qa.evidence import weigh_sentences
from qa.history import Turn
from qa.phrases import phrase
from qa.provenance import provenance
from qa.question import Question, understand
from qa.quoting import nearest
from qa.refusal import answers
from qa.translating import Translator
from qa.verifying import check_citations

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

#: Passages that a question is answered from.
PASSAGES = 10


class Answerer:
    """Answers questions from an index.

    Args:
        model: writes prose where there is one; exact quotes are given otherwise.
        translator: puts the question into the archive's other languages, where there is one.
    """

    def __init__(
        self,
        index: ArticleIndex,
        model: LLM | None = None,
        translator: Translator | None = None,
    ) -> None:
        self.index = index
        self._model = model
        self._translator = translator

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters = Filters(),
        language: str | None = None,
    ) -> Answer:
        """The answer to a question.

        Args:
            history: the conversation before it, oldest first.
            language: of the question, where the user chose one; detected otherwise.

        Raises:
            BadQuestion: the question is empty or too long, or `language` is not a language.
            EmptyIndex: nothing has been indexed.
            BrokenCitation: the answer failed its last check.
        """
        clock = Clock()
        searched = self._searched(filters)
        asked = understand(question, history, language, searched.languages)
        translations = self._translations(asked, searched)
        clock.lap("understand")
        found = self.index.search(
            asked.standalone,
            language=asked.written_in,
            filters=filters,
            limit=PASSAGES,
            translations=translations,
        )
        clock.lap("search")
        evidence = weigh_sentences(asked, found)
        if answers(evidence, found):
            composed = compose(asked, found.hits, evidence, self._model)
        else:
            composed = Composition(Mode.QUOTES, ())
        clock.lap("answer")
        statements, cited = cite(composed.drafts)
        differing = find_disagreements(asked, found, evidence, composed.drafts)
        disagreements, cited = cite_versions(differing, cited)
        corrected = untold_correction(cited, evidence, asked.language)
        clock.lap("disagreements")
        answer = Answer(
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
            provenance=provenance(cited, self.index.sketches(each.article.id for each in cited)),
            nearest=() if statements else citations(nearest(evidence)),
            note=" ".join(filter(None, (composed.note, corrected))) or None,
            timings_ms=clock.laps(),
        )
        check_citations(answer)
        return answer

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters = Filters(),
        language: str | None = None,
    ) -> Iterator[Statement | Answer]:
        """The statements of an answer one by one, then the whole answer; raises as `ask` does."""
        answer = self.ask(question, history, filters, language)
        yield from answer.statements
        yield answer

    def _translations(self, asked: Question, searched: Searched) -> Mapping[str, str]:
        if self._translator is None:
            return {}
        return self._translator.into(asked.standalone, asked.written_in, searched.languages)

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


def with_markers(statements: Sequence[Statement]) -> str:
    """Statements as running text, each with its numbers: `… [1] … [2][3]`."""
    return " ".join(
        f"{statement.text} {''.join(f'[{number}]' for number in statement.citations)}"
        for statement in statements
    )


def refusal_text(question: Question, searched: Searched) -> str:
    """What is said where the archive does not answer: what was searched, in the reader's words."""
    if not searched.articles:
        return phrase(question.language, "answer.nothing_matches")
    languages = ", ".join(_language_name(code, question.language) for code in searched.languages)
    key = "answer.searched_span" if searched.first or searched.last else "answer.searched"
    looked = phrase(
        question.language,
        key,
        articles=searched.articles,
        languages=languages,
        first=searched.first or "…",
        last=searched.last or "…",
    )
    return f"{phrase(question.language, 'answer.refused')} {looked}"


def _language_name(code: str, language: str) -> str:
    """The name of a language, or what the article states where that is no language's code."""
    try:
        return Locale.parse(code).get_language_name(language) or code
    except (ValueError, UnknownLocaleError):
        return code


class Clock:
    """Milliseconds that each step took."""

    def __init__(self) -> None:
        self._start = self._last = perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        """Ends a step."""
        now = perf_counter()
        self._laps[name] = (now - self._last) * 1000
        self._last = now

    def laps(self) -> dict[str, float]:
        """Every step, and all of it."""
        return {**self._laps, "total": (perf_counter() - self._start) * 1000}
