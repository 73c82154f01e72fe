"""Parts of a whole: of "45 of the 300 passengers were injured" 300 is not how many were."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from corpus.characters import fold
from corpus.quantities import quantity_mentions
from qa.claims.reasons import Fault, Reason
from qa.claims.tokens import Text, tokens

_OF = r"(?:of\s(?:the|its|their|his|her)|des|sur|dei|delle|degli|su)"
#: Between a part and its whole: "45 of the 300", "45 des 300", "45 dei 300".
_PART_OF = re.compile(rf"\s{_OF}\s")
#: Before a whole that its part follows: "Of the 300 passengers, 45", "Sur les 300, 45".
_OUT_OF = re.compile(
    r"(?:^|[.,;:]\s)(?:of|sur|dei|delle|degli|su)\s(?:the\s|its\s|their\s|les\s)?$"
)
#: Between a whole and its part there.
_FOLLOWED = re.compile(r"[^.;:,]{0,40},\s(?:only\s|about\s|seuls\s|environ\s|solo\s|circa\s)?")


def takes_whole_for_part(statement: Text, source: Text) -> Fault | None:
    """A whole of which the source says something of a part, said of all of it, or turned round."""
    values = {each.value for each in quantity_mentions(fold(statement.text), statement.language)}
    said = {each[:2] for each in _parts(statement)}
    stems = {each.stem for each in tokens(statement.text, statement.language) if each.is_content}
    for part, whole, told in _parts(source):
        is_turned = (whole, part) in said
        if is_turned or (whole in values and part not in values and stems & told):
            return Fault(Reason.NUMBER, whole)
    return None


@lru_cache(maxsize=512)
def _parts(text: Text) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Each part with its whole, and the stems that tell what is said of the part alone."""
    return tuple(_found(text))


def _found(text: Text) -> Iterator[tuple[str, str, frozenset[str]]]:
    folded = fold(text.text)
    for one, other in pairwise(quantity_mentions(folded, text.language)):
        between, before = folded[one.end : other.start], folded[: one.start]
        if _PART_OF.fullmatch(between):
            yield one.value, other.value, _told(text, folded, other.end, skipped=1)
        elif _OUT_OF.search(before) and _FOLLOWED.fullmatch(between):
            yield other.value, one.value, _told(text, folded, other.end, skipped=0)


def _told(text: Text, folded: str, start: int, *, skipped: int) -> frozenset[str]:
    """Stems behind a place up to the next mark, without those of what is counted."""
    read = tokens(re.split(r"[.,;:]", folded[start:])[0], text.language)
    return frozenset([each.stem for each in read if each.is_content][skipped:])
