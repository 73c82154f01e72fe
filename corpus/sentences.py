"""Where sentences begin and end (Punkt, with the models that llama-index-core ships).

Punkt was chosen over sentencex 1.0 on French and Italian news: it keeps "M. Dupont",
"12 gen. 2025" and quotations that end in a full stop right, returns exact spans, and needs no
download. Kiss & Strunk 2006, "Unsupervised Multilingual Sentence Boundary Detection".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
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
# ("no.", "sept.", "l'art.") are left to Punkt.
_ABBREVIATIONS = {
    "english": ("capt", "gov", "hon", "rev", "sgt"),
    "french": ("mm", "mme", "mlle", "dr", "pr", "st", "ste", "janv", "févr", "avr", "juil", "oct",
               "nov", "déc", "cf", "p.ex"),
    "italian": ("dott", "mons", "sen", "rag", "geom", "feb", "apr", "mag", "giu", "lug", "sett",
                "ott", "nov", "dic", "cfr", "art", "vol",
                # NLTK leaves the mark of an elided article on the word: l'avv.
                *(f"{mark}{title}" for mark in ("", "'", "’") for title in ("avv", "on", "ing"))),
}  # fmt: skip

# A single line break inside a sentence is a wrapped line; it is a border where the line before
# ends a sentence or the next does not go on in lower case.
_PARAGRAPH = re.compile(r"\n\s*\n|(?<=[.!?…:;»”\"])\n|\n(?![^\S\n]*[a-zß-öø-ÿ])")
_CORRECTION = re.compile(
    r"\W*(corrections?|clarification|editor[’']s note|rectificatif|erratum|précision"
    r"|correzione|rettifica|precisazione|errata corrige)\s*[:.—–-]",
    re.IGNORECASE,
)

#: Sentences of one quotation; a mark that is open for longer was forgotten or means inches.
_LONGEST_QUOTATION = 5

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
    for border in [*_PARAGRAPH.finditer(text), None]:
        end = border.start() if border else len(text)
        if ink := _INK.search(text, start, end):
            yield Span(*ink.span())
        start = border.end() if border else end


def sentence_spans(text: str, language: str | None) -> list[Span]:
    """Sentences of one paragraph in order, covering every visible character of it.

    Sentences of one quotation stay together, and so does a correction, which would spread the
    error if half of it were quoted. A language without a model is read with the English one.
    """
    if _CORRECTION.match(text):
        return [Span(*ink.span())] if (ink := _INK.search(text)) else []
    tokenizer = _punkt(_MODELS.get(language or "en", "english"))
    spans = [Span(start, end) for start, end in tokenizer.span_tokenize(text)]
    return list(_keep_quotations(text, spans))


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
    for last in range(first, min(first + _LONGEST_QUOTATION, len(spans))):
        if not _leaves_quotation_open(text[start : spans[last].end]):
            return last
    return first


def _leaves_quotation_open(text: str) -> bool:
    # Some Italian pages print “ at both ends, so these marks are counted, not paired.
    return text.count("«") > text.count("»") or any(
        sum(text.count(mark) for mark in marks) % 2 for marks in ("“”„", '"')
    )
