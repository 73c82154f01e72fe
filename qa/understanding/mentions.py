"""The names in a question, each with the preposition before it: what a follow-up can replace.

A name is a run of capitalised words, with the number behind it (Llama 3), or a place that CLDR
knows, however it is typed. A question's first word is capitalised by rule; it counts unless it is
one of those that questions open with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.characters import fold
from qa.understanding.places import place_code

#: Prepositions that take the same place in a question, in any of the languages.
_PREPOSITIONS = {
    "in": "in at en à au aux dans a ad nel nello nella nell nei negli nelle",
    "of": "of about on de du des d di del dello della dell dei degli delle sur su sul sulla sui",
    "for": "for pour per",
    "by": "by par da dal dalla dall dai dagli dalle",
    "with": "with avec con",
    "against": "against contre contro v vs",
}
_ROLE = {fold(word): role for role, words in _PREPOSITIONS.items() for word in words.split()}
_ARTICLES_WORDS = "the an le la les l un une il lo i gli uno una"
_ARTICLES = frozenset(_ARTICLES_WORDS.split())

_OPENING_WORDS = (
    "who whom whose what when where why which how is are was were do does did has have had can "
    "could will would should may might must am be been if as since after before during between "
    "until from to and but or also so then there it its this that these those he she they his "
    "her their we you i not any all some many most please tell name list give show explain "
    "describe compare summarise summarize according concerning regarding qui que quoi quand où "
    "pourquoi comment combien quel quelle quels quelles qu est sont était a ont avait y et mais "
    "ou donc aussi si ce cet cette ces il elle ils elles on nous vous leur son sa ses quid "
    "depuis après avant entre pendant durant selon peut peux faut dis cite donne explique "
    "résume chi che cosa quando dove perché come quanto quanta quanti quante quale quali cui è "
    "sono era ha hanno aveva e ed ma anche o quindi se questo questa questi queste lui lei loro "
    "suo sua dopo prima tra fra durante secondo può dimmi elenca spiega riassumi qual cos dov "
    "com"
)
_CONNECTIVE_WORDS = (
    "however moreover meanwhile nevertheless nonetheless still yet therefore thus hence besides "
    "instead otherwise although though while despite because actually finally yesterday today now "
    "perhaps maybe well first second next later among apart under over here both each every "
    "parmi cependant pourtant ensuite toutefois néanmoins enfin ainsi puis ailleurs bref malgré "
    "hier aujourd hui maintenant lorsque lors alors bien comme car chez sans sous vers dès outre "
    "certes or être deux tous toutes chaque plusieurs certains "
    "tuttavia però inoltre invece infine infatti dunque pertanto comunque poi ieri oggi ora adesso "
    "mentre nonostante purtroppo forse perciò malgrado senza sotto verso presso oltre appena già "
    "ancora così eppure entrambi ogni alcuni molti tutti"
)
#: What a question opens with, folded; none of it is a name there.
OPENERS = (
    frozenset(map(fold, f"{_OPENING_WORDS} {_CONNECTIVE_WORDS}".split()))
    | _ARTICLES
    | frozenset(_ROLE)
)
_SHORT = re.compile(r"[A-Z][a-z]{0,2}|vs?")
#: "Evidently", "évidemment", "evidentemente".
_ADVERB = re.compile(r"\w{3,}(?:ly|mente?)")

_TOKEN = re.compile(r"[^\W_]+")
#: What may stand between two words of one name.
_WITHIN = re.compile(r"[ \u00a0'’-]|\. | & ")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands.

    Attributes:
        text: the name alone.
        start, end: characters of it in the question.
        lead: where its preposition and article begin; `start` where it has neither.
        role: of the preposition, the same in every language; "" without one.
        place: its CLDR code, where it is a known place.
        opens: it opens a sentence, so that its capital may be by rule.
    """

    text: str
    start: int
    end: int
    lead: int = 0
    role: str = ""
    place: str | None = None
    opens: bool = False

    @property
    def words(self) -> frozenset[str]:
        """Its folded words."""
        return frozenset(map(fold, _TOKEN.findall(self.text)))


def opening_words(text: str) -> frozenset[str]:
    """Folded words that open a sentence and say nothing of what it is about, in any language."""
    first = _TOKEN.search(text)
    adverb = fold(first.group()) if first else ""
    return OPENERS | {adverb} if _ADVERB.fullmatch(adverb) else OPENERS


def mentions(text: str) -> list[Mention]:
    """Every name of a text, in order."""
    tokens = list(_TOKEN.finditer(text))
    return [_mention(text, tokens, first, last) for first, last in _runs(text, tokens)]


def _runs(text: str, tokens: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """First and last token of each name."""
    first = None
    for position in range(len(tokens)):
        if first is None and _begins(text, tokens, position):
            first = position
        if first is not None and not _goes_on(text, tokens, position):
            yield first, position
            first = None


def _begins(text: str, tokens: list[re.Match[str]], position: int) -> bool:
    word = tokens[position].group()
    if _opens(text, tokens, position):
        return (
            word[0].isupper()
            and fold(word) not in OPENERS
            and not _is_adverb(text, tokens, position)
        )
    return (word[0].isupper() and word != "I") or (len(word) > 3 and place_code(word) is not None)


def _opens(text: str, tokens: list[re.Match[str]], position: int) -> bool:
    """Whether a word opens a sentence, after which it has a capital by rule."""
    if position == 0:
        return True
    between = text[tokens[position - 1].end() : tokens[position].start()].strip()
    return between[-1:] in (".", "!", "?", "…") and not _is_short(tokens[position - 1], between)


def _is_short(token: re.Match[str], between: str) -> bool:
    """Whether a word is shortened rather than a sentence's last: Mr. Smith, Kadrey v. Meta."""
    return between == "." and _SHORT.fullmatch(token.group()) is not None


def _is_adverb(text: str, tokens: list[re.Match[str]], position: int) -> bool:
    """Whether a sentence's first word is one by its ending; "Kelly Marr" is none."""
    return _ADVERB.fullmatch(fold(tokens[position].group())) is not None and not (
        position + 1 < len(tokens)
        and tokens[position + 1].group()[0].isupper()
        and text[tokens[position].end() : tokens[position + 1].start()] == " "
    )


def _goes_on(text: str, tokens: list[re.Match[str]], position: int) -> bool:
    """Whether the next word is of the same name."""
    if position + 1 == len(tokens):
        return False
    token, following = tokens[position], tokens[position + 1]
    between = text[token.end() : following.start()]
    word = following.group()
    if token.group().isdigit():
        return between == "." and word.isdigit()
    if between == ". " and not _is_short(token, "."):
        return False
    return _WITHIN.fullmatch(between) is not None and (
        word[0].isupper() or (word[0].isdigit() and len(word) < 4 and between in (" ", "-"))
    )


def _mention(text: str, tokens: list[re.Match[str]], first: int, last: int) -> Mention:
    start, end = tokens[first].start(), tokens[last].end()
    lead, role = start, ""
    for token in reversed(tokens[max(0, first - 2) : first]):
        if text[token.end() : lead].strip(" \u00a0'’.") or role:
            break
        word = fold(token.group())
        role = _ROLE.get(word, "")
        if not role and (word not in _ARTICLES or lead != start):
            break
        lead = token.start()
    name = text[start:end]
    return Mention(name, start, end, lead, role, place_code(name), _opens(text, tokens, first))
