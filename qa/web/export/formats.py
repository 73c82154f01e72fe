"""What a browser is given to copy or to save."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answer import Answer
from qa.web.export.document import document
from qa.web.export.markdown import markdown
from qa.web.export.page import fragment, page
from qa.web.export.plain import plain

_NO_NAME = re.compile(r"[^\w]+")


def exported(answers: Sequence[Answer], form: str, language: str, day: str) -> dict[str, str]:
    """The text of a document in a format, and the name of a file for it.

    To be copied it comes as `text` and, for where there are headings and links, as `html`.

    Args:
        form: "copy", "markdown" or "page".
        day: ISO 8601.

    Raises:
        ValueError: there is no such format.
    """
    made = document(answers, language, day)
    name = f"{day}-{_NO_NAME.sub('-', made.title.lower())[:60].strip('-')}"
    match form:
        case "copy":
            return {"text": plain(made), "html": fragment(made)}
        case "markdown":
            return {"text": markdown(made), "name": f"{name}.md", "type": "text/markdown"}
        case "page":
            return {"text": page(made), "name": f"{name}.html", "type": "text/html"}
    raise ValueError(f"expected copy, markdown or page; found {form[:20]!r}")
