"""Word documents, by python-docx: the text as it stands when every tracked change is accepted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import UnreadableFile
from corpus.readers.draft import Draft
from corpus.readers.package import safe_package
from corpus.readers.properties import document_metadata
from corpus.readers.record import Format, whole_file

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_STRICT = "http://purl.oclc.org/ooxml/"

#: What is taken out: deletions, the place that text was moved from, the second spelling of a
#: drawing for old programs, and properties, which hold no text.
_LEFT_OUT = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", _FALLBACK))
_CHARACTERS = {f"{_W}tab": "\t", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
#: What stands around paragraphs, rows and cells without being one.
_WRAPPERS = frozenset(
    _W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")
)

#: Blocks at the start of a document among which its title is looked for.
_TITLE_BLOCKS = 5

#: What python-docx and lxml raise where a part is not what it should be; XMLSyntaxError is a
#: SyntaxError. 15,000 damaged files raised nothing else.
_DAMAGE = (
    AssertionError, AttributeError, LookupError, NotImplementedError, RecursionError, SyntaxError,
    TypeError, ValueError,
)  # fmt: skip


def read(path: Path, data: bytes) -> Draft:
    """Paragraphs, tables row by row, text boxes, then notes; without headers and footers.

    Raises:
        UnreadableFile: not a Word document, protected, damaged, too large, or without text.
    """
    from docx import Document  # late: only archives that have such files need it
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError
    from docx.oxml.exceptions import XmlchemyError

    package = safe_package(path, data, "word/")
    try:
        document = Document(package)
        blocks = [*_blocks(document.element.body), *_notes(document)]
        stated = _properties(document)
    except (PythonDocxError, OpcError, XmlchemyError, *_DAMAGE) as error:
        raise UnreadableFile(path, _damage(package.getvalue(), error)) from error
    if not blocks:
        raise UnreadableFile(path, "holds no text; is it a picture? export its text as DOCX")
    return Draft("\n\n".join(blocks), hints=document_metadata(stated, path))


def _damage(package: bytes, error: Exception) -> str:
    if _STRICT.encode() in package:
        return "is in Word's strict format; save it as an ordinary DOCX"
    return f"is damaged or no Word document ({type(error).__name__}); save it again as DOCX"


def _properties(document: Document) -> dict[str, object]:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.parts.coreprops import CorePropertiesPart

    stated: dict[str, object] = {}
    try:
        part = document.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    except KeyError:  # python-docx would invent some
        pass
    else:
        if isinstance(part, CorePropertiesPart):
            said = part.core_properties
            stated = {"title": said.title, "author": said.author, "language": said.language}
    # What is printed as the title goes before a property that nobody sees.
    return stated | {"title": _printed_title(document) or stated.get("title")}


def _printed_title(document: Document) -> str | None:
    """The first paragraph in the style that Word names "Title" in every language."""
    styles = {
        style.get(f"{_W}styleId")
        for style in document.styles.element.iter(f"{_W}style")
        if _value(style, "name") == "Title"
    }
    for paragraph in list(document.element.body.iterchildren(f"{_W}p"))[:_TITLE_BLOCKS]:
        properties = paragraph.find(f"{_W}pPr")
        if properties is not None and _value(properties, "pStyle") in styles:
            return next(_blocks([paragraph]), None)
    return None


def _notes(document: Document) -> Iterator[str]:
    """Footnotes and endnotes, which python-docx keeps as unread parts."""
    from docx.oxml.parser import parse_xml

    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/footnotes", "/endnotes")) and not relation.is_external:
            for note in parse_xml(relation.target_part.blob):
                if note.get(f"{_W}type") is None:  # others are the rules above the notes
                    yield from _blocks(note)


def _blocks(container: Any) -> Iterator[str]:
    """Paragraphs and rows of tables in order, none of them blank.

    Args:
        container: an element of lxml, which ships no types, or a list of them.
    """
    joined = ""
    for child in container:
        if child.tag == f"{_W}p":
            boxes: list[Any] = []
            joined += "".join(_inline(child, boxes))
            if not _is_mark_deleted(child):
                yield from filter(None, (joined.strip(),))
                joined = ""
            for box in boxes:
                yield from _blocks(box)
        elif child.tag == f"{_W}tbl":
            yield from _rows(child)
        elif child.tag in _WRAPPERS:
            yield from _blocks(child)
    yield from filter(None, (joined.strip(),))


def _rows(table: Any) -> Iterator[str]:
    """One line a row; a row with a single cell is a box around paragraphs."""
    for row in _within(table, f"{_W}tr"):
        if row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        cells = [list(_blocks(cell)) for cell in _within(row, f"{_W}tc")]
        filled = [" ".join(cell) for cell in cells if cell]
        if len(filled) > 1:
            yield " | ".join(filled)
        else:
            yield from (block for cell in cells for block in cell)


def _within(element: Any, tag: str) -> Iterator[Any]:
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, tag)


def _inline(element: Any, boxes: list[Any]) -> Iterator[str]:
    """The text of a paragraph; text boxes that hang on it go to `boxes`."""
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}txbxContent":
            boxes.append(child)
        elif child.tag == f"{_W}br":
            yield "\n"
        elif child.tag in _CHARACTERS:
            yield _CHARACTERS[child.tag]
        elif child.tag not in _LEFT_OUT and not _is_hidden(child):
            yield from _inline(child, boxes)


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val") not in ("0", "false", "off")


def _is_mark_deleted(paragraph: Any) -> bool:
    """Whether the break behind the paragraph is taken out, so that the next one continues it."""
    mark = paragraph.find(f"{_W}pPr/{_W}rPr")
    return mark is not None and any(
        mark.find(_W + name) is not None for name in ("del", "moveFrom")
    )


def _value(element: Any, name: str) -> str | None:
    child = element.find(_W + name)
    return None if child is None else child.get(f"{_W}val")


def recognises(head: bytes) -> bool:
    """Whether a zip begins with the parts of a Word document, as Word and LibreOffice write it."""
    return head.startswith(b"PK\3\4") and b"word/document" in head


FORMAT = Format("Word document", (".docx",), whole_file(read), recognises)
