"""Whether a question leans on what was said before it."""

from __future__ import annotations

import re

from corpus.characters import fold
from index_store.terms import question_words, stop_words
from qa.understanding.mentions import mentions, opening_words

#: The second half of a sentence opens like this.
OPENING = re.compile(
    r"(?:and|but|also|so|then|or|what about|how about|et|mais|aussi|donc|alors|ou|quid|e|ed|ma"
    r"|anche|quindi|allora|o|qu['’]en est-il|che dire|che ne e)\b",
    re.IGNORECASE,
)

# "That" and "it" are pronouns only in some places ("said that", "is it true"), and French
# "il" and "-t-il" are impersonal in some ("y a-t-il") and in others repeat a noun that the
# question names ("Google avait-il").
_QUESTION_WORD = (
    r"(?:(?:quand|ou|comment|pourquoi|combien(?: (?:de |d['’])\w+)?|que|quoi|qui|quels?|quelles?)"
    r"(?: (?!y )\w+)? )?"
)
_TIME = {
    "en": r"(?! (?:year|month|week|morning|time|summer|winter|spring|autumn)\b)",
    "fr": r"(?! (?:annee|mois|semaine|matin|soir|jour|fois|qu|dont|sont|n['’]))",
    "it": r"(?! (?:anno|mese|settimana|mattina|sera|volta))",
}
_PRONOUNS = {
    "en": re.compile(
        r"\b(?:he|she|they|him|her|them|his|hers|their|theirs|its)\b"
        r"|(?<!is )(?<!was )\bit\b|\b(?:is|was) it\b(?! (?:true|possible|likely|known|legal))"
        rf"|\b(?:this|these)\b{_TIME['en']}|\bthose\b(?! who)"
        r"|\bthat(?=\s*[?.!,]|$)|\b(?:is|was|does|did|will|has|of|about|for|by|after|before) that\b"
    ),
    "fr": re.compile(
        r"\b(?:elle|elles|ils|lui|leur|leurs|eux|celui-ci|celle-ci|cela|ca)\b"
        r"(?<!-elle)(?<!-elles)(?<!-ils)"
        r"|(?:^|\b(?:qu|lorsqu|puisqu)['’]| )il\b(?! y | faut| s['’]agit| est (?:vrai|possible))"
        rf"|^{_QUESTION_WORD}(?!faut-|s['’]agit-|est-il (?:vrai|possible))"
        r"(?:\w+['’])?\w+-(?:t-)?(?:il|elle)s?\b"
        rf"|(?<![\w-])(?:cet|cette|ces)\b{_TIME['fr']}|(?<![\w-])ce{_TIME['fr']} \w"
    ),
    "it": re.compile(
        r"\b(?:lui|lei|loro|egli|ella|esso|essa|cio|suo|sua|suoi|sue)\b"
        rf"|\bquest[oaie]\b{_TIME['it']}"
    ),
}
#: What a name before them in the same question can be meant by: "Did Meta say when it …?"
_RESOLVED = {
    "en": re.compile(r"\b(?:its|his|their|he|she|it|they)\b"),
    "fr": re.compile(r"\b(?:qu['’])?(?:elles?|ils?)\b|\bleurs?\b"),
    "it": re.compile(r"\b(?:suo|sua|suoi|sue|loro)\b"),
}
_INVERTED = re.compile(r"-(?:t-)?(?:il|elle)s?$")
#: In French a possessive leans where nothing stands before it that it could be of.
_POSSESSIVE = re.compile(
    r"^\W*(?:(?:et|qui|que|quels?|quelles?|ou|est|sont|etai(?:t|en?t)) )*(?:son|sa|ses)\b"
)

#: A question with no more words of its own leans. Italian leaves unsaid whom it speaks of.
_FEW_WORDS = 1
_UNNAMED = {"it": 2}
#: Words of its own, a name among them, that make a question whole in spite of its opening.
_WHOLE = 3


def leans(text: str, language: str | None) -> bool:
    """Whether a question cannot be understood without what was said before it."""
    if has_pronoun(text, language):
        return True
    own = set(question_words(text, language)) - stop_words(language) - opening_words(text)
    named = bool(mentions(text))
    few = _UNNAMED.get(language or "", _FEW_WORDS) if not named else _FEW_WORDS
    opening = OPENING.match(text) is not None
    return len(own) <= few or (opening and not (named and len(own) >= _WHOLE))


def has_pronoun(text: str, language: str | None) -> bool:
    """Whether a question speaks of somebody or something that it does not name."""
    folded = fold(text)
    if language == "fr" and _POSSESSIVE.search(folded):
        return True
    pattern = _PRONOUNS.get(language or "")
    if pattern is None:
        return False
    found = [match.span() for match in pattern.finditer(folded)]
    named = min((mention.end for mention in mentions(text)), default=len(text))
    return any(not _is_resolved(folded[start:end], start, named, language) for start, end in found)


def _is_resolved(pronoun: str, at: int, named: int, language: str | None) -> bool:
    if language == "fr" and _INVERTED.search(pronoun) and at <= named < at + len(pronoun):
        return True  # "Combien Google doit-il payer ?" names whom it asks about
    resolved = _RESOLVED[language or ""]
    return at >= named and resolved.fullmatch(pronoun.strip()) is not None
