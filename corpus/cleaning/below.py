"""What stands below an article: requests, lists of other stories, the foot of the page."""

from __future__ import annotations

from corpus.cleaning.bylines import signatures_of
from corpus.cleaning.furniture import ENDING, is_note
from corpus.cleaning.headlines import is_block_of_headlines, is_run
from corpus.cleaning.page import Page
from corpus.cleaning.phrasebook import Kind

_LISTS = (Kind.LIST, Kind.DOUBTFUL_LIST)
_LONGEST_DATE_OF_TEXT = 3  # words


def judge_below(page: Page) -> None:
    """Judges the lines behind the last line of reporting, which may be none itself."""
    body = page.body
    while len(body) > 1 and (_is_run(page, body[-1]) or page.is_part_of_request(body[-1])):
        page.gone.add(body.pop())
    has_ended = is_list = False
    for number in range(body[-1] + 1, len(page.lines)):
        if not page.lines[number].is_bullet:
            has_ended = has_ended or page.kinds[number] in ENDING
            is_list = is_list or page.kinds[number] in _LISTS
        if number in page.gone or page.take_authors(number, signatures_of(page.lines[number])):
            continue
        if _is_foot(page, number, is_list) if has_ended else _is_loose(page, number):
            page.gone.add(number)
    rest = list(page.left(body[-1] + 1))
    is_wrapped = any(line.is_wrapped for line in page.lines)
    if not is_wrapped and is_block_of_headlines([page.lines[n] for n in rest], page.vocabulary):
        page.gone.update(rest)


def _is_foot(page: Page, number: int, is_list: bool) -> bool:
    """Below what ends an article, all but a note of the editors, and a list of its own."""
    line = page.lines[number]
    is_own = (line.is_bullet or line.is_sentence) and not is_list
    return not is_own and not is_note(line)


def _is_loose(page: Page, number: int) -> bool:
    """Before anything that ends an article, only what cannot be part of it."""
    is_stamp = page.kinds[number] is Kind.DATE
    return (is_stamp and len(page.lines[number].words) > _LONGEST_DATE_OF_TEXT) or _is_run(
        page, number
    )


def _is_run(page: Page, number: int) -> bool:
    line = page.lines[number]
    # Half a wrapped paragraph breaks off in the middle of a sentence, as a run does.
    return (line.opens_block or not line.is_wrapped) and is_run(line, page.vocabulary)
