"""Which language an article and each of its paragraphs is written in, as ISO 639-1 codes.

Common words vote first, which takes a tenth of the time of a detector of letters (lingua); where
they leave doubt, lingua decides. On 4,129 sentences of XQuAD, SQuAD-it and news in four languages,
no vote of `_leader` was wrong below 200 letters and one above it (a list of English titles).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from corpus.characters import clean_text

if TYPE_CHECKING:
    from lingua import LanguageDetector

#: Lingua loads a model a language when it is first needed; these cover the European press.
LANGUAGES = ("en", "fr", "it", "es", "de", "pt", "nl")

#: More characters than this change nothing but the time it takes.
_ENOUGH = 2_000

#: Letters below which an article is in the language that its file states: a caption can be a name.
_LETTERS_OF_ARTICLE = 100
#: Letters below which a paragraph is in the language of its article. Of sentences in another one,
#: 0.25 are told at 20 to 30 letters, 0.63 at 40 to 60, 0.92 at 80 to 120, and with this rule one in
#: 4,129 was said to be in a language that it is not.
_LETTERS_OF_PARAGRAPH = 40

#: What lingua must be sure of before what is stated, or the rest of the article, is left.
_SURE = 0.9
#: Common words are a quarter to a half of a text in their language, and rarely this share of one in
#: a language that has none here: Polish 0.06, Romanian 0.15, Catalan 0.14.
_FEW, _MANY = 0.16, 0.2

#: A paragraph that does not end like this is a headline of what follows.
_ENDING = tuple('.?!…»”"')

_COMMON = {
    "en": "the of and to in a is that for was on with as it by at from his he are were be this an "
          "which or has had have their not but its they who been more will would said about when "
          "there can into than also we after other one up out if so what over her she you i",
    "fr": "le la les de des du et en un une est que qui dans pour par sur au aux il elle ils elles "
          "ne pas plus ce cette ces son sa ses leur leurs avec sont a été était mais ou où comme "
          "se nous vous je on y dont même tout sans entre après deux fait être avoir aussi selon",
    "it": "il la le di e che in un una è per con del della dei delle dal dalla da al alla nel "
          "nella non si i gli lo sono ha più come anche sul sulla ma suo sua loro questo questa se "
          "o ed era stato stata stati hanno dopo tra fra cui essere quando anni così poi",
    "es": "el la los las de y que en un una es por con del al para se su sus no lo como más pero "
          "fue ha han o este esta entre cuando sin sobre también ser era muy hasta desde donde son "
          "le ya porque todo años sido tiene",
    "de": "der die das und in den von zu mit ist des im für auf dem nicht ein eine einer eines "
          "sich als auch an es er sie wird werden war bei aus nach hat wie am zum zur sind oder "
          "aber über vor bis durch einen haben noch nur um so dass ich wir",
    "pt": "o a os as de e que do da dos das em um uma para com não por no na nos nas se mais foi "
          "ao à pelo pela como mas é são ser seu sua ou entre também quando muito até já tem está "
          "ele ela isso",
    "nl": "de het een en van in is dat op te voor met zijn die niet er aan om als ook door bij "
          "naar uit werd worden wordt heeft hebben maar nog over dan tot was kan geen meer of ze "
          "hij wij ik dit deze zich",
}  # fmt: skip


def detect_language(text: str, languages: tuple[str, ...] = LANGUAGES) -> str | None:
    """The most likely of `languages` (two or more), or None where the text has no letters."""
    found = _detector(languages).detect_language_of(clean_text(text[:_ENOUGH]))
    return found.iso_code_639_1.name.lower() if found else None


def common_words(language: str | None) -> frozenset[str]:
    """The commonest words of a language, in lower case; none of a language not listed here."""
    return frozenset(_COMMON.get(language or "", "").split())


def article_language(text: str, stated: str | None) -> str | None:
    """The language of an article: what its file states, unless the text is clearly in another.

    Templates state one language for all pages of a site, so that a long text goes before them.
    """
    text = text[:_ENOUGH]
    if stated is None:
        return _clear_language(text) or detect_language(text)
    if _letters(text) < _LETTERS_OF_ARTICLE:
        return stated
    written = _clear_language(text)
    if written in (None, stated) or not _can_tell(text, written, stated):
        return stated
    return written


def paragraph_languages(paragraphs: Sequence[str], article: str | None) -> list[str | None]:
    """The language of each paragraph: its article's, unless it is clearly in another.

    One that says nothing of its language (names, figures, a few words) goes with those around it.
    """
    found = [_paragraph_language(text, article) for text in paragraphs]
    if set(found) <= {article, None}:
        return [article] * len(paragraphs)
    before = accumulate(found, lambda known, one: one or known, initial=article)
    after = accumulate(reversed(found), lambda known, one: one or known, initial=article)
    return [
        one or (later if later == earlier or not text.endswith(_ENDING) else article)
        for text, one, earlier, later in zip(
            paragraphs, found, before, list(after)[-2::-1], strict=False
        )
    ]


def _paragraph_language(text: str, article: str | None) -> str | None:
    """None where it cannot be told."""
    text = text[:_ENOUGH]
    votes = _votes(text)
    other = max(votes, key=votes.__getitem__)
    own = votes.get(article or "", 0)
    if article is None or (own and own >= votes[other]):
        return article
    is_clear = (
        votes[other] >= _FEW * len(text.split())
        and _letters(text) >= _LETTERS_OF_PARAGRAPH
        and _can_tell(text, other, article)
    )
    return other if is_clear else None


def _clear_language(text: str) -> str | None:
    """What a text is written in beyond doubt, in whatever language."""
    votes = _votes(text)
    words = len(text.split())
    leader = _leader(votes)
    if leader and votes[leader] >= _MANY * words:
        return leader
    found = _surely(text, LANGUAGES)
    if found and votes[found] >= _FEW * words:
        return found
    if _letters(text) < _LETTERS_OF_ARTICLE:
        return None
    # Lingua takes Polish for Dutch where it has not been told of Polish.
    return _surely(text, None)


def _can_tell(text: str, written: str | None, stated: str) -> bool:
    """Whether lingua agrees that a text is rather in one language than in another.

    Of two that are both outside `LANGUAGES` (Croatian, Bosnian), the stated one is as good.
    """
    if stated in LANGUAGES:
        return written not in LANGUAGES or _surely(text, LANGUAGES) == written
    return (
        written in LANGUAGES
        and stated in _all_languages()
        and _surely(text, (*LANGUAGES, stated)) == written
    )


def _votes(text: str) -> dict[str, int]:
    """How many words of a text are common ones in each language."""
    votes = dict.fromkeys(LANGUAGES, 0)
    common = _languages_by_word()
    for word in text.lower().split():
        for language in common.get(word, ()):
            votes[language] += 1
    return votes


def _leader(votes: Mapping[str, int]) -> str | None:
    """The language with half as many votes again as any other, and two at least."""
    first, second, *_ = sorted(votes, key=votes.__getitem__, reverse=True)
    most = votes[first]
    return first if most >= 2 and most >= 1.5 * votes[second] + 1 else None


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


@cache
def _languages_by_word() -> dict[str, tuple[str, ...]]:
    words = {word for listed in _COMMON.values() for word in listed.split()}
    return {
        word: tuple(code for code, listed in _COMMON.items() if word in listed.split())
        for word in words
    }


def _surely(text: str, languages: tuple[str, ...] | None) -> str | None:
    """The most likely of `languages`, None meaning all that there are, where lingua is sure."""
    found = _detector(languages).compute_language_confidence_values(clean_text(text))[0]
    return found.language.iso_code_639_1.name.lower() if found.value >= _SURE else None


@cache
def _all_languages() -> frozenset[str]:
    from lingua import Language

    return frozenset(language.iso_code_639_1.name.lower() for language in Language.all())


@cache
def _detector(languages: tuple[str, ...] | None) -> LanguageDetector:
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    if languages is None:
        # 0.3 s and 55 MB once, where full models of 75 languages take 1.1 s and 200 MB.
        every = LanguageDetectorBuilder.from_all_spoken_languages()
        return every.with_low_accuracy_mode().build()
    codes = [getattr(IsoCode639_1, code.upper()) for code in languages]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()
