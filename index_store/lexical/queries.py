"""What Tantivy is asked for a question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import tantivy

from index_store.asked import Asked
from index_store.lexical.fields import EXACT, GRAMS, STEMS
from index_store.models import Filters, day_number
from index_store.terms import grams

#: What a name or number that stands there just so adds to its 4-grams. Without it Spanish
#: questions find the right English paragraph first for 0.713 instead of 0.733 of them.
EXACT_WEIGHT = 2.0

#: What the glossary's word for something weighs against the question's own. More than it, since
#: nothing else of such a passage shares its letters: of questions on articles in other languages
#: the right one comes first for 0.37 without a glossary, 0.43 at 0.5, 0.55 at 1.2, 0.61 at 1.6 and
#: 0.60 at 2.2; those on articles in their own language keep their 0.92.
GLOSSARY_WEIGHT = 1.6

#: 4-grams are not looked for in a field that more than this share of the passages have, and not
#: just a few: they tell little, and with them a search of 100,000 passages takes twice as long.
COMMON = {"grams": 0.25, "grams_around": 0.1}
_MANY = 100

#: A condition that a passage must meet, which adds nothing to its score.
Condition = tuple[tantivy.Occur, tantivy.Query]


class Queries:
    """Makes queries for one state of an index."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()

    def grams(self, asked: Asked, filters: Filters) -> tantivy.Query:
        """By 4-grams, names and numbers, of passages in any language."""
        own = [
            self._term(field, gram, weight)
            for word, weight in asked.words.items()
            for gram in grams(word)
            for field in self._telling(gram)
        ]
        exact = [self._term(EXACT, term, EXACT_WEIGHT) for term in asked.exact]
        meant = map(self._meant, asked.others.values())
        return _among([*own, *exact, *meant], self._conditions(filters))

    def stems(self, asked: Asked, filters: Filters) -> tantivy.Query:
        """By stems, of passages in the question's language."""
        wanted = [
            self._term(field, stem, weight)
            for stem, weight in asked.stems.items()
            for field in STEMS
        ]
        own = self._is_in("passage_language", [asked.language or ""])
        return _among(wanted, [*self._conditions(filters), own])

    def _telling(self, gram: str) -> list[str]:
        """The fields in which a 4-gram tells passages apart."""
        passages = self._searcher.num_docs
        seen = self._searcher.doc_freq(GRAMS[0], gram)
        return [field for field in GRAMS if seen <= max(_MANY, COMMON[field] * passages)]

    def _meant(self, forms: Sequence[Sequence[str]]) -> tantivy.Query:
        """What else something is called: the form that fits best counts."""
        found = [
            _any([self._term(field, gram) for word in form for gram in grams(word)])
            for form in forms
            for field in GRAMS
        ]
        best = tantivy.Query.disjunction_max_query(found)
        return tantivy.Query.boost_query(best, GLOSSARY_WEIGHT)

    def _term(self, field: str, term: str, weight: float = 1.0) -> tantivy.Query:
        query = tantivy.Query.term_query(self._schema, field, term)
        return query if weight == 1 else tantivy.Query.boost_query(query, weight)

    def _conditions(self, filters: Filters) -> list[Condition]:
        stated = (
            ("publisher", filters.publishers),
            ("language", filters.languages),
            ("section", filters.sections),
        )
        conditions = [self._is_in(name, values) for name, values in stated if values]
        if filters.published_from or filters.published_to:
            between = tantivy.Query.range_query(
                self._schema,
                "day",
                tantivy.FieldType.Integer,
                # Undated passages have day 0, which no bound admits.
                lower_bound=max(1, day_number(filters.published_from)),
                upper_bound=day_number(filters.published_to or "9999-12-31"),
            )
            conditions.append(_required(between))
        return conditions

    def _is_in(self, field: str, values: Iterable[str]) -> Condition:
        return _required(tantivy.Query.term_set_query(self._schema, field, list(values)))


def _among(wanted: Sequence[tantivy.Query], conditions: Sequence[Condition]) -> tantivy.Query:
    if not wanted:
        return tantivy.Query.empty_query()
    if not conditions:
        return _any(wanted)
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, _any(wanted)), *conditions])


def _any(wanted: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in wanted])


def _required(condition: tantivy.Query) -> Condition:
    return tantivy.Occur.Must, tantivy.Query.const_score_query(condition, 0.0)
