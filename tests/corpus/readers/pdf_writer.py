"""Writes PDFs as a program of 1993 would: enough of ISO 32000 to lay out lines of text."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: Left edge, first baseline and distance of baselines of the usual page, in points.
LEFT, TOP, PITCH = 72.0, 700.0, 12.0

_FONTS = {"F1": "Times-Roman", "F2": "Times-Bold"}
#: Signs at places where WinAnsi has none.
_DIFFERENCES = "<< /BaseEncoding /WinAnsiEncoding /Differences [1 /fi 2 /ff /ffi] >>"
_CODES = {"ﬁ": b"\x01", "ﬀ": b"\x02", "ﬃ": b"\x03", "\u00ad": b"\xad"}


@dataclass(frozen=True)
class At:
    """A line of text at a place on a page."""

    text: str
    x: float = LEFT
    y: float = TOP
    size: float = 10.0
    font: str = "F1"


def column(lines: Iterable[str], x: float = LEFT, y: float = TOP, size: float = 10.0) -> list[At]:
    """Lines below each other; two spaces at the start of one indent it, a blank one is a gap."""
    return [
        At(line.strip(), x + (12 if line.startswith("  ") else 0), y - number * PITCH, size)
        for number, line in enumerate(lines)
        if line.strip()
    ]


def content(lines: Iterable[At]) -> bytes:
    """The drawing of a page."""
    return b"\n".join(
        b"BT /%s %.2f Tf 1 0 0 1 %.2f %.2f Tm (%s) Tj ET"
        % (line.font.encode(), line.size, line.x, line.y, _escaped(line.text))
        for line in lines
    )


def _escaped(text: str) -> bytes:
    encoded = b"".join(_CODES.get(sign) or sign.encode("cp1252") for sign in text)
    for sign in (b"\\", b"(", b")"):
        encoded = encoded.replace(sign, b"\\" + sign)
    return encoded


def write(
    pages: Sequence[Sequence[At] | bytes],
    info: str = "",
    xmp: str = "",
    catalog: str = "",
    kids: str | None = None,
) -> bytes:
    """A file of these pages, each its lines or its drawing.

    Args:
        info: entries of the document information, such as `/Title (…)`.
        xmp: the inner part of `rdf:RDF`.
        kids: replaces the list of pages.
    """
    objects = [b""] * 5
    references = []
    for page in pages:
        drawing = page if isinstance(page, bytes) else content(page)
        objects.append(_stream("/Filter /FlateDecode", zlib.compress(drawing)))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>" % len(objects)
        )
        references.append(f"{len(objects)} 0 R")
    if xmp:
        objects.append(_stream("/Type /Metadata /Subtype /XML", _packet(xmp)))
        catalog += f" /Metadata {len(objects)} 0 R"
    listed = " ".join(references) if kids is None else kids
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode()
    objects[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(pages)} >>".encode()
    for number, name in enumerate(_FONTS.values(), start=2):
        objects[number] = (
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding {_DIFFERENCES} >>"
        ).encode()
    objects[4] = f"<< {info} >>".encode("cp1252")
    return _file(objects)


def _stream(entries: str, data: bytes) -> bytes:
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _packet(xmp: str) -> bytes:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f"{xmp}</rdf:RDF></x:xmpmeta>"
    ).encode()


def _file(objects: Sequence[bytes]) -> bytes:
    data = b"%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        data
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}"
            f"trailer\n<< /Size {size} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
        ).encode()
    )
