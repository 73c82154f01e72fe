"""PDF, by pypdf, which is what LlamaIndex reads PDF with.

Its own reader (llama-index-readers-file) brings pandas and gives pages without the borders of
paragraphs, so pypdf is asked itself: it says where each piece of text lies.
"""

from __future__ import annotations

import logging
import re
import struct
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import UnreadableFile
from corpus.readers.draft import Draft
from corpus.readers.pages import Line, paragraphs
from corpus.readers.properties import document_metadata
from corpus.readers.record import Format, whole_file
from corpus.readers.xmp import xmp_properties

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

logger = logging.getLogger(__name__)

#: Seconds of computing for one file; 2,000 full pages take 9 here.
MOST_SECONDS = 120.0
MOST_PAGES = 10_000
#: Characters of one file; a book of 1,000 pages has 3 million.
MOST_TEXT = 20_000_000

#: Of pypdf's limits, those whose defaults let one small file take gigabytes or minutes: bytes of
#: one unpacked stream, and signs of drawing on one page.
_LIMITS = {
    "maximum_declared_stream_length": 50_000_000,
    "zlib_maximum_output_length": 50_000_000,
    "stream_decoding_work_maximum_length": 100_000_000,
    "stream_parsing_work_maximum_count": 1_000_000,
}

#: What pypdf raises where an object is not what it should be, as its documentation warns; 16,000
#: damaged files raised nothing else.
_DAMAGE = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError,
    OSError, RecursionError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip

_HEADER = re.compile(rb"%PDF-\d")
_HEADER_WITHIN = 1024
#: Printed together as one sign, typed and searched as letters.
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
# Signs that a font draws as letters without saying which.
_NO_LETTERS = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")


class _TooLong(Exception):
    """The time that one file may take is over."""


def read(path: Path, data: bytes) -> Draft:
    """Paragraphs of all pages, without running heads.

    CreationDate is when the file was made, which for an archive is often years after the article;
    `published` is stated by PRISM's publicationDate alone.

    Raises:
        UnreadableFile: not a PDF, protected, damaged, without text, or beyond the limits.
    """
    from pypdf import PdfReader, apply_configuration  # late: only archives with PDFs need it
    from pypdf.errors import (
        DependencyError,
        DeprecationError,
        FileNotDecryptedError,
        LimitReachedError,
        PyPdfError,
    )

    header = _HEADER.search(data, 0, _HEADER_WITHIN)
    if not header:
        raise UnreadableFile(path, "is not a PDF, which begins with %PDF-; what is it?")
    try:
        with _silent(), apply_configuration(**_LIMITS):  # type: ignore[arg-type]
            reader = PdfReader(BytesIO(data[header.start() :]))
            pages = _pages(path, reader)
            metadata = document_metadata(_stated(path, reader), path)
    except FileNotDecryptedError as error:
        raise UnreadableFile(
            path, "is protected by a password; save a copy without it (qpdf --decrypt IN OUT)"
        ) from error
    except DependencyError as error:
        raise UnreadableFile(
            path, "is encrypted with AES; save a copy without that (qpdf --decrypt IN OUT)"
        ) from error
    except _TooLong as error:
        raise UnreadableFile(
            path, f"takes more than {MOST_SECONDS:.0f} s of computing; divide it into articles"
        ) from error
    except LimitReachedError as error:
        raise UnreadableFile(
            path, f"is larger inside than is safe to read ({_said(error)}); print it to a new PDF"
        ) from error
    except (PyPdfError, DeprecationError, *_DAMAGE) as error:
        raise UnreadableFile(
            path, f"is damaged or cut off ({_said(error)}); get the file again or repair it "
            "(qpdf IN OUT)",
        ) from error  # fmt: skip
    return Draft(_text(path, pages), hints=metadata)


def _text(path: Path, pages: list[list[Line]]) -> str:
    blank = [number for number, page in enumerate(pages, start=1) if not page]
    if len(blank) == len(pages):
        raise UnreadableFile(
            path, f"holds no text on its {len(pages)} pages; if it is a scan, run OCR first "
            "(ocrmypdf IN OUT)",
        )  # fmt: skip
    # An article whose every page says the same has no running heads.
    text = "\n\n".join(paragraphs(pages) or [line.text for page in pages for line in page])
    if len(_NO_LETTERS.findall(text)) > 0.2 * len(text):
        raise UnreadableFile(
            path, "has fonts that do not say which letters they draw; run OCR "
            "(ocrmypdf --force-ocr IN OUT)",
        )  # fmt: skip
    if blank:
        some = ", ".join(map(str, blank[:10])) + (", …" if len(blank) > 10 else "")
        logger.warning("%s: no text on %d of %d pages (%s)", path, len(blank), len(pages), some)
    return text


def _pages(path: Path, reader: PdfReader) -> list[list[Line]]:
    end = time.thread_time() + MOST_SECONDS
    count = len(reader.pages)
    if not count:
        raise UnreadableFile(path, "has no pages; get the file again")
    if count > MOST_PAGES:
        raise UnreadableFile(path, f"has {count:,} pages; divide it into articles")
    pages: list[list[Line]] = []
    room = MOST_TEXT
    for number, page in enumerate(reader.pages):
        pages.append(_Page(number, end).lines(page))
        room -= sum(len(line.text) for line in pages[-1])
        if room < 0:
            raise UnreadableFile(
                path, f"holds more than {MOST_TEXT:,} characters; divide it into articles"
            )
    return pages


class _Page:
    """Collects the lines of one page from the pieces that pypdf shows one by one."""

    def __init__(self, number: int, end: float) -> None:
        self._number = number
        self._end = end
        self._lines: list[Line] = []
        self._pieces: list[Line] = []

    def lines(self, page: PageObject) -> list[Line]:
        page.extract_text(visitor_operand_before=self._hurry, visitor_text=self._take)
        self._finish_line()
        return self._lines

    def _hurry(self, *_: object) -> None:
        # Here, since pypdf itself has no limit of time, and one page can draw for hours.
        if time.thread_time() > self._end:
            raise _TooLong

    def _take(
        self, text: str, outer: list[float], inner: list[float], font: Any, size: float
    ) -> None:
        """A piece of a line, at a place on the page that two matrices give (ISO 32000, 8.3.3)."""
        a = inner[0] * outer[0] + inner[1] * outer[2]
        b = inner[0] * outer[1] + inner[1] * outer[3]
        x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
        y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
        scale = (a * a + b * b) ** 0.5 or 1.0
        # Turned back, so that the text of a page that lies on its side is upright.
        x, y = (x * a + y * b) / scale, (y * a - x * b) / scale
        # Hidden text has letters of no size, and damaged numbers are infinite.
        x, y, height = (each if isfinite(each) else 0.0 for each in (x, y, abs(size * scale)))
        name = str(font.get("/BaseFont", "")) if isinstance(font, dict) else ""
        *ended, rest = text.split("\n")
        for part in ended:
            self._pieces.append(Line(part, x, y, height or 1.0, name, self._number))
            self._finish_line()
        self._pieces.append(Line(rest, x, y, height or 1.0, name, self._number))

    def _finish_line(self) -> None:
        visible = [piece for piece in self._pieces if piece.text.strip()]
        text = " ".join("".join(piece.text for piece in self._pieces).split())
        if text:
            most = max(visible, key=lambda piece: len(piece.text))
            first = visible[0]
            self._lines.append(
                Line(
                    text.translate(_LIGATURES), first.x, most.y, most.size, most.font, self._number
                )
            )
        self._pieces = []


def _stated(path: Path, reader: PdfReader) -> dict[str, object]:
    """What the file says of itself: XMP goes before the document information."""
    from pypdf.errors import PyPdfError

    information = reader.metadata
    stated: dict[str, object] = {"lang": _string(reader.root_object.get("/Lang"))}
    if information is not None:
        stated |= {"headline": _string(information.get("/Title"))}
        stated |= {"byline": _string(information.get("/Author"))}
    try:
        xmp = reader.xmp_metadata
    except PyPdfError as error:
        logger.warning("%s: its XMP metadata cannot be read (%s); left out", path, _said(error))
        return stated
    return stated | (xmp_properties(xmp.rdf_root) if xmp else {})


def _string(value: Any) -> str | None:
    found = value.get_object() if hasattr(value, "get_object") else value
    return found if isinstance(found, str) else None


def _said(error: Exception) -> str:
    return ascii(" ".join(str(error).split())[:100])[1:-1] or type(error).__name__


@contextmanager
def _silent() -> Iterator[None]:
    """pypdf warns of every flaw that it mends, which can be one a word."""
    log = logging.getLogger("pypdf")
    level = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        log.setLevel(level)


def recognises(head: bytes) -> bool:
    """Whether a file begins as a PDF, at once or behind what a printer or a mailer put there."""
    header = _HEADER.search(head, 0, _HEADER_WITHIN)
    if not header:
        return False
    junk = head[: header.start()].removeprefix(b"\xef\xbb\xbf").strip()
    return not junk or b"\0" in junk or b"\x1b" in junk


FORMAT = Format("PDF", (".pdf",), whole_file(read), recognises)
