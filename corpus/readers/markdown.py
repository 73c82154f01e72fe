"""Markdown with YAML front matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import yaml
from frontmatter.default_handlers import YAMLHandler

from corpus.errors import UnreadableFile
from corpus.readers.draft import Draft, pick_metadata
from corpus.readers.record import Format, whole_file
from corpus.readers.text import decode

_NULL = ("", "~", "null", "Null", "NULL")
# A rule, and then a field; not a rule, and then prose.
_FIELD = re.compile(r"---+\s+\w+:(\s|$)", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)
# In brackets or after them, what no reader saw: `![a dam](dam.jpg "Dam")`, with a link around it.
_TITLE = r"""(?:[ \t]++(?:"[^"\n]{0,300}+"|'[^'\n]{0,300}+'))?+"""
_TARGET = rf"\([ \t]*+(?:<[^<>\n]*+>|[^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*+){_TITLE}[ \t]*+\)"
_IMAGE = rf"!\[[^\[\]\n]*+\](?:{_TARGET}|\[[^\[\]\n]*+\])"
_IMAGE_LINES = re.compile(
    rf"^[ \t]*+(?:{_IMAGE}|\[{_IMAGE}\]{_TARGET})[ \t\r]*+(?:\n|\Z)", re.MULTILINE
)
# An address, since "[sic](laughs)" is none.
_LINK = re.compile(
    rf"(?<![!\\])\[((?:[^\[\]\n]|\n(?![ \t\r]*+\n)|\[[^\[\]\n]*+\]){{1,500}}+)\]"
    rf"(?=\([ \t]*+<?(?:https?://|mailto:|tel:|\.{{0,2}}/|#)){_TARGET}"
)


def read(path: Path, data: bytes) -> Draft:
    """Metadata from the front matter, the rest is the body.

    Headings lose their `#`, links become their words, and images on lines of their own go, since
    a description is no reporting. Other Markdown, emphasis and tables among it, stays as written: a
    quotation must stand in the stored text as it stood in the file.

    Raises:
        UnreadableFile: not text, or the front matter is not valid YAML.
    """
    header, body = _divide(path, decode(path, data))
    try:
        # Every value as it is written: a title can be 1984 or No, and 30 February is no error
        # of the whole file.
        stated = yaml.load(header, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = f" near line {line + 1}" if line is not None else ""
        raise UnreadableFile(
            path, f"front matter is not valid YAML{where}; put values with a colon in quotes"
        ) from error
    if header.strip() and not isinstance(stated, Mapping):
        # Words between two rules, which are no front matter.
        stated, body = {}, f"{header}\n{body}"
    metadata = {name: value for name, value in (stated or {}).items() if value not in _NULL}
    text = _LINK.sub(r"\1", _IMAGE_LINES.sub("", _HEADING.sub("", body)))
    return Draft(text=text, metadata=pick_metadata(metadata, path))


def _divide(path: Path, text: str) -> tuple[str, str]:
    """Front matter and body; no front matter where the file does not open with it.

    Raises:
        UnreadableFile: it is never closed; what it states would be indexed as if it were reporting.
    """
    handler = YAMLHandler()
    text = text.strip()
    if not handler.detect(text):
        return "", text
    try:
        header, body = handler.split(text)
    except ValueError as error:
        if _FIELD.match(text):
            raise UnreadableFile(
                path, "front matter is never closed; put a line of --- behind it"
            ) from error
        return "", text
    return header, body


FORMAT = Format("Markdown", (".md", ".markdown"), whole_file(read))
