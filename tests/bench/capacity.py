"""What an archive of any number of articles needs, computed from what was measured of small ones.

The figures are in `capacity.json`, which `python -m tests.bench capacity` writes (see
`tests.bench.costs`); docs/capacity.md shows them and what follows from them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from index_store.embedding_cache import LIMIT

PAGE = Path(__file__).parents[2] / "docs" / "capacity.md"
FIGURES = Path(__file__).with_name("capacity.json")

#: Archives that the page tells the needs of, in articles.
ASKED = (100_000, 1_000_000, 10_000_000)
#: Passages that Chroma Cloud keeps in a collection where nothing else was agreed.
CLOUD_RECORDS = 5_000_000

_GB = 1e9
_HOUR = 3_600.0  # in seconds
_DAY = 24.0  # in hours
_THOUSAND = 1_000


@dataclass(frozen=True, slots=True)
class Steps:
    """What indexing a sample took.

    Attributes:
        seconds: of one processor core, by step, for a thousand articles.
        raw: seconds of the clock that the model's own `encode` takes for a thousand articles,
            divided by what embedding them takes.
        cache: bytes that vectors are remembered in, a passage.
    """

    articles: int
    passages: int
    words: int
    seconds: Mapping[str, float]
    raw: float
    cache: float


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured of a made archive of one size, on a Chroma server of its own.

    Attributes:
        database, vectors, lexical: bytes on disk, the first two with the Chroma server.
        storing: processor seconds of the last thousand passages that were stored.
        chroma, web, model: memory in MiB of the Chroma server, of a process that searches, and of
            that before it opened the index.
        mapped: MiB of the index of words that are in that process's reach without being its own:
            the system gives them up where memory is short, and reads them again.
        catalogue: processor seconds that the list of articles takes to read, on both sides, when a
            web server starts; later it reads what batches have touched.
        raw: processor milliseconds in which the model encodes a question.
        searches: processor milliseconds of a search on both sides, by its filter.
    """

    passages: int
    articles: int
    database: int
    vectors: int
    lexical: int
    storing: float
    chroma: float
    web: float
    model: float
    mapped: float
    catalogue: float
    raw: float
    searches: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Figures:
    """All that was measured, and on what machine."""

    machine: str
    steps: Steps
    sizes: tuple[Size, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """What an archive needs; GB are 10^9 bytes.

    Attributes:
        embedding, storing, lexical: hours of one processor core, once; the last on each web server.
        chroma_disk, cache_disk, web_disk: GB; the last on each web server.
        chroma_memory, web_memory: GB; the last for each web server.
        catalogue: processor seconds in which a web server reads the list of articles when it
            starts, those of the Chroma server with it.
    """

    articles: int
    passages: int
    embedding: float
    storing: float
    lexical: float
    chroma_disk: float
    cache_disk: float
    web_disk: float
    chroma_memory: float
    web_memory: float
    catalogue: float


def needs(figures: Figures, articles: int) -> Needs:
    """What that many articles like those of the sample need.

    Disk and memory grow by a passage as they did between the two largest sizes; times of storing
    and of the catalogue by the power of the size that they did there.
    """
    steps, (before, last) = figures.steps, figures.sizes[-2:]
    passages = round(articles * steps.passages / steps.articles)
    thousands = articles / _THOUSAND

    def grown(small: float, large: float) -> float:
        """Along the line through both sizes."""
        slope = (large - small) / (last.passages - before.passages)
        return large + slope * (passages - last.passages)

    listing = exponent((before.articles, last.articles), (before.catalogue, last.catalogue))
    return Needs(
        articles=articles,
        passages=passages,
        embedding=steps.seconds["embedding"] * thousands / _HOUR,
        storing=_summed(figures.sizes, passages) / _HOUR,
        lexical=steps.seconds["indexing words"] * thousands / _HOUR,
        chroma_disk=grown(before.database + before.vectors, last.database + last.vectors) / _GB,
        cache_disk=min(steps.cache * passages, LIMIT) / _GB,
        web_disk=grown(before.lexical, last.lexical) / _GB,
        chroma_memory=grown(before.chroma, last.chroma) * 2**20 / _GB,
        web_memory=grown(before.web, last.web) * 2**20 / _GB,
        catalogue=last.catalogue * math.pow(articles / last.articles, listing),
    )


def exponent(sizes: tuple[float, float], values: tuple[float, float]) -> float:
    """By which power of the size a value grows from one size to another; 1 is in proportion."""
    return math.log(values[1] / values[0]) / math.log(sizes[1] / sizes[0])


def search_of(figures: Figures, name: str, passages: int) -> float:
    """How many times raw encoding a search with a filter takes, by the power of the size that it
    grew by between the two largest."""
    before, last = figures.sizes[-2:]
    ratios = (before.searches[name] / before.raw, last.searches[name] / last.raw)
    power = exponent((before.passages, last.passages), ratios)
    return ratios[1] * math.pow(passages / last.passages, power)


def _summed(sizes: Sequence[Size], passages: int) -> float:
    """Seconds of storing all of them one after the other, where the seconds of each grow by the
    power of how many there are: the integral of that law."""
    before, last = sizes[-2:]
    power = exponent((before.passages, last.passages), (before.storing, last.storing))
    at_the_end = last.storing * math.pow(passages / last.passages, power)
    return at_the_end * passages / _THOUSAND / (power + 1)


def measured(figures: Figures) -> str:
    """The page's tables of what was measured."""
    return "\n".join([*_steps(figures.steps), "", *_sizes(figures.sizes)])


def _steps(steps: Steps) -> Iterator[str]:
    per_article = steps.passages / steps.articles
    yield (
        f"A sample of {steps.articles:,} articles of {steps.words} words, {per_article:.1f} "
        f"passages each. Embedding is {steps.raw:.2f} times as fast as the model's own `encode`."
    )
    yield ""
    yield "| step | processor seconds for 1,000 articles | share |"
    yield "| --- | --- | --- |"
    total = sum(steps.seconds.values())
    for step, seconds in steps.seconds.items():
        yield f"| {step} | {seconds:.1f} | {seconds / total:.0%} |"
    yield f"| all | {total:.1f} | |"


def _sizes(sizes: Sequence[Size]) -> Iterator[str]:
    yield "Of searches, processor time on both sides, beside that of encoding a question alone."
    yield ""
    yield f"| passages | {' | '.join(f'{one.passages:,}' for one in sizes)} |"
    yield f"| --- |{' --- |' * len(sizes)}"
    for name, values in _rows(sizes).items():
        yield f"| {name} | {' | '.join(values)} |"


def _rows(sizes: Sequence[Size]) -> dict[str, list[str]]:
    rows = {
        "articles": [f"{one.articles:,}" for one in sizes],
        "Chroma's database, kB a passage": [_kilobytes(one.database, one) for one in sizes],
        "Chroma's vectors, kB a passage": [_kilobytes(one.vectors, one) for one in sizes],
        "index of words, kB a passage": [_kilobytes(one.lexical, one) for one in sizes],
        "storing the last 1,000 passages, processor s": [f"{one.storing:.1f}" for one in sizes],
        "memory of the Chroma server, MiB": [f"{one.chroma:,.0f}" for one in sizes],
        "memory of a web server's index, MiB": [f"{one.web - one.model:,.0f}" for one in sizes],
        "… and of its index of words, in the system's cache, MiB": [
            f"{one.mapped:,.0f}" for one in sizes
        ],
        "its model and libraries, MiB": [f"{one.model:,.0f}" for one in sizes],
        "reading the list of articles at the start, processor s": [
            f"{one.catalogue:.2f}" for one in sizes
        ],
    }
    for name in sizes[-1].searches:
        rows[f"search of {name}, times raw encoding"] = [
            f"{one.searches[name] / one.raw:.2f}" for one in sizes
        ]
    return rows


def _kilobytes(size: int, one: Size) -> str:
    return f"{size / one.passages / 1e3:.1f}"


def computed(figures: Figures) -> str:
    """The page's table of what follows."""
    of = [needs(figures, articles) for articles in ASKED]
    before, last = figures.sizes[-2:]
    storing = exponent((before.passages, last.passages), (before.storing, last.storing))
    listing = exponent((before.articles, last.articles), (before.catalogue, last.catalogue))
    rows = {
        "passages": [f"{one.passages / 1e6:,.1f} million" for one in of],
        "embedding, core hours, once": [_rounded(one.embedding) for one in of],
        "… on 32 cores, hours": [_rounded(one.embedding / 32) for one in of],
        "storing, core hours, one process, once": [_rounded(one.storing) for one in of],
        "indexing words, core hours, each web server": [_rounded(one.lexical) for one in of],
        "disk of the Chroma server, GB": [_rounded(one.chroma_disk) for one in of],
        "disk of each web server, GB": [_rounded(one.web_disk) for one in of],
        "disk of the cache of vectors, GB": [_rounded(one.cache_disk) for one in of],
        "memory of the Chroma server, GB": [_rounded(one.chroma_memory) for one in of],
        "memory of each web server, GB": [_rounded(one.web_memory) for one in of],
        "list of articles at the start, processor s": [_rounded(one.catalogue) for one in of],
        "collections of Chroma Cloud": [f"{math.ceil(one.passages / CLOUD_RECORDS)}" for one in of],
    }
    for name in last.searches:
        rows[f"search of {name}, times raw encoding"] = [
            _rounded(search_of(figures, name, one.passages)) for one in of
        ]
    return "\n".join(
        [
            f"| articles | {' | '.join(f'{one.articles:,}' for one in of)} |",
            f"| --- |{' --- |' * len(of)}",
            *(f"| {name} | {' | '.join(values)} |" for name, values in rows.items()),
            "",
            f"The law is the one seen from {before.passages:,} to {last.passages:,} passages. Disk "
            "and memory: what each",
            "passage added. Times: by the power of the number that they grew by there, of storing",
            f"a passage {storing:.2f}, of the list of articles {listing:.2f}.",
        ]
    )


def _rounded(value: float) -> str:
    return f"{value:,.1f}" if value < 10 else f"{value:,.0f}"


def bought(figures: Figures) -> str:
    """What the largest of the archives asks for, in the sizes that machines come in."""
    of = needs(figures, ASKED[-1])
    return "\n".join(
        [
            f"For {of.articles:,} articles, {of.passages / 1e6:,.0f} million passages:",
            "",
            f"- **to embed, once**: {cores_within(of.embedding, _DAY)} cores for a day, or "
            f"{cores_within(of.embedding, 7 * _DAY)} for a week",
            f"- **one Chroma server**: {machine_size(of.chroma_memory)} GB of memory, "
            f"{disk_size(of.chroma_disk):g} TB of SSD; what is stored goes through one process, "
            f"{of.storing / _DAY:,.0f} days",
            f"- **each web server**: {machine_size(of.web_memory + of.web_disk)} GB of memory if "
            f"all of its index of words is to stay there, {machine_size(of.web_memory)} if not; "
            f"{disk_size(of.web_disk):g} TB of SSD; {of.lexical:,.0f} core hours for that index",
        ]
    )


def cores_within(core_hours: float, hours: float) -> int:
    """Cores that do so much work in so many hours."""
    return math.ceil(core_hours / hours)


def machine_size(gigabytes: float) -> int:
    """Memory of a machine that has a quarter to spare; they come in powers of two."""
    return int(2 ** math.ceil(math.log2(1.25 * gigabytes)))


def disk_size(gigabytes: float) -> float:
    """Half terabytes, for twice of what is kept: a backup is made before it goes elsewhere."""
    return math.ceil(2 * gigabytes / 500) / 2


#: Parts of the page that are made, by their marks.
PARTS = {"measured": measured, "computed": computed, "bought": bought}


def with_parts(page: str, figures: Figures) -> str:
    """The page with its made parts as they follow from the figures."""
    for name, make in PARTS.items():
        begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        before, _, rest = page.partition(begin)
        _, _, after = rest.partition(end)
        page = f"{before}{begin}\n{make(figures)}\n\n{end}{after}"
    return page


def read_figures(file: Path = FIGURES) -> Figures:
    """What was measured last."""
    kept = json.loads(file.read_text(encoding="utf-8"))
    return Figures(
        kept["machine"], Steps(**kept["steps"]), tuple(Size(**one) for one in kept["sizes"])
    )


def write_figures(figures: Figures, file: Path = FIGURES) -> None:
    """Keeps what was measured."""
    file.write_text(json.dumps(asdict(figures), indent=2) + "\n", encoding="utf-8")
