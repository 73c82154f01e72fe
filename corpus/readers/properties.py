"""What documents say of themselves: their properties, without what programs filled in.

The dates of a document are of the file: when it was made, printed or saved. None is when an
article was published, so none is stated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from corpus.characters import clean_line
from corpus.readers.draft import pick_metadata

#: Names of files and of the programs that wrote them, where a title is expected.
_NO_TITLE = re.compile(
    r"(microsoft (word|powerpoint|excel) - |untitled|unbenannt|sans titre|senza titolo|sin título"
    r"|word document$|document ?\d*$|print$|about:blank|https?://|file:|\(anonymous\))"
    r"|.*\.(docx?|dotx?|odt|rtf|indd|idml|qx[dp]|pages|pdf|tex|dvi|e?ps|ai|pmd|pub|html?|txt|md)$",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"(administrat(or|eur|ore|ör)|admin|user|owner|unknown|author|anonymous|\(?unspecified\)?"
    r"|utente|utilisateur|windows[- ]user|microsoft[- ]office[- ]user|python-docx|default)",
    re.IGNORECASE,
)


def document_metadata(stated: Mapping[str, object], path: Path) -> dict[str, str]:
    """The fields of an article among the properties of a document.

    Raises:
        UnreadableFile: an embargo cannot be understood.
    """
    metadata = pick_metadata(stated, path)
    if _NO_TITLE.match(clean_line(metadata.get("title", ""))):
        del metadata["title"]
    if _NO_AUTHOR.fullmatch(clean_line(metadata.get("author", ""))):
        del metadata["author"]
    return metadata
