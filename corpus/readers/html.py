"""Web pages: body and metadata by trafilatura, which never fetches anything here."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.readers.draft import Draft, pick_metadata
from corpus.readers.record import Format, whole_file


def read(path: Path, data: bytes) -> Draft:
    """The article of a page, without its furniture.

    The bytes go to trafilatura undecoded, since a page may declare its own encoding.

    Raises:
        UnreadableFile: no article was found in the page.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    page = bare_extraction(data, with_metadata=True, include_comments=False, include_tables=True)
    if not isinstance(page, Document) or not page.text:
        raise UnreadableFile(path, "no article text was found in this page; is it a list of links?")
    stated = page.as_dict()
    return Draft(
        text=page.text,
        metadata=pick_metadata(
            {**stated, "section": (stated.get("categories") or [None])[0]}, path
        ),
    )


FORMAT = Format("web page", (".html", ".htm", ".xhtml"), whole_file(read))
