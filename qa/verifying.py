"""The verifier: no statement passes without a source that bears it out.

Rules of support without a model, after peers' metrics of attribution (Rashkin et al. 2023, "Measuring
Attribution in Natural Language Generation Models"; Gao et al. 2023, ALCE):

- verbatim: the folded statement occurs word for word in one source;
- supported: every number and every name of the statement occurs in its sources, and so does at
  least `SUPPORTED` of its other words;
- partial: the same with at least `PARTIAL`;
- otherwise unsupported, and dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index_store.terms import question_words, terms, words
from qa.answer import Answer, Citation, Verdict
from qa.draft import Draft, Source
from qa.errors import BrokenCitation

#: Share of a statement's content terms that its sources must hold.
SUPPORTED = 0.8
PARTIAL = 0.6

#: Fewer characters than this are found in any text by chance.
_SHORTEST_VERBATIM = 12

_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f' ]\d{3})*(?:[.,]\d+)?")
_NAME = re.compile(r"(?<!^)\b[A-ZÀ-ÖØ-Þ][^\W_]+(?:[-’'][^\W_]+)*")


def verdict(statement: str, sources: Sequence[Source], language: str | None) -> Verdict | None:
    """How well the sources bear a statement out; None where they do not."""
    texts = [source.text for source in sources]
    if any(_is_verbatim(statement, text) for text in texts):
        return Verdict.VERBATIM
    together = " ".join(texts)
    if not (_numbers(statement) <= _numbers(together) and _names(statement) <= set(words(together))):
        return None
    recall = _recall(statement, together, language)
    if recall >= SUPPORTED:
        return Verdict.SUPPORTED
    return Verdict.PARTIAL if recall >= PARTIAL else None


def verify(draft: Draft, language: str | None) -> Draft | None:
    """The draft with the verdict that it deserves, or None: then it must not be shown."""
    sources = tuple(source for source in draft.sources if _exists(source))
    found = verdict(draft.text, sources, language) if sources else None
    return Draft(draft.text, sources, found) if found else None


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
    cited = [number for statement in answer.statements for number in statement.citations]
    if numbers != list(range(1, len(numbers) + 1)) or list(dict.fromkeys(cited)) != numbers:
        raise BrokenCitation("citations are not numbered in order of their first appearance")
    if not all(statement.citations for statement in answer.statements):
        raise BrokenCitation("a statement has no citation")


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
    if said == printed:
        return True
    return len(said) >= _SHORTEST_VERBATIM and f" {said} " in f" {printed} "


def _numbers(text: str) -> set[str]:
    """Numbers without their separators of thousands."""
    return {re.sub(r"\D", "", number) for number in _NUMBER.findall(text)}


def _names(text: str) -> set[str]:
    """Folded words of capitalised names, except the word that opens the sentence."""
    return {word for name in _NAME.findall(text) for word in words(name)}


def _recall(statement: str, text: str, language: str | None) -> float:
    content = [term for word in question_words(statement, language) for term in terms(word)]
    present = set(terms(text))
    return sum(term in present for term in content) / len(content) if content else 0.0
