"""What a question's words are called in other languages, where they have no cognate there.

Character 4-grams carry "minister" to "ministre", but not "lawsuit" to "procès" and "causa".
`news.csv` lists such words of the news in English, French and Italian; a newsroom adds its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from index_store.errors import BadGlossary
from index_store.glossary.inflection import listed_forms
from index_store.glossary.rows import ANY, Concept, read_concepts, read_house
from index_store.terms import stop_words, words

#: Concepts by a form's folded words, and these by the first of them.
_Index = dict[str, dict[tuple[str, ...], list[Concept]]]


@dataclass(frozen=True, slots=True)
class _Match:
    """The concepts that the next words of a question name, in the language of a column."""

    length: int
    column: str
    concepts: Sequence[Concept]


class Glossary:
    """Concepts, to be found by the words of a question. Does not change once it is made."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._columns: dict[str, _Index] = {}
        for concept in concepts:
            for column, forms in concept.forms.items():
                index = self._columns.setdefault(column, {})
                for form in forms:
                    if form.asked:
                        same_start = index.setdefault(form.folded[0], {})
                        same_start.setdefault(form.folded, []).append(concept)

    def translations(
        self, words_asked: Sequence[str], language: str | None, into: Iterable[str]
    ) -> Mapping[str, tuple[str, ...]]:
        """What a question's words and phrases are called in other languages.

        Longer phrases go first: what is part of one is not looked up by itself.

        Args:
            words_asked: the whole question in its order, stop words too; case and accents do not
                matter.
            language: of the question; where it is not known, it can be any.
            into: languages wanted. The question's own is served by the newsroom's variants alone.

        Returns:
            Forms as the glossary writes them, by the question's words as `terms.words` gives them,
            one space between; in the order of the question. Words without any are not there.
        """
        asked = [word for each in words_asked for word in words(each)]
        wanted = frozenset(into)
        offered: dict[str, dict[str, None]] = {}
        at = 0
        while at < len(asked):
            matches = self._longest(asked, at, language)
            length = matches[0].length if matches else 1
            key = " ".join(asked[at : at + length])
            forms = dict.fromkeys(form for match in matches for form in _forms(match, wanted, key))
            if forms:
                offered.setdefault(key, {}).update(forms)
            at += length
        return {key: tuple(forms) for key, forms in offered.items()}

    def _longest(self, asked: Sequence[str], at: int, language: str | None) -> list[_Match]:
        """The longest match of each column of the language, of those no shorter than any other."""
        columns = self._columns if language is None else (language, ANY)
        found = []
        for column in columns:
            matches = _matches(self._columns.get(column, {}), asked, at, column)
            # Of equal length, the words as they stand come first.
            if longest := max(matches, key=lambda match: match.length, default=None):
                found.append(longest)
        length = max((match.length for match in found), default=0)
        return [match for match in found if match.length == length]


def _matches(index: _Index, asked: Sequence[str], at: int, column: str) -> Iterator[_Match]:
    """Every form of a column that the question's words from `at` on are."""
    for start in _listed(asked[at], column):
        for folded, concepts in index.get(start, {}).items():
            following = asked[at + 1 : at + len(folded)]
            if len(following) == len(folded) - 1 and all(
                word in _listed(typed, column)
                for typed, word in zip(following, folded[1:], strict=True)
            ):
                yield _Match(len(folded), column, concepts)


@lru_cache(maxsize=4096)
def _listed(word: str, column: str) -> tuple[str, ...]:
    # A stop word is no form of another: French "cours" is seldom two courts.
    return (word,) if word in stop_words(column) else tuple(listed_forms(word, column))


def _forms(match: _Match, wanted: frozenset[str], key: str) -> Iterator[str]:
    """What the concepts of a match are called, but for the question's own words."""
    for concept in match.concepts:
        for column, forms in concept.forms.items():
            is_own = column == match.column
            if concept.is_house if is_own else column in wanted or column == ANY:
                for form in forms:
                    if form.offered and " ".join(form.folded) != key:
                        yield form.text


def load_glossary(house_file: Path | None = None) -> Glossary:
    """The packaged glossary, with the newsroom's own; read again only where that file has changed.

    Raises:
        BadGlossary: the newsroom's file cannot be read; see `read_house`.
    """
    if house_file is None:
        return _load(None, None)
    try:
        stamp = house_file.stat()
    except OSError as error:
        raise BadGlossary(
            f"{house_file}: expected a glossary, but it cannot be opened ({error.strerror}); "
            "check the path"
        ) from error
    return _load(house_file, (stamp.st_mtime_ns, stamp.st_size))


@lru_cache(maxsize=4)
def _load(house_file: Path | None, stamp: tuple[int, int] | None) -> Glossary:
    return Glossary([*_packaged(), *(read_house(house_file) if house_file else ())])


@cache
def _packaged() -> tuple[Concept, ...]:
    text = files(__name__).joinpath("news.csv").read_text(encoding="utf-8")
    return tuple(read_concepts(text, "news.csv"))
