"""Following what other processes index also while nobody asks: the next question need not wait."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from index_store.errors import IndexStoreError

#: Seconds between two looks. Of what is indexed in so many, a manifest names every article.
EVERY = 5.0

#: Seconds to wait for the last look at the end.
_END = 2.0

logger = logging.getLogger(__name__)


@contextmanager
def following(look: Callable[[], object], every: float = EVERY) -> Iterator[None]:
    """Within it, a thread looks again and again.

    Args:
        look: sees what has been indexed; what it raises of the index, questions are told as well.
    """
    stopped = Event()
    thread = Thread(target=_look_until, args=(stopped, look, every), name="follower", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(_END)


def _look_until(stopped: Event, look: Callable[[], object], every: float) -> None:
    while not stopped.wait(every):
        try:
            look()
        except IndexStoreError as error:
            logger.debug("what others have indexed is not seen now: %s", error)
