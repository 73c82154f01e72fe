"""The widget's script: its parts, its style and its phrases in one file without dependencies."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files

from qa.phrases import INTERFACE_LANGUAGES, phrases

#: Lines of head.js that the phrases and the style take the place of.
PHRASES_MARK = "const PHRASES = {};"
STYLE_MARK = 'const STYLE = "";'

#: In the order in which they need each other.
_PARTS = (
    "head", "dom", "words", "links", "server", "card", "filters", "view", "element",
)  # fmt: skip
# A page may load the script twice; the element can be defined only once.
_WHOLE = '(() => {{\n"use strict";\nif (customElements.get("cite-desk")) return;\n\n{}\n}})();\n'
_SECTIONS = ("widget.", "answer.")
#: Phrases of the chat that the widget says, too.
SHARED = (
    "chat.understood",
    "chat.restate",
    "chat.restated",
    "chat.ask_again",
    "chat.searched_from",
    "chat.searched_to",
    "chat.filters",
    "chat.filters_active",
    "chat.published_from",
    "chat.published_to",
    "chat.clear",
)


def widget_source() -> str:
    """The parts as they are written, without phrases and style."""
    folder = files("qa.web") / "widget"
    return "\n".join((folder / f"{part}.js").read_text(encoding="utf-8") for part in _PARTS)


@cache
def widget_script() -> tuple[str, str]:
    """The script as it is served, and its entity tag."""
    style = (files("qa.web") / "widget" / "widget.css").read_text(encoding="utf-8")
    words = {language: _widget_phrases(language) for language in INTERFACE_LANGUAGES}
    # JSON in ASCII is a JavaScript literal with nothing in it that could end the script.
    source = widget_source().replace(PHRASES_MARK, f"const PHRASES = {json.dumps(words)};")
    script = _WHOLE.format(source.replace(STYLE_MARK, f"const STYLE = {json.dumps(style)};"))
    return script, f'"{hashlib.sha256(script.encode()).hexdigest()[:32]}"'


def _widget_phrases(language: str) -> dict[str, str]:
    return {
        key: text
        for key, text in phrases(language).items()
        if key.startswith(_SECTIONS) or key in SHARED
    }
