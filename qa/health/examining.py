"""All checks of a home, in the order in which they are told."""

from __future__ import annotations

from dataclasses import dataclass

from index_store.checking.apart import Failed
from index_store.checking.cache import check_cache
from index_store.checking.finding import REPAIR, Finding, State
from index_store.checking.index import check_index
from index_store.checking.stored import Stored
from index_store.checking.written import check_fits, check_written
from qa.health.kept import check_access, check_log, check_memories, check_ratings
from qa.health.place import check_home, check_permissions, check_space
from qa.health.setup import check_settings, check_versions
from qa.settings import Settings


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found of a home.

    Attributes:
        stored: what Chroma holds, or why that cannot be told.
    """

    findings: tuple[Finding, ...]
    stored: Stored | Failed

    @property
    def is_healthy(self) -> bool:
        """Whether nothing is wrong."""
        return all(one.state is not State.WRONG for one in self.findings)

    @property
    def mendable(self) -> frozenset[str]:
        """Names of the checks that found something that can be made again."""
        return frozenset(one.check for one in self.findings if one.fix == REPAIR)


def examine(settings: Settings, full: bool = False) -> Examination:
    """Looks at everything, and changes nothing.

    Args:
        full: compare every passage with its article, not those of a sample.
    """
    home = settings.home
    place = check_home(home)
    findings = [check_versions(), check_settings(settings), place]
    if not home.is_dir():
        return Examination(tuple(findings), Failed(place.found))
    if unfit := check_fits(home):
        return Examination((*findings, unfit), Failed(unfit.found, is_newer=True))
    index = check_index(
        home, settings.chroma_url, settings.embedding_model, full, settings.chroma_access
    )
    findings += [
        check_written(home, index.stored),
        check_space(home),
        check_permissions(home),
        *index.findings,
        check_cache(settings.cache),
        check_access(settings.access_folder),
        check_log(home),
        check_ratings(home),
        check_memories(home),
    ]
    return Examination(tuple(findings), index.stored)
