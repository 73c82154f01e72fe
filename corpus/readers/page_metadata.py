"""What a page states about its article: JSON-LD first, then meta elements, then marked-up text.

Nothing is taken from running text or from the address of the page, where trafilatura and htmldate
look for dates and names as well; from a footer, nothing but its notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from corpus.dates import iso_date
from corpus.readers.draft import language_code
from corpus.readers.json_ld import (
    Node,
    body_text,
    load_graph,
    names,
    node_urls,
    page_article,
    plain_text,
)
from corpus.readers.markup import byline_names
from corpus.readers.page_header import PageHeader, headlines, marked_values, read_header
from corpus.readers.page_rights import printed_rights

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Names of meta elements by field, most telling first; compared in lower case.
_META: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "parsely-title", "dc.title", "dcterms.title"),
    "publisher": ("og:site_name", "dc.publisher", "dcterms.publisher"),
    "author": ("article:author", "author", "parsely-author", "sailthru.author", "byl", "dc.creator",
               "dcterms.creator"),
    "published": ("article:published_time", "og:published_time", "datepublished", "pubdate",
                  "publishdate", "publish-date", "publication_date", "parsely-pub-date",
                  "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date",
                  "dcterms.date", "date"),
    "modified": ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified"),
    "language": ("og:locale", "content-language", "dc.language", "dcterms.language"),
    "url": ("og:url",),
    "section": ("article:section", "parsely-section", "sailthru.section"),
    "rights": ("copyright", "rights", "dc.rights", "dcterms.rights"),
}  # fmt: skip
_ADDRESS = re.compile(r"https?://\S+")
# What templates put for a name that nobody entered.
_NOBODY = frozenset(("admin", "administrator", "root", "user", "none", "null", "undefined"))
_DIVIDERS = r"\s+[|\-–—·•»:]+\s+"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says of its article.

    Attributes:
        metadata: values of `corpus.readers.draft.FIELDS`.
        text: the body that JSON-LD states; "" where it states none.
        standfirst: the summary that the page shows below the headline; "" where it shows none.
    """

    metadata: Mapping[str, str | list[str]]
    text: str = ""
    standfirst: str = ""


def read_facts(page: HtmlElement, path: Path) -> PageFacts:
    """Everything that the page states; a field that it leaves out is absent."""
    meta = _meta(page)
    scripts = (
        script.text or ""
        for script in page.iter("script")
        if "ld+json" in (script.get("type") or "").lower()
    )
    urls = [*_canonical(page), *_all(meta, "url")]
    shown = [*_all(meta, "title"), *headlines(page)]
    article = page_article(load_graph(scripts, path), urls, shown)
    publisher = _first([*names(article.get("publisher")), *_all(meta, "publisher"),
                        *marked_values(page, "publisher")])  # fmt: skip
    title = _title(article, shown, _text(page.find(".//title")), publisher)
    header = read_header(page, title)
    stated: dict[str, str | list[str]] = {
        "title": title,
        "publisher": publisher,
        "author": _authors(article, meta, page, header, publisher),
        "published": _published(page, article, meta, header),
        "modified": _modified(page, article, meta, header),
        "language": _language(page, article, meta),
        "url": _url([*urls, *node_urls(article)]),
        "section": _first(
            [*names(article.get("articleSection")), *_all(meta, "section"),
             *marked_values(page, "articleSection")]
        ),
        "rights": _rights(page, article, meta) or printed_rights(page),
        **_corrections(article),
    }  # fmt: skip
    return PageFacts(
        {name: value for name, value in stated.items() if value},
        body_text(article),
        header.standfirst,
    )


def _meta(page: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in page.iter("meta"):
        value = plain_text(element.get("content"))
        keys = (element.get(key) for key in ("property", "name", "http-equiv"))
        for key in {key.lower() for key in keys if key and value}:
            found.setdefault(key, []).append(value)
    return found


def _all(meta: Mapping[str, list[str]], field: str) -> list[str]:
    return [value for name in _META[field] for value in meta.get(name, ())]


def _first(values: Iterable[str]) -> str:
    return next(iter(values), "")


def _text(element: HtmlElement | None) -> str:
    return plain_text(element.text_content()) if element is not None else ""


def _canonical(page: HtmlElement) -> Iterator[str]:
    for link in page.iter("link"):
        address = (link.get("href") or "").strip()
        if "canonical" in (link.get("rel") or "").lower().split() and _ADDRESS.fullmatch(address):
            yield address


def _url(addresses: Iterable[str]) -> str:
    """The first address of more than a site: templates name the front page on all pages."""
    found = [address for address in addresses if _ADDRESS.fullmatch(address)]
    return next((address for address in found if _leads_on(address)), _first(found))


def _leads_on(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:  # an address such as http://[
        return False
    return bool(parts.path.strip("/") or parts.query)


def _title(article: Node, shown: list[str], document: str, site: str) -> str:
    """The headline, without the site's name before or behind it."""
    stated = [plain_text(article.get("headline")), *shown, document]
    titles = list(filter(None, (_without_site(title, site) for title in stated)))
    title = _first(titles)
    if title.endswith(("…", "...")):  # templates cut what is long for a search engine
        start = title.rstrip("…. ")
        return max((other for other in titles if other.startswith(start)), key=len)
    return title


def _without_site(title: str, site: str) -> str:
    if not site:
        return title
    name = re.escape(site)
    cut = re.sub(rf"{_DIVIDERS}{name}\s*\Z|\A\s*{name}{_DIVIDERS}", "", title, flags=re.IGNORECASE)
    return "" if cut.casefold() == site.casefold() else cut


def _authors(
    article: Node, meta: Mapping[str, list[str]], page: HtmlElement, header: PageHeader, site: str
) -> list[str]:
    """Who signed the article, each once; never the site itself, which templates put there."""
    sites = {name.casefold() for name in (site, *_all(meta, "publisher"))} | _NOBODY
    for stated in (
        names(article.get("author")) or names(article.get("creator")),
        *(meta.get(name, []) for name in _META["author"]),
        marked_values(page, "author"),
        header.authors,
    ):
        found = [
            byline_names(name) for name in stated if not _ADDRESS.match(name) and "@" not in name
        ]
        if found := [name for name in dict.fromkeys(found) if name.casefold() not in sites]:
            return found
    return []


def _published(
    page: HtmlElement, article: Node, meta: Mapping[str, list[str]], header: PageHeader
) -> str:
    # Times in an article's header are looked at last: they need not say what they date.
    return _date(
        (plain_text(article.get("datePublished")), *_all(meta, "published"),
         *marked_values(page, "datePublished"), *header.times)
    )  # fmt: skip


def _modified(
    page: HtmlElement, article: Node, meta: Mapping[str, list[str]], header: PageHeader
) -> str:
    return _date(
        (plain_text(article.get("dateModified")), *_all(meta, "modified"),
         *marked_values(page, "dateModified"), *header.changes)
    )  # fmt: skip


def _date(stated: Iterable[str]) -> str:
    """The first statement that is a date, else the first that should have been one."""
    values = list(filter(None, stated))
    return next(filter(iso_date, values), _first(values))


def _language(page: HtmlElement, article: Node, meta: Mapping[str, list[str]]) -> str:
    spoken = article.get("inLanguage")
    if isinstance(spoken, Mapping):
        spoken = spoken.get("alternateName") or spoken.get("name")
    marked = [*page.iter("article"), *page.iter("html")]
    stated = [
        plain_text(spoken),
        *(plain_text(element.get("lang") or element.get("xml:lang")) for element in marked),
        *_all(meta, "language"),
    ]
    return _first(value for value in stated if language_code(value))


def _rights(page: HtmlElement, article: Node, meta: Mapping[str, list[str]]) -> str:
    holder = ", ".join(names(article.get("copyrightHolder")))
    year = plain_text(article.get("copyrightYear"))
    notice = plain_text(article.get("copyrightNotice")) or _first(_all(meta, "rights"))
    if not notice and (holder or year):
        notice = " ".join(filter(None, ("©", year, holder)))
    license_ = article.get("license")
    if isinstance(license_, Mapping):
        license_ = license_.get("url") or license_.get("name") or license_.get("@id")
    linked = (link.get("href") for link in page.iter("link") if link.get("rel") == "license")
    return "; ".join(filter(None, (notice, plain_text(license_) or _first(filter(None, linked)))))


def _corrections(article: Node) -> dict[str, str]:
    """Articles that correct this one, and that this one corrects, where they have an address.

    schema.org's `correction` leads from the article to what corrects it, and JSON-LD's
    `@reverse` the other way; a correction in words stands in the text as well.
    """
    reverse = article.get("@reverse")
    corrected = reverse.get("correction") if isinstance(reverse, Mapping) else None
    return {"corrected_by": _target(article.get("correction"), article),
            "corrects": _target(corrected, article)}  # fmt: skip


def _target(value: object, article: Node) -> str:
    items = value if isinstance(value, list) else [value]
    nodes = (item if isinstance(item, Mapping) else {"url": item} for item in items)
    own = {*node_urls(article)}
    return _first(url for node in nodes for url in node_urls(node) if url not in own)
