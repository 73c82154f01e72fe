"""What stands below an article: requests, lists of other stories, the foot of the page."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.cleaning.bylines import (
    authors_of,
    bare_names_of,
    biography_of,
    initials_of,
    signatures_of,
)
from corpus.cleaning.furniture import ENDING, is_note
from corpus.cleaning.headlines import is_block_of_headlines, is_run
from corpus.cleaning.lexicon import words
from corpus.cleaning.lines import Line
from corpus.cleaning.names import could_be_phrase, says_role
from corpus.cleaning.page import Page, is_own, is_reporting
from corpus.cleaning.phrasebook import Kind
from corpus.cleaning.speech import gives_address, is_imprint, is_permission, speaks_to_reader

_LISTS = (Kind.LIST, Kind.DOUBTFUL_LIST)
_LONGEST_DATE_OF_TEXT = 3  # words
_LONGEST_TAG = 3
_SHORTEST_TOLD = 3  # characters
_LONGEST_COMMENTS_HEAD = 5  # terms
# What follows the head of the comments is less than this share of the reporting before it.
_LARGEST_COMMENTS = 1 / 3


def judge_below(page: Page) -> None:
    """Judges the lines behind the last line of reporting, which may be none itself."""
    _cut_comments(page)
    body = page.body
    while len(body) > 1 and _is_of_page(page, body[-1]):
        page.gone.add(body.pop())
    _judge_signature(page)
    ended = _first_ending(page)
    has_ended = is_list = False
    for number in range(body[-1] + 1, len(page.lines)):
        line = page.lines[number]
        if not line.is_bullet:
            has_ended = has_ended or _is_ending(page, number)
            is_list = is_list or page.kinds[number] in _LISTS
        names = signatures_of(line) or initials_of(line)
        if number in page.gone or page.take_authors(number, names):
            continue
        if _is_foot(page, number, is_list) if has_ended else _is_loose(page, number):
            page.gone.add(number)
    if ended is not None:
        _judge_unmarked(page, list(page.left(body[-1] + 1, ended)))
    rest = list(page.left(body[-1] + 1))
    is_wrapped = any(line.is_wrapped for line in page.lines)
    if not is_wrapped and is_block_of_headlines([page.lines[n] for n in rest], page.vocabulary):
        page.gone.update(rest)


def _cut_comments(page: Page) -> None:
    """Takes out what readers wrote, from the head of their comments to the end of the page."""
    body = page.body
    if len(body) < 3:
        return
    sizes = {n: len(page.lines[n].text) for n in body}
    after = 0
    start = None
    remaining = sum(sizes.values())
    for number in range(len(page.lines) - 1, body[1], -1):
        after += sizes.get(number, 0)
        if after > _LARGEST_COMMENTS * (remaining - after):
            break
        if _heads_comments(page, number):
            start = number
    if start is None:
        return
    page.gone.update(n for n in page.left(start) if not _is_of_article(page.lines[n]))
    page.body = [n for n in body if n < start]


def _is_of_article(line: Line) -> bool:
    return is_note(line) or bool(initials_of(line) or signatures_of(line))


def _heads_comments(page: Page, number: int) -> bool:
    line = page.lines[number]
    return (
        page.kinds[number] in (Kind.PROMPT, Kind.MARK, Kind.FOOTER)
        and len(line.terms) <= _LONGEST_COMMENTS_HEAD
        and not words("comment_words").isdisjoint(line.terms)
        and not line.ends_sentence
    )


def _is_of_page(page: Page, number: int) -> bool:
    """Whether a sentence at the end is the page's: a run, a request, a notice, a biography."""
    line = page.lines[number]
    if is_note(line):
        return False
    if _is_run(page, number) or page.is_part_of_request(number) or is_imprint(line):
        return True
    if speaks_to_reader(line, at_edge=True) or is_permission(line) or gives_address(line):
        return True
    is_above_request = number + 1 < len(page.lines) and page.kinds[number + 1] is Kind.PROMPT
    if is_above_request and not words("press").isdisjoint(line.terms):
        return True
    return _is_biography(page, number)


def _is_biography(page: Page, number: int) -> bool:
    """Whether it introduces the author, who is named above, or says the role of one."""
    line = page.lines[number]
    names = biography_of(line)
    if not names:
        return False
    # Authors are looked for above later, so that their lines are asked here.
    above = (page.lines[n] for n in range(min(page.opened, number)))
    if any(names[0] in (authors_of(each) or bare_names_of(each)) for each in above):
        return True
    surname = names[0].split()[-1]
    is_told = any(surname in page.lines[n].text for n in page.body if n != number)
    return says_role(line.words) and not is_told


def _is_ending(page: Page, number: int) -> bool:
    return page.kinds[number] in ENDING or number in page.notices


def _first_ending(page: Page) -> int | None:
    """The first line behind the reporting after which nothing of the article follows."""
    tail = range(page.body[-1] + 1, len(page.lines))
    return next((n for n in tail if _is_ending(page, n) and not page.lines[n].is_bullet), None)


def _judge_signature(page: Page) -> None:
    """A name or initials directly below the reporting, of somebody whom it does not mention."""
    number = next(page.left(page.body[-1] + 1), None)
    if number is None or page.kinds[number] is not Kind.TEXT:
        return
    line = page.lines[number]
    names = bare_names_of(line)
    said = [word for name in names for word in name.split()]
    is_unknown = page.names_told.isdisjoint(word.casefold() for word in said)
    # Several such lines are a list: of the winners, of addresses.
    below = next(page.left(number + 1), None)
    is_alone = below != number + 1 or page.kinds[below] is not Kind.TEXT
    is_signed = names and is_unknown and is_alone and not could_be_phrase(said)
    page.take_authors(number, initials_of(line) or (names if is_signed else []))


def _judge_unmarked(page: Page, loose: Sequence[int]) -> None:
    """Judges the lines between the reporting and what ends it: tags, or headlines.

    A list, a verse or a table of the article has the same form; what announces it ends in a colon.
    """
    own = [n for n in loose if is_own(page.lines[n])]
    if 2 * len(own) >= len(loose) or any(page.lines[n].text.endswith(":") for n in own):
        return
    others = [n for n in loose if n not in own]
    lines = [page.lines[n] for n in others]
    are_short = all(len(line.words) <= _LONGEST_TAG for line in lines)
    if are_short and not any(_is_tag(page, n) for n in others):
        return
    if not are_short and not is_block_of_headlines(lines, page.vocabulary, fewest=2):
        return
    page.gone.update(n for n in others if n + 1 not in own)


def _is_tag(page: Page, number: int) -> bool:
    """Whether a short line names a section, or what the article is about in its own words."""
    told = page.told_words
    return page.kinds[number] is not Kind.TEXT or any(
        len(term) > _SHORTEST_TOLD and term in told for term in page.lines[number].terms
    )


def _is_foot(page: Page, number: int, is_list: bool) -> bool:
    """Below what ends an article, all but a note of the editors, and a list of its own."""
    line = page.lines[number]
    is_short = line.text.endswith(".") and len(line.words) > 2
    is_item = (line.is_bullet or is_reporting(line) or is_short) and not is_list
    return not is_item and not is_note(line)


def _is_loose(page: Page, number: int) -> bool:
    """Before anything that ends an article, only what cannot be part of it."""
    line = page.lines[number]
    if page.kinds[number] is Kind.DATE and len(line.words) > _LONGEST_DATE_OF_TEXT:
        return True
    is_of_page = is_imprint(line) or is_permission(line) or gives_address(line)
    is_of_page = is_of_page or _is_biography(page, number)
    return is_of_page or _is_run(page, number)


def _is_run(page: Page, number: int) -> bool:
    line = page.lines[number]
    # Half a wrapped paragraph breaks off in the middle of a sentence, as a run does.
    return (line.opens_block or not line.is_wrapped) and is_run(line, page.vocabulary)
