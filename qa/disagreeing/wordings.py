"""One remark as several outlets print it.

Two quotations are of one remark where one speaker is named next to both and they share enough of
their words. Where the question asks what the speaker said of something, and both sentences name
it, they need share little, or nothing where one is only a word or two ("peanuts"). A quotation
that is cut shorter is no other wording. Across languages, words count as shared by cognates,
names, figures and the glossary; whether a translation is a good one cannot be told from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus import Span
from index_store.terms import words
from qa.answer import Kind
from qa.claims.attributions import is_reported
from qa.disagreeing.drafts import (
    DisagreementDraft,
    VersionDraft,
    before,
    distinct,
    language_of,
    of_another_outlet,
    source_of,
)
from qa.disagreeing.likeness import content, shared, values
from qa.remarks import Remark, remarks
from qa.understanding.question import Question
from qa.weighing.evidence import Evidence
from qa.word_diff import differing

#: Words that two quotations share, at least, and their share of the shorter one's; stop words are
#: left out.
_WORDS = 2
_ALIKE = 0.4
#: The share where the question names the speaker and what both speak of, and how short a quotation
#: is that need share nothing then.
_ALIKE_ON_SUBJECT = 0.2
_SHORT = 3
#: So many words and so much of a quotation in another's mouth are the same remark.
_SAME_WORDS = 4
_SAME = 0.8

#: Versions shown of one remark, at most.
_VERSIONS = 6


@dataclass(frozen=True, slots=True)
class _Said:
    """A quotation in its sentence."""

    told: Evidence
    remark: Remark
    language: str | None

    @property
    def place(self) -> tuple[str, int]:
        """The article and where in it."""
        return self.told.hit.article.id, self.told.span.start + self.remark.span.start

    @property
    def words(self) -> tuple[str, ...]:
        """What the quotation is about."""
        return content(self.remark.text, self.language)


def differing_wordings(
    question: Question, answering: Sequence[Evidence], evidence: Sequence[Evidence]
) -> Iterator[DisagreementDraft]:
    """Remarks in sentences that answer, with other outlets' versions of them."""
    own = [each for told in answering for each in _said(told)]
    if not own:
        return
    said = [each for told in evidence for each in _said(told)]
    taken: set[tuple[str, int]] = set()
    for mine in own:
        if mine.place not in taken:
            same = [mine, *_others(mine, said, question)]
            taken.update(each.place for each in same)
            versions = _versions(same)
            if len(versions) > 1 and any(_is_asked(each, question) for each in same):
                yield _draft(versions)


def _said(told: Evidence) -> list[_Said]:
    """The quotations of a sentence whose speakers are named."""
    language = language_of(told)
    found = remarks(told.text, language, before(told))
    return [_Said(told, remark, language) for remark in found if remark.speaker.parts]


def _others(mine: _Said, said: Sequence[_Said], question: Question) -> list[_Said]:
    """The likest version of each other outlet's article, in the order given."""
    best: dict[str, tuple[int, _Said]] = {}
    for other in said:
        article = other.told.hit.article
        if not of_another_outlet(mine.told.hit.article, article):
            continue
        common = _common(mine, other)
        known = best.get(article.id)
        if (known is None or common > known[0]) and _is_same(mine, other, common, question):
            best[article.id] = common, other
    return [other for _, other in best.values()]


def _common(mine: _Said, other: _Said) -> int:
    """How many words and figures two quotations share."""
    figures = values(mine.remark.text, mine.language) & values(other.remark.text, other.language)
    return len(shared(mine.words, mine.language, other.words, other.language)) + len(figures)


def _is_same(mine: _Said, other: _Said, common: int, question: Question) -> bool:
    """Whether two outlets' quotations are of one remark."""
    sizes = sorted((len(mine.words), len(other.words)))
    if not mine.remark.speaker.is_same(other.remark.speaker):
        return common >= _SAME_WORDS and common >= _SAME * sizes[1]
    if common >= _WORDS and common >= _ALIKE * sizes[0]:
        return True
    is_enough = sizes[0] <= _SHORT or common > _ALIKE_ON_SUBJECT * sizes[0]
    return is_enough and bool(_subjects(mine, question) & _subjects(other, question))


def _subjects(said: _Said, question: Question) -> frozenset[str]:
    """What the question asks what the speaker said of, as far as the sentence names it; nothing
    where the question does not name the speaker."""
    about = _about(said, question)
    if not _is_named(said, question):
        return frozenset()
    told = content(said.told.text, said.language)
    return frozenset(shared(about, question.written_in, told, said.language))


def _is_asked(said: _Said, question: Question) -> bool:
    """Whether the question is about a remark, not only answered by the sentence around it.

    It names the speaker and something that is remarked on, or most of the remark.
    """
    about = _about(said, question)
    remarked = len(shared(about, question.written_in, said.words, said.language))
    subjects = len(_subjects(said, question))
    if _is_named(said, question):
        asks_what_was_said = is_reported(question.standalone, question.written_in)
        is_enough = 1 if asks_what_was_said or len(said.words) <= _SHORT else _WORDS
        return remarked > 0 or subjects >= is_enough
    return remarked >= max(_WORDS, len(about) / 2)


def _about(said: _Said, question: Question) -> tuple[str, ...]:
    """What the question says beside the speaker's name; "Al-Dahle" is two words of it."""
    name = words(said.remark.speaker.printed)
    asked = content(question.standalone, question.written_in)
    return tuple(word for word in asked if word not in name)


def _is_named(said: _Said, question: Question) -> bool:
    """Whether the question names the speaker."""
    asked = content(question.standalone, question.written_in)
    return len(_about(said, question)) < len(asked)


def _versions(said: Sequence[_Said]) -> list[list[_Said]]:
    """Quotations by wording: one that is a part of another is the same version."""
    versions: list[list[_Said]] = []
    for each in said:
        same = next((version for version in versions if _is_cut(each, version[0])), None)
        if same is None:
            versions.append([each])
        else:
            same.append(each)
    return versions[:_VERSIONS]


def _is_cut(one: _Said, other: _Said) -> bool:
    if not one.remark.speaker.is_same(other.remark.speaker):
        return False
    mine, theirs = (f" {' '.join(words(each.remark.text))} " for each in (one, other))
    return mine in theirs or theirs in mine


def _draft(versions: Sequence[Sequence[_Said]]) -> DisagreementDraft:
    firsts = [version[0] for version in versions]
    speaker = firsts[0].remark.speaker
    languages = [each.language for each in firsts]
    if not all(speaker.is_same(each.remark.speaker) for each in firsts):
        kind = Kind.SPEAKERS
    elif len(set(languages)) == len(languages):
        kind = Kind.LANGUAGES
    else:
        kind = Kind.WORDING
    drafts = (
        VersionDraft(
            distinct(source_of(each.told) for each in version), _differs(version[0], firsts)
        )
        for version in versions
    )
    return DisagreementDraft(kind, speaker.printed, tuple(drafts))


def _differs(said: _Said, firsts: Sequence[_Said]) -> tuple[Span, ...]:
    """Words of a quotation that the likest one in its language has otherwise, in the sentence."""
    rivals = [each for each in firsts if each is not said and each.language == said.language]
    rival = max(rivals, key=lambda each: _common(said, each), default=None)
    if rival is None:
        return ()
    start = said.remark.span.start
    found = differing(said.remark.text, rival.remark.text)
    return tuple(Span(start + span.start, start + span.end) for span in found)
