"""NITF, in which wires sent text before NewsML-G2 and which many still put inside of it (IPTC,
News Industry Text Format 3.6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from xml.etree.ElementTree import Element

from corpus.errors import UnreadableFile, Withdrawn
from corpus.readers.draft import Draft, pick_metadata
from corpus.readers.markup import body_text, byline_names, under_dateline
from corpus.readers.record import Columns, Format, Record
from corpus.readers.xml import (
    first_words,
    load_xml,
    parse,
    root_name,
    unexpected_root,
    words,
)

#: The root element of a document.
ROOT = "nitf"


def records(path: Path, columns: Columns) -> Iterator[Record | UnreadableFile]:
    """The one article of a file. It needs no key, and its `doc-id` may change with each update.

    Raises:
        UnreadableFile: the file cannot be opened, is empty or too large.
    """
    data = load_xml(path)
    yield Record(data, partial(read, path, data))


def read(path: Path, data: bytes) -> Draft:
    """Text and metadata of a document.

    Raises:
        UnreadableFile: no NITF, or nothing that `parse` takes; an embargo that is no date.
        Withdrawn: see `check_status`.
    """
    root = parse(path, data)
    if root.tag != ROOT:
        raise unexpected_root(path, root.tag)
    check_status(path, root)
    return Draft(text(root), pick_metadata(stated(root), path))


def check_status(path: Path, root: Element, name: str = "", end: str = "") -> None:
    """Passes what may be shown, now or from a date on.

    Args:
        name: of the item that the document stands in, for the message.
        end: of an embargo, where that item states it.

    Raises:
        Withdrawn: the outlet has cancelled or holds back the document, or gives no end of its
            embargo.
    """
    status = _attribute(root, "head/docdata", "management-status").lower()
    end = end or _attribute(root, "head/docdata/date.release", "norm")
    if status in ("", "usable") or (status == "embargoed" and end):
        return
    said = f"is {status!r} by its agency"
    what = "under an embargo without an end" if status == "embargoed" else "not usable"
    raise Withdrawn(path, f"{name} {said}, {what}; not indexed".lstrip())


def text(root: Element) -> str:
    """The standfirst, the dateline and the body; "" where there is no body.

    The abstract stays out, since it repeats the body in other words, and so do notes: they speak
    to editors.
    """
    parts = map(body_text, root.iterfind("body/body.content"))
    body = "\n\n".join(filter(None, parts))
    if not body:
        return ""
    body = under_dateline(words(root.find("body/body.head/dateline")), body)
    standfirst = words(root.find("body/body.head/hedline/hl2"))
    return f"{standfirst}\n\n{body}" if standfirst else body


def stated(root: Element) -> Mapping[str, str]:
    """What a document states, by the names of `FIELDS`; "" where it says nothing.

    `change.date` is no date of the article but of the DTD, and `date.expire` ends its use on the
    wire, not in an archive.
    """
    body = root.find("body")
    return {
        "title": first_words((root.find("body/body.head/hedline/hl1"), root.find("head/title"))),
        "publisher": _attribute(root, "head/pubdata", "name")
        or words(root.find("body/body.head/distributor")),
        "author": _author(root),
        # The day that the outlet says it was published on, else when the agency issued it.
        "published": _attribute(root, "head/pubdata", "date.publication")
        or _attribute(root, "head/docdata/date.issue", "norm"),
        "modified": max(
            (each.get("norm", "") for each in root.iterfind("head/revision-history")), default=""
        ),
        # The standard: when the story is available to be released.
        "embargo_until": _attribute(root, "head/docdata/date.release", "norm"),
        "language": (body.get("lang", "") if body is not None else "") or root.get("lang", ""),
        "url": _address(_attribute(root, "head/pubdata", "ex-ref")),
        "section": _attribute(root, "head/pubdata", "position.section")
        or _attribute(root, "head/tobject/tobject.subject", "tobject.subject.type"),
        "rights": _rights(root),
        "corrects": _attribute(root, "head/docdata/correction", "id-string"),
    }


def _attribute(root: Element, path: str, name: str) -> str:
    """The first value among the elements of a path: there can be a `pubdata` for each edition."""
    return next(filter(None, (each.get(name, "").strip() for each in root.iterfind(path))), "")


def _author(root: Element) -> str:
    """Names of the byline, without the titles in it; else of the byline that ends the story."""
    bylines = [*root.iterfind("body/body.head/byline"), *root.iterfind("body/body.end/tagline")]
    bylines += root.iterfind(".//body.content//byline")
    for byline in bylines:
        people = [words(person) for person in byline.iter("person")]
        names = ", ".join(filter(None, people)) or byline_names(_without(byline, "byttl"))
        if names:
            return names
    return ""


def _without(element: Element, tag: str) -> str:
    """The words of an element outside of its children of that name, and no comma left over."""
    pieces = [element.text or ""]
    for child in element:
        pieces += ["" if child.tag == tag else words(child), child.tail or ""]
    return " ".join(" ".join(pieces).split()).strip(" ,;")


def _rights(root: Element) -> str:
    """Notices as they stand, else the holder that is named; then the credits of pictures."""
    head = "body/body.head"
    notices = [words(each) for each in root.iterfind(f"{head}/rights")]
    notices += [words(each) for each in root.iterfind(f"{head}/note[@noteclass='cpyrt']")]
    notices += [words(each) for each in root.iterfind(".//copyrite")]
    for each in root.iterfind("head/docdata/doc.copyright"):
        if holder := each.get("holder", "").strip():
            notices.append(" ".join(filter(None, ("©", each.get("year", "").strip(), holder))))
    for each in root.iterfind("head/docdata/doc.rights"):
        notices += [each.get("owner", "").strip(), each.get("limitations", "").strip()]
    notices += [words(each) for each in root.iter("media-producer")]
    return "; ".join(dict.fromkeys(filter(None, notices)))


def _address(reference: str) -> str:
    return reference if reference.startswith(("http://", "https://")) else ""


def _recognises(head: bytes) -> bool:
    return root_name(head) == ROOT


FORMAT = Format("NITF", (".xml", ".nitf"), records, _recognises)
