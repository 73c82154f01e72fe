"""Why a statement does not stand, so that a model can be told and a log can hold it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """What a statement says that its sources do not."""

    NO_SOURCE = "no_source"  # nothing is cited, or nothing that exists
    LINK = "link"  # an address or markup
    QUOTATION = "quotation"  # words in quotation marks that are not printed so
    SPEAKER = "speaker"  # words in the mouth of someone who did not say them
    NUMBER = "number"  # a quantity, or one of something else
    DATE = "date"
    CURRENCY = "currency"
    NAME = "name"
    DENIAL = "denial"  # the source denies it, or does not deny it
    WORDS = "words"  # too much of it in other words, or the opposite


@dataclass(frozen=True, slots=True)
class Fault:
    """A reason with the words of the statement that it is about; "" where it is about all."""

    reason: Reason
    about: str = ""
