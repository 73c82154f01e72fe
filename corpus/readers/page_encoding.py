"""Web pages as bytes: whether they are one, and what letters they stand for."""

from __future__ import annotations

import codecs
import re

# What may stand before the root: white space, the XML prolog, comments.
_BEFORE_ROOT = re.compile(r"(?:\s++|<\?xml[^>]*+>|<!--.*?-->)*+", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<!doctype\s+html\b|<html[\s>/]", re.IGNORECASE)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    # Without a mark, a page in UTF-16 still begins with a tag.
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)"""
    rb"""|\A\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)
#: Browsers look at 1,024 bytes; templates that open with a long script are read here, too.
_DECLARED_WITHIN = 16_384
# https://encoding.spec.whatwg.org/#names-and-labels: what calls itself Latin-1 or ASCII is
# windows-1252, whose curly quotes Latin-1 has not.
_WINDOWS_1252 = frozenset(("ascii", "iso8859-1"))
# Python also knows codecs that are no character sets (unicode_escape, zip, idna).
_CHARACTER_SET = re.compile(r"utf-8|(?:iso8859-|iso2022_|cp|mac-|koi8-|gb|big5|shift_jis|euc_)\w+")


def is_page(head: bytes) -> bool:
    """Whether the first bytes of a file open an HTML or XHTML page.

    A text that speaks of <html> further down is none, and neither is another kind of XML.
    """
    text = head.decode(_marked(head) or "utf-8", "replace").removeprefix("\ufeff")
    before = _BEFORE_ROOT.match(text)
    return bool(_ROOT.match(text, before.end() if before else 0))


def decode_page(data: bytes) -> str | None:
    """The text of a page: by its byte order mark, as UTF-8, or in the encoding it declares.

    UTF-8 goes before what is declared, since a page that was saved again keeps its old
    declaration, and no other encoding happens to be valid UTF-8. None where neither holds.
    """
    if marked := _marked(data):
        return data.decode(marked, "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    declared = _declared(data)
    if declared is None or declared == "utf-8":
        return _broken_utf8(data)
    return data.decode(declared, "replace")


def _marked(data: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _declared(data: bytes) -> str | None:
    """Python's name for the declared encoding; None where there is none that is known."""
    found = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    if not found:
        return None
    try:
        name = codecs.lookup((found[1] or found[2]).decode("ascii")).name
    except LookupError:
        return None
    if name in _WINDOWS_1252:
        return "cp1252"
    return name if _CHARACTER_SET.fullmatch(name) else None


def _broken_utf8(data: bytes) -> str | None:
    """UTF-8 of which single characters were cut; None where it is rather something else."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    letters = sum(character > "\x7f" for character in text) - broken
    return text if letters > broken else None
