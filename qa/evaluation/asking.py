"""Asking every question of a set: several at once, in any order, each outcome kept as it comes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from index_store.errors import IndexStoreError
from qa.errors import EmptyIndex, QaError
from qa.evaluation.desks import Desk
from qa.evaluation.journal import Journal
from qa.evaluation.judging import Judge
from qa.evaluation.outcome import Outcome
from qa.evaluation.questions import GoldQuestion

#: Told how many of how many are done, and the outcome that came last.
OnOutcome = Callable[[int, int, Outcome], None]

logger = logging.getLogger(__name__)


def run(
    questions: Sequence[GoldQuestion],
    desk: Desk,
    *,
    repeats: int = 1,
    at_once: int = 1,
    judge: Judge | None = None,
    journal: Journal | None = None,
    on_outcome: OnOutcome = lambda done, total, outcome: None,
) -> list[Outcome]:
    """Every question's outcomes, in the order of the set.

    A question that cannot be answered is an outcome with an error; the others are asked all the
    same. What the journal has already is not asked again.

    Args:
        repeats: how often each question is asked, for models that vary.
        at_once: questions that are asked at the same time, at most.
        judge: gives an opinion of each answer.

    Raises:
        EmptyIndex: there is nothing to answer from.
    """
    finished = {_key(one): one for one in (journal.finished(questions) if journal else ())}
    wanted = [(gold, repeat) for gold in questions for repeat in range(repeats)]
    left = [each for each in wanted if (each[0].id, each[1]) not in finished]
    with ThreadPoolExecutor(at_once, thread_name_prefix="asking") as threads:
        waiting = [threads.submit(_outcome, desk, judge, *each) for each in left]
        try:
            for each in as_completed(waiting):
                outcome = each.result()
                if journal:
                    journal.add(outcome)
                finished[_key(outcome)] = outcome
                on_outcome(len(finished), len(wanted), outcome)
        except BaseException:
            # Nobody waits for the questions that have not begun.
            threads.shutdown(wait=False, cancel_futures=True)
            raise
    return [finished[gold.id, repeat] for gold, repeat in wanted]


def _key(outcome: Outcome) -> tuple[str, int]:
    return outcome.gold.id, outcome.repeat


def _outcome(desk: Desk, judge: Judge | None, gold: GoldQuestion, repeat: int) -> Outcome:
    try:
        reply = desk.reply(gold.question, gold.history)
    except EmptyIndex:
        raise
    except (QaError, IndexStoreError) as error:
        logger.warning("%s: %s", gold.id, error)
        return Outcome(gold, None, repeat=repeat, error=str(error))
    judged = judge.measures(gold, reply.answer) if judge else {}
    return Outcome(
        gold, reply.answer, reply.retrieved, reply.valid, reply.elapsed_ms, repeat, judged
    )
