"""What is found to differ among a few articles, without a model of meaning."""

from collections.abc import Callable, Iterable

import pytest

from corpus import Article
from index_store.index import ArticleIndex
from qa.composing import compose
from qa.disagreeing import DisagreementDraft, find_disagreements
from qa.understanding.question import understand
from qa.weighing.evidence import weigh_sentences


@pytest.fixture
def differences(
    archive: Callable[[Iterable[Article]], ArticleIndex],
) -> Callable[..., tuple[DisagreementDraft, ...]]:
    """Asks some articles a question that is answered whatever the gate would say."""

    def find(question: str, *articles: Article) -> tuple[DisagreementDraft, ...]:
        index = archive(articles)
        languages = tuple(sorted({article.language or "en" for article in articles}))
        asked = understand(question, (), None, languages)
        found = index.search(asked.standalone, language=asked.written_in)
        evidence = weigh_sentences(asked, found)
        (whole,) = compose(asked, found.hits, evidence, None)
        return find_disagreements(asked, found, evidence, whole.drafts)

    return find
