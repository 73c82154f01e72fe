"""The verifier: no statement passes without a source that bears it out.

Rules of support without a model. That a statement is judged by its cited passages alone is after
Rashkin et al. 2023, "Measuring Attribution in Natural Language Generation Models", and that a
citation must be needed or enough is after Gao et al. 2023, ALCE; both judge by people or by a
model, which these rules stand in for:

- verbatim: the folded statement occurs word for word in one source;
- supported: what `qa.claims` looks for occurs in its sources (quantities, names, quotations, no
  denial more or less), and so does at least `SUPPORTED` of its other words;
- partial: the same with at least `PARTIAL`;
- otherwise unsupported, and dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index_store.terms import question_words, terms, words
from qa.answer import Answer, Citation, Verdict
from qa.claims import Text, founded, literal
from qa.draft import Draft, Source
from qa.errors import BrokenCitation

#: Share of a statement's content terms that its sources must hold.
SUPPORTED = 0.8
PARTIAL = 0.6

#: Fewer characters than this are found in any text by chance.
_SHORTEST_VERBATIM = 12


def verdict(statement: str, sources: Sequence[Source], language: str | None) -> Verdict | None:
    """How well the sources bear a statement out; None where they do not."""
    texts = [source.text for source in sources]
    if any(literal(statement) == literal(text) for text in texts):
        return Verdict.VERBATIM
    printed = [Text(source.text, source.article.language or language) for source in sources]
    if not founded(Text(statement, language), printed):
        return None
    if any(_is_verbatim(statement, text) for text in texts):
        return Verdict.VERBATIM
    recall = _recall(statement, " ".join(texts), language)
    if recall >= SUPPORTED:
        return Verdict.SUPPORTED
    return Verdict.PARTIAL if recall >= PARTIAL else None


def verify(draft: Draft, language: str | None) -> Draft | None:
    """The draft with the verdict that it deserves, or None: then it must not be shown.

    Sources that neither bear the statement out alone nor are missed by the others are left out.
    """
    sources = [source for source in draft.sources if _exists(source)]
    found = verdict(draft.text, sources, language) if sources else None
    if found is None:
        return None
    for source in reversed(sources):
        others = [other for other in sources if other != source]
        is_enough = verdict(draft.text, [source], language) is not None
        if not is_enough and verdict(draft.text, others, language) is found:
            sources = others
    return replace(draft, sources=tuple(sources), verdict=found)


def check_citations(answer: Answer) -> None:
    """The last gate before an answer leaves: every citation proves what it says it proves.

    Raises:
        BrokenCitation: a quotation is not what stands there in the article, a statement has no
            citation, or a number is out of order. Never the reader's fault; nothing is shown.
    """
    for citation in (*answer.citations, *answer.nearest):
        if not holds(citation):
            raise BrokenCitation(
                f"citation {citation.number} of {citation.article.source} does not match the "
                f"stored article; run: citedesk index with the original files"
            )
    numbers = [citation.number for citation in answer.citations]
    versions = [each for stated in answer.disagreements for each in stated.versions]
    said = [statement.citations for statement in answer.statements]
    cited = [number for each in (*said, *(one.citations for one in versions)) for number in each]
    if numbers != list(range(1, len(numbers) + 1)) or list(dict.fromkeys(cited)) != numbers:
        raise BrokenCitation("citations are not numbered in order of their first appearance")
    if not all(statement.citations for statement in answer.statements):
        raise BrokenCitation("a statement has no citation")
    for version in versions:
        if not version.citations or answer.citation(version.citations[0]).quote != version.quote:
            raise BrokenCitation("a version of a disagreement is not what its citation quotes")


def holds(citation: Citation) -> bool:
    """`article.text[start:end] == quote`, for a quotation of at least one character."""
    text = citation.article.text
    return (
        0 <= citation.start < citation.end <= len(text)
        and text[citation.start : citation.end] == citation.quote
    )


def _exists(source: Source) -> bool:
    return 0 <= source.span.start < source.span.end <= len(source.article.text)


def _is_verbatim(statement: str, text: str) -> bool:
    said, printed = " ".join(words(statement)), " ".join(words(text))
    if not said or said == printed:
        return bool(said)
    return len(said) >= _SHORTEST_VERBATIM and f" {said} " in f" {printed} "


def _recall(statement: str, text: str, language: str | None) -> float:
    content = [term for word in question_words(statement, language) for term in terms(word)]
    present = set(terms(text))
    return sum(term in present for term in content) / len(content) if content else 0.0
