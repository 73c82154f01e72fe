"""Corrections: a notice that says which figure was wrong, and articles that correct others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import PurePath

from corpus import Article
from corpus.characters import fold
from qa.answer import Citation, Kind
from qa.disagreeing.drafts import DisagreementDraft, VersionDraft, language_of, source_of
from qa.disagreeing.figures import Figure, as_printed, compatible, figures
from qa.disagreeing.likeness import shared
from qa.draft import Source
from qa.phrases import phrase
from qa.weighing.evidence import Evidence

_NOTICE = re.compile(
    r"(?:correction|corrections|corrigendum|erratum|clarification|rectificatif|correctif"
    r"|errata(?: corrige)?|rettifica|correzione)\b ?[:.—–-]"
    r"|.{0,80}\b(?:earlier|previous) version of this (?:article|story|report)"
    r"|.{0,80}\bversion (?:precedente|anterieure) de cet article"
    r"|.{0,80}\b(?:versione precedente|precedente versione) di quest['’]articolo"
)


@lru_cache(maxsize=4096)
def is_notice(text: str) -> bool:
    """Whether a text opens as the notice of a correction does."""
    return _NOTICE.match(fold(text)) is not None


def noticed_corrections(
    answering: Sequence[Evidence], evidence: Sequence[Evidence]
) -> Iterator[DisagreementDraft]:
    """Sentences with a figure that another article's notice says was wrong.

    Either the sentence or the notice answers the question.
    """
    for notice in filter(lambda each: is_notice(each.text), evidence):
        stated = figures(notice.text, language_of(notice))
        for wrong, right in pairwise(stated):
            if wrong.unit != right.unit or compatible(wrong, right):
                continue
            for told in evidence:
                repeated = _repeats(told, notice, wrong)
                if repeated and (told in answering or notice in answering):
                    yield DisagreementDraft(
                        Kind.CORRECTION,
                        as_printed(notice.text, wrong.counted),
                        (
                            VersionDraft((source_of(told),), (repeated.span,)),
                            VersionDraft((source_of(notice),), (right.span,)),
                        ),
                    )


def _repeats(told: Evidence, notice: Evidence, wrong: Figure) -> Figure | None:
    """The figure of another article's sentence that is the wrong one."""
    if told.hit.article.id == notice.hit.article.id:
        return None
    here, there = language_of(told), language_of(notice)
    for figure in figures(told.text, here):
        same = figure.value == wrong.value and figure.unit == wrong.unit
        if same and shared(figure.counted, here, wrong.counted, there):
            return figure
    return None


def linked_corrections(
    cited: Sequence[Source], evidence: Sequence[Evidence]
) -> Iterator[DisagreementDraft]:
    """What an answer quotes of a corrected article, with the best sentence of its correction."""
    for source in cited:
        for told in evidence:
            if corrects(told.hit.article, source.article):
                quoted = VersionDraft((source,), ())
                correction = VersionDraft((source_of(told),), ())
                yield DisagreementDraft(Kind.CORRECTION, source.article.title, (quoted, correction))
                break


def untold_correction(
    cited: Sequence[Citation], evidence: Sequence[Evidence], language: str
) -> str | None:
    """A line on a cited article that was corrected by what was not found, or None."""
    found = [told.hit.article for told in evidence]
    for article in (citation.article for citation in cited):
        if article.corrected_by and not any(corrects(other, article) for other in found):
            named = {"title": article.title, "reference": article.corrected_by}
            return phrase(language, "answer.corrected", **named)
    return None


def corrects(article: Article, other: Article) -> bool:
    """Whether an article is stated, by itself or by the other, to correct the other."""
    return article.id != other.id and (
        _names(article.corrects, other) or _names(other.corrected_by, article)
    )


def _names(reference: str | None, article: Article) -> bool:
    """Whether a URL, an id or a file is that of an article."""
    if not reference:
        return False
    path = PurePath(article.source)
    called = (article.url, article.id, article.source, path.name, path.stem)
    return reference.rstrip("/") in {each.rstrip("/") for each in called if each}
