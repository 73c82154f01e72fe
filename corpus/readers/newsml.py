"""NewsML-G2, in which news agencies send their items (IPTC, NewsML-G2 2.36), and the door of every
`.xml` file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from corpus.errors import UnreadableFile, Withdrawn
from corpus.readers import newsml1, nitf
from corpus.readers.draft import Draft, pick_metadata
from corpus.readers.markup import body_text, byline_names, html_text, under_dateline
from corpus.readers.record import Columns, Format, Record
from corpus.readers.xml import first_words, load_xml, parse, root_name, unexpected_root, words

_MESSAGE = "newsMessage"
_ITEM = "newsItem"
# The items of G2 that are no articles: lists of other items, terms, events, diaries.
_OTHER_ITEMS = {
    "packageItem": "a package, which only refers to other items",
    "conceptItem": "a concept",
    "knowledgeItem": "a set of concepts",
    "planningItem": "a plan of coverage",
    "catalogItem": "a catalogue",
}
_ROOTS = frozenset((_MESSAGE, _ITEM, newsml1.ROOT, *_OTHER_ITEMS))
#: Types of a subject that is someone or something, and no field of the news (NewsCodes cpnat).
_NO_SECTIONS = ("person", "organisation", "geoArea", "poi", "object", "event")


def records(path: Path, columns: Columns) -> Iterator[Record | UnreadableFile]:
    """The news items of a file, each by its guid and version; other items as errors.

    Raises:
        UnreadableFile: the file cannot be opened, is no XML, or in none of the wires' formats.
    """
    data = load_xml(path)
    root = parse(path, data)
    if root.tag == nitf.ROOT:
        yield from nitf.records(path, columns)
    elif root.tag == newsml1.ROOT:
        yield from newsml1.records(path, root)
    elif root.tag == _MESSAGE:
        yield from _items(path, root)
    elif root.tag == _ITEM:
        # One article a file: it stays the same when its version rises.
        yield Record(data, partial(_read, path, root))
    elif root.tag in _OTHER_ITEMS:
        yield _no_article(path, root)
    else:
        raise unexpected_root(path, root.tag)


def _items(path: Path, message: Element) -> Iterator[Record | UnreadableFile]:
    seen: set[str] = set()
    for item in message.iterfind("itemSet/*"):
        if item.tag != _ITEM:
            yield _no_article(path, item)
            continue
        # The language of an item can be stated once, for the whole message.
        item.attrib.setdefault("lang", message.get("lang", ""))
        key = ":".join(filter(None, (item.get("guid", ""), item.get("version", ""))))
        if key in seen or not key:
            found = f"the item {key!r} twice" if key else "an item without a guid"
            yield UnreadableFile(path, f"holds {found}; every item needs a guid and version")
            continue
        seen.add(key)
        yield Record(tostring(item), partial(_read, path, item), key)
    if not seen:
        yield UnreadableFile(path, "is a news message without any news item; nothing to index")


def _no_article(path: Path, item: Element) -> UnreadableFile:
    what = _OTHER_ITEMS.get(item.tag, f"<{item.tag[:50]}>")
    return UnreadableFile(path, f"{_named(item)} is {what}; only news items hold articles")


def _named(item: Element) -> str:
    return f"item {item.get('guid', 'without guid')[:100]}"


def _read(path: Path, item: Element) -> Draft:
    _check_status(path, item)
    text, inside = _text(path, item)
    if not text:
        raise UnreadableFile(
            path, f"{_named(item)} holds no text, only what it refers to; is it a picture or video?"
        )
    text = under_dateline(words(item.find("contentMeta/dateline")), text)
    # What the item says goes before what the document inside of it says.
    sources = ({"language": item.get("lang", "")}, inside, _stated(item))
    stated = {name: value for each in sources for name, value in each.items() if value}
    return Draft(text, pick_metadata(stated, path))


def _check_status(path: Path, item: Element) -> None:
    """Passes what may be shown, now or from a date on.

    Raises:
        Withdrawn: the agency has cancelled or holds back the item, or gives no end of its
            embargo.
    """
    status = _code(item.find("itemMeta/pubStatus"))
    if status == "canceled":
        raise Withdrawn(path, f"{_named(item)} was cancelled by its agency; not indexed")
    if status not in ("", "usable"):
        raise Withdrawn(
            path, f"{_named(item)} is {status!r} by its agency, not usable; not indexed"
        )
    embargo = item.find("itemMeta/embargoed")
    if embargo is not None and not words(embargo):
        raise Withdrawn(path, f"{_named(item)} is under an embargo without an end; not indexed")


def _code(element: Element | None) -> str:
    """The code of a qcode, without the alias of its scheme, which each sender chooses."""
    if element is None:
        return ""
    return (element.get("qcode") or element.get("literal") or "").rpartition(":")[2].strip()


def _text(path: Path, item: Element) -> tuple[str, Mapping[str, str]]:
    """The body, and what an NITF document states that it stands in.

    What a content set holds are renditions of one content: the first with text is taken.

    Raises:
        Withdrawn: that document may not be shown.
    """
    for content in (
        *item.iterfind("contentSet/inlineXML"),
        *item.iterfind("contentSet/inlineData"),
    ):
        inside: Mapping[str, str] = {}
        document = content.find(".//nitf")
        if document is not None:
            end = words(item.find("itemMeta/embargoed"))
            nitf.check_status(path, document, _named(item), end)
            text, inside = nitf.text(document), nitf.stated(document)
        elif "html" in content.get("contenttype", "") and len(content) == 0:
            text = html_text(path, content.text or "")
        elif content.tag == "inlineXML":
            text = body_text(content)
        elif content.get("encoding"):  # bytes in base 64
            continue
        else:
            text = "".join(content.itertext()).strip()
        if text:
            return text, {**inside, "language": inside.get("language") or _language(content)}
    return "", {}


def _language(content: Element) -> str:
    """The language of a rendition or of the document in it."""
    return next((each.get("lang", "") for each in content.iter() if each.get("lang")), "")


def _stated(item: Element) -> Mapping[str, str]:
    """What the item states, by the names of `FIELDS`; "" where it says nothing.

    `edNote` speaks to editors and is no part of the article.
    """
    # G2 has no date of publication. An agency publishes by issuing: first as firstCreated says,
    # then again with each version. contentCreated is when it was written, not when it went out.
    issued = words(item.find("itemMeta/versionCreated"))
    first = words(item.find("itemMeta/firstCreated"))
    return {
        "title": _headline(item),
        "publisher": _publisher(item),
        "author": _author(item),
        "published": first or issued,
        "modified": issued if first and first != issued else "",
        "language": _attribute(item, "contentMeta/language", "tag"),
        "section": _section(item),
        "rights": _rights(item),
        "embargo_until": words(item.find("itemMeta/embargoed")),
        "corrects": _corrects(item),
    }


def _attribute(item: Element, path: str, name: str) -> str:
    return next(filter(None, (each.get(name, "") for each in item.iterfind(path))), "")


def _headline(item: Element) -> str:
    """The headline with the role of the main one or with none, else the first."""
    found = item.findall("contentMeta/headline")
    main = [each for each in found if "main" in each.get("role", "main").lower()]
    return first_words((*main, *found, item.find("itemMeta/title")))


def _name(party: Element) -> str:
    return first_words(party.iterfind("name")) or party.get("literal", "")


def _publisher(item: Element) -> str:
    """Who releases the item, else who it is from.

    Codes of IPTC's list of providers are the names that agencies go by (nprov:AFP); those of other
    schemes can be numbers, and name nobody.
    """
    providers = item.findall("itemMeta/provider")
    sources = item.findall("contentMeta/infoSource")
    coded = (_code(each) for each in providers if each.get("qcode", "").startswith("nprov:"))
    return next(filter(None, (*map(_name, providers), *coded, *map(_name, sources))), "")


def _author(item: Element) -> str:
    """The people who made it, else the line that is printed for them."""
    creators = [
        each for each in item.iterfind("contentMeta/creator") if _kind(each) != "organisation"
    ]
    return ", ".join(filter(None, map(_name, creators))) or byline_names(
        words(item.find("contentMeta/by"))
    )


def _kind(concept: Element) -> str:
    return concept.get("type", "").rpartition(":")[2]


def _section(item: Element) -> str:
    subjects = [
        each for each in item.iterfind("contentMeta/subject") if _kind(each) not in _NO_SECTIONS
    ]
    return next(filter(None, map(_name, (*subjects, *item.iterfind("contentMeta/genre")))), "")


def _rights(item: Element) -> str:
    """The notice, or its holder where there is none, and the terms of use."""
    lines = [words(each) for each in item.iterfind("rightsInfo/copyrightNotice")]
    if not any(lines):
        holders = (_name(each) for each in item.iterfind("rightsInfo/copyrightHolder"))
        lines = [f"© {holder}" for holder in holders if holder]
    lines += [words(each) for each in item.iterfind("rightsInfo/usageTerms")]
    return "; ".join(dict.fromkeys(filter(None, lines)))


def _corrects(item: Element) -> str:
    """What the item corrects: it says that it does by a signal, and what by a link.

    Without a link it is the version before, which has the same guid. A link without the signal
    leads to what was updated, without having been wrong.
    """
    signals = {_code(each) for each in item.iterfind("itemMeta/signal")}
    if "correction" not in signals:
        return ""
    for link in item.iterfind("itemMeta/link"):
        if link.get("rel", "").rpartition(":")[2] == "previousVersion":
            return link.get("residref") or link.get("href") or ""
    return item.get("guid", "") if item.get("version", "1") != "1" else ""


def _recognises(head: bytes) -> bool:
    return root_name(head) in _ROOTS


FORMAT = Format("NewsML", (".xml",), records, _recognises)
