"""The words and phrases that tell what a line is, from the TOML files beside this module."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_BETWEEN_PHRASES = re.compile(r"[|\n]")


@cache
def words(*names: str) -> frozenset[str]:
    """The words of these sets in all languages together.

    Raises:
        KeyError: `words.toml` has no such set.
    """
    sets = _load("words.toml")
    return frozenset(
        word
        for name in names
        for by_language in sets[name].values()
        for word in by_language.split()
    )


@cache
def phrases(kind: str) -> tuple[str, ...]:
    """The phrases of a kind in all languages together.

    Raises:
        KeyError: `phrases.toml` has no such kind.
    """
    by_language = _load("phrases.toml")[kind]
    found = (each.strip() for text in by_language.values() for each in _BETWEEN_PHRASES.split(text))
    return tuple(filter(None, found))


@cache
def _load(name: str) -> Mapping[str, Mapping[str, str]]:
    text = files("corpus.cleaning").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)
