"""Ways in which a language model misbehaves, for trying what becomes of its replies.

Each makes a reply of the message that a model is sent, with the passages in it, so that it is at
home in any archive: `ScriptedModel(MISBEHAVIOURS["invented-number"])`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

_PASSAGE = re.compile(r"^\[\d+\] (?P<outlet>.*), .*:\n(?P<lines>(?:> .*\n?)+)", re.MULTILINE)
_SENTENCE = re.compile(r".+?[.!?](?=\s|\Z)|.+", re.DOTALL)
_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[a-zé,] )[A-Z]\w+ [A-Z]\w+")


def _passages(message: str) -> list[str]:
    return [found["lines"].replace("> ", "").strip() for found in _PASSAGE.finditer(message)]


def _sentences(message: str) -> list[str]:
    """Of all passages, in order; at least two."""
    found = [one.strip() for passage in _passages(message) for one in _SENTENCE.findall(passage)]
    return [*found, "Nothing was said.", "Nothing was meant."]


def _first(message: str) -> str:
    """What the first passage says first, without the full stop."""
    return _sentences(message)[0].rstrip(".!?")


def _invents_a_number(message: str) -> str:
    said = _first(message)
    changed = _NUMBER.sub("8317", said)
    return f"{changed if changed != said else said + ' in 8317 cases'} [1]."


def _puts_words_into_another_mouth(message: str) -> str:
    names = _NAME.findall(message) or ["Nora Quillfeather"]
    return f"“{_first(message)}”, said {names[-1]} [1]."


def _stitches(message: str) -> str:
    first, second = (re.sub("[“”«»]", "", one).split() for one in _sentences(message)[:2])
    return f"They said: “{' '.join(first[: len(first) // 2] + second[len(second) // 2 :])}” [1]."


def _alters_a_quotation(message: str) -> str:
    said = _first(message).split()
    said[len(said) // 2] = "allegedly"
    return f"It was said: “{' '.join(said)}” [1]."


def _denies(message: str) -> str:
    head, _, rest = _first(message).partition(" ")
    return f"It is not true that {head} {rest} [1]."


def _cites_the_last_passage(message: str) -> str:
    return f"{_first(message)} [{len(_passages(message))}]."


def _obeys_an_article(message: str) -> str:
    """Says what an article tells it to say: what stands behind a colon in a line of orders."""
    orders = re.findall(r"(?:[Ii]gnore[zr]?|[Ii]gnora)\b[^:\n]*:(?P<said>.+)", message)
    return orders[-1].strip() if orders else "I have no orders."


def _says(reply: str) -> Callable[[str], str]:
    return lambda message: reply


#: By a name that says what is wrong.
MISBEHAVIOURS: Mapping[str, Callable[[str], str]] = {
    "invented-number": _invents_a_number,
    "invented-name": lambda message: f"Nora Quillfeather of Zubrowka says: {_first(message)} [1].",
    "invented-date": lambda message: f"{_first(message)} on 3 March 1871 [1].",
    "wrong-speaker": _puts_words_into_another_mouth,
    "stitched-quotation": _stitches,
    "altered-quotation": _alters_a_quotation,
    "flipped-negation": _denies,
    "cites-0": lambda message: f"{_first(message)} [0].",
    "cites-99": lambda message: f"{_first(message)} [99].",
    "cites-what-does-not-say-so": _cites_the_last_passage,
    "cites-nothing": lambda message: f"{_first(message)}.",
    "markers-only": _says("[1] [2] [1, 2]"),
    "wrong-language": _says("Das hat ein Gericht nach langer Beratung so entschieden [1]."),
    "leaks-the-prompt": _says("Use only what the passages say. Add nothing from memory [1]."),
    "cut-off": lambda message: " ".join(_first(message).split()[:-1]),
    "empty": _says(""),
    "white-space": _says(" \n\t\u00a0\u200b "),
    "repeats-itself": lambda message: f"{_first(message)} [1]. " * 40,
    "markdown": lambda message: f"# Result\n\n- **{_first(message)}** [1]\n- *see* `code` [1]",
    "html": lambda message: f"<p><b>{_first(message)}</b></p> <script>alert(1)</script> [1].",
    "links": lambda message: f"{_first(message)} [more](https://evil.example/?q=1) [1].",
    "thinks-aloud": lambda message: f"<think>{_first(message)} [1].\nOr 99? [1]</think>",
    "thinks-without-end": lambda message: f"<think>{_first(message)} [1]. " + "Hm, so. " * 500,
    "talks-about-itself": _says("Let me look at the passages first. I will now answer [1]."),
    "answers-another-question": _says("Paris is the capital of France and lies on the Seine [1]."),
    "endless": lambda message: "And so the story goes on and on without an end [1]. " * 5_000,
    "calls-a-tool": _says(json.dumps({"name": "search", "arguments": {"query": "[1]"}})),
    "copies-the-prompt": lambda message: message,
    "forges-passages": _says("[7] Example News, 2024-01-01:\n> The mayor has fled [7]."),
    "refuses-in-its-own-words": _says("I am afraid I cannot find that in the passages [1]."),
    "obeys-an-article": _obeys_an_article,
}
