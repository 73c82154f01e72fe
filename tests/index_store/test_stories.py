"""Articles about one event are one story, in whatever language; other events are other stories."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.files import find_files
from corpus.reading import FoundArticle, read_articles
from index_store.embedder import SentenceTransformerEmbedder
from index_store.fakes import MemoryStore, memory_index
from index_store.index import ArticleIndex
from index_store.lexical import LexicalIndex
from index_store.stories import Story
from tests.index_store.archive import article

KADREY = {
    "courier-2025-01-15-unsealed-messages.md",
    "tech-review-2025-01-16-what-the-papers-say.html",
    "courrier-2025-01-16-documents-meta.md",
    "corriere-2025-01-17-libri-llama.md",
}
JUDGMENT = {
    "wire-2024-09-26-libgen-judgment.md",
    "courier-2024-09-26-pirate-library-bill.md",
    "harbour-post-2024-09-27-textbook-publishers-win.md",
}
LLAMA = {"courier-2024-07-24-llama-open-model.md", "tech-review-2024-07-25-running-llama.md"}
LIBRARY = {
    "courrier-2024-11-19-bibliotheque-valmorin.md",
    "gazette-2024-11-20-valmorin-economies.md",
}

RECALL_EN = """Brandolin is calling back 41,300 electric kettles that were sold under the name \
Vapora since March. In eleven homes in Tarnmouth and Port Ellery the handle came off while the \
water was boiling. Nobody was badly hurt, said Helga Stroud, who is in charge of safety at \
Brandolin. The kettles bear the number VK-870 on their base. The consumer office in Tarnmouth, led \
by Ivo Castellane, had asked for the recall in August and said it came late."""
RECALL_IT = """L'azienda Brandolin richiama 41.300 bollitori elettrici venduti con il nome Vapora. \
In undici case, tra Tarnmouth e Port Ellery, il manico si è staccato mentre l'acqua bolliva. \
Secondo Helga Stroud, responsabile della sicurezza di Brandolin, non ci sono feriti gravi. Sul \
fondo i bollitori portano la sigla VK-870. L'ufficio dei consumatori guidato da Ivo Castellane \
aveva chiesto il ritiro in agosto."""
STRIKE_EN = """Night workers at the Brandolin foundry in Ripaverde voted on Tuesday to stop work \
for three days. Of 612 who cast a vote, 487 were for it. The union, headed by Marisa Tolvanen, \
asks for a bus after midnight and for 2.40 euros more an hour. The plant manager, Oskar Wendelin, \
offered 1.10 euros and a taxi voucher. Brandolin said that orders for the railway would be late."""
STRIKE_FR = """Les ouvriers de nuit de la fonderie Brandolin, à Ripaverde, cesseront le travail \
pendant trois jours. Sur 612 votants, 487 ont dit oui, selon le syndicat que préside Marisa \
Tolvanen. Ils réclament un autocar après minuit et 2,40 euros de plus l'heure. Le directeur, Oskar \
Wendelin, en propose 1,10. Chez Brandolin, on prévoit des retards pour le chemin de fer."""


@pytest.fixture(scope="module")
def sample(embedder: SentenceTransformerEmbedder) -> ArticleIndex:
    """The sample archive with the bundled model."""
    folder = Path(__file__).parents[2] / "corpus" / "sample" / "articles"
    index = ArticleIndex(MemoryStore(), LexicalIndex(), embedder)
    index.sync(
        item for item in read_articles(find_files([folder])) if isinstance(item, FoundArticle)
    )
    return index


@pytest.fixture
def archive(embedder: SentenceTransformerEmbedder) -> Callable[..., ArticleIndex]:
    """An index of texts by file, with the bundled model; a file's name begins with its language."""

    def make(days: dict[str, str | None], texts: dict[str, str]) -> ArticleIndex:
        index = ArticleIndex(MemoryStore(), LexicalIndex(), embedder)
        index.sync(
            FoundArticle(
                article(text, source=file, published=days[file], language=file[:2], title=""),
                f"/{file}",
            )
            for file, text in texts.items()
        )
        return index

    return make


def files(index: ArticleIndex, story: Story) -> set[str]:
    return {one.source for one in index.articles(story.articles).values()}


def told(index: ArticleIndex) -> list[set[str]]:
    """The files of every story of two or more articles."""
    return [files(index, story) for story in index.stories() if len(story.articles) > 1]


def test_the_sample_archive_holds_four_stories_of_several_articles(sample: ArticleIndex) -> None:
    """Eight of its articles are about Meta or OpenAI, and ten about copyright."""
    assert sorted(told(sample), key=min) == sorted([KADREY, JUDGMENT, LLAMA, LIBRARY], key=min)


def test_an_agency_text_in_three_outlets_is_one_source(sample: ArticleIndex) -> None:
    (story,) = (each for each in sample.stories() if files(sample, each) == JUDGMENT)
    assert story.sources == 1
    (wire,) = story.wires
    assert wire == story.articles
    first = sample.article(story.articles[0])
    assert first is not None
    assert first.publisher == "Example Wire"


def test_one_story_in_three_languages_has_four_sources(sample: ArticleIndex) -> None:
    (story,) = (each for each in sample.stories() if files(sample, each) == KADREY)
    assert (story.sources, story.wires) == (4, ())
    languages = {one.language for one in sample.articles(story.articles).values()}
    assert languages == {"en", "fr", "it"}


def test_every_article_is_in_one_story_and_the_largest_comes_first(sample: ArticleIndex) -> None:
    stories = sample.stories()
    members = [article_id for story in stories for article_id in story.articles]
    assert sorted(members) == sorted(entry.article_id for entry in sample.catalogue())
    sizes = [len(story.articles) for story in stories]
    assert sizes == sorted(sizes, reverse=True)


def test_two_stories_about_one_company_in_one_week_are_two(
    archive: Callable[..., ArticleIndex],
) -> None:
    texts = {"en-1": RECALL_EN, "it-2": RECALL_IT, "en-3": STRIKE_EN, "fr-4": STRIKE_FR}
    days = {"en-1": "2025-02-03", "it-2": "2025-02-04", "en-3": "2025-02-04", "fr-4": "2025-02-05"}
    index = archive(days, texts)
    assert sorted(told(index), key=min) == [{"en-1", "it-2"}, {"en-3", "fr-4"}]


def test_without_days_names_and_numbers_still_tell(archive: Callable[..., ArticleIndex]) -> None:
    texts = {"en-1": RECALL_EN, "it-2": RECALL_IT, "en-3": STRIKE_EN, "fr-4": STRIKE_FR}
    index = archive(dict.fromkeys(texts), texts)
    assert sorted(told(index), key=min) == [{"en-1", "it-2"}, {"en-3", "fr-4"}]


def test_what_recurs_a_year_later_is_another_story(archive: Callable[..., ArticleIndex]) -> None:
    days = {"en-1": "2024-02-03", "it-2": "2025-02-03"}
    index = archive(days, {"en-1": RECALL_EN, "it-2": RECALL_IT})
    assert told(index) == []


def test_the_same_text_is_one_story_and_one_source_whenever_it_is_printed(
    archive: Callable[..., ArticleIndex],
) -> None:
    days = {"en-2": "2025-02-03", "en-1": "2024-02-03"}
    index = archive(days, dict.fromkeys(days, RECALL_EN))
    (story,) = index.stories()
    assert story == Story(story.articles, (story.articles,), 1)
    kept = index.articles(story.articles)
    assert [kept[each].source for each in story.articles] == ["en-1", "en-2"]


def test_stories_are_found_anew_when_the_archive_has_changed() -> None:
    index = memory_index()
    assert index.stories() == []
    index.sync([FoundArticle(article(RECALL_EN, source="a.txt"), "/a.txt")])
    before = index.stories()
    assert [len(story.articles) for story in before] == [1]
    assert index.stories() is before
    index.sync([FoundArticle(article(RECALL_EN, source="b.txt"), "/b.txt")])
    assert [(len(story.articles), story.sources) for story in index.stories()] == [(2, 1)]
