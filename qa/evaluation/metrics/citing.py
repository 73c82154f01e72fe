"""Whether statements are borne out by what they cite, and citations are needed.

Citation recall and precision are those of ALCE (Gao et al. 2023), with the rules of `qa.verifying`
in place of its judge model. Whoever copies a passage is nearly perfect in both: look at them beside
the measures of correctness.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from corpus import Article, Span
from qa.answer import Verdict
from qa.draft import Source
from qa.verifying import verdict


class CitationScores(NamedTuple):
    """Of one answer, each 0 to 1; None where it has no statement, or none has a citation."""

    recall: float | None
    precision: float | None


def is_valid(stored: str, citation: Mapping[str, Any]) -> bool:
    """Whether an article's text has a citation's quote where the citation says it stands."""
    quote: str = citation["quote"]
    return quote != "" and stored[citation["start"] : citation["end"]] == quote


def citation_scores(answer: Mapping[str, Any]) -> CitationScores:
    """Recall and precision of an answer's citations.

    A statement counts where what it cites bears it out in full together. A citation counts where
    its statement does, and it bears the statement out alone or the others do not without it. A
    number that no citation has is wrong (ALCE leaves it out). Statements are held against their
    quotations alone, without what the articles say around them.

    Args:
        answer: its public JSON.
    """
    sources = {each["number"]: _source(each) for each in answer["citations"]}
    supported: list[bool] = []
    needed: list[bool] = []
    for statement in answer["statements"]:
        text, language = statement["text"], answer["language"]
        cited = [sources[one] for one in statement["citations"] if one in sources]
        is_supported = _bears_out(text, cited, language)
        supported.append(is_supported)
        needed += (
            is_supported and one in sources and _is_needed(text, sources[one], cited, language)
            for one in statement["citations"]
        )
    return CitationScores(_share(supported), _share(needed))


def _is_needed(text: str, source: Source, cited: Sequence[Source], language: str) -> bool:
    if len(cited) == 1 or _bears_out(text, [source], language):
        return True
    others = [other for other in cited if other is not source]
    return not _bears_out(text, others, language)


def _bears_out(text: str, sources: Sequence[Source], language: str) -> bool:
    return verdict(text, sources, language) in (Verdict.VERBATIM, Verdict.SUPPORTED)


def _source(citation: Mapping[str, Any]) -> Source:
    """The quotation as a source of its own, with what its article says of itself."""
    article, quote = citation["article"], citation["quote"]
    stated = Article(
        id=article["id"],
        title=article["title"],
        text=quote,
        source=article["source"],
        publisher=article["publisher"],
        published=article["published"],
        language=article["language"],
    )
    return Source(citation["passage_id"], stated, Span(0, len(quote)))


def _share(marks: Sequence[bool]) -> float | None:
    return sum(marks) / len(marks) if marks else None
