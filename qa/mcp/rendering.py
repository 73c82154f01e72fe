"""Results in words, for clients that show their model nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from corpus import Article, Passage
from index_store.models import Hit
from qa.answer import Answer, Citation
from qa.printing import article_line, disagreement_lines
from qa.provenance import provenance_line
from qa.rights import shown_passage


def answer_notes(answer: Answer) -> str:
    """What belongs to an answer beside its text: its sources by number, and what else to know."""
    return "\n".join(_note_lines(answer))


def hits_text(hits: Sequence[Hit]) -> str:
    """Passages, best first, with where they stand."""
    return "\n\n".join(_passage_text(hit.passage, hit.article) for hit in hits) or "Nothing found."


def article_text(article: Article, start: int, end: int) -> str:
    """An article's head, and the part of its text that was asked for."""
    place = f"characters {start}–{end} of {len(article.text)}"
    return f"{article_line(article)}\n{place}\n\n{article.text[start:end]}"


def _note_lines(answer: Answer) -> Iterator[str]:
    if answer.standalone_question != answer.question:
        yield f"Understood as: {answer.standalone_question}"
    if answer.note:
        yield answer.note
    if answer.citations:
        yield "Sources, by number:"
        printed = {statement.text for statement in answer.statements}
        yield from _source_lines(answer.citations, but=printed)
    if answer.nearest:
        yield "Nearest passages, which do not answer the question:"
        yield from _source_lines(answer.nearest)
    for disagreement in answer.disagreements:
        yield from disagreement_lines(disagreement, answer.language)
    if said := provenance_line(answer.provenance, answer.language):
        yield said
    if answer.newer:
        yield "Newer articles of the story, which the answer does not rest on:"
        yield from _source_lines(answer.newer)


def _source_lines(citations: Iterable[Citation], but: Iterable[str] = ()) -> Iterator[str]:
    """Where each citation stands, and its quote unless that is among the texts already read."""
    for citation in citations:
        place = f"article id {citation.article.id}, characters {citation.start}–{citation.end}"
        yield f"[{citation.number}] {article_line(citation.article)}; {place}"
        if citation.quote not in but:
            yield f"    {' '.join(citation.quote.split())}"


def _passage_text(passage: Passage, article: Article) -> str:
    place = f"article id {article.id}, characters {passage.start}–{passage.end}"
    return f"{article_line(article)}; {place}\n{shown_passage(passage, article).text}"
