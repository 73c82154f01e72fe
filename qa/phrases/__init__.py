"""Every word that the product says to a reader, a TOML file a language.

Plain words, no jargon: the readers are journalists. A key is `section.name`; `{placeholders}` are
filled by name. Every language has the same keys; a test checks it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

#: Languages that citedesk speaks. It reads and finds articles in others too.
INTERFACE_LANGUAGES = ("en", "fr", "it")


def phrase(language: str | None, key: str, **values: object) -> str:
    """A phrase in a language, in English where that language is not spoken here.

    Raises:
        KeyError: no phrase has this key.
    """
    return phrases(language)[key].format(**values)


def phrases(language: str | None) -> Mapping[str, str]:
    """All phrases of a language by key, unfilled."""
    return _load(language if language in INTERFACE_LANGUAGES else "en")


@cache
def _load(language: str) -> Mapping[str, str]:
    text = files(__name__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return {
        f"{section}.{name}": value
        for section, entries in tomllib.loads(text).items()
        for name, value in entries.items()
    }
