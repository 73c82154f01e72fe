"""The words that rules know, a TOML file a rule, beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

#: A language that is not known is read by the tables of all.
LANGUAGES = ("en", "fr", "it")


@cache
def table(name: str) -> Mapping[str, Any]:
    """The sections of a table."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def languages(*stated: str | None) -> tuple[str, ...]:
    """The languages whose tables to read: those stated that have one, all where none has."""
    known = tuple(dict.fromkeys(each for each in stated if each in LANGUAGES))
    return known or LANGUAGES
