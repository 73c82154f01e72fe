"""Times that a question tells by an event: "since the ruling", "depuis le jugement"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from qa.dates.period_words import AFTER_EVENT, EVENTS_IT, FROM_IT, RULINGS, SINCE_EVENT
from qa.dates.periods import flat_text


@dataclass(frozen=True, slots=True)
class Event:
    """An event that a question counts from.

    Attributes:
        words: of the question: "since the LibGen ruling".
        event: "LibGen ruling".
        rest: the question without `words`; whole where these are of what came "after" the event,
            which can be what the question is about.
        query: what to search for, to learn when it was.
    """

    words: str
    event: str
    rest: str

    @property
    def query(self) -> str:
        return f"{self.event} ({self.rest})"


def event_of(question: str) -> Event | None:
    """The event that a question counts from, or None."""
    found = _pattern().search(flat_text(question))
    if found is None:
        return None
    event = question[found.start("event") : found.end("event")].strip()
    event_words = question[found.start() : found.end("event")].strip()
    if found["after"]:
        return Event(event_words, event, question)
    rest = f"{question[: found.start()].rstrip()} {question[found.end() :].lstrip(' ,')}"
    rest = re.sub(r"\s+([?!.,;])", r"\1", rest).strip(" ,;")
    return Event(event_words, event, rest)


@cache
def _pattern() -> re.Pattern[str]:
    """To the end of the clause, six words at most."""
    more = r"(?: [\w'.-]*[\w-]){0,5}"
    return re.compile(
        rf"\b(?:(?:{SINCE_EVENT})|{FROM_IT}(?=(?:{EVENTS_IT})\b)"
        rf"|(?P<after>{AFTER_EVENT})(?=(?:[\w'-]+ ){{0,2}}(?:{RULINGS})\b))"
        rf"(?P<event>[\w'-]+{more})"
        r"(?=\s*[?.!,;]|$)"
    )
