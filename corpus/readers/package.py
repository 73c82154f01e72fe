"""Office files are zips of XML: what is safe to hand to a parser, within bounds of memory.

A zip of 42 kB can hold petabytes, its directory can lie about that, and XML can name files of
this machine as its entities. A parser is handed only what passed here.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from corpus.errors import UnreadableFile

#: Bytes of XML in all parts. A book of 1,000 pages has about 30 MB.
MOST_XML = 50_000_000
#: Parts, pictures included.
MOST_PARTS = 10_000

_XML = (".xml", ".rels")
# Links to all other parts go: python-docx opens whatever is linked, and fails on pictures that
# Word lost and links as "NULL".
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_NEEDED = re.compile(rb"/(?:officeDocument|styles|footnotes|endnotes|core-properties)[\"']")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    "xl/": "an Excel workbook; export its table as CSV",
    "ppt/": "a PowerPoint presentation; export its text as DOCX",
    "content.xml": "an OpenDocument file; save it as DOCX",
    "META-INF/container.xml": "an EPUB book; export its chapters as DOCX or HTML",
}


def safe_package(path: Path, data: bytes, main_part: str) -> BytesIO:
    """The file with its XML, free of entities, and with empty pictures that nothing links to.

    Args:
        main_part: the folder or the part that makes it the expected kind of file.

    Raises:
        UnreadableFile: not a zip, another kind of file, damaged, too large, or with a DTD.
    """
    if not data.startswith(b"PK"):
        raise UnreadableFile(path, _not_a_zip(data))
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = {entry.filename: entry for entry in archive.infolist() if not entry.is_dir()}
            _check_parts(path, parts, main_part)
            return _rebuilt(path, archive, parts.values())
    except (BadZipFile, zlib.error, EOFError, OSError, OverflowError, ValueError) as error:
        reason = f"is damaged or cut off ({_said(error)}); save it again"
        raise UnreadableFile(path, reason) from error
    except RuntimeError as error:  # NotImplementedError is one: of a compression that is rare
        raise UnreadableFile(path, f"cannot be unpacked ({_said(error)}); save it again") from error


def _check_parts(path: Path, parts: dict[str, ZipInfo], main_part: str) -> None:
    if not any(name.startswith(main_part) for name in parts):
        found = (kind for mark, kind in _OTHERS.items() if any(n.startswith(mark) for n in parts))
        raise UnreadableFile(path, f"is {next(found, 'a zip, not a DOCX; unpack it first')}")
    if len(parts) > MOST_PARTS:
        raise UnreadableFile(path, f"has {len(parts):,} parts, more than {MOST_PARTS:,}")
    # The standard allows no other; a dictionary of LZMA can ask for gigabytes.
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in parts.values()):
        raise UnreadableFile(path, "is compressed in a way that no Office program uses")
    # Before anything is unpacked; what the directory conceals is bounded while unpacking.
    size = sum(entry.file_size for name, entry in parts.items() if name.endswith(_XML))
    if size > MOST_XML:
        raise _too_large(path)


def _rebuilt(path: Path, archive: ZipFile, parts: Iterable[ZipInfo]) -> BytesIO:
    rebuilt = BytesIO()
    room = MOST_XML
    with ZipFile(rebuilt, "w") as safe:
        for entry in parts:
            xml = b""
            if entry.filename.endswith(_XML):
                with archive.open(entry) as part:
                    xml = part.read(room + 1)
                room -= len(xml)
                if room < 0:
                    raise _too_large(path)
                _refuse_entities(path, entry.filename, xml)
            if entry.filename.endswith(".rels"):
                xml = _RELATION.sub(_only_needed, xml)
            safe.writestr(entry.filename, xml)
    rebuilt.seek(0)
    return rebuilt


def _only_needed(relation: re.Match[bytes]) -> bytes:
    return relation[0] if _NEEDED.search(relation[0]) else b""


def _refuse_entities(path: Path, name: str, xml: bytes) -> None:
    # Without its NULs, UTF-16 reads as ASCII. No Office program writes a DTD.
    if b"<!DOCTYPE" in xml.replace(b"\0", b""):
        raise UnreadableFile(path, f"declares entities in {name!a}; save it again in Word")


def _not_a_zip(data: bytes) -> str:
    if data.startswith(_OLE):
        # The names of its streams say which of the two it is.
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "is protected by a password; save it as DOCX without a password"
        return "is protected by a password or an old .doc file; save it as DOCX without a password"
    if data.startswith(b"{\\rtf"):
        return "is an RTF file; save it as DOCX"
    return "is not a DOCX (a zip of XML) but another kind of file; save it as DOCX"


def _too_large(path: Path) -> UnreadableFile:
    return UnreadableFile(
        path, f"unpacks to more than {MOST_XML:,} bytes of XML; divide it into articles"
    )


def _said(error: Exception) -> str:
    return ascii(str(error)[:100])[1:-1] or type(error).__name__
