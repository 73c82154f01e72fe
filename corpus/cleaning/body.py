"""From the text of a scraped page to the article's own: what the page put around it goes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from corpus.characters import clean_text
from corpus.cleaning.above import judge_above, judge_headline
from corpus.cleaning.below import judge_below
from corpus.cleaning.edges import judge_edges
from corpus.cleaning.lines import Line, split_lines
from corpus.cleaning.page import Page
from corpus.cleaning.phrasebook import Kind
from corpus.cleaning.stamps import stamps_of
from corpus.cleaning.within import judge_within

#: Of a Markdown table: short cells look like buttons.
_TABLE_ROW = re.compile(r"\s*\|.*\|.*\|\s*")


@dataclass(frozen=True, slots=True)
class CleanedBody:
    """The article's own text, and what its lines said about it.

    Attributes:
        text: what citations point into.
        metadata: values of `corpus.readers.draft.FIELDS` found in lines that are no reporting
            (a byline, a copyright notice); the headline where the top of the page repeats it.
    """

    text: str
    metadata: Mapping[str, str] = field(default_factory=dict)


def clean_body(text: str, title: str | None = None) -> CleanedBody:
    """Body text as it is stored. Cleaning twice changes nothing.

    Whole lines go, and what stays is not changed but for white space between the lines.

    Args:
        title: the headline, where the file states it apart from the text.
    """
    text = clean_text(text)
    authors: list[str] = []
    rights: list[str] = []
    stamps: dict[str, str] = {}
    headline: str | None = None
    # What goes can uncover more: the headline that stood below a menu.
    while True:
        page = _judged(text, title)
        authors += page.authors
        rights += page.rights
        stamps = _stamps(page) | stamps
        headline = headline or page.headline
        if not page.gone:
            return CleanedBody(text, _metadata(headline, authors, rights) | stamps)
        text = _without(text, [page.lines[number] for number in sorted(page.gone)])


def _judged(text: str, title: str | None) -> Page:
    page = Page(split_lines(text), title)
    if page.body:
        # Without a sentence there is no telling above from below: a poem, a table.
        judge_below(page)
        judge_edges(page)
        judge_above(page)
        judge_within(page)
    judge_headline(page)
    page.gone -= {n for n, line in enumerate(page.lines) if _TABLE_ROW.fullmatch(line.text)}
    return page


def _stamps(page: Page) -> dict[str, str]:
    """The dates of the lines that went above the first sentence."""
    found: dict[str, str] = {}
    for number in sorted(page.gone):
        if page.body and number < page.body[0] and page.kinds[number] is Kind.DATE:
            found = stamps_of(page.lines[number].text) | found
    return found


def _without(text: str, gone: Iterable[Line]) -> str:
    kept, position = [], 0
    for line in gone:
        kept.append(text[position : line.start])
        position = line.end
    return clean_text("".join([*kept, text[position:]]))


def _metadata(headline: str | None, authors: list[str], rights: list[str]) -> dict[str, str]:
    found = {
        "title": headline or "",
        "author": ", ".join(dict.fromkeys(authors)),
        "rights": "; ".join(dict.fromkeys(rights)),
    }
    return {name: value for name, value in found.items() if value}
