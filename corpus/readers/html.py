"""Web pages: their text by trafilatura, what they state about it by our own reading.

Nothing is fetched: addresses in a page are text here, and no entity or document is resolved.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UnreadableFile
from corpus.readers.draft import Draft, language_code, pick_metadata
from corpus.readers.page_encoding import decode_page, is_page
from corpus.readers.page_metadata import PageFacts, read_facts
from corpus.readers.page_repair import repair
from corpus.readers.page_short import is_flattened, whole_page
from corpus.readers.page_text import assemble
from corpus.readers.record import Format, whole_file

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: A page of 5 MB takes up to 5 s; more is no page but a page with its pictures in it.
MAX_BYTES = 20_000_000
#: Opening and closing ones. Within one paragraph, trafilatura 2.3 took 8 s over as many and 15 s
#: over 400,000; at the deepest nesting that libxml2 follows, 39 s over 200,000.
MAX_TAGS = 250_000
#: libxml2 2.14 takes 35 s over one tag of 200,000 attributes; pages have a few dozen.
MAX_ATTRIBUTES = 2_000

_TAG = re.compile(
    r"""<[a-zA-Z][^\s>/]*+(?:[\s/]++[^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']*+))?+)*+"""
)
_WORDS = re.compile(r"\w+")


def read(path: Path, data: bytes) -> Draft:
    """The article of a page without its furniture, and what the page states about it.

    Raises:
        UnreadableFile: no article was found in the page, or it is too large to be one.
    """
    page = _parse(path, data)
    facts = read_facts(page, path) if page is not None else PageFacts({})
    text = _body(page, facts) if page is not None else ""
    if len(_WORDS.findall(text)) < len(_WORDS.findall(facts.text)) / 2:
        # The page shows a teaser and sells the rest, which it states for search engines.
        text = facts.text
    if not text:
        raise UnreadableFile(path, "no article text was found in this page; is it a list of links?")
    return Draft(text, pick_metadata(facts.metadata, path))


def _parse(path: Path, data: bytes) -> HtmlElement | None:
    # Late: it takes 0.15 s, and many archives hold no pages.
    from trafilatura import load_html

    text = decode_page(data)
    _check_tags(path, text if text is not None else data.decode("latin-1"))
    # Bytes that say nothing of their encoding are left to trafilatura's detection.
    return load_html(text if text is not None else data)


def _check_tags(path: Path, text: str) -> None:
    tags = text.count("<")
    if tags > MAX_TAGS:
        raise UnreadableFile(
            path, f"has {tags:,} tags; pages are read up to {MAX_TAGS:,}: is it an article?"
        )
    for tag in _TAG.finditer(text):
        if tag.end() - tag.start() > 2 * MAX_ATTRIBUTES and len(tag[0].split()) > MAX_ATTRIBUTES:
            raise UnreadableFile(
                path, f"has a tag with more than {MAX_ATTRIBUTES:,} attributes; is it a web page?"
            )


def _body(page: HtmlElement, facts: PageFacts) -> str:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    repair(page, language_code(str(facts.metadata.get("language", ""))))
    found = bare_extraction(page, include_comments=False)
    if not isinstance(found, Document):
        return ""
    title = str(facts.metadata.get("title", ""))
    text = (
        whole_page(page, title) if is_flattened(found.body, page) else assemble(found.body, title)
    )
    if not text or facts.standfirst in text:
        return text
    # trafilatura starts where the template says that the body does, below the standfirst.
    return f"{facts.standfirst}\n\n{text}"


_READER = whole_file(read, MAX_BYTES, "pages are read up to {:,}: save it without images")
FORMAT = Format("web page", (".html", ".htm", ".xhtml"), _READER, is_page)
