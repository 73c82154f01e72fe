"""NewsML 1, which agencies sent before NewsML-G2 and which fills their archives (IPTC, 1.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from corpus.errors import UnreadableFile, Withdrawn
from corpus.readers import nitf
from corpus.readers.draft import Draft, pick_metadata
from corpus.readers.markup import body_text, byline_names, under_dateline
from corpus.readers.record import Record
from corpus.readers.xml import first_words, words

ROOT = "NewsML"

_IDENTIFIER = "Identification/NewsIdentifier"


def records(path: Path, root: Element) -> Iterator[Record | UnreadableFile]:
    """The news items of a document, each by its identifier and revision."""
    items = root.findall("NewsItem")
    seen: set[str] = set()
    for item in items:
        key = _key(item) if len(items) > 1 else ""
        if key in seen:
            yield UnreadableFile(path, f"holds the item {key!r} twice; every item needs its own id")
            continue
        seen.add(key)
        yield Record(tostring(item), partial(_read, path, item), key)
    if not items:
        yield UnreadableFile(path, "is a NewsML document without any news item; nothing to index")


def _key(item: Element) -> str:
    parts = ("ProviderId", "DateId", "NewsItemId", "RevisionId")
    return ":".join(words(item.find(f"{_IDENTIFIER}/{part}")) for part in parts)


def _read(path: Path, item: Element) -> Draft:
    end_of_embargo = _check_status(path, item)
    text, inside = _text(path, item, end_of_embargo)
    if not text:
        raise UnreadableFile(
            path, f"item {_key(item)} holds no text; is it a picture, or a list of other items?"
        )
    text = under_dateline(words(item.find(".//NewsLines/DateLine")), text)
    stated = {name: value for name, value in _stated(item).items() if value}
    if end_of_embargo:
        stated["embargo_until"] = end_of_embargo
    return Draft(text, pick_metadata({**inside, **stated}, path))


def _check_status(path: Path, item: Element) -> str:
    """The end of an embargo, "" where there is none.

    Raises:
        Withdrawn: the agency has cancelled or holds back the item, or gives no end of its
            embargo.
    """
    status = _formal(item, "NewsManagement/Status")
    if status.lower() in ("", "usable"):
        return ""
    change = item.find("NewsManagement/StatusWillChange")
    end = words(change.find("DateAndTime")) if change is not None else ""
    becomes = _formal(change, "FutureStatus") if change is not None else ""
    if status.lower() == "embargoed" and end and becomes.lower() == "usable":
        return end
    raise Withdrawn(path, f"item {_key(item)} is {status!r} by its agency, not usable; not indexed")


def _formal(element: Element, path: str) -> str:
    found = element.find(path)
    return "" if found is None else found.get("FormalName", "").strip()


def _text(path: Path, item: Element, end_of_embargo: str) -> tuple[str, Mapping[str, str]]:
    """The first content that is text, and what an NITF document states that it stands in.

    Raises:
        Withdrawn: that document may not be shown.
    """
    for content in item.iterfind(".//ContentItem"):
        data = content.find("DataContent")
        if data is None or content.find("Encoding") is not None:  # bytes in base 64
            continue
        document = data.find(".//nitf")
        if document is not None:
            nitf.check_status(path, document, f"item {_key(item)}", end_of_embargo)
            text, inside = nitf.text(document), nitf.stated(document)
        else:
            text = body_text(data) if len(data) else (data.text or "").strip()
            inside = {}
        if text:
            return text, inside
    return "", {}


def _stated(item: Element) -> Mapping[str, str]:
    """What the item states, by the names of `FIELDS`; "" where it says nothing."""
    first = words(item.find("NewsManagement/FirstCreated"))
    revised = words(item.find("NewsManagement/ThisRevisionCreated"))
    return {
        "title": first_words(item.iterfind(".//NewsLines/HeadLine")),
        "publisher": _party(item, "Provider"),
        "author": byline_names(first_words(item.iterfind(".//NewsLines/ByLine"))),
        "published": first or revised,
        "modified": revised if first and first != revised else "",
        "language": _language(item),
        "rights": _rights(item),
    }


def _party(item: Element, role: str) -> str:
    """A name rather than a code: `Topic` may spell the code out, but stands elsewhere."""
    for party in item.iterfind(f".//AdministrativeMetadata/{role}/Party"):
        return party.get("FormalName", "").strip()
    return ""


def _language(item: Element) -> str:
    found = item.find(".//DescriptiveMetadata/Language")
    stated = found.get("FormalName", "") if found is not None else ""
    return stated or next((each.get("lang", "") for each in item.iter() if each.get("lang")), "")


def _rights(item: Element) -> str:
    lines = [words(each) for each in item.iterfind(".//NewsLines/CopyrightLine")]
    lines += [words(each) for each in item.iterfind(".//NewsLines/RightsLine")]
    lines += [words(each) for each in item.iterfind(".//NewsLines/CreditLine")]
    if not any(lines):
        for notice in item.iterfind(".//RightsMetadata/Copyright"):
            holder = words(notice.find("CopyrightHolder"))
            year = words(notice.find("CopyrightDate"))
            lines.append(" ".join(filter(None, ("©", year, holder))) if holder else "")
    return "; ".join(dict.fromkeys(filter(None, lines)))
