"""What a printer or an archive puts around every article: running heads, fields, its own name."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.cleaning.bylines import bare_names_of
from corpus.cleaning.lexicon import words
from corpus.cleaning.lines import Line, folded
from corpus.cleaning.names import could_be_phrase
from corpus.cleaning.page import Page
from corpus.cleaning.phrasebook import Kind
from corpus.cleaning.repeats import is_printed_from, labels_at_both_ends, names_owner, running_heads
from corpus.cleaning.speech import is_imprint

_LONGEST_FIELD = 3  # words of its label
_LONGEST_LABEL = 40  # characters
_FEWEST_FIELDS = 3


def judge_edges(page: Page) -> None:
    """Judges the lines that repeat themselves or name the publisher, and those of an export."""
    page.gone.update(running_heads(page.lines))
    top = list(page.left(0, page.second))
    foot = list(page.left(page.body[-1] + 1))
    page.gone.update(labels_at_both_ends(page.lines, top, foot))
    owners = [page.lines[n].text for n in (*page.notices, *foot) if _names_publisher(page, n)]
    page.gone.update(n for n in (*top, *foot) if _names_newspaper(page.lines[n], owners))
    page.gone.update(n for n in top if is_printed_from(page.lines[n]))
    fields = [n for n in (*top, *foot) if _is_field(page.lines[n])]
    if len(fields) >= _FEWEST_FIELDS:
        page.gone.update(fields)
        page.gone.update(n for n in (*top, *foot) if _names_field(page, n))


def _names_publisher(page: Page, number: int) -> bool:
    return number in page.notices or is_imprint(page.lines[number])


def _names_newspaper(line: Line, owners: Sequence[str]) -> bool:
    """Whether it is the name of the newspaper, and not that of an author who owns the text."""
    names = bare_names_of(line)
    return names_owner(line, owners) and (not names or could_be_phrase(names[0].split()))


def _is_field(line: Line) -> bool:
    """Whether it is a field of a record: "Section: NEWS; Pg. 7"."""
    label, colon, value = line.text[:_LONGEST_LABEL].partition(":")
    if not colon:
        return False
    said = folded(label).split()
    return bool(
        value.strip()
        and 0 < len(said) <= _LONGEST_FIELD
        and words("field_labels").issuperset(said)
        and not (words("leads").issuperset(said) and said)
    )


def _names_field(page: Page, number: int) -> bool:
    said = page.lines[number].key.split()
    return (
        len(said) == 1 and said[0] in words("field_labels") and page.kinds[number] is not Kind.LIST
    )
