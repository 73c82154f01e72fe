from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import pytest

from index_store.embedding_cache import LIMIT
from tests.bench.capacity import (
    PAGE,
    Figures,
    Size,
    Steps,
    cores_within,
    disk_size,
    exponent,
    machine_size,
    needs,
    read_figures,
    search_of,
    with_parts,
    write_figures,
)


def size(passages: int) -> Size:
    """Of an archive that grows in proportion, but for what a process takes anyway."""
    return Size(
        passages=passages,
        articles=passages // 5,
        database=20_000 * passages,
        vectors=2_000 * passages,
        lexical=3_000 * passages,
        storing=2.0,
        chroma=100 + passages / 1_000,
        web=900 + passages / 10_000,
        model=800.0,
        mapped=passages / 1_000,
        catalogue=passages / 100_000,
        raw=20.0,
        searches={"all": 30.0},
    )


FIGURES = Figures(
    machine="2 cores",
    steps=Steps(
        articles=100,
        passages=500,
        words=500,
        seconds={"reading": 1.0, "embedding": 360.0, "indexing words": 3.6},
        raw=1.1,
        cache=4_000.0,
    ),
    sizes=(size(10_000), size(100_000)),
)


def test_what_grows_in_proportion_is_computed_in_proportion() -> None:
    expected = {
        "articles": 1_000_000,
        "passages": 5_000_000,
        "embedding": 100.0,
        "storing": 5_000 * 2.0 / 3_600,
        "lexical": 1.0,
        "chroma_disk": 110.0,
        "cache_disk": LIMIT / 1e9,  # it keeps no more
        "web_disk": 15.0,
        "chroma_memory": 5_100 * 2**20 / 1e9,
        "web_memory": 1_400 * 2**20 / 1e9,
        "catalogue": 50.0,
    }
    assert asdict(needs(FIGURES, 1_000_000)) == pytest.approx(expected)


@pytest.mark.parametrize("at", [0, 1], ids=["smaller", "larger"])
def test_an_archive_of_a_measured_size_needs_what_was_measured(at: int) -> None:
    one = FIGURES.sizes[at]
    of = needs(FIGURES, one.articles)
    assert of.chroma_disk == pytest.approx((one.database + one.vectors) / 1e9)
    assert of.web_memory == pytest.approx(one.web * 2**20 / 1e9)
    assert of.catalogue == pytest.approx(one.catalogue)


def test_what_grows_faster_than_the_archive_is_carried_on_by_its_power() -> None:
    small, large = FIGURES.sizes
    slower = replace(FIGURES, sizes=(small, replace(large, storing=20.0, catalogue=10.0)))
    of = needs(slower, 200_000)
    # Ten times the size made storing a passage ten times as slow: half of what the last one takes.
    assert of.storing == pytest.approx(1_000 * 200.0 / 2 / 3_600)
    assert of.catalogue == pytest.approx(1_000.0)


def test_a_search_is_carried_on_beside_raw_encoding() -> None:
    assert search_of(FIGURES, "all", 10**7) == pytest.approx(1.5)  # as long whatever the size
    small, large = FIGURES.sizes
    slower = replace(FIGURES, sizes=(small, replace(large, raw=40.0, searches={"all": 240.0})))
    assert search_of(slower, "all", 100_000) == pytest.approx(6.0)
    assert search_of(slower, "all", 10**6) == pytest.approx(24.0)


def test_a_power_of_the_size_is_told_from_two_of_them() -> None:
    assert exponent((10.0, 1_000.0), (3.0, 300.0)) == pytest.approx(1.0)
    assert exponent((10.0, 1_000.0), (3.0, 3.0)) == pytest.approx(0.0)


@pytest.mark.parametrize(("gigabytes", "bought"), [(3.0, 4), (3.3, 8), (100.0, 128), (103, 256)])
def test_memory_is_bought_with_a_quarter_to_spare(gigabytes: float, bought: int) -> None:
    assert machine_size(gigabytes) == bought


@pytest.mark.parametrize(("gigabytes", "bought"), [(100.0, 0.5), (251.0, 1.0), (1_000.0, 2.0)])
def test_disk_is_bought_for_what_is_kept_and_a_backup_of_it(
    gigabytes: float, bought: float
) -> None:
    assert disk_size(gigabytes) == bought


def test_cores_are_as_many_as_do_the_work_in_time() -> None:
    assert cores_within(100.0, 24.0) == 5


def test_figures_are_read_as_they_were_kept(tmp_path: Path) -> None:
    write_figures(FIGURES, tmp_path / "figures.json")
    assert read_figures(tmp_path / "figures.json") == FIGURES


def test_the_page_shows_the_figures_and_what_follows_from_them() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert with_parts(page, read_figures()) == page
    assert read_figures().machine in page


def test_figures_that_change_change_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    figures = read_figures()
    changed = with_parts(page, replace(figures, steps=replace(figures.steps, passages=1)))
    assert changed != page
    assert with_parts(changed, figures) == page
