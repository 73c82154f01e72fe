"""What was known on a day: only what was published by then, and read as it was known then."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import compress
from operator import not_

from corpus import Article, Span
from index_store.models import Filters, Hit, SearchResult
from index_store.store import Entry
from qa.answer import Citation
from qa.dates.period_words import TODAY, YESTERDAY
from qa.dates.periods import flat_text
from qa.disagreeing.corrections import is_notice
from qa.errors import BadQuestion
from qa.phrases import phrase

#: Characters that are repeated of what is no day.
_SHOWN = 40

_SENTENCES = re.compile(r"(?<=[.!?…»”\"]) +")


def known_day(as_of: str, today: date) -> date:
    """The day that an answer is to know no more than.

    Args:
        as_of: written as ISO 8601 does, or as today or yesterday in English, French or Italian.

    Raises:
        BadQuestion: it is no day of the calendar.
    """
    said = flat_text(as_of).strip()
    if re.fullmatch(TODAY, said):
        return today
    if re.fullmatch(YESTERDAY, said):
        return today - timedelta(1)
    try:
        day = date.fromisoformat(said)
    except ValueError:
        day = None
    if day is None or day.isoformat() != said:
        raise BadQuestion(
            f"as_of {as_of[:_SHOWN]!r}: expected a day such as 2024-01-31, today or yesterday"
        )
    return day


def known_by(filters: Filters, day: date) -> Filters:
    """A filter that admits nothing published after a day, and nothing undated."""
    return replace(filters, published_to=min(filters.published_to or "9999", day.isoformat()))


def as_read(found: SearchResult, day: date) -> SearchResult:
    """What was found, its articles saying nothing of corrections that were made after a day.

    Notices of corrections go from the passages; a passage that is nothing else is not found.
    """
    return replace(found, hits=_as_read(found.hits, day))


def as_of_note(
    day: date, filters: Filters, entries: Iterable[Entry], cited: Sequence[Citation], language: str
) -> str:
    """What the reader should know of an answer as of a day.

    Args:
        filters: of the question; undated articles that they admit but for their date are counted.
        entries: the catalogue.
    """
    undated = replace(filters, published_from=None, published_to=None)
    left_out = sum(entry.day is None and entry.passes(undated) for entry in entries)
    lines = [phrase(language, "answer.as_of", day=day.isoformat())]
    if left_out:
        lines.append(phrase(language, "answer.as_of_undated", count=left_out))
    changed = {citation.article.id: citation.article for citation in cited}
    lines += filter(None, (_changed(article, day, language) for article in changed.values()))
    return " ".join(lines)


def _changed(article: Article, day: date, language: str) -> str | None:
    """What the reader should know of an article whose text may not be that of a day."""
    if _is_settled(article, day):
        return None
    if article.modified:
        changed = article.modified[:10]
        return phrase(language, "answer.as_of_changed", title=article.title, day=changed)
    if any(map(_holds_notice, article.text.splitlines())):
        return phrase(language, "answer.as_of_corrected", title=article.title)
    return None


def _is_settled(article: Article, day: date) -> bool:
    """Whether the last change of an article is known to be of a day or before."""
    return article.modified is not None and article.modified[:10] <= day.isoformat()


def _as_read(hits: Iterable[Hit], day: date) -> tuple[Hit, ...]:
    read = (hit if _is_settled(hit.article, day) else _without_correction(hit) for hit in hits)
    return tuple(
        replace(hit, copies=_as_read(hit.copies, day)) for hit in read if hit.passage.sentences
    )


def _without_correction(hit: Hit) -> Hit:
    """The hit without what its article says of its correction; places in its text stay."""
    article, passage = hit.article, hit.passage
    is_kept = [not _is_of_notice(article, sentence) for sentence in passage.sentences]
    text = passage.text
    for start, end in compress(passage.sentences, map(not_, is_kept)):
        start, end = start - passage.start, end - passage.start
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return replace(
        hit,
        article=replace(article, corrected_by=None),
        passage=replace(passage, text=text, sentences=tuple(compress(passage.sentences, is_kept))),
        sentence_cosines=tuple(compress(hit.sentence_cosines, is_kept)),
    )


def _is_of_notice(article: Article, sentence: Span) -> bool:
    """Whether a sentence, or one before it in its paragraph, opens a notice of a correction."""
    paragraph = article.text.rfind("\n", 0, sentence.start) + 1
    return _holds_notice(article.text[paragraph : sentence.end])


def _holds_notice(paragraph: str) -> bool:
    return any(map(is_notice, _SENTENCES.split(paragraph)))
