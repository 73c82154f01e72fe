"""Every language says the same things, and everything that the code says is there."""

import ast
from pathlib import Path
from string import Formatter

import pytest

import qa
from qa.phrases import INTERFACE_LANGUAGES, phrase, phrases

ROOT = Path(qa.__file__).parents[1]
#: The name of an object in another API, which looks like one of ours.
FOREIGN = {"chat.completion"}
SECTIONS = sorted({key.partition(".")[0] for key in phrases("en")})


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def used_keys() -> set[str]:
    """Every literal in the code that is written like the key of a section."""
    sources = [*(ROOT / "qa").rglob("*.py"), ROOT / "ui.py"]
    nodes = (node for path in sources for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    literals = {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {
        text
        for text in literals
        if text.count(".") == 1
        and text.partition(".")[0] in SECTIONS
        and text.partition(".")[2].isidentifier()
        and text.partition(".")[2] not in ("py", "js", "css", "html", "toml")
    }


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_every_language_has_the_same_keys(language: str) -> None:
    assert phrases(language).keys() == phrases("en").keys()


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_every_language_fills_the_same_places(language: str) -> None:
    assert {key: placeholders(text) for key, text in phrases(language).items()} == {
        key: placeholders(text) for key, text in phrases("en").items()
    }


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_no_phrase_is_empty_or_has_space_around_it(language: str) -> None:
    assert all(text and text == text.strip() for text in phrases(language).values())


def test_every_key_that_the_code_names_exists() -> None:
    used = used_keys()
    assert {"answer.refused", "answer.model_silent", "answer.searched"} <= used
    keys = phrases("en").keys()
    # A literal that ends in an underscore is the start of several keys.
    starts = {key for key in used if key.endswith("_")}
    assert used - starts - FOREIGN <= keys
    assert all(any(key.startswith(start) for key in keys) for start in starts)


def test_a_language_that_is_not_spoken_here_is_answered_in_english() -> None:
    assert phrase("de", "answer.refused") == phrase("en", "answer.refused")
    assert phrase(None, "answer.refused") == phrase("en", "answer.refused")


def test_a_value_with_braces_stays_as_it_is() -> None:
    assert "{x}" in phrase("en", "answer.searched", articles="{x}", languages="")


def test_a_key_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        phrase("en", "answer.no_such_phrase")
