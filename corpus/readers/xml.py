"""XML parsed in one place, so that no document reaches beyond itself or grows while it is read.

defusedxml was chosen over lxml: it refuses an entity where it is declared, before anything is
expanded, while libxml2 expands what stands in attributes whatever it is told and stops only at a
ratio. Its parser never opens a DTD, has no XInclude and follows no style sheet. NLTK brings it, it
loads in a millisecond, and it builds the standard library's elements, which mypy knows.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from contextlib import suppress
from html.entities import entitydefs
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from corpus.errors import UnreadableFile
from corpus.readers.record import load
from corpus.readers.text import decode

#: A message of 1,000 short items has 2 MiB and 65,000 elements and attributes. The most that is
#: allowed takes 1.3 s and 150 MiB of memory.
MAX_BYTES = 32 * 2**20
MAX_NODES = 1_000_000
#: News is some 15 levels deep; what reads it is recursive.
MAX_DEPTH = 150
#: Characters. The parser copies a namespace at each of its elements: a megabyte of it would take
#: minutes. IPTC's are 40 long.
MAX_NAMESPACE = 500

_UTF_16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
# Python also knows codecs that are no character sets (unicode_escape, zip, idna).
_CHARACTER_SET = re.compile(r"(iso8859-|cp|mac-|koi8-|gb|big5|shift_jis|euc_)\w+")
# expat's codes for a document that ends too early: no element, an open token, half a character, an
# open CDATA section.
_BROKEN_OFF = frozenset((3, 5, 6, 20))


def load_xml(path: Path) -> bytes:
    """The bytes of a file that is not too large to be parsed.

    Raises:
        UnreadableFile: the file cannot be opened, is empty, or has more than `MAX_BYTES`.
    """
    return load(path, MAX_BYTES, "XML is read up to {:,}: split the export")


def parse(path: Path, data: bytes) -> Element:
    """The root of a document; elements and attributes bear their local names.

    Where a DTD is named, HTML's entities (`&eacute;`) are known; the DTD itself is never loaded.

    Raises:
        UnreadableFile: not well-formed, in an unknown encoding, larger or deeper than news is, or
            with declarations of its own in its DOCTYPE.
    """
    tree = _Tree(path)
    parser = _parser(tree)
    try:
        parser.feed(_decoded(path, data).lstrip())
        root: Element = parser.close()
    except ParseError as error:
        raise UnreadableFile(path, _malformed(error)) from error
    except DefusedXmlException as error:
        raise UnreadableFile(path, f"refers to what is outside of it ({error})") from error
    return root


def root_name(head: bytes) -> str | None:
    """The local name of the root element, from a document's first bytes; None where it is not XML.

    None, too, where the root lies further in, or `parse` would refuse what stands before it.
    """
    encoding = _UTF_16.get(head[:2], "utf-8-sig")
    text = head.decode(encoding, "replace").lstrip()
    if not text.startswith("<"):
        return None
    tree = _Root(Path())
    # Whatever stands behind the root is of no interest.
    with suppress(_RootFound, ParseError, DefusedXmlException, UnreadableFile):
        _parser(tree).feed(text)
    return tree.name


def unexpected_root(path: Path, root: str) -> UnreadableFile:
    """The error of XML that holds no article."""
    return UnreadableFile(
        path,
        f"is XML with the root element <{root[:50]}>; expected NewsML (newsItem, newsMessage, "
        "NewsML) or NITF (nitf): export the articles as one of these, or as HTML",
    )


def words(element: Element | None) -> str:
    """All text of an element as one line; "" for none."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def first_words(elements: Iterable[Element | None]) -> str:
    """The first of the elements that says anything."""
    return next(filter(None, map(words, elements)), "")


class _Tree(TreeBuilder):
    """Builds elements by their local names, and stops where a document is no news any more."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._depth = 0
        self._nodes = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        self._nodes += 1 + len(attrs)
        if self._depth > MAX_DEPTH:
            raise UnreadableFile(
                self._path, f"nests elements more than {MAX_DEPTH} deep; is no news"
            )
        if self._nodes > MAX_NODES:
            raise UnreadableFile(
                self._path, f"has more than {MAX_NODES:,} elements and attributes; split the export"
            )
        # xml:lang and lang are the same to a reader; the plain one goes first.
        named = sorted(attrs.items(), key=lambda item: not item[0].startswith("{"))
        return super().start(_local(tag), {_local(name): value for name, value in named})

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(_local(tag))

    def start_ns(self, prefix: str, uri: str) -> None:
        if len(uri) > MAX_NAMESPACE:
            raise UnreadableFile(
                self._path, f"has a namespace of {len(uri):,} characters; is no news"
            )

    def doctype_declared(
        self, name: str, system: str | None, public: str | None, has_declarations: int
    ) -> None:
        # Attributes with default values multiply like entities, so the whole subset is refused.
        if has_declarations:
            raise UnreadableFile(
                self._path,
                "declares entities or the like in its DOCTYPE, which are never expanded: remove "
                "what stands between [ and ] there",
            )


class _RootFound(Exception):
    pass


class _Root(_Tree):
    name: str | None = None

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self.name = _local(tag)
        raise _RootFound


def _parser(tree: _Tree) -> Any:
    parser: Any = DefusedXMLParser(target=tree)
    parser.parser.StartDoctypeDeclHandler = tree.doctype_declared
    # NITF and XHTML import these from their DTDs.
    parser.entity.update(entitydefs)
    return parser


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _decoded(path: Path, data: bytes) -> str:
    """The text of a document: by its byte order mark, else UTF-8 if it is that, else as declared.

    What is valid UTF-8 is that, whatever is declared: exports that were converted keep the old
    declaration, and .NET declares "utf-16" in every string that it writes.
    """
    if encoding := _UTF_16.get(data[:2]):
        return _strictly(path, data, encoding).removeprefix("\ufeff")
    declared = _DECLARED.search(data[:300])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if declared is None:
            return decode(path, data)  # tells what to do
    return _strictly(path, data, _character_set(path, declared[1].decode("ascii", "replace")))


def _character_set(path: Path, declared: str) -> str:
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        name = ""
    if name in ("iso8859-1", "ascii", "utf-8"):
        # As browsers read it (WHATWG Encoding Standard): what says Latin-1 means Windows, whose
        # apostrophes and dashes would be control characters, and lost.
        return "cp1252" if name != "utf-8" else name
    if not _CHARACTER_SET.fullmatch(name):
        raise UnreadableFile(
            path, f"declares the encoding {declared!r}, which is not known; save it as UTF-8"
        )
    return name


def _strictly(path: Path, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            path, f"is not valid {encoding.upper()} at byte {error.start + 1}; save it as UTF-8"
        ) from error


def _malformed(error: ParseError) -> str:
    line = error.position[0]
    if error.code in _BROKEN_OFF:
        return f"breaks off in line {line}: the XML is not complete; fetch the file again"
    return f"is not well-formed XML ({error}); export it again"
