"""Reading files into drafts of articles: a registry of formats, one file a format.

To add a format: write a module with a `FORMAT`, and name it in `FORMATS`.
"""

from __future__ import annotations

from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.readers import docx, html, json_file, jsonl, markdown, newsml, nitf, pdf, table, text
from corpus.readers.draft import Draft
from corpus.readers.record import Columns, Format, Reader, Record

__all__ = [
    "EXPECTED_FILES",
    "FORMATS",
    "Columns",
    "Draft",
    "Format",
    "Reader",
    "Record",
    "format_of",
]

#: In the order in which their marks are looked for in a file's first bytes.
FORMATS: tuple[Format, ...] = (
    pdf.FORMAT,
    docx.FORMAT,
    newsml.FORMAT,
    nitf.FORMAT,
    html.FORMAT,
    jsonl.FORMAT,
    json_file.FORMAT,
    table.FORMAT,
    markdown.FORMAT,
    text.FORMAT,
)

#: For messages: the usual suffix of each format.
EXPECTED_FILES = ", ".join(dict.fromkeys(each.suffixes[0] for each in FORMATS))

#: How much of a file is looked at to recognise its format.
SNIFFED_BYTES = 4096


def format_of(path: Path) -> Format:
    """The format of a file: what its first bytes can only be, else what its suffix says.

    Raises:
        UnreadableFile: not a regular file, cannot be opened, or in none of the formats.
    """
    if path.exists() and not path.is_file():
        # Opening a named pipe would wait for ever.
        raise UnreadableFile(path, "is not a regular file; leave it out")
    try:
        with path.open("rb") as file:
            head = file.read(SNIFFED_BYTES)
    except OSError as error:
        raise UnreadableFile(path, f"cannot be opened ({error.strerror})") from error
    suffix = path.suffix.lower()
    found = next((each for each in FORMATS if each.recognises(head)), None) or next(
        (each for each in FORMATS if suffix in each.suffixes), None
    )
    if found is None:
        named = f'"{path.suffix}"' if suffix else "no suffix"
        raise UnreadableFile(path, f"has {named}; expected one of {EXPECTED_FILES}")
    return found
