"""XMP: what a PDF says of itself in RDF, with Dublin Core and the magazines' PRISM in it."""

from __future__ import annotations

from typing import Any

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/elements/1.1/"
# Each version of PRISM has a namespace of its own below this one.
_PRISM = "http://prismstandard.org/namespaces/"

#: Names in XMP by the names that `pick_metadata` knows. The dates of the file itself
#: (xmp:CreateDate, dc:date) are not among them, since they are not of the article.
_NAMES = {
    "title": (_DC, "title"), "author": (_DC, "creator"), "language": (_DC, "language"),
    "publisher": (_PRISM, "publicationName"), "outlet": (_DC, "publisher"),
    "published": (_PRISM, "publicationDate"), "modified": (_PRISM, "modificationDate"),
    "embargo": (_PRISM, "embargoDate"), "section": (_PRISM, "section"), "url": (_PRISM, "url"),
    "rights": (_DC, "rights"), "copyright": (_PRISM, "copyright"),
}  # fmt: skip
#: Lists of one value in several languages, of which the first is the default.
_ALTERNATIVES = ("title", "rights")


def xmp_properties(root: Any) -> dict[str, object]:
    """Values by names that `corpus.readers.draft.FIELDS` knows.

    Args:
        root: the element `rdf:RDF` in minidom, whose nodes have no types of use.
    """
    values = _values(root)
    found: dict[str, object] = {}
    for name, (space, local) in _NAMES.items():
        for (uri, key), stated in values.items():
            if key == local and uri.startswith(space):
                found.setdefault(name, stated[:1] if local in _ALTERNATIVES else stated)
    return found


def _values(root: Any) -> dict[tuple[str, str], list[str]]:
    """By namespace and name: the value of an attribute or an element, or the items of a list."""
    values: dict[tuple[str, str], list[str]] = {}
    for description in root.getElementsByTagNameNS(_RDF, "Description"):
        for attribute in description.attributes.values():
            values[attribute.namespaceURI or "", attribute.localName] = [attribute.value]
        for child in description.childNodes:
            if child.nodeType == child.ELEMENT_NODE:
                items = child.getElementsByTagNameNS(_RDF, "li") or [child]
                values[child.namespaceURI or "", child.localName] = [_text(item) for item in items]
    return values


def _text(node: Any) -> str:
    return "".join(child.data for child in node.childNodes if child.nodeType == child.TEXT_NODE)
