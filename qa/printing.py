"""Answers, hits and tables as they are printed in a terminal."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus import Article
from index_store.changes import SyncReport
from index_store.models import Hit, Summary
from qa.answer import Answer, Citation, Disagreement, Searched
from qa.explaining import explanation_lines
from qa.phrases import phrase
from qa.provenance import provenance_line
from qa.running_text import language_name

_WIDTH = 88

#: Why files were skipped is told for this many different reasons.
_REASONS = 10


def answer_lines(answer: Answer) -> Iterator[str]:
    """An answer with its sources below it, as a reader wants it."""
    if answer.standalone_question != answer.question:
        yield f"({answer.standalone_question})"
    if answer.searched.period:
        yield _limits(answer.searched)
    if answer.note:
        yield from _wrap(answer.note)
    for statement in answer.statements:
        numbers = "".join(f"[{number}]" for number in statement.citations)
        yield from _wrap(f"{statement.led_in} {numbers}")
    for disagreement in answer.disagreements:
        yield from disagreement_lines(disagreement, answer.language)
    if said := provenance_line(answer.provenance, answer.language):
        yield from ("", *_wrap(said))
    if answer.refused:
        yield from _wrap(answer.text)
        if answer.nearest:
            yield ""
            yield phrase(answer.language, "answer.nearest")
    yield ""
    for citation in (*answer.citations, *answer.nearest):
        yield from _citation_lines(citation, answer)
    if answer.newer:
        yield ""
        yield phrase(answer.language, "answer.newer")
        yield from (f"  {article_line(one.article, answer.language)}" for one in answer.newer)


def disagreement_lines(disagreement: Disagreement, language: str) -> Iterator[str]:
    """The versions of a disagreement, one below the other, with what differs between asterisks."""
    yield ""
    title, about = phrase(language, f"answer.differ_{disagreement.kind}"), disagreement.about
    with_about = phrase(language, "answer.differ_about", difference=title, about=about)
    yield from _wrap(with_about if about else title)
    for version in disagreement.versions:
        text = "".join(f"*{run.text}*" if run.differs else run.text for run in version.runs)
        numbers = "".join(f"[{number}]" for number in version.citations)
        first, *others = _wrap(f"{text or version.quote} {numbers}", indent="    ")
        yield from (f"  - {first.lstrip()}", *others)


def _citation_lines(citation: Citation, answer: Answer) -> Iterator[str]:
    yield f"  [{citation.number}] {article_line(citation.article, answer.language)}"
    if answer.refused:
        yield from _wrap(citation.quote, indent="      ")


def _limits(searched: Searched) -> str:
    """The words of a question that became a filter, and the days that they stand for."""
    return f"(“{searched.period}”: {searched.first or '…'} – {searched.last or '…'})"


def article_line(article: Article, language: str = "en") -> str:
    """Outlet, day, another language than the reader's, title and file of an article."""
    outlet = article.publisher or phrase(language, "answer.unknown_publisher")
    day = (article.published or phrase(language, "answer.undated"))[:10]
    is_foreign = article.language and article.language != language
    written_in = f", {language_name(article.language or '', language)}" if is_foreign else ""
    return f"{outlet}, {day}{written_in}: {article.title} ({article.source})"


def hit_lines(hits: Sequence[Hit], explain: bool = False) -> Iterator[str]:
    """Passages, best first, with their scores and where else they were printed.

    Args:
        explain: also why each is where it is.
    """
    for rank, hit in enumerate(hits, start=1):
        yield f"{rank}. {hit.score:.2f}  {article_line(hit.article)}"
        yield from _wrap(" ".join(hit.passage.text.split()), indent="   ")
        if hit.copies:
            yield f"   also printed by {', '.join(_outlet_and_day(copy) for copy in hit.copies)}"
        if explain:
            yield from explanation_lines(hit)
        yield ""


def _outlet_and_day(hit: Hit) -> str:
    outlet = hit.article.publisher or phrase("en", "answer.unknown_publisher")
    return f"{outlet} ({(hit.article.published or phrase('en', 'answer.undated'))[:10]})"


def report_lines(
    report: SyncReport, skipped: Sequence[str], dry_run: bool = False
) -> Iterator[str]:
    """What an indexing run did, or would do.

    Args:
        skipped: the reason of each file or record that was; equal ones are counted.
    """
    yield f"{'would be added' if dry_run else 'added':<17}{report.added:>9,}"
    yield f"{'would be updated' if dry_run else 'updated':<17}{report.updated:>9,}"
    yield f"{'unchanged':<17}{report.unchanged:>9,}"
    yield f"{'would be removed' if dry_run else 'removed':<17}{report.removed:>9,}"
    yield f"{'skipped':<17}{len(skipped):>9,}"
    # Places and sizes differ from file to file; suffixes do not.
    alike = [re.sub(r"\b(?:0x)?[0-9][0-9A-F,]*\b", "#", reason) for reason in skipped]
    reasons = Counter(alike)
    for reason, count in reasons.most_common(_REASONS):
        yield from _wrap(f"{count:,} x {skipped[alike.index(reason)]}", indent="  ")
    if len(reasons) > _REASONS:
        yield f"  … and {len(reasons) - _REASONS} other reasons, each named above"


def summary_json(summary: Summary, home: Path) -> dict[str, Any]:
    """The public form of what is indexed; a count of what is not stated has the key ""."""
    return {
        "home": str(home),
        "articles": summary.articles,
        "passages": summary.passages,
        "languages": {name or "": count for name, count in summary.languages.items()},
        "publishers": {name or "": count for name, count in summary.publishers.items()},
        "by_meaning": list(summary.served),
        "by_words": by_words(summary),
        "from": summary.first,
        "to": summary.last,
        "indexed": summary.indexed,
        "embedding_model": summary.embedding_model,
        "outdated": summary.outdated,
        "version": asdict(summary.written) if summary.written else None,
    }


def summary_lines(summary: Summary, home: Path) -> Iterator[str]:
    """What is indexed."""
    span = f"{summary.first} to {summary.last}" if summary.first else "no dates stated"
    yield f"home        {home}"
    yield f"articles    {summary.articles:,}"
    yield f"passages    {summary.passages:,}"
    yield f"published   {span}"
    yield f"languages   {_counts(summary.languages)}"
    yield f"by meaning  {', '.join(summary.served) or 'none of these languages'}"
    if unserved := by_words(summary):
        yield f"by words    {', '.join(unserved)} (the model knows little of these)"
    yield f"publishers  {_counts(summary.publishers)}"
    yield f"model       {summary.embedding_model}"
    if summary.written:
        yield f"version     {summary.written.said}"
    if summary.outdated:
        yield f"outdated    {summary.outdated:,} articles: index their folders again"


def by_words(summary: Summary) -> list[str]:
    """Languages of the archive that the embedding model does not know."""
    return sorted(set(filter(None, summary.languages)) - set(summary.served))


def _counts(counts: Mapping[str | None, int]) -> str:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0] or ""))
    return ", ".join(f"{name or 'not stated'} {count:,}" for name, count in ranked) or "-"


def _wrap(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent) or [""]
