"""Whether a line of an article can stand in an answer: headings, labels and questions cannot."""

from __future__ import annotations

import re

from index_store.terms import stop_words, words

#: A line of so many words that does not end as a sentence is a heading, unless it is an item of a
#: list or has a figure.
_HEADING = 12
#: So few words are a sentence only where one of them joins the others: "It rained.", not "Read on".
_LABEL = 3

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»“)\]\s]*$")
_QUESTION_END = re.compile(r"\?[\"'”’»“)\]\s]*$")
_QUOTATION_MARK = re.compile(r"[“”„«»\"]")
_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
_ITEM = re.compile(r"\s*[-–—*•·‣▪]\s")


def is_headline(text: str) -> bool:
    """Whether a line does not end as a sentence ends."""
    return _SENTENCE_END.search(text) is None


def is_quotable(text: str, language: str | None, publisher: str | None = None) -> bool:
    """Whether a line says something by itself.

    A question says nothing, unless it is put in somebody's mouth; nor does a heading, a label or
    the name of an outlet.

    Args:
        publisher: of the article, which sets its name under its text.
    """
    if _QUOTATION_MARK.search(text):
        return True
    if _QUESTION_END.search(text):
        return False
    said = words(text)
    if len(said) <= _LABEL:
        return not is_headline(text) and _is_sentence(text, said, language, publisher)
    return not is_headline(text) or not _is_heading(text, len(said))


def _is_heading(text: str, length: int) -> bool:
    """Whether a line that does not end as a sentence is a heading by its length and its form."""
    states = _ITEM.match(text) or _DIGIT.search(text)
    return length <= _HEADING and (text.rstrip().endswith(":") or not states)


def _is_sentence(text: str, said: list[str], language: str | None, publisher: str | None) -> bool:
    """Whether a few words are more than a label, a name or an outlet with a full stop."""
    opening, *others = _WORD.findall(text) or [""]
    is_name = opening[:1].islower() or not any(word[0].islower() for word in others)
    is_joined = not stop_words(language) or bool(stop_words(language) & set(said))
    return is_joined and not is_name and said != words(publisher or "")
