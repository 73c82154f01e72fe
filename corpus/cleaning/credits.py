"""Lines that say whose a picture is: "Photo: Ann Author / Agency", "(Agency)", "© Ann Author"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.cleaning.lexicon import words
from corpus.cleaning.lines import Line
from corpus.cleaning.names import could_be_phrase, is_names

LONGEST_CREDIT = 16  # words
_LONGEST_AGENCY = 8
_LONGEST_CAPTION = 40
_LONGEST_SHOWN = 9
_LONGEST_LAST_PART = 90  # characters

# A colon, or the dots of "Credit...Ann Author".
_LABEL = re.compile(r"[^\s:.…]+\.?(?: [^\s:.…]+){0,3}(?: ?:\s+|\.\.\.\s?|…\s?)")
_LABEL_BY = re.compile(
    r"(?:photos?|photographs?|pictures?|images?|illustrations?|graphics?|video)"
    r" (?:by|par|courtesy of) "
    r"|screen(?:shot|grab) (?:via|from) |capture d.écran "
    r"|(?:foto|fotos|immagine|immagini|illustrazione|disegno|bild) (?:di|da|von|de) "
    r"|ph\b\.? ?(?:©|di|da)? ?(?=[^\W\d_])",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\s?/\s?|,\s(?=[A-Z]{2,5}$)")
_WITH = ("with", "avec", "con", "mit")
_LONGEST_PAIR = 7  # words
# The last part of a caption, where a credit may stand.
_ENDS_WITH_CREDIT = re.compile(r"[:©/]|\s\|\s|[)\]]\.?$|\b(?:by|par|di|von|de)\b")
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{3,80})[)\]]\.?$")
_LAST_PART = re.compile(r"[.|–—/]\s+(?=[^.|–—]{5,80}$)|\s(?=©)")


def is_image_credit(line: Line) -> bool:
    """Whether it says whose a picture is, and nothing else."""
    if len(line.words) > LONGEST_CREDIT:
        return False
    text = line.text.strip("()[] ")
    in_brackets = line.text[0] in "([" and line.text[-1] in ")]."
    if line.text[-1] in ")]" and not in_brackets:
        text = line.text
    return _is_labelled(text) or (
        not line.ends_sentence and _is_agency(text, in_brackets=in_brackets)
    )


def credit_behind(line: Line) -> str | None:
    """The credit that ends a caption: "The crane at dawn (Photo: Ann Author)"; else None."""
    if not line.key:
        return None
    end = line.text[-_LONGEST_LAST_PART:]
    if line.ends_sentence and not any(sign in end for sign in ":©()"):
        return None
    if not _ENDS_WITH_CREDIT.search(end) or len(line.words) > _LONGEST_CAPTION:
        return None
    if bracket := _IN_BRACKETS.search(line.text):
        inner = bracket.group(1)
        if inner.split()[0].casefold() in _WITH:
            # "Ann Author (with AFP)" wrote it.
            return None
        is_agency = not line.is_sentence and _is_agency(inner, in_brackets=True)
        before = line.text[: bracket.start()].rstrip()
        is_named = (
            before.endswith(".") and is_names(inner.split()) and not could_be_phrase(inner.split())
        )
        return inner if before and (is_agency or is_named or _is_labelled(inner)) else None
    parts = _LAST_PART.split(line.text)
    last = parts[-1].strip()
    is_signed = last.isupper() and is_names(last.split()) and " | " in line.text
    is_signed = is_signed or ("/" in last and _is_agency(last, in_brackets=False))
    return last if len(parts) > 1 and (is_signed or _is_labelled(last)) else None


def is_mere_caption(line: Line, credit: str) -> bool:
    """Whether what stands before a credit is no sentence, but what a picture shows."""
    shown = line.text[: line.text.rfind(credit)].rstrip(" (|[©/–—-")
    return len(shown.split()) <= _LONGEST_SHOWN and not shown.endswith((".", "!", "?"))


def pair_of_names(line: Line) -> Sequence[str]:
    """The words of the name in "Agency/Ann Author", "Ann Author, AFP"; else none.

    Two teams or two places have this form as well: whoever asks knows who is in the article.
    """
    if not line.key or line.ends_sentence or line.text.isupper():
        return ()
    sides = [side.split() for side in _PAIR.split(line.text.strip("()[] "))]
    if len(sides) != 2 or not all(sides) or not 2 < sum(map(len, sides)) <= _LONGEST_PAIR:
        return ()
    if not all(word[0].isupper() for side in sides for word in side):
        return ()
    if "/" not in line.text and sides[1][0].casefold() not in words("agencies"):
        return ()
    return next((side for side in sides if is_names(side) and not could_be_phrase(side)), ())


def is_owner(line: Sequence[str]) -> bool:
    """Names, years and signs; hardly a word in lower case that does not stand within names."""
    within = words("particles", "place_words", "image_label_words")
    plain = [
        word
        for word in line
        if word[0].islower() and word.strip(".,;:()") not in within | {"of", "y"}
    ]
    return len(line) <= LONGEST_CREDIT and len(plain) <= (len(line) > 2) + len(line) // 8


def _is_labelled(text: str) -> bool:
    label = _LABEL.match(text)
    if label and _is_label(label.group()):
        return _is_credited(text[label.end() :])
    if by := _LABEL_BY.match(text):
        return _is_credited(text[by.end() :])
    if text.startswith("©"):
        return len(text) > 1 and is_owner(text.split())
    said = text.split()
    owner = _without_labels(said)
    if len(owner) == len(said):
        return False
    if is_names(owner):
        # "FOTO ARCHIVIO DEL CORRIERE", but not "Photo Finish"
        return not could_be_phrase(owner) or text.isupper()
    known = {word.casefold() for word in owner}
    agencies = words("agencies", "trade")
    return (text.isupper() or len(owner) == 1) and not agencies.isdisjoint(known)


def _without_labels(said: Sequence[str]) -> Sequence[str]:
    """What follows "Photo", "Photo d'archives", "Fotografia di"; all of it without such a word."""
    labels, beside = words("image_labels"), words("image_label_words")
    length = 0
    while (
        length < len(said)
        and said[length].casefold().replace("’", "'").strip(".,") in labels | beside
    ):
        length += 1
    is_label = any(word.casefold().strip(".,") in labels for word in said[:length])
    return said[length:] if is_label else said


def _is_label(text: str) -> bool:
    said = text.casefold().replace("’", "'").strip(" .:…").replace("d'", "d' ").split()
    labels = words("image_labels")
    return not labels.isdisjoint(said) and (labels | words("image_label_words")).issuperset(said)


def _is_credited(text: str) -> bool:
    """A name and nothing else, as of a photographer or an archive."""
    line = text.rstrip(". )").replace("/", " ").split()
    if not line or line[0].strip(",.").casefold() in words("owners"):
        return bool(line) and len(line) <= LONGEST_CREDIT
    return (line[0][0].isupper() or line[0][0] in "©@(") and is_owner(line)


def _is_agency(text: str, *, in_brackets: bool) -> bool:
    """Names with an agency's among them: "Ann Author/AFP", "(Messenger file photo)"."""
    line = text.strip(".").replace("/", " ").split()
    if not line or len(line) > _LONGEST_AGENCY or (text[0].islower() and not in_brackets):
        return False
    agencies, trade = words("agencies"), words("agencies", "trade")
    known = {word.casefold().strip(".,") for word in line}
    if len(line) == 1 or known <= agencies | {"images", "photo"}:
        return not known.isdisjoint(agencies)
    within = words("particles", "place_words", "image_label_words", "trade", "owners")
    if any(word[0].islower() and word not in within for word in line):
        return False
    if in_brackets or "/" in text:
        return not known.isdisjoint(trade)
    signed = line[-1].casefold() in agencies and line[-2] in ("-", "–", "—", "|")
    return signed or (" via " in text and not known.isdisjoint(agencies))
