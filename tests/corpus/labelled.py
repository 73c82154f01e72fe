"""Pages labelled by hand, and how well a cleaner tells reporting from furniture on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

PAGES = Path(__file__).parent / "pages"
DEV = PAGES / "dev"
HELD_OUT = PAGES / "held_out"

TITLE = "title: "
KEPT, FURNITURE, CREDIT = "= ", "- ", "@ "
EXPECTS = " || "

#: The field of a credit that may arrive under any name, as that of a photographer.
ANY_FIELD = "any"
CREDIT_FIELDS = ("author", "rights", ANY_FIELD)


class BadLabel(ValueError):
    """A line of a page carries no label, or a credit names an unknown field."""


@dataclass(frozen=True, slots=True)
class Credit:
    """What the metadata must contain in one of `CREDIT_FIELDS`."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page as an extractor left it, and what a reader of the article wants of it.

    Attributes:
        name: of its file.
        language: code that the file's name ends in, before ".txt".
        raw: the text without labels.
        title: known apart from the text, or None.
        kept: the lines of `raw` that are the article's, in order.
        removed: the lines that are furniture or credits, in order.
        credits: what must be found in the metadata.
    """

    name: str
    language: str
    raw: str
    title: str | None
    kept: tuple[str, ...]
    removed: tuple[str, ...]
    credits: tuple[Credit, ...]


class CleanedPage(Protocol):
    """What a cleaner returns: the text that stays, and what was learnt from the rest."""

    @property
    def text(self) -> str: ...

    @property
    def metadata(self) -> Mapping[str, object]: ...


#: Numbers and places of lines in a text, in order.
Chain = list[tuple[int, int]]

#: Cleans a raw text; the title is None where it is not known apart from the text.
Clean = Callable[[str, str | None], CleanedPage]


@dataclass(frozen=True, slots=True)
class PageScore:
    """Counts of one page, in characters other than white space.

    Attributes:
        page: what was cleaned.
        right: characters that were kept and should be.
        cleaned: characters that were kept.
        wanted: characters that should be kept.
        found: the credits that arrived in the metadata.
        lost: the lines that should have been kept, as labelled.
        left: the lines that should have been removed, as labelled.
    """

    page: LabelledPage
    right: int
    cleaned: int
    wanted: int
    found: tuple[Credit, ...]
    lost: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def missing(self) -> tuple[Credit, ...]:
        """The credits that did not arrive."""
        return tuple(credit for credit in self.page.credits if credit not in self.found)

    @property
    def wrong(self) -> int:
        """Characters that were kept or removed against the labels."""
        return self.cleaned + self.wanted - 2 * self.right


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of several pages, summed, so that a long page weighs more than a short one."""

    pages: tuple[PageScore, ...]

    @property
    def precision(self) -> float:
        """Share of the characters kept that should be; 1.0 where nothing was kept."""
        return _share(sum(page.right for page in self.pages), sum(p.cleaned for p in self.pages))

    @property
    def recall(self) -> float:
        """Share of the characters to keep that were; 1.0 where there are none."""
        return _share(sum(page.right for page in self.pages), sum(p.wanted for p in self.pages))

    @property
    def credits_found(self) -> float:
        """Share of the credits that arrived in the metadata; 1.0 where there are none."""
        found = sum(len(page.found) for page in self.pages)
        return _share(found, sum(len(page.page.credits) for page in self.pages))

    def worst(self, count: int = 5) -> tuple[PageScore, ...]:
        """The pages with the most characters kept or removed wrongly, worst first."""
        wrong = (page for page in self.pages if page.wrong)
        return tuple(sorted(wrong, key=lambda page: -page.wrong)[:count])


def load(folder: Path) -> list[LabelledPage]:
    """The pages of a folder by name.

    Raises:
        BadLabel: where a line has none.
    """
    return [
        parse(path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))
    ]


def parse(name: str, labelled: str) -> LabelledPage:
    """The page that the text of a labelled file describes.

    Raises:
        BadLabel: where a line has none.
    """
    lines = labelled.splitlines()
    title = lines.pop(0).removeprefix(TITLE) if labelled.startswith(TITLE) else None
    raw: list[str] = []
    kept: list[str] = []
    removed: list[str] = []
    credits: list[Credit] = []
    for line in lines:
        label, content = line[:2], line[2:]
        if label == CREDIT:
            content, *expected = content.split(EXPECTS)
            credits += [_credit(name, each) for each in expected]
        elif line and label not in (KEPT, FURNITURE):
            raise BadLabel(f"{name}: expected '= ', '- ' or '@ ' before {line!r}")
        raw.append(content)
        if content.strip():
            (kept if label == KEPT else removed).append(content)
    language = Path(name).stem.rpartition(".")[2]
    text = "\n".join(raw).strip("\n") + "\n"
    return LabelledPage(name, language, text, title, tuple(kept), tuple(removed), tuple(credits))


def score(pages: Sequence[LabelledPage], clean: Clean) -> Score:
    """How well a cleaner does on the pages."""
    return Score(tuple(score_page(page, clean(page.raw, page.title)) for page in pages))


def score_page(page: LabelledPage, cleaned: CleanedPage) -> PageScore:
    """Compares a cleaned text with the labels.

    A cleaner removes lines and paragraphs and changes white space, no more. The lines to keep are
    therefore looked for whole, in order, with white space left out: a line that was changed within
    counts as lost, and what stands in its place as left.
    """
    text = _squash(cleaned.text)
    kept = [_squash(line) for line in page.kept]
    chain = _best_chain(text, kept)
    rest, position = [], 0
    for index, start in chain:
        rest.append(text[position:start])
        position = start + len(kept[index])
    found = {index for index, _ in chain}
    return PageScore(
        page=page,
        right=sum(len(kept[index]) for index in found),
        cleaned=len(text),
        wanted=sum(map(len, kept)),
        found=tuple(credit for credit in page.credits if _arrived(credit, cleaned.metadata)),
        lost=tuple(line for index, line in enumerate(page.kept) if index not in found),
        left=_left(page.removed, "\n".join([*rest, text[position:]])),
    )


def _best_chain(text: str, lines: Sequence[str]) -> Chain:
    """The lines in the text that cover most of it.

    One line may occur several times and another may have been lost, so that taking the first place
    that fits is not always best: every end that some chain can reach is remembered, with the
    longest chain that reaches it.
    """
    best: dict[int, tuple[int, Chain]] = {0: (0, [])}
    for index, line in enumerate(lines):
        for end, (length, chain) in list(best.items()):
            start = text.find(line, end)
            if start < 0:
                continue
            reached, longer = start + len(line), length + len(line)
            if longer > best.get(reached, (-1, []))[0]:
                best[reached] = (longer, [*chain, (index, start)])
        best = _without_dominated(best)
    return max(best.values(), key=lambda found: found[0])[1]


def _without_dominated(best: Mapping[int, tuple[int, Chain]]) -> dict[int, tuple[int, Chain]]:
    """Only the ends before which no chain as long ends."""
    remaining: dict[int, tuple[int, Chain]] = {}
    longest = -1
    for end in sorted(best):
        if best[end][0] > longest:
            longest = best[end][0]
            remaining[end] = best[end]
    return remaining


def _left(removed: Sequence[str], rest: str) -> tuple[str, ...]:
    """The lines that stand in the rest of a text, in order."""
    left, position = [], 0
    for line in removed:
        squashed = _squash(line)
        start = rest.find(squashed, position)
        if start >= 0:
            left.append(line)
            position = start + len(squashed)
    return tuple(left)


def _arrived(credit: Credit, metadata: Mapping[str, object]) -> bool:
    names = metadata if credit.field == ANY_FIELD else (credit.field,)
    wanted = _squash(credit.value).casefold()
    return any(wanted in _squash(str(metadata.get(name, ""))).casefold() for name in names)


def _credit(name: str, expected: str) -> Credit:
    field, equals, value = expected.strip().partition("=")
    if field not in CREDIT_FIELDS or not equals or not value:
        raise BadLabel(f"{name}: expected one of {CREDIT_FIELDS} and a value, found {expected!r}")
    return Credit(field, value)


def _squash(text: str) -> str:
    return "".join(text.split())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
