"""What a question demands of a sentence that is to answer it.

"How many parameters" demands a number near that word, "which judge" a judge with a name, "what did
Ada Reeve say" something that Ada Reeve says: a sentence on the same subject that has none of it
does not answer, however well it fits.
"""

from __future__ import annotations

from dataclasses import dataclass

from index_store.terms import words
from qa.claims.attributions import Name, attributions, is_reported, names_in, same
from qa.claims.quotations import quotations
from qa.weighing.offers import offers
from qa.weighing.wanted import Wanted, asked_of


@dataclass(frozen=True, slots=True)
class Demand:
    """What an answer must hold.

    Attributes:
        wanted: the kind of thing.
        asked: folded words of the question, which tell nothing new.
        of: folded words of what is to be counted, or of the role of who is to be named.
        speaker: folded words of the name of whose words are asked for.
    """

    wanted: Wanted
    asked: frozenset[str]
    of: tuple[str, ...] = ()
    speaker: Name = frozenset()

    @property
    def role(self) -> tuple[str, ...]:
        """Folded words that an answer must have in any language, as far as they can be told. What
        is counted is called too many names: "inhabitants", "habitants", "islanders"."""
        return self.of if self.wanted is Wanted.PERSON else ()

    def is_met(
        self, sentence: str, passage: str, language: str | None, *, is_translated: bool
    ) -> bool:
        """Whether a sentence holds what is demanded.

        Args:
            passage: the text that it stands in, with its headline.
            language: of the sentence.
            is_translated: whether that is not the question's, so that no word of the question can
                be told to stand near another.
        """
        if self.wanted is Wanted.WORDS:
            return self._is_spoken(sentence, passage, language)
        is_far = is_translated and self.wanted is Wanted.NUMBER
        return offers(sentence, self.wanted, self.asked, () if is_far else self.of, language)

    def _is_spoken(self, sentence: str, passage: str, language: str | None) -> bool:
        """Whether somebody's words are given, and attributed to the speaker or, where the passage
        has that name, to a pronoun or nobody."""
        found = attributions(sentence, language)
        named = [one.name for one in found if one.printed]
        if self.speaker and named:
            return any(same(self.speaker, name) for name in named)
        speaks = bool(found) or bool(quotations(sentence)) or is_reported(sentence, language)
        return speaks and (not self.speaker or same(self.speaker, words(passage)))


def demand_of(question: str, wanted: Wanted, language: str | None) -> Demand:
    """What a question demands.

    Args:
        language: of the question.
    """
    speaker: Name = frozenset()
    if wanted is Wanted.WORDS:
        # Of "How did Ada Reeve react to what Tom Orme wrote?" she; "How" is no name.
        _, _, behind_first_word = question.partition(" ")
        speaker = next(iter(names_in(behind_first_word)), frozenset())
    return Demand(wanted, frozenset(words(question)), asked_of(question, language), speaker)
