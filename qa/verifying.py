"""The verifier: no statement passes without a source that bears it out.

Rules of support without a model. That a statement is judged by its cited passages alone is after
Rashkin et al. 2023, "Measuring Attribution in Natural Language Generation Models", and that a
citation must be needed or enough is after Gao et al. 2023, ALCE; both judge by people or by a
model, which these rules stand in for:

- verbatim: the folded statement occurs word for word in one source;
- supported: its sources have all that it names, say nothing otherwise (`qa.claims`), and have
  enough of its other words, the telling ones counting most;
- partial: the same with fewer of them;
- otherwise unsupported, and dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus import Span
from index_store.terms import words
from qa.answer import Answer, Citation, Statement, Verdict, Version
from qa.claims import Reason, Text, contradiction, lacking, literal
from qa.claims.excerpts import stands_alone
from qa.claims.quotations import requote as requoted
from qa.claims.raised_figures import spelt_out
from qa.claims.support import strangers, support
from qa.draft import Draft, Source
from qa.entailment import Entailment
from qa.errors import BrokenCitation
from qa.rights import quotable_part

#: Share of a statement's weighed words that its sources must hold. `PARTIAL` is the largest that
#: keeps four of five of the right statements that it was fitted on, with which it rejects 0.968 of
#: the wrong ones. Of statements held out it keeps 0.797 and rejects 0.956 (tests/qa/claims): of
#: those, the rules alone reject 0.822. 0.82 would keep 0.831 and reject 0.874.
SUPPORTED = 0.9
PARTIAL = 0.88
#: The same where no source is in the statement's language, so that few of its words are: keeps
#: 19 of 21 right statements and rejects all of 15; of those held out 3 of 5 and all of 4.
PARTIAL_ABROAD = 0.4

#: How likely it must be that a statement follows, where a model judges it.
ENTAILED = 0.5

#: Fewer characters than this are found in any text by chance.
_SHORTEST_VERBATIM = 12

#: Characters of a sentence that is written; names of a longer one are compared for seconds.
LONGEST = 1_000

#: Characters of the article before and behind a source that tell who speaks in it.
_AROUND = 1_500


@dataclass(frozen=True, slots=True)
class Finding:
    """What the verifier says of a statement: a verdict, or why there is none.

    Attributes:
        about: the words of the statement that the reason is about; "" where it is about all.
    """

    verdict: Verdict | None
    reason: Reason | None = None
    about: str = ""


def check(
    statement: str,
    sources: Sequence[Source],
    language: str | None,
    entailment: Entailment | None = None,
) -> Finding:
    """How well the sources bear a statement out, and if they do not, why.

    Args:
        entailment: judges a statement all of whose sources are in another language.
    """
    if not sources:
        return Finding(None, Reason.NO_SOURCE)
    said = literal(statement)
    if any(said == literal(source.text) for source in sources):
        return Finding(Verdict.VERBATIM)
    if len(statement) > LONGEST:
        return Finding(None, Reason.WORDS)
    texts = [_text(source, language) for source in sources]
    return _judged(Text(spelt_out(statement), language), texts, entailment)


def verdict(
    statement: str,
    sources: Sequence[Source],
    language: str | None,
    entailment: Entailment | None = None,
) -> Verdict | None:
    """How well the sources bear a statement out; None where they do not."""
    return check(statement, sources, language, entailment).verdict


def requote(statement: str, sources: Sequence[Source]) -> str:
    """The statement with quotation marks only around what a source prints; see `qa.claims`."""
    return requoted(statement, [source.text for source in sources])


def verify(
    draft: Draft, language: str | None, entailment: Entailment | None = None
) -> Draft | None:
    """The draft with the verdict that it deserves, or None: then it must not be shown.

    Quotation marks around what is not printed so are set right or go. Sources that neither bear
    the statement out alone nor are missed by the others are left out.
    """
    sources = [source for source in draft.sources if _exists(source)]
    finding = check(draft.text, sources, language, entailment)
    if finding.reason is Reason.QUOTATION:
        draft = replace(draft, text=requote(draft.text, sources))
        finding = check(draft.text, sources, language, entailment)
    if finding.verdict is None:
        return None
    for source in reversed(sources):
        others = [other for other in sources if other != source]
        alone = verdict(draft.text, [source], language, entailment)
        if alone is None and verdict(draft.text, others, language, entailment) is finding.verdict:
            sources = others
    return replace(draft, sources=tuple(sources), verdict=finding.verdict)


def _judged(statement: Text, sources: Sequence[Text], entailment: Entailment | None) -> Finding:
    if fault := lacking(statement, sources):
        return Finding(None, fault.reason, fault.about)
    faults = [contradiction(statement, source) for source in sources]
    agreeing = [source for source, fault in zip(sources, faults, strict=True) if fault is None]
    if agreeing and not lacking(statement, agreeing):
        return _by_words(statement, agreeing, entailment)
    fault = next(filter(None, faults))
    return Finding(None, fault.reason, fault.about)


def _by_words(statement: Text, sources: Sequence[Text], entailment: Entailment | None) -> Finding:
    """The share of the statement's words that its sources have, or what a model says of them."""
    whole = [source for source in sources if _is_verbatim(statement.text, source.text)]
    if whole:
        is_said = any(stands_alone(statement.text, source) for source in whole)
        return Finding(Verdict.VERBATIM) if is_said else Finding(None, Reason.DENIAL)
    is_abroad = all(source.language != statement.language for source in sources)
    if is_abroad and entailment:
        premise = " ".join(source.text for source in sources)
        follows = entailment.probability(premise, statement.text) >= ENTAILED
        return Finding(Verdict.SUPPORTED) if follows else Finding(None, Reason.WORDS)
    recall = support(statement, sources)
    if recall >= SUPPORTED:
        return Finding(Verdict.SUPPORTED)
    if recall >= (PARTIAL_ABROAD if is_abroad else PARTIAL):
        return Finding(Verdict.PARTIAL)
    return Finding(None, Reason.WORDS, " ".join(strangers(statement, sources)))


def _text(source: Source, language: str | None) -> Text:
    article, (start, end) = source.article, source.span
    return Text(
        spelt_out(source.text),
        article.language or language,
        article.published,
        before=article.text[max(0, start - _AROUND) : start],
        after=article.text[end : end + _AROUND],
        outlet=article.publisher,
    )


def check_citations(answer: Answer) -> None:
    """The last gate before an answer leaves: every citation proves what it says it proves.

    Raises:
        BrokenCitation: as `check_statements`, of every citation that the answer has; a version of
            a disagreement is not what it cites.
    """
    versions = [each for stated in answer.disagreements for each in stated.versions]
    check_statements(answer.statements, answer.citations, versions)
    _check_quotes((*answer.nearest, *answer.newer))
    for version in versions:
        if answer.citation(version.citations[0]).quote != version.quote:
            raise BrokenCitation("a version of a disagreement is not what its citation quotes")


def check_statements(
    statements: Sequence[Statement], citations: Sequence[Citation], versions: Sequence[Version] = ()
) -> None:
    """The gate that each statement passes before it is shown.

    Args:
        versions: of disagreements, which may cite more than the statements do.

    Raises:
        BrokenCitation: a quotation is not what stands there in the article, a statement has no
            citation, or a number is out of order. Never the reader's fault; nothing is shown.
    """
    _check_quotes(citations)
    numbers = [citation.number for citation in citations]
    proven = [statement.citations for statement in statements]
    proven += [version.citations for version in versions]
    if not all(proven):
        raise BrokenCitation("a statement has no citation")
    cited = dict.fromkeys(number for each in proven for number in each)
    if numbers != list(range(1, len(numbers) + 1)) or list(cited) != numbers:
        raise BrokenCitation("citations are not numbered in order of their first appearance")


def _check_quotes(citations: Sequence[Citation]) -> None:
    for citation in citations:
        span = Span(citation.start, citation.end)
        if quotable_part(citation.article, span) != span:
            raise BrokenCitation(
                f"citation {citation.number} of {citation.article.source} is longer than the "
                f"{citation.article.max_quote_words} words that its owner allows"
            )
        if not holds(citation):
            raise BrokenCitation(
                f"citation {citation.number} of {citation.article.source} does not match the "
                f"stored article; run: citedesk index with the original files"
            )


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
