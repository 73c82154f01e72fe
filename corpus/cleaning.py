"""From the text of a scraped page to the article's own: what the page put around it goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.characters import clean_text


@dataclass(frozen=True, slots=True)
class CleanedBody:
    """The article's own text, and what its lines said about it.

    Attributes:
        text: what citations point into.
        metadata: values of `corpus.readers.draft.FIELDS` found in lines that are no reporting
            (a byline, a copyright notice); the headline where the text opens with one.
    """

    text: str
    metadata: Mapping[str, str] = field(default_factory=dict)


def clean_body(text: str, title: str | None = None) -> CleanedBody:
    """Body text as it is stored. Cleaning twice changes nothing.

    Args:
        title: the headline, where the file states it apart from the text.
    """
    return CleanedBody(clean_text(text))
