"""What stands between the paragraphs of an article: links to other stories, alternative texts."""

from __future__ import annotations

import re

from corpus.cleaning.credits import is_image_credit, pair_of_names
from corpus.cleaning.furniture import is_note
from corpus.cleaning.headlines import is_keywords
from corpus.cleaning.lexicon import words
from corpus.cleaning.page import Page, is_teaser
from corpus.cleaning.phrasebook import Kind
from corpus.cleaning.repeats import pull_quotes

_LONGEST_LIST = 12  # lines
_LONGEST_ALT_TEXT = 14  # words
_LONGEST_BARE_LINK = 4
_SHORTEST_STORY = 4
_MOST_SHARED = 0.6  # of the longer words of another story's headline
_WORD = re.compile(r"[^\W\d_]+")


def judge_within(page: Page) -> None:
    """Judges the lines between the first and the last line of reporting."""
    for number in range(page.first, page.body[-1]):
        kind = page.kinds[number]
        if kind is Kind.LINK and len(page.lines[number].words) <= _LONGEST_BARE_LINK:
            _take_list(page, number, 1)
        elif kind in (Kind.LIST, Kind.DOUBTFUL_LIST):
            _take_list(page, number, _LONGEST_LIST)
    within = list(page.left(page.first + 1, len(page.lines)))
    page.gone.update(pull_quotes(page.lines, within, page.body))
    for number in page.left(page.first, len(page.lines)):
        if _is_credit_of_names(page, number):
            page.take_rights(number, page.lines[number].text)
    for number in list(page.left(page.first + 1, page.body[-1])):
        if _is_number_of_page(page, number):
            page.gone.add(number)
    # From the end, since a number stands above the image that is told by the credit below it.
    for number in reversed(list(page.left(page.first + 1, page.body[-1]))):
        if _is_box(page, number):
            page.gone.update((number, number + 1))
        elif (
            _is_captioned(page, number)
            or _is_alt_text(page, number)
            or _is_among_furniture(page, number)
            or _is_stamp(page, number)
            or _heads_request(page, number)
            or page.is_part_of_request(number)
        ):
            page.gone.add(number)


def _is_credit_of_names(page: Page, number: int) -> bool:
    """Whether it is a photographer and an agency whom the reporting does not mention."""
    line = page.lines[number]
    names = pair_of_names(line) if page.kinds[number] is Kind.TEXT else []
    return bool(names) and page.names_told.isdisjoint(map(str.casefold, names))


def _is_number_of_page(page: Page, number: int) -> bool:
    """Whether it is a number beside furniture, and not in a table."""
    is_number = page.lines[number].text.isdecimal()
    return is_number and (number - 1 in page.gone or number + 1 in page.gone)


def _is_among_furniture(page: Page, number: int) -> bool:
    """Whether it names a section, between lines that have gone, or numbers an image."""
    if page.kinds[number] in (Kind.SECTION, Kind.DOUBTFUL_LIST):
        return number - 1 in page.gone and number + 1 in page.gone
    return _is_number_of_page(page, number)


def _is_stamp(page: Page, number: int) -> bool:
    """Whether it says when an entry was posted: "2h ago", "Updated at 18.20"."""
    if page.kinds[number] is not Kind.DATE:
        return False
    said = page.lines[number].terms
    return said[0] in words("stated") or not words("ago").isdisjoint(said)


def _heads_request(page: Page, number: int) -> bool:
    """Whether it is the head of a box such as that of a newsletter: it names what is offered."""
    line = page.lines[number]
    return (
        page.kinds[number + 1] is Kind.PROMPT
        and line.is_headline
        and not line.is_quoting
        and len(line.words) <= _LONGEST_ALT_TEXT
        and not words("press", "objects").isdisjoint(line.terms)
    )


def _is_box(page: Page, number: int) -> bool:
    """Whether a label and a headline of another story stand between two paragraphs."""
    label, below = page.lines[number], number + 1
    if not label.is_headline or label.is_bullet or len(label.words) > _LONGEST_BARE_LINK:
        return False
    if number - 1 in page.gone or not page.lines[number - 1].is_sentence:
        return False
    story = page.lines[below]
    return (
        below not in page.gone
        and story.is_headline
        and not (story.is_bullet or story.is_quoting or story.starts_lower or "#" in story.key)
        and not label.text.endswith((":", ",", ";"))
        and _SHORTEST_STORY <= len(story.words) <= _LONGEST_ALT_TEXT
        and below + 1 < len(page.lines)
        and page.lines[below + 1].is_sentence
        and label.text.isupper()
        and not story.text.isupper()
        and page.vocabulary.share(story.text) < _MOST_SHARED
    )


def _take_list(page: Page, head: int, longest: int) -> None:
    """Takes out the headlines below a head, but not a subhead behind them."""
    taken: list[int] = []
    for number in range(head + 1, min(head + 1 + longest, len(page.lines))):
        line = page.lines[number]
        if number in page.gone or not is_teaser(line) or is_note(line) or line.starts_lower:
            break
        if page.uses_blocks and line.opens_block and taken:
            break
        taken.append(number)
    if taken and _is_subhead(page, taken[-1]):
        taken.pop()
    if taken:
        page.gone.update((head, *taken))


def _is_subhead(page: Page, number: int) -> bool:
    """Whether a sentence follows, and the line stands apart from the list before it."""
    if number + 1 >= len(page.lines) or not page.lines[number + 1].is_sentence:
        return False
    line = page.lines[number]
    return line.opens_block if page.uses_blocks else len(line.words) < _LONGEST_BARE_LINK


def _is_captioned(page: Page, number: int) -> bool:
    """Whether it is the text of the image that is credited below: no sentence, so no caption."""
    line, below = page.lines[number], number + 1
    if not line.is_headline or line.is_bullet or len(line.words) > _LONGEST_ALT_TEXT:
        return False
    if below not in page.gone or not is_image_credit(page.lines[below]):
        return False
    if page.uses_blocks:
        return not page.lines[below].opens_block
    return len(line.words) >= _LONGEST_BARE_LINK


def _is_alt_text(page: Page, number: int) -> bool:
    """Whether it is an image's text alone, above the subhead that belongs there."""
    line = page.lines[number]
    stands_alone = line.opens_block and line.closes_block and line.is_headline
    return (
        stands_alone
        and number + 1 not in page.gone
        and page.lines[number - 1].is_sentence
        and is_keywords(line, page.lines[number + 1], lambda: _lower_case_words(page))
    )


def _lower_case_words(page: Page) -> frozenset[str]:
    found = (word for n in page.body for word in _WORD.findall(page.lines[n].text))
    return frozenset(word for word in found if word.islower())
