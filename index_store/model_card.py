"""What a model's card, the README.md beside its weights, says of the model.

Its front matter names languages under `language`: a code, or a list of codes, by
https://github.com/huggingface/hub-docs/blob/main/modelcard.md. `multilingual` stands for all.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from index_store.hub import downloaded_file

ALL = "multilingual"


def serves_language(name: str, language: str | None) -> bool:
    """Whether a model knows a language, as far as can be told without loading it.

    Where its card names languages, these are they. Where there is no card on this machine, or it
    names none, a model is taken to know English, and every language if it is called multilingual.

    Args:
        name: of the model, or its folder.
        language: ISO 639-1; None where it is not known, which only a model of all languages serves.
    """
    named = card_languages(name)
    if not named:
        return language == "en" or ALL in name.lower()
    return language in named or ALL in named


@cache
def card_languages(name: str) -> frozenset[str]:
    """Languages that a model's card names, in lower case and without regions ("pt-BR" is "pt");
    empty where there is no card, or it names none."""
    card = _card(name)
    return _languages(card.read_text(encoding="utf-8", errors="replace")) if card else frozenset()


def _card(name: str) -> Path | None:
    if Path(name).is_dir():
        card = Path(name) / "README.md"
        return card if card.is_file() else None
    return downloaded_file(name, "README.md")


def _languages(card: str) -> frozenset[str]:
    import yaml

    if not card.startswith("---"):
        return frozenset()
    try:
        stated = yaml.safe_load(card.split("\n---", maxsplit=1)[0])
    except yaml.YAMLError:
        return frozenset()  # a card is for people to read; nobody has promised that it is valid
    named = stated.get("language") if isinstance(stated, dict) else None
    codes = named if isinstance(named, list) else [named]
    # Norwegian's own code, "no", is a truth value to YAML 1.1.
    words = ["no" if code is False else code for code in codes]
    return frozenset(code.lower().split("-")[0] for code in words if isinstance(code, str))
