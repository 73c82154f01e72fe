"""Where sentences begin and end.

Marks that can end a sentence are found here; whether a full stop does is what Punkt decides, with
the models that llama-index-core ships (Kiss & Strunk 2006, "Unsupervised Multilingual Sentence
Boundary Detection"). Of 198 texts of English, French and Italian news that were divided by hand
(tests/corpus/borders.py, which guided the rules here), 197 come out right, 125 from Punkt alone,
153 from sentencex 1.0.32 and 153 from pysbd 0.3.4; without the 22 that hold a quotation of several
sentences, which is one here and several there, it is 175 of 176 to 121, 136 and 142.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.models import Span

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

_MODELS = {
    "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "fi": "finnish", "fr": "french", "it": "italian",
    "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ru": "russian",
    "sl": "slovene", "sv": "swedish", "tr": "turkish",
}  # fmt: skip

# Titles and months of the news that the models have not learnt. Words that also end sentences
# ("no.", "sept.", "l'art.") are left to what stands behind them.
_ABBREVIATIONS = {
    "english": ("capt", "gov", "hon", "rev", "sgt"),
    "french": ("mm", "mme", "mlle", "dr", "pr", "st", "ste", "janv", "févr", "avr", "juil", "oct",
               "nov", "déc", "cf", "p.ex", "av"),
    "italian": ("dott", "mons", "sen", "rag", "geom", "feb", "apr", "mag", "giu", "lug", "sett",
                "ott", "nov", "dic", "cfr", "art", "vol",
                # NLTK leaves the mark of an elided article on the word: l'avv.
                *(f"{mark}{title}" for mark in ("", "'", "’") for title in ("avv", "on", "ing"))),
}  # fmt: skip

# A single line break is a border where the line before ends a sentence, or the next starts a list's
# item or does not go on in lower case.
_BLANK_LINES = re.compile(r"\n\s*\n")
_ENDING = tuple('.?!…:;»”"')
_GOES_ON = re.compile(r"\s*+[a-zß-öø-ÿ](?!\))")
_ITEM = re.compile(r"\s*+(?:[-–—•*·]|\d{1,3}[.)]|[A-Za-z][.)])\s")
_CORRECTION = re.compile(
    r"\W*(corrections?|clarification|editor[’']s note|rectificatif|erratum|précision"
    r"|correzione|rettifica|precisazione|errata corrige)\s*[:.—–-]",
    re.IGNORECASE,
)

# A mark that can end a sentence, the marks that close what it ends, and the space behind. French
# closes with a space and », careless typesetting with a space and ”; the curly “ closes in German
# and, misprinted, in Italian.
_END = re.compile(
    r"""(?<![.?!…])(?P<mark>[.?!…]++)
        (?P<close>(?:["'’”“»«)\]]|[^\S\n][”»](?=[\s.,;:)]))*+)
        (?:\s++(?=\S)|(?<=[”»])(?=[A-ZÀ-Þ]))""",
    re.VERBOSE,
)
_LOWER_CASE = re.compile(r"[“”\"'‘«(\s]*+[a-zß-öø-ÿ](?!\))[^A-Z\s]*+(?![A-Z])")
_STARTS_SMALL = re.compile(r"[a-zß-öø-ÿ]")
_FIRST = re.compile(r"\S+")

# "No. 10", "art. 5", "pp. 12-15": followed by a number, these end nothing.
_NUMBERED = re.compile(
    r"(?:.*['’(])?(?:nos?|nn?|nr|secs?|sez|artt?|arts|paras?|pp?|pagg?|pag|figg?|figs?|vols?|chap"
    r"|ch|capp?|env|ca?|approx|al|lett|tel|tél|c\.a)\.",
    re.IGNORECASE,
)
# "1. Costs", "Q. Who pays?", where a sentence starts.
_LABEL = re.compile(r"(?:\d{1,3}|[A-Za-z])\.")
# ’ is an apostrophe, too, and ‘90s are years.
_OPENING_SINGLE = re.compile(r"(?<!\w)‘(?!\d)")
_CLOSING_SINGLE = re.compile(r"’(?!\w)")
_CLOSING_MARKS = frozenset('"”“»’')
# Behind a quotation: Orme asked. Ada Brook said on Monday. (But not: Orme said the port was full.)
_ATTRIBUTION = re.compile(
    r"""(?:[A-ZÀ-Þ][\w’'.-]*\s){1,4}
        (?:said|says|asked|asks|added|adds|wrote|writes|replied|shouted|answered|explained|noted
        |recalled|insisted|joked|warned|continued|cried|concluded)
        (?:[.;]|,(?![^.]{0,80}["“])
        |\s(?:on|in|at|to|during|after|before|from|when|while|as|with|last|this|later|yesterday
        |today|again)(?:\s[^\s“"]+){0,12}?(?<=[.?!…])(?:\s|$))""",
    re.VERBOSE,
)

#: Sentences of one quotation; a mark that is open for longer was forgotten or means inches.
LONGEST_QUOTATION = 5
#: A word with a capital, or of no letters, that is no longer can be an abbreviation.
_ABBREVIATION_LENGTH = 5
_BEFORE_LOWER_CASE = frozenset(("al", "approx", "av", "ca", "ecc", "env", "etc", "seg", "segg"))
_WORD_LENGTH = 40

_INK = re.compile(r"\S(?:.*\S)?", re.DOTALL)


@cache
def _punkt(language: str) -> PunktSentenceTokenizer:
    import nltk.data
    from nltk.tokenize.punkt import PunktSentenceTokenizer, load_punkt_params

    # find_spec locates the package without importing it, which would take a second.
    spec = find_spec("llama_index.core")
    assert spec is not None, "llama-index-core is a dependency"
    assert spec.origin is not None
    models = str(Path(spec.origin).parent / "_static" / "nltk_cache")
    # NLTK opens nothing outside its own search path.
    if models not in nltk.data.path:
        nltk.data.path.append(models)
    found = nltk.data.find(f"tokenizers/punkt_tab/{language}/", paths=[models])
    parameters = load_punkt_params(found)
    parameters.abbrev_types.update(_ABBREVIATIONS.get(language, ()))
    return PunktSentenceTokenizer(parameters)


def paragraph_spans(text: str) -> Iterator[Span]:
    """Paragraphs in order, without the white space around them."""
    start = 0
    for gap in [*_BLANK_LINES.finditer(text), None]:
        end = gap.start() if gap else len(text)
        for border in [*_line_borders(text, start, end), end]:
            if ink := _INK.search(text, start, border):
                yield Span(*ink.span())
            start = border
        start = gap.end() if gap else end


def _line_borders(text: str, start: int, end: int) -> list[int]:
    """Where lines end that end a paragraph, in a stretch without blank lines.

    Where half of the lines that end no sentence go on in lower case, the text was wrapped at a
    width: there a line that had no room for the next word ends nothing, whatever follows.
    """
    lines = text[start:end].split("\n")
    if len(lines) == 1:
        return []
    width = max(map(len, lines))
    open_ends = [
        _GOES_ON.match(following) is not None
        for line, following in pairwise(lines)
        if not line.endswith(_ENDING) and not _ITEM.match(following)
    ]
    wrapped = 2 * sum(open_ends) >= max(1, len(open_ends))
    borders, at = [], start
    for line, following in pairwise(lines):
        at += len(line) + 1
        word = _FIRST.search(following)
        is_full = wrapped and len(line) + 1 + len(word[0] if word else "") > width
        goes_on = _GOES_ON.match(following) and not line.endswith(_ENDING)
        if _ITEM.match(following) or not (is_full or goes_on):
            borders.append(at)
    return borders


def sentence_spans(text: str, language: str | None) -> list[Span]:
    """Sentences of one paragraph in order, covering every visible character of it.

    Sentences of one quotation stay together, with the words behind it that say whose it is. So
    does a correction, which would spread the error if half of it were quoted. A language without
    a model is read with the English one.
    """
    ink = _INK.search(text)
    if ink is None:
        return []
    if _CORRECTION.match(text):
        return [Span(*ink.span())]
    return list(_keep_quotations(text, _divide(text, ink, language)))


def _divide(text: str, ink: re.Match[str], language: str | None) -> list[Span]:
    punkt = _punkt(_MODELS.get(language or "en", "english"))
    spans = []
    start = ink.start()
    for end in _END.finditer(text, start, ink.end()):
        if _is_border(text, start, end, punkt):
            spans.append(Span(start, end.end("close")))
            start = end.end()
    return [*spans, Span(start, ink.end())]


def _is_border(text: str, start: int, end: re.Match[str], punkt: PunktSentenceTokenizer) -> bool:
    """Whether the sentence that began at `start` ends with this mark."""
    mark, close, following = end["mark"], end["close"], end.end()
    word = text[max(start, end.start() - _WORD_LENGTH) : end.end("mark")].split()[-1]
    if _LOWER_CASE.match(text, following) and not _STARTS_SMALL.match(text, start):
        return mark == "." and not close and not _may_be_abbreviation(word)
    if not _CLOSING_MARKS.isdisjoint(close):
        return not _ATTRIBUTION.match(text, following)
    if mark != ".":
        return True
    if _LABEL.fullmatch(text, start, end.end("mark")):
        return False
    if text[following].isdigit() and _NUMBERED.fullmatch(word):
        return False
    first = _FIRST.match(text, following)
    assert first is not None  # `_END` looked ahead
    return ends_sentence(word, first[0], punkt)


def ends_sentence(word: str, following: str, punkt: PunktSentenceTokenizer) -> bool:
    """What Punkt says of a word with a full stop, and the word behind it.

    Of a word of letters that it knows neither as an abbreviation nor as the first of a fixed pair
    it says yes; to say so without asking it halves the time that dividing takes.
    """
    letters = word[:-1].lower()
    if len(letters) > 1 and letters.isalpha() and letters not in _doubtful(punkt):
        return True
    return bool(punkt.text_contains_sentbreak(f"{word} {following}"))


@cache
def _doubtful(punkt: PunktSentenceTokenizer) -> frozenset[str]:
    parameters = punkt._params
    return frozenset(parameters.abbrev_types) | {first for first, _ in parameters.collocations}


def _may_be_abbreviation(word: str) -> bool:
    """Whether a word before a full stop and lower case is short for something: Inc., a.C., al."""
    letters = word.strip("(«“\"'.)")
    is_short = len(letters) <= _ABBREVIATION_LENGTH and not letters.islower()
    return is_short or "." in letters or letters in _BEFORE_LOWER_CASE


def _keep_quotations(text: str, spans: list[Span]) -> Iterator[Span]:
    """Joins the sentences from one that opens a quotation to the one that closes it."""
    position = 0
    while position < len(spans):
        last = _closing(text, spans, position)
        yield Span(spans[position].start, spans[last].end)
        position = last + 1


def _closing(text: str, spans: list[Span], first: int) -> int:
    """The sentence that closes what `first` leaves open; itself where that is not to be found."""
    start = spans[first].start
    for last in range(first, min(first + LONGEST_QUOTATION, len(spans))):
        if not leaves_quotation_open(text[start : spans[last].end]):
            return last
    return first


def leaves_quotation_open(text: str) -> bool:
    """Whether a quotation in a text goes on behind its end."""
    # Some Italian pages print “ at both ends, so these marks are counted, not paired.
    return (
        text.count("«") > text.count("»")
        or any(sum(map(text.count, marks)) % 2 for marks in ("“”„", '"'))
        or ("‘" in text and len(_OPENING_SINGLE.findall(text)) > len(_CLOSING_SINGLE.findall(text)))
    )
