"""Markdown with YAML front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.readers.draft import Draft, pick_metadata
from corpus.readers.text import decode, load

_HEADING = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)


def read(path: Path) -> Iterator[Draft | UnreadableFile]:
    """Metadata from the front matter, the rest is the body.

    Headings lose their `#`; other Markdown stays as written, since a quotation must stand in the
    stored text as it stood in the file.

    Raises:
        UnreadableFile: not text, or the front matter is not valid YAML.
    """
    import frontmatter
    import yaml

    try:
        metadata, body = frontmatter.parse(decode(path, load(path)))
    except (yaml.YAMLError, ValueError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = f" near line {line + 2}" if line is not None else ""
        raise UnreadableFile(
            path, f"front matter is not valid YAML{where}; put values with a colon in quotes"
        ) from error
    yield Draft(text=_HEADING.sub("", body), metadata=pick_metadata(metadata, path))
