"""The regular expressions that periods are read by, made of the tables of words."""

from __future__ import annotations

import re
from functools import cache

from qa.dates import period_words as said
from qa.dates.period_words import Frame


@cache
def relative(pattern: str) -> re.Pattern[str]:
    """Relative words, with whatever stands before them."""
    return _compiled(f"(?:(?:{_frames(*Frame)}){_GAP})?(?:{_filled(pattern)})")


@cache
def since_start(pattern: str) -> re.Pattern[str]:
    """ "Since the beginning of" a unit of the calendar."""
    return _compiled(f"(?:{_frames(Frame.SINCE)}){_GAP}{_filled(pattern)}")


@cache
def framed_date() -> re.Pattern[str]:
    """A date with what makes it a period."""
    return _compiled(f"(?:{_frames(*Frame)}){_GAP}{_date_pattern('')}")


@cache
def spans() -> re.Pattern[str]:
    """Two dates, the groups of the first behind "a_", of the second behind "b_".

    The first may be a day alone (a_o), whose month the second has; the second may be now (b_now).
    """
    pairs = [pair for pairs in said.SPANS.values() for pair in pairs]
    opening = "|".join(first for first, _ in pairs)
    joining = "|".join(second for _, second in pairs)
    first = f"(?:{_date_pattern('a_')}|{_numeral('a_o')})"
    last = f"(?:{_date_pattern('b_')}|(?P<b_now>{said.NOW}))"
    return _compiled(f"(?:{opening}){_GAP}{first} (?:{joining}){_GAP}{last}")


#: Behind an elided word there is no space.
_GAP = r"(?:(?<=')|(?<!') )"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){pattern}(?!\w)")


def _filled(pattern: str) -> str:
    names = "|".join(sorted({*said.long_months(), *said.weekdays()}, key=len, reverse=True))
    return (
        pattern.replace("({unit})", f"(?P<unit>{said.UNIT})")
        .replace("{count}", f"(?P<count>{said.COUNT})")
        .replace("({name})", f"(?P<name>{names})")
    )


def _frames(*frames: Frame) -> str:
    return "|".join(
        f"(?P<{frame.name}>{'|'.join(said.FRAMES[frame].values())})" for frame in frames
    )


def frame_of(found: re.Match[str]) -> Frame:
    """What the words before a date make of it."""
    held = (frame for frame in Frame if found.groupdict().get(frame.name))
    return next(held, Frame.WITHIN)


def _date_pattern(key: str) -> str:
    """Groups, behind a key: iso; d dm dy (14 January 2025); em e ey (January 14, 2025); m my
    (January 2025); y."""
    long = "|".join(sorted(said.long_months(), key=len, reverse=True))
    any_month = "|".join(sorted(said.months(), key=len, reverse=True))
    of, a_year = "(?:of |de |d'|di |del )?", r"(?:1[89]|20)\d\d"
    return (
        rf"(?:(?P<{key}iso>\d{{4}}-\d\d-\d\d)"
        rf"|{_numeral(f'{key}d')} {of}"
        rf"(?P<{key}dm>{any_month})\.?(?:,? {of}(?P<{key}dy>{a_year}))?"
        rf"|(?P<{key}em>{any_month})\.? (?P<{key}e>\d{{1,2}})(?:st|nd|rd|th)?"
        rf"(?:,? (?P<{key}ey>{a_year}))?(?!\w)"
        rf"|(?P<{key}m>{any_month})\.? {of}(?P<{key}my>{a_year})|(?P<{key}mm>{long})"
        rf"|(?P<{key}y>{a_year}))"
    )


def _numeral(group: str) -> str:
    """The number of a day; folded, "1º" is "1o"."""
    return rf"(?:le |the |il |l')?(?P<{group}>\d{{1,2}}|primo)(?:st|nd|rd|th|er|[o°])?"


@cache
def publication() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Articles that a period is of: before it, and behind it."""
    noun = f"(?:{said.PUBLISHED})"
    articles = r"(?:\b(?:the|les?|gli|i|la|l'|in|dans|nei|negli) ?)*"
    before = rf"{articles}\b{noun}(?: (?:{said.PUBLISHED_BY}))* ?"
    return re.compile(rf"{before}$"), re.compile(rf"(?:'s|s')? {noun}\b(?: (?:of|on|about))?")
